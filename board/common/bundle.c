#include "board/common/bundle.h"

#include <string.h>

#include "firmware/base/json.h"
#include "firmware/base/text.h"

static void read_part(struct json_reader *r, struct bundle_part *out, const json_t *o,
                      const char *name)
{
    static const char *const keys[] = { "bytes", "sha256", NULL };
    const json_t *part = json_need_object(r, o, name);
    json_enter(r, name);
    json_no_others(r, part, keys);
    out->bytes = json_need_integer(r, part, "bytes", 1, UPDATE_SIZE_MAX);
    const char *sum = json_need_string(r, part, "sha256", 2 * SHA256_BYTES);
    if (json_is_clean(r) && hex_decode(out->sha256, SHA256_BYTES, sum))
        json_complain(r, "must be a SHA-256");
    json_leave(r);
}

static int64_t whole_blocks(int64_t bytes)
{
    return (bytes + BUNDLE_HEAD - 1) / BUNDLE_HEAD * BUNDLE_HEAD;
}

static void read_all(struct json_reader *r, struct bundle *out, const json_t *o)
{
    static const char *const keys[] = {
        "type", "version", "board", "release", "boot", "root", NULL
    };
    json_no_others(r, o, keys);
    if (strcmp(json_need_string(r, o, "type", 32), "onetrip-bundle") != 0)
        json_complain(r, "is no bundle");
    (void)json_need_integer(r, o, "version", 1, 1);
    text_copy(out->board, sizeof(out->board), json_need_string(r, o, "board", UPDATE_BOARD - 1));
    text_copy(out->release, sizeof(out->release),
              json_need_string(r, o, "release", UPDATE_VERSION - 1));
    if (json_is_clean(r) && !update_version_is(out->release))
        json_complain(r, "release is no version");
    read_part(r, &out->parts[BUNDLE_BOOT], o, "boot");
    read_part(r, &out->parts[BUNDLE_ROOT], o, "root");
}

int bundle_read(struct bundle *out, const uint8_t head[BUNDLE_HEAD], int64_t size)
{
    char complaint[JSON_COMPLAINT];
    struct json_reader r = { 0 };
    *out = (struct bundle){ 0 };
    AUTO(json_release)
    json_t *o = json_parse(head, strnlen((const char *)head, BUNDLE_HEAD), complaint);
    if (!json_is_object(o))
        return -EBADMSG;
    read_all(&r, out, o);
    struct bundle_part *boot = &out->parts[BUNDLE_BOOT], *root = &out->parts[BUNDLE_ROOT];
    boot->at = BUNDLE_HEAD;
    root->at = boot->at + whole_blocks(boot->bytes);
    return json_is_clean(&r) && root->at + root->bytes == size ? 0 : -EBADMSG;
}
