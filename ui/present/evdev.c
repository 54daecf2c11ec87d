#include "ui/present/evdev.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "firmware/base/log.h"

enum { NAME_BYTES = 128, PATH_BYTES = 320, EVENTS_AT_ONCE = 64 };

struct touch_panel {
    int fd; /* -1: free */
    char node[32], name[EVDEV_NAME];
    struct evdev_touch touch;
};

struct evdev {
    const char *folder;
    const struct touch_model *models;
    struct rect glass, picture;
    int watch;   /* inotify on the folder */
    size_t last; /* panel whose touch was taken last */
    struct touch_panel panels[EVDEV_PANELS];
};

const struct touch_model *touch_model_find(const struct touch_model *models, uint16_t vendor,
                                           uint16_t product, const char *name)
{
    for (const struct touch_model *m = models; m->vendor || m->name; m++)
        if (m->vendor ? m->vendor == vendor && m->product == product : !strcmp(m->name, name))
            return m;
    return NULL;
}

/* ---- opening ------------------------------------------------------------------------- */

static bool has_bit(const uint8_t *bits, unsigned bit)
{
    return bits[bit / 8] >> bit % 8 & 1;
}

static struct evdev_axis axis_of(int fd, unsigned code)
{
    struct input_absinfo info = { 0 };
    if (ioctl(fd, EVIOCGABS(code), &info) < 0)
        return (struct evdev_axis){ 0, 0 };
    return (struct evdev_axis){ info.minimum, info.maximum };
}

/* False: it has no absolute axes, whatever its ids say. */
static bool learn_axes(struct evdev_touch *t, int fd)
{
    uint8_t bits[ABS_CNT / 8 + 1] = { 0 };
    if (ioctl(fd, EVIOCGBIT(EV_ABS, sizeof(bits)), bits) < 0)
        return false;
    bool is_multi = has_bit(bits, ABS_MT_SLOT) && has_bit(bits, ABS_MT_POSITION_X) &&
                    has_bit(bits, ABS_MT_POSITION_Y);
    if (!is_multi && !(has_bit(bits, ABS_X) && has_bit(bits, ABS_Y)))
        return false;
    evdev_touch_start(t, axis_of(fd, is_multi ? ABS_MT_POSITION_X : ABS_X),
                      axis_of(fd, is_multi ? ABS_MT_POSITION_Y : ABS_Y), is_multi);
    return true;
}

/* A finger that lies on the glass while the program starts is an old one. */
static void learn_slots(struct touch_panel *p)
{
    struct {
        __u32 code;
        int ids[EVDEV_SLOTS];
    } ask = { .code = ABS_MT_TRACKING_ID };
    struct input_absinfo slot = { 0 };
    for (size_t i = 0; i < EVDEV_SLOTS; i++)
        ask.ids[i] = -1;
    if (!p->touch.is_multi || ioctl(p->fd, EVIOCGMTSLOTS(sizeof(ask)), &ask) < 0 ||
        ioctl(p->fd, EVIOCGABS(ABS_MT_SLOT), &slot) < 0)
        evdev_touch_resync(&p->touch, 0, NULL, 0);
    else
        evdev_touch_resync(&p->touch, slot.value, ask.ids, EVDEV_SLOTS);
}

