#include "tests/golden/ends.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "board/board.h"
#include "firmware/session/internal.h"
#include "tests/golden/variants.h"

enum { TURNS = 8 };

static void tell(struct visits *v, enum event_kind kind)
{
    visits_event(v, kind, "", "");
}

static bool is_over(const struct visits *v)
{
    enum screen now = session_view(v->session)->screen;
    return now == SCREEN_ATTRACT || now == SCREEN_OUT_OF_SERVICE;
}

/* ---- the ways to an end -------------------------------------------------------------- */

static void wait(struct visits *v)
{
    for (int i = 0; i < TURNS && session_deadline_ms(v->session) < INT64_MAX; i++) {
        int64_t left = session_deadline_ms(v->session) - v->clock.boot;
        fake_clock_advance(&v->clock, left > 0 ? left : 0);
        tell(v, EV_TIME);
    }
}

static void leave(struct visits *v)
{
    tell(v, EV_EXIT);
    if (!is_over(v))
        tell(v, EV_END);
    if (!is_over(v)) /* a report beside the matter leads back to it first */
        tell(v, EV_EXIT), tell(v, EV_END);
}

static void finish(struct visits *v)
{
    tell(v, EV_END);
    leave(v);
}

static void cover_and_wait(struct visits *v)
{
    tell(v, EV_COVER);
    wait(v);
}

static void cover_and_finish(struct visits *v)
{
    tell(v, EV_COVER);
    finish(v);
}

static void lift_card(struct visits *v)
{
    tell(v, EV_CARD_GONE);
    wait(v);
}

static void lift_card_and_finish(struct visits *v)
{
    tell(v, EV_CARD_GONE);
    finish(v);
}

static void make_way(struct visits *v)
{
    tell(v, EV_MAKE_WAY);
}

static void adjust_and_wait(struct visits *v)
{
    static const enum event_kind wishes[] = { EV_LANGUAGE, EV_ELDER,  EV_CONTRAST,
                                              EV_LOWER,    EV_SPEECH, EV_STILL };
    for (size_t i = 0; i < sizeof(wishes) / sizeof(wishes[0]); i++)
        tell(v, wishes[i]);
    wait(v);
}

/* The power of the printer goes while its slip is on its way, and comes again. */
static void lose_printer(struct visits *v)
{
    visits_number(v, EV_PRINT_STATE, PAPER_FAILED);
    visits_number(v, EV_PRINTER, 0);
    wait(v);
    visits_number(v, EV_PRINTER, 1);
}

static void lose_county(struct visits *v)
{
    visits_link(v, false, false);
    visits_event(v, EV_NOT_SUBMITTED, v->token, "away");
    wait(v);
    visits_link(v, true, true);
}

/* The end of the visit is the end of the catalogue's time. */
static void go_out_of_service(struct visits *v)
{
    finish(v);
    wait(v);
    session_set_catalogue(v->session, NULL);
}

/* A stick comes to the first page, and goes. */
static void let_staff_in(struct visits *v)
{
    finish(v);
    wait(v);
    tell(v, EV_STAFF_BEGIN);
    tell(v, EV_STAFF_END);
}

static const struct {
    const char *name;
    void (*go)(struct visits *v);
} ways[] = {
    { "left by hand", leave },
    { "finished", finish },
    { "left alone", wait },
    { "left alone, with other wishes", adjust_and_wait },
    { "covered and left alone", cover_and_wait },
    { "covered and finished", cover_and_finish },
    { "card lifted", lift_card },
    { "card lifted and finished", lift_card_and_finish },
    { "somebody else's card", make_way },
    { "printer without power", lose_printer },
    { "queue process away", lose_county },
    { "out of service", go_out_of_service },
    { "staff came and went", let_staff_in },
};
enum { WAYS = sizeof(ways) / sizeof(ways[0]) };

/* ---- looking ------------------------------------------------------------------------- */

/* As the loop of the kiosk does it: first the picture, then the caches. */
static void show(struct stage *stage, struct visits *v)
{
    stage_show_shift(stage, v->shift ? shift_view(v->shift) : NULL);
    (void)stage_update(stage, v->session);
    if (v->is_forgotten)
        stage_forget(stage);
    v->is_forgotten = false;
}

static bool is_same(const struct stage *a, const struct stage *b)
{
    const struct canvas *x = stage_canvas(a), *y = stage_canvas(b);
    return !memcmp(x->pixels, y->pixels, (size_t)x->width * (size_t)x->height * sizeof(*x->pixels));
}

/* The same page where nobody has ever been, at the same minute, with the same devices, alone for as long. */
static void draw_nobody(struct stage *stage, struct visits *nobody, const struct visits *v)
{
    bool is_closed = session_view(v->session)->screen == SCREEN_OUT_OF_SERVICE;
    visits_begin(nobody, (struct wishes){ 0 });
    nobody->clock = v->clock;
    nobody->session->link = v->session->link;
    nobody->session->has_reader = v->session->has_reader;
    nobody->session->has_printer = v->session->has_printer;
    session_set_catalogue(nobody->session, is_closed ? NULL : nobody->catalogue);
    nobody->session->visit.touched_ms = v->session->visit.touched_ms;
    stage_forget(stage);
    (void)stage_update(stage, nobody->session);
}

static size_t end_one(struct visits *v, struct visits *nobody, struct stage *stage,
                      struct stage *fresh, const struct place *place, size_t way)
{
    visits_begin(v, (struct wishes){ 0 });
    place->go(v);
    show(stage, v);
    ways[way].go(v);
    wait(v); /* where that way is none */
    if (!is_over(v)) {
        printf("%s, %s: the visit goes on\n", place->name, ways[way].name);
        return 1;
    }
    show(stage, v);
    draw_nobody(fresh, nobody, v);
    if (is_same(stage, fresh))
        return 0;
    printf("%s, %s: something of the visit can be seen\n", place->name, ways[way].name);
    return 1;
}

static struct stage *open_stage(const struct visits *v)
{
    struct stage_config config = { .fonts = &this_board.fonts,
                                   .theme = &theme_light,
                                   .clock = &v->clock.base,
                                   .utc_offset_minutes = 480,
                                   .panel = panels[panel_count - 1].panel,
                                   .rare = v->rare };
    struct stage *stage = NULL;
    if (stage_new(&stage, &config))
        exit(2);
    return stage;
}

size_t ends_run(struct visits *v, const char *only)
{
    struct visits nobody = *v; /* shares what all visits share */
    size_t wrong = 0, count = 0;
    nobody.session = NULL;
    nobody.shift = NULL;
    AUTO(stage_free) struct stage *stage = open_stage(v);
    AUTO(stage_free) struct stage *fresh = open_stage(&nobody);
    for (size_t i = 0; i < place_count; i++) {
        /* Enrolment is no visit, and its page is everybody's: the monkey looks after it. */
        bool is_nobodys = places[i].is_staff || places[i].screen == SCREEN_ENROL;
        if (is_nobodys || (only && !strstr(places[i].name, only)))
            continue;
        for (size_t way = 0; way < WAYS; way++, count++)
            wrong += end_one(v, &nobody, stage, fresh, &places[i], way);
    }
    printf("%zu ends of visits, %zu with something to be seen\n", count, wrong);
    session_free(nobody.session);
    return wrong;
}
