#include "firmware/base/ident.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include "firmware/base/bytes.h"
#include "firmware/base/log.h"

/* No kiosk is older than this firmware: 2026-11-01T00:00:00Z. */
static const int64_t build_date_ms = INT64_C(1793491200000);

void random_bytes(void *out, size_t length)
{
    uint8_t *p = out;
    while (length) {
        ssize_t n = getrandom(p, length, 0);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0) {
            log_line(LOG_ERROR, "ident", "the kernel gives no random bytes");
            abort();
        }
        p += n;
        length -= (size_t)n;
    }
}

void uuid_v7(uint8_t out[UUID_BYTES], struct uuid_source *source)
{
    int64_t now = source->clock->wall_ms(source->clock);
    if (now < build_date_ms)
        now = build_date_ms;
    if (now > source->last_ms) {
        source->last_ms = now;
        source->counter = 0;
    } else if (++source->counter > 0xfff) {
        source->last_ms++;
        source->counter = 0;
    }
    random_bytes(out, UUID_BYTES);
    uint8_t ms[8];
    put_be64(ms, (uint64_t)source->last_ms);
    memcpy(out, ms + 2, 6);
    out[6] = (uint8_t)(0x70 | source->counter >> 8);
    out[7] = (uint8_t)source->counter;
    out[8] = (uint8_t)(0x80 | (out[8] & 0x3f));
}

void uuid_format(char out[UUID_TEXT], const uint8_t id[UUID_BYTES])
{
    char hex[2 * UUID_BYTES + 1];
    hex_encode(hex, id, UUID_BYTES);
    snprintf(out, UUID_TEXT, "%.8s-%.4s-%.4s-%.4s-%.12s", hex, hex + 8, hex + 12, hex + 16,
             hex + 20);
}

int uuid_parse(uint8_t out[UUID_BYTES], const char *text)
{
    char hex[2 * UUID_BYTES + 1];
    size_t n = 0;
    if (strlen(text) != UUID_TEXT - 1)
        return -EINVAL;
    for (size_t i = 0; i < UUID_TEXT - 1; i++) {
        bool is_dash = i == 8 || i == 13 || i == 18 || i == 23;
        if (is_dash != (text[i] == '-') || isupper((unsigned char)text[i]))
            return -EINVAL;
        if (!is_dash)
            hex[n++] = text[i];
    }
    hex[n] = 0;
    return hex_decode(out, UUID_BYTES, hex);
}

static const char crockford[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
static const char alphanumeric[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

/* ISO 7064 MOD 37,36, a hybrid system: catches every single error and swap of neighbours. */
static char check_character(const char *text)
{
    int p = 36;
    for (; *text; text++) {
        const char *at = strchr(alphanumeric, *text);
        int s = (p + (at ? (int)(at - alphanumeric) : 0)) % 36;
        p = (s ? s : 36) * 2 % 37;
    }
    return alphanumeric[(37 - p) % 36];
}

/* 2^64 takes 13 digits of five bits. */
static void seq_format(char out[16], uint64_t seq)
{
    char digits[16];
    size_t n = 0;
    do {
        digits[n++] = crockford[seq % 32];
        seq /= 32;
    } while (seq || n < 6);
    for (size_t i = 0; i < n; i++)
        out[i] = digits[n - 1 - i];
    out[n] = 0;
}

void receipt_format(char out[RECEIPT_TEXT], const char *kiosk_id, uint64_t seq)
{
    char digits[16], joined[RECEIPT_TEXT];
    seq_format(digits, seq);
    snprintf(joined, sizeof(joined), "%.*s%s", KIOSK_ID_MAX, kiosk_id, digits);
    snprintf(out, RECEIPT_TEXT, "%.*s-%s-%c", KIOSK_ID_MAX, kiosk_id, digits,
             check_character(joined));
}

/* What cannot be told apart on a slip counts as the same. */
static char unmistakable(char c)
{
    return c == 'O' ? '0' : c == 'I' || c == 'L' ? '1' : c;
}

int receipt_parse(char out[RECEIPT_TEXT], const char *typed)
{
    char plain[RECEIPT_TEXT];
    size_t n = 0, seq_at = 0, groups = 1;
    for (; *typed; typed++) {
        unsigned char c = (unsigned char)*typed;
        if (c == '-' || c == ' ') {
            if (n && c == '-' && groups++ == 1)
                seq_at = n;
            continue;
        }
        if (!isalnum(c) || c > 0x7f || n + 1 >= sizeof(plain))
            return -EINVAL;
        plain[n++] = (char)toupper(c);
    }
    plain[n] = 0;
    if (n < 4 + 6 + 1)
        return -EINVAL;
    /* Without dashes the usual width of six digits is assumed. */
    if (!seq_at)
        seq_at = n - 7;
    if (seq_at < 4 || seq_at > KIOSK_ID_MAX || n - 1 - seq_at < 6 || n - 1 - seq_at > 13)
        return -EINVAL;
    for (size_t i = seq_at; i < n - 1; i++) {
        plain[i] = unmistakable(plain[i]);
        if (!strchr(crockford, plain[i]))
            return -EINVAL;
    }
    char typed_check = plain[n - 1];
    plain[n - 1] = 0;
    char check = check_character(plain);
    if (unmistakable(typed_check) != unmistakable(check))
        return -EINVAL;
    snprintf(out, RECEIPT_TEXT, "%.*s-%s-%c", (int)seq_at, plain, plain + seq_at, check);
    return 0;
}
