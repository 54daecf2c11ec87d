/* links: firmware/service firmware/update drivers/stick firmware/seal firmware/base */
#include <stdio.h>
#include <stdlib.h>

#include "firmware/base/json.h"
#include "firmware/service/token.h"
#include "tests/support/check.h"
#include "tests/support/stick_keys.h"

/* Who is let in by a stick: signature, kiosks, times as good as the clock, revocation, PIN. */

static const int64_t day = INT64_C(24) * 3600 * 1000, now = INT64_C(1795680000000);
static struct stick_keys keys;
static struct trust *trust;

static struct token a_token(void)
{
    struct token t = { .serial = "S-2026-0001",
                       .role = ROLE_TECHNICIAN,
                       .issued_ms = now - 30 * day,
                       .from_ms = now - 29 * day,
                       .to_ms = now + 300 * day,
                       .kiosk_count = 2,
                       .kiosks = { "K0012", "K01*" } };
    memset(t.pin_salt, 5, sizeof(t.pin_salt));
    return t;
}

static struct token_scene a_scene(void)
{
    return (struct token_scene){ .kiosk = "K0012", .wall_ms = now, .quality = CLOCK_NTP };
}

static enum saying admit(const struct token *t, const struct token_scene *scene)
{
    struct bytes document AUTO_BYTES = { 0 }, signature AUTO_BYTES = { 0 };
    struct token out;
    CHECK_EQ(token_write(&document, t), 0);
    CHECK_EQ(document_sign(&signature, document.data, document.length, &keys.signer_key,
                           &keys.signer_pem),
             0);
    return token_admit(&out, trust, &document, &signature, scene);
}

static void test_a_good_token_is_admitted_as_it_was_written(void **state)
{
    struct bytes document AUTO_BYTES = { 0 };
    struct token t = a_token(), back;
    char complaint[320];
    struct token_scene scene = a_scene();
    (void)state;
    CHECK_EQ(admit(&t, &scene), SAY_WELL);
    CHECK_EQ(token_write(&document, &t), 0);
    CHECK_EQ(token_parse(&back, document.data, document.length, complaint), SAY_WELL);
    CHECK_BYTES(&back, &t, sizeof(t));
}

static void test_a_kiosk_is_named_by_its_id_or_by_the_beginning_of_a_group(void **state)
{
    static const struct {
        const char *kiosk;
        enum saying want;
    } rows[] = {
        { "K0012", SAY_WELL },
        { "K0100", SAY_WELL },
        { "K01", SAY_WELL },
        { "K0013", SAY_OTHER_KIOSK },
        { "K00120", SAY_OTHER_KIOSK },
        { "", SAY_WELL }, /* it has joined no county yet: it can only be set up */
    };
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct token t = a_token();
        struct token_scene scene = a_scene();
        scene.kiosk = rows[i].kiosk;
        CHECK_EQ(admit(&t, &scene), rows[i].want);
    }
}

static void test_times_count_as_much_as_the_clock_is_worth(void **state)
{
    static const struct {
        const char *what;
        int64_t after_days; /* from now */
        enum clock_quality quality;
        enum saying want;
    } rows[] = {
        { "in time", 0, CLOCK_RTC, SAY_WELL },
        { "run out", 301, CLOCK_NTP, SAY_EXPIRED },
        { "run out, by a clock nobody checked", 301, CLOCK_RTC, SAY_EXPIRED },
        { "a clock of 400 days ahead", 400, CLOCK_RTC, SAY_EXPIRED },
        { "not yet, by a good clock", -31, CLOCK_NTP, SAY_NOT_YET },
        { "a clock before the stick was issued was never set", -31, CLOCK_RTC, SAY_CLOCK },
        { "issued and not valid yet", -29, CLOCK_RTC, SAY_WELL },
        { "1970", -20000, CLOCK_RTC, SAY_CLOCK },
        { "no clock at all", 0, CLOCK_UNSET, SAY_CLOCK },
        { "no clock at all, run out as it says", 301, CLOCK_UNSET, SAY_CLOCK },
    };
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct token t = a_token();
        struct token_scene scene = a_scene();
        scene.wall_ms = now + rows[i].after_days * day;
        scene.quality = rows[i].quality;
        if (admit(&t, &scene) != rows[i].want)
            fail_msg("%s: %s", rows[i].what, saying_word(admit(&t, &scene)));
    }
}

