#include "sync/update/place.h"

#include <stdio.h>
#include <string.h>

#include "firmware/base/json.h"
#include "firmware/base/text.h"

#define PART "part"
#define PART_NOTE "part.json"
#define FRESH ".new"

/* ---- small files --------------------------------------------------------------------- */

int place_drop(const struct disk *disk, const char *name)
{
    int r = disk->remove(disk, name);
    return r == -ENOENT ? 0 : r;
}

int place_put(const struct disk *disk, const char *name, const void *data, size_t length)
{
    char fresh[64];
    struct disk_file *f = NULL;
    struct iovec all = { (void *)(uintptr_t)data, length };
    snprintf(fresh, sizeof(fresh), "%s" FRESH, name);
    int r = place_drop(disk, fresh);
    if (!r)
        r = disk->create(disk, &f, fresh, 0);
    if (!r)
        r = disk->write(f, 0, &all, 1);
    if (!r)
        r = disk->flush(f);
    disk->close(f);
    return r ? r : disk->rename(disk, fresh, name);
}

int place_get(const struct disk *disk, const char *name, struct bytes *out, size_t most)
{
    struct disk_file *f = NULL;
    int r = disk->open(disk, &f, name);
    if (r)
        return r;
    int64_t size = disk->size(f);
    if (size < 0 || size > (int64_t)most)
        r = size < 0 ? (int)size : -EFBIG;
    if (!r)
        r = bytes_reserve(out, out->length + (size_t)size + 1);
    int64_t got = r ? 0 : disk->read(f, 0, out->data + out->length, (size_t)size);
    disk->close(f);
    if (got > 0)
        out->length += (size_t)got;
    return r ? r : got < 0 ? (int)got : 0;
}

static int put_json(const struct disk *disk, const char *name, json_t *value)
{
    AUTO(json_release) json_t *held = value;
    char *text = held ? json_canonical(held) : NULL;
    int r = text ? place_put(disk, name, text, strlen(text)) : fault_raise(-ENOMEM);
    json_text_free(text);
    return r;
}

static json_t *get_json(const struct disk *disk, const char *name)
{
    char complaint[JSON_COMPLAINT];
    struct bytes text AUTO_BYTES = { 0 };
    return place_get(disk, name, &text, PLACE_SMALL_MAX)
               ? NULL
               : json_parse(text.data, text.length, complaint);
}

/* ---- the part ------------------------------------------------------------------------ */

static bool names_sum(const json_t *o, uint8_t out[SHA256_BYTES])
{
    const char *text = json_string_value(json_object_get(o, "sha256"));
    return text && !hex_decode(out, SHA256_BYTES, text);
}

/* What the note vouches for; 0 when it is about another file. */
static int64_t noted_of(const struct disk *disk, const struct update *u)
{
    uint8_t sum[SHA256_BYTES];
    AUTO(json_release) json_t *note = get_json(disk, PART_NOTE);
    int64_t have = json_integer_value(json_object_get(note, "have"));
    bool is_ours = names_sum(note, sum) && !memcmp(sum, u->sha256, sizeof(sum));
    return is_ours && have > 0 && have <= u->size ? have : 0;
}

int part_open(struct part *p, const struct disk *disk, const struct update *u)
{
    *p = (struct part){ .disk = disk };
    memcpy(p->sha256, u->sha256, sizeof(p->sha256));
    int64_t noted = noted_of(disk, u);
    int r = disk->open(disk, &p->file, PART);
    /* Power failed between the new name and ready.json. */
    if (r == -ENOENT && noted == u->size && !disk->rename(disk, PLACE_BUNDLE, PART))
        r = disk->open(disk, &p->file, PART);
    if (r && r != -ENOENT)
        return r;
    if (noted && p->file && noted <= disk->size(p->file)) {
        p->have = p->noted = noted;
        return 0;
    }
    part_close(p);
    r = part_drop(p, disk);
    return r ? r : disk->create(disk, &p->file, PART, 0);
}

