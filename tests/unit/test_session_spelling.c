/* links: firmware/session firmware/practice firmware/case firmware/point firmware/calendar firmware/slip firmware/seal firmware/catalogue firmware/card firmware/base */
#include "tests/support/session_rig.h"

/* ---- what is around --------------------------------------------------------------------------- */

static const struct spelling *spelling(void)
{
    return session_view(rig.session)->spelling;
}

static void engine_answers(const char *letters, const struct candidates *found)
{
    struct event e = { .kind = EV_CANDIDATES, .name = letters, .number = 1, .candidates = found };
    session_handle(rig.session, &e);
}

/* A complaint in one's own words: the field "words" is open. */
static void to_words(void)
{
    card(&person_a);
    happen(EV_OPEN_SERVICE, "L03", "");
    tap(EV_NEXT);
    happen(EV_FOCUS, "words", "");
    CHECK_EQ(session_view(rig.session)->focus, draft_find(rig.session, "words"));
}

static void way(const char *name)
{
    happen(EV_USE_WAY, "", name);
}

static void letters(const char *text)
{
    for (; *text; text++) {
        char one[2] = { *text, 0 };
        happen(EV_LETTER, "", one);
    }
}

static void stroke(int x, int y)
{
    session_handle(rig.session, &(struct event){ .kind = EV_INK_BEGIN, .x = x, .y = y });
    session_handle(rig.session, &(struct event){ .kind = EV_INK_MOVE, .x = x + 120, .y = y + 3 });
    tap(EV_INK_END);
}

static const struct candidates shaoxing = { 2, { { "绍兴", 8 }, { "少", 4 } } };

/* ---- pinyin ----------------------------------------------------------------------------------- */

static void test_spelling_a_picked_word_goes_into_the_field(void **state)
{
    (void)state;
    setup();
    to_words();
    letters("shaoxing");
    CHECK_STR(rig.letters, "shaoxing");
    CHECK_STR(answer_to("words"), ""); /* letters are no answer yet */
    engine_answers("shaoxing", &shaoxing);
    CHECK_EQ(spelling()->found.count, 2);
    happen(EV_PICK, "0", "");
    CHECK_STR(answer_to("words"), "绍兴");
    CHECK_STR(spelling()->letters, "");
    CHECK_EQ(spelling()->found.count, 0);
    teardown();
}

static void test_spelling_letters_that_a_word_leaves_over_are_asked_again(void **state)
{
    (void)state;
    setup();
    to_words();
    letters("shaoxing");
    engine_answers("shaoxing", &shaoxing);
    happen(EV_PICK, "1", "");
    CHECK_STR(answer_to("words"), "少");
    CHECK_STR(spelling()->letters, "xing");
    CHECK_STR(rig.letters, "xing");
    teardown();
}

static void test_spelling_an_answer_to_other_letters_is_dropped(void **state)
{
    (void)state;
    setup();
    to_words();
    letters("shao");
    letters("x");
    engine_answers("shao", &shaoxing);
    CHECK_EQ(spelling()->found.count, 0);
    happen(EV_PICK, "0", "");
    CHECK_STR(answer_to("words"), "");
    teardown();
}

static void test_spelling_erase_takes_letters_before_characters(void **state)
{
    (void)state;
    setup();
    to_words();
    happen(EV_TYPE, "", "绍");
    letters("xi");
    tap(EV_ERASE);
    CHECK_STR(spelling()->letters, "x");
    tap(EV_ERASE);
    CHECK_STR(answer_to("words"), "绍");
    tap(EV_ERASE);
    CHECK_STR(answer_to("words"), "");
    teardown();
}

static void test_spelling_next_waits_until_a_word_is_chosen(void **state)
{
    (void)state;
    setup();
    to_words();
    happen(EV_TYPE, "", "路灯坏了");
    letters("hen");
    size_t page = session_view(rig.session)->page;
    tap(EV_NEXT);
    CHECK_EQ(session_view(rig.session)->page, page);
    CHECK(spelling()->must_choose);
    engine_answers("hen", &(struct candidates){ 1, { { "很", 3 } } });
    happen(EV_PICK, "0", "");
    CHECK(!spelling()->must_choose);
    CHECK_STR(answer_to("words"), "路灯坏了很");
    teardown();
}

static void test_spelling_takes_thirty_two_letters_and_nothing_else(void **state)
{
    (void)state;
    setup();
    to_words();
    letters("'a''1b-C");
    CHECK_STR(spelling()->letters, "a'bc");
    for (int i = 0; i < 60; i++)
        letters("z");
    CHECK_EQ(strlen(spelling()->letters), LETTERS_MAX);
    teardown();
}

