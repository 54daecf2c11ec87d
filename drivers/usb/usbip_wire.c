#include "drivers/usb/usbip_wire.h"

#include <string.h>

#include "firmware/base/text.h"

enum {
    VERSION = 0x0111,
    OP_REQ_IMPORT = 0x8003,
    OP_REP_IMPORT = 0x0003,
    OP_REQ_LIST = 0x8005,
    OP_REP_LIST = 0x0005
};
enum { CMD_SUBMIT = 1, CMD_UNLINK = 2 };
enum { STATUS_BUSY = 2 };
enum { INTERFACE_BYTES = 4, NO_PACKETS = -1 };

static int put_operation(struct bytes *out, uint16_t code)
{
    uint8_t head[8] = { 0 };
    put_be16(head, VERSION);
    put_be16(head + 2, code);
    return bytes_append(out, head, sizeof(head));
}

int usbip_put_list(struct bytes *out)
{
    return put_operation(out, OP_REQ_LIST);
}

int usbip_put_import(struct bytes *out, const char *busid)
{
    char field[USBIP_BUSID] = { 0 };
    if (!text_copy(field, sizeof(field), busid))
        return fault_raise(-EINVAL);
    int r = put_operation(out, OP_REQ_IMPORT);
    return r ? r : bytes_append(out, field, sizeof(field));
}

/* 0 and *status, USBIP_E_MORE or -EBADMSG. */
static int parse_operation(uint32_t *status, uint16_t code, const uint8_t *data, size_t length)
{
    if (length < 8)
        return USBIP_E_MORE;
    if (get_be16(data) != VERSION || get_be16(data + 2) != code)
        return -EBADMSG;
    *status = get_be32(data + 4);
    return 0;
}

static int parse_record(struct usbip_record *out, const uint8_t *p)
{
    const uint8_t *busid = p + 256;
    size_t n = strnlen((const char *)busid, USBIP_BUSID);
    uint32_t bus = get_be32(p + 288), device = get_be32(p + 292);
    if (!n || n == USBIP_BUSID || bus > 0xffff || device > 0xffff)
        return -EBADMSG;
    *out = (struct usbip_record){
        .device_id = bus << 16 | device,
        .vendor = get_be16(p + 300),
        .product = get_be16(p + 302),
        .release = get_be16(p + 304),
        .interface_count = p[311],
    };
    for (size_t i = 0; i < n; i++)
        out->busid[i] = busid[i] > ' ' && busid[i] < 0x7f ? (char)busid[i] : '?';
    return 0;
}

int usbip_parse_list(struct usbip_record *out, size_t max, size_t *count, const uint8_t *data,
                     size_t length)
{
    uint32_t status;
    *count = 0;
    int r = parse_operation(&status, OP_REP_LIST, data, length);
    if (r)
        return r;
    if (status)
        return -EBADMSG;
    if (length < USBIP_LIST_HEAD_BYTES)
        return USBIP_E_MORE;
    uint32_t devices = get_be32(data + 8);
    if (devices > USBIP_LIST_BYTES_MAX / USBIP_RECORD_BYTES)
        return -EBADMSG;
    size_t at = USBIP_LIST_HEAD_BYTES;
    for (uint32_t i = 0; i < devices; i++) {
        struct usbip_record record;
        if (length - at < USBIP_RECORD_BYTES)
            return USBIP_E_MORE;
        r = parse_record(&record, data + at);
        if (r)
            return r;
        at += USBIP_RECORD_BYTES;
        size_t interfaces = (size_t)record.interface_count * INTERFACE_BYTES;
        if (length - at < interfaces)
            return USBIP_E_MORE;
        at += interfaces;
        if (*count < max)
            out[(*count)++] = record;
    }
    return 0;
}

int usbip_parse_import(struct usbip_record *out, const uint8_t *data, size_t length)
{
    uint32_t status;
    int r = parse_operation(&status, OP_REP_IMPORT, data, length);
    if (r)
        return r;
    if (status)
        return status == STATUS_BUSY ? USBIP_E_TAKEN : USBIP_E_REFUSED;
    if (length < USBIP_IMPORT_BYTES)
        return USBIP_E_MORE;
    return parse_record(out, data + 8);
}

int usbip_put_submit(struct bytes *out, uint32_t device_id, const struct usbip_urb *urb,
                     uint8_t endpoint, const uint8_t setup[8], const uint8_t *data)
{
    uint8_t head[USBIP_HEADER_BYTES] = { 0 };
    put_be32(head, CMD_SUBMIT);
    put_be32(head + 4, urb->sequence);
    put_be32(head + 8, device_id);
    put_be32(head + 12, urb->is_in);
    put_be32(head + 16, endpoint);
    put_be32(head + 24, urb->asked);
    put_be32(head + 32, (uint32_t)NO_PACKETS);
    if (setup)
        memcpy(head + 40, setup, 8);
    size_t payload = urb->is_in ? 0 : urb->asked;
    int r = bytes_reserve(out, out->length + sizeof(head) + payload); /* both or nothing */
    if (!r)
        r = bytes_append(out, head, sizeof(head));
    if (!r && payload)
        r = bytes_append(out, data, payload);
    return r;
}

int usbip_put_unlink(struct bytes *out, uint32_t device_id, uint32_t sequence, uint32_t victim)
{
    uint8_t head[USBIP_HEADER_BYTES] = { 0 };
    put_be32(head, CMD_UNLINK);
    put_be32(head + 4, sequence);
    put_be32(head + 8, device_id);
    put_be32(head + 20, victim);
    return bytes_append(out, head, sizeof(head));
}

struct usbip_urb *usbip_find(struct usbip_urb *urbs, size_t count, uint32_t sequence)
{
    for (size_t i = 0; sequence && i < count; i++)
        if (urbs[i].sequence == sequence)
            return &urbs[i];
    return NULL;
}

static int parse_ret_submit(struct usbip_reply *out, const struct usbip_urb *urb,
                            const uint8_t *data, size_t length)
{
    if (!urb || urb->is_done || out->actual > urb->asked)
        return -EBADMSG;
    if (!urb->is_in || !out->actual)
        return 0;
    if (length - USBIP_HEADER_BYTES < out->actual)
        return USBIP_E_MORE;
    out->data = data + USBIP_HEADER_BYTES;
    out->size += out->actual;
    return 0;
}

int usbip_parse_reply(struct usbip_reply *out, const struct usbip_urb *urbs, size_t count,
                      const uint8_t *data, size_t length)
{
    *out = (struct usbip_reply){ 0 };
    if (length < USBIP_HEADER_BYTES)
        return USBIP_E_MORE;
    out->kind = (enum usbip_reply_kind)get_be32(data);
    out->sequence = get_be32(data + 4);
    out->status = (int32_t)get_be32(data + 20);
    out->size = USBIP_HEADER_BYTES;
    if (out->status > 0)
        return -EBADMSG;
    if (out->kind == USBIP_RET_UNLINK)
        return 0;
    if (out->kind != USBIP_RET_SUBMIT)
        return -EBADMSG;
    out->actual = get_be32(data + 24);
    return parse_ret_submit(out, usbip_find((struct usbip_urb *)urbs, count, out->sequence), data,
                            length);
}
