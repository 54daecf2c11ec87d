#include <math.h>

#include "assets/handwriting/chance.h"
#include "assets/handwriting/glyph.h"

/* Cosine and sine of an angle by its half's tangent: no library function that machines round
 * differently. */
struct turn {
    float c, s;
};

static struct turn turn_of(float radians)
{
    float t = radians / 2, d = 1 + t * t;
    return (struct turn){ (1 - t * t) / d, 2 * t / d };
}

/* ---- the whole character ------------------------------------------------------------- */
struct plane {
    float bend_x[3], bend_y[3];
    float slant, stretch_x, stretch_y;
    struct turn turn;
};

static struct plane plane_make(const struct hand *h, struct chance *c)
{
    struct plane p = { .turn = turn_of(h->rotation * chance_bell(c)),
                       .slant = h->slant * chance_bell(c) };
    p.stretch_x = fmaxf(0.4f, 1 + h->stretch * chance_bell(c));
    p.stretch_y = fmaxf(0.4f, 1 + h->stretch * chance_bell(c));
    for (int i = 0; i < 3; i++) {
        p.bend_x[i] = h->bend * chance_bell(c);
        p.bend_y[i] = h->bend * chance_bell(c);
    }
    return p;
}

/* Moves the middle along an axis, and the quarters against each other; the edges stay. The third
 * makes one side of the other axis wider than its opposite. */
static float bent(float u, float v, const float by[3])
{
    float room = 1 - u * u;
    return u + room * (by[0] + by[1] * u * 0.8f) + by[2] * 0.35f * u * v;
}

static void lay_plane(struct glyph *g, const struct plane *p)
{
    for (int i = 0; i < g->count; i++) {
        struct glyph_stroke *s = &g->strokes[i];
        for (int k = 0; k < s->count; k++) {
            float u = bent(s->x[k], s->y[k], p->bend_x), v = bent(s->y[k], s->x[k], p->bend_y);
            u = u * p->stretch_x + v * p->slant;
            v *= p->stretch_y;
            s->x[k] = u * p->turn.c - v * p->turn.s;
            s->y[k] = u * p->turn.s + v * p->turn.c;
        }
    }
}

/* ---- a stroke -------------------------------------------------------------------------- */
static float piece(const struct glyph_stroke *s, int i)
{
    float dx = s->x[i] - s->x[i - 1], dy = s->y[i] - s->y[i - 1];
    return sqrtf(dx * dx + dy * dy);
}

static float length_of(const struct glyph_stroke *s)
{
    float sum = 0;
    for (int i = 1; i < s->count; i++)
        sum += piece(s, i);
    return sum;
}

/* Where the last sharp turn is, if what follows is short; else 0. */
static int hook_of(const struct glyph_stroke *s)
{
    float whole = length_of(s), rest = 0;
    for (int i = s->count - 2; i > 0; i--) {
        rest += piece(s, i + 1);
        if (rest > 0.3f * whole || rest > 0.35f)
            break;
        float ax = s->x[i] - s->x[i - 1], ay = s->y[i] - s->y[i - 1];
        float bx = s->x[i + 1] - s->x[i], by = s->y[i + 1] - s->y[i];
        float inner = ax * bx + ay * by, size = piece(s, i) * piece(s, i + 1);
        if (inner < 0.5f * size)
            return i;
    }
    return 0;
}

/* Cut `share` of the length away, from the end or from the beginning. */
static void cut(struct glyph_stroke *s, float share, bool at_end)
{
    float away = share * length_of(s);
    while (s->count > 2 && away > 0) {
        int i = at_end ? s->count - 1 : 1;
        float l = piece(s, i);
        int from = at_end ? s->count - 2 : 1, moved = at_end ? s->count - 1 : 0;
        if (l > away) {
            s->x[moved] += (s->x[from] - s->x[moved]) * away / l;
            s->y[moved] += (s->y[from] - s->y[moved]) * away / l;
            return;
        }
        away -= l;
        s->count--;
        for (int k = 0; !at_end && k < s->count; k++) {
            s->x[k] = s->x[k + 1];
            s->y[k] = s->y[k + 1];
        }
    }
}

/* Draw an end out straight. */
static void draw_out(struct glyph_stroke *s, float by, bool at_end)
{
    int end = at_end ? s->count - 1 : 0, inner = at_end ? s->count - 2 : 1;
    float dx = s->x[end] - s->x[inner], dy = s->y[end] - s->y[inner];
    float l = sqrtf(dx * dx + dy * dy) + 1e-4f;
    s->x[end] += dx / l * by;
    s->y[end] += dy / l * by;
}

