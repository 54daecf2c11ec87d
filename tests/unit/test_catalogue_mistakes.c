/* links: firmware/catalogue firmware/card firmware/base */
#include "tests/support/check.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

#include "firmware/catalogue/catalogue.h"
#include "tests/support/planted.h"

#define F1 "services/0/pages/0/fields/"
#define F2 "services/0/pages/1/fields/"
#define F3 "services/0/pages/2/fields/"
#define F4 "services/0/pages/3/fields/"
#define AT "services[0] (T01)"

static const struct planted document_mistakes[] = {
    { "format", "2", "format: must be a whole number from 1 to 1" },
    { "format", NULL, "format: is missing" },
    { "version", "0", "version: must be a whole number from 1 to 9007199254740991" },
    { "version", "\"7\"", "version: must be a whole number from 1 to 9007199254740991" },
    { "unsettled", "{\"service\": \"Z99\", \"field\": \"kind\", \"value\": \"x\"}",
      "unsettled: service: there is no service of this code" },
    { "unsettled", "{\"service\": \"T01\", \"field\": \"nothing\", \"value\": \"x\"}",
      "unsettled: field, value: are no answer to a question of that service" },
    { "counties",
      "[{\"id\": \"here\", \"name\": {\"zh\": \"甲\", \"en\": \"A\"}, \"office\": {\"zh\": \"甲\", "
      "\"en\": "
      "\"A\"}, \"address\": {\"zh\": \"甲\", \"en\": \"A\"}, \"phone\": \"1\"}]",
      "counties[0].id: here is this county" },
    { "services/0/elsewhere", "{\"days\": 3, \"takes\": [\"nowhere\"]}",
      AT ".elsewhere.takes: there is no county of this id" },
    { "services/0/check", "{\"days\": 61, \"what\": {\"zh\": \"甲\", \"en\": \"A\"}}",
      AT ".check.days: must be a whole number from 1 to 60" },
    { "services/0/check", "{\"days\": 60}", AT ".check.what: is missing" },
    { "colour", "1", "has a member colour that is not known here" },
    { "point", NULL, "point: is missing" },
    { "point/phone", "\"call us\"", "point.phone: must be digits and dashes" },
    { "point/fax", "\"1\"", "point: has a member fax that is not known here" },
    { "point/hours/en", NULL, "point.hours.en: is missing" },
    { "point/staff_times", "[{\"days\": [1], \"from\": \"8:30\", \"to\": \"11:30\"}]",
      "point.staff_times[0].from: must be a time of day, as 08:30, at most 24:00" },
    { "point/staff_times", "[{\"days\": [1], \"from\": \"17:00\", \"to\": \"08:00\"}]",
      "point.staff_times[0].to: must be later than from; a night is two entries" },
    { "point/staff_times", "[{\"days\": [0], \"from\": \"08:00\", \"to\": \"24:00\"}]",
      "point.staff_times[0].days[0]: must be 1 (Monday) to 7 (Sunday)" },
    { "point/open_times", "[{\"days\": [2, 2], \"from\": \"08:00\", \"to\": \"24:00\"}]",
      "point.open_times[0].days[1]: 2 stands twice" },
    { "point/agents", "{\"salt\": \"00\", \"list\": []}",
      "point.agents.salt: must be 32 hexadecimal digits" },
    { "point/agents",
      "{\"salt\": \"00112233445566778899aabbccddeeff\", \"list\": [{\"tag\": \"12\", "
      "\"role\": {\"zh\": \"甲\", \"en\": \"A\"}}]}",
      "point.agents.list[0].tag: must be 64 hexadecimal digits" },
    { "point/agents",
      "{\"salt\": \"00112233445566778899aabbccddeeff\", \"list\": [{\"tag\": "
      "\"00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff\", \"themes\": "
      "[\"nowhere\"], "
      "\"role\": {\"zh\": \"甲\", \"en\": \"A\"}}]}",
      "point.agents.list[0].themes: there is no theme nowhere" },
    { "point/serves",
      "[{\"id\": \"a\", \"name\": {\"zh\": \"甲\", \"en\": \"A\"}, \"committee\": {\"zh\": "
      "\"甲\", \"en\": \"A\"}, \"address\": \"村\"}]",
      "point.serves[0].address: must be at least two characters of an address" },
    { "point/serves",
      "[{\"id\": \"a\", \"name\": {\"zh\": \"甲\", \"en\": \"A\"}, \"committee\": {\"zh\": "
      "\"甲\", \"en\": \"A\"}, \"address\": \"甲村\", \"roads\": [{\"zh\": \"河边路\", \"en\": "
      "\"One\"}, "
      "{\"zh\": \"河边路\", \"en\": \"Two\"}]}]",
      "point.serves[0].roads[1].zh: 河边路 stands twice" },
    { "themes", "[]", "themes: must be a list of 1 to 8 elements" },
    { "themes/0/id", "\"Help\"", "themes[0].id: must be 1 to 20 of a-z and -" },
    { "themes/1/id", "\"help\"", "themes[1].id: help stands twice" },
    { "themes/1/icon", "\"tractor\"", "themes[1].icon: there is no icon of this name" },
    { "themes/1/window", NULL,
      "themes[1] (family).window: is missing, and the theme has no service" },
    { "themes/1", "3", "themes[1]: must be an object" },
    { "popular/0", "\"T99\"", "popular[0]: there is no service of this code" },
    { "popular/1", "\"T02\"", "popular[1]: T02 stands twice" },
    { "services", "[]", "services: must be a list of 1 to 5000 elements" },
    { "services/1", "null", "services[1]: must be an object" },
};

