/* links: drivers/usb board/host/sim firmware/base */
#include <stdlib.h>

#include "tests/support/check.h"
#include "tests/support/puppet.h"

/* ---- finding and opening ------------------------------------------------------------- */

static void test_usb_usbip_without_a_server_is_a_bus_without_devices(void **state)
{
    (void)state;
    AUTO(usb_bus_free) struct usb_bus *bus = NULL;
    struct usb_info info[1];
    size_t count = 9;
    CHECK_EQ(usb_bus_usbip(&bus, "127.0.0.1:1"), 0);
    CHECK_EQ(usb_list(bus, info, 1, &count), 0);
    CHECK_EQ(count, 0);
}

static void test_usb_usbip_refuses_an_address_it_cannot_use(void **state)
{
    (void)state;
    struct usb_bus *bus = NULL;
    static const char *const wrong[] = {
        "", "127.0.0.1", "127.0.0.1:", "127.0.0.1:0", "127.0.0.1:65536", ":80", "a:1"
    };
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
        CHECK_EQ(usb_bus_usbip(&bus, wrong[i]), -EINVAL);
}

static void test_usb_usbip_lists_descriptors_and_serial(void **state)
{
    (void)state;
    struct stage s = stage_start();
    const struct usb_info *info = usb_device_info(s.device);
    CHECK_EQ(info->vendor, 0x0c09);
    CHECK_EQ(info->product, 0x0001);
    CHECK_EQ(info->release, 0x1234);
    CHECK_STR(info->path, "1-1");
    CHECK_EQ(info->interface_count, 1);
    CHECK_EQ(info->interfaces[0].class, 0xff);
    CHECK_EQ(info->interfaces[0].endpoint_count, 3);
    CHECK_EQ(info->interfaces[0].endpoints[2].type, USB_INTERRUPT);
    CHECK_STR(usb_serial(s.device), "序号-7");
    stage_end(&s);
}

static void test_usb_usbip_gives_a_device_to_one_opener(void **state)
{
    (void)state;
    struct stage s = stage_start();
    struct usb_device *second = NULL;
    struct usb_info info[2];
    size_t count;
    CHECK_EQ(usb_open(&second, s.bus, usb_device_info(s.device), 0), USB_E_BUSY);
    CHECK_EQ(usb_list(s.bus, info, 2, &count), 0); /* still listed, with what is known of it */
    CHECK_EQ(count, 1);
    CHECK_EQ(info[0].interface_count, 1);
    usb_close(s.device);
    CHECK_EQ(usb_open(&s.device, s.bus, &info[0], 0), 0);
    stage_end(&s);
}

/* A device with two settings, the first of them silent; and one that has not been configured. */
static void test_usb_usbip_sets_what_the_device_needs(void **state)
{
    (void)state;
    static const uint8_t two_settings[] = {
        9, 2, 41,  0, 1,      5,    0, 0x80, 50, /* configuration 5 */
        9, 4, 0,   0, 0,      0xff, 0, 0,    0,  /* nothing */
        9, 4, 0,   1, 2,      0xff, 0, 0,    0,  /* both ways */
        7, 5, OUT, 2, PACKET, 0,    0, 7,    5,  IN, 2, PACKET, 0, 0,
    };
    struct puppet *p = malloc(sizeof(*p));
    struct usb_bus *bus;
    struct usb_device *d;
    struct usb_info info;
    size_t count, done;
    uint8_t alternate = 9;
    puppet_init(p);
    p->device.configuration = two_settings;
    p->device.configuration_length = sizeof(two_settings);
    struct usb_bench *bench = usb_bench_start((struct sim_device *[]){ &p->device }, 1);
    CHECK_EQ(usb_bus_usbip(&bus, usb_bench_address(bench)), 0);
    CHECK_EQ(usb_list(bus, &info, 1, &count), 0);
    CHECK_EQ(usb_open(&d, bus, &info, 0), 0);
    CHECK_EQ(usb_control(d, 0x81, 10, 0, 0, &alternate, 1, WAIT, &done), 0);
    CHECK_EQ(alternate, 1);
    CHECK(usb_changes(bus) != usb_changes(bus)); /* nobody tells this bus: look again */
    usb_close(d);
    usb_bus_free(bus);
    usb_bench_end(bench);
    free(p);
}

static void test_usb_usbip_hides_what_is_unplugged(void **state)
{
    (void)state;
    struct stage s = stage_start();
    struct usb_info old = *usb_device_info(s.device), info[2];
    struct usb_device *second = NULL;
    size_t count;
    usb_bench_plug(s.bench, 0, false);
    CHECK_EQ(usb_list(s.bus, info, 2, &count), 0);
    CHECK_EQ(count, 0);
    CHECK_EQ(usb_open(&second, s.bus, &old, 0), USB_E_GONE);
    usb_bench_plug(s.bench, 0, true);
    CHECK_EQ(usb_list(s.bus, info, 2, &count), 0);
    CHECK_EQ(count, 1);
    CHECK_STR(info[0].path, old.path);
    stage_end(&s);
}

