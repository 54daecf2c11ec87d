#include "ui/present/dumb.h"

#include <linux/kd.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "firmware/base/log.h"
#include "ui/present/driver.h"
#include "ui/present/kms.h"

struct dumb {
    struct presenter base;
    struct kms kms;
    int wakeup;
    struct evdev *input;
    bool has_console;
    int console_keys; /* mode of the keyboard before, of standard input's terminal */
};

/* ---- the console --------------------------------------------------------------------- */

static void silence_console(struct dumb *d)
{
    int mode;
    if (ioctl(STDIN_FILENO, KDGETMODE, &mode) || ioctl(STDIN_FILENO, KDGKBMODE, &d->console_keys))
        return; /* no virtual terminal: started by hand, or the kernel has none */
    d->has_console = true;
    if (ioctl(STDIN_FILENO, KDSKBMODE, K_OFF) || ioctl(STDIN_FILENO, KDSETMODE, KD_GRAPHICS))
        log_line(LOG_WARNING, "present", "the console may draw over the picture: %s",
                 strerrorname_np(errno));
}

static void restore_console(const struct dumb *d)
{
    if (d->has_console && (ioctl(STDIN_FILENO, KDSKBMODE, d->console_keys) ||
                           ioctl(STDIN_FILENO, KDSETMODE, KD_TEXT)))
        log_line(LOG_WARNING, "present", "the console stays silent: %s", strerrorname_np(errno));
}

/* ---- presenter ----------------------------------------------------------------------- */

static void dumb_show(struct presenter *p, const struct canvas *c, const struct damage *damage)
{
    struct dumb *d = (struct dumb *)p;
    d->base.has_failed = kms_show(&d->kms, c, damage) != 0;
}

static void dumb_wait(struct presenter *p, int limit_ms)
{
    struct dumb *d = (struct dumb *)p;
    struct pollfd polls[EVDEV_POLLS + 1] = { { .fd = d->wakeup, .events = POLLIN } };
    uint64_t count;
    size_t n = 1 + evdev_polls(d->input, polls + 1);
    if (poll(polls, n, limit_ms) <= 0)
        return;
    if (polls[0].revents && read(d->wakeup, &count, sizeof(count)) < 0)
        log_line(LOG_DEBUG, "present", "woken by nobody");
    evdev_read(d->input);
}

static bool dumb_next(struct presenter *p, struct input *out)
{
    return evdev_next(((struct dumb *)p)->input, out);
}

static void dumb_wake(struct presenter *p)
{
    uint64_t one = 1;
    if (write(((struct dumb *)p)->wakeup, &one, sizeof(one)) < 0)
        return; /* the counter is full: it is awake already */
}

static const char *dumb_panel(const struct presenter *p)
{
    return evdev_panel(((const struct dumb *)p)->input);
}

static void dumb_free(struct presenter *p)
{
    struct dumb *d = (struct dumb *)p;
    evdev_free(d->input);
    kms_close(&d->kms);
    restore_console(d);
    if (d->wakeup >= 0)
        close(d->wakeup);
    free(d);
}

static int start(struct dumb *d, const struct dumb_panel *panel, int width, int height)
{
    d->wakeup = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (d->wakeup < 0)
        return fault_raise(-errno);
    int r = kms_open(&d->kms, panel->turn, width, height);
    if (r) {
        log_line(LOG_WARNING, "present", "%s",
                 r == -EBUSY ? "the display is not ours" : "no display is connected");
        return r == -EBUSY ? -ENODEV : r;
    }
    silence_console(d);
    const struct scanout *s = &d->kms.scanout;
    r = evdev_new(&d->input, "/dev/input", panel->touch, scan_glass(s), s->picture);
    if (!r)
        log_line(LOG_NOTICE, "present", "display %dx%d, %u Hz, %zu touch panels", s->width,
                 s->height, d->kms.mode.vrefresh, evdev_count(d->input));
    return r;
}

int present_dumb(struct presenter **out, const struct dumb_panel *panel, int width, int height)
{
    static const struct present_driver driver = { dumb_show, dumb_wait,  dumb_next,
                                                  dumb_wake, dumb_panel, dumb_free };
    struct dumb *d = calloc(1, sizeof(*d));
    if (!d)
        return fault_raise(-ENOMEM);
    d->base.driver = &driver;
    d->kms.card = d->wakeup = -1;
    int r = start(d, panel, width, height);
    if (r)
        dumb_free(&d->base);
    else
        *out = &d->base;
    return r;
}
