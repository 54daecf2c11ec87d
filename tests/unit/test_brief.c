/* links: firmware/loop firmware/base */
#include "firmware/loop/brief.h"

#include "tests/support/check.h"

static void test_a_wait_that_is_soon_over_is_never_drawn(void **state)
{
    (void)state;
    struct brief b = { 0 };
    CHECK(!brief_holds(&b, SCREEN_REVIEW, 1000));
    CHECK(brief_holds(&b, SCREEN_SUBMITTING, 1000));
    CHECK_EQ(brief_deadline_ms(&b), 1000 + BRIEF_MS);
    CHECK(brief_holds(&b, SCREEN_SUBMITTING, 1000 + BRIEF_MS - 1));
    CHECK(!brief_holds(&b, SCREEN_DONE, 1000 + BRIEF_MS - 1));
    CHECK_EQ(brief_deadline_ms(&b), INT64_MAX);
}

static void test_a_wait_that_lasts_is_drawn_and_stays(void **state)
{
    (void)state;
    struct brief b = { 0 };
    CHECK(brief_holds(&b, SCREEN_SUBMITTING, 1000));
    CHECK(!brief_holds(&b, SCREEN_SUBMITTING, 1000 + BRIEF_MS));
    CHECK_EQ(brief_deadline_ms(&b), INT64_MAX);
    CHECK(!brief_holds(&b, SCREEN_SUBMITTING, 1000 + BRIEF_MS + 1));
}

static void test_every_wait_has_its_own_moment(void **state)
{
    (void)state;
    struct brief b = { 0 };
    CHECK(brief_holds(&b, SCREEN_SUBMITTING, 1000));
    CHECK(!brief_holds(&b, SCREEN_NOT_SAVED, 1010));
    CHECK(brief_holds(&b, SCREEN_SUBMITTING, 9000));
    CHECK_EQ(brief_deadline_ms(&b), 9000 + BRIEF_MS);
}

RUN(T(test_a_wait_that_is_soon_over_is_never_drawn), T(test_a_wait_that_lasts_is_drawn_and_stays),
    T(test_every_wait_has_its_own_moment))
