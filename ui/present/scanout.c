#include "ui/present/scanout.h"

#include <stdlib.h>
#include <string.h>

/* ---- mode ---------------------------------------------------------------------------- */

static bool is_sideways(enum turn turn)
{
    return turn == TURN_90 || turn == TURN_270;
}

static bool has_size(const struct scan_mode *m, enum turn turn, int width, int height)
{
    return is_sideways(turn) ? m->width == height && m->height == width
                             : m->width == width && m->height == height;
}

/* Higher is better; what stands first decides before what stands behind it. */
static int64_t worth(const struct scan_mode *m, enum turn turn, int width, int height)
{
    int64_t size = (int64_t)m->width * m->height; /* under 2^32 */
    int off = abs(m->refresh_hz - 60);
    int64_t value = !m->is_interlaced;
    value = value * 2 + has_size(m, turn, width, height);
    value = value * 2 + m->is_preferred;
    value = value * ((int64_t)1 << 32) + size;
    return value * 256 + (off < 255 ? 255 - off : 0);
}

int scan_choose_mode(const struct scan_mode *modes, size_t count, enum turn turn, int width,
                     int height)
{
    int best = -1;
    for (size_t i = 0; i < count; i++) {
        if (modes[i].width < 1 || modes[i].height < 1 || modes[i].width > UINT16_MAX ||
            modes[i].height > UINT16_MAX)
            continue;
        if (best < 0 ||
            worth(&modes[i], turn, width, height) > worth(&modes[best], turn, width, height))
            best = (int)i;
    }
    return best;
}

/* ---- place --------------------------------------------------------------------------- */

struct rect scan_glass(const struct scanout *s)
{
    return is_sideways(s->turn) ? (struct rect){ 0, 0, s->height, s->width }
                                : (struct rect){ 0, 0, s->width, s->height };
}

void scan_place(struct scanout *s, int canvas_width, int canvas_height)
{
    struct rect glass = scan_glass(s);
    int x = (glass.w - canvas_width) / 2, y = (glass.h - canvas_height) / 2;
    s->picture = rect_intersect(
        (struct rect){ x > 0 ? x : 0, y > 0 ? y : 0, canvas_width, canvas_height }, glass);
}

/* ---- copy ---------------------------------------------------------------------------- */

/* A rectangle of the upright glass as it is wired. */
static struct rect wired(const struct scanout *s, struct rect r)
{
    switch (s->turn) {
    case TURN_90:
        return (struct rect){ s->width - r.y - r.h, r.x, r.h, r.w };
    case TURN_180:
        return (struct rect){ s->width - r.x - r.w, s->height - r.y - r.h, r.w, r.h };
    case TURN_270:
        return (struct rect){ r.y, s->height - r.x - r.w, r.h, r.w };
    default:
        return r;
    }
}

static uint32_t *row_of(const struct scanout *s, int y)
{
    return (uint32_t *)(void *)(s->pixels + (size_t)y * s->pitch_bytes);
}

/* A row of the panel comes from a row of the canvas, from its end, or from a column up or down: `from` is where the
 * row starts, `step` how far the next pixel is. Rows of the panel are written in order, since its memory is not
 * cached for reading. */
static void copy_row(uint32_t *to, const uint32_t *from, ptrdiff_t step, int count)
{
    if (step == 1) {
        memcpy(to, from, (size_t)count * sizeof(*to));
        return;
    }
    for (int i = 0; i < count; i++, from += step)
        to[i] = *from;
}

static void copy_wired(struct scanout *s, const struct canvas *c, struct rect r, struct rect to)
{
    ptrdiff_t line = c->width;
    int right = r.x + r.w - 1, bottom = r.y + r.h - 1;
    for (int i = 0; i < to.h; i++) {
        uint32_t *out = row_of(s, to.y + i) + to.x;
        const uint32_t *p = c->pixels;
        if (s->turn == TURN_90)
            copy_row(out, p + bottom * line + r.x + i, -line, to.w);
        else if (s->turn == TURN_180)
            copy_row(out, p + (bottom - i) * line + right, -1, to.w);
        else if (s->turn == TURN_270)
            copy_row(out, p + r.y * line + right - i, line, to.w);
        else
            copy_row(out, p + (r.y + i) * line + r.x, 1, to.w);
    }
}

struct rect scan_copy(struct scanout *s, const struct canvas *c, struct rect changed)
{
    struct rect seen = { 0, 0, s->picture.w < c->width ? s->picture.w : c->width,
                         s->picture.h < c->height ? s->picture.h : c->height };
    struct rect r = rect_intersect(changed, seen);
    if (rect_is_empty(r))
        return (struct rect){ 0 };
    struct rect to = wired(s, (struct rect){ r.x + s->picture.x, r.y + s->picture.y, r.w, r.h });
    copy_wired(s, c, r, to);
    return to;
}
