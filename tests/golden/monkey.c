/* Touches, drags, typing and devices by chance against a session and a stage in one process: nothing
 * may crash, no word of one visit may stand in the next, and no screen may be without a way out.
 * The same seed does the same. */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "board/board.h"
#include "tests/golden/monkey_inside.h"
#include "ui/text/tr.h"

/* So many acts reach every screen and every page of staff, or a way there is closed. */
enum { FULL_RUN = 50000 };

uint32_t draw_lot(struct monkey *m, uint32_t below)
{
    m->chance ^= m->chance << 13;
    m->chance ^= m->chance >> 7;
    m->chance ^= m->chance << 17;
    return (uint32_t)(m->chance >> 33) % below;
}

void complain(struct monkey *m, const char *what, const char *where)
{
    printf("screen %d: %s: %s\n", session_view(m->visits.session)->screen, what, where);
    m->failures++;
}

/* ---- one act behind the other --------------------------------------------------------- */

void settle(struct monkey *m)
{
    /* Out of service does not last: the next catalogue comes. */
    if (session_view(m->visits.session)->screen == SCREEN_OUT_OF_SERVICE && !draw_lot(m, 20))
        session_set_catalogue(m->visits.session, m->visits.catalogue);
    shift_follow(m);
    stage_show_shift(m->stage, shift_view(m->staff.shift));
    (void)stage_update(m->stage, m->visits.session);
    if (m->visits.is_forgotten) {
        m->visits.is_forgotten = false;
        m->visits_ended++;
        stage_forget(m->stage);
        (void)stage_update(m->stage, m->visits.session);
        if (!session_is_busy(m->visits.session)) {
            m->cards_seen = 0;
            watch_forgotten(m);
        }
    }
    watch_page(m);
    watch_drawing(m);
}

void send_event(struct monkey *m, const struct event *e)
{
    if (session_view(m->visits.session)->screen == SCREEN_STAFF)
        shift_touch(m, e);
    session_handle(m->visits.session, e);
}

void send_touch(struct monkey *m, struct touch t)
{
    struct event e;
    if (stage_touch(m->stage, t, &e))
        send_event(m, &e);
}

/* ---- what it does -------------------------------------------------------------------- */

/* Mostly on something; now and then anywhere, off the panel too. */
static void choose_point(struct monkey *m, int *x, int *y)
{
    const struct page *p = stage_page(m->stage);
    struct panel panel = stage_panel(m->stage);
    if (page_count(p) && draw_lot(m, 10) < 8)
        for (int i = 0; i < 12; i++) {
            const struct widget *w = page_at(p, draw_lot(m, (uint32_t)page_count(p)));
            struct rect box = page_touch_box(p, w);
            if (!*w->id || rect_is_empty(box))
                continue;
            *x = box.x + (int)draw_lot(m, (uint32_t)box.w);
            *y = box.y + (int)draw_lot(m, (uint32_t)box.h);
            return;
        }
    *x = (int)draw_lot(m, (uint32_t)panel.width + 200) - 100;
    *y = (int)draw_lot(m, (uint32_t)panel.height + 200) - 100;
}

static void touch(struct monkey *m)
{
    int x, y, moves = draw_lot(m, 4) ? 0 : (int)draw_lot(m, 12);
    choose_point(m, &x, &y);
    fake_clock_advance(&m->visits.clock, 20 + draw_lot(m, 900));
    send_touch(m, (struct touch){ TOUCH_DOWN, x, y, m->visits.clock.boot });
    for (int i = 0; i < moves; i++) {
        x += (int)draw_lot(m, 121) - 60;
        y += (int)draw_lot(m, 161) - 80;
        send_touch(m, (struct touch){ TOUCH_MOVE, x, y, m->visits.clock.boot + i });
    }
    enum touch_phase end = draw_lot(m, 30) ? TOUCH_UP : TOUCH_CANCEL;
    if (draw_lot(m, 50)) /* one in fifty fingers is never lifted */
        send_touch(m, (struct touch){ end, x, y, m->visits.clock.boot + 40 });
}

static void press_key(struct monkey *m)
{
    struct event e;
    if (stage_key(m->stage, (enum stage_key)draw_lot(m, 6), &e))
        send_event(m, &e);
}

static void type(struct monkey *m)
{
    static const char *const texts[] = { "1",
                                         "13800138000",
                                         "a",
                                         "hlbt",
                                         "福",
                                         "\xf0\xa0\x80\xbe",
                                         "K0012-000042-7",
                                         "''''",
                                         "X",
                                         "🙂",
                                         "qqqqqqqqqqqqqqqqqq" };
    enum event_kind kinds[] = { EV_TYPE, EV_LETTER, EV_TYPE, EV_ERASE, EV_CLEAR };
    visits_event(&m->visits, kinds[draw_lot(m, 5)], "",
                 texts[draw_lot(m, sizeof(texts) / sizeof(texts[0]))]);
}

