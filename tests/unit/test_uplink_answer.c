/* links: sync/uplink sync/queue firmware/seal firmware/base */
#include <stdio.h>

#include "sync/uplink/answer.h"
#include "tests/support/check.h"

/* Heads and problems as a platform, a proxy or a portal may send them. */

#define EPOCH "0191f000-0000-7000-8000-000000000001"

static void feed(struct answer *a, const char *line)
{
    CHECK_EQ(answer_header(a, line, strlen(line)), 0);
}

static struct answer head_of(const char *const *lines)
{
    struct answer a;
    answer_begin(&a);
    for (; *lines; lines++)
        feed(&a, *lines);
    return a;
}

static void test_answer_reads_a_whole_head(void **state)
{
    (void)state;
    struct answer a = head_of((const char *const[]){
        "HTTP/1.1 200 OK\r\n", ("Kiosk-Epoch: " EPOCH "\r\n"),
        "content-type: Application/JSON; charset=utf-8\r\n", "ETag: \"v7\"\r\n",
        "Date: Tue, 24 Nov 2026 08:30:00 GMT\r\n", "RETRY-AFTER:\t 30 \r\n",
        "Document-Signature: AAEC\r\n", "\r\n", NULL });
    CHECK_EQ(a.status, 200);
    CHECK(a.has_epoch);
    CHECK_STR(a.epoch, EPOCH);
    CHECK_STR(a.type, "application/json");
    CHECK_STR(a.etag, "\"v7\"");
    CHECK_EQ(a.date_ms, INT64_C(1795509000000));
    CHECK_EQ(a.retry_after_ms, 30000);
    CHECK_EQ(a.signature.length, 3);
    CHECK_BYTES(a.signature.data, "\0\1\2", 3);
    answer_clear(&a);
}

static void test_answer_begins_anew_at_a_second_status_line(void **state)
{
    (void)state;
    struct answer a = head_of((const char *const[]){
        "HTTP/1.1 100 Continue", ("Kiosk-Epoch: " EPOCH), "ETag: \"x\"", "Retry-After: 5",
        "Document-Signature: AAEC", "", "HTTP/2 503", NULL });
    CHECK_EQ(a.status, 503);
    CHECK(!a.has_epoch);
    CHECK_STR(a.etag, "");
    CHECK_EQ(a.retry_after_ms, -1);
    CHECK_EQ(a.signature.length, 0);
    answer_clear(&a);
}

static void test_answer_range_is_whole_or_none(void **state)
{
    static const struct {
        const char *value;
        int64_t from, to, of;
    } rows[] = {
        { "bytes 0-1023/4096", 0, 1023, 4096 },
        { "bytes 5-5/6", 5, 5, 6 },
        { "bytes 0-1023/*", 0, 0, -1 },
        { "bytes */4096", 0, 0, -1 },
        { "bytes 9-5/10", 0, 0, -1 },
        { "bytes 0-10/10", 0, 0, -1 },
        { "bytes 0-1/2 ", 0, 1, 2 },
        { "bytes 0-1/2x", 0, 0, -1 },
        { "bytes -1/2", 0, 0, -1 },
        { "bytes 0-1", 0, 0, -1 },
        { "items 0-1/2", 0, 0, -1 },
        { "bytes 0-1/99999999999999999999999", 0, 0, -1 },
        { "", 0, 0, -1 },
    };
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        char line[100];
        struct answer a;
        answer_begin(&a);
        snprintf(line, sizeof(line), "Content-Range: %s", rows[i].value);
        feed(&a, line);
        if (a.range_of != rows[i].of || a.range_from != rows[i].from || a.range_to != rows[i].to)
            fail_msg("%s", rows[i].value);
        answer_clear(&a);
    }
}

/* Whatever is not understood leaves the answer as it was. */
static void test_answer_passes_over_what_is_no_header(void **state)
{
    static const char *const lines[] = {
        "",
        ":",
        "Kiosk-Epoch",
        "Kiosk-Epoch:",
        "Kiosk-Epoch: x",
        "Kiosk-Epoch: 0191f000-0000-7000-8000-00000000000g",
        "Kiosk-Epoch: 0191F000-0000-7000-8000-000000000001", /* not the canonical form */
        ("Kiosk-Epoch: " EPOCH " " EPOCH),
        "Date: yesterday",
        "Date: Tue, 24 Nov 1926 08:30:00 GMT",
        "Date: Tue, 24 Nov 9999 08:30:00 GMT",
        "Document-Signature: ****",
        "Document-Signature: AAE",
        ("Kiosk-Epochs: " EPOCH),
        (" Kiosk-Epoch: " EPOCH),
        "HTTP"
    };
    (void)state;
    for (size_t i = 0; i < sizeof(lines) / sizeof(*lines); i++) {
        struct answer a;
        answer_begin(&a);
        feed(&a, lines[i]);
        if (a.has_epoch || a.date_ms || a.status || a.signature.length || a.retry_after_ms != -1)
            fail_msg("\"%s\" was understood", lines[i]);
        answer_clear(&a);
    }
}

static void test_answer_takes_no_text_longer_than_its_place(void **state)
{
    struct answer a;
    char line[600];
    (void)state;
    for (size_t length = 0; length < 400; length++) {
        answer_begin(&a);
        snprintf(line, sizeof(line), "ETag: %0*d", (int)length, 0);
        feed(&a, line);
        CHECK(strlen(a.etag) < sizeof(a.etag));
        CHECK(!length || length >= sizeof(a.etag) ? !*a.etag || !length : strlen(a.etag) == length);
        snprintf(line, sizeof(line), "Content-Type: %0*d", (int)length, 0);
        feed(&a, line);
        CHECK(strlen(a.type) < sizeof(a.type));
        answer_clear(&a);
    }
}

