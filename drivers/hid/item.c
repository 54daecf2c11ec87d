#include "drivers/hid/item.h"

enum { LONG_ITEM = 0xfe };

bool hid_item_next(struct hid_item *out, const uint8_t **at, const uint8_t *end)
{
    static const uint8_t sizes[] = { 0, 1, 2, 4 };
    const uint8_t *p = *at;
    *out = (struct hid_item){ .type = TYPE_RESERVED };
    if (*p == LONG_ITEM) {
        if (end - p < 3 || end - p - 3 < p[1])
            return false;
        *at = p + 3 + p[1];
        return true;
    }
    *out = (struct hid_item){ .type = *p >> 2 & 3, .tag = *p >> 4, .size = sizes[*p & 3] };
    if (end - p - 1 < out->size)
        return false;
    for (size_t i = 0; i < out->size; i++)
        out->value |= (uint32_t)p[1 + i] << 8 * i;
    *at = p + 1 + out->size;
    return true;
}

int32_t hid_item_signed(const struct hid_item *i)
{
    if (i->size == 1)
        return (int8_t)i->value;
    return i->size == 2 ? (int16_t)i->value : (int32_t)i->value;
}
