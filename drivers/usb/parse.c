/* Configuration descriptors (USB 2.0, 9.6.3 to 9.6.6): a chain of blocks, each of which says its own length. */
#include "drivers/usb/usb.h"

#include <string.h>

enum { CONFIGURATION = 2, INTERFACE = 4, ENDPOINT = 5 };
enum { CONFIGURATION_BYTES = 9, INTERFACE_BYTES = 9, ENDPOINT_BYTES = 7 };

/* NULL when the table is full: its endpoints are passed over then. */
static struct usb_interface *add_interface(struct usb_info *info, const uint8_t *p)
{
    if (info->interface_count == USB_INTERFACES_MAX)
        return NULL;
    struct usb_interface *i = &info->interfaces[info->interface_count++];
    *i = (struct usb_interface){
        .number = p[2], .alternate = p[3], .class = p[5], .subclass = p[6], .protocol = p[7]
    };
    return i;
}

static void add_endpoint(struct usb_interface *i, const uint8_t *p)
{
    if (!i || i->endpoint_count == USB_ENDPOINTS_MAX)
        return;
    i->endpoints[i->endpoint_count++] = (struct usb_endpoint){
        .address = p[2],
        .type = (enum usb_transfer_type)(p[3] & 3),
        .max_packet = get_le16(p + 4) & 0x7ff, /* the bits above are transactions a microframe */
    };
}

int usb_parse_configuration(struct usb_info *info, const uint8_t *data, size_t length)
{
    info->interface_count = 0;
    memset(info->interfaces, 0, sizeof(info->interfaces));
    if (length < CONFIGURATION_BYTES || data[0] < CONFIGURATION_BYTES || data[1] != CONFIGURATION)
        return -EBADMSG;
    size_t total = get_le16(data + 2);
    if (total < CONFIGURATION_BYTES || total > length)
        return -EBADMSG;
    struct usb_interface *current = NULL;
    for (size_t at = 0; at < total; at += data[at]) {
        const uint8_t *p = data + at;
        if (total - at < 2 || p[0] < 2 || p[0] > total - at)
            return -EBADMSG;
        if ((p[1] == INTERFACE && p[0] < INTERFACE_BYTES) ||
            (p[1] == ENDPOINT && p[0] < ENDPOINT_BYTES))
            return -EBADMSG;
        if (p[1] == INTERFACE)
            current = add_interface(info, p);
        else if (p[1] == ENDPOINT)
            add_endpoint(current, p);
    }
    return 0;
}
