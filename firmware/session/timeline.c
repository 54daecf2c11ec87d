#include "firmware/session/timeline_inside.h"

#include <stdio.h>
#include <string.h>

#include "firmware/base/text.h"
#include "firmware/calendar/calendar.h"
#include "firmware/session/view.h"

#define N_(msgid) msgid

const char *timeline_text(const json_t *o, const char *key)
{
    const char *text = json_string_value(json_object_get(o, key));
    return text ? text : "";
}

/* "2026-12-10" -> "20261210", when there is such a day. */
void timeline_take_day(char out[TIMELINE_DAY], const json_t *o, const char *key)
{
    const char *text = timeline_text(o, key);
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
        int lane = index_of(lanes, LANES, timeline_text(o, "lane"));
        text_copy(step->what, sizeof(step->what), timeline_text(o, "what"));
        timeline_take_day(step->day, o, "day");
        step->lane = lane < 0 ? LANE_FRONT : (enum case_lane)lane;
        t->step_count += *step->what && *step->day;
    }
}

size_t timeline_take_owed(struct timeline_paper *out, size_t max, const json_t *list)
{
    size_t count = 0;
    for (size_t i = 0; i < json_array_size(list) && count < max; i++) {
        const json_t *o = json_array_get(list, i);
        struct timeline_paper *paper = &out[count];
        text_copy(paper->material, sizeof(paper->material), timeline_text(o, "material"));
        timeline_take_day(paper->due, o, "due");
        count += *paper->material != 0;
    }
    return count;
}

static void take_waived(struct timeline *t, const json_t *list)
{
    for (size_t i = 0; i < json_array_size(list) && t->waived_count < TIMELINE_WAIVED; i++) {
        const json_t *o = json_array_get(list, i);
        struct timeline_waiver *w = &t->waived[t->waived_count];
        text_copy(w->paper, sizeof(w->paper), timeline_text(o, "paper"));
        text_copy(w->evidence, sizeof(w->evidence), timeline_text(o, "evidence"));
        t->waived_count += *w->paper && *w->evidence;
    }
}

enum hand_out timeline_hand_out(const json_t *delivery)
{
    static const char *const kinds[HAND_OUT_KINDS] = { "", "post", "pickup", "electronic",
                                                       "account" };
    int kind = index_of(kinds, HAND_OUT_KINDS, timeline_text(delivery, "kind"));
    return kind < 0 ? HAND_OUT_NONE : (enum hand_out)kind;
}

const char *posted_words(enum posted_state state)
{
    static const char *const words[POSTED_STATES] = {
        [POSTED_NONE] = "",
        [POSTED_UNKNOWN] = N_("The carrier has not said anything yet"),
        [POSTED_COLLECTED] = N_("The carrier has it"),
        [POSTED_UNDER_WAY] = N_("On its way"),
        [POSTED_DELIVERED] = N_("It has arrived"),
        [POSTED_RETURNED] = N_("It came back to the office"),
    };
    return words[state];
}

/* A state that this firmware does not know says as much as none. */
void timeline_take_posted(struct posted *out, const json_t *delivery)
{
    static const char *const words[POSTED_STATES] = { "",          "unknown",   "collected",
                                                      "under_way", "delivered", "returned" };
    const json_t *parcel = json_object_get(delivery, "parcel");
    int state = json_object_size(parcel)
                    ? index_of(words, POSTED_STATES, timeline_text(parcel, "state"))
                    : POSTED_NONE;
    *out = (struct posted){ .state = state < 0 ? POSTED_UNKNOWN : (enum posted_state)state };
    if (out->state <= POSTED_UNKNOWN)
        return;
    out->at_ms = case_read_wall(parcel, "at");
    out->as_of_ms = case_read_wall(parcel, "as_of");
}

static void take_hand_out(struct timeline *t, const json_t *o)
{
    t->hand_out = timeline_hand_out(o);
    text_copy(t->code, sizeof(t->code), timeline_text(o, "code"));
    text_copy(t->counter, sizeof(t->counter), timeline_text(o, "counter"));
    text_copy(t->tracking, sizeof(t->tracking), timeline_text(o, "tracking"));
    timeline_take_posted(&t->posted, o);
}

bool timeline_take_days_left(int *out, const json_t *o)
{
    const json_t *left = json_object_get(o, "days_left");
    json_int_t days = json_integer_value(left);
    bool is_likely = json_is_integer(left) && days > -10000 && days < 10000;
    *out = is_likely ? (int)days : 0;
    return is_likely;
}

void timeline_read(struct timeline *out, const json_t *o)
{
    *out = (struct timeline){ .is_there = json_object_size(o) > 0 };
    if (!out->is_there)
        return;
    const json_t *office = json_object_get(o, "office");
    timeline_take_day(out->promised_by, o, "promised_by");
    timeline_take_day(out->legal_by, o, "legal_by");
    timeline_take_day(out->paused_since, o, "paused_since");
    out->is_provisional = json_is_true(json_object_get(o, "is_provisional"));
    out->needs_no_return = json_is_true(json_object_get(o, "no_return"));
    out->has_days_left = timeline_take_days_left(&out->days_left, o);
    text_copy(out->reason, sizeof(out->reason), timeline_text(o, "reason"));
    text_copy(out->article, sizeof(out->article), timeline_text(o, "article"));
    text_copy(out->office[0], sizeof(out->office[0]), timeline_text(office, "zh"));
    text_copy(out->office[1], sizeof(out->office[1]), timeline_text(office, "en"));
    take_hand_out(out, json_object_get(o, "delivery"));
    take_steps(out, json_object_get(o, "steps"));
    out->owed_count = timeline_take_owed(out->owed, TIMELINE_OWED, json_object_get(o, "owed"));
    case_owner_read(&out->owner, json_object_get(o, "owner"));
    case_check_read(&out->check, json_object_get(o, "check"));
    case_elsewhere_read(&out->elsewhere, json_object_get(o, "elsewhere"));
    take_waived(out, json_object_get(o, "waived"));
    case_parts_read(&out->parts, json_object_get(o, "parts"));
}

/* Once it is decided or ended, no day counts any more. */
bool timeline_is_running(const char *state)
{
    static const char *const running[] = { "accepted", "accepted_gap", "in_review" };
    return index_of(running, sizeof(running) / sizeof(running[0]), state) >= 0;
}

void timeline_count_down(struct timeline *t, const struct calendar *calendar, const char *today,
                         bool is_running)
{
    case_parts_count_down(&t->parts, calendar, today);
    day by = day_from_text(t->promised_by), now = today ? day_from_text(today) : DAY_NONE;
    if (!calendar || !is_running || *t->paused_since || by == DAY_NONE || now == DAY_NONE)
        return;
    t->days_left = calendar_count(calendar, now, by);
    t->has_days_left = t->is_counted_here = true;
}
