/* links: drivers/usb board/host/sim firmware/base */
#include <arpa/inet.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

#include "firmware/base/text.h"
#include "tests/support/check.h"
#include "tests/support/puppet.h"

/* The server as a host sees it that is not ours: bytes on a socket. */

enum { HEADER = 48, IMPORT_REPLY = 320, SUBMIT = 1, UNLINK = 2 };

static int call(const struct stage *s)
{
    struct sockaddr_in there = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    const struct timeval limit = { .tv_sec = 5 };
    int port = 0, fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    CHECK(text_to_int(&port, strchr(usb_bench_address(s->bench), ':') + 1));
    there.sin_port = htons((uint16_t)port);
    CHECK_EQ(connect(fd, (const struct sockaddr *)&there, sizeof(there)), 0);
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof(limit));
    return fd;
}

static void tell(int fd, const void *what, size_t length)
{
    CHECK_EQ(send(fd, what, length, MSG_NOSIGNAL), length);
}

static void hear(int fd, uint8_t *out, size_t length)
{
    CHECK_EQ(recv(fd, out, length, MSG_WAITALL), length);
}

static void check_hung_up(int fd)
{
    uint8_t byte;
    CHECK_EQ(recv(fd, &byte, 1, 0), 0);
    close(fd);
}

/* A stage whose own client has let go of the device, and a socket that has imported it. */
static int import(struct stage *s)
{
    uint8_t request[40] = { 0x01, 0x11, 0x80, 0x03, [8] = '1', '-', '1' }, reply[IMPORT_REPLY];
    *s = stage_start();
    usb_close(s->device);
    s->device = NULL;
    int fd = call(s);
    tell(fd, request, sizeof(request));
    hear(fd, reply, sizeof(reply));
    CHECK_EQ(get_be32(reply + 4), 0);
    return fd;
}

static void submit(int fd, uint32_t sequence, bool is_in, uint32_t endpoint, uint32_t length,
                   const void *data)
{
    uint8_t h[HEADER] = { 0 };
    put_be32(h, SUBMIT);
    put_be32(h + 4, sequence);
    put_be32(h + 12, is_in);
    put_be32(h + 16, endpoint);
    put_be32(h + 24, length);
    tell(fd, h, sizeof(h));
    if (!is_in)
        tell(fd, data, length);
}

static void unlink_urb(int fd, uint32_t sequence, uint32_t victim)
{
    uint8_t h[HEADER] = { 0 };
    put_be32(h, UNLINK);
    put_be32(h + 4, sequence);
    put_be32(h + 20, victim);
    tell(fd, h, sizeof(h));
}

static void check_reply(int fd, uint32_t code, uint32_t sequence, int status, uint32_t actual)
{
    uint8_t h[HEADER];
    hear(fd, h, sizeof(h));
    CHECK_EQ(get_be32(h), code);
    CHECK_EQ(get_be32(h + 4), sequence);
    CHECK_EQ((int32_t)get_be32(h + 20), status);
    CHECK_EQ(get_be32(h + 24), actual);
}

static void test_usbip_server_hangs_up_on_what_is_no_usbip_and_on_nobody_else(void **state)
{
    (void)state;
    struct stage s = stage_start();
    static const char *const noise[] = { "GET / HTTP/1.1\r\n\r\n", "\x01\x11\x80\x04\0\0\0",
                                         "\x01\x06\x80\x05\0\0\0" };
    size_t done;
    for (size_t i = 0; i < sizeof(noise) / sizeof(noise[0]); i++) {
        int fd = call(&s);
        tell(fd, noise[i], i ? 8 : strlen(noise[i]));
        check_hung_up(fd);
        CHECK_EQ(usb_write(s.device, OUT, "x", 1, WAIT, &done), 0);
    }
    stage_end(&s);
}

static void test_usbip_server_hangs_up_on_messages_that_cannot_be(void **state)
{
    (void)state;
    static const struct {
        uint32_t code, direction, endpoint, length;
    } rows[] = {
        { 9, 0, 1, 0 }, { SUBMIT, 2, 1, 0 }, { SUBMIT, 0, 16, 0 }, { SUBMIT, 0, 2, 0x7fffffff }
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct stage s;
        int fd = import(&s);
        uint8_t h[HEADER] = { 0 };
        put_be32(h, rows[i].code);
        put_be32(h + 12, rows[i].direction);
        put_be32(h + 16, rows[i].endpoint);
        put_be32(h + 24, rows[i].length);
        tell(fd, h, sizeof(h));
        check_hung_up(fd);
        stage_end(&s);
    }
}

static void test_usbip_server_says_how_much_of_an_unlinked_write_was_taken(void **state)
{
    (void)state;
    struct stage s;
    int fd = import(&s);
    uint8_t data[100] = { 0 };
    usb_bench_hold(s.bench);
    s.puppet->room = 60;
    usb_bench_go_on(s.bench);
    submit(fd, 1, false, 2, sizeof(data), data);
    submit(fd, 2, false, 2, sizeof(data), data); /* waits behind the first */
    unlink_urb(fd, 3, 2);
    check_reply(fd, 4, 3, -ECONNRESET, 0);
    unlink_urb(fd, 4, 1);
    check_reply(fd, 3, 1, -ECONNRESET, 60);
    check_reply(fd, 4, 4, 0, 0);
    unlink_urb(fd, 5, 1); /* long over */
    check_reply(fd, 4, 5, 0, 0);
    close(fd);
    stage_end(&s);
}

static void test_usbip_server_keeps_reads_until_there_is_something(void **state)
{
    (void)state;
    struct stage s;
    int fd = import(&s);
    uint8_t got[8];
    submit(fd, 1, true, 1, 64, NULL);
    submit(fd, 2, true, 1, 64, NULL);
    submit(fd, 3, true, 5, 64, NULL); /* an endpoint that is not there */
    check_reply(fd, 3, 3, -ENOENT, 0);
    stage_say(&s, "ab", 2, 1);
    check_reply(fd, 3, 1, 0, 1);
    hear(fd, got, 1);
    check_reply(fd, 3, 2, 0, 1);
    hear(fd, got + 1, 1);
    CHECK_BYTES(got, "ab", 2);
    close(fd);
    stage_end(&s);
}

static void test_usbip_server_refuses_a_device_it_does_not_have(void **state)
{
    (void)state;
    struct stage s = stage_start();
    uint8_t request[40] = { 0x01, 0x11, 0x80, 0x03, [8] = '1', '-', '2' }, reply[8];
    int fd = call(&s);
    tell(fd, request, sizeof(request));
    hear(fd, reply, sizeof(reply));
    CHECK_EQ(get_be32(reply + 4), 4);
    check_hung_up(fd);
    fd = call(&s);
    request[10] = '1'; /* in use */
    tell(fd, request, sizeof(request));
    hear(fd, reply, sizeof(reply));
    CHECK_EQ(get_be32(reply + 4), 2);
    check_hung_up(fd);
    stage_end(&s);
}

RUN(T(test_usbip_server_hangs_up_on_what_is_no_usbip_and_on_nobody_else),
    T(test_usbip_server_hangs_up_on_messages_that_cannot_be),
    T(test_usbip_server_says_how_much_of_an_unlinked_write_was_taken),
    T(test_usbip_server_keeps_reads_until_there_is_something),
    T(test_usbip_server_refuses_a_device_it_does_not_have))
