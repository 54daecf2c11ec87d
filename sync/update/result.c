/* What the installer left behind. It is another program, run by another user: its words are read as a stranger's. */
#include <string.h>

#include "firmware/base/json.h"
#include "firmware/base/text.h"
#include "sync/update/place.h"

static const char *const words[INSTALL_END] = { "installed", "refused", "fell-back" };

const char *install_outcome_word(enum install_outcome outcome)
{
    return words[outcome];
}

/* One line: whatever steers a terminal or a page is a space. */
static void copy_line(char *out, size_t capacity, const char *text)
{
    size_t used = 0, left = strlen(text);
    while (left) {
        uint32_t cp;
        char piece[4];
        size_t n = text_decode(&cp, text, left);
        size_t length = text_encode(piece, text_is_control(cp) ? ' ' : cp);
        if (used + length >= capacity)
            break;
        memcpy(out + used, piece, length);
        used += length;
        text += n;
        left -= n;
    }
    out[used] = 0;
}

int install_result_read(struct install_result *out, const void *json, size_t length)
{
    char complaint[JSON_COMPLAINT];
    struct json_reader r = { 0 };
    *out = (struct install_result){ 0 };
    AUTO(json_release) json_t *o = json_parse(json, length, complaint);
    const char *version = json_need_string(&r, o, "version", UPDATE_VERSION - 1);
    const char *word = json_need_string(&r, o, "outcome", 20);
    const char *reason = json_string_value(json_object_get(o, "reason"));
    while (json_is_clean(&r) && out->outcome < INSTALL_END &&
           strcmp(words[out->outcome], word) != 0)
        out->outcome++;
    if (!json_is_clean(&r) || out->outcome == INSTALL_END || !update_version_is(version)) {
        *out = (struct install_result){ 0 };
        return -EBADMSG;
    }
    const char *sum = json_string_value(json_object_get(o, "sha256"));
    uint8_t of[SHA256_BYTES];
    if (sum && hex_decode(of, sizeof(of), sum) == 0)
        hex_encode(out->sha256, of, sizeof(of));
    text_copy(out->version, sizeof(out->version), version);
    copy_line(out->reason, sizeof(out->reason), reason ? reason : "");
    return 0;
}
