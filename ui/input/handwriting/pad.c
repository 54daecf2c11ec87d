/* What the pad asks of the recogniser beyond one list of points. */
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
