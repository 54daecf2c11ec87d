/* links: drivers/smartcard firmware/base */
#include <arpa/inet.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "drivers/smartcard/pcsc.h"
#include "drivers/smartcard/social.h"
#include "firmware/base/bytes.h"
#include "firmware/base/clock.h"
#include "tests/support/check.h"
#include "tests/support/virtual_card.h"

/* The real pcscd, with vsmartcard's vpcd for a reader and a virtual card in it. Root only: pcscd's socket has one place. */

#define DRIVER "/usr/lib/pcsc/drivers/serial/libifdvpcd.so"
#define DAEMON "/usr/sbin/pcscd"
#define SOCKET "/run/pcscd/pcscd.comm"

enum { PATIENCE_MS = 15000, PAUSE_MS = 50, POWER_OFF = 0, POWER_ON = 1, RESET = 2, GET_ATR = 4 };

struct rig {
    uint16_t port;
    pid_t daemon;
    pthread_t thread;
    struct virtual_card card;
    bool is_over;
};

static const char *why_not(void)
{
    if (!pcsc_is_built())
        return "built without PC/SC (libpcsclite-dev; WITH_PCSC=1)";
    if (access(DAEMON, X_OK) || access(DRIVER, R_OK))
        return "pcscd or vsmartcard-vpcd is not installed ('make deps')";
    if (geteuid())
        return "pcscd can be started by root only";
    if (!access(SOCKET, F_OK))
        return "another pcscd is running";
    return NULL;
}

/* ---- the card's end of vpcd: two bytes of length, then one byte of control or a command APDU ---- */

static bool receive(int fd, uint8_t *data, size_t length)
{
    while (length) {
        ssize_t n = recv(fd, data, length, 0);
        if (n <= 0)
            return false;
        data += n;
        length -= (size_t)n;
    }
    return true;
}

static bool reply(int fd, const uint8_t *data, size_t length)
{
    uint8_t message[2 + 258];
    put_be16(message, (uint16_t)length);
    memcpy(message + 2, data, length);
    return send(fd, message, 2 + length, MSG_NOSIGNAL) == (ssize_t)(2 + length);
}

static bool serve_one(struct rig *r, int fd)
{
    uint8_t head[2], message[512], answer[258];
    if (!receive(fd, head, 2))
        return false;
    size_t length = get_be16(head);
    if (length > sizeof(message) || !receive(fd, message, length))
        return false;
    if (length != 1)
        return reply(fd, answer, virtual_card_answer(&r->card, message, length, answer));
    if (message[0] == GET_ATR)
        return reply(fd, virtual_atr, VIRTUAL_ATR);
    virtual_card_reset(&r->card);
    return true;
}

static int connect_reader(const struct rig *r)
{
    struct sockaddr_in to = { .sin_family = AF_INET, .sin_port = htons(r->port) };
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    inet_pton(AF_INET, "127.0.0.1", &to.sin_addr);
    if (!connect(fd, (const struct sockaddr *)&to, sizeof(to)))
        return fd;
    close(fd);
    return -1;
}

static void *be_card(void *context)
{
    struct rig *r = context;
    int64_t end = system_clock.boot_ms(&system_clock) + PATIENCE_MS;
    int fd = -1;
    while (fd < 0 && system_clock.boot_ms(&system_clock) < end) {
        fd = connect_reader(r);
        if (fd < 0)
            (void)poll(NULL, 0, PAUSE_MS); /* until the daemon listens */
    }
    while (fd >= 0 && serve_one(r, fd))
        ;
    if (fd >= 0)
        close(fd);
    return NULL;
}

/* ---- the daemon ---------------------------------------------------------------------- */

static uint16_t free_port(void)
{
    struct sockaddr_in here = { .sin_family = AF_INET };
    socklen_t length = sizeof(here);
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    inet_pton(AF_INET, "127.0.0.1", &here.sin_addr);
    CHECK_EQ(bind(fd, (const struct sockaddr *)&here, sizeof(here)), 0);
    CHECK_EQ(getsockname(fd, (struct sockaddr *)&here, &length), 0);
    close(fd);
    return ntohs(here.sin_port);
}

static void start(struct rig *r)
{
    char path[128];
    r->port = free_port();
    snprintf(path, sizeof(path), "%s/reader.conf", test_folder());
    FILE *f = fopen(path, "w");
    CHECK(f != NULL);
    fprintf(f,
            "FRIENDLYNAME \"Virtual reader\"\nDEVICENAME /dev/null:0x%04X\nLIBPATH " DRIVER
            "\nCHANNELID 0x%04X\n",
            r->port, r->port);
    fclose(f);
    r->daemon = fork();
    if (r->daemon == 0) {
        int null = open("/dev/null", O_RDWR | O_CLOEXEC);
        (void)dup2(null, STDOUT_FILENO);
        (void)dup2(null, STDERR_FILENO);
        execl(DAEMON, DAEMON, "--foreground", "--config", path, (char *)NULL);
        _exit(127);
    }
    CHECK(r->daemon > 0);
    CHECK_EQ(pthread_create(&r->thread, NULL, be_card, r), 0);
}

static void stop(struct rig *r)
{
    CHECK_EQ(kill(r->daemon, SIGTERM), 0);
    CHECK_EQ(waitpid(r->daemon, NULL, 0), r->daemon);
    pthread_join(r->thread, NULL);
}

static void test_smartcard_vpcd_card_is_read_through_the_real_service(void **state)
{
    (void)state;
    AUTO(pcsc_free) struct pcsc *pcsc = NULL;
    struct social_card c;
    struct atr parsed;
    uint8_t atr[ATR_MAX];
    size_t length = 0;
    char reader[SMARTCARD_READER_NAME];
    if (why_not()) {
        print_message("SKIP: %s\n", why_not());
        skip();
    }
    struct rig r = { 0 };
    CHECK_EQ(pcsc_new(&pcsc), 0);
    struct smartcard_port port = pcsc_port(pcsc);
    CHECK_EQ(port.connect(port.context, atr, &length, reader), SMARTCARD_E_NO_SERVICE);
    start(&r);
    int64_t end = system_clock.boot_ms(&system_clock) + PATIENCE_MS;
    int outcome;
    while ((outcome = port.connect(port.context, atr, &length, reader)) &&
           system_clock.boot_ms(&system_clock) < end)
        (void)poll(NULL, 0, PAUSE_MS); /* until the card is in */
    CHECK_EQ(outcome, 0);
    CHECK_EQ(atr_parse(&parsed, atr, length), 0);
    CHECK_BYTES(parsed.historical, "TEST", 4);
    CHECK_EQ(social_card_read(&c, &port), 0);
    CHECK_STR(c.card_number, "A00000000");
    CHECK_STR(c.name, "测试甲");
    CHECK_EQ(r.card.pins, 0);
    port.disconnect(port.context);
    stop(&r);
    CHECK(port.connect(port.context, atr, &length, reader) != 0); /* the service has gone */
}

RUN(T(test_smartcard_vpcd_card_is_read_through_the_real_service))
