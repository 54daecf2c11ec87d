/* links: firmware/service firmware/update drivers/stick sync/queue firmware/seal firmware/base */
#include <stdio.h>

#include "firmware/base/json.h"
#include "firmware/seal/sign.h"
#include "firmware/service/handover.h"
#include "firmware/service/ready.h"
#include "firmware/service/staff.h"
#include "sync/queue/handover.h"
#include "sync/queue/prints.h"
#include "tests/support/check.h"
#include "tests/support/stick_keys.h"
#include "tests/support/storm.h"

/* What staff see: readiness, figures, slips to settle, items set aside. */

static const int64_t now = INT64_C(1795680000000);

static struct ready_facts good(void)
{
    return (struct ready_facts){ .reader = DEVICE_WELL,
                                 .printer = DEVICE_WELL,
                                 .screen = DEVICE_WELL,
                                 .sound = DEVICE_WELL,
                                 .keypad = DEVICE_NOT_FITTED,
                                 .scanner = DEVICE_WELL,
                                 .tried = { [READY_READER] = TRIED_WELL,
                                            [READY_PRINTER] = TRIED_WELL,
                                            [READY_SCREEN] = TRIED_WELL,
                                            [READY_SOUND] = TRIED_WELL,
                                            [READY_SCANNER] = TRIED_WELL },
                                 .has_fonts = true,
                                 .has_rare_fonts = true,
                                 .has_holidays = true,
                                 .medium = { 0, 10 },
                                 .key_days = 60,
                                 .certificate_days = 80,
                                 .disk_free_percent = 70,
                                 .paper_mm = 60000,
                                 .paper_need_mm = 6000,
                                 .is_joined = true,
                                 .is_link_up = true,
                                 .has_keys = true,
                                 .last_contact_ms = now,
                                 .catalogue_version = 3,
                                 .is_store_up = true,
                                 .clock_quality = CLOCK_NTP,
                                 .wall_ms = now };
}

static enum ready_state state_of(const struct readiness *r, enum ready_id id)
{
    for (size_t i = 0; i < r->count; i++)
        if (r->checks[i].id == id)
            return r->checks[i].state;
    fail_msg("no check %d", id);
    return READY_NONE;
}

static void test_a_kiosk_in_order_may_open_and_nobody_need_look(void **state)
{
    struct readiness r;
    struct ready_facts f = good();
    (void)state;
    readiness_judge(&r, &f);
    CHECK(r.may_open);
    CHECK_EQ(r.to_look_after, 0);
    CHECK_EQ(r.count, READY_END);
    CHECK_EQ(state_of(&r, READY_KEYPAD), READY_NONE);
}

