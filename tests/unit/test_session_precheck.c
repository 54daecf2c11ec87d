/* links: firmware/session firmware/practice firmware/case firmware/point firmware/slip firmware/seal firmware/catalogue firmware/calendar firmware/card firmware/base */
#include "tests/support/session_rig.h"

static const struct precheck_view *precheck(void)
{
    return &session_view(rig.session)->precheck;
}

static struct person of_birth(const char *birth)
{
    struct person p = person_a;
    memcpy(p.birth, birth, 9);
    return p;
}

static void know_other_points(void)
{
    char complaint[POINT_COMPLAINT];
    size_t length;
    struct point_news *news = NULL;
    char *text = test_file("fuzz/corpus/point/full.json", &length);
    CHECK_EQ(point_parse(&news, text, length, complaint), 0);
    free(text);
    session_set_point(rig.session, news);
}

static void open_guide(const char *birth, const char *code)
{
    const struct person p = of_birth(birth);
    card(&p);
    happen(EV_OPEN_SERVICE, code, "");
    CHECK_EQ(screen(), SCREEN_GUIDE);
}

static void hand_in(void)
{
    reserve_answered();
    if (session_view(rig.session)->service->needs_consent)
        tap(EV_CONSENT);
    sign();
    tap(EV_NEXT);
    CHECK_EQ(screen(), SCREEN_SUBMITTING);
}

/* ---- before the form ------------------------------------------------------------------- */

static void test_precheck_card_is_judged_before_anything_is_asked(void **state)
{
    (void)state;
    setup();
    open_guide("19600101", "E02");
    CHECK_EQ(precheck()->count, 2);
    CHECK_EQ(precheck()->rows[0].truth, TRUTH_NO);
    CHECK_EQ(precheck()->rows[1].truth, TRUTH_YES);
    tap(EV_NEXT);
    CHECK_EQ(screen(), SCREEN_CONDITION);
    CHECK_STR(precheck()->failed->id, "age");
    CHECK_STR(precheck()->route->code, "E01");
    CHECK(!rig.session->visit.has_draft);
    CHECK_EQ(rig.reserves, 0);
    tap(EV_BACK);
    CHECK_EQ(screen(), SCREEN_GUIDE);
    teardown();
}

static void test_precheck_lets_through_whom_every_rule_fits_or_is_not_known_of(void **state)
{
    (void)state;
    setup();
    open_guide("19400101", "E02");
    tap(EV_NEXT);
    CHECK_EQ(screen(), SCREEN_FORM);
    tap(EV_BACK);
    tap(EV_BACK);
    happen(EV_OPEN_SERVICE, "R02", ""); /* only the county knows whether half a year is over */
    tap(EV_NEXT);
    CHECK_EQ(screen(), SCREEN_FORM);
    teardown();
}

static void test_precheck_without_a_trusted_clock_refuses_nobody_by_age(void **state)
{
    (void)state;
    setup();
    rig.session->link.clock_quality = CLOCK_UNSET;
    open_guide("19600101", "E02");
    tap(EV_NEXT);
    CHECK_EQ(screen(), SCREEN_FORM);
    teardown();
}

static void test_precheck_of_a_guest_comes_with_the_card(void **state)
{
    (void)state;
    const struct person young = of_birth("19600101");
    setup();
    tap(EV_BEGIN);
    happen(EV_OPEN_SERVICE, "E02", "");
    tap(EV_NEXT);
    CHECK_EQ(screen(), SCREEN_NEED_CARD);
    card(&young);
    CHECK_EQ(screen(), SCREEN_CONDITION);
    tap(EV_BACK);
    CHECK_EQ(screen(), SCREEN_GUIDE);
    teardown();
}

static void test_precheck_route_leads_to_the_matter_that_works(void **state)
{
    (void)state;
    setup();
    open_guide("19600101", "E02");
    tap(EV_NEXT);
    tap(EV_TAKE_ROUTE);
    CHECK_EQ(screen(), SCREEN_GUIDE);
    CHECK_STR(session_view(rig.session)->service->code, "E01");
    tap(EV_NEXT);
    CHECK_EQ(screen(), SCREEN_FORM);
    tap(EV_BACK);
    tap(EV_BACK);
    CHECK_EQ(screen(), SCREEN_HOME);
    teardown();
}

