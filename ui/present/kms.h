/* A display of the kernel's (DRM/KMS) with one dumb buffer of memory: found, filled, lit, without X, compositor or
 * GPU. Inside ui/present, and for the program that a board shows before any other. One thread at a time. */
#pragma once

#include <xf86drmMode.h>

#include "firmware/base/fault.h"
#include "ui/present/scanout.h"

#define KMS_LOOK DRM_IOCTL_MODE_GETCRTC

struct kms {
    int card; /* the display driver; the first that opens it is its master */
    uint32_t crtc, connector, frame, handle;
    drmModeModeInfo mode;
    struct scanout scanout;
    size_t mapped_bytes;
    bool is_lit;
};

/* Takes the first display with a connected panel, and a black buffer for a picture of this size (after the turn).
 * What the panel shows stays: another picture is not replaced by black. -ENODEV: there is none; -EBUSY: it is another
 * program's (neither is logged); or a fault. End with kms_close() in every case. */
NODISCARD int kms_open(struct kms *k, enum turn turn, int width, int height);
/* Copy what changed and, with the first picture, light the panel, which takes up to about 1 s where its mode changes
 * and nothing where it does not. 0, or -EBUSY: the display has become another's; or a fault. */
NODISCARD int kms_show(struct kms *k, const struct canvas *c, const struct damage *damage);
/* Who opens the display next is its master; the picture stays until that one shows another. 0 or a fault. */
NODISCARD int kms_let_go(struct kms *k);
/* Does the panel still show it? One ioctl, KMS_LOOK, and nothing else of the kernel. */
bool kms_is_shown(const struct kms *k);
/* What was shown is wiped: the next program to map the display's memory may not see the last page. */
void kms_close(struct kms *k);
