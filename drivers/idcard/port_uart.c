#include "drivers/idcard/port_uart.h"

#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

enum {
    PIECE = 512,
    DRAIN_READS = 16,
    BITS_A_BYTE = 10,
    QUIET_MS = 100, /* after noise: a whole answer has no such gap, so the speed is wrong */
};

const int sdt_uart_rates[SDT_UART_RATES] = { 115200, 57600, 38400, 19200, 9600 };
static const speed_t speeds[SDT_UART_RATES] = { B115200, B57600, B38400, B19200, B9600 };

/* ---- the line ------------------------------------------------------------------------ */

/* Whatever the system says of a line that was pulled out: it does not come back on this descriptor. */
static int outcome_of(int error)
{
    switch (error) {
    case EAGAIN:
    case EINTR:
        return SDT_E_TIMEOUT;
    case EIO:
    case ENXIO:
    case ENODEV:
    case EBADF:
        return SDT_E_GONE;
    default:
        return fault_raise(-error);
    }
}

/* 0: ready for `events`; SDT_E_TIMEOUT or SDT_E_GONE. A line that hung up but still has bytes is read first. */
static int wait_for(int fd, short events, int wait_ms)
{
    struct pollfd p = { fd, events, 0 };
    int n = poll(&p, 1, wait_ms);
    if (n < 0)
        return outcome_of(errno);
    if (!n)
        return SDT_E_TIMEOUT;
    return p.revents & events ? 0 : SDT_E_GONE;
}

static int port_write(void *context, const uint8_t *frame, size_t length, int wait_ms)
{
    struct sdt_uart *u = context;
    int r = 0;
    for (size_t at = 0; at < length && !r;) {
        ssize_t n = write(u->fd, frame + at, length - at);
        if (n > 0)
            at += (size_t)n;
        else
            r = n < 0 && errno != EAGAIN ? outcome_of(errno) : wait_for(u->fd, POLLOUT, wait_ms);
    }
    return r;
}

static int port_read(void *context, uint8_t *data, size_t size, int wait_ms, size_t *got)
{
    struct sdt_uart *u = context;
    int r = wait_for(u->fd, POLLIN, wait_ms);
    if (r)
        return r;
    ssize_t n = read(u->fd, data, size);
    if (n <= 0) /* readable without a byte: the other end hung up */
        return n ? outcome_of(errno) : SDT_E_GONE;
    *got = (size_t)n;
    return 0;
}

/* A line that never falls silent is left talking after DRAIN_READS: its frames will show it. */
static void port_drain(void *context, int quiet_ms)
{
    struct sdt_uart *u = context;
    uint8_t piece[PIECE];
    size_t got;
    (void)tcflush(u->fd, TCIFLUSH);
    for (int i = 0; i < DRAIN_READS && !port_read(u, piece, sizeof(piece), quiet_ms, &got); i++)
        ;
    explicit_bzero(piece, sizeof(piece));
}

struct sdt_port sdt_uart_port(struct sdt_uart *u)
{
    return (struct sdt_port){ .context = u,
                              .write = port_write,
                              .read = port_read,
                              .drain = port_drain,
                              .bytes_a_second = (unsigned)u->rate / BITS_A_BYTE };
}

/* ---- opening ------------------------------------------------------------------------- */

/* Raw, 8N1, no flow control, no modem lines; reads never wait by themselves. */
static int set_line(int fd, speed_t speed)
{
    struct termios t;
    if (tcgetattr(fd, &t))
        return -errno;
    cfmakeraw(&t);
    t.c_cflag &= ~(tcflag_t)(CSTOPB | CRTSCTS | PARENB);
    t.c_cflag |= CS8 | CREAD | CLOCAL;
    t.c_cc[VMIN] = 1; /* so that "no byte" is an error of its own, and 0 is the end of the line */
    t.c_cc[VTIME] = 0;
    if (cfsetispeed(&t, speed) || cfsetospeed(&t, speed) || tcsetattr(fd, TCSANOW, &t) ||
        tcflush(fd, TCIOFLUSH))
        return -errno;
    return 0;
}

/* One question at the speed that is set. 0: a whole, true frame came that answers it; a yes or an honest no. */
static int ask_status(struct sdt_uart *u, const struct clock *clock)
{
    struct sdt_port port = sdt_uart_port(u);
    struct sdt_parser parser;
    struct sdt_reply reply = { 0 };
    uint8_t request[SDT_REQUEST_MAX], piece[PIECE];
    const struct sdt_command *c = sdt_command(SDT_STATUS);
    bool has_heard = false;
    int64_t end = clock->boot_ms(clock) + SDT_UART_ASK_MS;
    int r = port.write(u, request, sdt_request(request, c->command, c->parameter, NULL, 0),
                       SDT_UART_ASK_MS);
    sdt_parser_start(&parser, 4);
    for (int parsed = SDT_E_MORE; !r && parsed;) {
        int64_t left = end - clock->boot_ms(clock);
        size_t got = 0, taken = 0;
        left = has_heard && left > QUIET_MS ? QUIET_MS : left;
        r = left > 0 ? port.read(u, piece, sizeof(piece), (int)left, &got) : SDT_E_TIMEOUT;
        has_heard |= got > 0;
        for (size_t at = 0; !r && parsed && at < got; at += taken) {
            parsed = sdt_parser_feed(&parser, piece + at, got - at, &taken, &reply);
            if (parsed && parsed != SDT_E_MORE)
                sdt_parser_start(&parser, 4); /* noise that looked like the beginning of a frame */
        }
    }
    if (!r)
        r = sdt_judge(SDT_STATUS, &reply);
    return r == SDT_E_STATUS ? 0 : r;
}

static int find_rate(struct sdt_uart *u, const struct clock *clock)
{
    for (size_t i = 0; i < SDT_UART_RATES; i++) {
        u->rate = sdt_uart_rates[i];
        int r = set_line(u->fd, speeds[i]);
        if (!r)
            r = ask_status(u, clock);
        if (r <= 0)
            return r;
        if (r == SDT_E_GONE)
            return -ENODEV;
    }
    return -ETIMEDOUT;
}

int sdt_uart_open(struct sdt_uart *out, const char *path, const struct clock *clock)
{
    struct sdt_uart u = { .fd = open(path, O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC) };
    if (u.fd < 0)
        return -errno;
    int r = !isatty(u.fd) ? -ENOTTY : ioctl(u.fd, TIOCEXCL) ? -errno : find_rate(&u, clock);
    if (r)
        sdt_uart_close(&u);
    else
        *out = u;
    return r;
}

void sdt_uart_close(struct sdt_uart *u)
{
    if (u->fd >= 0)
        close(u->fd);
    *u = (struct sdt_uart){ .fd = -1 };
}
