#include "board/host/sim/window.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ui/present/present.h"

enum { SCALE_PERCENT = 60 /* it stands beside the kiosk's window */ };

struct sim_window {
    struct sim_window_ports ports;
    struct presenter *presenter;
    struct bench_view *view;
    uint64_t shown; /* signature of the picture */
    bool is_shown;
    struct bench_hit down; /* what the mouse button went down on; empty: nothing */
};

int sim_window_new(struct sim_window **out, struct bench_view *view,
                   const struct sim_window_ports *ports)
{
    AUTO(sim_window_free) struct sim_window *w = calloc(1, sizeof(*w));
    if (!w)
        return fault_raise(-ENOMEM);
    w->ports = *ports;
    w->view = view;
    int r = present_window(&w->presenter, "OneTrip bench", BENCH_W, BENCH_H, SCALE_PERCENT);
    if (!r)
        *out = TAKE(w);
    return r;
}

void sim_window_free(struct sim_window *w)
{
    if (!w)
        return;
    present_free(w->presenter);
    free(w);
}

/* ---- the mouse ----------------------------------------------------------------------- */

static void say_line(struct sim_window *w, const char *line)
{
    char why[BENCH_LINE] = "";
    bool is_done = w->ports.line(w->ports.context, line, why);
    w->view->is_refused = !is_done;
    snprintf(w->view->said, sizeof(w->view->said), "> %.80s%s%.60s", line, is_done ? "" : "   ",
             why);
}

static void click(struct sim_window *w, const struct bench_hit *hit)
{
    if (!strcmp(hit->line, BENCH_TEAR))
        w->view->torn = sim_printer_slip_count(w->view->world->printer);
    else
        say_line(w, hit->line);
}

static void key(struct sim_window *w, const char *verb)
{
    char line[BENCH_LINE];
    snprintf(line, sizeof(line), "%s %.60s", verb, w->down.line);
    say_line(w, line);
}

static void press(struct sim_window *w, int x, int y)
{
    const struct bench_hit *hit = bench_hit_at(w->view, x, y);
    if (!hit)
        return;
    w->down = *hit;
    w->view->pressed = hit->box;
    if (hit->is_key)
        key(w, "hold");
}

/* A key is let go wherever the mouse is; everything else acts when it is released where it was pressed. */
static void let_go(struct sim_window *w, int x, int y)
{
    if (w->down.is_key)
        key(w, "let-go");
    else if (*w->down.line && rect_contains(w->down.box, x, y))
        click(w, &w->down);
    w->down = (struct bench_hit){ 0 };
    w->view->pressed = (struct rect){ 0 };
}

static void take(struct sim_window *w, const struct input *input)
{
    switch (input->kind) {
    case INPUT_DOWN:
        press(w, input->x, input->y);
        break;
    case INPUT_UP:
        let_go(w, input->x, input->y);
        break;
    case INPUT_CANCEL:
        let_go(w, -1, -1);
        break;
    case INPUT_REDRAW:
        w->is_shown = false;
        break;
    default:
        break;
    }
}

bool sim_window_tick(struct sim_window *w)
{
    struct input input;
    struct damage all = { 0 };
    while (present_next(w->presenter, &input)) {
        if (input.kind == INPUT_QUIT)
            return false;
        take(w, &input);
    }
    uint64_t now = bench_signature(w->view);
    if (w->is_shown && w->shown == now)
        return true;
    w->shown = now;
    w->is_shown = true;
    bench_paint(w->view);
    damage_add(&all, (struct rect){ 0, 0, BENCH_W, BENCH_H });
    present_show(w->presenter, w->view->canvas, &all);
    return true;
}
