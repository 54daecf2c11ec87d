#include "ui/input/handwriting/trace.h"

#include <math.h>

/* A point every fortieth of the character: finer gained nothing, coarser lost the short strokes. */
static const float STEP = 1.0f / 40;
/* A dot of one touch is drawn as its writer meant it: short, to the lower right. */
static const float DOT = 0.05f;
static const float FARTHEST = 1e9f, LEAST_SIDE = 1e-20f; /* what can be divided by */

struct frame {
    float left, top, scale; /* of the drawn points, and what makes the longer side 1 */
    float step;
};

static bool is_usable(const struct handwriting_point *p)
{
    return fabsf(p->x) < FARTHEST && fabsf(p->y) < FARTHEST; /* false for a NaN, too */
}

static bool measure(struct frame *frame, const struct handwriting_point *points, size_t count)
{
    float path = 0, right = -FARTHEST, bottom = right;
    size_t last = count;
    frame->left = frame->top = FARTHEST;
    for (size_t i = 0; i < count; i++) {
        if (!is_usable(&points[i]))
            continue;
        frame->left = fminf(frame->left, points[i].x);
        frame->top = fminf(frame->top, points[i].y);
        right = fmaxf(right, points[i].x);
        bottom = fmaxf(bottom, points[i].y);
        if (last < count && !points[i].is_start)
            path += fabsf(points[i].x - points[last].x) + fabsf(points[i].y - points[last].y);
        last = i;
    }
    if (last == count)
        return false;
    float side = fmaxf(right - frame->left, bottom - frame->top);
    frame->scale = side > LEAST_SIDE ? 1 / side : 0;
    /* A scribble gets wider steps, so that the whole of it fits. */
    frame->step = fmaxf(STEP, path * frame->scale / (TRACE_POINTS_MAX - 3 * TRACE_STROKES_MAX));
    return true;
}

static void put(struct trace *trace, float x, float y, bool is_start)
{
    if (trace->count == TRACE_POINTS_MAX)
        return;
    trace->x[trace->count] = x;
    trace->y[trace->count] = y;
    trace->is_start[trace->count++] = is_start;
}

/* The end of a stroke: its very last place, and if it had only one, the rest of the dot. */
static void finish(struct trace *trace, float x, float y)
{
    if (!trace->count)
        return;
    size_t i = trace->count - 1;
    if (x != trace->x[i] || y != trace->y[i])
        put(trace, x, y, false);
    else if (trace->is_start[i])
        put(trace, x + DOT, y + DOT, false);
}

/* From the last place to (x, y): a point at every step of the way. `walked` is the part of a step
 * that is behind us. */
static void walk(struct trace *trace, const struct frame *frame, float *walked, float fx, float fy,
                 float x, float y)
{
    float dx = x - fx, dy = y - fy, length = sqrtf(dx * dx + dy * dy);
    float at = frame->step - *walked;
    while (at <= length) {
        put(trace, fx + dx * at / length, fy + dy * at / length, false);
        at += frame->step;
    }
    *walked = length - (at - frame->step);
}

bool trace_make(struct trace *trace, const struct handwriting_point *points, size_t count)
{
    struct frame frame = { 0 };
    float px = 0, py = 0, walked = 0;
    size_t strokes = 0;
    bool is_start = true;
    trace->count = 0;
    if (!measure(&frame, points, count))
        return false;
    for (size_t i = 0; i < count; i++) {
        is_start = is_start || points[i].is_start; /* its first point may have been unusable */
        if (!is_usable(&points[i]))
            continue;
        float x = (points[i].x - frame.left) * frame.scale;
        float y = (points[i].y - frame.top) * frame.scale;
        if (is_start) {
            finish(trace, px, py);
            if (strokes++ == TRACE_STROKES_MAX)
                return true;
            put(trace, x, y, true);
            walked = 0;
        } else {
            walk(trace, &frame, &walked, px, py, x, y);
        }
        px = x;
        py = y;
        is_start = false;
    }
    finish(trace, px, py);
    return true;
}