/* Cards, printer, network and time, in any order: also when nobody waits for them. */
static void happen(struct monkey *m)
{
    struct visits *v = &m->visits;
    switch (draw_lot(m, 16)) {
    case 0:
    case 1:
    case 2:
        card_laid(m);
        break;
    case 3:
        visits_event(v, EV_CARD_GONE, "", "");
        break;
    case 4:
        visits_number(v, EV_CARD_TROUBLE, 1 + (int)draw_lot(m, 7));
        break;
    case 5:
        visits_number(v, draw_lot(m, 2) ? EV_READER : EV_PRINTER, draw_lot(m, 4) != 0);
        break;
    case 6:
        visits_link(v, draw_lot(m, 8) != 0, draw_lot(m, 4) != 0);
        break;
    case 7:
    case 8:
        fake_clock_advance(&v->clock, draw_lot(m, 200000));
        visits_event(v, EV_TIME, "", "");
        break;
    case 9:
        visits_event(v, draw_lot(m, 4) ? EV_CARD_COMING : EV_MAKE_WAY, "", "");
        break;
    case 10:
        county_know_point(m);
        break;
    case 11:
        visits_let_ask(v);
        break;
    case 12:
        if (!draw_lot(m, 8))
            (void)(draw_lot(m, 2) ? session_begin_practice(v->session)
                                  : session_begin_course(v->session, LANGUAGE_ZH));
        break;
    default:
        county_say_unasked(m);
        break;
    }
}

static void act(struct monkey *m)
{
    uint32_t lot = draw_lot(m, 200);
    bool is_staff = session_view(m->visits.session)->screen == SCREEN_STAFF;
    if (lot < 140)
        touch(m);
    else if (lot < 158)
        press_key(m);
    else if (lot < 170)
        type(m);
    else if (lot < 182)
        county_answer(m);
    else if (lot < 190)
        happen(m);
    else if (lot < 193)
        is_staff || !draw_lot(m, 8) ? shift_happen(m) : county_answer(m);
    else if (lot < 198)
        walk_in(m);
    else if (lot < 199)
        is_staff ? shift_happen(m) : change_catalogue(m);
    else
        watch_escape(m, draw_lot(m, 2));
    if (is_staff && !draw_lot(m, 3))
        shift_happen(m);
    settle(m);
    m->acts++;
}

/* ---- running ------------------------------------------------------------------------- */

static void open_stage(struct monkey *m, size_t panel)
{
    struct stage_config config = { .fonts = &this_board.fonts,
                                   .theme = &theme_light,
                                   .clock = &m->visits.clock.base,
                                   .utc_offset_minutes = 480,
                                   .panel = panels[panel].panel,
                                   .rare = m->visits.rare };
    stage_free(m->stage);
    stage_free(m->witness);
    m->stage = m->witness = NULL;
    if (stage_new(&m->stage, &config) || stage_new(&m->witness, &config))
        exit(2);
}

int main(int argc, char **argv)
{
    static const struct option options[] = { { "root", required_argument, NULL, 'r' },
                                             { "locale", required_argument, NULL, 'l' },
                                             { "count", required_argument, NULL, 'c' },
                                             { "seed", required_argument, NULL, 's' },
                                             { NULL, 0, NULL, 0 } };
    static struct monkey m = { .chance = 20261125 };
    const char *root = ".", *locale = "build/locale";
    size_t count = 100000;
    int c;
    while ((c = getopt_long(argc, argv, "", options, NULL)) != -1) {
        if (c == 'r')
            root = optarg;
        else if (c == 'l')
            locale = optarg;
        else if (c == 'c')
            count = strtoul(optarg, NULL, 10);
        else if (c == 's')
            m.chance = strtoull(optarg, NULL, 10) * 2654435761u + 1;
        else
            return 2;
    }
    if (tr_open(locale))
        return 2;
    visits_open(&m.visits, root);
    cards_open(&m);
    visits_begin(&m.visits, (struct wishes){ 0 });
    shift_room_open(&m);
    begin_turn(&m);
    for (size_t i = 0; i < count && !m.failures; i++) {
        if (i % (count / 4 + 1) == 0)
            open_stage(&m, i / (count / 4 + 1));
        act(&m);
    }
    bool is_short_of = !watch_report(&m) && count >= FULL_RUN && !m.failures;
    if (is_short_of)
        puts("some of them were never reached");
    stage_free(m.stage);
    stage_free(m.witness);
    shift_room_close(&m);
    visits_close(&m.visits);
    return m.failures || is_short_of ? 1 : 0;
}