/* Corners cut: every point goes towards its neighbours' middle, several times. */
static void smooth(struct glyph_stroke *s, int times)
{
    while (times--) {
        float px = s->x[0], py = s->y[0];
        for (int i = 1; i + 1 < s->count; i++) {
            float x = s->x[i], y = s->y[i];
            s->x[i] = (px + 2 * x + s->x[i + 1]) / 4;
            s->y[i] = (py + 2 * y + s->y[i + 1]) / 4;
            px = x;
            py = y;
        }
    }
}

static void move_stroke(struct glyph_stroke *s, const struct hand *h, struct chance *c)
{
    struct turn t = turn_of(h->turn * chance_bell(c));
    float ox = h->shift * chance_bell(c), oy = h->shift * chance_bell(c);
    float sx = fmaxf(0.3f, 1 + h->scale * chance_bell(c));
    float sy = fmaxf(0.3f, sx * (1 + 0.4f * h->scale * chance_bell(c)));
    float bow = h->bow * chance_bell(c), wx = 0, wy = 0;
    int last = s->count - 1;
    float cx = (s->x[0] + s->x[last]) / 2, cy = (s->y[0] + s->y[last]) / 2;
    float nx = -(s->y[last] - s->y[0]) * bow, ny = (s->x[last] - s->x[0]) * bow;
    for (int i = 0; i <= last; i++) {
        float at = last ? (float)i / (float)last : 0, arch = 4 * at * (1 - at);
        float dx = (s->x[i] - cx) * sx, dy = (s->y[i] - cy) * sy;
        wx = 0.8f * wx + 0.6f * h->wobble * chance_bell(c);
        wy = 0.8f * wy + 0.6f * h->wobble * chance_bell(c);
        s->x[i] = cx + dx * t.c - dy * t.s + ox + wx + arch * nx;
        s->y[i] = cy + dx * t.s + dy * t.c + oy + wy + arch * ny;
    }
}

static void write_stroke(struct glyph_stroke *s, const struct hand *h, struct chance *c)
{
    int hook = hook_of(s);
    if (hook && chance_unit(c) < h->unhooked)
        s->count = hook + 1;
    if (s->count > 1) {
        for (int end = 0; end < 2; end++) {
            float by = chance_unit(c), which = chance_unit(c);
            if (which < 0.5f)
                cut(s, by * h->trim, end);
            else
                draw_out(s, by * h->tail, end);
        }
        if (chance_unit(c) < h->rounded)
            smooth(s, 1 + (int)(chance_unit(c) * 6));
    }
    move_stroke(s, h, c);
}

/* ---- between strokes ------------------------------------------------------------------- */
static void exchange(struct glyph *g, int a, int b)
{
    struct glyph_stroke kept = g->strokes[a];
    g->strokes[a] = g->strokes[b];
    g->strokes[b] = kept;
}

/* One stroke, or a few, at another time: a part of the character written first or last. */
static void move_strokes(struct glyph *g, struct chance *c)
{
    int from = (int)(chance_unit(c) * (float)g->count);
    int to = (int)(chance_unit(c) * (float)g->count), times = 1 + (int)(chance_unit(c) * 3);
    for (; times && from < g->count; times--)
        for (int i = from; i != to; i += i < to ? 1 : -1)
            exchange(g, i, i < to ? i + 1 : i - 1);
}

static void reorder(struct glyph *g, const struct hand *h, struct chance *c)
{
    if (chance_unit(c) < h->shuffled) {
        for (int i = g->count - 1; i > 0; i--)
            exchange(g, i, (int)(chance_unit(c) * (float)(i + 1)));
        return;
    }
    if (chance_unit(c) < h->moved)
        move_strokes(g, c);
    for (int i = 0; i + 1 < g->count; i++)
        if (chance_unit(c) < h->swapped)
            exchange(g, i, i + 1);
}

/* The nearer the next stroke begins, the likelier the pen stays down. */
static void join(struct glyph *g, const struct hand *h, struct chance *c)
{
    for (int i = 0; i + 1 < g->count; i++) {
        const struct glyph_stroke *s = &g->strokes[i], *next = &g->strokes[i + 1];
        float dx = next->x[0] - s->x[s->count - 1], dy = next->y[0] - s->y[s->count - 1];
        float far = sqrtf(dx * dx + dy * dy);
        g->strokes[i].is_joined = chance_unit(c) < h->joined * fmaxf(0.3f, 1.4f - far);
    }
}

void glyph_write_by_hand(struct glyph *glyph, const struct hand *hand, uint64_t seed)
{
    struct chance c = { seed };
    struct plane plane = plane_make(hand, &c);
    reorder(glyph, hand, &c);
    for (int i = 0; i < glyph->count; i++)
        write_stroke(&glyph->strokes[i], hand, &c);
    join(glyph, hand, &c);
    lay_plane(glyph, &plane);
}