static void test_spelling_says_when_the_engine_is_away_and_other_ways_work(void **state)
{
    (void)state;
    static const struct candidates none;
    setup();
    to_words();
    letters("shao");
    session_handle(
        rig.session,
        &(struct event){ .kind = EV_CANDIDATES, .name = "shao", .number = 0, .candidates = &none });
    CHECK(spelling()->is_away);
    way("hand");
    stroke(40, 200);
    happen(EV_PICK, "1", "");
    CHECK_STR(answer_to("words"), "二");
    teardown();
}

static void test_spelling_leaving_the_field_forgets_what_was_begun(void **state)
{
    (void)state;
    setup();
    to_words();
    letters("wangxiao");
    happen(EV_FOCUS, "", "");
    happen(EV_FOCUS, "words", "");
    CHECK_STR(spelling()->letters, "");
    teardown();
}

/* ---- by hand ---------------------------------------------------------------------------------- */

static void test_hand_every_stroke_is_recognised_and_undo_takes_one_back(void **state)
{
    (void)state;
    setup();
    to_words();
    way("hand");
    stroke(40, 100);
    stroke(40, 300);
    CHECK_EQ(rig.recognised, 2);
    CHECK_EQ(spelling()->found.count, 2);
    tap(EV_INK_UNDO);
    CHECK_EQ(spelling()->ink.stroke_count, 1);
    CHECK_EQ(rig.recognised, 3);
    tap(EV_INK_UNDO);
    CHECK_EQ(spelling()->found.count, 0);
    teardown();
}

static void test_hand_a_picked_character_empties_the_pad(void **state)
{
    (void)state;
    setup();
    to_words();
    way("hand");
    stroke(40, 100);
    happen(EV_PICK, "0", "");
    CHECK_STR(answer_to("words"), "一");
    CHECK_EQ(spelling()->ink.point_count, 0);
    teardown();
}

/* Writing on, to the right after a pause, keeps the character before; anything else is one more
 * stroke of it. */
static void test_hand_the_next_character_keeps_the_one_before(void **state)
{
    (void)state;
    setup();
    to_words();
    way("hand");
    stroke(40, 100);
    fake_clock_advance(&rig.clock, 400);
    stroke(300, 100); /* right, but no pause */
    CHECK_EQ(spelling()->ink.stroke_count, 2);
    fake_clock_advance(&rig.clock, 1000);
    stroke(100, 300); /* a pause, but not to the right */
    CHECK_EQ(spelling()->ink.stroke_count, 3);
    CHECK_STR(answer_to("words"), "");
    fake_clock_advance(&rig.clock, 1000);
    stroke(500, 100);
    CHECK_STR(answer_to("words"), "一");
    CHECK_EQ(spelling()->ink.stroke_count, 1);
    teardown();
}

/* Thinking between the left and the right part of a character must not cut it in two. */
static void test_hand_a_left_part_waits_for_its_right_part(void **state)
{
    (void)state;
    setup();
    to_words();
    way("hand");
    session_handle(rig.session, &(struct event){ .kind = EV_INK_BEGIN, .x = 140, .y = 60 });
    session_handle(rig.session, &(struct event){ .kind = EV_INK_MOVE, .x = 60, .y = 240 });
    tap(EV_INK_END);
    session_handle(rig.session, &(struct event){ .kind = EV_INK_BEGIN, .x = 110, .y = 160 });
    session_handle(rig.session, &(struct event){ .kind = EV_INK_MOVE, .x = 110, .y = 500 });
    tap(EV_INK_END);
    fake_clock_advance(&rig.clock, 3000);
    stroke(220, 120); /* 80 px to the right: still this character */
    CHECK_STR(answer_to("words"), "");
    CHECK_EQ(spelling()->ink.stroke_count, 3);
    teardown();
}

static void test_hand_waits_longer_for_slow_hands(void **state)
{
    (void)state;
    setup();
    to_words();
    tap(EV_ELDER);
    happen(EV_FOCUS, "words", "");
    way("hand");
    stroke(40, 100);
    fake_clock_advance(&rig.clock, 1000);
    stroke(300, 100);
    CHECK_EQ(spelling()->ink.stroke_count, 2);
    teardown();
}

/* ---- ways ------------------------------------------------------------------------------------- */

static void test_way_first_offered_is_the_one_that_fits_the_person(void **state)
{
    (void)state;
    setup();
    to_words();
    CHECK_EQ(spelling()->way, WAY_PINYIN);
    teardown();
    setup();
    tap(EV_ELDER);
    to_words();
    CHECK_EQ(spelling()->way, WAY_HAND);
    teardown();
    setup();
    happen(EV_LANGUAGE, "", "en");
    to_words();
    CHECK_EQ(spelling()->way, WAY_LATIN);
    teardown();
}

static void test_way_once_chosen_stays_for_the_visit(void **state)
{
    (void)state;
    setup();
    to_words();
    way("hand");
    happen(EV_FOCUS, "", "");
    happen(EV_FOCUS, "words", "");
    CHECK_EQ(spelling()->way, WAY_HAND);
    teardown();
}