static void test_each_fault_is_found_and_only_the_grave_ones_close_the_kiosk(void **state)
{
    (void)state;
    struct {
        const char *what;
        struct ready_facts f;
        enum ready_id id;
        enum ready_state want;
    } cases[28];
    size_t n = 0;
#define CASE(change, check, state) \
    cases[n].what = #change;       \
    cases[n].f = good();           \
    cases[n].f.change;             \
    cases[n].id = check;           \
    cases[n++].want = state
    CASE(reader = DEVICE_ABSENT, READY_READER, READY_FAILED);
    CASE(printer = DEVICE_TROUBLE, READY_PRINTER, READY_FAILED);
    CASE(screen = DEVICE_ABSENT, READY_SCREEN, READY_STOPS);
    CASE(paper_mm = 0, READY_PAPER, READY_FAILED);
    CASE(paper_mm = 3000, READY_PAPER, READY_LOOK);
    CASE(paper_mm = -1, READY_PAPER, READY_LOOK);
    CASE(uncertain_slips = 2, READY_SLIPS, READY_LOOK);
    CASE(is_link_up = false, READY_COUNTY, READY_LOOK);
    CASE(is_joined = false, READY_COUNTY, READY_STOPS);
    CASE(has_keys = false, READY_KEYS, READY_STOPS);
    CASE(is_disk_full = true, READY_DISK, READY_STOPS);
    CASE(clock_quality = CLOCK_RTC, READY_CLOCK, READY_LOOK);
    CASE(tried[READY_READER] = TRIED_NOT, READY_READER, READY_LOOK);
    CASE(tried[READY_SOUND] = TRIED_BAD, READY_SOUND, READY_FAILED);
    CASE(tried[READY_SCREEN] = TRIED_BAD, READY_SCREEN, READY_STOPS);
    CASE(has_fonts = false, READY_FONTS, READY_STOPS);
    CASE(has_rare_fonts = false, READY_FONTS, READY_LOOK);
    CASE(key_days = 3, READY_KEYS, READY_LOOK);
    CASE(certificate_days = 5, READY_CERTIFICATE, READY_LOOK);
    CASE(certificate_days = -1, READY_CERTIFICATE, READY_LOOK);
    CASE(has_holidays = false, READY_HOLIDAYS, READY_LOOK);
    CASE(needs_next_holidays = true, READY_HOLIDAYS, READY_LOOK);
    CASE(disk_free_percent = 9, READY_DISK, READY_LOOK);
    CASE(medium.errors = 2, READY_MEDIUM, READY_LOOK);
    CASE(medium.worn_percent = 90, READY_MEDIUM, READY_LOOK);
#undef CASE
    for (size_t i = 0; i < n; i++) {
        struct readiness r;
        readiness_judge(&r, &cases[i].f);
        if (state_of(&r, cases[i].id) != cases[i].want)
            fail_msg("%s: %s", cases[i].what, ready_state_word(state_of(&r, cases[i].id)));
        CHECK_EQ(r.may_open, cases[i].want != READY_STOPS);
        CHECK_EQ(r.to_look_after, 1);
    }
    struct readiness quiet;
    struct ready_facts f = good();
    f.medium =
        (struct ready_medium){ -1, -1 }; /* a card that counts nothing is no reason to look */
    readiness_judge(&quiet, &f);
    CHECK_EQ(quiet.to_look_after, 0);
}

static void test_every_check_speaks_both_languages(void **state)
{
    struct readiness r;
    struct ready_facts f = { 0 };
    (void)state;
    readiness_judge(&r, &f);
    CHECK(!r.may_open);
    for (size_t i = 0; i < r.count; i++)
        CHECK(*r.checks[i].what_zh && *r.checks[i].what_en && *r.checks[i].says_zh &&
              *r.checks[i].says_en && *ready_id_word(r.checks[i].id));
}

static void test_a_certificate_holds_only_for_the_kiosk_that_signed_it(void **state)
{
    static const char text[] = "{\"kiosk_id\":\"K0012\",\"type\":\"readiness\"}",
                      other[] = "{\"kiosk_id\":\"K0077\",\"type\":\"readiness\"}",
                      no[] = "{\"kiosk_id\":\"K0012\",\"type\":\"carry-answer\"}";
    static const char *const documents[] = { text, other, no };
    static const enum saying wants[] = { SAY_WELL, SAY_SIGNATURE, SAY_FORMAT };
    struct stick_keys keys;
    char kiosk[65];
    (void)state;
    stick_keys_make(&keys);
    for (size_t i = 0; i < 3; i++) {
        struct bytes document AUTO_BYTES = { 0 }, signature AUTO_BYTES = { 0 };
        CHECK_EQ(bytes_append_text(&document, documents[i]), 0);
        CHECK_EQ(document_sign(&signature, document.data, document.length, &keys.kiosk_key,
                               &keys.kiosk_pem),
                 0);
        CHECK_EQ(readiness_verify(kiosk, &keys.kiosk_ca, &document, &signature), wants[i]);
        CHECK_EQ(readiness_verify(kiosk, &keys.other_ca, &document, &signature), SAY_SIGNATURE);
        document.data[3] ^= 1;
        CHECK_EQ(readiness_verify(kiosk, &keys.kiosk_ca, &document, &signature), SAY_SIGNATURE);
    }
    stick_keys_clear(&keys);
}