static void test_precheck_without_a_route_names_desk_and_nearest_point(void **state)
{
    (void)state;
    setup();
    know_other_points();
    open_guide("20120601", "F01");
    tap(EV_NEXT);
    CHECK_EQ(screen(), SCREEN_CONDITION);
    CHECK(!precheck()->route);
    CHECK(*precheck()->failed->where.in[LANGUAGE_EN]);
    CHECK(precheck()->other && precheck()->other->metres > 0);
    tap(EV_TAKE_ROUTE); /* there is none */
    CHECK_EQ(screen(), SCREEN_CONDITION);
    tap(EV_OPEN_PLACES);
    CHECK_EQ(screen(), SCREEN_PLACES);
    tap(EV_BACK);
    CHECK_EQ(screen(), SCREEN_CONDITION);
    teardown();
}

/* ---- what the resident says on the guide -------------------------------------------------- */

static void test_precheck_fact_is_asked_on_the_guide_and_need_not_be_answered(void **state)
{
    (void)state;
    setup();
    open_guide("19900101", "D02");
    CHECK_STR(precheck()->rows[0].ask->name, "has_disability_certificate");
    CHECK_EQ(precheck()->rows[0].said, TRUTH_UNKNOWN);
    tap(EV_NEXT);
    CHECK_EQ(screen(), SCREEN_FORM);
    teardown();
}

static void test_precheck_fact_that_was_said_decides_and_can_be_taken_back(void **state)
{
    (void)state;
    setup();
    open_guide("19900101", "D02");
    happen(EV_SAY_FACT, "has_disability_certificate", "maybe");
    happen(EV_SAY_FACT, "no_such_fact", "no");
    happen(EV_SAY_FACT, "has_employee_insurance", "no"); /* only the county can tell */
    CHECK_EQ(screen(), SCREEN_GUIDE);
    CHECK_EQ(rig.session->visit.precheck.said_count, 0);
    happen(EV_SAY_FACT, "has_disability_certificate", "no");
    CHECK_EQ(screen(), SCREEN_CONDITION);
    CHECK_STR(precheck()->route->code, "D03"); /* whose own rule fits whoever has none */
    tap(EV_BACK);
    CHECK_EQ(precheck()->rows[0].said, TRUTH_NO);
    CHECK_EQ(precheck()->rows[0].truth, TRUTH_NO);
    happen(EV_SAY_FACT, "has_disability_certificate", "yes");
    CHECK_EQ(screen(), SCREEN_GUIDE);
    CHECK_EQ(precheck()->rows[0].said, TRUTH_YES);
    CHECK_EQ(rig.session->visit.precheck.said_count, 1);
    tap(EV_NEXT);
    CHECK_EQ(screen(), SCREEN_FORM);
    teardown();
}

static void test_precheck_fact_stays_in_the_kiosk(void **state)
{
    (void)state;
    setup();
    open_guide("19900101", "D02");
    happen(EV_SAY_FACT, "has_disability_certificate", "yes");
    tap(EV_NEXT);
    CHECK(fill_form(rig.session, NULL));
    if (screen() == SCREEN_PAPERS) {
        fill_papers(rig.session, "here");
        tap(EV_NEXT);
    }
    hand_in();
    AUTO(json_release) json_t *item = opened_item();
    char *text = json_canonical(item);
    CHECK(text && !strstr(text, "has_disability_certificate") && !strstr(text, "insisted"));
    json_text_free(text);
    teardown();
}

/* ---- answers ------------------------------------------------------------------------------ */

static void test_precheck_answer_is_judged_as_soon_as_its_page_is_done(void **state)
{
    (void)state;
    setup();
    open_guide("19900101", "A01");
    tap(EV_NEXT);
    CHECK_EQ(screen(), SCREEN_FORM);
    const struct fill_answer wishes[] = { { "car", "yes" }, { NULL, NULL } };
    CHECK(fill_form(rig.session, wishes));
    CHECK_EQ(screen(), SCREEN_CONDITION);
    CHECK_STR(precheck()->failed->id, "car");
    const struct visit *v = &rig.session->visit;
    const struct form_page *p = &v->service->pages[v->page];
    size_t field = (size_t)draft_find(rig.session, "car");
    CHECK(field >= p->first_field && field < p->first_field + p->field_count);
    /* Back is to the answer, which can be changed; nothing was lost. */
    tap(EV_BACK);
    CHECK_EQ(screen(), SCREEN_FORM);
    CHECK_STR(answer_to("car"), "yes");
    happen(EV_CHOOSE, "car", "no");
    tap(EV_NEXT);
    CHECK(screen() != SCREEN_CONDITION);
    teardown();
}

