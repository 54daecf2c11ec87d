/* links: firmware/catalogue firmware/card firmware/base */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "firmware/base/text.h"
#include "firmware/catalogue/bundle.h"
#include "firmware/catalogue/check.h"
#include "firmware/catalogue/guide.h"

/* A catalogue comes from the network, signed; the loader trusts nothing of it all the same. What
 * loads must then bear every use: search, conditions, answers. */

enum { BYTES_MAX = 64 * 1024, FOUND_MAX = 4 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void demand(int claim)
{
    if (!claim)
        abort();
}

static const char *answer_of(const void *context, const char *name)
{
    return *name ? context : "";
}

static void use_field(const struct field *f, const char *value)
{
    char out[ANSWER_BYTES];
    (void)answer_check(f, value, "20261124");
    (void)answer_check(f, value, NULL);
    (void)condition_holds(&f->visible, answer_of, value);
    for (int language = 0; language < LANGUAGE_COUNT; language++) {
        answer_show(out, f, value, (enum language)language);
        demand(text_is_valid(out, strlen(out)));
        answer_show_masked(out, f, value, (enum language)language);
        demand(text_is_valid(out, strlen(out)));
    }
}

static void use_service(const struct catalogue *c, const struct service *s)
{
    const struct service *found[FOUND_MAX];
    bool is_near;
    size_t count = catalogue_search(c, s->code, found, FOUND_MAX, &is_near);
    demand(count > 0 && !is_near);
    demand(catalogue_find(c, s->code) == s && catalogue_find_theme(c, s->theme) != NULL);
    for (int language = 0; language < LANGUAGE_COUNT; language++)
        (void)catalogue_search(c, s->name.in[language], found, FOUND_MAX, &is_near);
    for (size_t i = 0; i < s->page_count; i++)
        demand(s->pages[i].first_field + s->pages[i].field_count <= s->field_count);
    for (size_t i = 0; i < s->field_count; i++) {
        use_field(&s->fields[i], s->fields[i].name);
        use_field(&s->fields[i], s->gives.in[LANGUAGE_ZH]);
        use_field(&s->fields[i], s->fields[i].preset ? s->fields[i].preset : "20240229");
    }
    for (size_t i = 0; i < s->material_count; i++)
        demand(catalogue_material_name(c, s->materials[i].id) != NULL);
}

static void use_rules(const struct catalogue *c, const struct service *s)
{
    static const struct person p = { .layout = CARD_RESIDENT, .sex = '2', .birth = "19460315" };
    const struct rule_facts facts = { "20261126", &p, answer_of, answer_of, "yes" };
    struct verdict verdicts[VERDICTS_MAX];
    struct guide_line lines[GUIDE_LINES_MAX];
    const struct department *departments[BUNDLE_DEPARTMENTS_MAX];
    bool fallen[BUNDLE_PARTS_MAX];
    size_t count = service_judge(c, s, &facts, verdicts);
    for (size_t i = 0; i < count; i++)
        (void)service_route(c, verdicts[i].rule, &facts);
    demand(guide_lines(c, s, &facts, lines, GUIDE_LINES_MAX) > 0);
    (void)guide_freshness(c, s, "20261126", NULL);
    for (size_t i = 0; i < s->field_count; i++) {
        (void)field_is_needed(&s->fields[i], &facts);
        (void)bundle_field_departments(s, &s->fields[i], departments, BUNDLE_DEPARTMENTS_MAX);
    }
    demand(!s->part_count || bundle_days(s) <= s->promised_days);
    if (s->part_count)
        bundle_fallout(s, 0, fallen);
}

static void take_finding(void *context, const struct finding *f)
{
    size_t *count = context;
    demand(*f->sentence && text_is_valid(f->sentence, strlen(f->sentence)));
    ++*count;
}

static void ignore_line(void *context, const char *line)
{
    (void)context;
    demand(*line != 0);
}

/* Whatever the loader refuses has a finding, and what it takes is also checked to its end. */
static void check_all(const uint8_t *data, size_t size, bool is_good)
{
    struct finding_count count;
    size_t taken = 0;
    int r = catalogue_check(data, size, "20261126", take_finding, &taken, &count);
    demand(r == 0 || r == -EINVAL);
    demand(count.mistakes + count.notes == taken);
    demand(is_good || count.mistakes > 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char complaint[CATALOGUE_COMPLAINT];
    struct catalogue *c = NULL;
    const struct service *popular[FOUND_MAX];
    if (size > BYTES_MAX)
        return 0;
    if (catalogue_load(&c, data, size, complaint)) {
        demand(!c && *complaint && strlen(complaint) < sizeof(complaint));
        check_all(data, size, false);
        return 0;
    }
    for (size_t i = 0; i < catalogue_service_count(c); i++) {
        use_service(c, catalogue_service(c, i));
        use_rules(c, catalogue_service(c, i));
    }
    check_all(data, size, true);
    demand(catalogue_diff(c, c, ignore_line, NULL) == 0);
    (void)catalogue_popular(c, 70, popular, FOUND_MAX);
    catalogue_free(c);
    return 0;
}