void evdev_name(char out[EVDEV_NAME], const char *name)
{
    static const char plain[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789 .:_-";
    size_t i = 0;
    for (; name[i] && i + 1 < EVDEV_NAME; i++)
        out[i] = strchr(plain, name[i]) ? name[i] : '_';
    out[i] = 0;
    if (!i)
        snprintf(out, EVDEV_NAME, "unnamed");
}

static const struct touch_model *model_of(const struct evdev *e, int fd, char name[NAME_BYTES])
{
    struct input_id id = { 0 };
    if (ioctl(fd, EVIOCGID, &id) < 0 || ioctl(fd, EVIOCGNAME(NAME_BYTES - 1), name) < 0)
        return NULL;
    return touch_model_find(e->models, id.vendor, id.product, name);
}

static void take_up(struct evdev *e, struct touch_panel *p, int fd, const char *node)
{
    char name[NAME_BYTES] = "";
    const struct touch_model *model = model_of(e, fd, name);
    if (!model || !learn_axes(&p->touch, fd)) {
        close(fd);
        return;
    }
    /* Nobody else (the console's gpm, a debugging tool) reads what is touched here. */
    if (ioctl(fd, EVIOCGRAB, 1))
        log_line(LOG_WARNING, "present", "touch panel is not ours alone: %s",
                 strerrorname_np(errno));
    p->fd = fd;
    snprintf(p->node, sizeof(p->node), "%s", node);
    evdev_name(p->name, name);
    evdev_touch_place(&p->touch, model->lie, e->glass, e->picture);
    learn_slots(p);
    log_line(LOG_NOTICE, "present", "touch panel %s: %s", node,
             p->touch.is_multi ? "multi-touch" : "one pointer");
}

static void look_at(struct evdev *e, const char *node)
{
    char path[PATH_BYTES];
    struct touch_panel *free_place = NULL;
    for (size_t i = 0; i < EVDEV_PANELS; i++) {
        struct touch_panel *p = &e->panels[i];
        if (p->fd >= 0 && !strcmp(p->node, node))
            return;
        if (p->fd < 0 && !free_place)
            free_place = p;
    }
    if (!free_place || strlen(node) >= sizeof(free_place->node))
        return;
    snprintf(path, sizeof(path), "%s/%s", e->folder, node);
    int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    if (fd >= 0) /* otherwise udev's rules do not give it to us: not a touch panel */
        take_up(e, free_place, fd, node);
}

static void look_around(struct evdev *e)
{
    DIR *d = opendir(e->folder);
    struct dirent *entry;
    while (d && (entry = readdir(d)))
        if (!strncmp(entry->d_name, "event", 5))
            look_at(e, entry->d_name);
    if (d)
        closedir(d);
}

/* ---- reading ------------------------------------------------------------------------- */

static void drop(struct touch_panel *p)
{
    log_line(LOG_WARNING, "present", "touch panel %s is gone", p->node);
    evdev_touch_end(&p->touch);
    close(p->fd);
    p->fd = -1;
}

/* The kernel gives whole events only. */
static void read_panel(struct touch_panel *p)
{
    struct input_event events[EVENTS_AT_ONCE];
    ssize_t n = read(p->fd, events, sizeof(events));
    if (n == 0 || (n < 0 && errno != EAGAIN && errno != EINTR)) {
        drop(p);
        return;
    }
    for (size_t i = 0; n > 0 && i < (size_t)n / sizeof(events[0]); i++)
        if (evdev_touch_take(&p->touch, &events[i]))
            learn_slots(p);
}

/* udev sets the owner after the node is there, so a change of attributes is news as well. */
static bool has_news(const struct evdev *e)
{
    _Alignas(struct inotify_event) char news[4096];
    bool any = false;
    while (read(e->watch, news, sizeof(news)) > 0)
        any = true;
    return any;
}

void evdev_read(struct evdev *e)
{
    for (size_t i = 0; i < EVDEV_PANELS; i++)
        if (e->panels[i].fd >= 0)
            read_panel(&e->panels[i]);
    if (has_news(e))
        look_around(e);
}

bool evdev_next(struct evdev *e, struct input *out)
{
    for (size_t i = 0; i < EVDEV_PANELS; i++)
        if (evdev_touch_next(&e->panels[i].touch, out)) {
            e->last = i;
            return true;
        }
    return false;
}

const char *evdev_panel(const struct evdev *e)
{
    for (size_t i = 0; i < EVDEV_PANELS; i++) {
        const struct touch_panel *p = &e->panels[(e->last + i) % EVDEV_PANELS];
        if (p->fd >= 0)
            return p->name;
    }
    return "";
}

size_t evdev_polls(const struct evdev *e, struct pollfd *polls)
{
    size_t count = 0;
    polls[count++] = (struct pollfd){ .fd = e->watch, .events = POLLIN };
    for (size_t i = 0; i < EVDEV_PANELS; i++)
        if (e->panels[i].fd >= 0)
            polls[count++] = (struct pollfd){ .fd = e->panels[i].fd, .events = POLLIN };
    return count;
}

size_t evdev_count(const struct evdev *e)
{
    size_t count = 0;
    for (size_t i = 0; i < EVDEV_PANELS; i++)
        count += e->panels[i].fd >= 0;
    return count;
}

void evdev_free(struct evdev *e)
{
    if (!e)
        return;
    for (size_t i = 0; i < EVDEV_PANELS; i++)
        if (e->panels[i].fd >= 0)
            close(e->panels[i].fd);
    if (e->watch >= 0)
        close(e->watch);
    free(e);
}

int evdev_new(struct evdev **out, const char *folder, const struct touch_model *models,
              struct rect glass, struct rect picture)
{
    struct evdev *e = calloc(1, sizeof(*e));
    if (!e)
        return fault_raise(-ENOMEM);
    *e = (struct evdev){ folder, models, glass, picture, .watch = -1 };
    for (size_t i = 0; i < EVDEV_PANELS; i++)
        e->panels[i].fd = -1;
    e->watch = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
    if (e->watch < 0 || inotify_add_watch(e->watch, folder, IN_CREATE | IN_ATTRIB) < 0) {
        int r = fault_raise(-errno);
        evdev_free(e);
        return r;
    }
    look_around(e);
    *out = e;
    return 0;
}
