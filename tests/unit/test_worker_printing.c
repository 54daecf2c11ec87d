/* links: firmware/worker firmware/base */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "firmware/worker/printing.h"
#include "tests/support/check.h"

/* Between the session, kiosk-syncd and the paper's thread, which are written down here instead of done. */
static struct desk {
    struct printing *printing;
    unsigned begun, printed, visits_ended;
    int64_t late_ms; /* of the last page that went to paper */
    char state[16];  /* told to kiosk-syncd last */
    int64_t attempt;
} desk;

void link_print_begin(struct link *l, const char *job, const char *receipt, bool is_reprint)
{
    (void)l, (void)job, (void)receipt, (void)is_reprint;
    desk.begun++;
}

void link_print_state(struct link *l, int64_t attempt, const char *state, const char *level,
                      uint64_t bytes_sent)
{
    (void)l, (void)level, (void)bytes_sent;
    snprintf(desk.state, sizeof(desk.state), "%s", state);
    desk.attempt = attempt;
}

void paper_page_free(struct paper_page *p)
{
    if (p)
        free(p->bits);
    free(p);
}

void paper_print(struct paper *p, struct paper_page *page)
{
    (void)p;
    desk.printed++;
    desk.late_ms = page->late_ms;
    paper_page_free(page);
}

void paper_end_visit(struct paper *p)
{
    (void)p;
    desk.visits_ended++;
}

static int open_desk(void **state)
{
    (void)state;
    desk = (struct desk){ 0 };
    return printing_new(&desk.printing, NULL, NULL);
}

static int close_desk(void **state)
{
    (void)state;
    printing_free(desk.printing);
    return 0;
}

static void start(const char *job)
{
    struct paper_page *page = calloc(1, sizeof(*page));
    CHECK(page != NULL);
    *page = (struct paper_page){ .width_dots = 8, .rows = 1, .bits = calloc(1, 1) };
    snprintf(page->job, sizeof(page->job), "%s", job);
    printing_start(desk.printing, page, "R", false);
}

static struct event take(enum post_kind kind, const char *job, int64_t number)
{
    struct post post = { .kind = kind, .number = number };
    char name[POST_NAME];
    snprintf(post.name, sizeof(post.name), "%s", job);
    return printing_take(desk.printing, &post, name);
}

static void test_printing_is_busy_until_the_slip_has_an_end(void **state)
{
    (void)state;
    CHECK(!printing_is_busy(NULL) && !printing_is_busy(desk.printing));
    static const int ends[] = { PRINT_CONFIRMED, PRINT_UNCERTAIN, PAPER_PROGRESS_TAKEN,
                                PAPER_PROGRESS_VOIDED };
    for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
        start("job");
        CHECK(printing_is_busy(desk.printing));
        take(POST_ATTEMPT, "job", 7);
        take(POST_PRINT, "job", PRINT_SENT);
        if (ends[i] > PRINT_FAILED_CLEAN)
            take(POST_PRINT, "job", PAPER_PROGRESS_HELD);
        CHECK(printing_is_busy(desk.printing));
        take(POST_PRINT, "job", ends[i]);
        CHECK(!printing_is_busy(desk.printing));
    }
    start("job");
    CHECK_EQ(take(POST_ATTEMPT, "job", -1).number, PAPER_FAILED); /* not recorded: not printed */
    CHECK(!printing_is_busy(desk.printing));
}

/* kiosk-syncd answers when nobody waits any more: the slip is not begun, and its row has an end. */
static void test_printing_attempt_that_comes_too_late_prints_nothing(void **state)
{
    (void)state;
    start("job");
    printing_end_visit(desk.printing, 1000);
    printing_end_visit(desk.printing, 4000); /* gives no more time */
    CHECK_EQ(desk.visits_ended, 2);
    CHECK_EQ(printing_tick(desk.printing, 2000), 1000 + PAPER_GRACE_MS);
    CHECK(printing_is_busy(desk.printing));
    CHECK_EQ(printing_tick(desk.printing, 1000 + PAPER_GRACE_MS), INT64_MAX);
    CHECK(!printing_is_busy(desk.printing));
    CHECK_EQ(take(POST_ATTEMPT, "job", 7).kind, EV_NONE);
    CHECK_EQ(desk.printed, 0);
    CHECK_STR(desk.state, "failed-clean");
    CHECK_EQ(desk.attempt, 7);
}

static void test_printing_attempt_within_its_time_is_printed(void **state)
{
    (void)state;
    start("job");
    printing_end_visit(desk.printing, 1000);
    take(POST_ATTEMPT, "job", 7);
    CHECK_EQ(desk.printed, 1);
    CHECK_EQ(desk.late_ms, 1000 + PAPER_GRACE_MS);
    CHECK_EQ(printing_tick(desk.printing, 9000),
             INT64_MAX); /* the paper's thread says how it ends */
    CHECK(printing_is_busy(desk.printing));
    start("next"); /* of a visit that goes on */
    take(POST_ATTEMPT, "next", 8);
    CHECK_EQ(desk.late_ms, 0);
}

/* Twice for somebody who is there, once for somebody who has left. */
static void test_printing_tries_again_only_while_somebody_waits(void **state)
{
    (void)state;
    start("job");
    take(POST_ATTEMPT, "job", 7);
    CHECK_EQ(take(POST_PRINT, "job", PRINT_FAILED_CLEAN).kind, EV_NONE);
    CHECK_EQ(desk.begun, 2);
    take(POST_ATTEMPT, "job", 8);
    CHECK_EQ(take(POST_PRINT, "job", PRINT_FAILED_CLEAN).number, PAPER_FAILED);
    CHECK_EQ(desk.begun, 2);
    start("left");
    take(POST_ATTEMPT, "left", 9);
    printing_end_visit(desk.printing, 1000);
    CHECK_EQ(take(POST_PRINT, "left", PRINT_FAILED_CLEAN).number, PAPER_FAILED);
    CHECK_EQ(desk.begun, 3);
    CHECK(!printing_is_busy(desk.printing));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_desk, close_desk)
RUN(TEST(test_printing_is_busy_until_the_slip_has_an_end),
    TEST(test_printing_attempt_that_comes_too_late_prints_nothing),
    TEST(test_printing_attempt_within_its_time_is_printed),
    TEST(test_printing_tries_again_only_while_somebody_waits))
