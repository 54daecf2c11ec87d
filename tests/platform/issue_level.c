#include "tests/platform/issue_level.h"

#include <errno.h>
#include <string.h>

#include "firmware/base/text.h"

/* ---- the rule, read ------------------------------------------------------------------ */

static void read_layer(struct json_reader *r, struct issue_layer *out, const json_t *o)
{
    static const char *const keys[] = { "owner", "is_of_matter", "days", NULL };
    static const char *const languages[] = { "zh", "en" };
    json_no_others(r, o, keys);
    const json_t *owner = json_need_object(r, o, "owner");
    json_enter(r, "owner");
    for (size_t i = 0; i < 2; i++)
        (void)text_copy(out->owner[i], ISSUE_OWNER,
                        json_need_string(r, owner, languages[i], ISSUE_OWNER - 1));
    json_leave(r);
    out->is_of_matter = json_want_bool(r, o, "is_of_matter", false);
    out->days = (int)json_need_integer(r, o, "days", 1, 250);
}

static void read_cause(struct json_reader *r, struct issue_rule *out, const json_t *o)
{
    static const char *const keys[] = { "source", "cause", "level", NULL };
    size_t i = out->cause_count++;
    json_no_others(r, o, keys);
    (void)text_copy(out->causes[i].source, ISSUE_WORD,
                    json_need_string(r, o, "source", ISSUE_WORD - 1));
    (void)text_copy(out->causes[i].cause, ISSUE_WORD,
                    json_want_string(r, o, "cause", ISSUE_WORD - 1, ""));
    out->causes[i].level = (int)json_need_integer(r, o, "level", 1, ISSUE_LEVELS);
}

static void read_reach(struct json_reader *r, struct issue_rule *out, const json_t *o)
{
    static const char *const keys[] = { "times", "kiosks", "returned", "level", NULL };
    size_t i = out->reach_count++;
    json_no_others(r, o, keys);
    out->reaches[i].times = json_want_integer(r, o, "times", 1, INT32_MAX, 0);
    out->reaches[i].kiosks = json_want_integer(r, o, "kiosks", 1, INT32_MAX, 0);
    out->reaches[i].returned = json_want_integer(r, o, "returned", 1, INT32_MAX, 0);
    out->reaches[i].level = (int)json_need_integer(r, o, "level", 1, ISSUE_LEVELS);
    if (!out->reaches[i].times && !out->reaches[i].kiosks && !out->reaches[i].returned)
        json_complain(r, "must say times, kiosks or returned");
}

static void read_layers(struct json_reader *r, struct issue_rule *out, const json_t *o)
{
    const json_t *list = json_need_array(r, o, "levels", ISSUE_LEVELS, ISSUE_LEVELS);
    json_enter(r, "levels");
    for (size_t i = 0; json_is_clean(r) && i < ISSUE_LEVELS; i++) {
        json_enter_index(r, i);
        read_layer(r, &out->layers[i], json_array_get(list, i));
        json_leave(r);
    }
    json_leave(r);
}

static void read_rows(struct json_reader *r, struct issue_rule *out, const json_t *o,
                      const char *key, size_t most,
                      void (*read)(struct json_reader *r, struct issue_rule *out, const json_t *o))
{
    const json_t *list = json_need_array(r, o, key, 0, most);
    json_enter(r, key);
    for (size_t i = 0; json_is_clean(r) && i < json_array_size(list); i++) {
        json_enter_index(r, i);
        read(r, out, json_array_get(list, i));
        json_leave(r);
    }
    json_leave(r);
}

int issue_rule_read(struct issue_rule *out, const json_t *o, char complaint[JSON_COMPLAINT])
{
    static const char *const keys[] = { "levels", "causes", "reach", NULL };
    struct json_reader r = { 0 };
    *out = (struct issue_rule){ 0 };
    json_no_others(&r, o, keys);
    read_layers(&r, out, o);
    read_rows(&r, out, o, "causes", ISSUE_CAUSES, read_cause);
    read_rows(&r, out, o, "reach", ISSUE_REACHES, read_reach);
    if (json_is_clean(&r))
        return 0;
    memcpy(complaint, r.complaint, JSON_COMPLAINT);
    return -EBADMSG;
}

/* ---- the rule, applied --------------------------------------------------------------- */

static int by_cause(const struct issue_rule *rule, const struct issue_facts *facts)
{
    for (size_t i = 0; i < rule->cause_count; i++)
        if (!strcmp(rule->causes[i].source, facts->source) &&
            (!*rule->causes[i].cause || !strcmp(rule->causes[i].cause, facts->cause)))
            return rule->causes[i].level;
    return 1;
}

int issue_level_of(const struct issue_rule *rule, const struct issue_facts *facts)
{
    int level = by_cause(rule, facts);
    for (size_t i = 0; i < rule->reach_count; i++) {
        bool reaches = facts->times >= rule->reaches[i].times &&
                       facts->kiosks >= rule->reaches[i].kiosks &&
                       facts->returned >= rule->reaches[i].returned;
        if (reaches && rule->reaches[i].level > level)
            level = rule->reaches[i].level;
    }
    return level;
}

day issue_due(const struct issue_rule *rule, const struct calendar *cal, struct issue_stand s)
{
    return calendar_add(cal, s.since, rule->layers[s.level - 1].days, NULL);
}

int issue_climb(struct issue_stand *s, const struct issue_rule *rule, const struct calendar *cal,
                day today, void *context,
                int (*missed)(void *context, struct issue_stand was, day due))
{
    while (s->level < ISSUE_LEVELS) {
        day due = issue_due(rule, cal, *s);
        if (due == DAY_NONE || today <= due)
            break;
        int r = missed ? missed(context, *s, due) : 0;
        if (r)
            return r;
        *s = (struct issue_stand){ s->level + 1, due };
    }
    return 0;
}

void issue_lift(struct issue_stand *s, int level, day today)
{
    if (level > s->level)
        *s = (struct issue_stand){ level, today };
}
