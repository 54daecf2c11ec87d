/* links: drivers/idcard drivers/usb firmware/card firmware/base */
#include <fcntl.h>
#include <pthread.h>
#include <stdlib.h>
#include <termios.h>
#include <unistd.h>

#include "drivers/idcard/cause.h"
#include "drivers/idcard/port_uart.h"
#include "tests/support/check.h"

/* Serial lines with anything at the other end but a reader. */

/* Who sits at the other end of the line. */
struct stranger {
    int master;
    char path[64];
    const uint8_t
        *says; /* to every request; NULL: what was sent, turned back; nothing at all: hangs up */
    size_t length;
    pthread_t thread;
};

static void *talk(void *context)
{
    struct stranger *s = context;
    uint8_t heard[256];
    ssize_t n;
    if (s->says && !s->length && read(s->master, heard, sizeof(heard)) > 0) {
        close(s->master);
        s->master = -1;
        return NULL;
    }
    while ((n = read(s->master, heard, sizeof(heard))) > 0 && heard[0] != 'q')
        if (write(s->master, s->says ? s->says : heard, s->says ? s->length : (size_t)n) < 0)
            break;
    return NULL;
}

/* What opening says with this stranger there. */
static int open_with(const uint8_t *says, size_t length)
{
    struct stranger s = { .says = says, .length = length };
    struct sdt_uart u = { .fd = -1 };
    struct termios t;
    s.master = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
    CHECK(s.master >= 0);
    CHECK_EQ(grantpt(s.master), 0);
    CHECK_EQ(unlockpt(s.master), 0);
    CHECK_EQ(ptsname_r(s.master, s.path, sizeof(s.path)), 0);
    int keeper = open(s.path, O_RDWR | O_NOCTTY | O_CLOEXEC);
    CHECK_EQ(tcgetattr(keeper, &t), 0);
    cfmakeraw(&t);
    CHECK_EQ(tcsetattr(keeper, TCSANOW, &t), 0);
    CHECK_EQ(pthread_create(&s.thread, NULL, talk, &s), 0);
    int r = sdt_uart_open(&u, s.path, &system_clock);
    CHECK(write(keeper, "q", 1) == 1 || (says && !length));
    pthread_join(s.thread, NULL);
    sdt_uart_close(&u);
    close(keeper);
    if (s.master >= 0)
        close(s.master);
    return r;
}

static void test_sdt_uart_takes_noise_for_no_answer_at_any_speed(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        const char *bytes;
        size_t length;
    } rows[] = {
        { "echo", NULL, 0 },
        { "noise", "\x35\x80\xfe\x00\xff\x1c\xaa\xaa", 8 },
        { "M1", "\xaa\xaa\xaa\x96\x69\x00\x04\x00\x00\x90\x95", 11 },
        { "M3", "\xaa\xaa\xaa\x96\x69\xff\xff\x00\x00\x90", 10 },
        { "M4", "\xaa\xaa\xaa\x96\x69\x00\x03\x00\x00\x03", 10 },
        { "M5", "\xaa\xaa\xab\x96\x69\x00\x04\x00\x00\x90\x94", 11 },
        { "M2", "\xaa\xaa\xaa\x96\x69\x00\x04\x00\x00", 9 },
        { "answer to another command", "\xaa\xaa\xaa\x96\x69\x00\x04\x00\x00\x9f\x9b", 11 },
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        int r = open_with((const uint8_t *)rows[i].bytes, rows[i].length);
        if (r != -ETIMEDOUT)
            print_error("%s: %d\n", rows[i].name, r);
        CHECK_EQ(r, -ETIMEDOUT);
    }
}

static void test_sdt_uart_hung_up_while_it_is_opened_is_gone(void **state)
{
    (void)state;
    CHECK_EQ(open_with((const uint8_t *)"", 0), -ENODEV);
    CHECK_EQ(reader_cause_of_open(-ENODEV), READER_NOT_FOUND);
}

static void test_sdt_uart_takes_an_honest_no_for_a_reader(void **state)
{
    (void)state;
    CHECK_EQ(open_with((const uint8_t *)"\xaa\xaa\xaa\x96\x69\x00\x04\x00\x00\x66\x62", 11), 0);
    /* noise in front, and something that only began like a frame */
    CHECK_EQ(open_with((const uint8_t *)"\x00\xff\xaa\xaa\xaa\x96\x69\xff\xff"
                                        "\xaa\xaa\xaa\x96\x69\x00\x04\x00\x00\x90\x94",
                       20),
             0);
}

RUN(T(test_sdt_uart_takes_noise_for_no_answer_at_any_speed),
    T(test_sdt_uart_hung_up_while_it_is_opened_is_gone),
    T(test_sdt_uart_takes_an_honest_no_for_a_reader))