static void test_a_revoked_serial_is_refused_whatever_else_is_right(void **state)
{
    static const char config[] = "{\"version\":4,\"revoked_sticks\":[\"S-1\",\"S-2026-0001\"]}";
    struct bytes text AUTO_BYTES = { 0 };
    struct token t = a_token();
    struct token_scene scene = a_scene();
    (void)state;
    CHECK_EQ(bytes_append_text(&text, config), 0);
    scene.config = &text;
    CHECK_EQ(admit(&t, &scene), SAY_REVOKED);
    snprintf(t.serial, sizeof(t.serial), "S-2026-0002");
    CHECK_EQ(admit(&t, &scene), SAY_WELL);
}

static void test_a_stick_is_in_doubt_when_nobody_can_tell_which_are_revoked(void **state)
{
    struct token t = a_token();
    struct token_scene scene = a_scene();
    (void)state;
    scene.is_list_unread = true;
    CHECK_EQ(admit(&t, &scene), SAY_LIST);
    scene.quality = CLOCK_UNSET;
    CHECK_EQ(admit(&t, &scene), SAY_CLOCK);
    scene.quality = CLOCK_NTP;
    t.to_ms = now - day;
    CHECK_EQ(admit(&t, &scene), SAY_EXPIRED);
    scene.kiosk = "K0999";
    CHECK_EQ(admit(&t, &scene), SAY_OTHER_KIOSK);
    CHECK(token_is_in_doubt(SAY_LIST) && token_is_admitted(SAY_LIST));
    CHECK(!token_is_in_doubt(SAY_WELL) && token_is_admitted(SAY_WELL));
    CHECK(!token_is_admitted(SAY_REVOKED));
}

/* As kiosk-syncd gives it. */
static void keep(struct bytes *out, const char *text)
{
    struct bytes signature AUTO_BYTES = { 0 };
    out->length = 0;
    CHECK_EQ(document_sign(&signature, (const uint8_t *)text, strlen(text), &keys.signer_key,
                           &keys.signer_pem),
             0);
    CHECK_EQ(bytes_append_be32(out, (uint32_t)signature.length), 0);
    CHECK_EQ(bytes_append(out, signature.data, signature.length), 0);
    CHECK_EQ(bytes_append_text(out, text), 0);
}

static void test_the_list_of_revoked_ones_is_the_countys_or_none(void **state)
{
    static const char text[] = "{\"version\":4,\"revoked_sticks\":[\"S-2026-0001\"]}";
    struct bytes kept AUTO_BYTES = { 0 }, out AUTO_BYTES = { 0 };
    (void)state;
    CHECK_EQ(token_list_open(&out, trust, &kept), 0); /* the county has sent none yet */
    CHECK_EQ(out.length, 0);
    keep(&kept, text);
    CHECK_EQ(token_list_open(&out, trust, &kept), 0);
    CHECK_EQ(out.length, strlen(text));
    CHECK(!memcmp(out.data, text, out.length));
    out.length = 0;
    for (size_t i = 0; i < kept.length; i += i < 4 ? 1 : 37) {
        kept.data[i] ^= 1;
        CHECK_EQ(token_list_open(&out, trust, &kept), -EBADMSG);
        kept.data[i] ^= 1;
    }
    for (size_t length = 1; length < kept.length; length += 41) {
        struct bytes part = { .data = kept.data, .length = length };
        CHECK_EQ(token_list_open(&out, trust, &part), -EBADMSG);
    }
    CHECK_EQ(token_list_open(&out, NULL, &kept), -EBADMSG);
    CHECK_EQ(out.length, 0);
}

static void test_a_changed_byte_another_signer_or_no_trust_is_refused(void **state)
{
    struct bytes document AUTO_BYTES = { 0 }, signature AUTO_BYTES = { 0 }, fake AUTO_BYTES = { 0 };
    struct token t = a_token(), out = { 0 };
    struct token_scene scene = a_scene();
    (void)state;
    CHECK_EQ(token_write(&document, &t), 0);
    CHECK_EQ(document_sign(&signature, document.data, document.length, &keys.signer_key,
                           &keys.signer_pem),
             0);
    CHECK_EQ(document_sign(&fake, document.data, document.length, &keys.kiosk_key, &keys.kiosk_pem),
             0);
    CHECK_EQ(token_admit(&out, trust, &document, &fake, &scene), SAY_SIGNATURE);
    CHECK_EQ(token_admit(&out, NULL, &document, &signature, &scene), SAY_SIGNATURE);
    for (size_t at = 0; at < document.length; at += 13) {
        document.data[at] ^= 1;
        CHECK_EQ(token_admit(&out, trust, &document, &signature, &scene), SAY_SIGNATURE);
        document.data[at] ^= 1;
    }
    CHECK_EQ(out.role, ROLE_NONE); /* nothing of it got out */
    CHECK_EQ(token_admit(&out, trust, &document, &signature, &scene), SAY_WELL);
}

