/* links: drivers/printer firmware/base */
#include <stdio.h>
#include <stdlib.h>

#include "drivers/printer/proof.h"
#include "drivers/printer/reply.h"
#include "drivers/printer/status.h"
#include "firmware/base/bytes.h"
#include "tests/support/check.h"

enum { SEEN_MAX = 256 };

/* Everything the reader gave for some bytes, as words: "eot1 12", "asb 1000000F", "id A001", ... */
struct seen {
    struct reply_reader reader;
    struct printer_status status;
    char words[SEEN_MAX];
};

static void note(struct seen *s, const struct reply *r)
{
    static const char *const kinds[] = { "eot",  "asb",  "id",   "offline", "cleared",
                                         "text", "byte", "full", "length",  "other" };
    char hex[2 * REPLY_BLOCK_MAX + 1];
    hex_encode(hex, r->bytes, r->length);
    size_t at = strlen(s->words);
    snprintf(s->words + at, sizeof(s->words) - at, "%s%s", at ? " " : "", kinds[r->kind]);
    at = strlen(s->words);
    if (r->kind == REPLY_STATUS)
        snprintf(s->words + at, sizeof(s->words) - at, "%d:%s", r->request, hex);
    else if (r->length)
        snprintf(s->words + at, sizeof(s->words) - at, ":%s", hex);
    if (r->kind == REPLY_STATUS)
        status_apply(&s->status, r->request, r->bytes[0]);
    else if (r->kind == REPLY_UNASKED)
        status_apply_four(&s->status, r->bytes);
    else if (r->kind == REPLY_FULL)
        status_apply_full(&s->status, r->bytes);
}

static void feed(struct seen *s, const char *hex, int64_t now_ms)
{
    uint8_t bytes[300];
    struct reply reply;
    size_t length = strlen(hex) / 2;
    CHECK_EQ(hex_decode(bytes, length, hex), 0);
    for (size_t i = 0; i < length; i++)
        if (reply_take(&s->reader, bytes[i], now_ms, &reply))
            note(s, &reply);
}

