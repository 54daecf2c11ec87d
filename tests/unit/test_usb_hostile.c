/* links: drivers/usb firmware/base */
#include <arpa/inet.h>
#include <pthread.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

#include "drivers/usb/usbip_device.h"
#include "tests/support/check.h"

/* A USB/IP server that lies: it lets a device be imported, waits for the first request, says what the test wants it to
 * say, and hangs up. */
struct liar {
    int listener;
    struct sockaddr_in address;
    pthread_t thread;
    uint8_t says[1024];
    size_t length, skip; /* `skip`: bytes to read first */
};

enum { WAIT = 5000, IN = 0x81, OUT = 0x02, IMPORT_REQUEST = 40 };

static bool read_all(int fd, size_t length)
{
    uint8_t block[256];
    while (length) {
        ssize_t n = read(fd, block, length < sizeof(block) ? length : sizeof(block));
        if (n <= 0)
            return false;
        length -= (size_t)n;
    }
    return true;
}

static void *lie(void *context)
{
    struct liar *l = context;
    uint8_t end;
    int fd = accept(l->listener, NULL, NULL);
    if (!read_all(fd, l->skip) || write(fd, l->says, l->length) != (ssize_t)l->length)
        perror("liar");
    shutdown(fd, SHUT_WR);
    while (read(fd, &end, 1) > 0)
        ;
    close(fd);
    return NULL;
}

static void liar_start(struct liar *l)
{
    socklen_t size = sizeof(l->address);
    l->address =
        (struct sockaddr_in){ .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    l->listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    CHECK_EQ(bind(l->listener, (struct sockaddr *)&l->address, size), 0);
    CHECK_EQ(listen(l->listener, 1), 0);
    CHECK_EQ(getsockname(l->listener, (struct sockaddr *)&l->address, &size), 0);
    CHECK_EQ(pthread_create(&l->thread, NULL, lie, l), 0);
}

static void liar_end(struct liar *l)
{
    pthread_join(l->thread, NULL);
    close(l->listener);
}

static void add(struct liar *l, const void *what, size_t length)
{
    CHECK(l->length + length <= sizeof(l->says));
    if (length)
        memcpy(l->says + l->length, what, length);
    l->length += length;
}

static void add_import(struct liar *l)
{
    uint8_t reply[USBIP_IMPORT_BYTES] = { 0x01, 0x11, 0x00, 0x03 };
    memcpy(reply + 8 + 256, (const uint8_t[]){ '1', '-', '1' }, 3);
    put_be32(reply + 8 + 288, 1);
    put_be32(reply + 8 + 292, 7);
    add(l, reply, sizeof(reply));
}

static void add_reply(struct liar *l, uint32_t code, uint32_t sequence, int status, uint32_t actual)
{
    uint8_t h[USBIP_HEADER_BYTES] = { 0 };
    put_be32(h, code);
    put_be32(h + 4, sequence);
    put_be32(h + 20, (uint32_t)status);
    put_be32(h + 24, actual);
    add(l, h, sizeof(h));
}

static struct usbip_device imported(const struct liar *l)
{
    struct usbip_device d = {
        .base = { .ops = &usbip_device_operations,
                  .info = { .path = "1-1",
                            .interface_count = 1,
                            .interfaces = { { .endpoint_count = 2,
                                              .endpoints = { { IN, USB_BULK, 64 },
                                                             { OUT, USB_BULK, 64 } } } } } },
    };
    CHECK_EQ(usbip_import(&d, &l->address, "1-1", usb_now_ms() + WAIT), 0);
    CHECK_EQ(d.device_id, 0x10007);
    return d;
}

/* ---- a device ------------------------------------------------------------------------ */

struct answer {
    const char *what;
    uint32_t code, sequence;
    int status;
    uint32_t actual;
    size_t data;
};

static const struct answer malformed[] = {
    { "a transfer that nobody submitted", 3, 77, 0, 0, 0 },
    { "number 0", 3, 0, 0, 0, 0 },
    { "more than there is room for", 3, 1, 0, 65, 65 },
    { "as much as a number can say", 3, 1, 0, 0xffffffff, 65 },
    { "a status that is no errno", 3, 1, 1, 0, 0 },
    { "a code that is none", 5, 1, 0, 0, 0 },
    { "a request instead of an answer", 1, 1, 0, 0, 0 },
    { "the end of an unlink that nobody sent", 4, 2, -104, 0, 0 },
    { "less data than it says, and the end", 3, 1, 0, 64, 63 },
};

static void test_usb_hostile_answers_end_the_connection(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(malformed) / sizeof(malformed[0]); i++) {
        const struct answer *a = &malformed[i];
        struct liar l = { .skip = IMPORT_REQUEST };
        uint8_t data[64];
        size_t got;
        add_import(&l);
        add_reply(&l, a->code, a->sequence, a->status, a->actual);
        add(&l, (uint8_t[65]){ 0 }, a->data);
        liar_start(&l);
        struct usbip_device d = imported(&l);
        CHECK_EQ(usb_listen(&d.base, IN), 0);
        int r = usb_read(&d.base, IN, data, sizeof(data), WAIT, &got);
        if (r != USB_E_GONE)
            print_error("after %s\n", a->what);
        CHECK_EQ(r, USB_E_GONE);
        CHECK_EQ(got, 0);
        CHECK_EQ(usb_write(&d.base, OUT, "x", 1, WAIT, &got), USB_E_GONE);
        gather_end(&d.base.listened[0].gather);
        usbip_device_end(&d);
        liar_end(&l);
    }
}

