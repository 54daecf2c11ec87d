/* links: firmware/card firmware/seal firmware/base */
#include "firmware/base/bytes.h"
#include "firmware/card/person.h"
#include "firmware/seal/seal.h"
#include "tests/support/check.h"

/* Synthetic cards: region 339999 is not assigned, and nobody has these numbers. */
struct vector {
    const char *name;
    struct person person;
    uint8_t text_xor, frame_check;
    const char *sha256; /* of the whole reply that carries it */
};

static const struct vector vectors[] = {
    { "C",
      { .layout = CARD_RESIDENT,
        .name = "测试甲",
        .sex = '1',
        .nation = "01",
        .birth = "19900101",
        .address = "浙江省测试市样例路1号",
        .number = "339999199001010013",
        .authority = "测试市公安局",
        .valid_from = "20200101",
        .is_long_term = true },
      0x51,
      0xc9,
      "0986bd8703e8b5d487905ada9b135e59236abe7f407f77996cad4c3384cbce68" },
    { "J",
      { .layout = CARD_HMT,
        .name = "测试乙",
        .sex = '2',
        .birth = "19000101",
        .address = "浙江省测试市样例路2号",
        .number = "810000190001010026",
        .authority = "测试市公安局",
        .valid_from = "20200101",
        .valid_to = "20250101",
        .permit_number = "H00000000",
        .issue_count = "01" },
      0x9b,
      0x03,
      "58241401b9afb4ae30c7c531ca4f5926d1b946d41861923a332d8d359f31757f" },
    { "I",
      { .layout = CARD_FPR2017,
        .name = "测试丙",
        .english_name = "TESTER, SAMPLE",
        .sex = '1',
        .birth = "19000101",
        .number = "XXX330100010113",
        .nationality = "XXX",
        .authority = "3301",
        .valid_from = "20180101",
        .valid_to = "20280101",
        .layout_version = "01" },
      0x74,
      0xec,
      "eb2499d0d9a653bb7525a3c57fe35d6d95ba184b47da02e1a0d2edbddb7b9541" },
    { "Y",
      { .layout = CARD_FPR2023,
        .name = "测试丁",
        .english_name = "TESTER, SAMPLE",
        .sex = '2',
        .renewals = "00",
        .birth = "19000101",
        .number = "933999190001010027",
        .nationality = "XXX",
        .valid_from = "20240101",
        .valid_to = "20340101",
        .old_number_link = "011" },
      0x1b,
      0x83,
      "44c912cebe4cd7db3ee1f6d31fc31860392d6b899965239a5fb68db8c02291f0" },
};
enum {
    VECTORS = sizeof(vectors) / sizeof(vectors[0]),
    REPLY = 14 + CARD_TEXT_BYTES + CARD_PHOTO_BYTES + 1
};

static uint8_t exclusive_or(const uint8_t *p, size_t length)
{
    uint8_t sum = 0;
    while (length--)
        sum ^= *p++;
    return sum;
}

/* A reader's answer to "read text and photo" with this text and the photo 0, 1, 2 ... */
static void frame(uint8_t reply[REPLY], const uint8_t text[CARD_TEXT_BYTES])
{
    static const uint8_t head[14] = { 0xaa, 0xaa, 0xaa, 0x96, 0x69, 5, 8, 0, 0, 0x90, 1, 0, 4, 0 };
    memcpy(reply, head, sizeof(head));
    memcpy(reply + sizeof(head), text, CARD_TEXT_BYTES);
    for (size_t i = 0; i < CARD_PHOTO_BYTES; i++)
        reply[sizeof(head) + CARD_TEXT_BYTES + i] = (uint8_t)i;
    reply[REPLY - 1] = exclusive_or(reply + 5, REPLY - 6);
}

static void check_same(const struct person *got, const struct person *want)
{
    CHECK_EQ(got->layout, want->layout);
    CHECK_STR(got->name, want->name);
    CHECK_STR(got->english_name, want->english_name);
    CHECK_EQ(got->sex, want->sex);
    CHECK_STR(got->nation, want->nation);
    CHECK_STR(got->birth, want->birth);
    CHECK_STR(got->address, want->address);
    CHECK_STR(got->number, want->number);
    CHECK_STR(got->authority, want->authority);
    CHECK_STR(got->valid_from, want->valid_from);
    CHECK_STR(got->valid_to, want->valid_to);
    CHECK_EQ(got->is_long_term, want->is_long_term);
    CHECK_STR(got->permit_number, want->permit_number);
    CHECK_STR(got->issue_count, want->issue_count);
    CHECK_STR(got->nationality, want->nationality);
    CHECK_STR(got->renewals, want->renewals);
    CHECK_STR(got->old_number_link, want->old_number_link);
    CHECK_STR(got->layout_version, want->layout_version);
    CHECK_EQ(got->has_number_doubt, want->has_number_doubt);
}

