#include "firmware/session/case_visit.h"

#include <stdio.h>
#include <string.h>

#include "firmware/base/text.h"
#include "firmware/session/internal.h"
#include "firmware/session/own.h"
#include "firmware/session/timeline_inside.h"

#define N_(msgid) msgid

enum { WHEN_BYTES = 128 };

void case_visit_read(struct case_visit *out, const json_t *o)
{
    static const char *const words[VISIT_STATES] = { [VISIT_NONE] = "",
                                                     [VISIT_ASKED] = "asked",
                                                     [VISIT_FULL] = "full",
                                                     [VISIT_HELD] = "held",
                                                     [VISIT_CONFIRMED] = "confirmed",
                                                     [VISIT_MOVED] = "moved",
                                                     [VISIT_RETURNED] = "returned" };
    const char *state = timeline_text(o, "state");
    *out = (struct case_visit){ 0 };
    for (int i = VISIT_ASKED; i < VISIT_STATES; i++)
        if (!strcmp(words[i], state))
            out->state = (enum visit_state)i;
    timeline_take_day(out->day, o, "day");
    out->is_afternoon = !strcmp(timeline_text(o, "half"), "pm");
    (void)text_copy(out->hours, sizeof(out->hours), timeline_text(o, "hours"));
    bool needs_day =
        out->state == VISIT_HELD || out->state == VISIT_CONFIRMED || out->state == VISIT_MOVED;
    if (needs_day && !*out->day)
        out->state = VISIT_NONE;
}

/* "2026-12-03 上午 09:00–11:30" in the words of dates. */
static void write_when(char out[WHEN_BYTES], const struct session *s, const struct case_visit *v,
                       enum language language)
{
    static const struct field date = { .kind = FIELD_DATE };
    const char *comma = language == LANGUAGE_ZH ? " " : ", ";
    char shown[ANSWER_BYTES] = "";
    if (*v->day)
        answer_show(shown, &date, v->day, language);
    snprintf(out, WHEN_BYTES, "%.64s%s%.32s%s%s", shown, comma,
             session_own(s, language, v->is_afternoon ? N_("afternoon") : N_("morning")),
             *v->hours ? comma : "", v->hours);
}

static const char was_full[] =
    N_("The half-day you chose was full by then; the county sets another time and tells you here");

/* What is said where there is no time to say, or none that would hold. */
static const char *without_time(const struct case_visit *v)
{
    static const char *const words[VISIT_STATES] = {
        [VISIT_ASKED] = N_("They come: the county sets the time and tells you here"),
        [VISIT_FULL] = was_full,
        [VISIT_RETURNED] = N_("You gave the time back; the county sets another and tells you here"),
    };
    return v->state == VISIT_ASKED && *v->day ? NULL : words[v->state];
}

void session_case_visit(const struct session *s, const struct case_visit *v, int language,
                        char out[CASE_VISIT_TEXT])
{
    enum language l = language ? LANGUAGE_EN : LANGUAGE_ZH;
    char when[WHEN_BYTES];
    out[0] = 0;
    write_when(when, s, v, l);
    if (without_time(v))
        snprintf(out, CASE_VISIT_TEXT, "%s", session_own(s, l, without_time(v)));
    else if (v->state == VISIT_ASKED)
        snprintf(out, CASE_VISIT_TEXT,
                 session_own(s, l, N_("They come: you wished for %s; the county sets the time")),
                 when);
    else if (v->state == VISIT_HELD)
        snprintf(out, CASE_VISIT_TEXT,
                 session_own(s, l, N_("They come: %s, once the county confirms it")), when);
    else if (v->state == VISIT_MOVED)
        snprintf(out, CASE_VISIT_TEXT, session_own(s, l, N_("They come at another time: %s")),
                 when);
    else if (v->state == VISIT_CONFIRMED)
        snprintf(out, CASE_VISIT_TEXT, session_own(s, l, N_("They come: %s")), when);
}
