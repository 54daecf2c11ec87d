#include "firmware/update/manifest.h"

#include <stdio.h>
#include <string.h>

#include "firmware/base/json.h"
#include "firmware/base/text.h"

/* ---- versions ------------------------------------------------------------------------ */

bool update_version_is(const char *text)
{
    int numbers = 1;
    size_t run = 0;
    for (const char *c = text; *c; c++) {
        if (*c == '.' && run && numbers < 4) {
            numbers++;
            run = 0;
        } else if (*c >= '0' && *c <= '9' && run < 5) {
            run++;
        } else {
            return false;
        }
    }
    return run && strlen(text) < UPDATE_VERSION;
}

static int next_number(const char **at)
{
    int n = 0;
    for (; **at >= '0' && **at <= '9' && n < 100000; (*at)++)
        n = n * 10 + (**at - '0');
    if (**at == '.')
        (*at)++;
    return n;
}

int update_version_compare(const char *a, const char *b)
{
    int difference = 0;
    while (!difference && (*a || *b))
        difference = next_number(&a) - next_number(&b);
    return difference;
}

/* ---- reading ------------------------------------------------------------------------- */

static void read_versions(struct json_reader *r, struct update *u, const json_t *o)
{
    const json_t *list = json_want_array(r, o, "replaces", UPDATE_REPLACES);
    for (size_t i = 0; json_is_clean(r) && i < json_array_size(list); i++) {
        const char *text = json_string_value(json_array_get(list, i));
        if (!text || !update_version_is(text))
            json_complain(r, "replaces[%zu] must be a version like 1.4.0", i);
        else
            text_copy(u->replaces[u->replaces_count++], UPDATE_VERSION, text);
    }
}

static void read_kiosks(struct json_reader *r, struct update *u, const json_t *o)
{
    const json_t *list = json_want_array(r, o, "kiosks", UPDATE_KIOSKS);
    for (size_t i = 0; json_is_clean(r) && i < json_array_size(list); i++) {
        const char *text = json_string_value(json_array_get(list, i));
        size_t length = text ? strlen(text) : 0;
        if (length < 4 || length > KIOSK_ID_MAX)
            json_complain(r, "kiosks[%zu] must be the id of a kiosk", i);
        else
            text_copy(u->kiosks[u->kiosk_count++], KIOSK_ID_MAX + 1, text);
    }
}

static void read_update(struct json_reader *r, struct update *u, const json_t *o)
{
    const char *version = json_need_string(r, o, "version", UPDATE_VERSION - 1);
    const char *board = json_need_string(r, o, "board", UPDATE_BOARD - 1);
    const char *sum = json_need_string(r, o, "sha256", 2 * SHA256_BYTES);
    u->size = json_need_integer(r, o, "size", 1, UPDATE_SIZE_MAX);
    u->from_hour = (int)json_want_integer(r, o, "from_hour", 0, 23, 1);
    u->to_hour = (int)json_want_integer(r, o, "to_hour", 0, 23, 5);
    u->percent = (int)json_want_integer(r, o, "percent", 0, 100, 0);
    if (json_is_clean(r) && !update_version_is(version))
        json_complain(r, "version must be numbers with dots, like 1.4.0");
    if (json_is_clean(r) && hex_decode(u->sha256, SHA256_BYTES, sum))
        json_complain(r, "sha256 must be 64 hex digits");
    text_copy(u->version, sizeof(u->version), version);
    text_copy(u->board, sizeof(u->board), board);
    read_versions(r, u, o);
    read_kiosks(r, u, o);
}

static bool is_firmware(const json_t *o)
{
    const char *kind = json_string_value(json_object_get(o, "kind"));
    return kind && !strcmp(kind, "firmware");
}

int update_manifest_read(struct update_manifest *out, const void *json, size_t length,
                         char complaint[UPDATE_COMPLAINT])
{
    struct json_reader r = { 0 };
    *out = (struct update_manifest){ 0 };
    AUTO(json_release) json_t *o = json_parse(json, length, complaint);
    if (!o)
        return -EBADMSG;
    out->version = json_need_integer(&r, o, "version", 1, INT64_MAX / 2);
    const json_t *list = json_need_array(&r, o, "updates", 0, UPDATES_MAX);
    json_enter(&r, "updates");
    for (size_t i = 0; json_is_clean(&r) && i < json_array_size(list); i++) {
        const json_t *entry = json_array_get(list, i);
        if (!is_firmware(entry))
            continue;
        json_enter_index(&r, i);
        read_update(&r, &out->updates[out->count], entry);
        json_leave(&r);
        out->count++;
    }
    json_leave(&r);
    if (json_is_clean(&r))
        return 0;
    snprintf(complaint, UPDATE_COMPLAINT, "%s", r.complaint);
    *out = (struct update_manifest){ 0 };
    return -EBADMSG;
}

/* ---- judging ------------------------------------------------------------------------- */

bool update_is_hour(const struct update *u, int64_t county_ms)
{
    int hour = (int)((county_ms / (3600 * 1000) + 8) % 24);
    if (u->from_hour == u->to_hour)
        return true;
    return u->from_hour < u->to_hour ? hour >= u->from_hour && hour < u->to_hour
                                     : hour >= u->from_hour || hour < u->to_hour;
}

/* The same for every reader of the manifest: the first bytes of SHA-256 over "kiosk version", as a number below 100. */
static int place_of(const char *kiosk, const char *version)
{
    char text[KIOSK_ID_MAX + UPDATE_VERSION + 2];
    uint8_t sum[SHA256_BYTES];
    int n = snprintf(text, sizeof(text), "%s %s", kiosk, version);
    sha256(sum, text, n < (int)sizeof(text) ? (size_t)n : sizeof(text) - 1);
    return (int)(get_be32(sum) % 100);
}

bool update_is_for(const struct update *u, const char *kiosk)
{
    for (size_t i = 0; i < u->kiosk_count; i++)
        if (!strcmp(u->kiosks[i], kiosk))
            return true;
    return place_of(kiosk, u->version) < u->percent;
}

bool update_is_way_back(const struct update *u, const char *running)
{
    for (size_t i = 0; i < u->replaces_count; i++)
        if (!update_version_compare(u->replaces[i], running))
            return true;
    return false;
}

static enum update_verdict judge(bool *is_downgrade, const struct update *u,
                                 const struct update_self *self)
{
    int order = update_version_compare(u->version, self->version);
    *is_downgrade = order < 0;
    if (strcmp(u->board, self->board) != 0)
        return UPDATE_NONE;
    if (!order)
        return UPDATE_CURRENT;
    if (order < 0 && !update_is_way_back(u, self->version))
        return UPDATE_OLDER;
    return update_is_for(u, self->kiosk) ? UPDATE_OFFERED : UPDATE_LATER;
}

enum update_verdict update_choose(const struct update **out, bool *is_downgrade,
                                  const struct update_manifest *m, const struct update_self *self)
{
    enum update_verdict nearest = UPDATE_NONE;
    *out = NULL;
    *is_downgrade = false;
    for (size_t i = 0; update_version_is(self->version) && i < m->count; i++) {
        bool is_back;
        enum update_verdict v = judge(&is_back, &m->updates[i], self);
        if (v == UPDATE_OFFERED) {
            *out = &m->updates[i];
            *is_downgrade = is_back;
            return v;
        }
        nearest = v > nearest ? v : nearest;
    }
    return nearest;
}
