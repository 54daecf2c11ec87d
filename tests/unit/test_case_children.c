/* links: firmware/case firmware/calendar firmware/base */
#include "firmware/case/children.h"

#include "tests/support/check.h"

/* Household; insurance and card after it; vaccination by itself. */
static const unsigned newborn[] = { 0, 1, 1, 0 };
enum { HOUSEHOLD, INSURANCE, CARD, VACCINATION };

static void open_newborn(struct case_children *c)
{
    children_open(c, 4, newborn);
}

static int county(struct case_children *c, size_t child, enum case_event on)
{
    return children_happen(c, child, on, ACTOR_COUNTY);
}

static void grant(struct case_children *c, size_t child)
{
    CHECK_EQ(county(c, child, CASE_EV_ACCEPT), 0);
    CHECK_EQ(county(c, child, CASE_EV_GRANT), 0);
}

static void test_children_that_wait_are_not_granted_before_their_time(void **state)
{
    (void)state;
    struct case_children c;
    open_newborn(&c);
    CHECK(children_is_waiting(&c, INSURANCE) && !children_is_waiting(&c, VACCINATION));
    CHECK_EQ(county(&c, INSURANCE, CASE_EV_ACCEPT), 0);
    CHECK_EQ(county(&c, INSURANCE, CASE_EV_GRANT), CASE_E_EVENT);
    grant(&c, HOUSEHOLD);
    CHECK(!children_is_waiting(&c, INSURANCE));
    CHECK_EQ(county(&c, INSURANCE, CASE_EV_GRANT), 0);
}

static void
test_children_one_that_is_refused_takes_down_those_after_it_and_siblings_go_on(void **state)
{
    (void)state;
    struct case_children c;
    open_newborn(&c);
    CHECK_EQ(county(&c, HOUSEHOLD, CASE_EV_REFUSE), 0);
    CHECK_EQ(c.children[INSURANCE].state, CASE_ENDED);
    CHECK(c.children[INSURANCE].is_fallen && c.children[CARD].is_fallen);
    CHECK_EQ(c.children[VACCINATION].state, CASE_RECEIVED);
    CHECK_EQ(children_tally(&c).open, 1);
    grant(&c, VACCINATION);
    struct children_tally t = children_tally(&c);
    CHECK_EQ(t.granted, 1);
    CHECK_EQ(t.failed, 3);
    CHECK_EQ(t.fallen, 2);
    CHECK(t.is_partial);
    CHECK_EQ(t.parent, CASE_DONE_OK);
}

static void test_children_fall_also_by_way_of_others(void **state)
{
    (void)state;
    static const unsigned chain[] = { 0, 1, 2, 4 };
    struct case_children c;
    children_open(&c, 4, chain);
    CHECK_EQ(county(&c, 1, CASE_EV_REFUSE), 0);
    CHECK(c.children[2].is_fallen && c.children[3].is_fallen && !c.children[0].is_fallen);
}

static void test_children_parent_is_derived(void **state)
{
    (void)state;
    struct case_children c;
    open_newborn(&c);
    CHECK_EQ(children_tally(&c).parent, CASE_RECEIVED);
    CHECK_EQ(county(&c, VACCINATION, CASE_EV_NOTIFY), 0);
    CHECK_EQ(children_tally(&c).parent, CASE_CORRECT);
    CHECK_EQ(county(&c, VACCINATION, CASE_EV_CORRECTED), 0);
    CHECK_EQ(children_tally(&c).parent, CASE_ACCEPTED);
    CHECK_EQ(county(&c, VACCINATION, CASE_EV_DENY), 0);
    CHECK_EQ(children_tally(&c).parent, CASE_ACCEPTED); /* the others are still open */
    grant(&c, HOUSEHOLD);
    grant(&c, INSURANCE);
    grant(&c, CARD);
    CHECK_EQ(children_tally(&c).parent, CASE_DONE_OK);
    CHECK(children_tally(&c).is_partial);
    for (size_t i = HOUSEHOLD; i <= CARD; i++)
        CHECK_EQ(county(&c, i, CASE_EV_DELIVER), 0);
    CHECK_EQ(children_tally(&c).parent, CASE_DELIVERED);
}

