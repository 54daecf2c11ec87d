/* links: drivers/printer firmware/base */
#include <stdlib.h>

#include "drivers/printer/cause.h"
#include "drivers/printer/proof.h"
#include "drivers/printer/reply.h"
#include "drivers/printer/status.h"
#include "tests/support/check.h"

/* Section 6 of the receipt-printer document, row by row: a test's name ends in the rows it covers. The decoder's inside is
 * tested in test_printer_reply.c, a whole driver that hears these bytes in test_printer_profiles.c.
 *
 * Not here, because nothing of ours sends them: text in GB 18030, the printer's own QR and CODE128 (section 3: everything
 * is raster). tests/support/escpos_decoder.py refuses a stream that holds any command beside ours. */

enum { ASKED_MAX = 4 };

static void feed(struct reply_reader *r, const char *hex, int64_t now_ms, struct reply *last,
                 size_t *count)
{
    uint8_t bytes[256];
    size_t length = strlen(hex) / 2;
    CHECK_EQ(hex_decode(bytes, length, hex), 0);
    for (size_t i = 0; i < length; i++)
        *count += reply_take(r, bytes[i], now_ms, last);
}

/* ---- status: 1 to 9, 20, 22 ----------------------------------------------------------- */

static const struct status_row {
    int row;
    const char *bytes; /* DLE EOT 1 to 4, or four unasked */
    bool is_unasked;
    struct printer_status want;
    enum printer_trouble trouble;
    enum printer_cause cause;
} status_rows[] = {
    { 1, "12121212", false, { .is_known = true }, PRINTER_NO_TROUBLE, PRINTER_CAUSE_NONE },
    { 1, "16121212", false, { .is_known = true }, PRINTER_NO_TROUBLE, PRINTER_CAUSE_NONE },
    { 2,
      "1a32127e",
      false,
      { .is_known = true,
        .is_offline = true,
        .is_stopped_by_paper = true,
        .is_near_end = true,
        .is_paper_end = true },
      PRINTER_PAPER_END,
      PRINTER_CAUSE_NO_PAPER },
    { 3,
      "1a361272",
      false,
      { .is_known = true,
        .is_offline = true,
        .is_cover_open = true,
        .is_stopped_by_paper = true,
        .is_paper_end = true },
      PRINTER_COVER_OPEN,
      PRINTER_CAUSE_COVER_OPEN },
    { 4,
      "1a521a12",
      false,
      { .is_known = true,
        .is_offline = true,
        .has_stopped_by_error = true,
        .is_cutter_error = true },
      PRINTER_CUTTER,
      PRINTER_CAUSE_CUTTER },
    { 5,
      "1a523212",
      false,
      { .is_known = true,
        .is_offline = true,
        .has_stopped_by_error = true,
        .is_unrecoverable = true },
      PRINTER_UNRECOVERABLE,
      PRINTER_CAUSE_BROKEN },
    { 6,
      "1a52521e",
      false,
      { .is_known = true,
        .is_offline = true,
        .has_stopped_by_error = true,
        .is_hot = true,
        .is_near_end = true },
      PRINTER_NO_TROUBLE,
      PRINTER_CAUSE_HOT },
    { 7, "1000000f", true, { .is_known = true }, PRINTER_NO_TROUBLE, PRINTER_CAUSE_NONE },
    { 8,
      "38000c0f",
      true,
      { .is_known = true, .is_offline = true, .is_cover_open = true, .is_paper_end = true },
      PRINTER_COVER_OPEN,
      PRINTER_CAUSE_COVER_OPEN },
    { 9,
      "1808000f",
      true,
      { .is_known = true, .is_offline = true, .is_cutter_error = true },
      PRINTER_CUTTER,
      PRINTER_CAUSE_CUTTER },
};

