/* Touches, drags, typing and devices by chance against a session and a stage in one process: nothing
 * may crash, no word of one visit may stand in the next, and no screen may be without a way out.
 * The same seed does the same. */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "board/board.h"
#include "tests/golden/variants.h"
#include "ui/text/tr.h"

struct monkey {
    struct visits visits;
    struct stage *stage;
    uint64_t chance;
    size_t visits_ended, screens[SCREEN_COUNT], failures;
};

static uint32_t draw_lot(struct monkey *m, uint32_t below)
{
    m->chance ^= m->chance << 13;
    m->chance ^= m->chance >> 7;
    m->chance ^= m->chance << 17;
    return (uint32_t)(m->chance >> 33) % below;
}

static void complain(struct monkey *m, const char *what, const char *where)
{
    printf("screen %d: %s: %s\n", session_view(m->visits.session)->screen, what, where);
    m->failures++;
}

/* ---- what must always hold ----------------------------------------------------------- */

static bool holds_text(const struct page *p, const char *secret)
{
    for (size_t i = 0; i < page_count(p); i++) {
        const struct widget *w = page_at(p, i);
        if (strstr(w->label, secret) || strstr(w->detail, secret) || strstr(w->value, secret) ||
            (w->pending && strstr(w->pending, secret)) ||
            (w->field && strstr(w->field->value, secret)))
            return true;
    }
    return false;
}

/* After the visit: neither in the tree nor as a picture of words. */
static void check_forgotten(struct monkey *m)
{
    const struct person *p = &m->visits.person;
    const char *secrets[] = { p->name, p->name + 3, p->number, p->address, "祸", "13800" };
    for (size_t i = 0; i < sizeof(secrets) / sizeof(secrets[0]); i++)
        if (holds_text(stage_page(m->stage), secrets[i]))
            complain(m, "a word of the visit before is left", secrets[i]);
}

static bool has_way_out(const struct page *p)
{
    for (size_t i = 0; i < page_count(p); i++) {
        const struct widget *w = page_at(p, i);
        if (*w->id && w->action.verb && !w->is_disabled && !rect_is_empty(page_touch_box(p, w)))
            return true;
    }
    return false;
}

/* What goes on by itself needs no button: it has its time. */
static void check_way_out(struct monkey *m)
{
    enum screen now = session_view(m->visits.session)->screen;
    bool is_passing = now == SCREEN_READING || now == SCREEN_SUBMITTING;
    m->screens[now]++;
    if (is_passing && session_deadline_ms(m->visits.session) == INT64_MAX)
        complain(m, "nothing ends this screen", "no time limit");
    if (!is_passing && now != SCREEN_OUT_OF_SERVICE && !has_way_out(stage_page(m->stage)))
        complain(m, "no way out", "nothing to touch");
}

static void settle(struct monkey *m)
{
    /* Out of service does not last: the next catalogue comes. */
    if (session_view(m->visits.session)->screen == SCREEN_OUT_OF_SERVICE && !draw_lot(m, 20))
        session_set_catalogue(m->visits.session, m->visits.catalogue);
    (void)stage_update(m->stage, m->visits.session);
    if (m->visits.is_forgotten) {
        m->visits.is_forgotten = false;
        m->visits_ended++;
        stage_forget(m->stage);
        (void)stage_update(m->stage, m->visits.session);
        if (!session_is_busy(m->visits.session))
            check_forgotten(m);
    }
    check_way_out(m);
}

/* ---- what it does -------------------------------------------------------------------- */

static void send(struct monkey *m, struct touch t)
{
    struct event e;
    if (stage_touch(m->stage, t, &e))
        session_handle(m->visits.session, &e);
}

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
    send(m, (struct touch){ TOUCH_DOWN, x, y, m->visits.clock.boot });
    for (int i = 0; i < moves; i++) {
        x += (int)draw_lot(m, 121) - 60;
        y += (int)draw_lot(m, 161) - 80;
        send(m, (struct touch){ TOUCH_MOVE, x, y, m->visits.clock.boot + i });
    }
    enum touch_phase end = draw_lot(m, 30) ? TOUCH_UP : TOUCH_CANCEL;
    if (draw_lot(m, 50)) /* one in fifty fingers is never lifted */
        send(m, (struct touch){ end, x, y, m->visits.clock.boot + 40 });
}

