/* links: drivers/usb firmware/base */
#include "drivers/usb/usbip_wire.h"
#include "tests/support/check.h"

/* Answers that are still coming in are asked to go on, at whatever byte they were cut. */
static void test_usbip_an_answer_cut_anywhere_is_waited_for(void **state)
{
    (void)state;
    static const uint8_t list[12] = { 0x01, 0x11, 0x00, 0x05 };
    static const uint8_t import[320] = { 0x01, 0x11, 0x00, 0x03 };
    struct usbip_record records[2];
    size_t count = 9;
    for (size_t n = 0; n < sizeof(list); n++)
        CHECK_EQ(usbip_parse_list(records, 2, &count, list, n), USBIP_E_MORE);
    CHECK_EQ(usbip_parse_list(records, 2, &count, list, sizeof(list)), 0);
    CHECK_EQ(count, 0);
    for (size_t n = 0; n < sizeof(import); n++)
        CHECK_EQ(usbip_parse_import(records, import, n), USBIP_E_MORE);
}

static void test_usbip_asks_for_no_device_whose_name_does_not_fit(void **state)
{
    (void)state;
    AUTO_BYTES struct bytes out = { 0 };
    CHECK_EQ(usbip_put_import(&out, "1-1.2.3.4.5.6.7.8.9.10.11.12.13.14"), -EINVAL);
    CHECK_EQ(out.length, 0);
    CHECK_EQ(usbip_put_import(&out, "1-1"), 0);
    CHECK_EQ(out.length, 40);
}

RUN(T(test_usbip_an_answer_cut_anywhere_is_waited_for),
    T(test_usbip_asks_for_no_device_whose_name_does_not_fit))
