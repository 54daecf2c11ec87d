/* links: sync/uplink firmware/seal firmware/base */
#include <stdio.h>
#include <string.h>

#include "firmware/base/json.h"
#include "firmware/base/log.h"
#include "sync/uplink/question.h"
#include "tests/support/check.h"

/* A live question on its way: once, one at a time, never kept, and its failure is no failure of the link. */

static const char one[] = "00112233445566778899aabbccddeeff",
                  two[] = "ffeeddccbbaa99887766554433221100";

static struct fake_clock machine;
static struct county_clock clock;
static struct link link;
static struct question *question;
static struct request flying;
static bool is_flying, is_refusing;
static int sends, cancels, dones;
static char done_id[REPLY_ID], sent_body[1024];
static struct bytes done_reply;

static int wire_send(struct wire *w, const struct request *r)
{
    (void)w;
    if (is_refusing || is_flying)
        return -EBUSY;
    flying = *r;
    is_flying = true;
    sends++;
    CHECK(r->body->length < sizeof(sent_body));
    memcpy(sent_body, r->body->data, r->body->length);
    sent_body[r->body->length] = 0;
    return 0;
}

static void wire_cancel(struct wire *w, enum lane lane)
{
    (void)w;
    CHECK_EQ(lane, LANE_QUESTION);
    cancels += is_flying;
    is_flying = false;
}

static struct wire wire = { wire_send, NULL, wire_cancel };

static uint32_t none_below(struct chance *c, uint32_t limit)
{
    (void)c;
    (void)limit;
    return 0;
}
static struct chance chance = { none_below };

static bool is_synchronised(void)
{
    return true;
}

static void done(void *context, const char *id, const struct bytes *reply)
{
    (void)context;
    dones++;
    snprintf(done_id, sizeof(done_id), "%s", id);
    done_reply.length = 0;
    if (reply)
        CHECK_EQ(bytes_append(&done_reply, reply->data, reply->length), 0);
}

static int begin(void **state)
{
    (void)state;
    log_set_level((enum log_level)0);
    machine = fake_clock_at(FRESH_BOOT_MS, 1795680000000);
    clock = county_clock_new(&machine.base, is_synchronised);
    link_begin(&link, &wire, &clock, &chance);
    link.is_enrolled = true;
    link.state = LINK_UP;
    is_flying = is_refusing = false;
    sends = cancels = dones = 0;
    CHECK_EQ(question_new(&question, &link), 0);
    question_watch(question, done, NULL);
    return 0;
}

static int end(void **state)
{
    (void)state;
    question_free(question);
    bytes_clear(&done_reply);
    return 0;
}

static int ask(const char *id)
{
    struct bytes sealed AUTO_BYTES = { 0 };
    CHECK_EQ(bytes_append_text(&sealed, "sealed bytes"), 0);
    return question_ask(question, id, "county-1", &sealed);
}

static void answer(int status, const char *type, const char *body)
{
    struct answer a;
    answer_begin(&a);
    a.status = status;
    a.has_epoch = true;
    snprintf(a.epoch, sizeof(a.epoch), "%s", "0191f000-0000-7000-8000-00000000000e");
    snprintf(a.type, sizeof(a.type), "%s", type);
    CHECK_EQ(bytes_append_text(&a.body, body), 0);
    CHECK(is_flying);
    is_flying = false;
    flying.done(flying.context, &a);
    answer_clear(&a);
}

static void test_question_goes_once_with_little_patience(void **state)
{
    char complaint[JSON_COMPLAINT];
    (void)state;
    CHECK_EQ(ask(one), 0);
    CHECK_EQ(sends, 1);
    CHECK_STR(flying.method, "POST");
    CHECK_STR(flying.path, "/v1/questions");
    CHECK_EQ(flying.lane, LANE_QUESTION);
    CHECK(flying.limit_ms <= 8000);
    AUTO(json_release) json_t *o = json_parse(sent_body, strlen(sent_body), complaint);
    CHECK_STR(json_string_value(json_object_get(o, "id")), one);
    CHECK_STR(json_string_value(json_object_get(o, "key_id")), "county-1");
    CHECK_STR(json_string_value(json_object_get(o, "sealed")), "c2VhbGVkIGJ5dGVz");
    answer(200, "application/octet-stream", "sealed answer");
    CHECK_EQ(dones, 1);
    CHECK_STR(done_id, one);
    CHECK_BYTES(done_reply.data, "sealed answer", 13);
    CHECK_EQ(sends, 1);
}

