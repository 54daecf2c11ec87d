/* links: drivers/usb firmware/base */
#include <fcntl.h>
#include <libusb.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "drivers/usb/usb.h"
#include "firmware/base/folder_watch.h"
#include "tests/support/check.h"

/* drivers/usb on a libusb made of memory: these functions stand before the library's. One device at 3-1.4, one interface
 * with two settings, OUT 01 and IN 82. */

enum { OUT = 0x01, IN = 0x82, PACKET = 64, FLYING_MAX = 8, SHORT = 20, WAIT = 2000 };

struct fake {
    struct libusb_transfer *flying[FLYING_MAX];
    size_t count, taken, allocated, ever_allocated;
    size_t room; /* bytes that OUT takes */
    uint8_t says[4096];
    size_t said, says_length;
    enum libusb_transfer_status in_fails; /* once */
    int configuration, submit_fails, claim_fails, set_configurations, alternate, halts_cleared;
    bool is_driver_active; /* of the kernel, on the interface */
    int list_fails, init_fails, clear_fails;
    bool has_hotplug, has_no_configuration, is_hub;
    libusb_hotplug_callback_fn hotplug;
    void *hotplug_data;
    int inits,
        watch; /* `watch`: what watching the kernel's nodes gives; 0: they cannot be watched */
    bool has_news;
    bool is_unplugged, holds_back; /* `holds_back`: cancelled transfers do not come back */
};
static struct fake fake;

static const struct libusb_endpoint_descriptor endpoints[] = {
    { .bEndpointAddress = OUT, .bmAttributes = 2, .wMaxPacketSize = PACKET },
    { .bEndpointAddress = IN, .bmAttributes = 2, .wMaxPacketSize = PACKET },
};
static const struct libusb_interface_descriptor settings[] = {
    { .bAlternateSetting = 0,
      .bInterfaceClass = 7,
      .bInterfaceProtocol = 1,
      .bNumEndpoints = 1,
      .endpoint = endpoints },
    { .bAlternateSetting = 1,
      .bInterfaceClass = 7,
      .bInterfaceProtocol = 2,
      .bNumEndpoints = 2,
      .endpoint = endpoints },
};
static const struct libusb_interface interface = { .altsetting = settings, .num_altsetting = 2 };
static struct libusb_config_descriptor configuration = { .bNumInterfaces = 1,
                                                         .bConfigurationValue = 1,
                                                         .interface = &interface };
static int a_device, a_handle, a_context;

int folder_watch(const char *folder)
{
    CHECK_STR(folder, "/dev/bus/usb");
    return fake.watch ? fake.watch : -ENOENT;
}

bool folder_news(int fd, const char *folder)
{
    (void)folder;
    CHECK_EQ(fd, fake.watch);
    bool has_news = fake.has_news;
    fake.has_news = false;
    return has_news;
}

int libusb_init(libusb_context **c)
{
    fake.inits++;
    *c = (void *)&a_context;
    return fake.init_fails;
}

void libusb_exit(libusb_context *c)
{
    (void)c;
}

ssize_t libusb_get_device_list(libusb_context *c, libusb_device ***list)
{
    (void)c;
    if (fake.list_fails)
        return fake.list_fails;
    *list = calloc(2, sizeof(**list));
    (*list)[0] = fake.is_unplugged ? NULL : (void *)&a_device;
    return !fake.is_unplugged;
}

void libusb_free_device_list(libusb_device **list, int unreference)
{
    (void)unreference;
    free(list);
}

int libusb_get_device_descriptor(libusb_device *d, struct libusb_device_descriptor *out)
{
    (void)d;
    *out = (struct libusb_device_descriptor){ .idVendor = 0x0416,
                                              .idProduct = 0x5011,
                                              .bDeviceClass = fake.is_hub ? LIBUSB_CLASS_HUB : 0,
                                              .iSerialNumber = 3 };
    return 0;
}

int libusb_get_active_config_descriptor(libusb_device *d, struct libusb_config_descriptor **out)
{
    (void)d;
    *out = &configuration;
    return fake.configuration && !fake.has_no_configuration ? 0 : LIBUSB_ERROR_NOT_FOUND;
}

