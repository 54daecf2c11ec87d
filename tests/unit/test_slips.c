/* links: firmware/loop firmware/slip firmware/base */
/* A slip between the session that wants it and the printer that takes it: what stands around the loop is played here. */
#include <stdlib.h>

#include "firmware/loop/kiosk.h"
#include "tests/support/check.h"
#include "ui/text/slip_page.h"

static struct {
    struct session_view view;
    size_t drawn, handled, ended;
    int warm_steps, draw_result;
    bool is_printing, has_room;
    char started[4][POST_NAME];
    size_t start_count;
    struct event said;
    char said_job[POST_NAME];
} world;

static int64_t boot_ms(const struct clock *c)
{
    (void)c;
    return 5000;
}

static struct kiosk *kiosk_new(void)
{
    struct kiosk *k = calloc(1, sizeof(*k));
    CHECK(k != NULL);
    memset(&world, 0, sizeof(world));
    world.has_room = true;
    k->clock.base.boot_ms = boot_ms;
    return k;
}

static void kiosk_drop(struct kiosk *k)
{
    post_free(k->next);
    slips_drop(k);
    free(k);
}

/* ---- the world ----------------------------------------------------------------------- */

const struct session_view *session_view(const struct session *s)
{
    (void)s;
    return &world.view;
}

void session_handle(struct session *s, const struct event *e)
{
    (void)s;
    world.handled += e->kind == EV_CARD_READ;
}

bool session_begins(const struct session *s, const struct event *e)
{
    (void)s;
    return e->kind == EV_CARD_READ;
}

struct text *stage_text(struct stage *s)
{
    (void)s;
    return NULL;
}

uint16_t paper_width_dots(struct paper *p)
{
    (void)p;
    return 576;
}

uint16_t paper_dpi(struct paper *p)
{
    (void)p;
    return 203;
}

bool paper_has_room(struct paper *p, uint32_t rows)
{
    (void)p;
    (void)rows;
    return world.has_room;
}

void paper_page_free(struct paper_page *p)
{
    free(p);
}

int slip_page_print(struct slip_page *out, struct text *t, const struct slip *slip,
                    struct slip_paper paper)
{
    (void)t;
    (void)slip;
    *out = (struct slip_page){ .width_dots = paper.width_dots, .rows = 8 };
    world.drawn++;
    return world.draw_result;
}

bool slip_page_warm(struct text *t, struct slip_paper paper, bool is_double, int step)
{
    (void)t;
    (void)paper;
    (void)is_double;
    CHECK_EQ(step, world.warm_steps % 3);
    if (step == 2)
        return false;
    world.warm_steps++;
    return true;
}

void printing_start(struct printing *p, struct paper_page *page, const char *receipt,
                    bool is_reprint)
{
    (void)p;
    (void)receipt;
    (void)is_reprint;
    snprintf(world.started[world.start_count++], POST_NAME, "%s", page->job);
    world.is_printing = true;
    free(page);
}

bool printing_is_busy(const struct printing *p)
{
    (void)p;
    return world.is_printing;
}

void printing_end_visit(struct printing *p, int64_t now_ms)
{
    (void)p;
    (void)now_ms;
    CHECK(world.start_count >
          0); /* it ends what has begun: a slip that still waited would be the next person's */
    world.ended++;
}

int64_t printing_tick(struct printing *p, int64_t now_ms)
{
    (void)p;
    (void)now_ms;
    return INT64_MAX;
}

struct post *post_event(enum event_kind kind, const char *name, const char *value, int number)
{
    struct post *p = calloc(1, sizeof(*p));
    CHECK(p != NULL);
    p->kind = POST_EVENT;
    p->event = (struct event){ .kind = kind, .name = "", .value = "", .number = number };
    snprintf(p->name, sizeof(p->name), "%s", name);
    (void)value;
    return p;
}

void post_free(struct post *p)
{
    free(p);
}

void post_send(struct queue *to, struct post *p)
{
    (void)to;
    world.said = p->event;
    snprintf(world.said_job, sizeof(world.said_job), "%s", p->name);
    post_free(p);
}