static void check_wiped(const struct person *p)
{
    static const struct person nobody;
    CHECK_BYTES(p, &nobody, sizeof(nobody));
}

static void text_of(uint8_t text[CARD_TEXT_BYTES], char layout)
{
    for (size_t i = 0; i < VECTORS; i++)
        if (*vectors[i].name == layout)
            CHECK_EQ(card_encode(text, &vectors[i].person), 0);
}

static void put_units(uint8_t *text, size_t at, const char *ascii)
{
    for (; *ascii; ascii++, at += 2)
        put_le16(text + at, (uint16_t)*ascii);
}

/* ---- reading ------------------------------------------------------------------------- */

static void test_person_each_layout_reads_into_the_fields_printed_on_it(void **state)
{
    (void)state;
    for (size_t i = 0; i < VECTORS; i++) {
        uint8_t text[CARD_TEXT_BYTES];
        struct person got;
        print_message("vector %s\n", vectors[i].name);
        CHECK_EQ(card_encode(text, &vectors[i].person), 0);
        CHECK_EQ(exclusive_or(text, sizeof(text)), vectors[i].text_xor);
        CHECK_EQ(card_parse(&got, text), 0);
        check_same(&got, &vectors[i].person);
    }
}

static void test_person_each_layout_is_the_documented_reply_byte_for_byte(void **state)
{
    (void)state;
    for (size_t i = 0; i < VECTORS; i++) {
        uint8_t text[CARD_TEXT_BYTES], reply[REPLY], digest[SHA256_BYTES];
        char hex[2 * SHA256_BYTES + 1];
        print_message("vector %s\n", vectors[i].name);
        CHECK_EQ(card_encode(text, &vectors[i].person), 0);
        frame(reply, text);
        CHECK_EQ(reply[REPLY - 1], vectors[i].frame_check);
        sha256(digest, reply, sizeof(reply));
        hex_encode(hex, digest, sizeof(digest));
        CHECK_STR(hex, vectors[i].sha256);
    }
}

/* The reply to 30 03 with one new address (7.2): 70 bytes in the encoding of the card's address. */
static void test_person_new_address_is_the_documented_reply(void **state)
{
    (void)state;
    uint8_t text[CARD_TEXT_BYTES], digest[SHA256_BYTES];
    uint8_t reply[81] = { 0xaa, 0xaa, 0xaa, 0x96, 0x69, 0x00, 0x4a, 0, 0, 0x90 };
    char hex[2 * SHA256_BYTES + 1];
    struct person moved = vectors[0].person;
    strcpy(moved.address, "浙江省测试市样例路3号");
    CHECK_EQ(card_encode(text, &moved), 0);
    memcpy(reply + 10, text + 52, 70);
    reply[80] = exclusive_or(reply + 5, 75);
    CHECK_EQ(reply[80], 0xe1);
    sha256(digest, reply, sizeof(reply));
    hex_encode(hex, digest, sizeof(digest));
    CHECK_STR(hex, "52a3c03e8b2f14ca92eb6c18abc85539a898db0d596ca639aab5805745e90e6b");
}

static void test_person_first_bytes_of_a_card_are_the_worked_example(void **state)
{
    (void)state;
    static const uint8_t want[8] = { 0x4b, 0x6d, 0xd5, 0x8b, 0x32, 0x75, 0x20, 0x00 };
    uint8_t text[CARD_TEXT_BYTES];
    text_of(text, 'C');
    CHECK_BYTES(text, want, sizeof(want));
    static const uint8_t long_term[6] = { 0x7f, 0x95, 0x1f, 0x67, 0x20, 0x00 };
    CHECK_BYTES(text + 204, long_term, sizeof(long_term));
}

