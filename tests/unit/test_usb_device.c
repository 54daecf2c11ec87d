/* links: drivers/usb firmware/base */
#include <stdlib.h>

#include "drivers/usb/inside.h"
#include "tests/support/check.h"

/* What is the same for every transport (usb.c), on a device whose every answer a test decides. */

enum { OUT = 0x01, IN = 0x81, SHORT = 5 };

static struct script {
    int open, submit, turn, clear_halt; /* what these say */
    size_t takes;                       /* bytes to a write, which ends without an error */
    const uint8_t *strings[4];          /* by index; NULL: stalls */
    unsigned submits, halts, is_freed;
} script;

static int fake_submit(struct usb_device *d, struct usb_listened *l)
{
    (void)d, (void)l;
    script.submits++;
    return script.submit;
}

static int fake_turn(struct usb_device *d, int wait_ms)
{
    (void)d, (void)wait_ms;
    return script.turn;
}

static int fake_write(struct usb_device *d, uint8_t endpoint, const uint8_t *data, size_t length,
                      int wait_ms, size_t *accepted)
{
    (void)d, (void)endpoint, (void)data, (void)wait_ms;
    *accepted = length < script.takes ? length : script.takes;
    return 0;
}

static int fake_control(struct usb_device *d, const uint8_t setup[8], void *data, int wait_ms,
                        size_t *done)
{
    const uint8_t *string = script.strings[setup[2]];
    (void)d, (void)wait_ms;
    if (!string)
        return USB_E_STALL;
    memcpy(data, string, string[0]);
    *done = string[0];
    return 0;
}

static int fake_clear_halt(struct usb_device *d, uint8_t endpoint)
{
    (void)d, (void)endpoint;
    script.halts++;
    return script.clear_halt;
}

static void fake_stop(struct usb_device *d)
{
    (void)d;
}

static void fake_free(struct usb_device *d)
{
    script.is_freed++;
    free(d);
}

static const struct usb_device_operations device_operations = {
    fake_stop, fake_free, fake_submit, fake_turn, fake_write, fake_control, fake_clear_halt
};

static int fake_open(struct usb_device **out, struct usb_bus *bus, const struct usb_device *base)
{
    (void)bus;
    if (script.open)
        return script.open;
    *out = malloc(sizeof(**out));
    **out = *base;
    (*out)->ops = &device_operations;
    (*out)->serial_index = 3;
    return 0;
}

static const struct usb_bus_operations bus_operations = { .open = fake_open };
static struct usb_bus bus = { .ops = &bus_operations };

/* Interface 2: a setting that only listens, then one with both ways. Interface 4: one way only. */
static const struct usb_info info = { .interface_count = 4,
                                      .interfaces = {
                                          { 0, 0, 0x08, 0, 0, 0, { { 0, USB_BULK, 0 } } },
                                          { 2, 0, 0xff, 0, 0, 1, { { IN, USB_BULK, 64 } } },
                                          { 2,
                                            1,
                                            0xff,
                                            0,
                                            0,
                                            8,
                                            { { OUT, USB_BULK, 64 },
                                              { IN, USB_BULK, 64 },
                                              { 0x82, USB_BULK, 64 },
                                              { 0x83, USB_BULK, 64 },
                                              { 0x84, USB_INTERRUPT, 64 },
                                              { 0x85, USB_INTERRUPT, 64 },
                                              { 0x86, USB_INTERRUPT, 0 },
                                              { 0x02, USB_BULK, 64 } } },
                                          { 4, 0, 0xff, 0, 0, 1, { { OUT, USB_BULK, 64 } } } } };

static struct usb_device *open_two(void)
{
    struct usb_device *d = NULL;
    CHECK_EQ(usb_open(&d, &bus, &info, 2), 0);
    return d;
}

static void test_usb_device_opens_the_setting_that_fits(void **state)
{
    (void)state;
    struct usb_device *d = NULL;
    script = (struct script){ 0 };
    CHECK_EQ(usb_open(&d, &bus, &info, 7), -EINVAL); /* no such interface */
    script.open = USB_E_BUSY;
    CHECK_EQ(usb_open(&d, &bus, &info, 2), USB_E_BUSY);
    script.open = 0;
    CHECK_EQ(usb_open(&d, &bus, &info, 2), 0);
    CHECK_EQ(d->alternate, 1);
    usb_close(d);
    CHECK_EQ(usb_open(&d, &bus, &info, 4), 0); /* nothing better there */
    CHECK_EQ(d->alternate, 0);
    usb_close(d);
    usb_close(NULL);
    CHECK_EQ(script.is_freed, 2);
}

