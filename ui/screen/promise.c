#include "ui/screen/promise.h"

#include <stdio.h>
#include <string.h>

#include "firmware/base/text.h"

enum { LEVELS = 4, DAY_MS = 86400000 };

bool promise_is_known(const struct case_view *c)
{
    return *case_fact(c, "answer_by") != 0 || *case_fact(c, "answer") != 0;
}

/* Midnight at its beginning, by the wall clock; 0 for what is no day. */
static int64_t day_ms(const struct scene *s, const char *yyyymmdd)
{
    char utc[32];
    int64_t ms;
    if (strlen(yyyymmdd) != 8)
        return 0;
    snprintf(utc, sizeof(utc), "%.4s-%.2s-%.2sT00:00:00Z", yyyymmdd, yyyymmdd + 4, yyyymmdd + 6);
    return clock_parse_utc(&ms, utc) ? 0 : ms - (int64_t)s->around->utc_offset_minutes * 60000;
}

/* Judged by this kiosk's own clock: it does not wait to be told that nobody answered. */
bool promise_is_late(const struct scene *s)
{
    const struct case_view *c = &s->view->asked;
    int64_t by = day_ms(s, case_fact(c, "answer_by"));
    bool is_answered =
        *case_fact(c, "answer") || !strcmp(c->state, "answered") || !strcmp(c->state, "closed");
    return by && !is_answered && s->around->is_clock_set && s->around->wall_ms >= by + DAY_MS;
}

void promise_add_alarm(struct scene *s)
{
    const struct case_view *c = &s->view->asked;
    char day[48];
    if (!promise_is_late(s))
        return;
    scene_date(day, s, day_ms(s, case_fact(c, "answer_by")), false);
    flow_notice(s, STYLE_DANGER, "error", page_format(s->page, tr("Overdue since %s"), day));
    flow_gap(s, 24);
}

static const char *level_words(const char *level)
{
    static const char *const names[LEVELS] = { N_("1 of 4: village or community"),
                                               N_("2 of 4: town or subdistrict"),
                                               N_("3 of 4: county or district"),
                                               N_("4 of 4: province") };
    int n = 0;
    return text_to_int(&n, level) && n >= 1 && n <= LEVELS ? tr(names[n - 1]) : "";
}

static void add_fact(struct scene *s, const char *label, const char *value)
{
    if (*value)
        flow_fact(s, label, value, false);
}

void promise_add_facts(struct scene *s)
{
    const struct case_view *c = &s->view->asked;
    const char *by = case_fact(c, "answer_by");
    char day[48] = "";
    add_fact(s, tr("Answer"), case_fact(c, "answer"));
    /* The name stands where names stand: whoever answers for it is late. */
    add_fact(s, promise_is_late(s) ? tr("Late is") : tr("Answers for it"), case_fact(c, "owner"));
    add_fact(s, tr("Phone"), case_fact(c, "phone"));
    if (day_ms(s, by))
        scene_date(day, s, day_ms(s, by), false);
    add_fact(s, tr("Answer by"), page_text(s->page, day));
    add_fact(s, tr("Who is asked now"), level_words(case_fact(c, "level")));
}