static void test_person_lone_surrogate_becomes_a_replacement_character(void **state)
{
    (void)state;
    uint8_t text[CARD_TEXT_BYTES], reply[REPLY];
    struct person got;
    text_of(text, 'C');
    text[0] = 0x00;
    text[1] = 0xd8;
    frame(reply, text);
    CHECK_EQ(reply[REPLY - 1], 0x37);
    CHECK_EQ(card_parse(&got, text), 0);
    CHECK_STR(got.name, "\xef\xbf\xbd试甲");
}

static void test_person_rare_characters_in_surrogate_pairs_survive_both_ways(void **state)
{
    (void)state;
    struct person rare = vectors[0].person, got;
    uint8_t text[CARD_TEXT_BYTES];
    strcpy(rare.name, "测\xf0\xa0\xae\xb7\xf0\xb0\xbb\x9e"); /* U+20BB7, U+30EDE */
    CHECK_EQ(card_encode(text, &rare), 0);
    CHECK_EQ(card_parse(&got, text), 0);
    CHECK_STR(got.name, rare.name);
}

static void test_person_a_nul_inside_a_name_does_not_cut_it(void **state)
{
    (void)state;
    uint8_t text[CARD_TEXT_BYTES];
    struct person got;
    text_of(text, 'C');
    put_le16(text + 2, 0);
    put_le16(text + 6, 0);
    CHECK_EQ(card_parse(&got, text), 0);
    CHECK_STR(got.name, "测\xef\xbf\xbd甲");
}

static void test_person_only_trailing_blanks_are_padding(void **state)
{
    (void)state;
    struct person y = vectors[3].person, got;
    uint8_t text[CARD_TEXT_BYTES];
    /* 35 characters in the first piece, the 35th a space: the second piece begins with a letter. */
    strcpy(y.english_name, "VERY LONG SURNAME, GIVEN MIDDLE XX LASTPIECE Z");
    CHECK_EQ(strlen(y.english_name), 46);
    CHECK_EQ(card_encode(text, &y), 0);
    CHECK_EQ(get_le16(text + 52 + 68), ' ');
    CHECK_EQ(get_le16(text + 220), 'L');
    for (size_t at = 24; at < 30; at += 2)
        put_le16(text + at, 0); /* NUL padding too */
    CHECK_EQ(card_parse(&got, text), 0);
    CHECK_STR(got.english_name, y.english_name);
    CHECK_STR(got.name, y.name);
}

static void test_person_an_unknown_letter_is_refused_not_guessed(void **state)
{
    (void)state;
    uint8_t text[CARD_TEXT_BYTES];
    struct person got;
    for (unsigned unit = 1; unit < 0x10000; unit++) {
        if (unit == ' ' || unit == 'J' || unit == 'I' || unit == 'Y')
            continue;
        text_of(text, 'C');
        put_le16(text + 248, (uint16_t)unit);
        memset(&got, 'x', sizeof(got));
        CHECK_EQ(card_parse(&got, text), CARD_E_TYPE);
        check_wiped(&got);
    }
    text_of(text, 'C');
    put_le16(text + 248, 0);
    CHECK_EQ(card_parse(&got, text), 0);
    CHECK_EQ(got.layout, CARD_RESIDENT);
}

/* Units written over a good card, and what comes of it. */
static const struct spoiled {
    const char *what;
    char layout;
    size_t at;
    const char *units;
    int want;
} spoiled[] = {
    { "resident card with a Hong Kong number", 'C', 122, "810000190001010018", CARD_E_PAYLOAD },
    { "resident card with a foreigner's number", 'C', 122, "933999190001010019", CARD_E_PAYLOAD },
    { "resident card with a 2017 number", 'C', 122, "XXX330100010113   ", CARD_E_PAYLOAD },
    { "residence permit with a mainland number", 'J', 122, "339999199001010013", CARD_E_PAYLOAD },
    { "residence permit with the prefix 71", 'J', 122, "710000190001010018", CARD_E_PAYLOAD },
    { "2023 card with a mainland number", 'Y', 122, "339999199001010013", CARD_E_PAYLOAD },
    { "2017 card with digits for a country", 'I', 122, "333330100010113", CARD_E_PAYLOAD },
    { "2017 card with a short number", 'I', 122, "XXX33010001011 ", CARD_E_PAYLOAD },
    { "number with a space inside", 'C', 122, "339999 19900101001", CARD_E_PAYLOAD },
    { "number of 17 digits", 'C', 122, "33999919900101001 ", CARD_E_PAYLOAD },
    { "number with a lower-case x", 'C', 122, "33999919900101003x", CARD_E_PAYLOAD },
    { "birth on 29 February 1900", 'C', 36, "19000229", CARD_E_PAYLOAD },
    { "birth blank", 'C', 36, "        ", CARD_E_PAYLOAD },
    { "birth of seven digits", 'Y', 36, "1900010 ", CARD_E_PAYLOAD },
    { "valid from month 13", 'C', 188, "20201301", CARD_E_PAYLOAD },
    { "valid to neither date nor long term", 'C', 204, "LONG    ", CARD_E_PAYLOAD },
    { "valid to blank", 'J', 204, "        ", CARD_E_PAYLOAD },
    { "no name at all", 'C', 0, "               ", CARD_E_PAYLOAD },
    { "another nation", 'C', 32, "99", 0 },
};

