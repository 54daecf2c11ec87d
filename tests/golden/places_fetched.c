#include "tests/golden/places_fetched.h"

#include <stdio.h>
#include <stdlib.h>

#include "firmware/session/internal.h"
#include "tests/support/check.h"
#include "tests/support/fill.h"

static void tap(struct visits *v, enum event_kind kind)
{
    visits_event(v, kind, "", "");
}

static void say(struct visits *v, const char *paper, const char *word)
{
    visits_event(v, EV_SAY_CERTIFICATE, paper, word);
}

void place_fetching(struct visits *v)
{
    visits_let_ask(v);
    visits_card(v, &v->person);
    visits_event(v, EV_OPEN_SERVICE, "D01", "");
    tap(v, EV_NEXT);
}

static const char answer[] =
    "{\"schema\":1,\"question\":\"%s\",\"certificates\":[{\"paper\":\"disability-certificate\","
    "\"id\":"
    "\"33999919460315004544\",\"version\":\"2\",\"office\":{\"zh\":\"测试市残疾人联合会\",\"en\":"
    "\"Disabled Persons' Federation of Ceshi\"},\"issued\":\"20240312\",\"until\":\"20340311\","
    "\"values\":[{\"name\":\"kind\",\"label\":{\"zh\":\"残疾类别\",\"en\":\"Kind of disability\"},"
    "\"value\":\"limb\"},{\"name\":\"grade\",\"label\":{\"zh\":\"残疾等级\",\"en\":\"Grade\"},"
    "\"value\":\"2\"}]},{\"paper\":\"household\",\"id\":\"HJ-0450046\",\"version\":\"7\","
    "\"office\":"
    "{\"zh\":\"测试市公安局\",\"en\":\"Police of "
    "Ceshi\"},\"issued\":\"20190604\",\"values\":[{\"name\":"
    "\"head\",\"label\":{\"zh\":\"户主\",\"en\":\"Head of household\"},\"mask\":\"name\",\"value\":"
    "\"林测试\"},{\"name\":\"address\",\"label\":{\"zh\":\"户口所在地\",\"en\":\"Registered at\"},"
    "\"mask\":\"other\",\"value\":\"浙江省测试市样例县样例镇长寿村8号\"}]}]}";

void place_fetched(struct visits *v)
{
    const struct fetch_secret *secret = &v->session->visit.secret;
    struct bytes reply AUTO_BYTES = { 0 };
    char text[2048], id[REPLY_ID];
    place_fetching(v);
    snprintf(id, sizeof(id), "%s", secret->id);
    int length = snprintf(text, sizeof(text), answer, id);
    if (length < 0 || reply_seal(&reply, secret->key, id, text, (size_t)length))
        abort();
    session_handle(v->session,
                   &(struct event){ .kind = EV_COUNTY_REPLY, .name = id, .reply = &reply });
}

/* Whatever was found is right, one after the other or all at once. */
void place_all_right(struct visits *v)
{
    static const char *const papers[] = { "disability-certificate", "household", "aid-status",
                                          "citizen-card-account" };
    enum { PAPERS = sizeof(papers) / sizeof(papers[0]) };
    for (size_t turn = 0; turn < PAPERS; turn++) {
        if (session_view(v->session)->screen != SCREEN_FETCHED)
            return;
        for (size_t i = 0; i < PAPERS; i++)
            say(v, papers[i], "right");
        tap(v, EV_NEXT);
    }
}

void place_fetched_errors(struct visits *v)
{
    place_fetched(v);
    tap(v, EV_NEXT);
}

void place_fetched_disputed(struct visits *v)
{
    place_fetched(v);
    say(v, "disability-certificate", "old");
    say(v, "household", "right");
}

static void fill(struct visits *v)
{
    for (int i = 0; i < 3 && session_view(v->session)->screen == SCREEN_FETCHED; i++)
        tap(v, EV_NEXT); /* one certificate a page in the elder version */
    (void)fill_form(v->session, NULL);
}

void place_papers_disputed(struct visits *v)
{
    place_fetched_disputed(v);
    fill(v);
}

void place_review_fetched(struct visits *v)
{
    place_fetched(v);
    say(v, "disability-certificate", "right");
    say(v, "household", "right");
    fill(v);
}

/* ---- on the spot --------------------------------------------------------------------- */

static void sign(struct visits *v)
{
    for (int i = 0; i < 24; i++)
        session_handle(v->session, &(struct event){ .kind = i ? EV_INK_MOVE : EV_INK_BEGIN,
                                                    .x = 200 + 12 * i,
                                                    .y = 120 + (i % 6) * 14 });
    tap(v, EV_INK_END);
}

static const char receipt[] = "K0012-000042-7";

void place_done_deciding(struct visits *v)
{
    struct reservation r = { .id = "01936000-0000-7000-8000-000000000001",
                             .receipt = "K0012-000042-7",
                             .kiosk_id = "K0012",
                             .install_id = "i",
                             .boot_id = "b",
                             .seq = 42,
                             .boot_ms = 5,
                             .wall_ms = v->clock.wall,
                             .clock_quality = CLOCK_NTP };
    visits_card(v, &v->person);
    visits_event(v, EV_OPEN_SERVICE, "J06", "");
    tap(v, EV_NEXT);
    (void)fill_form(v->session, NULL);
    tap(v, EV_CONSENT);
    sign(v);
    snprintf(r.token, sizeof(r.token), "%s", v->token);
    session_handle(v->session, &(struct event){ .kind = EV_RESERVED, .reservation = &r });
    tap(v, EV_NEXT);
    visits_event(v, EV_SUBMITTED, v->token, receipt);
}

void place_done_granted(struct visits *v)
{
    struct case_view c = { .where = CASE_COUNTY,
                           .receipt = "K0012-000042-7",
                           .state = "granted",
                           .fact_count = 1,
                           .facts = { { "result", "ZM-K0012-000042-7" } } };
    place_done_deciding(v);
    session_handle(v->session, &(struct event){ .kind = EV_CASE, .answer = &c });
    visits_number(v, EV_PRINT_STATE, PAPER_DONE);
}

void place_done_undecided(struct visits *v)
{
    place_done_deciding(v);
    fake_clock_advance(&v->clock, INSTANT_WAIT_MS);
    tap(v, EV_TIME);
    visits_number(v, EV_PRINT_STATE, PAPER_DONE);
}
