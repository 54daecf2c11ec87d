/* A sheet of many pictures made small, to look at all of them at once. */
#pragma once

#include "ui/canvas/canvas.h"

struct sheet; /* body in sheet.c */

/* For `count` pictures of that size. NULL without memory. */
struct sheet *contact_new(int width, int height, size_t count);
/* NULL is fine. */
void contact_add(struct sheet *s, const struct canvas *c);
void contact_write(const struct sheet *s, const char *path);
void contact_free(struct sheet *s);
AUTO_DEFINE(struct sheet, contact_free)