static const struct planted service_mistakes[] = {
    { "services/0/code", "\"d1\"",
      "services[0].code: must be a capital letter and two to four digits, like D01" },
    { "services/0/code", NULL, "services[0].code: is missing" },
    { "services/1/code", "\"T01\"",
      "services[1] (T01).code: T01 stands twice (first in services[0])" },
    { "services/0/theme", "\"money\"", AT ".theme: there is no theme of this id" },
    { "services/0/icon", "\"\"", AT ".icon: must be a text of 1 to 40 bytes" },
    { "services/0/price", "1", AT ": has a member price that is not known here" },
    { "services/0/name/en", NULL, AT ".name.en: is missing" },
    { "services/0/name/en", "\"\"", AT ".name.en: must be a text of 1 to 600 bytes" },
    { "services/0/name/initials", NULL, AT ".name.initials: is missing" },
    { "services/0/name/initials", "\"cjrhlbt\"",
      AT ".name.initials: must be one letter for each of the 9 Han characters, not 7" },
    { "services/0/name/initials", "\"cjrhlbtsi\"",
      AT ".name.initials: must be lower-case first letters of pinyin (never i, u or v)" },
    { "services/0/short_name", "\"care\"", AT ".short_name: must be an object with zh and en" },
    { "services/0/who/zh", "\"line one\\nline two\"",
      AT ".who.zh: contains a control character or a line break" },
    { "services/0/who/zh", "\"safe\\u202egnp\"",
      AT ".who.zh: contains a control character or a line break" },
    { "services/0/who/en", "\" People\"", AT ".who.en: begins or ends with a blank" },
    { "services/0/who/zh", "\"符合条件的人\\u3000\"", AT ".who.zh: begins or ends with a blank" },
    { "services/0/who/fr", "\"tous\"", AT ".who: has a member fr that is not known here" },
    { "services/0/fee_basis", NULL, AT ".fee_basis: is missing" },
    { "services/0/promise", NULL, AT ".promise: is missing" },
    { "services/0/promised_days", "21", AT ".promised_days: 21 is more than legal_days 20" },
    { "services/0/promised_days", "1.5",
      AT ".promised_days: must be a whole number from 0 to 365" },
    { "services/0/legal_days", NULL, AT ".legal_days: is missing" },
    { "services/0/minutes", "0", AT ".minutes: must be a whole number from 1 to 240" },
    { "services/0/needs_card", "\"yes\"", AT ".needs_card: must be true or false" },
    { "services/0/consent", NULL, AT ".consent: is missing: needs_consent is true" },
    { "services/0/needs_consent", NULL, AT ".consent: needs_consent is not true" },
    { "services/0/age_from", "121", AT ".age_from: 121 is more than age_to 120" },
    { "services/0/age_to", "201", AT ".age_to: must be a whole number from 0 to 200" },
    { "services/0/reach", "\"cloud\"", AT ".reach: must be one of kiosk, agent, book, info" },
    { "services/0/delivery", "[]", AT ".delivery: must be a list of 1 to 5 elements" },
    { "services/0/delivery/0", "\"drone\"",
      AT ".delivery[0]: must be one of post, pickup, account, electronic, none" },
    { "services/0/delivery/1", "\"post\"", AT ".delivery[2]: post stands twice" },
    { "services/0/delivery/1", "\"electronic\"",
      AT ".delivery: the field delivery offers pickup, which is not in this list" },
    { "services/0/keywords/0/initials", "\"\"",
      AT ".keywords[0].initials: must be one letter for each of the 4 Han characters, not 0" },
    { "services/0/anonymous", "{\"field\": \"alone\", \"values\": [\"yes\"]}",
      AT ".anonymous: needs_card must be false" },
    { "services/1/next/zh", "\"已受理\"",
      "services[1] (T02).next: a service of reach book never claims acceptance" },
    { "services/2/pages", "[{}]",
      "services[2] (T03).pages: information only: there is nothing to fill in" },
};

