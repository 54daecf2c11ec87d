#include "drivers/usb/gather.h"

#include <stdlib.h>
#include <string.h>

#include "drivers/usb/usb.h"

int gather_start(struct gather *g)
{
    *g = (struct gather){ .data = malloc(USB_GATHER_MAX) };
    return g->data ? 0 : fault_raise(-ENOMEM);
}

void gather_end(struct gather *g)
{
    if (g->data)
        explicit_bzero(g->data, USB_GATHER_MAX);
    free(g->data);
    *g = (struct gather){ 0 };
}

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* The bytes from position `at` of the ring that lie in one piece. */
static size_t piece(size_t at, size_t length)
{
    return least(length, USB_GATHER_MAX - at);
}

void gather_put(struct gather *g, const uint8_t *data, size_t length)
{
    if (g->has_lost)
        return;
    if (length > USB_GATHER_MAX - g->used) {
        length = USB_GATHER_MAX - g->used;
        g->has_lost = true;
    }
    size_t at = (g->first + g->used) % USB_GATHER_MAX, n = piece(at, length);
    memcpy(g->data + at, data, n);
    memcpy(g->data, data + n, length - n);
    g->used += length;
}

size_t gather_take(struct gather *g, uint8_t *out, size_t size)
{
    size = least(size, g->used);
    for (size_t done = 0; done < size;) {
        size_t n = piece(g->first, size - done);
        memcpy(out + done, g->data + g->first, n);
        explicit_bzero(g->data + g->first, n);
        g->first = (g->first + n) % USB_GATHER_MAX;
        g->used -= n;
        done += n;
    }
    return size;
}

void gather_empty(struct gather *g)
{
    explicit_bzero(g->data, USB_GATHER_MAX);
    g->first = g->used = 0;
    g->has_lost = false;
}