static void test_way_of_digits_is_all_that_a_number_takes(void **state)
{
    (void)state;
    setup();
    to_form();
    happen(EV_CHOOSE, "grade", "1");
    tap(EV_NEXT);
    happen(EV_CHOOSE, "care", "family");
    tap(EV_NEXT);
    CHECK_EQ(session_ways(rig.session), 1u << WAY_DIGITS);
    way("pinyin");
    CHECK_EQ(spelling()->way, WAY_DIGITS);
    teardown();
}

/* A day is picked first of all, and typed by whoever prefers it; only begun dates are taken. */
static void test_way_of_a_date_is_picked(void **state)
{
    static const char *const refused[] = { "2",       "20",     "202",      "20241",
                                           "2024111", "2024-1", "202411011" };
    (void)state;
    setup();
    card(&person_a);
    happen(EV_OPEN_SERVICE, "J03", "");
    tap(EV_NEXT);
    happen(EV_FOCUS, "opened", "");
    const struct session_view *v = session_view(rig.session);
    CHECK(v->focus >= 0);
    const struct field *f = &v->service->fields[v->focus];
    CHECK_EQ(session_ways(rig.session), (1u << WAY_DATE) | (1u << WAY_DIGITS));
    CHECK_EQ(spelling()->way, WAY_DATE);
    happen(EV_PICK_DATE, "", "2024");
    for (size_t i = 0; i < sizeof(refused) / sizeof(refused[0]); i++)
        happen(EV_PICK_DATE, "", refused[i]);
    CHECK_STR(session_answer(rig.session, f), "2024");
    happen(EV_PICK_DATE, "", "202411");
    happen(EV_PICK_DATE, "", "20241101");
    CHECK_STR(session_answer(rig.session, f), "20241101");
    happen(EV_PICK_DATE, "", "");
    CHECK_STR(session_answer(rig.session, f), "");
    way("digits");
    CHECK_EQ(spelling()->way, WAY_DIGITS);
    happen(EV_FOCUS, "", "");
    happen(EV_PICK_DATE, "", "2024"); /* nothing has the focus */
    CHECK_STR(session_answer(rig.session, f), "");
    teardown();
}

static void test_way_into_the_search_by_letters_pinyin_and_hand(void **state)
{
    (void)state;
    setup();
    card(&person_a);
    tap(EV_OPEN_SEARCH);
    CHECK_EQ(spelling()->way, WAY_LATIN);
    happen(EV_TYPE, "", "hlbt");
    CHECK(session_view(rig.session)->found_count > 0);
    tap(EV_CLEAR);
    way("pinyin");
    letters("canji");
    engine_answers("canji", &(struct candidates){ 1, { { "残疾", 5 } } });
    happen(EV_PICK, "0", "");
    CHECK_STR(session_view(rig.session)->typed, "残疾");
    CHECK(session_view(rig.session)->found_count > 0);
    way("hand");
    stroke(40, 100);
    happen(EV_PICK, "0", "");
    CHECK_STR(session_view(rig.session)->typed, "残疾一");
    teardown();
}

static void test_spelling_nothing_stays_for_the_next_person(void **state)
{
    (void)state;
    setup();
    to_words();
    letters("wangxiaoming");
    way("hand");
    stroke(40, 100);
    tap(EV_EXIT);
    if (screen() == SCREEN_LEAVE)
        tap(EV_END);
    CHECK_EQ(screen(), SCREEN_ATTRACT);
    CHECK(is_clean());
    teardown();
}

RUN(T(test_spelling_a_picked_word_goes_into_the_field),
    T(test_spelling_letters_that_a_word_leaves_over_are_asked_again),
    T(test_spelling_an_answer_to_other_letters_is_dropped),
    T(test_spelling_erase_takes_letters_before_characters),
    T(test_spelling_next_waits_until_a_word_is_chosen),
    T(test_spelling_takes_thirty_two_letters_and_nothing_else),
    T(test_spelling_says_when_the_engine_is_away_and_other_ways_work),
    T(test_spelling_leaving_the_field_forgets_what_was_begun),
    T(test_hand_every_stroke_is_recognised_and_undo_takes_one_back),
    T(test_hand_a_picked_character_empties_the_pad),
    T(test_hand_the_next_character_keeps_the_one_before),
    T(test_hand_a_left_part_waits_for_its_right_part), T(test_hand_waits_longer_for_slow_hands),
    T(test_way_first_offered_is_the_one_that_fits_the_person),
    T(test_way_once_chosen_stays_for_the_visit), T(test_way_of_digits_is_all_that_a_number_takes),
    T(test_way_of_a_date_is_picked), T(test_way_into_the_search_by_letters_pinyin_and_hand),
    T(test_spelling_nothing_stays_for_the_next_person))