static void test_precheck_in_large_letters_judges_after_the_one_question(void **state)
{
    (void)state;
    setup();
    tap(EV_ELDER);
    open_guide("19900101", "J02");
    tap(EV_NEXT);
    const struct fill_answer wishes[] = { { "why", "resigned" }, { NULL, NULL } };
    CHECK(fill_form(rig.session, wishes));
    CHECK_EQ(screen(), SCREEN_CONDITION);
    CHECK_EQ(rig.session->visit.only, draft_find(rig.session, "why"));
    teardown();
}

static void test_precheck_does_not_count_what_the_form_only_proposes(void **state)
{
    (void)state;
    setup();
    open_guide("19900101", "P04"); /* "at least one of four": nothing was said yet */
    tap(EV_NEXT);
    CHECK_EQ(screen(), SCREEN_FORM);
    teardown();
}

/* ---- all the same --------------------------------------------------------------------------- */

static void test_precheck_refuses_nobody_and_the_county_reads_what_was_told(void **state)
{
    (void)state;
    setup();
    tap(EV_LANGUAGE);
    open_guide("19600101", "E02");
    tap(EV_NEXT);
    tap(EV_INSIST);
    CHECK_EQ(screen(), SCREEN_FORM);
    CHECK(fill_form(rig.session, NULL));
    if (screen() == SCREEN_PAPERS) {
        fill_papers(rig.session, "here");
        tap(EV_NEXT);
    }
    CHECK_EQ(screen(), SCREEN_REVIEW); /* not asked again */
    hand_in();
    AUTO(json_release) json_t *item = opened_item();
    const json_t *insisted = json_object_get(item, "insisted");
    CHECK_EQ(json_array_size(insisted), 1);
    const json_t *row = json_array_get(insisted, 0);
    CHECK_STR(json_string_value(json_object_get(row, "rule")), "age");
    CHECK(strstr(json_string_value(json_object_get(row, "told")), "age of 80"));
    teardown();
}

static void test_precheck_insisting_on_an_answer_goes_on_where_it_was(void **state)
{
    (void)state;
    setup();
    open_guide("19900101", "A01");
    tap(EV_NEXT);
    const struct fill_answer wishes[] = { { "car", "yes" }, { NULL, NULL } };
    CHECK(fill_form(rig.session, wishes));
    size_t page = rig.session->visit.page;
    tap(EV_INSIST);
    CHECK(screen() != SCREEN_CONDITION);
    CHECK(screen() != SCREEN_FORM || rig.session->visit.page > page);
    CHECK_STR(answer_to("car"), "yes");
    teardown();
}

static void test_precheck_insisting_holds_for_one_matter_alone(void **state)
{
    (void)state;
    setup();
    to_condition();
    tap(EV_INSIST);
    CHECK_EQ(screen(), SCREEN_FORM);
    tap(EV_BACK);
    tap(EV_BACK);
    happen(EV_OPEN_SERVICE, "E02", "");
    tap(EV_NEXT);
    CHECK_EQ(screen(), SCREEN_CONDITION);
    teardown();
}

static void test_precheck_page_offers_a_person_as_well(void **state)
{
    (void)state;
    setup();
    to_condition();
    tap(EV_OPEN_UNSETTLED);
    CHECK_EQ(screen(), SCREEN_ASIDE);
    CHECK_STR(session_view(rig.session)->aside.about->code, "E02");
    tap(EV_BACK);
    CHECK_EQ(screen(), SCREEN_CONDITION);
    CHECK(precheck()->failed);
    tap(EV_OPEN_HELP);
    tap(EV_BACK);
    CHECK_EQ(screen(), SCREEN_CONDITION);
    teardown();
}

/* ---- the slip ------------------------------------------------------------------------------- */

static void test_precheck_slip_names_rule_route_and_nearest_point_and_nobody(void **state)
{
    (void)state;
    setup();
    know_other_points();
    open_guide("19600101", "E02");
    tap(EV_NEXT);
    CHECK_EQ(rig.prints, 0);
    tap(EV_PRINT_LEAFLET);
    CHECK_EQ(rig.prints, 1);
    CHECK(last_slip_says("没满 80 周岁"));
    CHECK(last_slip_says("老年优待证申领"));
    CHECK(last_slip_says(precheck()->other->name.zh));
    CHECK(last_slip_says("km"));
    CHECK(!last_slip_says(person_a.number) && !last_slip_says("测试甲"));
    tap(EV_PRINT_LEAFLET); /* once is enough */
    CHECK_EQ(rig.prints, 1);
    number(EV_PRINT_STATE, PAPER_ASK);
    CHECK_EQ(session_view(rig.session)->leaflet.paper, PAPER_ASK);
    tap(EV_SLIP_BAD);
    CHECK_EQ(rig.prints, 2);
    CHECK(rig.is_reprint);
    number(EV_PRINT_STATE, PAPER_DONE);
    tap(EV_INSIST);
    tap(EV_BACK);
    CHECK_EQ(session_view(rig.session)->leaflet.paper, PAPER_OFF); /* the guide is another slip */
    teardown();
}