int libusb_get_config_descriptor(libusb_device *d, uint8_t index,
                                 struct libusb_config_descriptor **out)
{
    (void)d, (void)index;
    *out = &configuration;
    return fake.has_no_configuration ? LIBUSB_ERROR_NOT_FOUND : 0;
}

void libusb_free_config_descriptor(struct libusb_config_descriptor *c)
{
    (void)c;
}

uint8_t libusb_get_bus_number(libusb_device *d)
{
    (void)d;
    return 3;
}

int libusb_get_port_numbers(libusb_device *d, uint8_t *out, int size)
{
    (void)d, (void)size;
    out[0] = 1;
    out[1] = 4;
    return 2;
}

int libusb_open(libusb_device *d, libusb_device_handle **out)
{
    (void)d;
    *out = (void *)&a_handle;
    return 0;
}

void libusb_close(libusb_device_handle *h)
{
    (void)h;
}

libusb_device *libusb_get_device(libusb_device_handle *h)
{
    (void)h;
    return (void *)&a_device;
}

int libusb_set_auto_detach_kernel_driver(libusb_device_handle *h, int on)
{
    (void)h, (void)on;
    return LIBUSB_ERROR_NOT_SUPPORTED;
}

int libusb_get_configuration(libusb_device_handle *h, int *out)
{
    (void)h;
    *out = fake.configuration;
    return 0;
}

int libusb_set_configuration(libusb_device_handle *h, int value)
{
    (void)h;
    fake.configuration = value;
    fake.set_configurations++;
    return 0;
}

int libusb_claim_interface(libusb_device_handle *h, int number)
{
    (void)h, (void)number;
    return fake.claim_fails;
}

int libusb_has_capability(uint32_t capability)
{
    (void)capability;
    return fake.has_hotplug;
}

int libusb_hotplug_register_callback(libusb_context *c, int events, int flags, int vendor,
                                     int product, int class, libusb_hotplug_callback_fn called,
                                     void *data, libusb_hotplug_callback_handle *handle)
{
    (void)c, (void)events, (void)flags, (void)vendor, (void)product, (void)class, (void)handle;
    fake.hotplug = called;
    fake.hotplug_data = data;
    return 0;
}

int libusb_kernel_driver_active(libusb_device_handle *h, int number)
{
    (void)h, (void)number;
    return fake.is_driver_active;
}

int libusb_release_interface(libusb_device_handle *h, int number)
{
    (void)h, (void)number;
    return 0;
}

int libusb_set_interface_alt_setting(libusb_device_handle *h, int number, int alternate)
{
    (void)h, (void)number;
    fake.alternate = alternate;
    return 0;
}

int libusb_clear_halt(libusb_device_handle *h, unsigned char endpoint)
{
    (void)h, (void)endpoint;
    fake.halts_cleared++;
    return fake.clear_fails;
}

int libusb_control_transfer(libusb_device_handle *h, uint8_t type, uint8_t request, uint16_t value,
                            uint16_t index, unsigned char *data, uint16_t length, unsigned limit)
{
    (void)h, (void)index, (void)length;
    assert_true(limit > 0); /* 0 would wait for ever */
    if (fake.is_unplugged)
        return LIBUSB_ERROR_NO_DEVICE;
    if (type != 0x80 || request != 6)
        return LIBUSB_ERROR_PIPE;
    memcpy(data, value == 0x300 ? "\4\3\x09\4" : "\6\3A\0001\0", value == 0x300 ? 4 : 6);
    return value == 0x300 ? 4 : 6;
}

struct libusb_transfer *libusb_alloc_transfer(int packets)
{
    (void)packets;
    fake.allocated++;
    fake.ever_allocated++;
    return calloc(1, sizeof(struct libusb_transfer));
}

void libusb_free_transfer(struct libusb_transfer *t)
{
    fake.allocated -= t != NULL;
    free(t);
}

int libusb_submit_transfer(struct libusb_transfer *t)
{
    if (fake.is_unplugged || fake.submit_fails)
        return fake.is_unplugged ? LIBUSB_ERROR_NO_DEVICE : fake.submit_fails;
    assert_true(fake.count < FLYING_MAX);
    t->status = LIBUSB_TRANSFER_COMPLETED;
    t->actual_length = 0;
    t->flags = 0;
    fake.flying[fake.count++] = t;
    return 0;
}

