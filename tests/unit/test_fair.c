/* links: tests/platform firmware/calendar firmware/case firmware/base */
#include <stdio.h>

#include "tests/platform/fair.h"
#include "tests/support/check.h"

enum { PEOPLE = 300, MINUTE = 60000 };

static uint64_t state;

/* The same chances in every run. */
static unsigned chance(unsigned below)
{
    state = state * UINT64_C(6364136223846793005) + 1442695040888963407u;
    return (unsigned)(state >> 33) % below;
}

/* A day: people come at any time, one is served each `pace`; writes the order of service. */
static void run_day(struct fair_ticket *people, int served[PEOPLE], int pace)
{
    struct fair_ticket hall[PEOPLE];
    int who[PEOPLE];
    size_t waiting = 0, come = 0, done = 0;
    for (int64_t now = 0; done < PEOPLE; now += pace) {
        while (come < PEOPLE && people[come].arrived_ms <= now) {
            who[waiting] = (int)come;
            hall[waiting++] = people[come++];
        }
        int next = fair_next(hall, waiting, NULL, 0);
        if (next < 0)
            continue;
        served[done++] = who[next];
        hall[next] = hall[waiting - 1];
        who[next] = who[--waiting];
    }
}

static void make_people(struct fair_ticket *people, unsigned firsts)
{
    int64_t at = 0;
    for (int i = 0; i < PEOPLE; i++) {
        at += chance(3 * MINUTE);
        people[i] = (struct fair_ticket){
            .arrived_ms = at, .order = i, .is_first = chance(100) < firsts, .theme = "elders"
        };
    }
}

/* Some of them cannot wait, and staff have confirmed it. */
static void make_urgent(struct fair_ticket *people, unsigned percent)
{
    for (int i = 0; i < PEOPLE; i++)
        people[i].is_lane = people[i].is_urgent = chance(100) < percent;
}

static void test_fair_nobody_is_overtaken_by_whoever_came_more_than_the_head_start_later(void **st)
{
    (void)st;
    for (unsigned firsts = 0; firsts <= 100; firsts += 10)
        for (uint64_t seed = 1; seed <= 8; seed++) {
            struct fair_ticket people[PEOPLE];
            int served[PEOPLE];
            state = seed * 77 + firsts;
            make_people(people, firsts);
            run_day(people, served, 2 * MINUTE);
            for (int i = 0; i < PEOPLE; i++)
                for (int k = 0; k < i; k++) {
                    const struct fair_ticket *early = &people[served[i]],
                                             *before = &people[served[k]];
                    CHECK(before->arrived_ms - early->arrived_ms <= FAIR_HEAD_START_MS);
                }
        }
}

static void
test_fair_priority_is_never_overtaken_by_later_comers_and_gains_its_head_start(void **st)
{
    (void)st;
    for (uint64_t seed = 1; seed <= 20; seed++) {
        struct fair_ticket people[PEOPLE];
        int served[PEOPLE];
        unsigned gained = 0;
        state = seed;
        make_people(people, 15);
        run_day(people, served, 2 * MINUTE);
        for (int i = 0; i < PEOPLE; i++)
            for (int k = 0; k < i; k++) {
                const struct fair_ticket *later = &people[served[i]], *before = &people[served[k]];
                if (later->is_first)
                    CHECK(before->arrived_ms <= later->arrived_ms || before->is_first);
                gained += before->is_first && !later->is_first && before->order > later->order;
            }
        CHECK(gained > 0);
    }
}

static void test_fair_urgent_people_push_nobody_back_by_more_than_their_head_start(void **st)
{
    (void)st;
    for (unsigned percent = 0; percent <= 100; percent += 20)
        for (uint64_t seed = 1; seed <= 8; seed++) {
            struct fair_ticket people[PEOPLE];
            int served[PEOPLE];
            state = seed * 31 + percent;
            make_people(people, 10);
            make_urgent(people, percent);
            run_day(people, served, 2 * MINUTE);
            for (int i = 0; i < PEOPLE; i++)
                for (int k = 0; k < i; k++) {
                    const struct fair_ticket *early = &people[served[i]],
                                             *before = &people[served[k]];
                    int64_t most = before->is_urgent  ? FAIR_URGENT_MS
                                   : before->is_first ? FAIR_HEAD_START_MS
                                                      : 0;
                    CHECK(before->arrived_ms - early->arrived_ms <= most);
                    if (early->is_urgent && !before->is_urgent)
                        CHECK(before->arrived_ms <= early->arrived_ms);
                }
        }
}