static void test_any_other_signed_document_is_no_token(void **state)
{
    static const char *const documents[] = {
        "{}",
        "[]",
        "{\"version\":1,\"keys\":[]}",
        "{\"version\":1,\"services\":[]}",
        "{\"type\":\"carry-answer\",\"version\":1}",
        "not json",
    };
    (void)state;
    for (size_t i = 0; i < sizeof(documents) / sizeof(documents[0]); i++) {
        struct bytes document AUTO_BYTES = { 0 }, signature AUTO_BYTES = { 0 };
        struct token out;
        struct token_scene scene = a_scene();
        CHECK_EQ(bytes_append_text(&document, documents[i]), 0);
        CHECK_EQ(document_sign(&signature, document.data, document.length, &keys.signer_key,
                               &keys.signer_pem),
                 0);
        CHECK_EQ(token_admit(&out, trust, &document, &signature, &scene), SAY_FORMAT);
    }
}

static void test_members_that_are_wrong_are_named(void **state)
{
    static const struct {
        const char *key;
        const char *value; /* JSON; NULL: left out */
    } rows[] = {
        { "serial", "\"s-lower\"" },
        { "serial", "\"A\"" },
        { "role", "\"mayor\"" },
        { "kiosks", "[]" },
        { "kiosks", "[\"K00 12\"]" },
        { "kiosks", "[7]" },
        { "not_after", "\"tomorrow\"" },
        { "not_after", "\"2020-01-01T00:00:00Z\"" },
        { "version", "2" },
        { "pin", "{\"kdf\":\"md5\"}" },
        { "issued", NULL },
        { "extra", "1" },
        { "pin",
          "{\"kdf\":\"scrypt\",\"n\":1073741824,\"r\":8,\"p\":3,\"salt\":\"00\",\"hash\":\"00\"}" },
    };
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct bytes document AUTO_BYTES = { 0 };
        struct token t = a_token(), out;
        char complaint[320], why[JSON_COMPLAINT];
        CHECK_EQ(token_write(&document, &t), 0);
        json_t *o = json_parse(document.data, document.length, why);
        if (rows[i].value)
            json_object_set_new(o, rows[i].key, json_loads(rows[i].value, JSON_DECODE_ANY, NULL));
        else
            json_object_del(o, rows[i].key);
        char *text = json_canonical(o);
        CHECK_EQ(token_parse(&out, text, strlen(text), complaint), SAY_FORMAT);
        if (!strstr(complaint, rows[i].key))
            fail_msg("row %zu: %s", i, complaint);
        json_text_free(text);
        json_decref(o);
    }
}

static void test_a_pin_opens_its_own_stick_and_no_other(void **state)
{
    struct token t = a_token(), other = a_token();
    (void)state;
    CHECK_EQ(pin_set(&t, "480913"), 0);
    CHECK_EQ(pin_check(&t, "480913"), SAY_WELL);
    CHECK_EQ(pin_check(&t, "480914"), SAY_PIN_WRONG);
    CHECK_EQ(pin_check(&t, "4809130"), SAY_PIN_WRONG);
    CHECK_EQ(pin_check(&t, ""), SAY_PIN_SHAPE);
    CHECK_EQ(pin_check(&t, "48091a"), SAY_PIN_SHAPE);
    /* Its verifier, copied into another stick, opens that one no more. */
    memcpy(other.pin_salt, t.pin_salt, sizeof(t.pin_salt));
    memcpy(other.pin_hash, t.pin_hash, sizeof(t.pin_hash));
    snprintf(other.serial, sizeof(other.serial), "S-2026-0009");
    CHECK_EQ(pin_check(&other, "480913"), SAY_PIN_WRONG);
}

static void test_pins_that_everybody_guesses_are_not_chosen(void **state)
{
    static const struct {
        const char *pin;
        enum saying want;
    } rows[] = { { "123456", SAY_PIN_WEAK }, { "987654", SAY_PIN_WEAK },
                 { "111111", SAY_PIN_WEAK }, { "121212", SAY_PIN_WEAK },
                 { "12345", SAY_PIN_SHAPE }, { "1234567890123", SAY_PIN_SHAPE },
                 { "480913", SAY_WELL },     { "135790", SAY_WELL } };
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        CHECK_EQ(pin_judge(rows[i].pin), rows[i].want);
}

