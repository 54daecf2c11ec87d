#include "firmware/base/handoff.h"

#include <errno.h>
#include <stdint.h>
#include <string.h>

#include "firmware/base/ident.h"

enum { TEXT_MAX = 512, GROUP = 4 };

/* The totally anti-symmetric quasigroup of order 10 in Damm's thesis. */
static const uint8_t quasigroup[10][10] = {
    { 0, 3, 1, 7, 5, 9, 8, 6, 4, 2 }, { 7, 0, 9, 2, 1, 5, 4, 8, 6, 3 },
    { 4, 2, 0, 6, 8, 7, 1, 3, 5, 9 }, { 1, 7, 5, 0, 9, 8, 3, 4, 2, 6 },
    { 6, 1, 2, 3, 0, 4, 5, 9, 7, 8 }, { 3, 6, 7, 4, 2, 0, 9, 5, 8, 1 },
    { 5, 8, 6, 9, 7, 2, 0, 1, 3, 4 }, { 8, 9, 4, 5, 3, 6, 2, 0, 1, 7 },
    { 9, 4, 3, 8, 6, 1, 7, 2, 0, 5 }, { 2, 5, 8, 1, 4, 3, 6, 7, 9, 0 },
};

static int fold(const char *digits, size_t count)
{
    int interim = 0;
    for (size_t i = 0; i < count; i++)
        interim = quasigroup[interim][digits[i] - '0'];
    return interim;
}

void handoff_draw(char out[HANDOFF_CODE])
{
    size_t count = 0;
    while (count < HANDOFF_DIGITS - 1) {
        uint8_t chance;
        random_bytes(&chance, 1);
        if (chance < 250) /* every digit as likely as any other */
            out[count++] = (char)('0' + chance % 10);
    }
    out[count] = (char)('0' + fold(out, count));
    out[HANDOFF_DIGITS] = 0;
}

int handoff_parse(char out[HANDOFF_CODE], const char *text)
{
    size_t length = strnlen(text, TEXT_MAX), count = 0;
    const char *mark = memchr(text, '#', length);
    size_t i = mark ? (size_t)(mark - text) + 1 : 0;
    memset(out, 0, HANDOFF_CODE);
    for (; i < length; i++) {
        bool is_digit = text[i] >= '0' && text[i] <= '9';
        if (is_digit && count < HANDOFF_DIGITS)
            out[count++] = text[i];
        else if (is_digit || (text[i] != ' ' && text[i] != '-'))
            count = HANDOFF_DIGITS + 1;
        if (count > HANDOFF_DIGITS)
            break;
    }
    if (count == HANDOFF_DIGITS && !fold(out, count))
        return 0;
    explicit_bzero(out, HANDOFF_CODE);
    return -EINVAL;
}

void handoff_show(char out[HANDOFF_SHOWN], const char *digits)
{
    size_t used = 0;
    for (size_t i = 0; i < HANDOFF_DIGITS && digits[i]; i++) {
        if (i && i % GROUP == 0)
            out[used++] = ' ';
        out[used++] = digits[i];
    }
    out[used] = 0;
}