static void test_answer_status_line_of_any_form(void **state)
{
    static const struct {
        const char *line;
        int status;
    } lines[] = { { "HTTP/1.1 204 No Content", 204 },
                  { "HTTP/2 200 ", 200 },
                  { "HTTP/1.1", 0 },
                  { "HTTP/1.1 ", 0 },
                  { "HTTP/1.1 abc", 0 },
                  { "HTTP/1.1 99999", 9999 },
                  { "HTTP/1.1 -200 OK", 0 } };
    (void)state;
    for (size_t i = 0; i < sizeof(lines) / sizeof(*lines); i++) {
        struct answer a;
        answer_begin(&a);
        feed(&a, lines[i].line);
        CHECK_EQ(a.status, lines[i].status);
        answer_clear(&a);
    }
}

static void test_retry_after_is_honoured_and_capped(void **state)
{
    static const struct {
        const char *value;
        int64_t want_ms;
    } values[] = {
        { "0", 0 },
        { "1", 1000 },
        { "120", 120000 },
        { "3600", 3600000 },
        { "3601", 3600000 },
        { "99999999999999999999999999", 3600000 },
        { "-5", -1 },
        { "1.5", -1 },
        { "soon", -1 },
        { "", -1 },
        { "12 monkeys", -1 },
        { "Tue, 24 Nov 2026 08:32:00 GMT", 120000 },
        { "Tuesday, 24-Nov-26 08:32:00 GMT", 120000 },
        { "Tue Nov 24 08:32:00 2026", 120000 },
        { "Tue, 24 Nov 2026 08:00:00 GMT", 0 },       /* past */
        { "Wed, 24 Nov 2027 08:32:00 GMT", 3600000 }, /* absurd */
    };
    (void)state;
    for (size_t i = 0; i < sizeof(values) / sizeof(*values); i++) {
        char line[80];
        struct answer a;
        answer_begin(&a);
        feed(&a, "Date: Tue, 24 Nov 2026 08:30:00 GMT");
        snprintf(line, sizeof(line), "Retry-After: %s", values[i].value);
        feed(&a, line);
        answer_finish(&a, 0);
        if (a.retry_after_ms != values[i].want_ms)
            fail_msg("\"%s\" gives %lld ms", values[i].value, (long long)a.retry_after_ms);
        answer_clear(&a);
    }
    struct answer a;
    answer_begin(&a);
    feed(&a, "Retry-After: Tue, 24 Nov 2026 08:32:00 GMT"); /* no Date: by our own clock */
    answer_finish(&a, INT64_C(1795509000000) + 60000);
    CHECK_EQ(a.retry_after_ms, 60000);
    answer_clear(&a);
}

static void test_http_date_knows_three_forms_and_no_other(void **state)
{
    static const char *const good[] = { "Sun, 06 Nov 2005 08:49:37 GMT",
                                        "Sunday, 06-Nov-05 08:49:37 GMT",
                                        "Sun Nov  6 08:49:37 2005" };
    static const char *const bad[] = {
        "",
        "2005-11-06T08:49:37Z",
        "Sun, 06 Nov 2005 08:49:37",
        "Sun, 06 Nov 2005 08:49:37 GMT+1",
        "Sun, 06 Nov 2005 28:49:37 GMT",
        "Sun, 06 Nov 1999 08:49:37 GMT",
        "Sun, 06 Nov 2005 08:49:37 GMT and much, much more behind it"
    };
    int64_t ms;
    (void)state;
    for (size_t i = 0; i < sizeof(good) / sizeof(*good); i++) {
        CHECK_EQ(http_date_parse(&ms, good[i], strlen(good[i])), 0);
        CHECK_EQ(ms, INT64_C(1131266977000));
    }
    for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
        CHECK_EQ(http_date_parse(&ms, bad[i], strlen(bad[i])), -EINVAL);
}

static void test_problem_word_is_the_last_word_of_its_type(void **state)
{
    static const struct {
        const char *type, *body, *word;
    } rows[] = {
        { "application/problem+json",
          "{\"type\":\"https://county.example/problems/kiosk-identity-conflict\"}",
          "kiosk-identity-conflict" },
        { "application/problem+json", "{\"type\":\"busy\"}", "busy" },
        { "application/problem+json", "{\"type\":\"a/\"}", "" },
        { "application/problem+json", "{\"type\":5}", "" },
        { "application/problem+json", "{\"title\":\"no type\"}", "" },
        { "application/problem+json", "[]", "" },
        { "application/problem+json", "{\"type\":", "" },
        { "application/problem+json", "", "" },
        { "text/html", "{\"type\":\"busy\"}", "" },
    };
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        char word[PROBLEM_WORD] = "left from before";
        struct answer a;
        answer_begin(&a);
        snprintf(a.type, sizeof(a.type), "%s", rows[i].type);
        CHECK_EQ(bytes_append_text(&a.body, rows[i].body), 0);
        problem_word(word, &a);
        CHECK_STR(word, rows[i].word);
        answer_clear(&a);
    }
}

RUN(T(test_answer_reads_a_whole_head), T(test_answer_range_is_whole_or_none),
    T(test_answer_begins_anew_at_a_second_status_line),
    T(test_answer_passes_over_what_is_no_header),
    T(test_answer_takes_no_text_longer_than_its_place), T(test_answer_status_line_of_any_form),
    T(test_retry_after_is_honoured_and_capped), T(test_http_date_knows_three_forms_and_no_other),
    T(test_problem_word_is_the_last_word_of_its_type))