static const struct planted form_mistakes[] = {
    { "services/0/pages", "[]", AT ".pages: must be a list of 1 to 24 elements" },
    { "services/0/pages/0/fields", "[]", AT ".pages[0].fields: must be a list of 1 to 4 elements" },
    { "services/0/pages/0/fields/4", "{}",
      AT ".pages[0].fields: must be a list of 1 to 4 elements" },
    { "services/0/pages/1/title", NULL, AT ".pages[1].title: is missing" },
    { F1 "1/kind", "\"checkbox\"",
      AT ".pages[0].fields[1].kind: must be one of text, han, number, phone, date, choice, amount, "
         "yes_no, "
         "account, address, signature" },
    { F1 "1/kind", NULL, AT ".pages[0].fields[1].kind: is missing" },
    { F1 "1", "[]", AT ".pages[0].fields[1]: must be an object" },
    { F1 "1/name", "\"Sex\"", AT ".pages[0].fields[1].name: must be 1 to 31 of a-z, 0-9 and _" },
    { F2 "0/name", "\"name\"", AT ".pages[1].fields[0].name: name stands twice in this form" },
    { F1 "1/label", NULL, AT ".pages[0].fields[1].label: is missing" },
    { F1 "1/color", "1", AT ".pages[0].fields[1]: has a member color that is not known here" },
    { F1 "1/choices", NULL, AT ".pages[0].fields[1].choices: is missing" },
    { F1 "1/choices/1", "{\"value\": \"F\", \"label\": {\"zh\": \"女\", \"en\": \"F\"}}",
      AT ".pages[0].fields[1].choices[1].value: must be 1 to 24 of a-z, 0-9 and -" },
    { F1 "1/choices/1/value", "\"1\"", AT ".pages[0].fields[1].choices[1].value: 1 stands twice" },
    { F1 "1/choices/1/value", "\"3\"",
      AT ".pages[0].fields[1].choices: must have 1 (male) and 2 (female), the codes of the card" },
    { F1 "2/preset", "\"nobody\"", AT ".pages[0].fields[2].preset: is not one of the choices" },
    { F1 "1/preset", "\"1\"",
      AT ".pages[0].fields[1].preset: a field that the card fills in has no preset" },
    { F1 "3/visible/field", "\"phone\"",
      AT ".pages[0].fields[3].visible.field: no field of this name stands before" },
    { F1 "3/visible/field", "\"guardian\"",
      AT ".pages[0].fields[3].visible.field: no field of this name stands before" },
    { F1 "3/visible/field", "\"name\"",
      AT ".pages[0].fields[3].visible.field: name is neither choice nor yes_no" },
    { F1 "3/visible/values/0", "\"nobody\"",
      AT ".pages[0].fields[3].visible.values[0]: is not one of the choices of applicant" },
    { F1 "3/visible/values", "[\"self\", \"self\"]",
      AT ".pages[0].fields[3].visible.values[1]: stands twice" },
    { F1 "3/visible/values", "[]",
      AT ".pages[0].fields[3].visible.values: must be a list of 1 to 24 elements" },
    { F1 "3/locked", "true",
      AT ".pages[0].fields[3].locked: only a field that the card fills in can be locked" },
    { F1 "3/prefill", "\"number\"",
      AT ".pages[0].fields[3].prefill: number does not fit a field of kind han" },
    { F2 "0/mask", "\"none\"",
      AT ".pages[1].fields[0].mask: a field of this kind is never shown unmasked" },
    { F2 "0/lines", "2",
      AT ".pages[1].fields[0].lines: has no meaning for a field of kind number" },
    { F2 "2/same_as", "\"post_to\"",
      AT ".pages[1].fields[2].same_as: no field of this name stands before" },
    { F2 "2/same_as", "\"number\"",
      AT ".pages[1].fields[2].same_as: number is of kind number, not address" },
    { F2 "2/min_length", "81", AT ".pages[1].fields[2].min_length: 81 is more than max_length 80" },
    { F2 "2/max_length", "101",
      AT ".pages[1].fields[2].max_length: must be a whole number from 1 to 100" },
    { "services/0/needs_consent", "false", AT ".consent: needs_consent is not true" },
    { F3 "0/min_date", "\"20260230\"",
      AT ".pages[2].fields[0].min_date: must be today or a day as YYYYMMDD" },
    { F3 "0/max_date", "\"18991231\"",
      AT ".pages[2].fields[0].min_date: 19000101 is later than max_date 18991231" },
    { F3 "1/min_fen", "5000001", AT ".pages[2].fields[1].min_fen: is more than max_fen" },
    { F3 "2/choices", "[]",
      AT ".pages[2].fields[2].choices: has no meaning for a field of kind yes_no" },
    { F4 "3/prefill", "\"name\"",
      AT ".pages[3].fields[3].prefill: has no meaning for a field of kind signature" },
};

