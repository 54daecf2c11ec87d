#include "drivers/idcard/port_hid.h"

#include <string.h>

enum { CLASS_HID = 3 };

bool sdt_hid_fits(const struct usb_interface *i)
{
    size_t in = 0, out = 0;
    /* A boot interface is a keyboard or a mouse (HID 1.11, 4.2): never to be taken from the kernel. */
    if (i->class != CLASS_HID || i->subclass || i->protocol)
        return false;
    for (size_t k = 0; k < i->endpoint_count; k++) {
        const struct usb_endpoint *e = &i->endpoints[k];
        if (e->type != USB_INTERRUPT || e->max_packet != SDT_HID_REPORT)
            return false;
        *(e->address & 0x80 ? &in : &out) += 1;
    }
    return in == 1 && out == 1;
}

bool sdt_hid_pack(uint8_t report[SDT_HID_REPORT], const uint8_t *frame, size_t length)
{
    if (length > SDT_HID_REPORT)
        return false;
    memcpy(report, frame, length);
    memset(report + length, 0, SDT_HID_REPORT - length);
    return true;
}
