/* links: drivers/hid firmware/base */
#include <stdlib.h>

#include "drivers/hid/input.h"
#include "tests/support/check.h"

/* A device with several HID interfaces, as makers build keypads and scanners: one of them is wanted. drivers/usb is played by
 * the functions below. */

enum { INTERFACES = 4, KEYS = 2 };

static const uint8_t keyboard[] = { 0x05, 0x01, 0x09, 0x06, 0xa1, 0x01, 0x05, 0x07,
                                    0x19, 0x00, 0x29, 0x65, 0x15, 0x00, 0x25, 0x65,
                                    0x75, 0x08, 0x95, 0x06, 0x81, 0x00, 0xc0 };
static const uint8_t settings[] = { 0x06, 0x00, 0xff, 0x09, 0x01, 0xa1, 0x01,
                                    0x09, 0x02, 0x15, 0x00, 0x26, 0xff, 0x00,
                                    0x75, 0x08, 0x95, 0x08, 0x81, 0x02, 0xc0 };

struct usb_bus {
    struct usb_info all[3];
    size_t count;
    int list_fails;
};
struct usb_device {
    uint8_t interface;
};

static struct {
    int opening[INTERFACES]; /* what usb_open() says of each */
    const uint8_t *descriptors[INTERFACES];
    size_t lengths[INTERFACES];
    unsigned open, opened, drained;
    struct {
        int result;
        size_t length; /* bytes of 0x55 */
    } reads[4];
    size_t read_at;
} fake;

int usb_list(struct usb_bus *bus, struct usb_info *out, size_t max, size_t *count)
{
    *count = bus->count < max ? bus->count : max;
    memcpy(out, bus->all, *count * sizeof(*out));
    return bus->list_fails;
}

int usb_open(struct usb_device **out, struct usb_bus *bus, const struct usb_info *info,
             uint8_t interface)
{
    (void)bus, (void)info;
    fake.opened++;
    if (fake.opening[interface])
        return fake.opening[interface];
    *out = calloc(1, sizeof(**out));
    CHECK(*out != NULL);
    (*out)->interface = interface;
    fake.open++;
    return 0;
}

void usb_close(struct usb_device *d)
{
    fake.open -= d != NULL;
    free(d);
}

int usb_control(struct usb_device *d, uint8_t type, uint8_t request, uint16_t value, uint16_t index,
                void *data, uint16_t length, int wait_ms, size_t *done)
{
    (void)value, (void)wait_ms;
    CHECK_EQ(index, d->interface);
    *done = 0;
    if (type != 0x81 || request != 6)
        return 0;
    if (!fake.descriptors[d->interface])
        return USB_E_STALL;
    *done = fake.lengths[d->interface] < length ? fake.lengths[d->interface] : length;
    memcpy(data, fake.descriptors[d->interface], *done);
    return 0;
}

int usb_listen(struct usb_device *d, uint8_t endpoint)
{
    CHECK_EQ(endpoint, 0x81 + d->interface);
    return 0;
}

int usb_read(struct usb_device *d, uint8_t endpoint, void *data, size_t size, int wait_ms,
             size_t *got)
{
    (void)d, (void)endpoint, (void)wait_ms;
    size_t at = fake.read_at++;
    *got = fake.reads[at].length < size ? fake.reads[at].length : size;
    memset(data, 0x55, *got);
    return fake.reads[at].result;
}

int usb_clear_halt(struct usb_device *d, uint8_t endpoint)
{
    (void)d, (void)endpoint;
    return 0;
}

void usb_drain(struct usb_device *d, uint8_t endpoint, int quiet_ms)
{
    (void)d, (void)endpoint, (void)quiet_ms;
    fake.drained++;
}

static void describe(uint8_t interface, const uint8_t *descriptor, size_t length)
{
    fake.descriptors[interface] = descriptor;
    fake.lengths[interface] = length;
}

/* Interface 0 is no HID interface, 1 is one for settings, 2 has the keys, 3 has them too. */
static struct usb_info composite(void)
{
    struct usb_info info = { .vendor = 0x0483, .path = "1-1", .interface_count = INTERFACES };
    memset(&fake, 0, sizeof(fake));
    for (uint8_t i = 0; i < INTERFACES; i++)
        info.interfaces[i] = (struct usb_interface){
            .number = i,
            .class = i ? 3 : 0xff,
            .endpoint_count = 1,
            .endpoints = { { (uint8_t)(0x81 + i), USB_INTERRUPT, 8 } },
        };
    describe(1, settings, sizeof(settings));
    describe(2, keyboard, sizeof(keyboard));
    describe(3, keyboard, sizeof(keyboard));
    return info;
}

static bool has_enter(const struct hid_map *map, const void *context)
{
    CHECK_STR(context, "enter");
    return hid_has_usage(map, hid_usage(HID_PAGE_KEYBOARD, 0x28));
}

static int open_next(struct hid_input **in, const struct usb_info *info, unsigned *from)
{
    struct usb_bus bus = { .count = 0 };
    return hid_open_wanted(in, &bus, info, from, has_enter, "enter");
}

static void test_hid_input_opens_the_interfaces_that_are_wanted_and_no_other(void **state)
{
    (void)state;
    struct usb_info info = composite();
    struct hid_input *first = NULL, *second = NULL, *none = NULL;
    unsigned from = 0;
    CHECK_EQ(open_next(&first, &info, &from), 0);
    CHECK_EQ(from, KEYS + 1);
    CHECK_EQ(fake.open, 1); /* the one for settings was let go */
    CHECK_EQ(open_next(&second, &info, &from), 0);
    CHECK_EQ(fake.open, 2);
    CHECK_EQ(open_next(&none, &info, &from), -ENOTSUP);
    CHECK(none == NULL);
    hid_close(first);
    hid_close(second);
    CHECK_EQ(fake.open, 0);
}

