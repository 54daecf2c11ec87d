/* The serial number of a device, which is a string in its own language (USB 2.0, 9.6.7). */
#include "drivers/usb/inside.h"
#include "firmware/base/text.h"

enum {
    STRING_MS = 500,
    COMMON_LANGUAGE = 0x0409 /* what a device with strings has at the least */
};

/* 0: `units` UTF-16LE units of string `index` are in `data` after its two bytes of header. */
static int read_string(struct usb_device *d, uint8_t index, uint16_t language, uint8_t data[255],
                       size_t *units)
{
    size_t got = 0;
    int r = usb_control(d, 0x80, USB_GET_DESCRIPTOR, (uint16_t)(USB_DESCRIPTOR_STRING << 8 | index),
                        language, data, 255, STRING_MS, &got);
    if (r)
        return r;
    if (got < 2 || data[1] != USB_DESCRIPTOR_STRING)
        return -EBADMSG;
    size_t said = data[0] < got ? data[0] : got;
    *units = said < 2 ? 0 : (said - 2) / 2;
    return 0;
}

/* Best effort: a device that cannot say its serial number is a device without one. */
void usb_ask_serial(struct usb_device *d)
{
    uint8_t data[255] = { 0 };
    size_t units = 0;
    if (!d->serial_index)
        return;
    uint16_t language = COMMON_LANGUAGE;
    if (!read_string(d, 0, 0, data, &units) && units)
        language = get_le16(data + 2);
    if (read_string(d, d->serial_index, language, data, &units))
        return;
    struct bytes text AUTO_BYTES = { 0 };
    if (text_from_utf16le(&text, data + 2, units) || bytes_append_byte(&text, 0))
        return;
    (void)text_copy(d->serial, sizeof(d->serial), (const char *)text.data);
}