int libusb_cancel_transfer(struct libusb_transfer *t)
{
    t->status = LIBUSB_TRANSFER_CANCELLED;
    return 0;
}

/* Has the transfer come to its end? */
static bool advance(struct libusb_transfer *t)
{
    if (fake.is_unplugged) {
        t->status = LIBUSB_TRANSFER_NO_DEVICE;
        return true;
    }
    if (t->status == LIBUSB_TRANSFER_CANCELLED)
        return !fake.holds_back;
    if (t->endpoint == IN) {
        t->status = fake.in_fails;
        fake.in_fails = LIBUSB_TRANSFER_COMPLETED;
        size_t n = fake.says_length - fake.said < (size_t)t->length ? fake.says_length - fake.said
                                                                    : (size_t)t->length;
        memcpy(t->buffer, fake.says + fake.said, n);
        fake.said += n;
        t->actual_length = (int)n;
        return n || t->status != LIBUSB_TRANSFER_COMPLETED;
    }
    size_t left = (size_t)(t->length - t->actual_length), n = left < fake.room ? left : fake.room;
    t->actual_length += (int)n;
    fake.room -= n;
    fake.taken += n;
    return t->actual_length == t->length;
}

int libusb_handle_events_timeout_completed(libusb_context *c, struct timeval *wait, int *completed)
{
    (void)c, (void)completed;
    for (size_t i = 0; i < fake.count; i++) {
        struct libusb_transfer *t = fake.flying[i];
        if (!advance(t))
            continue;
        fake.flying[i] = fake.flying[--fake.count];
        t->callback(t);
        return 0;
    }
    struct timespec pause = { .tv_sec = wait->tv_sec, .tv_nsec = wait->tv_usec * 1000 };
    nanosleep(&pause, NULL);
    return 0;
}

/* ---- the tests ----------------------------------------------------------------------- */

struct opened {
    struct usb_bus *bus;
    struct usb_info info[2];
    struct usb_device *device;
};

static struct opened start(void)
{
    struct opened o;
    size_t count;
    fake = (struct fake){ .configuration = 1, .room = SIZE_MAX, .alternate = -1 };
    CHECK_EQ(usb_bus_host(&o.bus), 0);
    CHECK_EQ(usb_list(o.bus, o.info, 2, &count), 0);
    CHECK_EQ(count, 1);
    CHECK_EQ(usb_open(&o.device, o.bus, &o.info[0], 0), 0);
    CHECK_EQ(usb_listen(o.device, IN), 0);
    return o;
}

static void finish(struct opened *o)
{
    usb_close(o->device);
    usb_bus_free(o->bus);
    CHECK_EQ(fake.allocated, 0);
}

static void say(const char *what, size_t length)
{
    memcpy(fake.says, what, length);
    fake.said = 0;
    fake.says_length = length;
}

static void test_usb_libusb_opens_the_setting_that_can_answer(void **state)
{
    (void)state;
    struct opened o = start();
    CHECK_STR(o.info[0].path, "3-1.4");
    CHECK_EQ(o.info[0].interface_count, 2);
    CHECK_EQ(fake.alternate, 1);
    CHECK_EQ(fake.set_configurations, 0); /* it differs from nothing: left alone */
    CHECK_STR(usb_serial(o.device), "A1");
    finish(&o);
}

static void test_usb_libusb_configures_what_is_not_yet(void **state)
{
    (void)state;
    struct opened o = start();
    usb_close(o.device);
    fake.configuration = 0;
    CHECK_EQ(usb_open(&o.device, o.bus, &o.info[0], 0), 0);
    CHECK_EQ(fake.set_configurations, 1);
    finish(&o);
}

static void test_usb_libusb_says_why_it_cannot_open(void **state)
{
    (void)state;
    static const struct {
        int code, want;
    } rows[] = { { LIBUSB_ERROR_BUSY, USB_E_BUSY },      { LIBUSB_ERROR_ACCESS, -EACCES },
                 { LIBUSB_ERROR_NO_DEVICE, USB_E_GONE }, { LIBUSB_ERROR_PIPE, -EIO },
                 { LIBUSB_ERROR_TIMEOUT, -EIO },         { LIBUSB_ERROR_OVERFLOW, -EIO },
                 { LIBUSB_ERROR_NO_MEM, -ENOMEM },       { LIBUSB_ERROR_OTHER, -EIO } };
    struct opened o = start();
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct usb_device *d = NULL;
        fake.claim_fails = rows[i].code;
        CHECK_EQ(usb_open(&d, o.bus, &o.info[0], 0), rows[i].want);
    }
    finish(&o);
}