static void test_hid_input_passes_over_an_interface_that_cannot_be_looked_at(void **state)
{
    (void)state;
    struct usb_info info = composite();
    struct hid_input *in = NULL;
    unsigned from = 0;
    fake.opening[1] = USB_E_BUSY; /* somebody has it */
    describe(2, NULL, 0);         /* no descriptor */
    CHECK_EQ(open_next(&in, &info, &from), 0);
    CHECK_EQ(from, INTERFACES);
    hid_close(in);
    CHECK_EQ(fake.open, 0);
}

static void test_hid_input_says_why_when_none_could_be_had(void **state)
{
    (void)state;
    struct usb_info info = composite();
    struct hid_input *in = NULL;
    unsigned from = 0;
    fake.opening[2] = USB_E_BUSY;
    fake.opening[3] = -EACCES;
    CHECK_EQ(open_next(&in, &info, &from), USB_E_BUSY); /* the first reason */
    from = 0;
    fake.opened = 0;
    fake.opening[1] = USB_E_GONE; /* the cable: there is nothing more to ask */
    CHECK_EQ(open_next(&in, &info, &from), USB_E_GONE);
    CHECK_EQ(fake.opened, 1);
    CHECK(in == NULL);
    CHECK_EQ(fake.open, 0);
}

static bool is_from_st(const struct usb_info *info)
{
    return info->vendor == 0x0483;
}

static void test_hid_input_finds_its_device_among_strangers(void **state)
{
    (void)state;
    struct usb_info found;
    struct usb_bus bus = { .all = { { .vendor = 0x046d }, composite(), { .vendor = 0x0416 } },
                           .count = 3 };
    CHECK_EQ(hid_find(&found, &bus, is_from_st), 0);
    CHECK_STR(found.path, "1-1");
    bus.count = 1;
    CHECK_EQ(hid_find(&found, &bus, is_from_st), -ENODEV);
    bus.count = 3;
    bus.list_fails = -EIO;
    CHECK_EQ(hid_find(&found, &bus, is_from_st), -EIO);
}

/* Half a report, and more than a packet: what waits behind them is thrown away too. A whole one is a report again. */
static void test_hid_input_what_is_no_report_is_thrown_away(void **state)
{
    (void)state;
    struct usb_info info = composite();
    struct hid_input *in = NULL;
    unsigned from = 2;
    uint8_t report[HID_REPORT_BYTES_MAX];
    size_t length;
    CHECK_EQ(open_next(&in, &info, &from), 0);
    fake.reads[0].length = 4;
    fake.reads[1].result = USB_E_TIMEOUT;
    CHECK_EQ(hid_read(in, report, &length, 10), HID_E_NOISE);
    CHECK_EQ(fake.drained, 1);
    fake.reads[2].result = USB_E_OVERFLOW;
    CHECK_EQ(hid_read(in, report, &length, 10), HID_E_NOISE);
    CHECK_EQ(fake.drained, 2);
    fake.reads[3].length = 6;
    CHECK_EQ(hid_read(in, report, &length, 10), 0);
    CHECK_EQ(length, 6);
    hid_close(in);
}

/* A descriptor with report ids: one that it does not have is no report. */
static void test_hid_input_report_of_an_unknown_id_is_thrown_away(void **state)
{
    (void)state;
    static const uint8_t with_id[] = { 0x05, 0x01, 0x09, 0x06, 0xa1, 0x01, 0x85, 0x02, 0x05,
                                       0x07, 0x19, 0x00, 0x29, 0x65, 0x15, 0x00, 0x25, 0x65,
                                       0x75, 0x08, 0x95, 0x06, 0x81, 0x00, 0xc0 };
    struct usb_info info = composite();
    struct hid_input *in = NULL;
    unsigned from = 2;
    uint8_t report[HID_REPORT_BYTES_MAX];
    size_t length;
    describe(2, with_id, sizeof(with_id));
    CHECK_EQ(open_next(&in, &info, &from), 0);
    fake.reads[0].length = 7; /* id 55 */
    CHECK_EQ(hid_read(in, report, &length, 10), HID_E_NOISE);
    CHECK_EQ(length, 0);
    CHECK_EQ(fake.drained, 1);
    hid_close(in);
}

static void test_hid_input_pace_counts_a_second_anew(void **state)
{
    (void)state;
    struct hid_pace p = { 0 };
    for (unsigned i = 0; i < 3; i++)
        CHECK(!hid_pace_exceeds(&p, 5000 + i, 3));
    CHECK(hid_pace_exceeds(&p, 5999, 3));
    CHECK(!hid_pace_exceeds(&p, 6000, 3));
}

RUN(T(test_hid_input_opens_the_interfaces_that_are_wanted_and_no_other),
    T(test_hid_input_passes_over_an_interface_that_cannot_be_looked_at),
    T(test_hid_input_says_why_when_none_could_be_had),
    T(test_hid_input_what_is_no_report_is_thrown_away),
    T(test_hid_input_report_of_an_unknown_id_is_thrown_away),
    T(test_hid_input_finds_its_device_among_strangers), T(test_hid_input_pace_counts_a_second_anew))
