/* links: drivers/usb firmware/base */
#include "drivers/usb/gather.h"
#include "drivers/usb/usb.h"
#include "tests/support/check.h"

/* The reader of id-reader 1.4, split style: four bulk endpoints. */
static const uint8_t reader[] = {
    9, 2, 46, 0, 1,    1, 0,  0xe0, 50, 9, 4, 0,    0, 4,  0xff, 0, 0, 0, 7,    5, 0x81, 2, 64,
    0, 0, 7,  5, 0x02, 2, 64, 0,    0,  7, 5, 0x85, 2, 64, 0,    0, 7, 5, 0x06, 2, 64,   0, 0,
};

/* A printer with two settings, a class descriptor in between, and a speed field with extra bits. */
static const uint8_t printer[] = {
    9, 2,    61, 0, 1,  1,    0, 0xc0, 1, /* configuration */
    9, 4,    0,  0, 1,  7,    1, 1,    0, /* one-way */
    7, 5,    1,  2, 0,  0x0a, 0,          /* 512 bytes, two more a microframe */
    6, 0x21, 1,  2, 3,  4,                /* of no concern here */
    9, 4,    0,  1, 3,  7,    1, 2,    0, /* two-way */
    7, 5,    1,  2, 64, 0,    0, 7,    5, 0x82, 2, 64, 0, 0, 7, 5, 0x83, 3, 8, 0, 10,
};

static void test_usb_parse_finds_the_four_pipes_of_a_reader(void **state)
{
    (void)state;
    struct usb_info info = { .vendor = 0x0400 };
    CHECK_EQ(usb_parse_configuration(&info, reader, sizeof(reader)), 0);
    CHECK_EQ(info.vendor, 0x0400);
    CHECK_EQ(info.interface_count, 1);
    CHECK_EQ(info.interfaces[0].class, 0xff);
    CHECK_EQ(info.interfaces[0].endpoint_count, 4);
    CHECK_EQ(info.interfaces[0].endpoints[0].address, 0x81);
    CHECK_EQ(info.interfaces[0].endpoints[3].address, 0x06);
    CHECK_EQ(info.interfaces[0].endpoints[3].type, USB_BULK);
    CHECK_EQ(info.interfaces[0].endpoints[3].max_packet, 64);
}

static void test_usb_parse_keeps_every_setting_apart(void **state)
{
    (void)state;
    struct usb_info info = { 0 };
    CHECK_EQ(usb_parse_configuration(&info, printer, sizeof(printer)), 0);
    CHECK_EQ(info.interface_count, 2);
    CHECK_EQ(info.interfaces[0].alternate, 0);
    CHECK_EQ(info.interfaces[0].endpoint_count, 1);
    CHECK_EQ(info.interfaces[0].endpoints[0].max_packet, 512);
    CHECK_EQ(info.interfaces[1].alternate, 1);
    CHECK_EQ(info.interfaces[1].protocol, 2);
    CHECK_EQ(info.interfaces[1].endpoint_count, 3);
    CHECK_EQ(info.interfaces[1].endpoints[2].type, USB_INTERRUPT);
}

static void test_usb_parse_refuses_every_shorter_piece(void **state)
{
    (void)state;
    struct usb_info info;
    for (size_t n = 0; n < sizeof(printer); n++)
        CHECK_EQ(usb_parse_configuration(&info, printer, n), -EBADMSG);
}

static void test_usb_parse_refuses_lengths_that_lie(void **state)
{
    (void)state;
    static const struct {
        size_t at;
        uint8_t value;
    } lies[] = {
        { 0, 0 },  { 0, 8 },  { 0, 255 },            /* configuration: its own length */
        { 1, 4 },                                    /* no configuration at all */
        { 2, 62 }, { 2, 8 },  { 2, 60 },   { 3, 1 }, /* total: beyond, nothing, in mid-endpoint */
        { 9, 0 },  { 9, 1 },  { 9, 8 },              /* interface */
        { 18, 0 }, { 18, 6 }, { 18, 200 },           /* endpoint */
        { 54, 8 },                                   /* the last one leaves the whole */
    };
    for (size_t i = 0; i < sizeof(lies) / sizeof(lies[0]); i++) {
        struct usb_info info;
        uint8_t data[sizeof(printer)];
        memcpy(data, printer, sizeof(data));
        data[lies[i].at] = lies[i].value;
        CHECK_EQ(usb_parse_configuration(&info, data, sizeof(data)), -EBADMSG);
    }
}

static void test_usb_parse_ignores_what_does_not_fit_its_tables(void **state)
{
    (void)state;
    struct usb_info info;
    uint8_t data[9 + 12 * 9 + 12 * 7] = { 9, 2, sizeof(data) & 0xff, sizeof(data) >> 8 };
    uint8_t *p = data + 9;
    for (int i = 0; i < 12; i++, p += 9)
        memcpy(p, (uint8_t[]){ 9, 4, (uint8_t)i, 0, 0, 7, 1, 2, 0 }, 9);
    for (int i = 0; i < 12; i++, p += 7)
        memcpy(p, (uint8_t[]){ 7, 5, (uint8_t)(0x81 + i), 2, 64, 0, 0 }, 7);
    CHECK_EQ(usb_parse_configuration(&info, data, sizeof(data)), 0);
    CHECK_EQ(info.interface_count, USB_INTERFACES_MAX);
    CHECK_EQ(info.interfaces[USB_INTERFACES_MAX - 1].endpoint_count,
             0); /* they belong to the twelfth */
    p = data + 9 + 9;
    data[2] = (uint8_t)(9 + 9 + 12 * 7);
    data[3] = 0;
    for (int i = 0; i < 12; i++, p += 7)
        memcpy(p, (uint8_t[]){ 7, 5, (uint8_t)(0x81 + i), 2, 64, 0, 0 }, 7);
    CHECK_EQ(usb_parse_configuration(&info, data, sizeof(data)), 0);
    CHECK_EQ(info.interfaces[0].endpoint_count, USB_ENDPOINTS_MAX);
}

static void test_usb_gather_is_a_ring_that_keeps_the_oldest(void **state)
{
    (void)state;
    struct gather g;
    static uint8_t block[1000], got[1000];
    CHECK_EQ(gather_start(&g), 0);
    for (uint8_t round = 0; round < 200; round++) { /* three times around */
        memset(block, round, sizeof(block));
        gather_put(&g, block, sizeof(block));
        CHECK_EQ(gather_take(&g, got, sizeof(got)), sizeof(got));
        CHECK_BYTES(got, block, sizeof(block));
    }
    for (int i = 0; i < 66; i++)
        gather_put(&g, block, sizeof(block));
    CHECK(g.has_lost);
    CHECK_EQ(g.used, USB_GATHER_MAX);
    CHECK_EQ(gather_take(&g, got, 10), 10);
    gather_put(&g, block, 1); /* a hole would not be seen: nothing more until it has been told */
    CHECK_EQ(g.used, USB_GATHER_MAX - 10);
    gather_empty(&g);
    CHECK_EQ(gather_take(&g, got, 10), 0);
    for (size_t i = 0; i < USB_GATHER_MAX; i++)
        CHECK_EQ(g.data[i], 0); /* it may have been a card */
    gather_end(&g);
}

RUN(T(test_usb_parse_finds_the_four_pipes_of_a_reader), T(test_usb_parse_keeps_every_setting_apart),
    T(test_usb_parse_refuses_every_shorter_piece), T(test_usb_parse_refuses_lengths_that_lie),
    T(test_usb_parse_ignores_what_does_not_fit_its_tables),
    T(test_usb_gather_is_a_ring_that_keeps_the_oldest))