static void test_person_cards_that_contradict_themselves_are_refused_and_wiped(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(spoiled) / sizeof(spoiled[0]); i++) {
        uint8_t text[CARD_TEXT_BYTES];
        struct person got;
        print_message("%s\n", spoiled[i].what);
        text_of(text, spoiled[i].layout);
        put_units(text, spoiled[i].at, spoiled[i].units);
        CHECK_EQ(card_parse(&got, text), spoiled[i].want);
        if (spoiled[i].want)
            check_wiped(&got);
    }
}

static void test_person_a_doubtful_number_is_flagged_and_served(void **state)
{
    (void)state;
    static const struct {
        const char *what;
        char layout;
        size_t at;
        const char *units;
    } doubtful[] = {
        { "check digit", 'C', 122, "339999199001010010" },
        { "birth on the card is another day", 'C', 36, "19900102" },
        { "no such day in the number", 'C', 122, "33999919000229001X" },
        { "check digit of a residence permit", 'J', 122, "810000190001010025" },
        { "check digit of a 2017 card", 'I', 122, "XXX330100010114" },
        { "birth of a 2017 card", 'I', 220, "19000102" },
        { "check digit of a 2023 card", 'Y', 122, "933999190001010028" },
    };
    for (size_t i = 0; i < sizeof(doubtful) / sizeof(doubtful[0]); i++) {
        uint8_t text[CARD_TEXT_BYTES];
        struct person got;
        print_message("%s\n", doubtful[i].what);
        text_of(text, doubtful[i].layout);
        put_units(text, doubtful[i].at, doubtful[i].units);
        CHECK_EQ(card_parse(&got, text), 0);
        CHECK(got.has_number_doubt);
    }
}

static void test_person_a_field_fuller_than_any_real_card_is_refused(void **state)
{
    (void)state;
    uint8_t text[CARD_TEXT_BYTES];
    struct person got;
    text_of(text, 'I');
    for (size_t i = 0; i < 60; i++)
        put_le16(text + 2 * i, 0x6d4b); /* 60 ideographs where Latin letters belong: 180 bytes */
    CHECK_EQ(card_parse(&got, text), CARD_E_PAYLOAD);
    check_wiped(&got);
}

static void test_person_an_odd_sex_code_reads_as_unknown(void **state)
{
    (void)state;
    uint8_t text[CARD_TEXT_BYTES];
    struct person got;
    text_of(text, 'C');
    put_le16(text + 30, 0x7537); /* the word where the code belongs */
    CHECK_EQ(card_parse(&got, text), 0);
    CHECK_EQ(got.sex, '0');
    put_le16(text + 30, ' ');
    CHECK_EQ(card_parse(&got, text), 0);
    CHECK_EQ(got.sex, 0);
}

static void test_person_any_single_wrong_unit_is_read_or_refused_without_harm(void **state)
{
    (void)state;
    static const uint16_t odd[] = { 0, ' ', 'Z', 0xd800, 0xdc00, 0xfffe, 0xffff, 0x202e, 0x957f };
    for (size_t v = 0; v < VECTORS; v++)
        for (size_t at = 0; at < CARD_TEXT_BYTES; at += 2)
            for (size_t i = 0; i < sizeof(odd) / sizeof(odd[0]); i++) {
                uint8_t text[CARD_TEXT_BYTES], again[CARD_TEXT_BYTES];
                struct person got, second;
                text_of(text, *vectors[v].name);
                put_le16(text + at, odd[i]);
                if (card_parse(&got, text)) {
                    check_wiped(&got);
                    continue;
                }
                CHECK_EQ(card_encode(again, &got), 0);
                CHECK_EQ(card_parse(&second, again), 0);
                check_same(&second, &got);
            }
}

