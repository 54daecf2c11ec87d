#include "firmware/point/figures.h"
#include "firmware/base/json.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

enum { MOST = 1000000, ROWS_MOST = 200 };

static int count_of(const json_t *o)
{
    json_int_t n = json_integer_value(json_object_get(o, "count"));
    return n < 0 ? 0 : n > MOST ? MOST : (int)n;
}

static void add(int *to, int n)
{
    *to = *to > MOST - n ? MOST : *to + n;
}

static void take(struct point_figures *f, const char *what, const char *detail, int n)
{
    const struct {
        const char *what;
        int *to;
    } sums[] = { { "done", &f->done },     { "again", &f->again }, { "zero", &f->zero },
                 { "papers", &f->papers }, { "links", &f->forms }, { "days", &f->days },
                 { "left", &f->left },     { "fault", &f->faults } };
    for (size_t i = 0; i < sizeof(sums) / sizeof(sums[0]); i++)
        if (!strcmp(sums[i].what, what))
            add(sums[i].to, n);
    bool is_done = !strcmp(what, "done"), is_alone = !strcmp(detail, "alone");
    if (is_done && !strcmp(detail, "act"))
        add(&f->by_agent, n);
    else if (is_done && !is_alone)
        add(&f->helped, n);
}

bool figures_read(struct point_figures *out, const json_t *reply)
{
    const json_t *list = json_object_get(reply, "figures");
    const char *month = json_text_at(reply, "month");
    *out = (struct point_figures){ 0 };
    if (!json_is_array(list) || strlen(month) != 6 || strspn(month, "0123456789") != 6)
        return false;
    snprintf(out->month, sizeof(out->month), "%s", month);
    out->is_known = true;
    for (size_t i = 0; i < json_array_size(list) && i < ROWS_MOST; i++) {
        const json_t *o = json_array_get(list, i);
        take(out, json_text_at(o, "what"), json_text_at(o, "detail"), count_of(o));
    }
    return true;
}

int figures_share(const struct point_figures *f, int part, bool *is_at_least)
{
    int rest = f->done - part;
    bool makes_sense = f->done >= FIGURES_LEAST && part >= 0 && rest >= 0;
    *is_at_least = rest > 0 && rest < FIGURES_LEAST;
    if (!makes_sense || figures_people(part) < 0)
        return -1;
    if (*is_at_least)
        rest = FIGURES_LEAST;
    return (int)((int64_t)(f->done - rest) * 100 / f->done);
}

int figures_people(int count)
{
    return count > 0 && count < FIGURES_LEAST ? -1 : count;
}