static void test_precheck_slip_without_a_printer_says_so(void **state)
{
    (void)state;
    setup();
    number(EV_PRINTER, 0);
    to_condition();
    CHECK(!session_view(rig.session)->leaflet.can_print);
    tap(EV_PRINT_LEAFLET);
    CHECK_EQ(rig.prints, 0);
    CHECK_EQ(session_view(rig.session)->leaflet.paper, PAPER_FAILED);
    teardown();
}

static void test_guide_of_every_matter_fits_on_a_slip_in_both_languages(void **state)
{
    (void)state;
    setup();
    card(&person_a);
    for (int language = 0; language < 2; language++) {
        for (size_t i = 0; i < catalogue_service_count(rig.catalogue); i++) {
            const struct service *s = catalogue_service(rig.catalogue, i);
            happen(EV_OPEN_SERVICE, s->code, "");
            rig.prints = 0;
            tap(EV_PRINT_LEAFLET);
            CHECK_EQ(rig.prints, 1);
            enum language in = language ? LANGUAGE_EN : LANGUAGE_ZH;
            CHECK(last_slip_says(s->name.in[in]));
            CHECK(last_slip_says(s->fee.in[in]) && last_slip_says(s->fee_basis.in[in]));
            CHECK(last_slip_says(s->basis.in[in]));
            for (size_t k = 0; k < s->rule_count; k++)
                CHECK(last_slip_says(s->rules[k].asks.in[in]));
            for (size_t k = 0; k < s->material_count; k++)
                CHECK(last_slip_says(s->materials[k].name.in[in]));
            tap(EV_BACK);
        }
        tap(EV_LANGUAGE);
    }
    teardown();
}

/* ---- the way to idle ------------------------------------------------------------------------ */

static void test_precheck_is_wiped_with_the_visit(void **state)
{
    (void)state;
    setup();
    open_guide("19900101", "D02");
    happen(EV_SAY_FACT, "has_disability_certificate", "no");
    tap(EV_PRINT_LEAFLET);
    fake_clock_advance(&rig.clock, 120001);
    tap(EV_TIME);
    CHECK_EQ(screen(), SCREEN_STILL_THERE);
    CHECK(precheck()->failed); /* what lies under the question is drawn */
    fake_clock_advance(&rig.clock, 30001);
    tap(EV_TIME);
    CHECK_EQ(screen(), SCREEN_ATTRACT);
    CHECK(is_clean());
    teardown();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_precheck_card_is_judged_before_anything_is_asked),
        cmocka_unit_test(test_precheck_lets_through_whom_every_rule_fits_or_is_not_known_of),
        cmocka_unit_test(test_precheck_without_a_trusted_clock_refuses_nobody_by_age),
        cmocka_unit_test(test_precheck_of_a_guest_comes_with_the_card),
        cmocka_unit_test(test_precheck_route_leads_to_the_matter_that_works),
        cmocka_unit_test(test_precheck_without_a_route_names_desk_and_nearest_point),
        cmocka_unit_test(test_precheck_fact_is_asked_on_the_guide_and_need_not_be_answered),
        cmocka_unit_test(test_precheck_fact_that_was_said_decides_and_can_be_taken_back),
        cmocka_unit_test(test_precheck_fact_stays_in_the_kiosk),
        cmocka_unit_test(test_precheck_answer_is_judged_as_soon_as_its_page_is_done),
        cmocka_unit_test(test_precheck_in_large_letters_judges_after_the_one_question),
        cmocka_unit_test(test_precheck_does_not_count_what_the_form_only_proposes),
        cmocka_unit_test(test_precheck_refuses_nobody_and_the_county_reads_what_was_told),
        cmocka_unit_test(test_precheck_insisting_on_an_answer_goes_on_where_it_was),
        cmocka_unit_test(test_precheck_insisting_holds_for_one_matter_alone),
        cmocka_unit_test(test_precheck_page_offers_a_person_as_well),
        cmocka_unit_test(test_precheck_slip_names_rule_route_and_nearest_point_and_nobody),
        cmocka_unit_test(test_precheck_slip_without_a_printer_says_so),
        cmocka_unit_test(test_guide_of_every_matter_fits_on_a_slip_in_both_languages),
        cmocka_unit_test(test_precheck_is_wiped_with_the_visit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
