#include "ui/input/handwriting/ink_line.h"

#include <stdlib.h>
#include <string.h>

/* How many points all strokes have together. -1: more than may be. */
static int64_t count_of(const json_t *strokes)
{
    int64_t count = 0;
    for (size_t i = 0; i < json_array_size(strokes); i++)
        count += (int64_t)json_array_size(json_array_get(strokes, i));
    return count > INK_LINE_POINTS_MAX ? -1 : count;
}

static void read_point(struct json_reader *r, struct handwriting_point *out, const json_t *point)
{
    const json_t *x = json_array_get(point, 0), *y = json_array_get(point, 1);
    if (!json_is_number(x) || !json_is_number(y)) {
        json_complain(r, "must be [x, y] or [x, y, ms]");
        return;
    }
    double dx = json_number_value(x), dy = json_number_value(y);
    /* Beyond what a float holds is beyond any pad; the recogniser leaves such points out. */
    out->x = dx > 1e30 || dx < -1e30 ? 1e30f : (float)dx;
    out->y = dy > 1e30 || dy < -1e30 ? 1e30f : (float)dy;
}

static void read_stroke(struct json_reader *r, struct handwriting_point *out, const json_t *stroke)
{
    if (!json_is_array(stroke)) {
        json_complain(r, "must be an array of points");
        return;
    }
    for (size_t i = 0; i < json_array_size(stroke) && json_is_clean(r); i++) {
        json_enter_index(r, i);
        out[i].is_start = !i;
        read_point(r, &out[i], json_array_get(stroke, i));
        json_leave(r);
    }
}

static int read_strokes(struct json_reader *r, struct handwriting_point **points, size_t *count,
                        const json_t *document)
{
    const json_t *strokes = json_object_get(document, "strokes");
    if (!json_is_array(strokes)) {
        json_complain(r, "there is no array \"strokes\"");
        return 0;
    }
    int64_t total = count_of(strokes);
    if (total < 0) {
        json_complain(r, "more than %d points", INK_LINE_POINTS_MAX);
        return 0;
    }
    struct handwriting_point *all = calloc((size_t)total + 1, sizeof(*all));
    if (!all)
        return fault_raise(-ENOMEM);
    size_t at = 0;
    json_enter(r, "strokes");
    for (size_t i = 0; i < json_array_size(strokes) && json_is_clean(r); i++) {
        const json_t *stroke = json_array_get(strokes, i);
        json_enter_index(r, i);
        read_stroke(r, all + at, stroke);
        json_leave(r);
        at += json_array_size(stroke);
    }
    json_leave(r);
    *points = all;
    *count = at;
    return 0;
}

int ink_line_read(struct handwriting_point **points, size_t *count, const char *line, size_t length,
                  char complaint[JSON_COMPLAINT])
{
    struct json_reader r = { 0 };
    AUTO(json_release) json_t *document = json_parse(line, length, complaint);
    *points = NULL;
    *count = 0;
    if (!document)
        return INK_LINE_E_BAD;
    int fault = read_strokes(&r, points, count, document);
    if (fault)
        return fault;
    if (json_is_clean(&r))
        return 0;
    memcpy(complaint, r.complaint, JSON_COMPLAINT);
    free(*points);
    *points = NULL;
    *count = 0;
    return INK_LINE_E_BAD;
}
