/* What must hold after every act: nothing of a visit is left behind it, no page is a trap, nobody's words stand on
 * somebody else's page. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "board/host/robot.h"
#include "firmware/session/internal.h"
#include "tests/golden/monkey_inside.h"

enum { STEPS = 12, COMPARE_EVERY = 4, WARNED_MS = 20000, STAFF_SILENCE_MS = 181000 };

static enum screen screen_of(const struct monkey *m)
{
    return session_view(m->visits.session)->screen;
}

static bool is_nobody(enum screen screen)
{
    return screen == SCREEN_ATTRACT || screen == SCREEN_OUT_OF_SERVICE || screen == SCREEN_ENROL;
}

/* ---- words --------------------------------------------------------------------------- */

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

static void look_for(struct monkey *m, const char *secret)
{
    if (*secret && holds_text(stage_page(m->stage), secret))
        complain(m, "a word of the visit before is left", secret);
}

/* Whose card did not lie here is not on this page. Two of the cards are the same person's. */
static void watch_strangers(struct monkey *m)
{
    for (unsigned i = 0; i < CARDS; i++) {
        const struct person *p = &m->cards[i];
        bool is_here = false;
        for (unsigned other = 0; other < CARDS; other++)
            is_here |= m->cards_seen >> other & 1 && !strcmp(m->cards[other].number, p->number);
        if (is_here)
            continue;
        look_for(m, p->name);
        look_for(m, p->number);
        look_for(m, p->address);
    }
}

/* ---- a way out ----------------------------------------------------------------------- */

static bool is_in_reach(const struct page *p, const struct widget *w)
{
    return *w->id && w->action.verb && !w->is_disabled && !rect_is_empty(page_touch_box(p, w));
}

static const struct widget *find_way_out(const struct monkey *m)
{
    static const int verbs[] = { EV_END, EV_EXIT, EV_STAFF, EV_CONTINUE, EV_BACK, EV_NEXT };
    const struct page *p = stage_page(m->stage);
    for (size_t v = 0; v < sizeof(verbs) / sizeof(verbs[0]); v++)
        for (size_t i = 0; i < page_count(p); i++) {
            const struct widget *w = page_at(p, i);
            bool is_theirs = w->action.verb == EV_STAFF;
            if (w->action.verb != verbs[v] || !is_in_reach(p, w) ||
                (is_theirs && strtol(w->action.name, NULL, 10) != SHIFT_END))
                continue;
            return w;
        }
    return NULL;
}

/* It ends by itself, or by pulling the stick; a glass at rest by any touch. */
static bool needs_no_way_out(const struct monkey *m)
{
    enum screen now = screen_of(m);
    const struct shift_view *v = shift_view(m->staff.shift);
    if (now == SCREEN_STAFF)
        return v->is_busy || v->page == SHIFT_CHECKING || v->page == SHIFT_CLEAN;
    return now == SCREEN_OUT_OF_SERVICE || session_view(m->visits.session)->rest;
}

void watch_page(struct monkey *m)
{
    enum screen now = screen_of(m);
    bool is_passing = now == SCREEN_READING || now == SCREEN_SUBMITTING || now == SCREEN_FETCHING;
    bool has_any = false;
    const struct page *p = stage_page(m->stage);
    m->screens[now]++;
    for (size_t i = 0; i < page_count(p) && !has_any; i++)
        has_any = is_in_reach(p, page_at(p, i));
    if (is_passing && session_deadline_ms(m->visits.session) == INT64_MAX)
        complain(m, "nothing ends this screen", "no time limit");
    if (!is_passing && !needs_no_way_out(m) && !has_any)
        complain(m, "no way out", "nothing to touch");
    watch_strangers(m);
}

/* ---- escapes ------------------------------------------------------------------------- */

static void wait_until(struct monkey *m, int64_t due)
{
    int64_t left = due - m->visits.clock.boot;
    fake_clock_advance(&m->visits.clock, left > 0 ? left : 1);
    visits_event(&m->visits, EV_TIME, "", "");
}

/* Staff's page: what its stick does comes to an end, or the stick is pulled. */
static void leave_staff(struct monkey *m, const struct widget *out)
{
    const struct shift_view *v = shift_view(m->staff.shift);
    if (out)
        return;
    if (v->page == SHIFT_CHECKING || v->is_busy)
        shift_hear(m->staff.shift, &(struct shift_news){ .kind = SHIFT_GONE });
    else
        wait_until(m, m->visits.clock.boot + STAFF_SILENCE_MS);
}

static void tap(struct monkey *m, const struct widget *w)
{
    struct rect box = page_touch_box(stage_page(m->stage), w);
    int x = box.x + box.w / 2, y = box.y + box.h / 2;
    fake_clock_advance(&m->visits.clock, 1000);
    send_touch(m, (struct touch){ TOUCH_CANCEL, x, y, m->visits.clock.boot });
    send_touch(m, (struct touch){ TOUCH_DOWN, x, y, m->visits.clock.boot });
    send_touch(m, (struct touch){ TOUCH_UP, x, y, m->visits.clock.boot + 80 });
}

static void leave_by_hand(struct monkey *m)
{
    const struct widget *out = find_way_out(m);
    if (screen_of(m) == SCREEN_STAFF)
        leave_staff(m, out);
    if (out)
        tap(m, out);
    else if (screen_of(m) != SCREEN_STAFF)
        wait_until(m, session_deadline_ms(m->visits.session));
}

