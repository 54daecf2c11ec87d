/* links: firmware/catalogue firmware/card firmware/base */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "firmware/catalogue/expression.h"

/* A rule is a text from a catalogue: whatever it is, reading it ends, and what is accepted can be judged with
 * any facts. Values that are there may only decide, never be out of bounds. */

enum { BYTES_MAX = 600 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void demand(int claim)
{
    if (!claim)
        abort();
}

static const char *value_of(const void *context, const char *name)
{
    const char *const *values = context;
    return values[strlen(name) % 4];
}

static void judge(const struct expression *e)
{
    static const char *const values[] = { "yes", "limb", "1234.5", "20260101" };
    struct person p = { .layout = CARD_RESIDENT, .sex = '1', .birth = "19460315", .number = "33" };
    const struct rule_facts all = { "20261126", &p, value_of, value_of, (const void *)values };
    const struct rule_facts nothing = { 0 };
    const char *missing;
    demand(e->count > 0 && e->count <= RULE_NODES);
    enum truth with = rule_holds(e, &all, &missing);
    demand((with == TRUTH_UNKNOWN) == (missing != NULL));
    demand(rule_holds(e, &all, NULL) == with);
    enum truth without = rule_holds(e, &nothing, &missing);
    demand((without == TRUTH_UNKNOWN) == (missing != NULL));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct choice kinds[] = { { .value = "limb" }, { .value = "visual" } };
    static const struct field form[] = {
        { .name = "kind", .kind = FIELD_CHOICE, .choice_count = 2, .choices = kinds },
        { .name = "alone", .kind = FIELD_YES_NO },
        { .name = "income", .kind = FIELD_AMOUNT },
        { .name = "since", .kind = FIELD_DATE },
        { .name = "words", .kind = FIELD_HAN }
    };
    static const struct fact facts[] = { { .name = "pension", .type = RULE_YES_NO },
                                         { .name = "grade", .type = RULE_NUMBER } };
    const struct expression_scope scope = { form, 5, facts, 2 };
    struct arena arena = { .limit_bytes = 1024 * 1024 };
    char text[BYTES_MAX + 1], complaint[CATALOGUE_COMPLAINT];
    if (size > BYTES_MAX)
        return 0;
    memcpy(text, data, size);
    text[size] = 0;
    const struct expression *e = expression_parse(&arena, text, &scope, complaint);
    demand(e ? !*complaint : *complaint || arena.is_short);
    if (e)
        judge(e);
    arena_free(&arena);
    return 0;
}
