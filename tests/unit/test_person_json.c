/* links: board/host/sim firmware/card firmware/base */
#include <stdlib.h>

#include "board/host/sim/person_file.h"
#include "firmware/card/person_json.h"
#include "tests/support/check.h"

/* A person as JSON is the person file that the card was made from. */
static void test_person_json_gives_the_person_file_again(void **state)
{
    (void)state;
    static const char *const files[] = { "ceshi-jia", "ceshi-yi", "ceshi-bing", "ceshi-ding",
                                         "chen-xun",  "wang-yan", "expired" };
    for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
        char path[64], complaint[JSON_COMPLAINT];
        size_t length;
        uint8_t text[CARD_TEXT_BYTES];
        struct person p;
        snprintf(path, sizeof(path), "data/persons/%s.json", files[i]);
        char *content = test_file(path, &length);
        AUTO(json_release) json_t *want = json_parse(content, length, complaint);
        CHECK(want != NULL);
        CHECK_EQ(person_file_parse(text, want, complaint), 0);
        CHECK_EQ(card_parse(&p, text), 0);
        AUTO(json_release) json_t *got = person_json(&p);
        if (!json_equal(got, want))
            print_error("%s\n", files[i]);
        CHECK(json_equal(got, want));
        person_wipe(&p);
        free(content);
    }
}

static void test_person_json_of_nobody_says_nothing(void **state)
{
    (void)state;
    const struct person nobody = { 0 };
    AUTO(json_release) json_t *got = person_json(&nobody);
    CHECK_EQ(json_object_size(got), 0);
}

RUN(T(test_person_json_gives_the_person_file_again), T(test_person_json_of_nobody_says_nothing))
