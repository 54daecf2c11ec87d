#include "drivers/smartcard/tlv.h"

enum { DEPTH_MAX = 8, TAG_BYTES = 3, LENGTH_BYTES = 4 };

static bool take(uint8_t *out, struct tlv_walk *w)
{
    if (!w->left)
        return false;
    *out = *w->data++;
    w->left--;
    return true;
}

static int take_tag(struct tlv *out, struct tlv_walk *w)
{
    uint8_t byte;
    if (!take(&byte, w))
        return TLV_E_END;
    out->is_constructed = byte & 0x20;
    out->tag = byte;
    if ((byte & 0x1f) != 0x1f)
        return 0;
    for (int i = 1; i < TAG_BYTES; i++) {
        if (!take(&byte, w))
            return -EBADMSG;
        out->tag = out->tag << 8 | byte;
        if (!(byte & 0x80))
            return 0;
    }
    return -EBADMSG;
}

static int take_length(struct tlv *out, struct tlv_walk *w)
{
    uint8_t byte;
    if (!take(&byte, w))
        return -EBADMSG;
    out->length = byte;
    if (!(byte & 0x80))
        return 0;
    size_t count = byte & 0x7f;
    /* 80, an end marked inside, is not allowed in 7816-4. */
    if (!count || count > LENGTH_BYTES)
        return -EBADMSG;
    out->length = 0;
    while (count--) {
        if (!take(&byte, w))
            return -EBADMSG;
        out->length = out->length << 8 | byte;
    }
    return 0;
}

int tlv_next(struct tlv *out, struct tlv_walk *w)
{
    *out = (struct tlv){ 0 };
    while (w->left && (*w->data == 0x00 || *w->data == 0xff)) {
        w->data++;
        w->left--;
    }
    int r = take_tag(out, w);
    if (!r)
        r = take_length(out, w);
    if (!r && out->length > w->left)
        r = -EBADMSG;
    if (r)
        return r;
    out->value = w->data;
    w->data += out->length;
    w->left -= out->length;
    return 0;
}

static int find(struct tlv *out, uint32_t tag, const uint8_t *data, size_t length, int depth)
{
    struct tlv_walk w = { data, length };
    for (;;) {
        int r = tlv_next(out, &w);
        if (r || out->tag == tag)
            return r;
        if (!out->is_constructed || depth == DEPTH_MAX)
            continue;
        struct tlv inner;
        r = find(&inner, tag, out->value, out->length, depth + 1);
        if (r == 0)
            *out = inner;
        if (r != TLV_E_END)
            return r;
    }
}

int tlv_find(struct tlv *out, uint32_t tag, const uint8_t *data, size_t length)
{
    return find(out, tag, data, length, 1);
}