/* ---- listening ----------------------------------------------------------------------- */

static void test_usb_usbip_gathers_what_is_sent_unasked(void **state)
{
    (void)state;
    struct stage s = stage_start();
    uint8_t sent[1000], got[2000];
    size_t total = 0, n;
    for (size_t i = 0; i < sizeof(sent); i++)
        sent[i] = (uint8_t)(i * 7);
    CHECK_EQ(usb_listen(s.device, IN), 0);
    CHECK_EQ(usb_listen(s.device, IN), 0); /* twice is once */
    stage_say(&s, sent, sizeof(sent), 0);
    while (total < sizeof(sent)) {
        CHECK_EQ(usb_read(s.device, IN, got + total, sizeof(got) - total, WAIT, &n), 0);
        total += n;
    }
    CHECK_EQ(total, sizeof(sent));
    CHECK_BYTES(got, sent, sizeof(sent));
    CHECK_EQ(usb_read(s.device, IN, got, sizeof(got), SHORT, &n), USB_E_TIMEOUT);
    CHECK_EQ(n, 0);
    stage_end(&s);
}

static void test_usb_usbip_hands_out_small_pieces_in_order(void **state)
{
    (void)state;
    struct stage s = stage_start();
    uint8_t got;
    size_t n;
    CHECK_EQ(usb_listen(s.device, IN), 0);
    stage_say(&s, "one byte a packet", 17, 1);
    for (size_t i = 0; i < 17; i++) {
        CHECK_EQ(usb_read(s.device, IN, &got, 1, WAIT, &n), 0);
        CHECK_EQ(got, "one byte a packet"[i]);
    }
    stage_end(&s);
}

static void test_usb_usbip_drains_what_came_before(void **state)
{
    (void)state;
    struct stage s = stage_start();
    uint8_t got[8];
    size_t n;
    CHECK_EQ(usb_listen(s.device, IN), 0);
    stage_say(&s, "stale", 5, 2);
    usb_drain(s.device, IN, SHORT);
    stage_say(&s, "fresh", 5, 0);
    CHECK_EQ(usb_read(s.device, IN, got, sizeof(got), WAIT, &n), 0);
    CHECK_EQ(n, 5);
    CHECK_BYTES(got, "fresh", 5);
    stage_end(&s);
}

static void test_usb_usbip_tells_when_input_was_lost(void **state)
{
    (void)state;
    struct stage s = stage_start();
    static uint8_t got[USB_GATHER_MAX];
    size_t total = 0, n, accepted;
    int r;
    CHECK_EQ(usb_listen(s.device, IN), 0);
    usb_bench_hold(s.bench);
    s.puppet->is_flooding = true;
    s.puppet->room = 0;
    usb_bench_go_on(s.bench);
    /* Nobody reads while it writes, and the device goes on sending. */
    for (size_t sent = 0; sent < USB_GATHER_MAX + 3 * PACKET;) {
        CHECK_EQ(usb_write(s.device, OUT, "x", 1, SHORT, &accepted), USB_E_TIMEOUT);
        usb_bench_hold(s.bench);
        sent = s.puppet->flood;
        usb_bench_go_on(s.bench);
    }
    usb_bench_hold(s.bench);
    s.puppet->is_flooding = false;
    usb_bench_go_on(s.bench);
    while (!(r = usb_read(s.device, IN, got, sizeof(got), WAIT, &n)))
        total += n;
    CHECK_EQ(r, USB_E_OVERFLOW);
    CHECK_EQ(total, USB_GATHER_MAX);
    usb_drain(s.device, IN, SHORT);
    stage_say(&s, "again", 5, 0);
    CHECK_EQ(usb_read(s.device, IN, got, sizeof(got), WAIT, &n), 0);
    CHECK_BYTES(got, "again", 5);
    stage_end(&s);
}

RUN(T(test_usb_usbip_without_a_server_is_a_bus_without_devices),
    T(test_usb_usbip_refuses_an_address_it_cannot_use),
    T(test_usb_usbip_lists_descriptors_and_serial), T(test_usb_usbip_gives_a_device_to_one_opener),
    T(test_usb_usbip_sets_what_the_device_needs), T(test_usb_usbip_hides_what_is_unplugged),
    T(test_usb_usbip_gathers_what_is_sent_unasked),
    T(test_usb_usbip_hands_out_small_pieces_in_order), T(test_usb_usbip_drains_what_came_before),
    T(test_usb_usbip_tells_when_input_was_lost))
