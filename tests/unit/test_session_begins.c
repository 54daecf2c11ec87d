/* links: firmware/session firmware/case firmware/point firmware/slip firmware/seal firmware/catalogue firmware/calendar firmware/card firmware/base */
/* Receipt printer, section 5, rule 5: nobody's visit begins while the last one's slip is on its way. The loop holds back
 * what session_begins() names, so it must name whatever leads away from the screens where nobody is. */
#include "tests/support/session_rig.h"

static bool is_nobodys(enum screen s)
{
    return s == SCREEN_ATTRACT || s == SCREEN_READING || s == SCREEN_CARD_TROUBLE ||
           s == SCREEN_OUT_OF_SERVICE || s == SCREEN_ENROL || s == SCREEN_STAFF;
}

/* What an event of this kind carries when it is real. */
static struct event event_of(enum event_kind kind)
{
    static const struct {
        enum event_kind kind;
        const char *value;
    } spoken[] = { { EV_SCANNED, "K0012-000042-7" }, { EV_SCANNED_CODE, "3456789012345673" } };
    struct event e = { .kind = kind, .name = "", .value = "", .person = &person_a };
    for (size_t i = 0; i < sizeof(spoken) / sizeof(spoken[0]); i++)
        if (spoken[i].kind == kind)
            e.value = spoken[i].value;
    return e;
}

/* These borrow more than a name and a value, and lead nowhere from where nobody is. */
static bool is_news(enum event_kind kind)
{
    return kind == EV_LINK || kind == EV_RESERVED || kind == EV_CASE || kind == EV_PARCEL ||
           kind == EV_COUNTY_REPLY || kind == EV_FIGURES || kind == EV_AGENT_NOTES;
}

static void test_begins_names_all_that_leads_to_a_visit(void **state)
{
    (void)state;
    static const enum screen from[] = { SCREEN_ATTRACT, SCREEN_READING, SCREEN_CARD_TROUBLE };
    size_t found = 0;
    for (size_t i = 0; i < sizeof(from) / sizeof(from[0]); i++)
        for (int kind = EV_NONE + 1; kind < EV_COUNT; kind++) {
            if (is_news((enum event_kind)kind))
                continue;
            setup();
            rig.session->visit.screen = from[i];
            struct event e = event_of((enum event_kind)kind);
            bool is_named = session_begins(rig.session, &e);
            session_handle(rig.session, &e);
            if (!is_nobodys(screen())) {
                found++;
                if (!is_named)
                    fail_msg("event %d leads from screen %d to %d while a slip may be on its way",
                             kind, (int)from[i], (int)screen());
            }
            teardown();
        }
    CHECK(found >= 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_begins_names_all_that_leads_to_a_visit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
