/* The figures that are kept of pictures: a text file of lines "key sha256-of-the-pixels", sorted. */
#pragma once

#include <stddef.h>

#include "ui/canvas/canvas.h"

enum { KEPT_SUM = 65, KEPT_KEY = 160 };

struct kept_row {
    char key[KEPT_KEY], sum[KEPT_SUM];
};

struct kept {
    struct kept_row *rows;
    size_t count, room;
};

void kept_sum(char out[KEPT_SUM], const struct canvas *c);
/* NULL: not kept. */
const char *kept_find(const struct kept *k, const char *key);
void kept_set(struct kept *k, const char *key, const char *sum);
NODISCARD int kept_load(struct kept *k, const char *path);
NODISCARD int kept_save(struct kept *k, const char *path);
void kept_free(struct kept *k);
/* <folder>/<key>.diff.png: what is grey is as in <folder>/<key>.png, what is red is not. Without
 * that file nothing is written. */
void kept_difference(const struct canvas *c, const char *folder, const char *key);