int part_note(struct part *p)
{
    char sum[2 * SHA256_BYTES + 1];
    int r = p->disk->flush(p->file);
    if (r)
        return r;
    hex_encode(sum, p->sha256, SHA256_BYTES);
    r = put_json(p->disk, PART_NOTE,
                 json_pack("{ss, sI}", "sha256", sum, "have", (json_int_t)p->have));
    if (!r)
        p->noted = p->have;
    return r;
}

int part_add(struct part *p, const void *data, size_t length)
{
    struct iovec all = { (void *)(uintptr_t)data, length };
    int r = p->disk->write(p->file, (uint64_t)p->have, &all, 1);
    if (r)
        return r;
    p->have += (int64_t)length;
    return p->have - p->noted >= PART_NOTE_BYTES ? part_note(p) : 0;
}

void part_close(struct part *p)
{
    if (p->file)
        p->disk->close(p->file);
    p->file = NULL;
}

int part_drop(struct part *p, const struct disk *disk)
{
    part_close(p);
    p->have = p->noted = 0;
    int r = place_drop(disk, PART_NOTE);
    return r ? r : place_drop(disk, PART);
}

/* ---- the whole ----------------------------------------------------------------------- */

static json_t *describe(const struct update *u, unsigned how)
{
    char sum[2 * SHA256_BYTES + 1];
    hex_encode(sum, u->sha256, SHA256_BYTES);
    json_t *o =
        json_pack("{ss, ss, ss, sI, sb}", "version", u->version, "file", PLACE_BUNDLE, "sha256",
                  sum, "size", (json_int_t)u->size, "downgrade", (how & PLACE_DOWNGRADE) != 0);
    if (o && how & PLACE_BY_HAND)
        json_object_set_new(o, "by_hand", json_true());
    return o;
}

int place_finish(struct part *p, const struct disk *disk, const struct update *u, unsigned how,
                 const struct bytes *manifest, const struct bytes *signature)
{
    part_close(p);
    int r = place_put(disk, PLACE_MANIFEST, manifest->data, manifest->length);
    if (!r)
        r = place_put(disk, PLACE_SIGNATURE, signature->data, signature->length);
    if (!r)
        r = disk->rename(disk, PART, PLACE_BUNDLE);
    if (!r)
        r = put_json(disk, PLACE_READY, describe(u, how));
    return r ? r : place_drop(disk, PART_NOTE);
}

bool place_is_ready(const struct disk *disk, uint8_t sha256_of[SHA256_BYTES])
{
    struct disk_file *f = NULL;
    AUTO(json_release) json_t *ready = get_json(disk, PLACE_READY);
    if (!names_sum(ready, sha256_of) || disk->open(disk, &f, PLACE_BUNDLE))
        return false;
    bool is_whole = disk->size(f) == json_integer_value(json_object_get(ready, "size"));
    disk->close(f);
    return is_whole;
}

bool place_is_about(const struct disk *disk, const char *version)
{
    AUTO(json_release) json_t *ready = get_json(disk, PLACE_READY);
    const char *there = json_string_value(json_object_get(ready, "version"));
    return there && !strcmp(there, version);
}

bool place_is_by_hand(const struct disk *disk, struct update *out)
{
    AUTO(json_release) json_t *ready = get_json(disk, PLACE_READY);
    const char *version = json_string_value(json_object_get(ready, "version"));
    *out = (struct update){ .size = json_integer_value(json_object_get(ready, "size")) };
    if (!json_is_true(json_object_get(ready, "by_hand")) || !version ||
        !update_version_is(version) || !place_is_ready(disk, out->sha256))
        return false;
    text_copy(out->version, sizeof(out->version), version);
    return true;
}

int place_withdraw(const struct disk *disk)
{
    static const char *const names[] = { PLACE_READY,     PLACE_BUNDLE, PLACE_MANIFEST,
                                         PLACE_SIGNATURE, PART_NOTE,    PART };
    int r = 0;
    for (size_t i = 0; !r && i < sizeof(names) / sizeof(names[0]); i++)
        r = place_drop(disk, names[i]);
    return r;
}
