#include "ui/present/dumb.h"

#include <fcntl.h>
#include <linux/kd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>
#include <xf86drm.h>
#include <xf86drmMode.h>

#include "firmware/base/log.h"
#include "ui/present/driver.h"

enum { CARDS = 4, MODES_MAX = 64 };

struct dumb {
    struct presenter base;
    int card; /* the display driver; the first that opens it is its master */
    int wakeup;
    uint32_t crtc, connector, frame, handle;
    drmModeModeInfo mode;
    struct scanout scanout;
    size_t mapped_bytes;
    struct evdev *input;
    bool has_console;
    int console_keys; /* mode of the keyboard before, of standard input's terminal */
};

/* ---- the panel ----------------------------------------------------------------------- */

static bool choose_mode(struct dumb *d, const drmModeConnector *c, int width, int height)
{
    struct scan_mode modes[MODES_MAX];
    size_t count = 0;
    for (int i = 0; i < c->count_modes && count < MODES_MAX; i++) {
        const drmModeModeInfo *m = &c->modes[i];
        modes[count++] = (struct scan_mode){ m->hdisplay, m->vdisplay, (int)m->vrefresh,
                                             (m->type & DRM_MODE_TYPE_PREFERRED) != 0,
                                             (m->flags & DRM_MODE_FLAG_INTERLACE) != 0 };
    }
    int at = scan_choose_mode(modes, count, d->scanout.turn, width, height);
    if (at >= 0)
        d->mode = c->modes[at];
    return at >= 0;
}

static uint32_t crtc_of(int card, const drmModeRes *res, const drmModeConnector *c)
{
    uint32_t found = 0;
    for (int i = 0; i < c->count_encoders && !found; i++) {
        drmModeEncoder *e = drmModeGetEncoder(card, c->encoders[i]);
        for (int k = 0; e && k < res->count_crtcs && !found; k++)
            if (e->possible_crtcs & 1u << k)
                found = res->crtcs[k];
        drmModeFreeEncoder(e);
    }
    return found;
}

/* Some panels never say that they are connected: they count when nothing else is. */
static bool choose_output(struct dumb *d, int width, int height, drmModeConnection wanted)
{
    drmModeRes *res = drmModeGetResources(d->card);
    bool is_found = false;
    for (int i = 0; res && i < res->count_connectors && !is_found; i++) {
        drmModeConnector *c = drmModeGetConnector(d->card, res->connectors[i]);
        if (c && c->connection == wanted && choose_mode(d, c, width, height)) {
            d->connector = c->connector_id;
            d->crtc = crtc_of(d->card, res, c);
            is_found = d->crtc != 0;
        }
        drmModeFreeConnector(c);
    }
    drmModeFreeResources(res);
    return is_found;
}

static int open_card(struct dumb *d, int width, int height)
{
    char path[32];
    for (int i = 0; i < CARDS; i++) {
        snprintf(path, sizeof(path), "/dev/dri/card%d", i);
        d->card = open(path, O_RDWR | O_CLOEXEC);
        if (d->card >= 0 && (choose_output(d, width, height, DRM_MODE_CONNECTED) ||
                             choose_output(d, width, height, DRM_MODE_UNKNOWNCONNECTION)))
            return 0;
        if (d->card >= 0)
            close(d->card);
        d->card = -1;
    }
    log_line(LOG_WARNING, "present", "no display is connected");
    return -ENODEV;
}

static int make_buffer(struct dumb *d)
{
    struct drm_mode_create_dumb make = { .width = d->mode.hdisplay,
                                         .height = d->mode.vdisplay,
                                         .bpp = 32 };
    if (drmIoctl(d->card, DRM_IOCTL_MODE_CREATE_DUMB, &make))
        return fault_raise(-errno);
    d->handle = make.handle;
    struct drm_mode_map_dumb map = { .handle = make.handle };
    if (drmModeAddFB(d->card, make.width, make.height, 24, 32, make.pitch, make.handle,
                     &d->frame) ||
        drmIoctl(d->card, DRM_IOCTL_MODE_MAP_DUMB, &map))
        return fault_raise(-errno);
    void *pixels =
        mmap(NULL, make.size, PROT_READ | PROT_WRITE, MAP_SHARED, d->card, (off_t)map.offset);
    if (pixels == MAP_FAILED)
        return fault_raise(-errno);
    d->mapped_bytes = make.size;
    d->scanout.pixels = pixels;
    d->scanout.width = (int)make.width;
    d->scanout.height = (int)make.height;
    d->scanout.pitch_bytes = make.pitch;
    memset(pixels, 0, make.size);
    return 0;
}

static int light_up(struct dumb *d)
{
    if (!drmModeSetCrtc(d->card, d->crtc, d->frame, 0, 0, &d->connector, 1, &d->mode))
        return 0;
    int r = -errno;
    log_line(LOG_WARNING, "present", "the display is not ours: %s", strerrorname_np(-r));
    return r == -EACCES || r == -EBUSY ? -ENODEV : fault_raise(r);
}

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
    drmModeClip clips[DAMAGE_RECTS];
    uint32_t count = 0;
    for (int i = 0; i < damage->count; i++) {
        struct rect r = scan_copy(&d->scanout, c, damage->rects[i]);
        if (!rect_is_empty(r))
            clips[count++] = (drmModeClip){ (uint16_t)r.x, (uint16_t)r.y, (uint16_t)(r.x + r.w),
                                            (uint16_t)(r.y + r.h) };
    }
    /* Displays that read the buffer by themselves do not know this call. */
    int r = count ? drmModeDirtyFB(d->card, d->frame, clips, count) : 0;
    d->base.has_failed = r && r != -ENOSYS;
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

/* What was shown is wiped: the next program to map the display's memory may not see the last page. */
static const char *dumb_panel(const struct presenter *p)
{
    return evdev_panel(((const struct dumb *)p)->input);
}

static void dumb_free(struct presenter *p)
{
    struct dumb *d = (struct dumb *)p;
    evdev_free(d->input);
    if (d->scanout.pixels) {
        explicit_bzero(d->scanout.pixels, d->mapped_bytes);
        munmap(d->scanout.pixels, d->mapped_bytes);
    }
    if (d->frame)
        drmModeRmFB(d->card, d->frame);
    if (d->handle) {
        struct drm_mode_destroy_dumb end = { .handle = d->handle };
        drmIoctl(d->card, DRM_IOCTL_MODE_DESTROY_DUMB, &end);
    }
    restore_console(d);
    if (d->card >= 0)
        close(d->card);
    if (d->wakeup >= 0)
        close(d->wakeup);
    free(d);
}

static int start(struct dumb *d, const struct dumb_panel *panel, int width, int height)
{
    d->scanout.turn = panel->turn;
    d->wakeup = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (d->wakeup < 0)
        return fault_raise(-errno);
    int r = open_card(d, width, height);
    if (!r)
        r = make_buffer(d);
    if (r)
        return r;
    scan_place(&d->scanout, width, height);
    silence_console(d);
    r = light_up(d);
    if (!r)
        r = evdev_new(&d->input, "/dev/input", panel->touch, scan_glass(&d->scanout),
                      d->scanout.picture);
    if (!r)
        log_line(LOG_NOTICE, "present", "display %dx%d, %u Hz, %zu touch panels", d->scanout.width,
                 d->scanout.height, d->mode.vrefresh, evdev_count(d->input));
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
    d->card = d->wakeup = -1;
    int r = start(d, panel, width, height);
    if (r)
        dumb_free(&d->base);
    else
        *out = &d->base;
    return r;
}
