/* links: firmware/card firmware/seal firmware/base */
#include <stdio.h>

#include "firmware/card/person.h"
#include "firmware/seal/seal.h"
#include "tests/support/check.h"

/* Synthetic people of the reader document's vectors. */
static const struct person people[] = {
    { .layout = CARD_RESIDENT, .name = "测试甲", .sex = '1', .nation = "01", .birth = "19900101",
      .address = "浙江省测试市样例路1号", .number = "339999199001010013", .authority = "测试市公安局",
      .valid_from = "20200101", .is_long_term = true },
    { .layout = CARD_HMT, .name = "测试乙", .sex = '2', .birth = "19000101", .address = "浙江省测试市样例路2号",
      .number = "810000190001010026", .authority = "测试市公安局", .valid_from = "20200101", .valid_to = "20250101",
      .permit_number = "H00000000", .issue_count = "01" },
    { .layout = CARD_FPR2017, .english_name = "TESTER, SAMPLE", .sex = '1', .number = "XXX330100010113",
      .nationality = "XXX", .name = "测试丙", .valid_from = "20180101", .valid_to = "20280101", .birth = "19000101",
      .layout_version = "01", .authority = "3301" },
    { .layout = CARD_FPR2023, .name = "测试丁", .sex = '2', .renewals = "00", .birth = "19000101",
      .english_name = "TESTER, SAMPLE", .number = "933999190001010027", .valid_from = "20240101",
      .valid_to = "20340101", .nationality = "XXX", .old_number_link = "011" },
};

static const struct {
    const char *name, *digest; /* of the whole 30 01 reply */
    uint8_t xor, chk;
} vectors[] = {
    { "C", "0986bd8703e8b5d487905ada9b135e59236abe7f407f77996cad4c3384cbce68", 0x51, 0xC9 },
    { "J", "58241401b9afb4ae30c7c531ca4f5926d1b946d41861923a332d8d359f31757f", 0x9B, 0x03 },
    { "I", "eb2499d0d9a653bb7525a3c57fe35d6d95ba184b47da02e1a0d2edbddb7b9541", 0x74, 0xEC },
    { "Y", "44c912cebe4cd7db3ee1f6d31fc31860392d6b899965239a5fb68db8c02291f0", 0x1B, 0x83 },
};

enum { REPLY = 1295 };

/* Header, text, counting photo, checksum, as section 7.2 builds them. */
static void reply_for(uint8_t out[REPLY], const uint8_t text[CARD_TEXT_BYTES])
{
    static const uint8_t head[] = { 0xAA, 0xAA, 0xAA, 0x96, 0x69, 0x05, 0x08, 0, 0, 0x90, 1, 0, 4, 0 };
    memcpy(out, head, sizeof(head));
    memcpy(out + sizeof(head), text, CARD_TEXT_BYTES);
    for (int i = 0; i < CARD_PHOTO_BYTES; i++)
        out[sizeof(head) + CARD_TEXT_BYTES + (size_t)i] = (uint8_t)i;
    out[REPLY - 1] = 0;
    for (size_t i = 5; i < REPLY - 1; i++)
        out[REPLY - 1] ^= out[i];
}

static void test_person_vectors_C_J_I_Y_encode_to_their_digests(void **state)
{
    (void)state;
    for (size_t i = 0; i < 4; i++) {
        uint8_t text[CARD_TEXT_BYTES], reply[REPLY], digest[SHA256_BYTES], xor = 0;
        char hex[65];
        CHECK_EQ(card_encode(text, &people[i]), 0);
        for (size_t k = 0; k < CARD_TEXT_BYTES; k++)
            xor ^= text[k];
        CHECK_EQ(xor, vectors[i].xor);
        reply_for(reply, text);
        CHECK_EQ(reply[REPLY - 1], vectors[i].chk);
        sha256(digest, reply, REPLY);
        hex_encode(hex, digest, SHA256_BYTES);
        CHECK_STR(hex, vectors[i].digest);
    }
}

static void test_person_vectors_C_J_I_Y_read_back_as_they_were(void **state)
{
    (void)state;
    for (size_t i = 0; i < 4; i++) {
        uint8_t text[CARD_TEXT_BYTES];
        struct person got;
        CHECK_EQ(card_encode(text, &people[i]), 0);
        CHECK_EQ(card_parse(&got, text), 0);
        CHECK_BYTES(&got, &people[i], sizeof(got));
    }
}

static void test_person_lone_surrogate_becomes_a_replacement_character(void **state)
{
    (void)state;
    uint8_t text[CARD_TEXT_BYTES];
    struct person got;
    CHECK_EQ(card_encode(text, &people[0]), 0);
    text[0] = 0x00;
    text[1] = 0xD8;
    CHECK_EQ(card_parse(&got, text), 0);
    CHECK_STR(got.name, "\xEF\xBF\xBD试甲");
}

