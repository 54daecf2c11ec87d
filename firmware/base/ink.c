#include "firmware/base/ink.h"

#include <stdlib.h>
#include <string.h>

static int16_t clamped(int v, int16_t size)
{
    return (int16_t)(v < 0 ? 0 : v >= size ? size - 1 : v);
}

static bool add(struct ink *ink, int x, int y, int64_t now_ms, bool is_start)
{
    if (ink->point_count == INK_POINTS_MAX)
        return false;
    if (!ink->point_count)
        ink->began_ms = now_ms;
    ink->points[ink->point_count++] =
        (struct ink_point){ clamped(x, ink->width), clamped(y, ink->height),
                            (uint32_t)(now_ms - ink->began_ms), is_start };
    return true;
}

bool ink_begin(struct ink *ink, int x, int y, int64_t now_ms)
{
    if (ink->stroke_count == INK_STROKES_MAX || !add(ink, x, y, now_ms, true))
        return false;
    ink->stroke_count++;
    ink->is_down = true;
    return true;
}

bool ink_move(struct ink *ink, int x, int y, int64_t now_ms)
{
    if (!ink->is_down || !ink->point_count)
        return false;
    const struct ink_point *last = &ink->points[ink->point_count - 1];
    int dx = clamped(x, ink->width) - last->x, dy = clamped(y, ink->height) - last->y;
    return dx * dx + dy * dy >= 4 && add(ink, x, y, now_ms, false);
}

bool ink_end(struct ink *ink)
{
    bool was_down = ink->is_down;
    ink->is_down = false;
    return was_down;
}

bool ink_undo(struct ink *ink)
{
    if (!ink->stroke_count)
        return false;
    size_t at = ink->point_count;
    while (at && !ink->points[at - 1].is_start)
        at--;
    at -= at > 0;
    explicit_bzero(ink->points + at, (ink->point_count - at) * sizeof(ink->points[0]));
    ink->point_count = at;
    ink->stroke_count--;
    ink->is_down = false;
    return true;
}

void ink_clear(struct ink *ink)
{
    int16_t width = ink->width, height = ink->height;
    explicit_bzero(ink, sizeof(*ink));
    ink->width = width;
    ink->height = height;
}

bool ink_is_written(const struct ink *ink)
{
    int path = 0;
    for (size_t i = 1; i < ink->point_count; i++) {
        const struct ink_point *a = &ink->points[i - 1], *b = &ink->points[i];
        if (!b->is_start)
            path += abs(a->x - b->x) + abs(a->y - b->y);
    }
    return path >= 40;
}