static const struct planted material_mistakes[] = {
    { "services/0/materials/0/id", "\"Card\"",
      AT ".materials[0].id: must be 1 to 40 of a-z, 0-9 and -" },
    { "services/0/materials/0/how", "\"maybe\"",
      AT ".materials[0].how: must be one of fetched, bring, later" },
    { "services/0/materials/0/no_waiver", "\"yes\"",
      AT ".materials[0].no_waiver: must be true or false" },
    { "services/0/no_waiver", "1", AT ".no_waiver: must be true or false" },
    { "services/0/materials/0/offline", NULL,
      AT ".materials[0].offline: is missing: say what happens when fetching is not possible" },
    { "services/0/materials/0/source", NULL,
      AT ".materials[0].source: is missing: say who keeps what is fetched" },
    { "services/0/materials/1/offline", "{\"zh\": \"某\", \"en\": \"x\"}",
      AT ".materials[1].offline: only a fetched material has an offline plan" },
    { "services/0/materials/1/late_days", "5",
      AT ".materials[1].late_days: a main material can never follow later" },
    { "services/0/materials/2/late_days", NULL,
      AT ".materials[2].late_days: is missing: within how many working days may it follow" },
    { "services/0/materials/2/late_days", "61",
      AT ".materials[2].late_days: must be a whole number from 1 to 60" },
    { "services/0/materials/2/id", "\"disability-card\"",
      AT ".materials[2].id: disability-card is a main material too: it can never follow later" },
    { "services/0/materials/1/id", "\"disability-card\"",
      AT ".materials[1].id: disability-card stands twice" },
    { "services/0/materials/0/fills", "{}",
      AT ".materials[0].fills: must be a list of 0 to 6 elements" },
    { "services/0/materials/1/fills", "[]",
      AT ".materials[1].fills: only a fetched material fills anything in" },
    { "services/0/materials/0/fills", "[{\"value\": \"since\", \"field\": \"until\"}]",
      AT ".materials[0].fills[0].field: the form asks no until" },
    { "services/0/materials/0/fills", "[{\"value\": \"holder\", \"field\": \"name\"}]",
      AT ".materials[0].fills[0].field: name cannot be filled in from a certificate" },
    { "services/0/materials/0/fills", "[{\"value\": \"Since!\", \"field\": \"since\"}]",
      AT ".materials[0].fills[0].value: must be 1 to 31 of a-z, 0-9 and _" },
    { "services/0/materials/0/fills",
      "[{\"value\": \"a\", \"field\": \"since\"}, {\"value\": \"b\", \"field\": \"since\"}]",
      AT ".materials[0].fills[1].field: since is filled in twice" },
    { "services/0/materials/0/fills", "[{\"value\": \"a\", \"field\": \"since\", \"mask\": 1}]",
      AT ".materials[0].fills[0]: has a member mask that is not known here" },
    { "services/0/materials/2/when/field", "\"nobody\"",
      AT ".materials[2].when.field: no field of this name stands before" },
    { "services/1/materials/0/name/en", "\"Former card\"",
      "services[1] (T02).materials: old-card has another name in T01" },
};