static void test_usb_libusb_tells_a_driver_of_the_kernel_from_a_program(void **state)
{
    (void)state;
    struct opened o = start();
    struct usb_device *d = NULL;
    fake.claim_fails = LIBUSB_ERROR_BUSY;
    fake.is_driver_active = true;
    CHECK_EQ(usb_open(&d, o.bus, &o.info[0], 0), USB_E_DRIVER);
    finish(&o);
}

static void test_usb_libusb_counts_what_comes_and_goes(void **state)
{
    (void)state;
    struct usb_bus *bus;
    fake = (struct fake){ 0 };
    CHECK_EQ(usb_bus_host(&bus), 0);
    unsigned before = usb_changes(bus);
    CHECK(usb_changes(bus) != before); /* nobody tells: it may have changed */
    usb_bus_free(bus);
    fake.has_hotplug = true;
    CHECK_EQ(usb_bus_host(&bus), 0);
    before = usb_changes(bus);
    CHECK_EQ(usb_changes(bus), before);
    CHECK_EQ(fake.hotplug((void *)&a_context, (void *)&a_device,
                          LIBUSB_HOTPLUG_EVENT_DEVICE_ARRIVED, fake.hotplug_data),
             0);
    CHECK(usb_changes(bus) != before);
    usb_bus_free(bus);
}

/* Without udev in its network namespace libusb hears of nothing: the kernel's own nodes say when to look anew. */
static void test_usb_libusb_looks_anew_when_the_kernel_has_news(void **state)
{
    (void)state;
    struct usb_bus *bus;
    struct usb_info info[2];
    size_t n;
    fake = (struct fake){ .configuration = 1, .has_hotplug = true };
    int nodes[2];
    CHECK_EQ(pipe2(nodes, O_CLOEXEC), 0);
    fake.watch = nodes[0];
    CHECK_EQ(usb_bus_host(&bus), 0);
    CHECK(!usb_await(bus, -1, 0));
    CHECK_EQ(usb_list(bus, info, 2, &n), 0);
    CHECK(n == 1 && fake.inits == 1); /* no news: what is known is good */
    unsigned before = usb_changes(bus);
    fake.has_news = fake.is_unplugged = true;
    CHECK_EQ(write(nodes[1], "x", 1), 1);
    CHECK(usb_await(bus, -1, 0)); /* whoever waits is woken */
    CHECK(usb_changes(bus) != before);
    fake.init_fails =
        LIBUSB_ERROR_OTHER; /* not now: what was known stands, and it is tried again */
    CHECK_EQ(usb_list(bus, info, 2, &n), 0);
    CHECK_EQ(fake.inits, 2);
    fake.init_fails = 0;
    fake.hotplug = NULL;
    CHECK_EQ(usb_list(bus, info, 2, &n), 0);
    CHECK(n == 0 && fake.inits == 3 && fake.hotplug); /* and the new one is listened to */
    CHECK_EQ(usb_list(bus, info, 2, &n), 0);
    CHECK_EQ(fake.inits, 3);
    usb_bus_free(bus);
    CHECK(fcntl(fake.watch, F_GETFD) < 0); /* closed with the bus */
    close(nodes[1]);
}

/* One transfer each way for a device's whole life: polling for days allocates nothing. */
static void test_usb_libusb_writes_with_one_transfer(void **state)
{
    (void)state;
    struct opened o = start();
    size_t n, before;
    CHECK_EQ(usb_write(o.device, OUT, "x", 1, WAIT, &n), 0);
    before = fake.allocated;
    for (int i = 0; i < 100; i++)
        CHECK_EQ(usb_write(o.device, OUT, "x", 1, WAIT, &n), 0);
    CHECK_EQ(fake.allocated, before);
    CHECK_EQ(fake.ever_allocated, before);
    finish(&o);
}