static const struct vector {
    int number;
    unsigned asked; /* DLE EOT 1 ... n are open; 16: GS r */
    bool is_custom;
    const char *in;
    const char *want, *status;
    uint32_t strays, noise, broken, rejected, flow;
} vectors[] = {
    { 1, 4, 0, "12121212", "eot1:12 eot2:12 eot3:12 eot4:12", "ready", 0, 0, 0, 0, 0 },
    { 1, 4, 0, "16121212", "eot1:16 eot2:12 eot3:12 eot4:12", "ready", 0, 0, 0, 0, 0 },
    { 2, 4, 0, "1a32127e", "eot1:1a eot2:32 eot3:12 eot4:7e", "paper end, offline", 0, 0, 0, 0, 0 },
    { 3, 4, 0, "1a361272", "eot1:1a eot2:36 eot3:12 eot4:72", "cover open, paper end, offline", 0,
      0, 0, 0, 0 },
    { 4, 4, 0, "1a521a12", "eot1:1a eot2:52 eot3:1a eot4:12", "cutter error, offline", 0, 0, 0, 0,
      0 },
    { 5, 4, 0, "1a523212", "eot1:1a eot2:52 eot3:32 eot4:12", "unrecoverable error, offline", 0, 0,
      0, 0, 0 },
    { 6, 4, 0, "1a52521e", "eot1:1a eot2:52 eot3:52 eot4:1e",
      "ready, paper near end, print head hot, offline", 0, 0, 0, 0, 0 },
    { 7, 0, 0, "1000000f", "asb:1000000f", "ready", 0, 0, 0, 0, 0 },
    { 8, 0, 0, "38000c0f", "asb:38000c0f", "cover open, paper end, offline", 0, 0, 0, 0, 0 },
    { 9, 0, 0, "1808000f", "asb:1808000f", "cutter error, offline", 0, 0, 0, 0, 0 },
    { 10, 0, 0, "37224130303100", "id:41303031", "no answer", 0, 0, 0, 0, 0 },
    { 11, 0, 0, "372341404800", "offline:414048", "no answer", 0, 0, 0, 0, 0 },
    { 12, 0, 0, "372500", "cleared", "no answer", 0, 0, 0, 0, 0 },
    { 13, 0, 0, "5f4550534f4e00", "text:4550534f4e", "no answer", 0, 0, 0, 0, 0 },
    { 14, 0, 0, "100037224130303100000f", "id:41303031", "no answer", 2, 0, 1, 0, 0 },
    { 17, 0, 0, "37221f30303100", "", "no answer", 0, 0, 0, 1, 0 },
    { 19, 4, 0, "92", "", "no answer", 0, 1, 0, 0, 0 },
    { 19, 4, 0, "ffffffff", "", "no answer", 0, 4, 0, 0, 0 },
    { 19, 4, 0, "02", "", "no answer", 1, 0, 0, 0, 0 },
    { 20, 0, 0, "1090000f", "", "no answer", 2, 1, 1, 0, 0 },
    { 21, 1, 0, "111312", "eot1:12", "ready", 0, 0, 0, 0, 2 },
    { 22, 0, 1, "100f01000000", "full:01000000", "paper end, offline", 0, 0, 0, 0, 0 },
    { 22, 0, 0, "100f01000000", "asb:100f0100", "cutter error, mechanical error, paper near end", 2,
      0, 0, 0, 0 },
    /* not among the numbered ones */
    { 0, 16, 0, "00", "byte:00", "no answer", 0, 0, 0, 0, 0 },
    { 0, 16, 0, "1000000f0c", "asb:1000000f byte:0c", "ready", 0, 0, 0, 0, 0 },
    { 0, 1, 0, "100012", "eot1:12", "ready", 0, 0, 1, 0, 0 },
    { 0, 0, 0, "12", "", "no answer", 1, 0, 0, 0, 0 },
    { 0, 0, 0, "3b414100", "other:4141", "no answer", 0, 0, 0, 0, 0 },
    { 0, 0, 0, "3700", "", "no answer", 0, 0, 0, 1, 0 },
    { 0, 0, 0, "3723404040404040404040404000", "", "no answer", 0, 0, 0, 1, 0 },
    { 0, 0, 1, "1000000f", "asb:1000000f", "ready", 0, 0, 0, 0, 0 },
    { 0, 0, 1, "100f92ff3700", "full:92ff3700",
      "cover open, print head hot, feeding by button, offline", 0, 0, 0, 0, 0 },
};

static void check_vector(const struct vector *v)
{
    struct seen s = { 0 };
    char words[PRINTER_STATUS_WORDS];
    reply_init(&s.reader, v->is_custom);
    for (uint8_t n = 1; v->asked < 16 && n <= v->asked; n++)
        CHECK(reply_expect(&s.reader, n));
    if (v->asked == 16)
        CHECK(reply_expect(&s.reader, REPLY_ASKED_PAPER));
    feed(&s, v->in, 1000);
    CHECK_STR(s.words, v->want);
    printer_status_words(words, &s.status);
    CHECK_STR(words, v->status);
    CHECK_EQ(s.reader.strays, v->strays);
    CHECK_EQ(s.reader.noise, v->noise);
    CHECK_EQ(s.reader.broken, v->broken);
    CHECK_EQ(s.reader.rejected, v->rejected);
    CHECK_EQ(s.reader.flow, v->flow);
}

static void test_reply_vectors(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(vectors) / sizeof(vectors[0]); i++)
        check_vector(&vectors[i]);
}

static void test_reply_block_without_end_times_out(void **state)
{
    (void)state;
    struct seen s = { 0 };
    reply_init(&s.reader, false);
    CHECK(reply_expect(&s.reader, 1));
    feed(&s, "1237224130", 1000); /* vector 15 */
    CHECK_STR(s.words, "eot1:12");
    reply_tick(&s.reader, 1499);
    CHECK_EQ(s.reader.broken, 0);
    reply_tick(&s.reader, 1500);
    CHECK_EQ(s.reader.broken, 1);
    feed(&s, "3100", 1501);
    CHECK_STR(s.words, "eot1:12");
    feed(&s, "10", 2000);
    feed(&s, "0000", 2500); /* too late for the group of four */
    CHECK_STR(s.words, "eot1:12");
}