static void test_person_astral_names_survive_both_ways(void **state)
{
    (void)state;
    uint8_t text[CARD_TEXT_BYTES];
    struct person rare = people[0], got;
    snprintf(rare.name, sizeof(rare.name), "测𬭎㛃䶮");
    CHECK_EQ(card_encode(text, &rare), 0);
    CHECK_EQ(card_parse(&got, text), 0);
    CHECK_STR(got.name, "测𬭎㛃䶮");
}

static void test_person_unknown_type_letters_are_refused_not_guessed(void **state)
{
    (void)state;
    for (unsigned letter = 0; letter < 0x200; letter++) {
        uint8_t text[CARD_TEXT_BYTES];
        struct person got;
        CHECK_EQ(card_encode(text, &people[0]), 0);
        put_le16(text + 248, (uint16_t)letter);
        int r = card_parse(&got, text);
        bool is_known = letter == 0 || letter == 0x20 || letter == 'J' || letter == 'I' || letter == 'Y';
        if (!is_known)
            CHECK_EQ(r, CARD_E_TYPE);
        if (r)
            CHECK_EQ(got.name[0], 0);
    }
}

static void test_person_letter_and_number_must_agree(void **state)
{
    (void)state;
    static const char *const wrong[] = { "933999190001010019", "810000190001010018", "933999190001010027", "339999199001010013" };
    for (size_t i = 0; i < 2; i++) {
        uint8_t text[CARD_TEXT_BYTES];
        struct person p = people[i ? 3 : 0], got;
        snprintf(p.number, sizeof(p.number), "%s", wrong[i ? 3 : 0]);
        CHECK_EQ(card_encode(text, &p), 0);
        CHECK_EQ(card_parse(&got, text), CARD_E_PAYLOAD);
    }
}

static void test_person_dates_that_do_not_exist_are_refused(void **state)
{
    (void)state;
    static const char *const dates[] = { "19900230", "19901301", "1990010A", "", "20190229" };
    for (size_t i = 0; i < sizeof(dates) / sizeof(dates[0]); i++) {
        uint8_t text[CARD_TEXT_BYTES];
        struct person p = people[0], got;
        snprintf(p.valid_from, sizeof(p.valid_from), "%s", dates[i]);
        CHECK_EQ(card_encode(text, &p), 0);
        CHECK_EQ(card_parse(&got, text), CARD_E_PAYLOAD);
    }
}

static void test_person_a_wrong_check_digit_is_a_doubt_not_a_refusal(void **state)
{
    (void)state;
    uint8_t text[CARD_TEXT_BYTES];
    struct person p = people[0], got;
    snprintf(p.number, sizeof(p.number), "339999199001010010");
    CHECK_EQ(card_encode(text, &p), 0);
    CHECK_EQ(card_parse(&got, text), 0);
    CHECK(got.has_number_doubt);
    snprintf(p.number, sizeof(p.number), "339999200002290032"); /* sound, but of another birth date */
    CHECK_EQ(card_encode(text, &p), 0);
    CHECK_EQ(card_parse(&got, text), 0);
    CHECK(got.has_number_doubt);
}

static void test_person_controls_never_reach_a_name(void **state)
{
    (void)state;
    uint8_t text[CARD_TEXT_BYTES];
    struct person got;
    CHECK_EQ(card_encode(text, &people[0]), 0);
    put_le16(text + 2, 0x1b);
    put_le16(text + 4, 0x202e);
    CHECK_EQ(card_parse(&got, text), 0);
    CHECK_STR(got.name, "测\xEF\xBF\xBD\xEF\xBF\xBD");
}

static void test_person_text_too_wide_for_its_field_is_not_written(void **state)
{
    (void)state;
    uint8_t text[CARD_TEXT_BYTES];
    struct person p = people[0];
    snprintf(p.name, sizeof(p.name), "一二三四五六七八九十一二三四五六");
    CHECK_EQ(card_encode(text, &p), -EINVAL);
}

static void test_person_wipe_leaves_nothing(void **state)
{
    (void)state;
    struct person p = people[0], zero = { 0 };
    person_wipe(&p);
    CHECK_BYTES(&p, &zero, sizeof(p));
}

RUN(T(test_person_vectors_C_J_I_Y_encode_to_their_digests), T(test_person_vectors_C_J_I_Y_read_back_as_they_were),
    T(test_person_lone_surrogate_becomes_a_replacement_character), T(test_person_astral_names_survive_both_ways),
    T(test_person_unknown_type_letters_are_refused_not_guessed), T(test_person_letter_and_number_must_agree),
    T(test_person_dates_that_do_not_exist_are_refused), T(test_person_a_wrong_check_digit_is_a_doubt_not_a_refusal),
    T(test_person_controls_never_reach_a_name), T(test_person_text_too_wide_for_its_field_is_not_written),
    T(test_person_wipe_leaves_nothing))
