/* links: firmware/base */
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "firmware/base/notify.h"
#include "tests/support/check.h"

/* A manager's end. */
static int listen_at(const char *name)
{
    struct sockaddr_un at = { .sun_family = AF_UNIX };
    size_t length = strlen(name);
    memcpy(at.sun_path, name, length);
    if (name[0] == '@')
        at.sun_path[0] = 0;
    int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    CHECK(fd >= 0);
    CHECK_EQ(bind(fd, (struct sockaddr *)&at,
                  (socklen_t)(offsetof(struct sockaddr_un, sun_path) + length +
                              (name[0] == '/' ? 1 : 0))),
             0);
    return fd;
}

static const char *heard(int fd)
{
    static char words[64];
    ssize_t n = recv(fd, words, sizeof(words) - 1, MSG_DONTWAIT);
    words[n > 0 ? n : 0] = 0;
    return words;
}

static void set_watchdog(const char *microseconds, int pid)
{
    char text[16];
    snprintf(text, sizeof(text), "%d", pid);
    setenv("WATCHDOG_USEC", microseconds, 1);
    setenv("WATCHDOG_PID", text, 1);
}

static void begin(struct notify *n, const char *name)
{
    setenv("NOTIFY_SOCKET", name, 1);
    notify_start(n);
}

static void test_notify_says_nothing_to_nobody(void **state)
{
    (void)state;
    static const char *const names[] = {
        "", "@", "/", "relative/path", "tcp:127.0.0.1:1", "/nobody/listens/here"
    };
    char too_long[200];
    struct notify n;
    memset(too_long, 'a', sizeof(too_long));
    too_long[0] = '/';
    too_long[sizeof(too_long) - 1] = 0;
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]) + 1; i++) {
        begin(&n, i ? names[i - 1] : too_long);
        notify_ready(&n);
        CHECK_EQ(notify_tick(&n, 1), -1);
        notify_end(&n);
    }
    notify_start(&n);
    CHECK_EQ(n.fd, -1);
    notify_end(&n);
}

static void test_notify_tells_a_socket_in_a_folder_and_one_in_none(void **state)
{
    (void)state;
    char path[100], abstract[100];
    snprintf(path, sizeof(path), "%s/notify", test_folder());
    snprintf(abstract, sizeof(abstract), "@onetrip-test-%d", getpid());
    const char *const names[] = { path, abstract };
    for (size_t i = 0; i < 2; i++) {
        struct notify n;
        int manager = listen_at(names[i]);
        begin(&n, names[i]);
        notify_ready(&n);
        notify_end(&n);
        CHECK_STR(heard(manager), "READY=1");
        CHECK_STR(heard(manager), "STOPPING=1");
        close(manager);
    }
}

static void test_notify_says_alive_three_times_within_the_watchdogs_patience(void **state)
{
    (void)state;
    char name[100];
    struct notify n;
    snprintf(name, sizeof(name), "@onetrip-alive-%d", getpid());
    int manager = listen_at(name);
    set_watchdog("30000000", getpid());
    begin(&n, name);
    CHECK_EQ(notify_tick(&n, 5000), 10000);
    CHECK_STR(heard(manager), "WATCHDOG=1");
    CHECK_EQ(notify_tick(&n, 9000), 6000);
    CHECK_STR(heard(manager), "");
    CHECK_EQ(notify_tick(&n, 15000), 10000);
    CHECK_STR(heard(manager), "WATCHDOG=1");
    notify_end(&n);
    CHECK_EQ(notify_tick(&n, 99000), -1);
    close(manager);
}

static void test_notify_has_no_watchdog_that_is_another_programs_or_no_number(void **state)
{
    (void)state;
    char name[100];
    struct notify n;
    snprintf(name, sizeof(name), "@onetrip-other-%d", getpid());
    int manager = listen_at(name);
    static const char *const numbers[] = { "0", "-5", "30s", "", "99999999999999999999999" };
    set_watchdog("30000000", getpid() + 1);
    begin(&n, name);
    CHECK_EQ(notify_tick(&n, 0), -1);
    notify_end(&n);
    for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
        set_watchdog(numbers[i], getpid());
        begin(&n, name);
        CHECK_EQ(notify_tick(&n, 0), -1);
        notify_end(&n);
    }
    close(manager);
}

static void test_notify_leaves_nothing_for_helpers(void **state)
{
    (void)state;
    struct notify n;
    set_watchdog("1000", getpid());
    begin(&n, "@onetrip-helpers");
    CHECK_EQ(n.every_ms, 100); /* a patience of 1 ms is no reason to turn like mad */
    CHECK(!getenv("NOTIFY_SOCKET") && !getenv("WATCHDOG_USEC") && !getenv("WATCHDOG_PID"));
    notify_end(&n);
}

RUN(T(test_notify_says_nothing_to_nobody),
    T(test_notify_tells_a_socket_in_a_folder_and_one_in_none),
    T(test_notify_says_alive_three_times_within_the_watchdogs_patience),
    T(test_notify_has_no_watchdog_that_is_another_programs_or_no_number),
    T(test_notify_leaves_nothing_for_helpers))