static struct slip *slip_of(const char *words)
{
    struct slip *slip = NULL;
    CHECK_EQ(slip_new(&slip), 0);
    slip_add(slip, SLIP_TITLE, NULL, words);
    return slip;
}

/* ---- tests --------------------------------------------------------------------------- */

/* Asked for in the middle of the session's turn, it is drawn behind the picture. */
static void test_a_slip_is_drawn_when_the_picture_is(void **state)
{
    (void)state;
    struct kiosk *k = kiosk_new();
    kiosk_print(k, slip_of("回执"), "job-1", "K0012-000042-7", false);
    CHECK_EQ(world.drawn, 0);
    CHECK_EQ(world.start_count, 0);
    slips_start(k);
    CHECK_EQ(world.drawn, 1);
    CHECK_STR(world.started[0], "job-1");
    slips_start(k);
    CHECK_EQ(world.start_count, 1);
    kiosk_drop(k);
}

static void test_of_two_slips_none_is_lost_and_the_first_comes_first(void **state)
{
    (void)state;
    struct kiosk *k = kiosk_new();
    kiosk_print(k, slip_of("回执"), "job-1", "", false);
    kiosk_print(k, slip_of("告知单"), "job-2", "", false);
    slips_start(k);
    CHECK_EQ(world.start_count, 2);
    CHECK_STR(world.started[0], "job-1");
    CHECK_STR(world.started[1], "job-2");
    kiosk_drop(k);
}

/* The card of whoever comes next, in the same turn as the slip is asked for. */
static void test_nobodys_visit_begins_while_a_slip_waits(void **state)
{
    (void)state;
    struct kiosk *k = kiosk_new();
    kiosk_print(k, slip_of("回执"), "job-1", "", false);
    CHECK(next_keeps(k, post_event(EV_CARD_READ, "", "", 0)));
    CHECK_EQ(world.handled, 0);
    CHECK_STR(world.started[0], "job-1");
    CHECK_EQ(world.ended, 1);
    next_follow(k);
    CHECK_EQ(world.handled, 0);
    world.is_printing = false;
    next_follow(k);
    CHECK_EQ(world.handled, 1);
    kiosk_drop(k);
}

static void test_a_slip_that_cannot_be_drawn_is_said_to_have_failed(void **state)
{
    (void)state;
    struct kiosk *k = kiosk_new();
    world.draw_result = SLIP_PAGE_E_GLYPH;
    kiosk_print(k, slip_of("回执"), "job-1", "", false);
    slips_start(k);
    CHECK_EQ(world.start_count, 0);
    CHECK_EQ(world.said.kind, EV_PRINT_STATE);
    CHECK_EQ(world.said.number, PAPER_FAILED);
    CHECK_STR(world.said_job, "job-1");
    CHECK(!slips_are_on_their_way(k));
    kiosk_drop(k);
}

static void test_fonts_are_opened_one_a_turn_while_somebody_reviews(void **state)
{
    (void)state;
    struct kiosk *k = kiosk_new();
    world.view.screen = SCREEN_FORM;
    slips_warm(k);
    CHECK_EQ(world.warm_steps, 0);
    CHECK_EQ(slips_deadline_ms(k), INT64_MAX);
    world.view.screen = SCREEN_REVIEW;
    for (int turn = 1; turn <= 2; turn++) {
        slips_warm(k);
        CHECK_EQ(world.warm_steps, turn);
        CHECK_EQ(slips_deadline_ms(k), 5000); /* the next turn at once */
    }
    slips_warm(k);
    CHECK_EQ(slips_deadline_ms(k), INT64_MAX);
    kiosk_drop(k);
}

RUN(T(test_a_slip_is_drawn_when_the_picture_is),
    T(test_of_two_slips_none_is_lost_and_the_first_comes_first),
    T(test_nobodys_visit_begins_while_a_slip_waits),
    T(test_a_slip_that_cannot_be_drawn_is_said_to_have_failed),
    T(test_fonts_are_opened_one_a_turn_while_somebody_reviews))