static void test_children_that_all_came_to_nothing_are_no_success(void **state)
{
    (void)state;
    struct case_children c;
    open_newborn(&c);
    CHECK_EQ(county(&c, HOUSEHOLD, CASE_EV_REFUSE), 0);
    CHECK_EQ(county(&c, VACCINATION, CASE_EV_REFUSE), 0);
    CHECK_EQ(children_tally(&c).parent, CASE_REFUSED);
    open_newborn(&c);
    for (size_t i = 0; i < c.count; i++)
        if (!case_is_over(c.children[i].state))
            CHECK_EQ(children_happen(&c, i, CASE_EV_WITHDRAW, ACTOR_RESIDENT), 0);
    CHECK_EQ(children_tally(&c).granted, 0);
    CHECK(children_tally(&c).parent != CASE_DONE_OK);
}

static void test_children_a_delivered_denial_stays_a_denial(void **state)
{
    (void)state;
    struct case_children c;
    open_newborn(&c);
    CHECK_EQ(county(&c, HOUSEHOLD, CASE_EV_ACCEPT), 0);
    CHECK_EQ(county(&c, HOUSEHOLD, CASE_EV_DENY), 0);
    CHECK_EQ(county(&c, HOUSEHOLD, CASE_EV_DELIVER), 0);
    CHECK(children_is_waiting(&c, INSURANCE));
    CHECK_EQ(children_tally(&c).granted, 0);
}

static void test_children_a_pause_comes_back_to_where_it_was(void **state)
{
    (void)state;
    struct case_children c;
    open_newborn(&c);
    CHECK_EQ(county(&c, VACCINATION, CASE_EV_ACCEPT_GAP), 0);
    CHECK_EQ(county(&c, VACCINATION, CASE_EV_PAUSE), 0);
    CHECK_EQ(children_tally(&c).parent, CASE_PAUSED);
    CHECK_EQ(county(&c, VACCINATION, CASE_EV_RESUME), 0);
    CHECK_EQ(c.children[VACCINATION].state, CASE_ACCEPTED_GAP);
}

static void test_children_steps_are_the_statutes(void **state)
{
    (void)state;
    struct case_children c;
    open_newborn(&c);
    CHECK_EQ(county(&c, HOUSEHOLD, CASE_EV_GRANT), CASE_E_EVENT); /* not accepted yet */
    CHECK_EQ(county(&c, HOUSEHOLD, CASE_EV_WITHDRAW), CASE_E_ACTOR);
    CHECK_EQ(county(&c, 9, CASE_EV_ACCEPT), CASE_E_EVENT);
    CHECK_EQ(children_tally(&c).parent, CASE_RECEIVED);
}

static void test_children_follow_what_their_own_clocks_did(void **state)
{
    (void)state;
    struct case_children c;
    open_newborn(&c);
    children_follow(&c, HOUSEHOLD, CASE_WITHDRAWN); /* not corrected in time */
    CHECK(c.children[INSURANCE].is_fallen && c.children[CARD].is_fallen);
    CHECK(!c.children[VACCINATION].is_fallen);
    open_newborn(&c);
    CHECK_EQ(county(&c, VACCINATION, CASE_EV_ACCEPT), 0);
    CHECK_EQ(county(&c, VACCINATION, CASE_EV_DENY), 0);
    children_follow(&c, VACCINATION, CASE_DELIVERED); /* the letter was handed over */
    CHECK_EQ(children_tally(&c).granted, 0);
    children_follow(&c, CHILDREN_MAX, CASE_DELIVERED);
    CHECK_EQ(c.count, 4);
}

/* 2026-11-25 is a Wednesday; no holidays here but weekends. */
enum { WEDNESDAY = 20782, THURSDAY, FRIDAY, MONDAY = FRIDAY + 3, TUESDAY };

static struct case_file received_on(day today)
{
    struct case_file f;
    case_open(&f, 4, 10);
    f.state = CASE_RECEIVED;
    f.received = f.last = today;
    return f;
}

