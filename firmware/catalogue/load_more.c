/* What a guide says besides: steps, speeds, what is replaced, how fresh it is. */
#include <string.h>

#include "firmware/card/person.h"
#include "firmware/catalogue/load.h"

enum { STEPS_MAX = 12, LEVELS_MAX = 6, REPLACES_MAX = 16 };

static void load_step(struct loader *l, struct service_step *step, const struct node *json)
{
    static const char *const members[] = { "name", "department", "days", NULL };
    if (!load_object(l, json))
        return;
    load_no_others(l, json, members);
    step->name = load_words(l, json, "name");
    step->department = load_words(l, json, "department");
    step->days = (int)doc_need_integer(&l->reader, json, "days", 0, DAYS_MAX);
}

static void load_steps(struct loader *l, struct service *s, const struct node *json)
{
    const struct node *list = doc_want_list(&l->reader, json, "steps", STEPS_MAX), *value;
    struct service_step *steps = arena_take(l->arena, doc_size(list), sizeof(*steps));
    int sum = 0;
    size_t i;
    if (!steps)
        return;
    load_enter(l, "steps");
    DOC_EACH(list, i, value)
    {
        load_enter_index(l, i);
        load_step(l, &steps[i], value);
        sum += steps[i].days;
        json_leave(&l->reader);
    }
    json_leave(&l->reader);
    if (sum > s->promised_days)
        complain_about(l, "steps", "take %d days together, but promised_days is %d", sum,
                       s->promised_days);
    s->steps = steps;
    s->step_count = doc_size(list);
}

static void load_levels(struct loader *l, struct service *s, const struct node *json)
{
    static const char *const members[] = { "name", "days", NULL };
    const struct node *list = doc_want_list(&l->reader, json, "levels", LEVELS_MAX), *value;
    struct service_level *levels = arena_take(l->arena, doc_size(list), sizeof(*levels));
    size_t i;
    if (!levels)
        return;
    load_enter(l, "levels");
    DOC_EACH(list, i, value)
    {
        load_enter_index(l, i);
        if (load_object(l, value)) {
            load_no_others(l, value, members);
            levels[i].name = load_words(l, value, "name");
            levels[i].days = (int)doc_need_integer(&l->reader, value, "days", 0, DAYS_MAX);
            if (s->legal_days >= 0 && levels[i].days > s->legal_days)
                complain_about(l, "days", "%d is more than legal_days %d", levels[i].days,
                               s->legal_days);
        }
        json_leave(&l->reader);
    }
    json_leave(&l->reader);
    s->levels = levels;
    s->level_count = doc_size(list);
}

static void load_replaces(struct loader *l, struct service *s, const struct node *json)
{
    const struct node *list = doc_want_list(&l->reader, json, "replaces", REPLACES_MAX), *value;
    struct words *replaces = arena_take(l->arena, doc_size(list), sizeof(*replaces));
    size_t i;
    if (!replaces)
        return;
    load_enter(l, "replaces");
    DOC_EACH(list, i, value)
    {
        load_enter_index(l, i);
        replaces[i] = load_these_words(l, value);
        json_leave(&l->reader);
    }
    json_leave(&l->reader);
    s->replaces = replaces;
    s->replaces_count = doc_size(list);
}

static const char *load_day(struct loader *l, const struct node *json, const char *key)
{
    const char *day = doc_want_text(&l->reader, json, key, 8, NULL);
    if (day && *day && !date_is_real(day))
        complain_about(l, key, "must be a day as YYYYMMDD");
    return day;
}

void load_more(struct loader *l, struct service *s, const struct node *json)
{
    s->is_no_return = doc_want_bool(&l->reader, json, "no_return", false);
    s->is_no_waiver = doc_want_bool(&l->reader, json, "no_waiver", false);
    s->is_urgent = doc_want_bool(&l->reader, json, "urgent", false);
    s->is_instant = doc_want_bool(&l->reader, json, "instant", false);
    if (s->is_instant && (s->promised_days || s->reach != REACH_KIOSK || s->anonymous))
        complain_about(l, "instant",
                       "only what is done here in one's own name with no days promised is decided "
                       "at once");
    s->valid_from = load_day(l, json, "valid_from");
    s->reviewed = load_day(l, json, "reviewed");
    load_steps(l, s, json);
    load_levels(l, s, json);
    load_replaces(l, s, json);
}
