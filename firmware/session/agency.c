/* Who acts for whom: proof of the agent, what the item says of it, what the agent brought before. */
#include "firmware/session/agency.h"

#include <string.h>

#include "firmware/base/log.h"
#include "firmware/base/text.h"
#include "firmware/card/person_json.h"
#include "firmware/seal/sign.h"
#include "firmware/session/internal.h"

/* ---- proof ----------------------------------------------------------------------------------- */

static const struct agent_entry *entry_for(const struct agent_list *list,
                                           const struct agent_mark *mark)
{
    for (size_t i = 0; i < list->count; i++)
        if (is_equal_slowly(list->list[i].tag, mark->tag, AGENT_TAG_BYTES))
            return &list->list[i];
    return NULL;
}

enum agency_trouble agency_prove(struct session *s, const struct person *p)
{
    struct agency *a = &s->visit.agency;
    const struct agent_list *list = &catalogue_point(s->catalogue)->agents;
    char day[9];
    const char *today = session_today(s, day);
    if (!list->count)
        return AGENCY_NO_LIST;
    if (today && !p->is_long_term && *p->valid_to && strcmp(p->valid_to, today) < 0)
        return AGENCY_EXPIRED;
    if (agent_mark(&a->mark, list->salt, p->number, p->valid_from))
        return AGENCY_UNREAD;
    a->entry = entry_for(list, &a->mark);
    enum agency_trouble trouble = !a->entry ? AGENCY_UNLISTED : AGENCY_FINE;
    if (a->entry && a->entry->until && today && strcmp(a->entry->until, today) < 0)
        trouble = AGENCY_ENDED;
    if (trouble) {
        a->entry = NULL;
        explicit_bzero(&a->mark, sizeof(a->mark));
        return trouble;
    }
    a->agent = *p;
    a->step = AGENCY_PROVEN;
    mask_name(a->masked, *p->name ? p->name : p->english_name);
    return AGENCY_FINE;
}

bool agency_covers(const struct agency *a, const struct service *service)
{
    bool is_covered = a->entry && !a->entry->theme_count;
    for (size_t i = 0; a->entry && i < a->entry->theme_count; i++)
        is_covered = is_covered || !strcmp(a->entry->themes[i], service->theme);
    return is_covered;
}

/* A visit of its own for each resident: only who acts, and how they want the kiosk, goes on. */
void agency_release(struct session *s)
{
    struct visit *v = &s->visit;
    struct agency kept = v->agency;
    enum language language = v->language;
    struct preferences preferences = v->preferences;
    bool is_practice = v->is_practice, is_strict = v->is_strict;
    enum screen screen = v->screen;
    instant_settle(s);
    fetch_drop(s);
    explicit_bzero(&kept.consent, sizeof(kept.consent));
    explicit_bzero(kept.day, sizeof(kept.day));
    kept.is_affirmed = kept.has_errors_shown = false;
    kept.copy = 0;
    kept.trouble = AGENCY_FINE;
    kept.step = AGENCY_PROVEN;
    session_clean(v);
    v->agency = kept;
    v->language = language;
    v->preferences = preferences;
    v->is_practice = is_practice;
    v->is_strict = is_strict;
    v->screen = screen;
    explicit_bzero(&kept, sizeof(kept));
    explicit_bzero(&s->view, sizeof(s->view));
    s->config.ports->forgotten(s->config.context); /* texts and pictures of the one before */
}

/* ---- what the item says ---------------------------------------------------------------------- */

static json_t *scope_json(const struct agent_entry *entry)
{
    json_t *themes = json_array();
    for (size_t i = 0; i < entry->theme_count; i++)
        json_array_append_new(themes, json_string(entry->themes[i]));
    return themes;
}

json_t *agency_json(const struct session *s)
{
    const struct visit *v = &s->visit;
    const struct agency *a = &v->agency;
    const char *language = a->language == LANGUAGE_ZH ? "zh" : "en";
    if (!agency_is_acting(s))
        return NULL;
    json_t *consent =
        a->is_affirmed && !ink_is_written(&a->consent)
            ? json_pack("{s:s, s:s}", "language", language, "affirmed", "keypad")
            : json_pack("{s:s, s:o}", "language", language, "signature", ink_json(&a->consent));
    return json_pack("{s:o, s:s, s:s, s:s, s:s, s:o, s:s, s:o, s:s}", "agent",
                     person_json(&a->agent), "role_zh", a->entry->role.in[LANGUAGE_ZH], "principal",
                     v->person.number, "relation", "village-agent", "scope", "this-visit", "themes",
                     scope_json(a->entry), "until", a->day, "consent", consent, "help_mode",
                     help_mode_word(HELP_ACT));
}

enum help_mode session_help_mode(const struct session *s)
{
    return agency_is_acting(s) ? HELP_ACT : s->visit.helper.mode;
}

/* ---- what the agent brought ------------------------------------------------------------------- */

void agency_remember(struct session *s)
{
    const struct visit *v = &s->visit;
    struct bytes note AUTO_BYTES = { 0 };
    if (!agency_is_acting(s) || session_is_anonymous(s))
        return;
    int r = agent_note_seal(&note, &v->agency.mark, v->receipt, v->service->code);
    if (r)
        log_line(LOG_WARNING, "session", "an agent's reminder could not be sealed: %d", r);
    else
        s->config.ports->keep_note(s->config.context, v->agency.mark.label, v->receipt, &note);
}

void agency_ask_tasks(struct session *s)
{
    struct agency *a = &s->visit.agency;
    a->tasks = (struct agency_tasks){ 0 };
    if (s->link.is_there || s->visit.is_practice)
        s->config.ports->ask_notes(s->config.context, a->mark.label);
}

void agency_look(struct agency_view *out, const struct session *s)
{
    const struct agency *a = &s->visit.agency;
    *out = (struct agency_view){ .step = a->step,
                                 .trouble = a->trouble,
                                 .agent = a->masked,
                                 .role = a->entry ? &a->entry->role : NULL,
                                 .entry = a->entry,
                                 .consent = &a->consent,
                                 .is_affirmed = a->is_affirmed,
                                 .has_errors_shown = a->has_errors_shown,
                                 .is_second_copy = a->copy > 0,
                                 .tasks = &a->tasks };
}