static void test_usb_hostile_write_counts_no_more_than_was_sent(void **state)
{
    (void)state;
    struct liar l = { .skip = IMPORT_REQUEST };
    size_t accepted;
    add_import(&l);
    add_reply(&l, 3, 1, 0, 4);
    liar_start(&l);
    struct usbip_device d = imported(&l);
    CHECK_EQ(usb_write(&d.base, OUT, "abc", 3, WAIT, &accepted), USB_E_GONE);
    CHECK_EQ(accepted, 0);
    usbip_device_end(&d);
    liar_end(&l);
}

static void test_usb_hostile_end_in_mid_message_is_gone(void **state)
{
    (void)state;
    struct liar l = { .skip = IMPORT_REQUEST };
    uint8_t data[8];
    size_t done;
    add_import(&l);
    add(&l, "\0\0\0\3\0\0", 6);
    liar_start(&l);
    struct usbip_device d = imported(&l);
    CHECK_EQ(usb_control(&d.base, 0x80, 6, 0x100, 0, data, sizeof(data), WAIT, &done), USB_E_GONE);
    CHECK_EQ(done, 0);
    usbip_device_end(&d);
    liar_end(&l);
}

/* ---- a list, and an import ----------------------------------------------------------- */

static int list_of(const uint8_t *says, size_t length, size_t *count)
{
    struct liar l = { .skip = 8 };
    struct usb_info info[4];
    char address[32];
    AUTO(usb_bus_free) struct usb_bus *bus = NULL;
    add(&l, says, length);
    liar_start(&l);
    snprintf(address, sizeof(address), "127.0.0.1:%u", ntohs(l.address.sin_port));
    CHECK_EQ(usb_bus_usbip(&bus, address), 0);
    int r = usb_list(bus, info, 4, count);
    liar_end(&l);
    return r;
}

static void test_usb_hostile_lists_are_faults(void **state)
{
    (void)state;
    static const struct {
        uint8_t says[12];
        int want;
    } rows[] = {
        { { 0x01, 0x11, 0, 5, 0, 0, 0, 0, 0, 0, 0, 0 }, 0 },
        { { 0x01, 0x10, 0, 5, 0, 0, 0, 0, 0, 0, 0, 0 }, -EBADMSG }, /* another version */
        { { 0x01, 0x11, 0, 3, 0, 0, 0, 0, 0, 0, 0, 0 }, -EBADMSG }, /* another answer */
        { { 0x01, 0x11, 0, 5, 0, 0, 0, 1, 0, 0, 0, 0 }, -EBADMSG }, /* a status */
        { { 0x01, 0x11, 0, 5, 0, 0, 0, 0, 0xff, 0xff, 0xff, 0xff }, -EBADMSG }, /* too many */
        { { 0x01, 0x11, 0, 5, 0, 0, 0, 0, 0, 0, 0, 1 }, 0 }, /* hangs up before the first */
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        size_t count = 9;
        CHECK_EQ(list_of(rows[i].says, sizeof(rows[i].says), &count), rows[i].want);
        CHECK_EQ(count, 0);
    }
}

static void test_usb_hostile_records_are_refused(void **state)
{
    (void)state;
    uint8_t list[12 + USBIP_RECORD_BYTES] = { 0x01, 0x11, 0, 5, [11] = 1 };
    struct usbip_record record;
    size_t count;
    CHECK_EQ(usbip_parse_list(&record, 1, &count, list, sizeof(list)), -EBADMSG); /* no bus id */
    memset(list + 12 + 256, 'x', USBIP_BUSID);
    CHECK_EQ(usbip_parse_list(&record, 1, &count, list, sizeof(list)),
             -EBADMSG); /* that does not end */
    list[12 + 256 + 31] = 0;
    list[12 + 256] = 0x1b;
    CHECK_EQ(usbip_parse_list(&record, 1, &count, list, sizeof(list)), 0);
    CHECK_EQ(count, 1);
    CHECK_EQ(record.busid[0], '?'); /* a path is shown to people */
    list[12 + 311] = 255;
    CHECK_EQ(usbip_parse_list(&record, 1, &count, list, sizeof(list)), USBIP_E_MORE);
    list[12 + 288] = 1;
    CHECK_EQ(usbip_parse_list(&record, 1, &count, list, sizeof(list)),
             -EBADMSG); /* a bus beyond 65535 */
}

RUN(T(test_usb_hostile_answers_end_the_connection),
    T(test_usb_hostile_write_counts_no_more_than_was_sent),
    T(test_usb_hostile_end_in_mid_message_is_gone), T(test_usb_hostile_lists_are_faults),
    T(test_usb_hostile_records_are_refused))
