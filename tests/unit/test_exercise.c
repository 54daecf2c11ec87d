/* links: firmware/practice firmware/catalogue firmware/card firmware/base */
#include "firmware/practice/exercise.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/support/check.h"

static const char shipped[] = "assets/practice/exercises.json";
static const char today[] = "20261127";

static struct catalogue *catalogue_shipped(void)
{
    char complaint[CATALOGUE_COMPLAINT];
    struct catalogue *c = NULL;
    CHECK_EQ(catalogue_load_file(&c, "assets/catalogue/catalogue.json", complaint), 0);
    return c;
}

static void test_exercises_that_are_shipped_fit_the_catalogue_in_any_year(void **state)
{
    static const char *const days[] = { "20260101", "20261127", "20311231", "20480229" };
    char complaint[EXERCISE_COMPLAINT];
    AUTO(catalogue_free) struct catalogue *c = catalogue_shipped();
    AUTO(exercises_free) struct exercises *all = NULL;
    (void)state;
    CHECK_EQ(exercises_load_file(&all, shipped, complaint), 0);
    size_t refused = 0, noticed = 0;
    for (size_t i = 0; i < all->count; i++) {
        refused += all->list[i].end == EXERCISE_REFUSED;
        noticed += all->list[i].end == EXERCISE_NOTICE;
        for (size_t d = 0; d < 4; d++) {
            CHECK(exercise_fits(&all->list[i], c, days[d], complaint));
            CHECK_STR(complaint, "");
        }
    }
    CHECK(refused >= 2 && noticed >= 1); /* the drill of wrong cases */
}

static void test_exercise_person_could_be_nobody(void **state)
{
    char complaint[EXERCISE_COMPLAINT];
    AUTO(exercises_free) struct exercises *all = NULL;
    (void)state;
    CHECK_EQ(exercises_load_file(&all, shipped, complaint), 0);
    for (size_t i = 0; i < all->count; i++) {
        struct person p;
        exercise_person(&p, &all->list[i], today);
        CHECK(!strncmp(p.number, "339999", 6));
        CHECK_EQ(number_check(p.number, today, false), 0);
        CHECK(!strncmp(p.number + 6, p.birth, 8));
        CHECK_EQ((p.number[16] - '0') % 2, p.sex == '1');
    }
}

/* ---- mistakes ------------------------------------------------------------------------------ */

/* The shipped file with the first `old` replaced. */
static char *changed(const char *old, const char *fresh)
{
    size_t size;
    char *text = test_file("../assets/practice/exercises.json", &size), *at = strstr(text, old);
    CHECK(at);
    size_t length = strlen(text) + strlen(fresh) + 1;
    char *out = malloc(length);
    CHECK(out);
    snprintf(out, length, "%.*s%s%s", (int)(at - text), text, fresh, at + strlen(old));
    free(text);
    return out;
}

static void test_exercises_refuse_a_mistake_with_place_and_sentence(void **state)
{
    static const struct {
        const char *old, *fresh, *says;
    } mistakes[] = {
        { "\"format\": 1", "\"format\": 2", "format" },
        { "\"pass\": 80", "\"pass\": 101", "pass" },
        { "\"id\": \"photo-at-home\"", "\"id\": \"free-bus\"",
          "exercises[1]: id free-bus stands twice" },
        { "\"id\": \"free-bus\"", "\"id\": \"Free Bus\"",
          "exercises[0]: id must be of small letters" },
        { "\"sex\": \"female\"", "\"sex\": \"woman\"", "exercises[0].person: sex must be one of" },
        { "\"age\": 71", "\"number\": \"330602195501010018\", \"age\": 71", "exercises[0].person" },
        { "\"held\": \"later\"", "\"held\": \"soon\"",
          "exercises[1].papers[0]: held must be one of" },
        { "\"end\": \"receipt\"", "\"end\": \"refused\"", "condition must be there" },
        { "\"en\": \"The card for free buses\"", "\"de\": \"Die Karte\"", "exercises[0].title" },
        { "Telephone 13700000000.\"", "Telephone\\t13700000000.\"", "control characters" },
    };
    (void)state;
    for (size_t i = 0; i < sizeof(mistakes) / sizeof(mistakes[0]); i++) {
        char complaint[EXERCISE_COMPLAINT];
        struct exercises *all = NULL;
        char *text = changed(mistakes[i].old, mistakes[i].fresh);
        CHECK_EQ(exercises_parse(&all, text, strlen(text), complaint), -EBADMSG);
        CHECK(!all);
        if (!strstr(complaint, mistakes[i].says))
            CHECK_STR(complaint, mistakes[i].says);
        free(text);
    }
}

static void test_exercise_that_does_not_fit_says_why(void **state)
{
    static const struct {
        const char *old, *fresh, *says;
    } mistakes[] = {
        { "\"matter\": \"E01\"", "\"matter\": \"Z99\"",
          "free-bus: the catalogue has no matter Z99" },
        { "\"matter\": \"E01\"", "\"matter\": \"Q01\"", "free-bus: Q01 is not handed in here" },
        { "\"field\": \"kind\"", "\"field\": \"colour\"", "free-bus: E01 asks no question colour" },
        { "\"value\": \"70-plus\"", "\"value\": \"90\"", "free-bus: kind of E01 does not take 90" },
        { "\"material\": \"photo\"", "\"material\": \"passport\"",
          "photo-at-home: E01 needs no paper passport" },
        { "\"material\": \"photo\"", "\"material\": \"household\"", "household is looked up" },
        { "\"held\": \"later\"", "\"held\": \"not\"", "photo-at-home: photo may follow later" },
        { "\"held\": \"not\"", "\"held\": \"here\"",
          "old-card-at-home: a notice, and nothing else" },
        { "\"held\": \"not\"", "\"held\": \"later\"", "old-transport-card may not follow later" },
        { "\"age\": 77", "\"age\": 80", "not-yet-eighty: E02 does not refuse this person for age" },
        { "\"age\": 71", "\"age\": 51", "free-bus: E01 refuses this person for age" },
    };
    AUTO(catalogue_free) struct catalogue *c = catalogue_shipped();
    (void)state;
    for (size_t i = 0; i < sizeof(mistakes) / sizeof(mistakes[0]); i++) {
        char complaint[EXERCISE_COMPLAINT], all_said[4 * EXERCISE_COMPLAINT] = "";
        AUTO(exercises_free) struct exercises *all = NULL;
        char *text = changed(mistakes[i].old, mistakes[i].fresh);
        CHECK_EQ(exercises_parse(&all, text, strlen(text), complaint), 0);
        size_t wrong = 0;
        for (size_t k = 0; k < all->count; k++)
            if (!exercise_fits(&all->list[k], c, today, complaint)) {
                wrong++;
                strncat(all_said, complaint, EXERCISE_COMPLAINT);
            }
        CHECK_EQ(wrong, 1);
        if (!strstr(all_said, mistakes[i].says))
            CHECK_STR(all_said, mistakes[i].says);
        free(text);
    }
}

RUN(T(test_exercises_that_are_shipped_fit_the_catalogue_in_any_year),
    T(test_exercise_person_could_be_nobody),
    T(test_exercises_refuse_a_mistake_with_place_and_sentence),
    T(test_exercise_that_does_not_fit_says_why))
