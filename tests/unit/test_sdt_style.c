/* links: drivers/idcard drivers/usb firmware/card firmware/base */
#include "drivers/idcard/port_usb.h"
#include "tests/support/check.h"

/* ---- which devices are readers, and of which pipe style ------------------------------ */

#define BULK(address)         \
    {                         \
        address, USB_BULK, 64 \
    }
#define INTERRUPT(address)         \
    {                              \
        address, USB_INTERRUPT, 64 \
    }

static const struct {
    const char *name;
    uint16_t vendor, product;
    enum sdt_style want;
    struct usb_interface interface;
} models[] = {
    { "split",
      0x0400,
      0xc35a,
      SDT_STYLE_SPLIT,
      { 0, 0, 0xff, 0, 0, 4, { BULK(0x02), BULK(0x06), BULK(0x81), BULK(0x85) } } },
    { "split of any class",
      0x0400,
      0xc35a,
      SDT_STYLE_SPLIT,
      { 0, 0, 0, 0, 0, 4, { BULK(0x85), BULK(0x81), BULK(0x06), BULK(0x02) } } },
    { "split with one more",
      0x0400,
      0xc35a,
      SDT_STYLE_SPLIT,
      { 0,
        0,
        0xff,
        0,
        0,
        5,
        { BULK(0x02), BULK(0x06), BULK(0x81), BULK(0x85), INTERRUPT(0x83) } } },
    { "single",
      0x0400,
      0xc35a,
      SDT_STYLE_SINGLE,
      { 0, 0, 0xff, 0, 0, 2, { BULK(0x01), BULK(0x81) } } },
    { "single with interrupts",
      0x0316,
      0x5020,
      SDT_STYLE_SINGLE,
      { 2, 0, 0xff, 0, 0, 2, { INTERRUPT(0x03), INTERRUPT(0x84) } } },
    { "three of four pipes",
      0x0400,
      0xc35a,
      SDT_STYLE_NONE,
      { 0, 0, 0xff, 0, 0, 3, { BULK(0x02), BULK(0x81), BULK(0x85) } } },
    { "split by interrupts",
      0x0400,
      0xc35a,
      SDT_STYLE_NONE,
      { 0, 0, 0xff, 0, 0, 4, { INTERRUPT(0x02), BULK(0x06), BULK(0x81), BULK(0x85) } } },
    { "no way in", 0x0400, 0xc35a, SDT_STYLE_NONE, { 0, 0, 0xff, 0, 0, 1, { BULK(0x01) } } },
    { "no endpoints", 0x0400, 0xc35a, SDT_STYLE_NONE, { 0, 0, 0xff, 0, 0, 0, { BULK(0) } } },
    { "single, not a vendor's class",
      0x0400,
      0xc35a,
      SDT_STYLE_NONE,
      { 0, 0, 0x08, 0, 0, 2, { BULK(0x01), BULK(0x81) } } },
    { "HID reports",
      0x2b8b,
      0x2721,
      SDT_STYLE_HID,
      { 1, 0, 0x03, 0, 0, 2, { INTERRUPT(0x01), INTERRUPT(0x81) } } },
    { "HID reports of the other make",
      0x0425,
      0x8159,
      SDT_STYLE_HID,
      { 0, 0, 0x03, 0, 0, 2, { INTERRUPT(0x82), INTERRUPT(0x02) } } },
    { "HID model with vendor pipes",
      0x0425,
      0x8159,
      SDT_STYLE_SINGLE,
      { 0, 0, 0xff, 0, 0, 2, { BULK(0x01), BULK(0x81) } } },
    { "boot keyboard",
      0x2b8b,
      0x2721,
      SDT_STYLE_NONE,
      { 0, 0, 0x03, 1, 1, 2, { INTERRUPT(0x01), INTERRUPT(0x81) } } },
    { "HID of short reports",
      0x2b8b,
      0x2721,
      SDT_STYLE_NONE,
      { 0, 0, 0x03, 0, 0, 2, { { 0x01, USB_INTERRUPT, 8 }, { 0x81, USB_INTERRUPT, 8 } } } },
    { "HID without a way out",
      0x2b8b,
      0x2721,
      SDT_STYLE_NONE,
      { 0, 0, 0x03, 0, 0, 1, { INTERRUPT(0x81) } } },
    { "HID with bulk",
      0x2b8b,
      0x2721,
      SDT_STYLE_NONE,
      { 0, 0, 0x03, 0, 0, 2, { BULK(0x01), INTERRUPT(0x81) } } },
    { "envelope of its own",
      0x10c4,
      0x0007,
      SDT_STYLE_NONE,
      { 0, 0, 0x03, 0, 0, 2, { INTERRUPT(0x01), INTERRUPT(0x81) } } },
    { "unconfirmed",
      0x10c4,
      0x8a1b,
      SDT_STYLE_NONE,
      { 0, 0, 0xff, 0, 0, 2, { BULK(0x01), BULK(0x81) } } },
    { "single, another protocol",
      0x0400,
      0xc35a,
      SDT_STYLE_NONE,
      { 0, 0, 0xff, 0, 1, 2, { BULK(0x01), BULK(0x81) } } },
    { "bootloader",
      0x0483,
      0xdf11,
      SDT_STYLE_NONE,
      { 0, 0, 0xff, 0, 0, 2, { BULK(0x01), BULK(0x81) } } },
    { "somebody else",
      0x04b8,
      0x0202,
      SDT_STYLE_NONE,
      { 0, 0, 0xff, 0, 0, 2, { BULK(0x01), BULK(0x81) } } },
};

static void test_sdt_usb_style_is_decided_by_the_descriptor(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(models) / sizeof(models[0]); i++) {
        struct usb_info info = { .vendor = models[i].vendor,
                                 .product = models[i].product,
                                 .interface_count = 1 };
        uint8_t interface = 9;
        info.interfaces[0] = models[i].interface;
        enum sdt_style style = sdt_usb_style(&info, &interface);
        if (style != models[i].want)
            print_error("%s\n", models[i].name);
        CHECK_EQ(style, models[i].want);
        CHECK_EQ(interface, style == SDT_STYLE_NONE ? 0 : models[i].interface.number);
    }
}

static void test_sdt_usb_takes_the_interface_that_fits(void **state)
{
    (void)state;
    struct usb_info info = { .vendor = 0x0400, .product = 0xc35a, .interface_count = 2 };
    uint8_t interface = 9;
    info.interfaces[0] = (struct usb_interface){ 0, 0, 0x03, 0, 0, 1, { INTERRUPT(0x82) } };
    info.interfaces[1] = (struct usb_interface){ 1, 0, 0xff, 0, 0, 2, { BULK(0x01), BULK(0x81) } };
    CHECK_EQ(sdt_usb_style(&info, &interface), SDT_STYLE_SINGLE);
    CHECK_EQ(interface, 1);
}

static void test_sdt_usb_styles_have_names(void **state)
{
    (void)state;
    CHECK_STR(sdt_style_word(SDT_STYLE_NONE), "none");
    CHECK_STR(sdt_style_word(SDT_STYLE_SPLIT), "split");
    CHECK_STR(sdt_style_word(SDT_STYLE_SINGLE), "single");
    CHECK_STR(sdt_style_word(SDT_STYLE_HID), "hid");
    CHECK_STR(sdt_style_word(SDT_STYLE_UART), "uart");
    CHECK_STR(sdt_style_word((enum sdt_style)99), "none");
}

RUN(T(test_sdt_usb_style_is_decided_by_the_descriptor),
    T(test_sdt_usb_takes_the_interface_that_fits), T(test_sdt_usb_styles_have_names))
