#include "ui/input/rare/table.h"

#include <string.h>

#include "firmware/base/bytes.h"
#include "firmware/base/text.h"

enum { COUNT_MOST = 1 << 20, GROUPS_MOST = 65536, SOUNDS_MOST = 4096, FORMS_MOST = 1024 };
enum { SIMPLIFIED = 0x80, SOUND_NAME = 8, FORM_NAME = 4, FORM_WORDS = 32 };

struct group table_group(const struct rare *r, size_t n)
{
    const uint8_t *p = r->groups.at + n * GROUP_BYTES;
    return (struct group){ .number = p[0],
                           .rest = p[1] & (SIMPLIFIED - 1),
                           .is_simplified = p[1] & SIMPLIFIED,
                           .count = get_le16(p + 2) };
}

struct character table_char(const struct rare *r, size_t n)
{
    uint32_t v = get_le32(r->chars.at + n * CHAR_BYTES);
    return (struct character){ .cp = v & 0x1fffff,
                               .strokes = v >> 21 & 0x7f,
                               .level = (int)(v >> 28 & 3) };
}

uint32_t table_item(const struct rare *r, size_t n)
{
    const uint8_t *p = r->items.at + n * ITEM_BYTES;
    return (uint32_t)(p[0] | p[1] << 8 | p[2] << 16);
}

/* ---- checks ------------------------------------------------------------------------------------ */

static bool take(struct part *out, const uint8_t **at, const uint8_t *end, size_t count,
                 size_t size, size_t most)
{
    if (count > most || (size_t)(end - *at) / size < count)
        return false;
    *out = (struct part){ *at, count };
    *at += count * size;
    return true;
}

static bool cut(struct rare *r)
{
    const uint8_t *d = r->data, *at = d + HEAD, *end = d + r->length;
    return take(&r->groups, &at, end, get_le32(d + 8), GROUP_BYTES, GROUPS_MOST) &&
           take(&r->chars, &at, end, get_le32(d + 12), CHAR_BYTES, COUNT_MOST) &&
           take(&r->sounds, &at, end, get_le32(d + 16), SOUND_BYTES, SOUNDS_MOST) &&
           take(&r->forms, &at, end, get_le32(d + 20), FORM_BYTES, FORMS_MOST) &&
           take(&r->items, &at, end, get_le32(d + 24), ITEM_BYTES, COUNT_MOST) && at == end;
}

/* Groups in order, none twice; together all the characters. */
static bool are_groups_good(const struct rare *r)
{
    size_t sum = 0;
    int last = -1;
    for (size_t i = 0; i < r->groups.count; i++) {
        const uint8_t *p = r->groups.at + i * GROUP_BYTES;
        int key = p[0] << 8 | p[1];
        if (!p[0] || p[0] > RARE_RADICALS || key <= last || !get_le16(p + 2))
            return false;
        last = key;
        sum += get_le16(p + 2);
    }
    return sum == r->chars.count;
}

static bool are_chars_good(const struct rare *r)
{
    for (size_t i = 0; i < r->chars.count; i++) {
        struct character c = table_char(r, i);
        if (!text_is_han(c.cp) || !c.strokes || c.strokes > RARE_STROKES_MAX ||
            get_le32(r->chars.at + i * CHAR_BYTES) >> 30)
            return false;
    }
    for (size_t i = 0; i < r->items.count; i++)
        if (!text_is_han(table_item(r, i)))
            return false;
    return true;
}

/* Text of at most `room` bytes with at least one NUL behind it, and nothing after the first. */
static bool is_padded(const uint8_t *p, size_t room)
{
    size_t n = strnlen((const char *)p, room);
    for (size_t i = n; i < room; i++)
        if (p[i])
            return false;
    return n && text_is_valid((const char *)p, n);
}

static bool are_sounds_good(const struct rare *r)
{
    for (size_t i = 0; i < r->sounds.count; i++) {
        const uint8_t *p = r->sounds.at + i * SOUND_BYTES;
        size_t first = get_le32(p + 8), count = get_le32(p + 12);
        if (!is_padded(p, SOUND_NAME) || p[SOUND_NAME - 1] || first > r->items.count ||
            count > r->items.count - first || (i && memcmp(p - SOUND_BYTES, p, SOUND_NAME) >= 0))
            return false;
    }
    return true;
}

static bool are_forms_good(const struct rare *r)
{
    for (size_t i = 0; i < r->forms.count; i++) {
        const uint8_t *p = r->forms.at + i * FORM_BYTES;
        bool is_in_order = !i || p[-FORM_BYTES] <= p[0];
        if (!p[0] || p[0] > RARE_STROKES_MAX || !p[1] || p[1] > RARE_RADICALS || p[2] > 1 || p[3] ||
            !is_in_order || !is_padded(p + 4, FORM_NAME) || p[4 + FORM_NAME - 1] ||
            !is_padded(p + 8, FORM_WORDS) || p[8 + FORM_WORDS - 1])
            return false;
    }
    return true;
}

int table_check(struct rare *r)
{
    if (r->length < HEAD || memcmp(r->data, "OTRARE01", 8) || !cut(r) ||
        crc32c(0, r->data + HEAD, r->length - HEAD) != get_le32(r->data + 28) ||
        !are_groups_good(r) || !are_chars_good(r) || !are_sounds_good(r) || !are_forms_good(r))
        return -EBADMSG;
    return 0;
}