static void test_usb_device_serial_number_is_asked_for_in_its_language(void **state)
{
    (void)state;
    static const uint8_t languages[] = { 4, 3, 0x04, 0x08 }, serial[] = { 6, 3, 'A', 0, '7', 0 },
                         no_string[] = { 6, 9, 'A', 0, '7', 0 }, empty[] = { 2, 3 },
                         lonely[] = { 1 };
    static const struct {
        const uint8_t *languages, *serial;
        const char *want;
    } rows[] = { { languages, serial, "A7" }, { NULL, serial, "A7" },  { empty, serial, "A7" },
                 { languages, NULL, "" },     { NULL, no_string, "" }, { lonely, lonely, "" },
                 { languages, empty, "" } };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        script = (struct script){ .strings = { rows[i].languages, NULL, NULL, rows[i].serial } };
        struct usb_device *d = open_two();
        CHECK_STR(usb_serial(d), rows[i].want);
        usb_close(d);
    }
}

static void test_usb_device_listens_only_where_it_can(void **state)
{
    (void)state;
    script = (struct script){ 0 };
    struct usb_device *d = open_two();
    CHECK_EQ(usb_listen(d, OUT), -EINVAL);
    CHECK_EQ(usb_listen(d, 0x8f), -EINVAL);
    CHECK_EQ(usb_listen(d, 0x86), -EINVAL); /* packets of no length */
    script.submit = USB_E_STALL;
    CHECK_EQ(usb_listen(d, IN), USB_E_STALL);
    CHECK_EQ(d->listened_count, 0);
    script.submit = 0;
    for (uint8_t e = IN; e < IN + USB_LISTENED_MAX; e++)
        CHECK_EQ(usb_listen(d, e), 0);
    CHECK_EQ(usb_listen(d, IN), 0); /* already */
    CHECK_EQ(d->listened_count, USB_LISTENED_MAX);
    CHECK_EQ(usb_listen(d, 0x85), -EINVAL); /* one too many */
    usb_close(d);
    d = open_two();
    d->is_gone = true;
    CHECK_EQ(usb_listen(d, IN), USB_E_GONE);
    usb_close(d);
}

static void test_usb_device_reads_say_what_happened(void **state)
{
    (void)state;
    uint8_t data[8];
    size_t got = 9;
    script = (struct script){ 0 };
    struct usb_device *d = open_two();
    CHECK_EQ(usb_read(d, IN, data, sizeof(data), SHORT, &got), -EINVAL); /* not listened to */
    CHECK_EQ(got, 0);
    usb_drain(d, IN, SHORT);
    CHECK_EQ(usb_listen(d, IN), 0);
    CHECK_EQ(usb_read(d, IN, data, 0, SHORT, &got), -EINVAL);
    CHECK_EQ(usb_read(d, IN, data, sizeof(data), 0, &got), USB_E_TIMEOUT);
    script.turn = -EIO;
    CHECK_EQ(usb_read(d, IN, data, sizeof(data), SHORT, &got), -EIO);
    gather_put(&d->listened[0].gather, (const uint8_t *)"ab", 2);
    CHECK_EQ(usb_read(d, IN, data, sizeof(data), SHORT, &got), 0); /* what came before counts */
    CHECK_EQ(got, 2);
    script.turn = 0;
    script.submit = -ENOMEM;
    d->listened[0].ended = USB_E_OVERFLOW;
    CHECK_EQ(usb_read(d, IN, data, sizeof(data), SHORT, &got), -ENOMEM);
    d->listened[0].ended = USB_E_STALL;
    script.clear_halt = USB_E_GONE;
    CHECK_EQ(usb_clear_halt(d, IN), USB_E_GONE);
    CHECK_EQ(d->listened[0].ended, USB_E_STALL);
    d->is_gone = true;
    CHECK_EQ(usb_clear_halt(d, IN), USB_E_GONE);
    d->listened[0].ended = 0;
    CHECK_EQ(usb_read(d, IN, data, sizeof(data), SHORT, &got), USB_E_GONE);
    usb_close(d);
}

static void test_usb_device_writes_end_in_time(void **state)
{
    (void)state;
    size_t accepted = 9, done = 9;
    script = (struct script){ .takes = 3 };
    struct usb_device *d = open_two();
    CHECK_EQ(usb_write(d, IN, "abc", 3, SHORT, &accepted), -EINVAL);
    CHECK_EQ(usb_write(d, 0x0f, "abc", 3, SHORT, &accepted), -EINVAL);
    CHECK_EQ(usb_write(d, OUT, "abcde", 5, 1000, &accepted), 0); /* in two pieces */
    CHECK_EQ(accepted, 5);
    script.takes = 0;
    CHECK_EQ(usb_write(d, OUT, "abc", 3, SHORT, &accepted), USB_E_TIMEOUT);
    CHECK_EQ(accepted, 0);
    d->is_gone = true;
    CHECK_EQ(usb_write(d, OUT, "abc", 3, SHORT, &accepted), USB_E_GONE);
    CHECK_EQ(usb_control(d, 0x80, 6, 0x300, 0, NULL, 0, SHORT, &done), USB_E_GONE);
    CHECK_EQ(done, 0);
    usb_close(d);
}

RUN(T(test_usb_device_opens_the_setting_that_fits),
    T(test_usb_device_serial_number_is_asked_for_in_its_language),
    T(test_usb_device_listens_only_where_it_can), T(test_usb_device_reads_say_what_happened),
    T(test_usb_device_writes_end_in_time))