/* ---- writing ------------------------------------------------------------------------- */

static void test_person_what_does_not_fit_a_layout_is_not_written(void **state)
{
    (void)state;
    static const uint8_t blank[CARD_TEXT_BYTES];
    uint8_t text[CARD_TEXT_BYTES];
    struct person p = vectors[0].person;
    strcpy(p.name, "一二三四五六七八九十一二三四五六"); /* 16 */
    CHECK_EQ(card_encode(text, &p), -EINVAL);
    CHECK_BYTES(text, blank, sizeof(blank));
    p = vectors[0].person;
    strcpy(p.nationality, "XXX"); /* a resident card has no place for it */
    CHECK_EQ(card_encode(text, &p), -EINVAL);
    p = vectors[0].person;
    strcpy(p.valid_to, "20300101"); /* and long term at once */
    CHECK_EQ(card_encode(text, &p), -EINVAL);
    p = vectors[0].person;
    strcpy(p.name, "\xff");
    CHECK_EQ(card_encode(text, &p), -EINVAL);
    p = (struct person){ .layout = CARD_NONE };
    CHECK_EQ(card_encode(text, &p), -EINVAL);
    p.layout = (enum card_layout)'Z';
    CHECK_EQ(card_encode(text, &p), -EINVAL);
}

static void test_person_wipe_leaves_nothing(void **state)
{
    (void)state;
    struct person p = vectors[1].person;
    person_wipe(&p);
    check_wiped(&p);
}

/* ---- names of codes ------------------------------------------------------------------ */

static void test_person_nations_and_sexes_have_both_names_and_unknown_codes_stay(void **state)
{
    (void)state;
    CHECK_STR(nation_name("01", false), "汉");
    CHECK_STR(nation_name("01", true), "Han");
    CHECK_STR(nation_name("31", false), "达斡尔");
    CHECK_STR(nation_name("46", false), "德昂");
    CHECK_STR(nation_name("56", true), "Jino");
    CHECK_STR(nation_name("97", true), "Other");
    CHECK_STR(nation_name("98", false), "外国血统中国籍人士");
    static const char *const unknown[] = { "00", "57", "96", "99", "1", "001", "", "ab", "0x" };
    for (size_t i = 0; i < sizeof(unknown) / sizeof(unknown[0]); i++)
        CHECK_STR(nation_name(unknown[i], i % 2), unknown[i]);
    for (int code = 1; code <= 56; code++) {
        char digits[3] = { (char)('0' + code / 10), (char)('0' + code % 10), 0 };
        CHECK(strcmp(nation_name(digits, false), digits) &&
              strcmp(nation_name(digits, true), digits));
    }
    CHECK_STR(sex_name('1', false), "男");
    CHECK_STR(sex_name('2', true), "Female");
    CHECK_STR(sex_name('0', false), "未知");
    CHECK_STR(sex_name('9', false), "未说明");
    CHECK_STR(sex_name('7', true), "Unknown");
    CHECK_STR(sex_name(0, true), "");
}

RUN(T(test_person_each_layout_reads_into_the_fields_printed_on_it),
    T(test_person_each_layout_is_the_documented_reply_byte_for_byte),
    T(test_person_new_address_is_the_documented_reply),
    T(test_person_first_bytes_of_a_card_are_the_worked_example),
    T(test_person_lone_surrogate_becomes_a_replacement_character),
    T(test_person_rare_characters_in_surrogate_pairs_survive_both_ways),
    T(test_person_a_nul_inside_a_name_does_not_cut_it),
    T(test_person_only_trailing_blanks_are_padding),
    T(test_person_an_unknown_letter_is_refused_not_guessed),
    T(test_person_cards_that_contradict_themselves_are_refused_and_wiped),
    T(test_person_a_doubtful_number_is_flagged_and_served),
    T(test_person_a_field_fuller_than_any_real_card_is_refused),
    T(test_person_an_odd_sex_code_reads_as_unknown),
    T(test_person_any_single_wrong_unit_is_read_or_refused_without_harm),
    T(test_person_what_does_not_fit_a_layout_is_not_written), T(test_person_wipe_leaves_nothing),
    T(test_person_nations_and_sexes_have_both_names_and_unknown_codes_stay))
