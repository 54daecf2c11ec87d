/* The picture that a board shows while it starts, as it lies in the initramfs: drawn when the image is made, since neither
 * fonts nor a root are there yet. 32-bit words, little-endian, row by row: how many pixels less one in the top byte, below it
 * their colour 0xRRGGBB. Flat colours make it small; no library is needed to read it. */
#pragma once

#include "ui/canvas/canvas.h"

/* 0 or a fault. */
NODISCARD int start_picture_write(const struct canvas *c, const char *path);
/* Into a canvas of the size it was written from. 0; -ENOENT: there is none; -EINVAL: it is not of this size. */
NODISCARD int start_picture_read(struct canvas *c, const char *path);
