/* links: board/host/sim firmware/card firmware/seal firmware/base */
#include <dirent.h>
#include <stdio.h>

#include "board/host/sim/person_file.h"
#include "firmware/base/bytes.h"
#include "firmware/seal/seal.h"
#include "tests/support/check.h"

static const char folder[] = "tests/data/persons";

static void load(struct person *out, const char *file)
{
    uint8_t text[CARD_TEXT_BYTES];
    char path[128], complaint[JSON_COMPLAINT] = "";
    snprintf(path, sizeof(path), "%s/%s", folder, file);
    int r = person_file_load(text, path, complaint);
    CHECK_STR(complaint, "");
    CHECK_EQ(r, 0);
    CHECK_EQ(card_parse(out, text), 0);
}

static int parse(uint8_t text[CARD_TEXT_BYTES], const char *json, char complaint[JSON_COMPLAINT])
{
    AUTO(json_release) json_t *person = json_parse(json, strlen(json), complaint);
    CHECK(person != NULL);
    return person_file_parse(text, person, complaint);
}

/* SHA-256 of the whole reply that a reader gives to 30 01 (id-reader 7.2). */
static const struct {
    const char *file, *sha256;
} vectors[] = {
    { "ceshi-jia.json", "0986bd8703e8b5d487905ada9b135e59236abe7f407f77996cad4c3384cbce68" },
    { "ceshi-yi.json", "58241401b9afb4ae30c7c531ca4f5926d1b946d41861923a332d8d359f31757f" },
    { "ceshi-bing.json", "eb2499d0d9a653bb7525a3c57fe35d6d95ba184b47da02e1a0d2edbddb7b9541" },
    { "ceshi-ding.json", "44c912cebe4cd7db3ee1f6d31fc31860392d6b899965239a5fb68db8c02291f0" },
};

static void test_person_file_gives_the_bytes_of_every_vector(void **state)
{
    (void)state;
    enum { HEAD = 14, REPLY = HEAD + CARD_TEXT_BYTES + CARD_PHOTO_BYTES + 1 };
    for (size_t i = 0; i < sizeof(vectors) / sizeof(vectors[0]); i++) {
        uint8_t reply[REPLY] = { 0xaa, 0xaa, 0xaa, 0x96, 0x69, 5, 8, 0, 0, 0x90, 1, 0, 4, 0 };
        char path[128], complaint[JSON_COMPLAINT], hex[65];
        uint8_t digest[SHA256_BYTES];
        snprintf(path, sizeof(path), "%s/%s", folder, vectors[i].file);
        CHECK_EQ(person_file_load(reply + HEAD, path, complaint), 0);
        for (size_t k = 0; k < CARD_PHOTO_BYTES; k++)
            reply[HEAD + CARD_TEXT_BYTES + k] = (uint8_t)k;
        for (size_t k = 5; k < REPLY - 1; k++)
            reply[REPLY - 1] ^= reply[k];
        sha256(digest, reply, sizeof(reply));
        hex_encode(hex, digest, sizeof(digest));
        CHECK_STR(hex, vectors[i].sha256);
    }
}

static void test_person_file_of_every_synthetic_person_is_a_card(void **state)
{
    (void)state;
    DIR *d = opendir(folder);
    struct dirent *e;
    size_t cards = 0;
    CHECK(d != NULL);
    while (d && (e = readdir(d))) {
        struct person p;
        if (*e->d_name == '.' || !strcmp(e->d_name, "unknown-type.json"))
            continue;
        load(&p, e->d_name);
        CHECK(!p.has_number_doubt);
        /* Nobody alive can have these: an unassigned region, or a scheme for the document's examples. */
        CHECK(p.layout != CARD_RESIDENT || !strncmp(p.number, "339999", 6));
        cards++;
    }
    if (d)
        closedir(d);
    CHECK(cards >= 9);
}

