/* links: firmware/session firmware/slip firmware/seal firmware/catalogue firmware/calendar firmware/card firmware/base */
#include "tests/support/session_rig.h"

static const char *answer(const char *name)
{
    return session_answer(
        rig.session, &session_view(rig.session)->service->fields[draft_find(rig.session, name)]);
}

static void test_unsettled_is_open_from_help_wherever_one_came_from(void **state)
{
    (void)state;
    for (size_t i = 0; i < WAYS; i++) {
        setup();
        ways[i].go();
        tap(EV_OPEN_HELP);
        if (screen() == SCREEN_HELP) {
            tap(EV_OPEN_UNSETTLED);
            CHECK_EQ(screen(), SCREEN_FORM);
            CHECK_STR(session_view(rig.session)->service->code, "L03");
            CHECK_STR(answer("kind"), "unresolved");
        }
        teardown();
    }
}

static void test_unsettled_names_the_matter_that_could_not_be_done(void **state)
{
    (void)state;
    setup();
    to_form();
    tap(EV_OPEN_HELP);
    tap(EV_OPEN_UNSETTLED);
    CHECK(strstr(answer("words"), "残疾人护理补贴") != NULL);
    teardown();
}

static void test_unsettled_ends_in_a_number_like_every_other_matter(void **state)
{
    (void)state;
    setup();
    to_help();
    tap(EV_OPEN_UNSETTLED);
    happen(EV_CHOOSE, "reason", "offices");
    happen(EV_FOCUS, "words", "");
    happen(EV_TYPE, "", "跑了三个窗口");
    tap(EV_NEXT);
    happen(EV_CHOOSE, "reply", "anonymous");
    tap(EV_NEXT);
    CHECK_EQ(screen(), SCREEN_REVIEW);
    reserve_answered();
    if (session_view(rig.session)->service->needs_consent)
        tap(EV_CONSENT);
    tap(EV_NEXT);
    happen(EV_SUBMITTED, rig.token, "K0012-000001-X");
    CHECK_EQ(screen(), SCREEN_DONE);
    AUTO(json_release) json_t *item = opened_item();
    CHECK_STR(json_string_value(json_object_get(json_object_get(item, "form"), "kind")),
              "unresolved");
    teardown();
}

RUN(T(test_unsettled_is_open_from_help_wherever_one_came_from),
    T(test_unsettled_names_the_matter_that_could_not_be_done),
    T(test_unsettled_ends_in_a_number_like_every_other_matter))
