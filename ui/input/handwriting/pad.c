/* What the pad asks of the recogniser beyond one list of points. */
#include <math.h>
#include <string.h>

#include "ui/input/handwriting/handwriting.h"

/* Where stroke `nth` begins among the points; the number of points if there is none. */
static size_t start_of(const struct ink *ink, size_t nth)
{
    size_t i = 0;
    for (; i < ink->point_count; i++)
        if (ink->points[i].is_start && !nth--)
            break;
    return i;
}

size_t handwriting_recognise_ink(const struct handwriting *hw, const struct ink *ink, size_t first,
                                 struct handwriting_candidate *out, size_t max)
{
    struct handwriting_point points[INK_POINTS_MAX];
    size_t count = 0;
    for (size_t i = start_of(ink, first); i < ink->point_count; i++) {
        const struct ink_point *p = &ink->points[i];
        points[count++] = (struct handwriting_point){ p->x, p->y, p->is_start };
    }
    size_t found = handwriting_recognise(hw, points, count, out, max);
    explicit_bzero(points, count * sizeof(points[0]));
    return found;
}

struct box {
    int left, top, right, bottom;
};

static struct box box_of(const struct ink *ink, size_t from, size_t to)
{
    struct box b = { ink->points[from].x, ink->points[from].y, ink->points[from].x,
                     ink->points[from].y };
    for (size_t i = from; i < to; i++) {
        const struct ink_point *p = &ink->points[i];
        b.left = p->x < b.left ? p->x : b.left;
        b.right = p->x > b.right ? p->x : b.right;
        b.top = p->y < b.top ? p->y : b.top;
        b.bottom = p->y > b.bottom ? p->y : b.bottom;
    }
    return b;
}

bool handwriting_is_beside(const struct ink *ink, size_t first, size_t next)
{
    size_t from = start_of(ink, first), to = start_of(ink, next), end = start_of(ink, next + 1);
    if (next <= first || from >= to || to >= end)
        return false;
    struct box old = box_of(ink, from, to), new = box_of(ink, to, end);
    int wide = old.right - old.left, high = old.bottom - old.top, side = wide > high ? wide : high;
    /* A left part alone is about half as wide as high, and its right part follows within another
     * half: only what begins beyond a whole character's width is another one. */
    int edge = old.right > old.left + side * 9 / 10 ? old.right : old.left + side * 9 / 10;
    return side > 0 && ink->points[to].x > edge && new.left > old.right;
}
