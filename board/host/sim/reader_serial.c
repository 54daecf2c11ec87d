#include "board/host/sim/reader_serial.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

enum { BLOCK = 512, PATH_BYTES = 64, OUT_ENDPOINT = 0x01, IN_ENDPOINT = 0x81 };

struct sim_serial {
    struct sim_reader *reader;
    speed_t speed;
    int master, slave; /* the slave is kept open: without anybody there the master would hang up */
    char path[PATH_BYTES];
};

static const struct {
    int rate;
    speed_t speed;
} speeds[] = {
    { 115200, B115200 }, { 57600, B57600 }, { 38400, B38400 }, { 19200, B19200 }, { 9600, B9600 }
};

static int set_raw(int fd, speed_t speed)
{
    struct termios t;
    if (tcgetattr(fd, &t))
        return fault_raise(-errno);
    cfmakeraw(&t);
    return cfsetspeed(&t, speed) || tcsetattr(fd, TCSANOW, &t) ? fault_raise(-errno) : 0;
}

static int open_line(struct sim_serial *s)
{
    s->master = posix_openpt(O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
    if (s->master < 0 || grantpt(s->master) || unlockpt(s->master) ||
        ptsname_r(s->master, s->path, sizeof(s->path)))
        return fault_raise(-errno);
    s->slave = open(s->path, O_RDWR | O_NOCTTY | O_CLOEXEC);
    /* A fresh line is at none of the reader's speeds: whoever opens it has to set one. */
    return s->slave < 0 ? fault_raise(-errno) : set_raw(s->slave, B2400);
}

int sim_serial_new(struct sim_serial **out, struct sim_reader *r, int rate)
{
    AUTO(sim_serial_free) struct sim_serial *s = calloc(1, sizeof(*s));
    if (!s)
        return fault_raise(-ENOMEM);
    *s = (struct sim_serial){ .reader = r, .master = -1, .slave = -1, .speed = B0 };
    for (size_t i = 0; i < sizeof(speeds) / sizeof(speeds[0]); i++)
        if (speeds[i].rate == rate)
            s->speed = speeds[i].speed;
    int failed = s->speed == B0 ? -EINVAL : open_line(s);
    if (!failed)
        *out = TAKE(s);
    return failed;
}

void sim_serial_free(struct sim_serial *s)
{
    if (!s)
        return;
    if (s->slave >= 0)
        close(s->slave);
    if (s->master >= 0)
        close(s->master);
    free(s);
}

const char *sim_serial_path(const struct sim_serial *s)
{
    return s->path;
}

size_t sim_serial_polls(const struct sim_serial *s, struct pollfd polls[SIM_SERIAL_POLLS])
{
    polls[0] = (struct pollfd){ s->master, POLLIN, 0 };
    return SIM_SERIAL_POLLS;
}

static bool is_at_speed(const struct sim_serial *s)
{
    struct termios t;
    return !tcgetattr(s->slave, &t) && cfgetospeed(&t) == s->speed;
}

/* What a receiver makes of bits that are too long or too short. */
static void garble(uint8_t *data, size_t length)
{
    for (size_t i = 0; i < length; i++)
        data[i] = (uint8_t)(data[i] << 3 | data[i] >> 4) ^ 0x35;
}

static size_t send(struct sim_serial *s, const uint8_t *data, size_t length)
{
    ssize_t n = write(s->master, data, length);
    return n > 0 ? (size_t)n : 0;
}

size_t sim_serial_turn(struct sim_serial *s)
{
    struct sim_device *d = sim_reader_device(s->reader);
    uint8_t block[BLOCK];
    size_t sent = 0;
    ssize_t n = read(s->master, block, sizeof(block));
    bool is_clear = is_at_speed(s);
    if (n > 0 && !is_clear) {
        garble(block, (size_t)n);
        sent += send(s, block, (size_t)n); /* noise comes back too */
    }
    if (n > 0)
        (void)d->out(d, OUT_ENDPOINT, block, (size_t)n, 0);
    for (int more; (more = d->in(d, IN_ENDPOINT, block, sizeof(block), 0)) != SIM_NAK;) {
        if (more < 0) { /* a line has no halt: the reply is lost */
            d->clear_halt(d, IN_ENDPOINT);
            continue;
        }
        if (!is_clear)
            garble(block, (size_t)more);
        sent += send(s, block, (size_t)more);
    }
    explicit_bzero(block, sizeof(block));
    return sent;
}
