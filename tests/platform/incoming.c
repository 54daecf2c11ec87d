#include "tests/platform/incoming.h"

#include <string.h>

enum { DAY_MS = 24 * 3600 * 1000 };

static bool is_uuid(const char *text)
{
    uint8_t id[UUID_BYTES];
    return !uuid_parse(id, text);
}

const char *incoming_id(const json_t *item)
{
    const char *id = json_string_value(json_object_get(item, "id"));
    return id && is_uuid(id) && id[14] == '7' ? id : NULL;
}

static bool is_one_of(const char *word, const char *const *words)
{
    while (*words && strcmp(*words, word) != 0)
        words++;
    return *words != NULL;
}

void clock_facts_read(struct json_reader *r, struct clock_facts *out, const json_t *clock)
{
    *out =
        (struct clock_facts){ .boot_id = json_want_string(r, clock, "boot_id", UUID_TEXT - 1, "") };
    out->boot_ms = json_want_integer(r, clock, "boot_ms", 0, INT64_MAX, 0);
    const char *wall = json_want_string(r, clock, "wall", 40, "");
    bool is_set = strcmp(json_want_string(r, clock, "clock_quality", 16, "unset"), "unset") != 0;
    if (!is_set || clock_parse_utc(&out->wall_ms, wall))
        out->wall_ms = 0;
}

static void judge_words(struct json_reader *r, const struct incoming *i)
{
    static const char *const kinds[] = { "application", "rating",     "complaint", "appointment",
                                         "ticket",      "escalation", "mismatch",  "repeat",
                                         "bell",        "withdrawal", NULL };
    static const char name[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-";
    if (!is_one_of(i->kind, kinds))
        json_complain(r, "kind is none that is known here");
    if (i->suite != SEAL_SUITE_CMS_P256)
        json_complain(r, "suite is not supported here");
    if (strspn(i->key_id, name) != strlen(i->key_id))
        json_complain(r, "key_id may hold letters, digits, dots, dashes and underscores only");
    if (strspn(i->sha256, "0123456789abcdef") != HASH_HEX)
        json_complain(r, "sha256 must be 64 hexadecimal digits");
    if (!is_uuid(i->install_id) || (*i->after && !is_uuid(i->after)))
        json_complain(r, "install_id and after must be UUIDs");
}

void incoming_read(struct json_reader *r, struct incoming *out, const json_t *item)
{
    *out = (struct incoming){ .id = json_need_string(r, item, "id", UUID_TEXT - 1) };
    out->sha256 = json_need_string(r, item, "sha256", HASH_HEX);
    out->kind = json_need_string(r, item, "kind", 24);
    out->install_id = json_need_string(r, item, "install_id", UUID_TEXT - 1);
    out->key_id = json_need_string(r, item, "key_id", SEAL_KEY_ID - 1);
    out->after = json_want_string(r, item, "after", UUID_TEXT - 1, "");
    out->seq = json_need_integer(r, item, "seq", 1, INT64_MAX);
    out->suite = json_need_integer(r, item, "suite", 1, 2);
    out->size = json_need_integer(r, item, "size", 1, BLOB_MAX);
    clock_facts_read(r, &out->clock, json_need_object(r, item, "clock"));
    json_t *sealed = json_object_get(item, "sealed");
    out->sealed_text = json_string_value(sealed);
    if (json_is_clean(r) && sealed && !out->sealed_text)
        json_complain(r, "sealed must be base64");
    if (json_is_clean(r))
        judge_words(r, out);
    if (!json_is_clean(r) || !out->sealed_text)
        return;
    if (base64_decode(&out->sealed, out->sealed_text, json_string_length(sealed)) ||
        out->sealed.length > SEALED_MAX)
        json_complain(r, "sealed must be base64 of at most 64 KiB");
}

const char *incoming_when(char out[21], const struct clock_facts *then,
                          const struct clock_facts *sent, int64_t received_ms)
{
    bool is_same_boot =
        *then->boot_id && !strcmp(then->boot_id, sent->boot_id) && sent->boot_ms >= then->boot_ms;
    if (is_same_boot && sent->boot_ms - then->boot_ms < received_ms) {
        clock_format_utc(out, received_ms - (sent->boot_ms - then->boot_ms));
        return "boot";
    }
    /* A clock that runs ahead of the county's is wrong. */
    bool is_likely = then->wall_ms > 0 && then->wall_ms < received_ms + DAY_MS;
    clock_format_utc(out, is_likely ? then->wall_ms : received_ms);
    return is_likely ? "wall" : "arrival";
}

bool incoming_is_whole(const struct incoming *i)
{
    uint8_t sum[SHA256_BYTES];
    char hex[HASH_HEX + 1];
    sha256(sum, i->sealed.data, i->sealed.length);
    hex_encode(hex, sum, sizeof(sum));
    return (int64_t)i->sealed.length == i->size && !strcmp(hex, i->sha256);
}