static void press_key(struct monkey *m)
{
    struct event e;
    if (stage_key(m->stage, (enum stage_key)draw_lot(m, 6), &e))
        session_handle(m->visits.session, &e);
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

static void reserve(struct monkey *m)
{
    struct reservation r = { .id = "01936000-0000-7000-8000-000000000001",
                             .receipt = "K0012-000042-7",
                             .kiosk_id = "K0012",
                             .install_id = "i",
                             .boot_id = "b",
                             .seq = 42,
                             .boot_ms = 5,
                             .wall_ms = m->visits.clock.wall,
                             .clock_quality = CLOCK_NTP };
    snprintf(r.token, sizeof(r.token), "%s", m->visits.token);
    struct event e = { .kind = EV_RESERVED, .reservation = &r };
    session_handle(m->visits.session, &e);
}

/* A whole walk from where it is. The catalogue may go and come only while nobody is here. */
static void walk(struct monkey *m)
{
    const struct place *place = &places[draw_lot(m, (uint32_t)place_count)];
    bool is_busy = session_is_busy(m->visits.session);
    if (place->is_staff)
        return; /* staff's own machine is not the session's */
    if (place->screen != SCREEN_OUT_OF_SERVICE)
        place->go(&m->visits);
    else if (!is_busy && draw_lot(m, 2))
        session_set_catalogue(m->visits.session, NULL);
    if (!session_is_busy(m->visits.session) && draw_lot(m, 2))
        session_set_catalogue(m->visits.session, m->visits.catalogue);
}

/* Cards, printer, network, the queue and time, in any order: also when nobody waits for them. */
static void happen(struct monkey *m)
{
    struct visits *v = &m->visits;
    switch (draw_lot(m, 14)) {
    case 0:
    case 1:
        visits_card(v, draw_lot(m, 6) ? &v->person : &v->other);
        break;
    case 2:
        visits_event(v, EV_CARD_GONE, "", "");
        break;
    case 3:
        visits_number(v, EV_CARD_TROUBLE, (int)draw_lot(m, 8));
        break;
    case 4:
        visits_number(v, EV_PRINT_STATE, (int)draw_lot(m, 5));
        break;
    case 5:
        visits_link(v, draw_lot(m, 5) != 0, draw_lot(m, 3) != 0);
        break;
    case 6:
    case 7:
        reserve(m);
        break;
    case 8:
        visits_event(v, EV_SUBMITTED, v->token, "K0012-000042-7");
        break;
    case 9:
        visits_event(v, EV_NOT_SUBMITTED, v->token, draw_lot(m, 2) ? "storage" : "no-key");
        break;
    case 10:
        fake_clock_advance(&v->clock, draw_lot(m, 200000));
        visits_event(v, EV_TIME, "", "");
        break;
    case 11:
        visits_event(v, EV_CARD_COMING, "", "");
        break;
    default:
        walk(m);
        break;
    }
}

static void act(struct monkey *m)
{
    uint32_t lot = draw_lot(m, 100);
    if (lot < 78)
        touch(m);
    else if (lot < 88)
        press_key(m);
    else if (lot < 95)
        type(m);
    else
        happen(m);
    settle(m);
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
    m->stage = NULL;
    if (stage_new(&m->stage, &config))
        exit(2);
}

static int report(const struct monkey *m, size_t count)
{
    size_t seen = 0;
    for (size_t i = 0; i < SCREEN_COUNT; i++)
        seen += m->screens[i] > 0;
    printf("%zu acts, %zu visits ended, %zu of %d screens seen, %zu failures\n", count,
           m->visits_ended, seen, SCREEN_COUNT, m->failures);
    return m->failures ? 1 : 0;
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
    visits_begin(&m.visits, (struct wishes){ 0 });
    for (size_t i = 0; i < count && !m.failures; i++) {
        if (i % (count / 4 + 1) == 0)
            open_stage(&m, i / (count / 4 + 1));
        act(&m);
    }
    int r = report(&m, count);
    stage_free(m.stage);
    visits_close(&m.visits);
    return r;
}