static void test_person_file_has_the_people_that_tests_ask_for(void **state)
{
    (void)state;
    struct person p;
    load(&p, "lin-xiuying.json");
    CHECK_EQ(age_in_years(p.birth, "20261124"), 80);
    CHECK(p.is_long_term);
    load(&p, "wang-yan.json");
    CHECK_STR(p.name, "王䶮");
    load(&p, "li-ling.json");
    CHECK_STR(p.name, "李㛃");
    load(&p, "chen-xun.json");
    CHECK_STR(p.name, "陈𬭎"); /* two units on the card */
    load(&p, "expired.json");
    CHECK(strcmp(p.valid_to, "20261124") < 0);
}

static void test_person_file_can_hold_a_card_that_nobody_knows(void **state)
{
    (void)state;
    struct person p;
    uint8_t text[CARD_TEXT_BYTES];
    char complaint[JSON_COMPLAINT];
    CHECK_EQ(person_file_load(text, "tests/data/persons/unknown-type.json", complaint), 0);
    CHECK_EQ(card_parse(&p, text), CARD_E_TYPE);
}

static void test_person_file_leaves_absent_members_blank(void **state)
{
    (void)state;
    uint8_t text[CARD_TEXT_BYTES];
    char complaint[JSON_COMPLAINT];
    CHECK_EQ(parse(text, "{\"layout\": \"J\", \"name\": \"\"}", complaint), 0);
    for (size_t i = 0; i < CARD_TEXT_BYTES; i += 2)
        CHECK_EQ(get_le16(text + i), i == 248 ? 'J' : ' ');
}

static void test_person_file_names_the_member_that_is_wrong(void **state)
{
    (void)state;
    static const struct {
        const char *json, *says;
    } rows[] = {
        { "[]", "must be one object" },
        { "{}", "layout: is missing" },
        { "{\"layout\": \"Q\"}", "layout: must be one of C, J, I, Y" },
        { "{\"layout\": \"C\", \"nmae\": \"x\"}", "nmae" },
        { "{\"layout\": \"C\", \"name\": 7}", "name: must be a text" },
        { "{\"layout\": \"C\", \"sex\": \"12\"}", "sex: must be a text of 1 to 1 bytes" },
        { "{\"layout\": \"C\", \"name\": \"一二三四五六七八九十一二三四五六\"}",
          "name: does not fit on a card of layout C" },
        { "{\"layout\": \"C\", \"permit_number\": \"H1\"}",
          "permit_number: does not fit on a card of layout C" },
        { "{\"layout\": \"I\", \"number\": \"339999199001010013\"}",
          "number: does not fit on a card of layout I" },
        { "{\"layout\": \"C\", \"valid_to\": \"2020-01-01\"}",
          "valid_to: must be a text of 1 to 8 bytes" },
        { "{\"raw_hex\": \"00\"}", "raw_hex: must be 512 hexadecimal digits" },
        { "{\"raw_hex\": \"00\", \"name\": \"x\"}", "name" },
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        uint8_t text[CARD_TEXT_BYTES];
        char complaint[JSON_COMPLAINT] = "";
        CHECK_EQ(parse(text, rows[i].json, complaint), -EINVAL);
        if (!strstr(complaint, rows[i].says))
            print_error("%s: \"%s\"\n", rows[i].json, complaint);
        CHECK(strstr(complaint, rows[i].says) != NULL);
        for (size_t k = 0; k < CARD_TEXT_BYTES; k++)
            CHECK_EQ(text[k], 0);
    }
}

static void test_person_file_says_which_file_is_wrong(void **state)
{
    (void)state;
    uint8_t text[CARD_TEXT_BYTES];
    char complaint[JSON_COMPLAINT] = "";
    CHECK_EQ(person_file_load(text, "tests/data/persons/nobody.json", complaint), -EINVAL);
    CHECK(strstr(complaint, "nobody.json") != NULL);
}

RUN(T(test_person_file_gives_the_bytes_of_every_vector),
    T(test_person_file_of_every_synthetic_person_is_a_card),
    T(test_person_file_has_the_people_that_tests_ask_for),
    T(test_person_file_can_hold_a_card_that_nobody_knows),
    T(test_person_file_leaves_absent_members_blank),
    T(test_person_file_names_the_member_that_is_wrong),
    T(test_person_file_says_which_file_is_wrong))