/* However many come who cannot wait, one without any priority is called before an hour of them is through. */
static void test_fair_an_ordinary_person_is_reached_among_urgent_ones_alone(void **st)
{
    struct fair_ticket people[PEOPLE];
    int served[PEOPLE], place = -1;
    (void)st;
    for (int i = 0; i < PEOPLE; i++)
        people[i] = (struct fair_ticket){ .arrived_ms = (int64_t)i * MINUTE,
                                          .order = i,
                                          .is_lane = i != 5,
                                          .is_urgent = i != 5,
                                          .theme = "elders" };
    run_day(people, served, MINUTE);
    for (int i = 0; i < PEOPLE; i++)
        place = served[i] == 5 ? i : place;
    CHECK(place >= 5 && place <= 5 + FAIR_URGENT_MS / MINUTE);
}

static void test_fair_lane_takes_what_is_urgent_first_and_is_never_idle(void **st)
{
    struct fair_ticket hall[] = {
        { .arrived_ms = 0, .order = 1, .theme = "elders" },
        { .arrived_ms = 50 * MINUTE,
          .order = 2,
          .theme = "medical",
          .is_first = true,
          .is_lane = true },
        { .arrived_ms = 40 * MINUTE, .order = 3, .theme = "elders", .is_first = true },
    };
    (void)st;
    CHECK_EQ(fair_next(hall, 3, NULL, 0), 0);
    CHECK_EQ(fair_next_urgent(hall, 3, NULL, 0), 1);
    hall[1].is_lane = false; /* staff have looked at it: it can wait */
    CHECK_EQ(fair_next_urgent(hall, 3, NULL, 0), 0);
    CHECK_EQ(fair_next_urgent(hall, 0, NULL, 0), -1);
}

static void test_fair_everybody_is_served_once_and_equals_in_turn(void **st)
{
    struct fair_ticket people[PEOPLE];
    int served[PEOPLE], last[2] = { -1, -1 };
    bool is_done[PEOPLE] = { false };
    (void)st;
    state = 5;
    make_people(people, 30);
    run_day(people, served, 3 * MINUTE);
    for (int i = 0; i < PEOPLE; i++) {
        CHECK(!is_done[served[i]]);
        is_done[served[i]] = true;
        int kind = people[served[i]].is_first;
        CHECK(served[i] > last[kind]);
        last[kind] = served[i];
    }
}

static void test_fair_counter_calls_only_its_themes(void **st)
{
    static const char *const own[] = { "medical", "family" };
    const struct fair_ticket hall[] = { { .arrived_ms = 1, .order = 1, .theme = "elders" },
                                        { .arrived_ms = 3, .order = 3, .theme = "family" },
                                        { .arrived_ms = 2, .order = 2, .theme = "medical" } };
    (void)st;
    CHECK_EQ(fair_next(hall, 3, own, 2), 2);
    CHECK_EQ(fair_next(hall, 3, NULL, 0), 0);
    CHECK_EQ(fair_next(hall, 1, own, 2), -1);
    CHECK_EQ(fair_next(hall, 0, NULL, 0), -1);
}

static void test_fair_ahead_is_what_a_newcomer_will_see(void **st)
{
    const struct fair_ticket hall[] = {
        { .arrived_ms = 0, .order = 1, .theme = "elders" },
        { .arrived_ms = 5 * MINUTE, .order = 2, .theme = "elders" },
        { .arrived_ms = 6 * MINUTE, .order = 3, .theme = "elders", .is_first = true },
        { .arrived_ms = 6 * MINUTE, .order = 4, .theme = "medical" }
    };
    (void)st;
    CHECK_EQ(fair_ahead(hall, 4, "elders", false, 12 * MINUTE), 3);
    CHECK_EQ(fair_ahead(hall, 4, "elders", true, 12 * MINUTE), 2);
    CHECK_EQ(fair_ahead(hall, 4, "housing", false, 12 * MINUTE), 0);
}

RUN(T(test_fair_nobody_is_overtaken_by_whoever_came_more_than_the_head_start_later),
    T(test_fair_priority_is_never_overtaken_by_later_comers_and_gains_its_head_start),
    T(test_fair_urgent_people_push_nobody_back_by_more_than_their_head_start),
    T(test_fair_an_ordinary_person_is_reached_among_urgent_ones_alone),
    T(test_fair_lane_takes_what_is_urgent_first_and_is_never_idle),
    T(test_fair_everybody_is_served_once_and_equals_in_turn),
    T(test_fair_counter_calls_only_its_themes), T(test_fair_ahead_is_what_a_newcomer_will_see))