static void test_reply_only_the_latest_id_proves_both(void **state)
{
    (void)state;
    struct proof p;
    proof_begin(&p, 7);
    CHECK_BYTES(p.ids[PROOF_LAST_ROW], "007R", 4);
    CHECK_BYTES(p.ids[PROOF_CUT], "007C", 4);
    proof_take(&p, (const uint8_t *)"A001"); /* vector 16: never issued */
    CHECK_EQ(p.foreign, 1);
    CHECK(!p.is_proven[PROOF_LAST_ROW] && !p.is_proven[PROOF_CUT]);
    proof_take(&p, (const uint8_t *)"007R");
    CHECK(p.is_proven[PROOF_LAST_ROW] && !p.is_proven[PROOF_CUT]);
    proof_begin(&p, 8);
    proof_take(&p, (const uint8_t *)"008C");
    CHECK(p.is_proven[PROOF_LAST_ROW] && p.is_proven[PROOF_CUT]);
}

static void test_reply_block_of_any_length_is_bounded(void **state)
{
    (void)state;
    struct seen s = { 0 };
    reply_init(&s.reader, false);
    feed(&s, "37", 0); /* vector 18 */
    for (int i = 0; i < 200; i++)
        feed(&s, "41", 0);
    CHECK_STR(s.words, "");
    CHECK_EQ(s.reader.overflows, 1);
    CHECK_EQ(s.reader.strays, 200 - REPLY_BLOCK_MAX - 1);
    CHECK(reply_is_nonsense(&s.reader));
    feed(&s, "372500", 1);
    CHECK_STR(s.words, "cleared");
}

static void test_reply_late_answer_goes_to_the_older_request(void **state)
{
    (void)state;
    struct seen s = { 0 };
    reply_init(&s.reader, false);
    CHECK(reply_expect(&s.reader, 1));
    CHECK(reply_expect(&s.reader, 4)); /* sent when the first was due; vector 23 */
    feed(&s, "1a", 3000);
    CHECK_STR(s.words, "eot1:1a");
    CHECK(!reply_is_open(&s.reader, 1) && reply_is_open(&s.reader, 4));
    reply_forget(&s.reader);
    CHECK(!reply_is_open(&s.reader, 4));
    for (int i = 0; i < REPLY_OPEN_MAX; i++)
        CHECK(reply_expect(&s.reader, 1));
    CHECK(!reply_expect(&s.reader, 1));
}

static void test_reply_strays_are_forgiven_with_time(void **state)
{
    (void)state;
    struct seen s = { 0 };
    reply_init(&s.reader, false);
    for (int i = 0; i < 200; i++)
        feed(&s, "00", i * 200); /* 50 in 10 s */
    CHECK(!reply_is_nonsense(&s.reader));
    for (int i = 0; i < 70; i++)
        feed(&s, "00", 50000);
    CHECK(reply_is_nonsense(&s.reader));
}

static void test_status_every_bit_has_its_words(void **state)
{
    (void)state;
    struct printer_status s;
    char words[PRINTER_STATUS_WORDS];
    memset(&s, 1, sizeof(s));
    printer_status_words(words, &s);
    CHECK_STR(words, "unrecoverable error, cutter error, mechanical error, cover open, paper end, "
                     "print head hot, a slip waits to be taken, feeding by button, offline");
    CHECK(strlen(words) + sizeof(", paper near end") < PRINTER_STATUS_WORDS);
    CHECK_EQ(status_trouble(&s), PRINTER_UNRECOVERABLE);
    s = (struct printer_status){ .is_known = true, .is_mechanical_error = true };
    CHECK_EQ(status_trouble(&s), PRINTER_NO_TROUBLE);
    s.is_offline = true;
    CHECK_STR(printer_trouble_word(status_trouble(&s)), "mechanical error");
}

RUN(T(test_reply_vectors), T(test_reply_block_without_end_times_out),
    T(test_reply_only_the_latest_id_proves_both), T(test_reply_block_of_any_length_is_bounded),
    T(test_reply_late_answer_goes_to_the_older_request),
    T(test_reply_strays_are_forgiven_with_time), T(test_status_every_bit_has_its_words))
