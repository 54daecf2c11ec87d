#include "ui/present/kms.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>
#include <xf86drm.h>

#include "firmware/base/log.h"

enum { CARDS = 4, MODES_MAX = 64 };

/* ---- the panel ----------------------------------------------------------------------- */

static bool choose_mode(struct kms *k, const drmModeConnector *c, int width, int height)
{
    struct scan_mode modes[MODES_MAX];
    size_t count = 0;
    for (int i = 0; i < c->count_modes && count < MODES_MAX; i++) {
        const drmModeModeInfo *m = &c->modes[i];
        modes[count++] = (struct scan_mode){ m->hdisplay, m->vdisplay, (int)m->vrefresh,
                                             (m->type & DRM_MODE_TYPE_PREFERRED) != 0,
                                             (m->flags & DRM_MODE_FLAG_INTERLACE) != 0 };
    }
    int at = scan_choose_mode(modes, count, k->scanout.turn, width, height);
    if (at >= 0)
        k->mode = c->modes[at];
    return at >= 0;
}

static uint32_t crtc_of(int card, const drmModeRes *res, const drmModeConnector *c)
{
    uint32_t found = 0;
    for (int i = 0; i < c->count_encoders && !found; i++) {
        drmModeEncoder *e = drmModeGetEncoder(card, c->encoders[i]);
        for (int n = 0; e && n < res->count_crtcs && !found; n++)
            if (e->possible_crtcs & 1u << n)
                found = res->crtcs[n];
        drmModeFreeEncoder(e);
    }
    return found;
}

/* Some panels never say that they are connected: they count when nothing else is. */
static bool choose_output(struct kms *k, int width, int height, drmModeConnection wanted)
{
    drmModeRes *res = drmModeGetResources(k->card);
    bool is_found = false;
    for (int i = 0; res && i < res->count_connectors && !is_found; i++) {
        drmModeConnector *c = drmModeGetConnector(k->card, res->connectors[i]);
        if (c && c->connection == wanted && choose_mode(k, c, width, height)) {
            k->connector = c->connector_id;
            k->crtc = crtc_of(k->card, res, c);
            is_found = k->crtc != 0;
        }
        drmModeFreeConnector(c);
    }
    drmModeFreeResources(res);
    return is_found;
}

static int open_card(struct kms *k, int width, int height)
{
    char path[32];
    for (int i = 0; i < CARDS; i++) {
        snprintf(path, sizeof(path), "/dev/dri/card%d", i);
        k->card = open(path, O_RDWR | O_CLOEXEC);
        if (k->card >= 0 && (choose_output(k, width, height, DRM_MODE_CONNECTED) ||
                             choose_output(k, width, height, DRM_MODE_UNKNOWNCONNECTION)))
            return drmIsMaster(k->card) ? 0 : -EBUSY;
        if (k->card >= 0)
            close(k->card);
        k->card = -1;
    }
    return -ENODEV;
}

static int make_buffer(struct kms *k)
{
    struct drm_mode_create_dumb make = { .width = k->mode.hdisplay,
                                         .height = k->mode.vdisplay,
                                         .bpp = 32 };
    if (drmIoctl(k->card, DRM_IOCTL_MODE_CREATE_DUMB, &make))
        return fault_raise(-errno);
    k->handle = make.handle;
    struct drm_mode_map_dumb map = { .handle = make.handle };
    if (drmModeAddFB(k->card, make.width, make.height, 24, 32, make.pitch, make.handle,
                     &k->frame) ||
        drmIoctl(k->card, DRM_IOCTL_MODE_MAP_DUMB, &map))
        return fault_raise(-errno);
    void *pixels =
        mmap(NULL, make.size, PROT_READ | PROT_WRITE, MAP_SHARED, k->card, (off_t)map.offset);
    if (pixels == MAP_FAILED)
        return fault_raise(-errno);
    k->mapped_bytes = make.size;
    k->scanout.pixels = pixels;
    k->scanout.width = (int)make.width;
    k->scanout.height = (int)make.height;
    k->scanout.pitch_bytes = make.pitch;
    memset(pixels, 0, make.size);
    return 0;
}

int kms_open(struct kms *k, enum turn turn, int width, int height)
{
    *k = (struct kms){ .card = -1, .scanout.turn = turn };
    int r = open_card(k, width, height);
    if (!r)
        r = make_buffer(k);
    if (!r)
        scan_place(&k->scanout, width, height);
    return r;
}

/* ---- the picture --------------------------------------------------------------------- */

static int light_up(struct kms *k)
{
    if (!drmModeSetCrtc(k->card, k->crtc, k->frame, 0, 0, &k->connector, 1, &k->mode)) {
        k->is_lit = true;
        return 0;
    }
    int r = -errno;
    log_line(LOG_WARNING, "present", "the display is not ours: %s", strerrorname_np(-r));
    return r == -EACCES || r == -EBUSY ? -EBUSY : fault_raise(r);
}

int kms_show(struct kms *k, const struct canvas *c, const struct damage *damage)
{
    drmModeClip clips[DAMAGE_RECTS];
    uint32_t count = 0;
    for (int i = 0; i < damage->count; i++) {
        struct rect r = scan_copy(&k->scanout, c, damage->rects[i]);
        if (!rect_is_empty(r))
            clips[count++] = (drmModeClip){ (uint16_t)r.x, (uint16_t)r.y, (uint16_t)(r.x + r.w),
                                            (uint16_t)(r.y + r.h) };
    }
    if (!count)
        return 0;
    int r = k->is_lit ? 0 : light_up(k);
    if (!r)
        r = drmModeDirtyFB(k->card, k->frame, clips, count);
    /* Displays that read the buffer by themselves do not know this call. */
    return r == -ENOSYS ? 0 : r;
}

int kms_let_go(struct kms *k)
{
    return drmDropMaster(k->card) ? fault_raise(-errno) : 0;
}

/* Not by drmModeGetCrtc(), which asks for memory with every answer. */
bool kms_is_shown(const struct kms *k)
{
    struct drm_mode_crtc now = { .crtc_id = k->crtc };
    return !drmIoctl(k->card, KMS_LOOK, &now) && now.fb_id == k->frame;
}

void kms_close(struct kms *k)
{
    if (k->scanout.pixels) {
        explicit_bzero(k->scanout.pixels, k->mapped_bytes);
        munmap(k->scanout.pixels, k->mapped_bytes);
    }
    if (k->frame)
        drmModeRmFB(k->card, k->frame);
    if (k->handle) {
        struct drm_mode_destroy_dumb end = { .handle = k->handle };
        drmIoctl(k->card, DRM_IOCTL_MODE_DESTROY_DUMB, &end);
    }
    if (k->card >= 0)
        close(k->card);
    *k = (struct kms){ .card = -1 };
}