static void test_printer_vectors_status_1_to_9(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(status_rows) / sizeof(status_rows[0]); i++) {
        const struct status_row *v = &status_rows[i];
        struct reply_reader reader;
        struct printer_status s = { 0 };
        uint8_t bytes[ASKED_MAX];
        CHECK_EQ(hex_decode(bytes, ASKED_MAX, v->bytes), 0);
        reply_init(&reader, false);
        for (uint8_t n = 1; !v->is_unasked && n <= ASKED_MAX; n++)
            CHECK(reply_expect(&reader, n));
        for (size_t k = 0; k < ASKED_MAX; k++) {
            struct reply r;
            if (!reply_take(&reader, bytes[k], 0, &r))
                continue;
            if (r.kind == REPLY_STATUS)
                status_apply(&s, r.request, r.bytes[0]);
            else
                status_apply_four(&s, r.bytes);
        }
        if (memcmp(&s, &v->want, sizeof(s)) != 0)
            fail_msg("row %d: %s", v->row, v->bytes);
        CHECK_EQ(status_trouble(&s), v->trouble);
        CHECK_EQ(printer_cause_of(status_trouble(&s), &s), v->cause);
    }
}

/* ---- answers: 10 to 23 ---------------------------------------------------------------- */

static const struct answer_row {
    int row;
    const char *in;
    uint8_t asked; /* DLE EOT 1 to n */
    bool is_custom;
    size_t count; /* replies */
    enum reply_kind kind;
    const char *bytes; /* of the last */
    uint32_t strays, noise, broken, overflows, rejected, flow;
} answer_rows[] = {
    { 10, "37224130303100", 0, false, 1, REPLY_PROCESS_ID, "41303031", 0, 0, 0, 0, 0, 0 },
    { 11, "372341404800", 0, false, 1, REPLY_OFFLINE, "414048", 0, 0, 0, 0, 0, 0 },
    { 12, "372500", 0, false, 1, REPLY_CLEARED, "", 0, 0, 0, 0, 0, 0 },
    { 13, "5f4550534f4e00", 0, false, 1, REPLY_TEXT, "4550534f4e", 0, 0, 0, 0, 0, 0 },
    { 14, "100037224130303100000f", 0, false, 1, REPLY_PROCESS_ID, "41303031", 2, 0, 1, 0, 0, 0 },
    { 17, "37221f30303100", 0, false, 0, REPLY_OTHER, "", 0, 0, 0, 0, 1, 0 },
    { 19, "92", 4, false, 0, REPLY_OTHER, "", 0, 1, 0, 0, 0, 0 },
    { 19, "ffffffff", 4, false, 0, REPLY_OTHER, "", 0, 4, 0, 0, 0, 0 },
    { 19, "02", 4, false, 0, REPLY_OTHER, "", 1, 0, 0, 0, 0, 0 },
    { 20, "1090000f", 0, false, 0, REPLY_OTHER, "", 2, 1, 1, 0, 0, 0 },
    { 21, "111312", 1, false, 1, REPLY_STATUS, "12", 0, 0, 0, 0, 0, 2 },
    { 22, "100f01000000", 0, true, 1, REPLY_FULL, "01000000", 0, 0, 0, 0, 0, 0 },
    { 22, "100f01000000", 0, false, 1, REPLY_UNASKED, "100f0100", 2, 0, 0, 0, 0, 0 },
};

static void test_printer_vectors_answers_10_to_14_17_and_19_to_22(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(answer_rows) / sizeof(answer_rows[0]); i++) {
        const struct answer_row *v = &answer_rows[i];
        struct reply_reader r;
        struct reply last = { .kind = REPLY_OTHER };
        size_t count = 0;
        char hex[2 * REPLY_BLOCK_MAX + 1];
        reply_init(&r, v->is_custom);
        for (uint8_t n = 1; n <= v->asked; n++)
            CHECK(reply_expect(&r, n));
        feed(&r, v->in, 0, &last, &count);
        hex_encode(hex, last.bytes, last.length);
        if (count != v->count || last.kind != v->kind || strcmp(hex, v->bytes) != 0)
            fail_msg("row %d: %s gives %s", v->row, v->in, hex);
        CHECK_EQ(r.strays, v->strays);
        CHECK_EQ(r.noise, v->noise);
        CHECK_EQ(r.broken, v->broken);
        CHECK_EQ(r.overflows, v->overflows);
        CHECK_EQ(r.rejected, v->rejected);
        CHECK_EQ(r.flow, v->flow);
    }
}

