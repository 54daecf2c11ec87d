/* links: drivers/idcard drivers/usb firmware/card firmware/base */
#include <stdlib.h>
#include <string.h>

#include "drivers/idcard/idcard.h"
#include "drivers/idcard/port_usb.h"
#include "drivers/usb/inside.h"

/* A USB reader of any style that sends what it likes. The first byte chooses the style (split, single, HID); then packets: a
 * byte of length (bits 0 to 6) and endpoint (bit 7: the second), then so many bytes, at most one packet of 64. Length 7F
 * halts the endpoint; length 7E ends a reply: nothing more comes before the next request. At the end the cable is pulled. */

enum { STEPS = 200, PACKET = 64, HALT = 0x7f, SILENCE = 0x7e };

static const uint8_t *input;
static size_t left;
static bool is_asked; /* and has not ended its reply */

static const struct usb_info styles[] = {
    { 0x0400,
      0xc35a,
      0,
      "1-1",
      1,
      { { 0,
          0,
          0xff,
          0,
          0,
          4,
          { { 0x02, USB_BULK, PACKET },
            { 0x06, USB_BULK, PACKET },
            { 0x81, USB_BULK, PACKET },
            { 0x85, USB_BULK, PACKET } } } } },
    { 0x0316,
      0x5020,
      0,
      "1-1",
      1,
      { { 0, 0, 0xff, 0, 0, 2, { { 0x01, USB_BULK, PACKET }, { 0x81, USB_BULK, PACKET } } } } },
    { 0x2b8b,
      0x2721,
      0,
      "1-1",
      1,
      { { 0,
          0,
          0x03,
          0,
          0,
          2,
          { { 0x01, USB_INTERRUPT, PACKET }, { 0x81, USB_INTERRUPT, PACKET } } } } },
};

/* ---- a device made of the input ------------------------------------------------------ */

static int turn(struct usb_device *d, int wait_ms)
{
    if (!is_asked) {
        /* Real time would pass here: a halted endpoint ends the wait at once. */
        for (size_t i = 0; wait_ms > 0 && i < d->listened_count; i++)
            d->listened[i].ended = USB_E_STALL;
        return 0;
    }
    if (!left) {
        d->is_gone = true;
        return USB_E_GONE;
    }
    struct usb_listened *l =
        &d->listened[(*input >> 7) % (d->listened_count ? d->listened_count : 1)];
    size_t length = *input & 0x7f;
    input++;
    left--;
    if (length == SILENCE) {
        is_asked = false;
        return 0;
    }
    if (length == HALT) {
        l->ended = USB_E_STALL;
        return 0;
    }
    length = length > PACKET ? PACKET : length;
    length = length < left ? length : left;
    if (!l->ended)
        gather_put(&l->gather, input, length);
    input += length;
    left -= length;
    return 0;
}

static int submit(struct usb_device *d, struct usb_listened *l)
{
    (void)d, (void)l;
    return 0;
}

static int write_all(struct usb_device *d, uint8_t endpoint, const uint8_t *data, size_t length,
                     int wait_ms, size_t *accepted)
{
    (void)data, (void)wait_ms;
    if (endpoint & 0x80 || length > PACKET)
        abort();
    is_asked = true;
    for (size_t i = 0; i < d->listened_count; i++)
        d->listened[i].ended = 0;
    *accepted = length;
    return d->is_gone ? USB_E_GONE : 0;
}

static int control(struct usb_device *d, const uint8_t setup[8], void *data, int wait_ms,
                   size_t *done)
{
    (void)d, (void)setup, (void)data, (void)wait_ms, (void)done;
    return USB_E_STALL;
}

static int clear_halt(struct usb_device *d, uint8_t endpoint)
{
    (void)d, (void)endpoint;
    return 0;
}

static void stop(struct usb_device *d)
{
    (void)d;
}

static void free_device(struct usb_device *d)
{
    free(d);
}

static const struct usb_device_operations device_operations = { stop,      free_device, submit,
                                                                turn,      write_all,   control,
                                                                clear_halt };

static int open_device(struct usb_device **out, struct usb_bus *bus, const struct usb_device *base)
{
    struct usb_device *d = malloc(sizeof(*d));
    (void)bus;
    if (!d)
        return -ENOMEM;
    *d = *base;
    d->ops = &device_operations;
    *out = d;
    return 0;
}

static const struct usb_bus_operations bus_operations = { .open = open_device };

/* ---- the driver ---------------------------------------------------------------------- */

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct person nobody;
    struct usb_bus bus = { .ops = &bus_operations };
    struct sdt_usb usb;
    AUTO(idcard_free) struct idcard *card = NULL;
    struct person person;
    int wait_ms;
    if (!size)
        return 0;
    is_asked = false;
    input = data + 1;
    left = size - 1;
    if (sdt_usb_open(&usb, &bus, &styles[data[0] % 3]))
        abort();
    const struct sdt_port port = sdt_usb_port(&usb);
    struct fake_clock clock = fake_clock_at(1000, 0);
    if (idcard_new(&card, &port, &clock.base))
        abort();
    enum idcard_event event = IDCARD_NOTHING;
    for (int i = 0; i < STEPS && event != IDCARD_GONE; i++) {
        event = idcard_step(card, &person, &wait_ms);
        if (event != IDCARD_PERSON && memcmp(&person, &nobody, sizeof(person)))
            abort();
        if (event == IDCARD_PERSON && person.layout == CARD_NONE)
            abort();
        fake_clock_advance(&clock, wait_ms);
    }
    sdt_usb_close(&usb);
    return 0;
}