static void test_usb_libusb_always_listens_with_room_for_a_packet(void **state)
{
    (void)state;
    struct opened o = start();
    uint8_t got[200];
    size_t n, total = 0;
    CHECK_EQ(fake.count, 1);
    CHECK_EQ(fake.flying[0]->length, PACKET);
    say("0123456789012345678901234567890123456789012345678901234567890123456789", 70);
    while (total < 70) {
        CHECK_EQ(usb_read(o.device, IN, got + total, sizeof(got) - total, WAIT, &n), 0);
        total += n;
        CHECK_EQ(fake.count, 1);
    }
    CHECK_BYTES(got, fake.says, 70);
    CHECK_EQ(usb_read(o.device, IN, got, 1, SHORT, &n), USB_E_TIMEOUT);
    finish(&o);
}

static void test_usb_libusb_counts_a_cancelled_write_and_hears_meanwhile(void **state)
{
    (void)state;
    struct opened o = start();
    static uint8_t data[9000];
    uint8_t got[8];
    size_t n;
    fake.room = 5000;
    say("paper", 5);
    CHECK_EQ(usb_write(o.device, OUT, data, sizeof(data), SHORT, &n), USB_E_TIMEOUT);
    CHECK_EQ(n, 5000);
    CHECK_EQ(fake.taken, 5000);
    CHECK_EQ(usb_read(o.device, IN, got, sizeof(got), 0, &n), 0);
    CHECK_EQ(n, 5);
    finish(&o);
}

static void test_usb_libusb_stops_at_a_halt_and_listens_again_after_it(void **state)
{
    (void)state;
    struct opened o = start();
    uint8_t got[8];
    size_t n;
    fake.in_fails = LIBUSB_TRANSFER_STALL;
    CHECK_EQ(usb_read(o.device, IN, got, sizeof(got), WAIT, &n), USB_E_STALL);
    CHECK_EQ(fake.count, 0);
    CHECK_EQ(usb_clear_halt(o.device, IN), 0);
    CHECK_EQ(fake.count, 1);
    say("ok", 2);
    CHECK_EQ(usb_read(o.device, IN, got, sizeof(got), WAIT, &n), 0);
    fake.in_fails = LIBUSB_TRANSFER_OVERFLOW;
    CHECK_EQ(usb_read(o.device, IN, got, sizeof(got), WAIT, &n), USB_E_OVERFLOW);
    CHECK_EQ(fake.count, 1);
    fake.in_fails = LIBUSB_TRANSFER_ERROR;
    CHECK_EQ(usb_read(o.device, IN, got, sizeof(got), WAIT, &n), -EIO);
    finish(&o);
}

static void test_usb_libusb_is_gone_once_it_is_unplugged(void **state)
{
    (void)state;
    struct opened o = start();
    uint8_t got[8];
    size_t n;
    fake.is_unplugged = true;
    CHECK_EQ(usb_read(o.device, IN, got, sizeof(got), WAIT, &n), USB_E_GONE);
    CHECK_EQ(usb_write(o.device, OUT, "x", 1, WAIT, &n), USB_E_GONE);
    CHECK_EQ(usb_list(o.bus, o.info, 2, &n), 0);
    CHECK_EQ(n, 0);
    finish(&o);
}

/* What is pulled out between two calls, and what the library refuses. */
static void test_usb_libusb_every_refusal_is_told(void **state)
{
    (void)state;
    struct opened o = start();
    uint8_t got[8];
    size_t n;
    CHECK_EQ(usb_control(o.device, 0xc0, 1, 0, 0, got, 8, WAIT, &n), USB_E_STALL);
    CHECK_EQ(usb_control(o.device, 0x80, 6, 0x301, 0, got, 8, 0, &n), 0);
    fake.submit_fails = LIBUSB_ERROR_IO;
    CHECK_EQ(usb_write(o.device, OUT, "x", 1, WAIT, &n), -EIO);
    say("ab", 2);
    CHECK_EQ(usb_read(o.device, IN, got, sizeof(got), WAIT, &n), 0); /* and not submitted again */
    CHECK_EQ(usb_read(o.device, IN, got, sizeof(got), WAIT, &n), -EIO);
    fake.submit_fails = 0;
    usb_close(o.device);
    CHECK_EQ(usb_open(&o.device, o.bus, &o.info[0], 0), 0);
    fake.submit_fails = LIBUSB_ERROR_IO;
    CHECK_EQ(usb_listen(o.device, IN), -EIO);
    fake.submit_fails = 0;
    CHECK_EQ(usb_listen(o.device, IN), 0);
    fake.clear_fails = LIBUSB_ERROR_NO_DEVICE;
    CHECK_EQ(usb_clear_halt(o.device, OUT), USB_E_GONE);
    CHECK_EQ(usb_control(o.device, 0x80, 6, 0x301, 0, got, 8, WAIT, &n), USB_E_GONE);
    finish(&o);
    o = start();
    fake.is_unplugged = true;
    CHECK_EQ(usb_control(o.device, 0x80, 6, 0x301, 0, got, 8, WAIT, &n), USB_E_GONE);
    finish(&o);
    o = start();
    say("ab", 2);
    fake.submit_fails = LIBUSB_ERROR_NO_DEVICE; /* pulled out just behind these bytes */
    CHECK_EQ(usb_read(o.device, IN, got, sizeof(got), WAIT, &n), 0);
    CHECK_EQ(usb_read(o.device, IN, got, sizeof(got), WAIT, &n), USB_E_GONE);
    fake.submit_fails = 0;
    finish(&o);
}