static void
test_question_without_a_good_answer_is_answered_by_nothing_and_not_repeated(void **state)
{
    static const struct {
        int status;
        const char *type, *body;
    } bad[] = {
        { 503, "application/problem+json", "{}" },
        { 404, "application/problem+json", "{}" },
        { 200, "text/html", "welcome to our hotel" },
        { 200, "application/octet-stream", "" },
        { 204, "", "" },
    };
    (void)state;
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        CHECK_EQ(ask(one), 0);
        answer(bad[i].status, bad[i].type, bad[i].body);
        CHECK_EQ(dones, (int)i + 1);
        CHECK_EQ(done_reply.length, 0);
        CHECK_EQ(sends, (int)i + 1);
        CHECK_EQ(link.state, LINK_UP);
        CHECK_EQ(link.failures, 0);
    }
}

static void test_question_that_ran_out_of_time_does_not_bring_the_link_down(void **state)
{
    (void)state;
    CHECK_EQ(ask(one), 0);
    struct answer a;
    answer_begin(&a);
    a.transport = TRANSPORT_DOWN;
    is_flying = false;
    flying.done(flying.context, &a);
    answer_clear(&a);
    CHECK_EQ(dones, 1);
    CHECK_EQ(done_reply.length, 0);
    CHECK_EQ(link.state, LINK_UP);
}

static void test_question_of_a_portal_is_no_answer(void **state)
{
    (void)state;
    CHECK_EQ(ask(one), 0);
    struct answer a;
    answer_begin(&a);
    a.status = 200;
    snprintf(a.type, sizeof(a.type), "%s", "application/octet-stream");
    CHECK_EQ(bytes_append_text(&a.body, "bytes of nobody"), 0);
    is_flying = false;
    flying.done(flying.context, &a);
    answer_clear(&a);
    CHECK_EQ(done_reply.length, 0);
}

static void test_question_is_not_begun_while_the_county_is_away(void **state)
{
    (void)state;
    link.state = LINK_DOWN;
    CHECK_EQ(ask(one), QUESTION_E_UNREACHABLE);
    link.state = LINK_UP;
    link.is_broken = true;
    CHECK_EQ(ask(one), QUESTION_E_UNREACHABLE);
    link.is_broken = false;
    is_refusing = true;
    CHECK_EQ(ask(one), QUESTION_E_UNREACHABLE);
    CHECK_EQ(sends, 0);
    CHECK_EQ(dones, 0);
}

static void test_question_that_is_dropped_is_never_answered(void **state)
{
    (void)state;
    CHECK_EQ(ask(one), 0);
    question_drop(question, two); /* another's */
    CHECK_EQ(cancels, 0);
    question_drop(question, one);
    question_drop(question, one);
    CHECK_EQ(cancels, 1);
    CHECK(!is_flying);
    CHECK_EQ(dones, 0);
}

static void test_question_gives_way_to_a_newer_one(void **state)
{
    (void)state;
    CHECK_EQ(ask(one), 0);
    CHECK_EQ(ask(two), 0);
    CHECK_EQ(cancels, 1);
    CHECK_EQ(sends, 2);
    answer(200, "application/octet-stream", "for two");
    CHECK_EQ(dones, 1);
    CHECK_STR(done_id, two);
}

#define Q(name) cmocka_unit_test_setup_teardown(name, begin, end)
RUN(Q(test_question_goes_once_with_little_patience),
    Q(test_question_without_a_good_answer_is_answered_by_nothing_and_not_repeated),
    Q(test_question_that_ran_out_of_time_does_not_bring_the_link_down),
    Q(test_question_of_a_portal_is_no_answer),
    Q(test_question_is_not_begun_while_the_county_is_away),
    Q(test_question_that_is_dropped_is_never_answered), Q(test_question_gives_way_to_a_newer_one))