static json_t *from(const char *text)
{
    char complaint[JSON_COMPLAINT];
    json_t *o = json_parse(text, strlen(text), complaint);
    if (!o)
        fail_msg("%s", complaint);
    return o;
}

static void test_figures_are_read_and_nonsense_is_nothing(void **state)
{
    struct staff_counters c;
    (void)state;
    json_t *o = from("{\"queue\":{\"queued\":3,\"held\":1,\"dead\":-7,\"accepted\":\"x\"},"
                     "\"docs\":{\"keys\":2},\"accepting\":true}");
    CHECK(staff_counters_read(&c, o));
    CHECK_EQ(c.queued, 3);
    CHECK_EQ(c.held, 1);
    CHECK_EQ(c.dead, 0);
    CHECK_EQ(c.accepted, 0);
    CHECK(c.is_accepting);
    json_decref(o);
    CHECK(!staff_counters_read(&c, NULL));
    CHECK_EQ(c.queued, 0);
}

static void test_items_set_aside_have_a_sentence_and_no_content(void **state)
{
    struct staff_parked p[8];
    (void)state;
    json_t *o =
        from("{\"items\":[{\"seq\":9,\"receipt\":\"\",\"state\":\"queued\",\"problem\":\"\"},"
             "{\"seq\":8,\"receipt\":\"\",\"state\":\"held\",\"problem\":\"too large for the "
             "platform\"},"
             "{\"seq\":7,\"receipt\":\"\",\"state\":\"dead\",\"problem\":\"rejected: 测试甲\"},"
             "{\"seq\":6,\"receipt\":\"\",\"state\":\"held\",\"problem\":\"who knows\"},"
             "{\"seq\":5,\"receipt\":\"nonsense\",\"state\":\"held\",\"problem\":\"\"}]}");
    CHECK_EQ(staff_parked_read(p, 8, o), 3);
    json_decref(o);
    CHECK_EQ(p[0].seq, 8);
    CHECK_EQ(p[0].what_to_do, PARKED_COUNTY);
    CHECK(strstr(p[0].en, "stick") && strstr(p[0].zh, "服务盘"));
    CHECK(p[1].is_dead && p[1].what_to_do == PARKED_COUNTY && !strstr(p[1].zh, "测试甲"));
    CHECK_EQ(p[2].what_to_do, PARKED_RELEASE);
}

/* The whole way: an attempt that was on the wire when the kiosk died, through the queue's own rows. */
static void test_an_uncertain_slip_is_settled_by_whoever_looked(void **state)
{
    struct fake_clock clock = fake_clock_at(1000, now);
    struct store *s = NULL;
    struct print_job job = { .kind = "receipt" };
    struct print_open open[4];
    int64_t attempt;
    size_t count;
    (void)state;
    storm_begin(3);
    struct store_options o = { .data = storm_disk(),
                               .spool = storm_disk(),
                               .folder = "/storm",
                               .clock = &clock.base,
                               .vfs = STORM_VFS,
                               .ballast_bytes = 4096 };
    CHECK_EQ(store_open(&s, &o), 0);
    for (int answer = SETTLE_CAME_OUT; answer <= SETTLE_NOT_OUT; answer++) {
        job.job[0]++;
        CHECK_EQ(prints_begin(s, &attempt, &job), 0);
        CHECK_EQ(prints_orphan(s), 0);
        CHECK_EQ(prints_open(s, open, 4, &count), 0);
        CHECK_EQ(count, 1);
        json_t *q = staff_settle_request(open[0].attempt, (enum settle_answer)answer);
        struct print_progress p = { 0 };
        CHECK_EQ(print_state_parse(&p.state, json_string_value(json_object_get(q, "state"))), 0);
        snprintf(p.level, sizeof(p.level), "%s", json_string_value(json_object_get(q, "level")));
        CHECK_EQ(prints_state(s, json_integer_value(json_object_get(q, "attempt")), &p), 0);
        json_decref(q);
        CHECK_EQ(prints_open(s, open, 4, &count), 0);
        CHECK_EQ(count, 0);
        CHECK_EQ(prints_begin(s, &attempt, &job), STORE_E_NONE); /* never again unmarked */
    }
    CHECK(staff_settle_offers_copy(SETTLE_NOT_OUT) && !staff_settle_offers_copy(SETTLE_CAME_OUT));
    CHECK(!staff_settle_request(1, SETTLE_NOT_SURE) && !staff_settle_request(0, SETTLE_NOT_OUT));
    store_free(s);
    storm_end();
}