#define CHECK_MISTAKES(list) planted_check(list, sizeof(list) / sizeof((list)[0]), NULL, 0)

static void test_catalogue_says_what_is_wrong_with_the_document(void **state)
{
    (void)state;
    CHECK_MISTAKES(document_mistakes);
}

static void test_catalogue_says_what_is_wrong_with_a_service(void **state)
{
    (void)state;
    CHECK_MISTAKES(service_mistakes);
}

static void test_catalogue_says_what_is_wrong_with_a_form(void **state)
{
    (void)state;
    CHECK_MISTAKES(form_mistakes);
}

static void test_catalogue_says_what_is_wrong_with_a_material(void **state)
{
    (void)state;
    CHECK_MISTAKES(material_mistakes);
}

/* ---- mistakes that are not one member ------------------------------------------------ */

static void check_text_refused(const char *text, const char *sentence)
{
    struct catalogue *c = NULL;
    char complaint[CATALOGUE_COMPLAINT];
    CHECK_EQ(catalogue_load(&c, text, strlen(text), complaint), -EINVAL);
    CHECK(!c);
    CHECK_STR(complaint, sentence);
}

static void test_catalogue_refuses_what_is_no_document(void **state)
{
    (void)state;
    check_text_refused("", "line 1, column 0: no JSON (it ends too early)");
    check_text_refused("[]", "the document must be an object");
    check_text_refused("{\"format\": 1, \"format\": 1}",
                       "line 1, column 22: no JSON (a key stands twice)");
    check_text_refused("{\"point\": {\"name\": {\"zh\": \"\xc3\x28\"}}}",
                       "line 1, column 27: no JSON (not UTF-8)");
    check_text_refused("{}", "format: is missing");
}

static void test_catalogue_refuses_an_account_without_consent(void **state)
{
    (void)state;
    size_t length;
    char *text = test_file("data/catalogue/good.json", &length);
    json_t *document = json_loadb(text, length, 0, NULL);
    planted_put(document, "services/0/needs_consent", "false");
    planted_put(document, "services/0/consent", NULL);
    char *patched = json_dumps(document, JSON_COMPACT);
    check_text_refused(patched, AT
                       ".needs_consent: must be true: the field account asks for a bank account");
    free(patched);
    json_decref(document);
    free(text);
}

/* Six pages of four are 24 fields; one more on a seventh is too much. */
static void test_catalogue_refuses_a_form_of_more_fields_than_a_session_holds(void **state)
{
    (void)state;
    size_t length;
    char *text = test_file("data/catalogue/good.json", &length);
    json_t *document = json_loadb(text, length, 0, NULL);
    json_t *pages = json_array();
    for (int p = 0; p < 7; p++) {
        json_t *fields = json_array();
        for (int f = 0; f < (p < 6 ? 4 : 1); f++)
            json_array_append_new(fields, json_pack("{s:o, s:s, s:{s:s, s:s}}", "name",
                                                    json_sprintf("f%d", 4 * p + f), "kind", "phone",
                                                    "label", "zh", "某", "en", "x"));
        json_array_append_new(pages, json_pack("{s:{s:s, s:s}, s:o}", "title", "zh", "某", "en",
                                               "x", "fields", fields));
    }
    json_object_set_new(json_array_get(json_object_get(document, "services"), 1), "pages", pages);
    json_object_del(json_array_get(json_object_get(document, "services"), 1), "anonymous");
    char *patched = json_dumps(document, JSON_COMPACT);
    check_text_refused(
        patched,
        "services[1] (T02).pages[6].fields: a form has at most 24 fields on all its pages");
    free(patched);
    json_decref(document);
    free(text);
}

RUN(T(test_catalogue_says_what_is_wrong_with_the_document),
    T(test_catalogue_says_what_is_wrong_with_a_service),
    T(test_catalogue_says_what_is_wrong_with_a_form),
    T(test_catalogue_says_what_is_wrong_with_a_material),
    T(test_catalogue_refuses_what_is_no_document),
    T(test_catalogue_refuses_an_account_without_consent),
    T(test_catalogue_refuses_a_form_of_more_fields_than_a_session_holds))