/* Whoever waits is asked before the end, and has time to say so. */
static void leave_by_waiting(struct monkey *m)
{
    int64_t due = session_deadline_ms(m->visits.session);
    enum screen before = screen_of(m);
    if (before == SCREEN_STAFF) {
        leave_staff(m, NULL);
        return;
    }
    if (due == INT64_MAX) {
        complain(m, "nothing ends this screen", "no time limit");
        return;
    }
    bool is_question = before == SCREEN_STILL_THERE;
    /* What is due may be the end of a bell that nobody answers: that ends no question. */
    bool is_bell = m->visits.session->visit.bell.state == BELL_RINGING &&
                   due == m->visits.session->visit.bell.until_ms;
    if (is_question && !is_bell && due - m->visits.clock.boot < WARNED_MS &&
        m->visits.clock.boot == m->visits.session->visit.touched_ms)
        complain(m, "too little time to answer", "still there?");
    wait_until(m, due);
}

void watch_escape(struct monkey *m, bool is_by_hand)
{
    char from[64];
    snprintf(from, sizeof(from), "%s, by %s", robot_screen_word(screen_of(m)),
             is_by_hand ? "hand" : "waiting");
    m->escapes++;
    for (int i = 0; i < STEPS && !is_nobody(screen_of(m)); i++) {
        is_by_hand ? leave_by_hand(m) : leave_by_waiting(m);
        settle(m);
    }
    if (!is_nobody(screen_of(m)))
        complain(m, "there is no end to it", from);
}

/* ---- the end of a visit -------------------------------------------------------------- */

static void check_memory(struct monkey *m)
{
    const struct session *s = m->visits.session;
    struct visit now = s->visit, none;
    session_clean(&none);
    none.screen = now.screen;
    none.touched_ms = now.touched_ms;
    none.entered_ms = now.entered_ms;
    if (now.screen ==
        SCREEN_ENROL) { /* as the idle page was read before it; the county's code, nobody's own */
        none.language = now.language;
        none.preferences = now.preferences;
        size_t digits = strspn(now.typed, "0123456789");
        memcpy(none.typed, now.typed, digits);
    }
    const void *left = &now, *clean = &none; /* bytes, padding and all: both are wiped */
    if (memcmp(left, clean, sizeof(none)) != 0)
        complain(m, "the session remembers", "a visit that is over");
    for (unsigned i = 0; i < CARDS; i++)
        if (memmem(s, sizeof(*s), m->cards[i].number, strlen(m->cards[i].number)) ||
            memmem(s, sizeof(*s), m->cards[i].name, strlen(m->cards[i].name)))
            complain(m, "the session remembers", m->cards[i].name);
}

static bool is_same_word(const char *a, const char *b)
{
    return !strcmp(a ? a : "", b ? b : "");
}

/* The page of nobody is what it is on a machine on which nobody has ever been. */
static void check_page(struct monkey *m)
{
    const struct page *got = stage_page(m->stage), *want = stage_page(m->witness);
    if (page_count(got) != page_count(want)) {
        complain(m, "the page is another than before anybody came", "other widgets");
        return;
    }
    for (size_t i = 0; i < page_count(got); i++) {
        const struct widget *a = page_at(got, i), *b = page_at(want, i);
        if (!is_same_word(a->id, b->id) || !is_same_word(a->label, b->label) ||
            !is_same_word(a->detail, b->detail) || !is_same_word(a->value, b->value))
            complain(m, "the page is another than before anybody came", a->id);
    }
}

static void check_picture(struct monkey *m)
{
    const struct canvas *got = stage_canvas(m->stage), *want = stage_canvas(m->witness);
    size_t bytes = (size_t)got->width * (size_t)got->height * sizeof(*got->pixels);
    if (memcmp(got->pixels, want->pixels, bytes) != 0)
        complain(m, "the picture is another than before anybody came", "pixels");
}

void watch_forgotten(struct monkey *m)
{
    static const char *const words[] = { "祸", "13800", "000042", "ZM-", "1234567890123450" };
    for (unsigned i = 0; i < CARDS; i++) {
        look_for(m, m->cards[i].name);
        look_for(m, m->cards[i].name + 3); /* without the surname */
        look_for(m, m->cards[i].number);
        look_for(m, m->cards[i].address);
    }
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
        look_for(m, words[i]);
    check_memory(m);
    if (m->visits_ended % COMPARE_EVERY)
        return;
    stage_forget(m->witness);
    (void)stage_update(m->witness, m->visits.session);
    check_page(m);
    check_picture(m);
}

/* ---- what was reached ---------------------------------------------------------------- */

static void list(const char *title, const char *word, size_t count, size_t i)
{
    if (!i)
        printf("%s:", title);
    printf("%s %s %zu", i ? "," : "", word, count);
}

bool watch_report(const struct monkey *m)
{
    size_t screens = 0, pages = 0;
    for (size_t i = 0; i < SCREEN_COUNT; i++) {
        screens += m->screens[i] > 0;
        list("screens", robot_screen_word((enum screen)i), m->screens[i], i);
    }
    puts("");
    for (size_t i = 0; i < SHIFT_PAGES; i++) {
        pages += m->staff.pages[i] > 0;
        list("staff", shift_page_word((enum shift_page)i), m->staff.pages[i], i);
    }
    puts("");
    printf("%zu acts, %zu visits ended, %zu escapes, %zu of %d screens seen, %zu of %d pages of "
           "staff, %zu failures\n",
           m->acts, m->visits_ended, m->escapes, screens, SCREEN_COUNT, pages, SHIFT_PAGES,
           m->failures);
    return screens == SCREEN_COUNT && pages == SHIFT_PAGES;
}