static void test_every_saying_has_a_word_of_its_own_and_both_languages(void **state)
{
    (void)state;
    for (int i = 0; i < SAY_END; i++) {
        CHECK(*saying_word((enum saying)i) && *saying_zh((enum saying)i) &&
              *saying_en((enum saying)i));
        CHECK_EQ(saying_find(saying_word((enum saying)i)), i);
    }
    CHECK_EQ(saying_find("nonsense"), SAY_END);
}

static void test_a_kiosk_without_a_county_is_set_up_and_nothing_else(void **state)
{
    (void)state;
    static const enum staff_action before[] = { ACTION_PAPER,     ACTION_CLEAN,   ACTION_DEVICES,
                                                ACTION_CALIBRATE, ACTION_NETWORK, ACTION_JOIN };
    int count = 0;
    for (int a = 0; a < ACTION_END; a++)
        count += staff_action_fits((enum staff_action)a, false);
    CHECK_EQ(count, 6);
    for (size_t i = 0; i < 6; i++)
        CHECK(staff_action_fits(before[i], false));
    CHECK(!staff_action_fits(ACTION_JOIN, true) && staff_action_fits(ACTION_CARRY, true));
    CHECK(role_may_in_doubt(ROLE_TECHNICIAN, ACTION_JOIN) && !role_may(ROLE_PAPER, ACTION_JOIN) &&
          !role_may(ROLE_INSPECTOR, ACTION_JOIN));
}

static void test_roles_only_do_what_the_table_says(void **state)
{
    (void)state;
    CHECK(role_may(ROLE_PAPER, ACTION_PAPER) && !role_may(ROLE_PAPER, ACTION_QUEUE));
    for (int r = 0; r < ROLE_END; r++) /* of a matter only a clerk decides anything */
        CHECK_EQ(role_may((enum role)r, ACTION_WAIVE), r == ROLE_CLERK);
    CHECK(!role_may_in_doubt(ROLE_CLERK, ACTION_WAIVE));
    CHECK_EQ(role_parse("clerk"), ROLE_CLERK);
    CHECK(!role_may(ROLE_INSPECTOR, ACTION_RELEASE) && role_may(ROLE_INSPECTOR, ACTION_COUNTERS));
    CHECK(role_may(ROLE_TECHNICIAN, ACTION_DEVICES) &&
          !role_may_in_doubt(ROLE_TECHNICIAN, ACTION_DEVICES));
    CHECK(role_may_in_doubt(ROLE_PAPER, ACTION_CARRY));
    for (int a = 0; a < ACTION_END; a++) {
        CHECK(!role_may(ROLE_NONE, (enum staff_action)a));
        CHECK(*staff_action_word((enum staff_action)a));
    }
    CHECK(!role_may((enum role)99, ACTION_PAPER) && !role_may(ROLE_PAPER, (enum staff_action)99));
}

static int start(void **state)
{
    (void)state;
    stick_keys_make(&keys);
    stick_keys_write(&keys, test_folder());
    return trust_load(&trust, test_folder());
}

static int stop(void **state)
{
    (void)state;
    trust_free(trust);
    stick_keys_clear(&keys);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(test_a_good_token_is_admitted_as_it_was_written),
        T(test_a_kiosk_is_named_by_its_id_or_by_the_beginning_of_a_group),
        T(test_times_count_as_much_as_the_clock_is_worth),
        T(test_a_revoked_serial_is_refused_whatever_else_is_right),
        T(test_a_stick_is_in_doubt_when_nobody_can_tell_which_are_revoked),
        T(test_the_list_of_revoked_ones_is_the_countys_or_none),
        T(test_a_changed_byte_another_signer_or_no_trust_is_refused),
        T(test_any_other_signed_document_is_no_token),
        T(test_members_that_are_wrong_are_named),
        T(test_a_pin_opens_its_own_stick_and_no_other),
        T(test_pins_that_everybody_guesses_are_not_chosen),
        T(test_every_saying_has_a_word_of_its_own_and_both_languages),
        T(test_a_kiosk_without_a_county_is_set_up_and_nothing_else),
        T(test_roles_only_do_what_the_table_says),
    };
    return cmocka_run_group_tests(tests, start, stop);
}
