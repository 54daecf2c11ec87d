#include "firmware/session/timeline.h"

#include <stdio.h>
#include <string.h>

#include "firmware/base/text.h"
#include "firmware/calendar/calendar.h"

static const char *text_in(const json_t *o, const char *key)
{
    const char *text = json_string_value(json_object_get(o, key));
    return text ? text : "";
}

/* "2026-12-10" -> "20261210", when there is such a day. */
static void take_day(char out[TIMELINE_DAY], const json_t *o, const char *key)
{
    const char *text = text_in(o, key);
    out[0] = 0;
    if (strlen(text) != 10)
        return;
    snprintf(out, TIMELINE_DAY, "%.4s%.2s%.2s", text, text + 5, text + 8);
    if (day_from_text(out) == DAY_NONE)
        out[0] = 0;
}

static int index_of(const char *const *words, int count, const char *word)
{
    for (int i = 0; i < count; i++)
        if (!strcmp(words[i], word))
            return i;
    return -1;
}

static void take_steps(struct timeline *t, const json_t *list)
{
    static const char *const lanes[LANES] = { "front", "departments", "hand-out" };
    for (size_t i = 0; i < json_array_size(list) && t->step_count < TIMELINE_STEPS; i++) {
        const json_t *o = json_array_get(list, i);
        struct timeline_step *step = &t->steps[t->step_count];
        int lane = index_of(lanes, LANES, text_in(o, "lane"));
        text_copy(step->what, sizeof(step->what), text_in(o, "what"));
        take_day(step->day, o, "day");
        step->lane = lane < 0 ? LANE_FRONT : (enum case_lane)lane;
        t->step_count += *step->what && *step->day;
    }
}

static void take_owed(struct timeline *t, const json_t *list)
{
    for (size_t i = 0; i < json_array_size(list) && t->owed_count < TIMELINE_OWED; i++) {
        const json_t *o = json_array_get(list, i);
        struct timeline_paper *paper = &t->owed[t->owed_count];
        text_copy(paper->material, sizeof(paper->material), text_in(o, "material"));
        take_day(paper->due, o, "due");
        t->owed_count += *paper->material != 0;
    }
}

static void take_hand_out(struct timeline *t, const json_t *o)
{
    static const char *const kinds[HAND_OUT_KINDS] = { "", "post", "pickup", "electronic",
                                                       "account" };
    int kind = index_of(kinds, HAND_OUT_KINDS, text_in(o, "kind"));
    t->hand_out = kind < 0 ? HAND_OUT_NONE : (enum hand_out)kind;
    text_copy(t->code, sizeof(t->code), text_in(o, "code"));
    text_copy(t->counter, sizeof(t->counter), text_in(o, "counter"));
    text_copy(t->tracking, sizeof(t->tracking), text_in(o, "tracking"));
}

void timeline_read(struct timeline *out, const json_t *o)
{
    *out = (struct timeline){ .is_there = json_object_size(o) > 0 };
    if (!out->is_there)
        return;
    const json_t *left = json_object_get(o, "days_left"), *office = json_object_get(o, "office");
    json_int_t days = json_integer_value(left);
    take_day(out->promised_by, o, "promised_by");
    take_day(out->legal_by, o, "legal_by");
    take_day(out->paused_since, o, "paused_since");
    out->is_provisional = json_is_true(json_object_get(o, "is_provisional"));
    out->needs_no_return = json_is_true(json_object_get(o, "no_return"));
    out->has_days_left = json_is_integer(left) && days > -10000 && days < 10000;
    out->days_left = out->has_days_left ? (int)days : 0;
    text_copy(out->reason, sizeof(out->reason), text_in(o, "reason"));
    text_copy(out->article, sizeof(out->article), text_in(o, "article"));
    text_copy(out->office[0], sizeof(out->office[0]), text_in(office, "zh"));
    text_copy(out->office[1], sizeof(out->office[1]), text_in(office, "en"));
    take_hand_out(out, json_object_get(o, "delivery"));
    take_steps(out, json_object_get(o, "steps"));
    take_owed(out, json_object_get(o, "owed"));
}

void timeline_count_down(struct timeline *t, const struct calendar *calendar, const char *today,
                         bool is_running)
{
    day by = day_from_text(t->promised_by), now = today ? day_from_text(today) : DAY_NONE;
    if (!calendar || !is_running || *t->paused_since || by == DAY_NONE || now == DAY_NONE)
        return;
    t->days_left = calendar_count(calendar, now, by);
    t->has_days_left = t->is_counted_here = true;
}
