/* links: drivers/usb firmware/base */
#include <stdlib.h>
#include <string.h>

#include "drivers/usb/usbip_wire.h"

/* What a USB/IP server says: a list, an import, then replies to three transfers that are on their way. */

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void demand(int claim)
{
    if (!claim)
        abort();
}

static void read_replies(const uint8_t *data, size_t size)
{
    struct usbip_urb urbs[USBIP_URBS] = {
        { .sequence = 1, .is_in = true, .asked = 64 },
        { .sequence = 2, .asked = 4096 },
        { .sequence = 3, .is_in = true, .asked = 1024 },
    };
    struct usbip_reply reply;
    while (!usbip_parse_reply(&reply, urbs, USBIP_URBS, data, size)) {
        struct usbip_urb *urb = usbip_find(urbs, USBIP_URBS, reply.sequence);
        demand(reply.size >= USBIP_HEADER_BYTES && reply.size <= size && reply.status <= 0);
        demand(!reply.data || (reply.data > data && reply.data + reply.actual <= data + size));
        demand(reply.kind == USBIP_RET_UNLINK || (urb && reply.actual <= urb->asked));
        if (urb)
            urb->is_done = true;
        data += reply.size;
        size -= reply.size;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct usbip_record records[4];
    size_t count;
    if (!usbip_parse_list(records, 4, &count, data, size))
        demand(size >= USBIP_LIST_HEAD_BYTES && count <= 4);
    for (size_t i = 0; i < count; i++)
        demand(strnlen(records[i].busid, USBIP_BUSID) < USBIP_BUSID);
    if (!usbip_parse_import(records, data, size)) {
        demand(size >= USBIP_IMPORT_BYTES);
        data += USBIP_IMPORT_BYTES;
        size -= USBIP_IMPORT_BYTES;
    }
    read_replies(data, size);
    return 0;
}
