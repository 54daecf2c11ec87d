/* links: firmware/catalogue firmware/card firmware/base */
#include "tests/support/check.h"

#include <dirent.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

#include "firmware/catalogue/check.h"
#include "firmware/catalogue/guide.h"

enum { MISTAKES_LEAST = 40 };

struct seen {
    size_t count;
    struct finding first;
};

static void see(void *context, const struct finding *f)
{
    struct seen *s = context;
    if (!s->count++)
        s->first = *f;
}

static json_t *shipped(void)
{
    size_t length;
    char *text = test_file("../assets/catalogue/catalogue.json", &length);
    json_t *document = json_loadb(text, length, 0, NULL);
    free(text);
    CHECK(document);
    return document;
}

static struct seen check(const json_t *document, const char *today, struct finding_count *count)
{
    struct seen seen = { 0 };
    char *text = json_dumps(document, JSON_COMPACT);
    CHECK_EQ(catalogue_check(text, strlen(text), today, see, &seen, count), 0);
    free(text);
    return seen;
}

static json_t *service_of(json_t *document, const char *code)
{
    json_t *list = json_object_get(document, "services"), *s;
    size_t i;
    json_array_foreach(
        list, i, s) if (!strcmp(json_string_value(json_object_get(s, "code")), code)) return s;
    fail_msg("no service %s", code);
    return NULL;
}

/* One change of a file: {"service": "E02", "at": "who/en", "to": ...}; without "to" it is taken out. */
static void apply(json_t *document, const json_t *change)
{
    char path[120], *rest = path, *key;
    json_t *home = service_of(document, json_string_value(json_object_get(change, "service")));
    json_t *to = json_object_get(change, "to");
    snprintf(path, sizeof(path), "%s", json_string_value(json_object_get(change, "at")));
    while ((key = strsep(&rest, "/")) && rest)
        home = json_is_array(home) ? json_array_get(home, strtoul(key, NULL, 10))
                                   : json_object_get(home, key);
    CHECK(home);
    if (json_is_array(home))
        CHECK_EQ(json_array_set(home, strtoul(key, NULL, 10), to), 0);
    else if (to)
        CHECK_EQ(json_object_set(home, key, to), 0);
    else
        CHECK_EQ(json_object_del(home, key), 0);
}

static const char *text_of(const json_t *o, const char *key)
{
    return json_string_value(json_object_get(o, key));
}

static void check_mistake(const json_t *good, const char *name)
{
    char path[300];
    size_t length, i;
    snprintf(path, sizeof(path), "data/catalogue/mistakes/%s", name);
    char *text = test_file(path, &length);
    json_t *mistake = json_loadb(text, length, 0, NULL), *document = json_deep_copy(good), *change;
    json_array_foreach(json_object_get(mistake, "change"), i, change) apply(document, change);
    struct finding_count count;
    struct seen seen = check(document, NULL, &count);
    if (!seen.count || strcmp(seen.first.item, text_of(mistake, "item")) ||
        strcmp(seen.first.field, text_of(mistake, "field")) ||
        strcmp(seen.first.sentence, text_of(mistake, "sentence")))
        fail_msg("%s: %zu findings, first %s %s: %s", name, seen.count, seen.first.item,
                 seen.first.field, seen.first.sentence);
    CHECK_EQ(count.mistakes, json_integer_value(json_object_get(mistake, "findings")));
    json_decref(document);
    json_decref(mistake);
    free(text);
}

static void test_check_says_item_field_and_sentence_of_every_planted_mistake(void **state)
{
    (void)state;
    char folder[300];
    const char *root = getenv("ONETRIP_ROOT");
    snprintf(folder, sizeof(folder), "%s/tests/data/catalogue/mistakes", root ? root : ".");
    DIR *d = opendir(folder);
    json_t *good = shipped();
    struct dirent *e;
    int count = 0;
    CHECK(d);
    while ((e = readdir(d)))
        if (e->d_name[0] != '.') {
            check_mistake(good, e->d_name);
            count++;
        }
    closedir(d);
    json_decref(good);
    CHECK(count >= MISTAKES_LEAST);
}

static void test_check_goes_on_behind_a_mistake(void **state)
{
    (void)state;
    json_t *document = shipped();
    struct finding_count count;
    json_object_del(service_of(document, "D02"), "fee_basis");
    json_object_del(service_of(document, "D02"), "minutes");
    json_object_set_new(service_of(document, "L05"), "promised_days", json_integer(-1));
    json_object_set_new(service_of(document, "L05"), "reach", json_string("cloud"));
    struct seen seen = check(document, NULL, &count);
    CHECK_EQ(count.mistakes, 4);
    CHECK_STR(seen.first.item, "D02");
    json_decref(document);
}

static void test_check_of_what_is_no_catalogue_says_why(void **state)
{
    (void)state;
    struct seen seen = { 0 };
    struct finding_count count;
    CHECK_EQ(catalogue_check("{\"a\": 1, \"a\": 2}", 16, NULL, see, &seen, &count), -EINVAL);
    CHECK_EQ(seen.count, 1);
    CHECK_EQ(count.mistakes, 1);
    CHECK_STR(seen.first.sentence, "no JSON (a key stands twice)");
}

