/* links: firmware/service firmware/update firmware/point drivers/stick firmware/seal firmware/base */
#include "firmware/service/join.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "tests/support/check.h"

/* kiosk-syncd as it answers, and a stick that is a folder. */
static struct yard {
    const char *said, *error;
    char folder[300];
    struct stick *stick;
    struct bytes brought;
    int asked, brought_count;
} yard;

static const char install[] = "0195e2a0-0000-7000-8000-0000000000aa";

static int ask(void *context, json_t *request, const void *body, size_t length,
               struct message *reply)
{
    (void)context;
    bool is_in = !strcmp(json_string_value(json_object_get(request, "op")), "join-in");
    json_decref(request);
    yard.asked++;
    if (is_in) {
        yard.brought_count++;
        CHECK_EQ(bytes_append(&yard.brought, body, length), 0);
        reply->head = json_pack("{sb, ss, ss}", "ok", true, "said", yard.said, "kiosk_id", "K0099");
        return 0;
    }
    if (yard.error) {
        reply->head = json_pack("{sb, ss}", "ok", false, "error", yard.error);
        return 0;
    }
    reply->head = json_pack("{sb, ss, ss}", "ok", true, "install_id", install, "code", "1a2b3c4d");
    return bytes_append_text(&reply->body, "{\"type\":\"join-request\"}");
}

static void begin(void)
{
    char folder[400];
    stick_free(yard.stick);
    bytes_clear(&yard.brought);
    yard = (struct yard){ .said = "well" };
    static int number;
    snprintf(yard.folder, sizeof(yard.folder), "%s/%d", test_folder(), number++);
    CHECK_EQ(mkdir(yard.folder, 0700), 0);
    snprintf(folder, sizeof(folder), "%s/%s", yard.folder, STICK_FOLDER);
    CHECK_EQ(mkdir(folder, 0700), 0);
    CHECK_EQ(stick_open(&yard.stick, yard.folder, NULL), 0);
}

static void write_file(const char *prefix, const char *end, const char *text)
{
    char file[STICK_NAME];
    snprintf(file, sizeof(file), "%s%s%s", prefix, install, end);
    CHECK_EQ(stick_write(yard.stick, file, text, strlen(text)), 0);
}

static bool has(const char *prefix, const char *end)
{
    char file[STICK_NAME];
    int64_t bytes;
    snprintf(file, sizeof(file), "%s%s%s", prefix, install, end);
    return stick_size(yard.stick, &bytes, file) == 0;
}

static enum saying run(struct join_report *report)
{
    const struct errand_ports ports = { ask, NULL, NULL };
    return join_run(report, yard.stick, &ports);
}

static void test_join_writes_the_request_when_no_answer_is_there(void **state)
{
    (void)state;
    struct join_report report;
    begin();
    CHECK_EQ(run(&report), SAY_WELL);
    CHECK_EQ(report.step, JOIN_REQUESTED);
    CHECK_STR(report.code, "1A2B-3C4D");
    CHECK(has("request-", ".json"));
    CHECK_EQ(yard.brought_count, 0);
}

static void test_join_takes_its_own_answer_and_leaves_nothing_behind(void **state)
{
    (void)state;
    struct join_report report;
    begin();
    write_file("request-", ".json", "{}");
    write_file("join-", ".json", "{\"type\":\"join\"}");
    write_file("join-", ".sig", "signature");
    CHECK_EQ(run(&report), SAY_WELL);
    CHECK_EQ(report.step, JOIN_DONE);
    CHECK_STR(report.kiosk, "K0099");
    CHECK_BYTES(yard.brought.data, "\0\0\0\x09signature{\"type\":\"join\"}", 28);
    CHECK(!has("request-", ".json") && !has("join-", ".json") && !has("join-", ".sig"));
}

static void test_join_leaves_an_answer_that_is_refused_and_says_why(void **state)
{
    (void)state;
    static const struct {
        const char *said;
        enum saying want;
    } rows[] = { { "signature", SAY_SIGNATURE },
                 { "other-kiosk", SAY_OTHER_KIOSK },
                 { "join-expired", SAY_JOIN_EXPIRED },
                 { "other-request", SAY_OTHER_REQUEST },
                 { "joined", SAY_JOINED },
                 { "nonsense", SAY_FORMAT } };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct join_report report;
        begin();
        yard.said = rows[i].said;
        write_file("join-", ".json", "{}");
        write_file("join-", ".sig", "s");
        CHECK_EQ(run(&report), rows[i].want);
        CHECK_EQ(report.step, JOIN_NOTHING);
        CHECK(has("join-", ".json"));
    }
}

static void test_join_is_refused_without_a_signature_and_once_joined(void **state)
{
    (void)state;
    struct join_report report;
    begin();
    write_file("join-", ".json", "{}");
    CHECK_EQ(run(&report), SAY_ABSENT);
    begin();
    yard.error = "enrolled";
    CHECK_EQ(run(&report), SAY_JOINED);
    CHECK(!has("request-", ".json"));
}

static void test_join_does_not_look_at_the_answer_for_another_kiosk(void **state)
{
    (void)state;
    struct join_report report;
    static const char other[] = "join-0195e2a0-0000-7000-8000-0000000000bb.json";
    begin();
    CHECK_EQ(stick_write(yard.stick, other, "{}", 2), 0);
    CHECK_EQ(run(&report), SAY_WELL);
    CHECK_EQ(report.step, JOIN_REQUESTED);
    CHECK_EQ(yard.brought_count, 0);
}

RUN(T(test_join_writes_the_request_when_no_answer_is_there),
    T(test_join_takes_its_own_answer_and_leaves_nothing_behind),
    T(test_join_leaves_an_answer_that_is_refused_and_says_why),
    T(test_join_is_refused_without_a_signature_and_once_joined),
    T(test_join_does_not_look_at_the_answer_for_another_kiosk))
