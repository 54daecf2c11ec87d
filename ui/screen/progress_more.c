/* Who has a case, how the check of a promise stands, which county it lies with. */
#include <string.h>

#include "ui/screen/progress.h"

static int language(const struct scene *s)
{
    return s->view->language == LANGUAGE_ZH ? 0 : 1;
}

void progress_add_elsewhere(struct scene *s)
{
    char text[CASE_CHECK_TEXT];
    session_case_elsewhere(s->session, &s->view->asked.timeline.elsewhere, language(s), text);
    if (!*text)
        return;
    struct widget *w = flow_notice(
        s, STYLE_QUIET, "location_on",
        page_format(s->page, "%s\n%s", text, tr("You need not go there: the answer comes here.")));
    memcpy(w->id, "elsewhere", sizeof("elsewhere"));
    flow_gap(s, 24);
}

void progress_add_check(struct scene *s)
{
    const struct timeline *t = &s->view->asked.timeline;
    static const struct {
        enum widget_style style;
        const char *icon;
    } looks[CHECK_STATES] = { [CHECK_OPEN] = { STYLE_QUIET, "schedule" },
                              [CHECK_DEMANDED] = { STYLE_WARNING, "warning" },
                              [CHECK_KEPT] = { STYLE_SUCCESS, "check_circle" },
                              [CHECK_BROKEN] = { STYLE_DANGER, "error" } };
    char text[CASE_CHECK_TEXT];
    session_case_check(s->session, &t->check, "", language(s), text);
    if (!*text)
        return;
    struct widget *w = flow_notice(s, looks[t->check.state].style, looks[t->check.state].icon,
                                   page_text(s->page, text));
    memcpy(w->id, "check", sizeof("check"));
    flow_gap(s, 24);
}

void progress_owner_fact(struct scene *s)
{
    const struct timeline *t = &s->view->asked.timeline;
    char text[CASE_OWNER_TEXT];
    session_case_owner(&t->owner, language(s), text);
    if (*text && !case_owner_is_elsewhere(&t->owner, &t->elsewhere))
        flow_fact(s, tr("Who has it now"), page_text(s->page, text), false);
}

void progress_check_words(struct state_words *w, const struct case_view *c)
{
    if (c->timeline.check.state != CHECK_DEMANDED)
        return;
    w->title = N_("Please put something right");
    w->text = N_("It was granted on your promise. What is to be done stands below.");
    w->icon = "warning";
    w->style = STYLE_WARNING;
}

/* With many parts the particulars lie far below: what the office has to say does not wait for them. */
void progress_add_note(struct scene *s)
{
    const struct case_view *c = &s->view->asked;
    if (!*c->note || !c->timeline.parts.count)
        return;
    struct widget *card = flow_card(s);
    flow_fact(s, tr("The office says"), c->note, true);
    flow_card_end(s, card);
    flow_gap(s, 24);
}