static void test_slips_that_are_not_well_formed_are_left_out(void **state)
{
    struct staff_slip s[4];
    (void)state;
    json_t *o = from("{\"attempts\":[{\"attempt\":1,\"receipt\":\"\",\"at_ms\":5},{\"attempt\":0},"
                     "{\"attempt\":2,\"receipt\":\"<script>\"},7]}");
    CHECK_EQ(staff_slips_read(s, 4, o), 1);
    CHECK_EQ(s[0].attempt, 1);
    json_decref(o);
    CHECK_EQ(staff_slips_read(s, 4, NULL), 0);
}

static void test_notes_of_another_shift_are_known_sentences_or_nothing(void **state)
{
    struct handover h[4];
    (void)state;
    json_t *o = from("{\"notes\":[{\"n\":3,\"what\":\"paper-low\",\"serial\":\"S-1\",\"at_ms\":9},"
                     "{\"n\":4,\"what\":\"call 13800000000\"},{\"n\":0,\"what\":\"clean\"},7]}");
    CHECK_EQ(handover_read(h, 4, o), 1);
    CHECK_EQ(h[0].n, 3);
    CHECK_STR(handover_en(h[0].what), "The paper is running low: have a new roll at hand.");
    json_decref(o);
    CHECK_EQ(handover_read(h, 4, NULL), 0);
    for (size_t i = 0; i < handover_count(); i++)
        CHECK(*handover_zh(handover_word(i)) && *handover_en(handover_word(i)));
    CHECK_STR(handover_zh("nothing"), "");
}

static void test_a_note_is_left_once_and_gone_when_done(void **state)
{
    struct fake_clock clock = fake_clock_at(1000, now);
    struct handover_note notes[HANDOVER_NOTES];
    struct store *s = NULL;
    size_t count;
    (void)state;
    storm_begin(3);
    struct store_options o = { .data = storm_disk(),
                               .spool = storm_disk(),
                               .folder = "/storm",
                               .clock = &clock.base,
                               .vfs = STORM_VFS,
                               .ballast_bytes = 4096 };
    CHECK_EQ(store_open(&s, &o), 0);
    CHECK_EQ(handover_leave(s, "paper-low", "S-1"), 0);
    CHECK_EQ(handover_leave(s, "paper-low", "S-2"), 0);
    CHECK_EQ(handover_leave(s, "a sentence", "S-1"), HANDOVER_E_WORD);
    CHECK_EQ(handover_list(s, notes, HANDOVER_NOTES, &count), 0);
    CHECK_EQ(count, 1);
    CHECK_STR(notes[0].serial, "S-1");
    CHECK_EQ(handover_done(s, notes[0].n), 0);
    CHECK_EQ(handover_list(s, notes, HANDOVER_NOTES, &count), 0);
    CHECK_EQ(count, 0);
    store_free(s);
    storm_end();
}

RUN(T(test_a_kiosk_in_order_may_open_and_nobody_need_look),
    T(test_each_fault_is_found_and_only_the_grave_ones_close_the_kiosk),
    T(test_every_check_speaks_both_languages),
    T(test_a_certificate_holds_only_for_the_kiosk_that_signed_it),
    T(test_figures_are_read_and_nonsense_is_nothing),
    T(test_items_set_aside_have_a_sentence_and_no_content),
    T(test_an_uncertain_slip_is_settled_by_whoever_looked),
    T(test_slips_that_are_not_well_formed_are_left_out),
    T(test_notes_of_another_shift_are_known_sentences_or_nothing),
    T(test_a_note_is_left_once_and_gone_when_done))