static void test_children_time_begins_when_nothing_is_waited_for(void **state)
{
    (void)state;
    static const struct calendar weekends;
    const struct case_detail by_county = { .by = ACTOR_COUNTY };
    struct case_file f = received_on(WEDNESDAY);
    children_start(&f, WEDNESDAY); /* nobody has accepted it: no time runs */
    CHECK_EQ(f.accepted, DAY_NONE);
    CHECK_EQ(case_happen(&f, &weekends, CASE_EV_ACCEPT, WEDNESDAY, &by_county), 0);
    children_start(&f, FRIDAY);
    CHECK_EQ(f.accepted, FRIDAY);
    CHECK_EQ(case_days_left(&f, &weekends, FRIDAY), 4);
    children_close(&f, MONDAY);
    CHECK(f.state == CASE_ENDED && f.finished == MONDAY);
}

static void test_children_one_clock_counts_for_the_whole(void **state)
{
    (void)state;
    static const struct calendar weekends;
    struct case_file whole = received_on(WEDNESDAY);
    struct children_tally t = { .open = 2, .parent = CASE_CORRECT };
    children_lead(&whole, &weekends, &t, WEDNESDAY);
    CHECK(whole.state == CASE_CORRECT && whole.accepted == DAY_NONE);
    t.parent = CASE_ACCEPTED;
    children_lead(&whole, &weekends, &t, THURSDAY);
    CHECK_EQ(whole.accepted, THURSDAY);
    CHECK_EQ(case_days_left(&whole, &weekends, THURSDAY), 4);
    t.parent = CASE_PAUSED; /* every open child stands */
    children_lead(&whole, &weekends, &t, FRIDAY);
    CHECK_EQ(whole.paused, FRIDAY);
    t.parent = CASE_ACCEPTED;
    children_lead(&whole, &weekends, &t, TUESDAY);
    CHECK_EQ(case_days_left(&whole, &weekends, TUESDAY), 3);
    t = (struct children_tally){ .granted = 2, .parent = CASE_DELIVERED };
    children_lead(&whole, &weekends, &t, TUESDAY);
    CHECK_EQ(whole.finished, TUESDAY);
    whole.state = CASE_RATED;
    children_lead(&whole, &weekends, &t, TUESDAY + 1);
    CHECK(whole.state == CASE_RATED && whole.finished == TUESDAY);
}

/* Whatever comes: nothing over goes on, and nobody is granted before those it waits for. */
static void test_children_hold_their_promises_under_any_events(void **state)
{
    (void)state;
    unsigned chance = 7;
    for (int round = 0; round < 300; round++) {
        unsigned after[CHILDREN_MAX];
        struct case_children c;
        for (unsigned i = 0; i < CHILDREN_MAX; i++) {
            chance = chance * 1664525 + 1013904223;
            after[i] = (chance >> 16) & ((1U << i) - 1); /* of earlier ones: no rings */
        }
        children_open(&c, CHILDREN_MAX, after);
        for (int step = 0; step < 200; step++) {
            chance = chance * 1664525 + 1013904223;
            size_t child = chance >> 24 & (CHILDREN_MAX - 1);
            enum case_event on = (enum case_event)((chance >> 8 & 0xffff) % CASE_EVENTS);
            enum case_state was = c.children[child].state;
            bool waited = children_is_waiting(&c, child);
            if (children_happen(&c, child, on, ACTOR_COUNTY))
                CHECK_EQ(c.children[child].state, was);
            else
                CHECK(on != CASE_EV_GRANT || !waited);
            struct children_tally t = children_tally(&c);
            CHECK_EQ(t.open + t.granted + t.failed, c.count);
            CHECK_EQ(case_is_over(t.parent), t.open == 0);
        }
    }
}

RUN(T(test_children_that_wait_are_not_granted_before_their_time),
    T(test_children_one_that_is_refused_takes_down_those_after_it_and_siblings_go_on),
    T(test_children_fall_also_by_way_of_others), T(test_children_parent_is_derived),
    T(test_children_that_all_came_to_nothing_are_no_success),
    T(test_children_a_delivered_denial_stays_a_denial),
    T(test_children_a_pause_comes_back_to_where_it_was), T(test_children_steps_are_the_statutes),
    T(test_children_follow_what_their_own_clocks_did),
    T(test_children_time_begins_when_nothing_is_waited_for),
    T(test_children_one_clock_counts_for_the_whole),
    T(test_children_hold_their_promises_under_any_events))