static void test_check_finds_nothing_in_the_shipped_catalogue_and_later_its_age(void **state)
{
    (void)state;
    json_t *document = shipped();
    struct finding_count count;
    struct seen seen = check(document, "20261126", &count);
    if (seen.count)
        fail_msg("%s %s: %s", seen.first.item, seen.first.field, seen.first.sentence);
    seen = check(document, "20280101", &count);
    CHECK_EQ(count.mistakes, 0);
    CHECK_EQ(count.notes, 50);
    CHECK_STR(seen.first.sentence, "this guide was last looked through 426 days ago");
    json_decref(document);
}

/* ---- differences and succession -------------------------------------------------------- */

static struct catalogue *load(const json_t *document)
{
    struct catalogue *c = NULL;
    char complaint[CATALOGUE_COMPLAINT], *text = json_dumps(document, JSON_COMPACT);
    if (catalogue_load(&c, text, strlen(text), complaint))
        fail_msg("%s", complaint);
    free(text);
    return c;
}

static void note_line(void *context, const char *line)
{
    char *all = context;
    strncat(all, line, 1500 - strlen(all));
    strncat(all, "\n", 1500 - strlen(all));
}

static void test_diff_names_what_changed_and_versions_only_rise(void **state)
{
    (void)state;
    json_t *document = shipped(), *e02 = service_of(document, "E02");
    AUTO(catalogue_free) struct catalogue *old = load(document);
    char lines[1600] = "";
    CHECK_EQ(catalogue_diff(old, old, note_line, lines), 0);
    CHECK_STR(catalogue_succession_fault(old, old),
              "the version is the same as that of the one in use");
    json_object_set_new(e02, "promised_days", json_integer(8));
    json_object_set_new(json_object_get(e02, "fee"), "en", json_string("Free"));
    json_object_set_new(json_array_get(json_object_get(e02, "rules"), 0), "if",
                        json_string("card.age >= 85"));
    json_array_remove(json_object_get(e02, "materials"), 2);
    json_object_set_new(document, "version", json_integer(1000));
    json_array_remove(json_object_get(document, "services"), 47);
    AUTO(catalogue_free) struct catalogue *fresh = load(document);
    CHECK_EQ(catalogue_diff(old, fresh, note_line, lines), 5);
    CHECK_STR(lines, "L05 went: Home visit by an agent\nE02 fee.en: Free of charge -> Free\n"
                     "E02 promised_days: 10 -> 8\nE02 materials: agent-letter went\n"
                     "E02 rules: age: card.age >= 80 -> card.age >= 85\n");
    CHECK(!catalogue_succession_fault(old, fresh));
    CHECK_STR(catalogue_succession_fault(fresh, old),
              "the version is lower than that of the one in use");
    json_decref(document);
}

/* ---- guides ---------------------------------------------------------------------------- */

static void test_guide_has_every_part_in_reading_order(void **state)
{
    (void)state;
    json_t *document = shipped();
    AUTO(catalogue_free) struct catalogue *c = load(document);
    struct guide_line lines[GUIDE_LINES_MAX];
    int seen[GUIDE_SECTIONS] = { 0 };
    size_t count = guide_lines(c, catalogue_find(c, "F01"), NULL, lines, GUIDE_LINES_MAX);
    for (size_t i = 0; i < count; i++) {
        seen[lines[i].section]++;
        CHECK(!i || lines[i].section >= lines[i - 1].section);
        CHECK(lines[i].section == GUIDE_PROMISED || *lines[i].words.in[LANGUAGE_EN]);
    }
    CHECK_EQ(seen[GUIDE_PART], 5);
    CHECK_EQ(seen[GUIDE_REPLACES], 5);
    CHECK_EQ(seen[GUIDE_FETCHED], 3);
    CHECK_EQ(seen[GUIDE_LATER], 1);
    CHECK_EQ(seen[GUIDE_LEGAL], 0); /* no law names days */
    CHECK_EQ(guide_lines(c, catalogue_find(c, "F01"), NULL, lines, 3), 3);
    for (size_t i = 0; i < catalogue_service_count(c); i++)
        CHECK(guide_lines(c, catalogue_service(c, i), NULL, lines, GUIDE_LINES_MAX) <
              GUIDE_LINES_MAX);
    json_decref(document);
}

static void test_guide_tells_how_fresh_it_is(void **state)
{
    (void)state;
    json_t *document = shipped();
    AUTO(catalogue_free) struct catalogue *c = load(document);
    const struct service *s = catalogue_find(c, "E02");
    int age;
    CHECK_EQ(guide_freshness(c, s, "20261126", &age), GUIDE_FRESH);
    CHECK_EQ(age, 25);
    CHECK_EQ(guide_freshness(c, s, "20261031", NULL), GUIDE_EARLY);
    CHECK_EQ(guide_freshness(c, s, "20271102", NULL), GUIDE_STALE);
    CHECK_EQ(guide_freshness(c, s, NULL, &age), GUIDE_UNDATED);
    CHECK_EQ(age, -1);
    json_decref(document);
}

RUN(T(test_check_says_item_field_and_sentence_of_every_planted_mistake),
    T(test_check_goes_on_behind_a_mistake), T(test_check_of_what_is_no_catalogue_says_why),
    T(test_check_finds_nothing_in_the_shipped_catalogue_and_later_its_age),
    T(test_diff_names_what_changed_and_versions_only_rise),
    T(test_guide_has_every_part_in_reading_order), T(test_guide_tells_how_fresh_it_is))
