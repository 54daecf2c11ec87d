/* links: firmware/session firmware/practice firmware/case firmware/point firmware/calendar firmware/slip firmware/seal firmware/catalogue firmware/card firmware/base */
#include "firmware/base/tongue.h"
#include "tests/support/session_rig.h"

static const struct preferences *wishes(void)
{
    return &session_view(rig.session)->preferences;
}

static bool is_as_delivered(void)
{
    const struct preferences *p = wishes();
    return !p->is_elder && !p->is_contrast && !p->is_lowered && !p->is_speech_on && !p->is_still &&
           p->volume == VOLUME_DEFAULT && session_view(rig.session)->language == LANGUAGE_ZH;
}

static void wish_everything(void)
{
    static const enum event_kind all[] = { EV_ELDER, EV_CONTRAST, EV_LOWER, EV_SPEECH, EV_STILL };
    for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
        tap(all[i]);
    happen(EV_LANGUAGE, "", "en");
    happen(EV_VOLUME, "1", "");
}

static void test_preferences_go_back_for_the_next_person(void **state)
{
    (void)state;
    setup();
    to_home();
    wish_everything();
    CHECK(wishes()->is_elder && wishes()->is_contrast && wishes()->is_lowered &&
          wishes()->is_speech_on && wishes()->is_still);
    CHECK_EQ(wishes()->volume, VOLUME_DEFAULT + 1);
    tap(EV_EXIT);
    CHECK(is_as_delivered());
    teardown();
}

static void test_preferences_chosen_on_the_first_page_go_with_whoever_walks_away(void **state)
{
    (void)state;
    setup();
    CHECK_EQ(session_deadline_ms(rig.session), INT64_MAX); /* nothing wakes an idle kiosk */
    wish_everything();
    fake_clock_advance(&rig.clock, session_deadline_ms(rig.session) - rig.clock.boot);
    tap(EV_TIME);
    CHECK_EQ(screen(), SCREEN_ATTRACT);
    CHECK(is_as_delivered());
    teardown();
}

static void test_preferences_chosen_on_the_first_page_stay_for_the_visit(void **state)
{
    (void)state;
    setup();
    tap(EV_ELDER);
    happen(EV_LANGUAGE, "", "en");
    to_home();
    CHECK(wishes()->is_elder);
    CHECK_EQ(session_view(rig.session)->language, LANGUAGE_EN);
    teardown();
}

static void test_preferences_volume_stays_within_what_there_is(void **state)
{
    (void)state;
    setup();
    for (int i = 0; i < 30; i++)
        happen(EV_VOLUME, "1", "");
    CHECK_EQ(wishes()->volume, VOLUME_MAX);
    for (int i = 0; i < 30; i++)
        happen(EV_VOLUME, "-1", "");
    CHECK_EQ(wishes()->volume, 0);
    teardown();
}

/* Every limit that is a person's time is doubled; those of devices are not. */
static void test_elder_has_twice_the_time(void **state)
{
    (void)state;
    for (size_t i = 0; i < WAYS; i++) {
        setup();
        ways[i].go();
        int64_t usual = session_deadline_ms(rig.session) - rig.clock.boot;
        tap(EV_ELDER);
        int64_t now = session_deadline_ms(rig.session) - rig.clock.boot;
        bool is_device = ways[i].screen == SCREEN_READING || ways[i].screen == SCREEN_SUBMITTING ||
                         ways[i].screen == SCREEN_FETCHING;
        bool is_doubled = now >= 2 * usual - 1;
        CHECK(is_device ? now == usual : is_doubled);
        teardown();
    }
}

/* ---- another language ------------------------------------------------------------------------- */

static const struct tongues tongues = {
    .count = 2, .list = { { "ja", "日本語", "ja" }, { "xx", "Other", "" } }
};

/* What it has, and for all else the English. */
static const char *in_japanese(void *context, const char *code, const char *english)
{
    static const char *const texts[][2] = {
        { "Receipt", "受付票" },
        { "Care subsidy for severe disability", "重度障がい者介護手当" },
        { "%d working days", "%d 営業日" },
    };
    (void)context;
    for (size_t i = 0; !strcmp(code, "ja") && i < sizeof(texts) / sizeof(texts[0]); i++)
        if (!strcmp(english, texts[i][0]))
            return texts[i][1];
    return english;
}

static void choose_tongue(const char *code)
{
    rig.session->config.tongues = &tongues;
    rig_ports.in_tongue = in_japanese;
    happen(EV_LANGUAGE, "", code);
}

static void test_tongue_is_on_the_slip_text_by_text_and_not_in_what_the_county_gets(void **state)
{
    (void)state;
    setup();
    choose_tongue("ja");
    submit_subsidy();
    happen(EV_SUBMITTED, rig.token, "K0012-000001-X");
    CHECK(last_slip_says("受付票") && last_slip_says("重度障がい者介護手当"));
    CHECK(last_slip_says("営業日"));
    CHECK(last_slip_says("重度残疾人护理补贴申领")); /* for the counter */
    CHECK(last_slip_says("Free of charge"));         /* it has no word for it */
    CHECK(!last_slip_says("Care subsidy for severe disability"));
    AUTO(json_release) json_t *item = opened_item();
    char *text = json_dumps(item, 0);
    CHECK(strstr(text, "\"language\": \"en\"") && !strstr(text, "営業日") &&
          !strstr(text, "障がい者"));
    free(text);
    teardown();
}