static void test_usb_libusb_lists_are_faults_when_the_library_fails(void **state)
{
    (void)state;
    struct opened o = start();
    struct usb_device *d = NULL;
    size_t n;
    fake.list_fails = LIBUSB_ERROR_NO_MEM;
    CHECK_EQ(usb_list(o.bus, o.info, 2, &n), -ENOMEM);
    CHECK_EQ(usb_open(&d, o.bus, &o.info[0], 0), -ENOMEM);
    fake.list_fails = 0;
    fake.init_fails = LIBUSB_ERROR_OTHER;
    struct usb_bus *bus = NULL;
    CHECK_EQ(usb_bus_host(&bus), -EIO);
    fake.init_fails = LIBUSB_ERROR_BUSY;
    CHECK_EQ(usb_bus_host(&bus), -ENOTRECOVERABLE);
    fake.init_fails = 0;
    fake.has_no_configuration = true; /* it cannot be described: no device for anybody */
    CHECK_EQ(usb_list(o.bus, o.info, 2, &n), 0);
    CHECK_EQ(n, 0);
    CHECK_EQ(usb_open(&d, o.bus, &o.info[0], 0), USB_E_GONE);
    fake.has_no_configuration = false;
    struct usb_info other = o.info[0];
    other.product ^= 1; /* something else is plugged in there now */
    CHECK_EQ(usb_open(&d, o.bus, &other, 0), USB_E_GONE);
    fake.is_hub = true;
    CHECK_EQ(usb_list(o.bus, o.info, 2, &n), 0);
    CHECK_EQ(n, 0);
    finish(&o);
}

static void test_usb_libusb_leaves_alone_what_the_kernel_keeps(void **state)
{
    (void)state;
    struct opened o = start();
    struct timeval now = { 0 };
    fake.holds_back = true;
    usb_close(o.device);
    CHECK_EQ(fake.allocated, 1);
    fake.holds_back = false; /* it comes back after its device has been freed */
    CHECK_EQ(libusb_handle_events_timeout_completed(NULL, &now, NULL), 0);
    CHECK_EQ(fake.allocated, 0);
    usb_bus_free(o.bus);
}

RUN(T(test_usb_libusb_opens_the_setting_that_can_answer),
    T(test_usb_libusb_configures_what_is_not_yet), T(test_usb_libusb_says_why_it_cannot_open),
    T(test_usb_libusb_tells_a_driver_of_the_kernel_from_a_program),
    T(test_usb_libusb_counts_what_comes_and_goes),
    T(test_usb_libusb_looks_anew_when_the_kernel_has_news),
    T(test_usb_libusb_writes_with_one_transfer),
    T(test_usb_libusb_always_listens_with_room_for_a_packet),
    T(test_usb_libusb_counts_a_cancelled_write_and_hears_meanwhile),
    T(test_usb_libusb_stops_at_a_halt_and_listens_again_after_it),
    T(test_usb_libusb_is_gone_once_it_is_unplugged), T(test_usb_libusb_every_refusal_is_told),
    T(test_usb_libusb_lists_are_faults_when_the_library_fails),
    T(test_usb_libusb_leaves_alone_what_the_kernel_keeps))