/* "With the Epson profile: must not become a valid healthy." */
static void test_printer_vectors_custom_read_as_epson_is_no_healthy_printer_22(void **state)
{
    (void)state;
    struct printer_status s = { 0 };
    status_apply_four(&s, (const uint8_t[]){ 0x10, 0x0F, 0x01, 0x00 });
    CHECK_EQ(status_trouble(&s), PRINTER_CUTTER);
    status_apply_full(&s, (const uint8_t[]){ 0x01, 0, 0, 0 });
    CHECK_EQ(status_trouble(&s), PRINTER_PAPER_END);
}

static void test_printer_vectors_block_without_end_15(void **state)
{
    (void)state;
    struct reply_reader r;
    struct reply last = { 0 };
    size_t count = 0;
    reply_init(&r, false);
    CHECK(reply_expect(&r, 1));
    feed(&r, "1237224130", 0, &last, &count);
    reply_tick(&r, REPLY_LIMIT_MS);
    CHECK_EQ(count, 1);
    CHECK_EQ(last.kind, REPLY_STATUS);
    CHECK_EQ(r.broken, 1);
}

static void test_printer_vectors_latest_id_proves_both_16(void **state)
{
    (void)state;
    struct proof p;
    proof_begin(&p, 0);
    proof_take(&p, (const uint8_t *)p.ids[PROOF_CUT]);
    CHECK(p.is_proven[PROOF_LAST_ROW] && p.is_proven[PROOF_CUT]);
    proof_take(&p, (const uint8_t *)"ZZZZ");
    CHECK_EQ(p.foreign, 1);
}

static void test_printer_vectors_overflow_18(void **state)
{
    (void)state;
    struct reply_reader r;
    struct reply last = { 0 };
    size_t count = 0;
    reply_init(&r, false);
    feed(&r, "37", 0, &last, &count);
    for (int i = 0; i < 200; i++)
        feed(&r, "41", 0, &last, &count);
    CHECK_EQ(count, 0);
    CHECK_EQ(r.overflows, 1);
    feed(&r, "372500", 0, &last, &count);
    CHECK_EQ(last.kind, REPLY_CLEARED); /* resynchronised */
}

static void test_printer_vectors_late_answer_23(void **state)
{
    (void)state;
    struct reply_reader r;
    struct reply last = { 0 };
    size_t count = 0;
    reply_init(&r, false);
    CHECK(reply_expect(&r, 2) && reply_expect(&r, 4));
    feed(&r, "12", 3000, &last, &count);
    CHECK_EQ(last.request, 2);
    CHECK(reply_is_open(&r, 4));
}

static void test_printer_vectors_paper_left_of_custom(void **state)
{
    (void)state;
    static const struct {
        const char *in;
        size_t count;
        const char *digits;
    } rows[] = { { "353130636d", 1, "510" },      { "30636d", 1, "0" },
                 { "35356d", 1, "55" },           { "3535ff", 0, "" },
                 { "31323334353637636d", 0, "" }, { "353130630000", 0, "" } };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct reply_reader r;
        struct reply last = { 0 };
        size_t count = 0;
        reply_init(&r, true);
        CHECK(reply_expect(&r, REPLY_ASKED_LEFT));
        feed(&r, rows[i].in, 0, &last, &count);
        CHECK_EQ(count, rows[i].count);
        CHECK_EQ(last.length, strlen(rows[i].digits));
        CHECK_BYTES(last.bytes, rows[i].digits, last.length);
        CHECK(!reply_is_open(&r, REPLY_ASKED_LEFT));
    }
}

RUN(T(test_printer_vectors_status_1_to_9), T(test_printer_vectors_answers_10_to_14_17_and_19_to_22),
    T(test_printer_vectors_custom_read_as_epson_is_no_healthy_printer_22),
    T(test_printer_vectors_block_without_end_15), T(test_printer_vectors_latest_id_proves_both_16),
    T(test_printer_vectors_overflow_18), T(test_printer_vectors_late_answer_23),
    T(test_printer_vectors_paper_left_of_custom))
