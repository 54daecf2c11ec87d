#include "firmware/base/touch_map.h"

#include <math.h>
#include <string.h>

#include "firmware/base/text.h"

static const double near_share = 0.015, met_share = 0.04, least_spread = 0.1;
/* A panel that lies across, or reports twice as much as the glass has, is still one. */
static const double least_area = 0.1, most_area = 10, most_number = 1e5;

const struct touch_map touch_map_none = { { 1, 0, 0, 0, 1, 0 } };

/* ---- least squares ------------------------------------------------------------------------ */

struct sums {
    struct touch_point felt, meant; /* means */
    double xx, xy, yy;              /* of what was felt, about its mean */
};

static struct sums add_up(const struct touch_pair *pairs, size_t count)
{
    struct sums s = { 0 };
    double n = (double)count;
    for (size_t i = 0; i < count; i++) {
        s.felt.x += pairs[i].felt.x / n;
        s.felt.y += pairs[i].felt.y / n;
        s.meant.x += pairs[i].meant.x / n;
        s.meant.y += pairs[i].meant.y / n;
    }
    for (size_t i = 0; i < count; i++) {
        double x = pairs[i].felt.x - s.felt.x, y = pairs[i].felt.y - s.felt.y;
        s.xx += x * x / n;
        s.xy += x * y / n;
        s.yy += y * y / n;
    }
    return s;
}

/* One row of the map: the normal equations of two unknowns, about the means. */
static void solve(double row[3], const struct sums *s, double x_t, double y_t, double mean)
{
    double det = s->xx * s->yy - s->xy * s->xy;
    row[0] = (x_t * s->yy - y_t * s->xy) / det;
    row[1] = (y_t * s->xx - x_t * s->xy) / det;
    row[2] = mean - row[0] * s->felt.x - row[1] * s->felt.y;
}

static void fit(struct touch_map *out, const struct sums *s, const struct touch_pair *pairs,
                size_t count)
{
    double xx = 0, yx = 0, xy = 0, yy = 0, n = (double)count;
    for (size_t i = 0; i < count; i++) {
        double x = pairs[i].felt.x - s->felt.x, y = pairs[i].felt.y - s->felt.y;
        xx += x * (pairs[i].meant.x - s->meant.x) / n;
        yx += y * (pairs[i].meant.x - s->meant.x) / n;
        xy += x * (pairs[i].meant.y - s->meant.y) / n;
        yy += y * (pairs[i].meant.y - s->meant.y) / n;
    }
    solve(out->m, s, xx, yx, s->meant.x);
    solve(out->m + 3, s, xy, yy, s->meant.y);
}

/* In squares, both sides of it. */
static bool is_within(const struct touch_map *m, struct touch_pair pair, double limit)
{
    struct touch_point at = touch_map_apply(m, pair.felt.x, pair.felt.y);
    double x = at.x - pair.meant.x, y = at.y - pair.meant.y;
    return x * x + y * y <= limit * limit;
}

static double shorter(int width, int height)
{
    return width < height ? width : height;
}

static bool is_sane(const struct touch_map *m)
{
    double area = fabs(m->m[0] * m->m[4] - m->m[1] * m->m[3]);
    for (int i = 0; i < 6; i++)
        if (!isfinite(m->m[i]) || fabs(m->m[i]) > most_number)
            return false;
    return area >= least_area && area <= most_area;
}

int touch_map_fit(struct touch_map *out, const struct touch_pair *pairs, size_t count, int width,
                  int height)
{
    struct touch_map m;
    count = count > TOUCH_PAIRS ? TOUCH_PAIRS : count;
    struct sums s = add_up(pairs, count);
    double spread = least_spread * least_spread * width * height;
    /* The product of the spreads along the two axes of the cloud: small on a line and on a spot. */
    if (count < 3 || !(s.xx * s.yy - s.xy * s.xy >= spread * spread))
        return TOUCH_MAP_E_DEGENERATE;
    fit(&m, &s, pairs, count);
    if (!is_sane(&m))
        return TOUCH_MAP_E_DEGENERATE;
    for (size_t i = 0; i < count; i++)
        if (!is_within(&m, pairs[i], near_share * shorter(width, height)))
            return TOUCH_MAP_E_RESIDUAL;
    *out = m;
    return 0;
}

struct touch_point touch_map_apply(const struct touch_map *m, double x, double y)
{
    return (struct touch_point){ m->m[0] * x + m->m[1] * y + m->m[2],
                                 m->m[3] * x + m->m[4] * y + m->m[5] };
}

bool touch_map_meets(const struct touch_map *m, struct touch_pair pair, int width, int height)
{
    return is_within(m, pair, met_share * shorter(width, height));
}

/* ---- kept ----------------------------------------------------------------------------------- */

bool touch_panel_is_name(const char *name)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                                  "0123456789 .:_-";
    size_t length = strlen(name);
    return length && length < TOUCH_PANEL_NAME && strspn(name, letters) == length;
}

struct touch_map touch_maps_find(const struct touch_maps *all, const char *panel)
{
    for (size_t i = 0; i < all->count; i++)
        if (!strcmp(all->rows[i].panel, panel))
            return all->rows[i].map;
    return touch_map_none;
}

static void drop(struct touch_maps *all, size_t row)
{
    all->count--;
    memmove(&all->rows[row], &all->rows[row + 1], (all->count - row) * sizeof(all->rows[0]));
}

void touch_maps_put(struct touch_maps *all, const char *panel, const struct touch_map *map)
{
    for (size_t i = 0; i < all->count; i++)
        if (!strcmp(all->rows[i].panel, panel)) {
            drop(all, i);
            break;
        }
    if (all->count == TOUCH_PANELS)
        drop(all, 0);
    text_copy(all->rows[all->count].panel, TOUCH_PANEL_NAME, panel);
    all->rows[all->count++].map = *map;
}

json_t *touch_map_json(const struct touch_map *m)
{
    return json_pack("[f, f, f, f, f, f]", m->m[0], m->m[1], m->m[2], m->m[3], m->m[4], m->m[5]);
}

bool touch_map_read(struct touch_map *out, const json_t *list)
{
    struct touch_map m;
    if (!json_is_array(list) || json_array_size(list) != 6)
        return false;
    for (size_t i = 0; i < 6; i++) {
        const json_t *number = json_array_get(list, i);
        if (!json_is_number(number))
            return false;
        m.m[i] = json_number_value(number);
    }
    if (!is_sane(&m))
        return false;
    *out = m;
    return true;
}

json_t *touch_maps_json(const struct touch_maps *all)
{
    json_t *list = json_array();
    for (size_t i = 0; list && i < all->count; i++)
        json_array_append_new(list, json_pack("{ss, so}", "panel", all->rows[i].panel, "map",
                                              touch_map_json(&all->rows[i].map)));
    return list;
}

void touch_maps_read(struct touch_maps *out, const json_t *list)
{
    *out = (struct touch_maps){ 0 };
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *row = json_array_get(list, i);
        const char *panel = json_string_value(json_object_get(row, "panel"));
        struct touch_map map;
        if (panel && touch_panel_is_name(panel) &&
            touch_map_read(&map, json_object_get(row, "map")))
            touch_maps_put(out, panel, &map);
    }
}