static void test_tongue_is_read_out_where_the_engine_has_its_voice(void **state)
{
    (void)state;
    setup();
    to_home();
    choose_tongue("ja");
    tap(EV_SPEECH);
    CHECK(wishes()->is_speech_on && wishes()->tongue == 1);
    choose_tongue("xx"); /* no voice: it is silent, and speech leads to English */
    CHECK(!wishes()->is_speech_on && wishes()->tongue == 2);
    tap(EV_SPEECH);
    CHECK(wishes()->is_speech_on && wishes()->tongue == 0);
    CHECK_EQ(session_view(rig.session)->language, LANGUAGE_EN);
    teardown();
}

/* ---- one question at a time ------------------------------------------------------------------- */

static const struct field *shown(void)
{
    const struct session_view *v = session_view(rig.session);
    CHECK(v->only >= 0);
    return &v->service->fields[v->only];
}

/* Answer what is shown, whatever its kind; then go on. */
static void answer_it(void)
{
    const struct field *f = shown();
    if (f->kind == FIELD_CHOICE)
        happen(EV_CHOOSE, f->name, f->choices[0].value);
    else if (f->kind == FIELD_YES_NO)
        happen(EV_CHOOSE, f->name, "yes");
    else if (f->kind == FIELD_PHONE)
        happen(EV_TYPE, "", "13800000000");
    else
        happen(EV_TYPE, "", "1");
    tap(EV_NEXT);
}

static void test_elder_is_asked_one_question_at_a_time_and_every_one_once(void **state)
{
    (void)state;
    bool has_seen[FORM_FIELDS_MAX] = { false };
    setup();
    to_guide();
    tap(EV_ELDER);
    tap(EV_NEXT);
    const struct service *service = session_view(rig.session)->service;
    int steps = 0;
    while (screen() == SCREEN_FORM) {
        int only = session_view(rig.session)->only;
        CHECK(only >= 0 && !has_seen[only]);
        CHECK(!session_field_is_locked(rig.session, &service->fields[only]));
        has_seen[only] = true;
        answer_it();
        CHECK(++steps < FORM_FIELDS_MAX);
    }
    CHECK_EQ(screen(), SCREEN_REVIEW);
    for (size_t i = 0; i < service->field_count; i++) {
        const struct field *f = &service->fields[i];
        bool is_asked =
            session_field_is_visible(rig.session, f) && !session_field_is_locked(rig.session, f);
        CHECK_EQ(has_seen[i], is_asked);
    }
    teardown();
}

static void test_elder_cannot_go_on_without_an_answer_and_hears_why(void **state)
{
    (void)state;
    setup();
    to_guide();
    tap(EV_ELDER);
    tap(EV_NEXT);
    const struct field *first = shown();
    tap(EV_NEXT);
    CHECK(shown() == first);
    CHECK_EQ(session_problem(rig.session, first), ANSWER_E_EMPTY);
    teardown();
}

static void test_elder_goes_back_question_by_question_to_the_guide(void **state)
{
    (void)state;
    setup();
    to_guide();
    tap(EV_ELDER);
    tap(EV_NEXT);
    const struct field *first = shown();
    answer_it();
    CHECK(shown() != first);
    tap(EV_BACK);
    CHECK(shown() == first);
    tap(EV_BACK);
    CHECK_EQ(screen(), SCREEN_GUIDE);
    teardown();
}

static void test_elder_back_from_the_review_is_the_last_question(void **state)
{
    (void)state;
    setup();
    fill_subsidy();
    tap(EV_ELDER);
    tap(EV_BACK);
    CHECK(session_is_last_step(rig.session));
    shown();
    teardown();
}

static void test_elder_switched_on_in_a_form_begins_with_what_is_open(void **state)
{
    (void)state;
    setup();
    to_form(); /* "kind" is answered, "grade" is not */
    tap(EV_ELDER);
    CHECK_STR(shown()->name, "grade");
    tap(EV_ELDER);
    CHECK_EQ(session_view(rig.session)->only, -1);
    teardown();
}

RUN(T(test_preferences_go_back_for_the_next_person),
    T(test_preferences_chosen_on_the_first_page_go_with_whoever_walks_away),
    T(test_preferences_chosen_on_the_first_page_stay_for_the_visit),
    T(test_preferences_volume_stays_within_what_there_is),
    T(test_tongue_is_on_the_slip_text_by_text_and_not_in_what_the_county_gets),
    T(test_tongue_is_read_out_where_the_engine_has_its_voice), T(test_elder_has_twice_the_time),
    T(test_elder_is_asked_one_question_at_a_time_and_every_one_once),
    T(test_elder_cannot_go_on_without_an_answer_and_hears_why),
    T(test_elder_goes_back_question_by_question_to_the_guide),
    T(test_elder_back_from_the_review_is_the_last_question),
    T(test_elder_switched_on_in_a_form_begins_with_what_is_open))
