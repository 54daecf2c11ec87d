/* Filling in a form: answers, focus, handwriting. */
#include <string.h>

#include "firmware/base/text.h"
#include "firmware/session/internal.h"

static bool is_typed(const struct field *f)
{
    return f->kind != FIELD_CHOICE && f->kind != FIELD_YES_NO && f->kind != FIELD_SIGNATURE;
}

static int index_of(const struct session *s, const struct field *f)
{
    return (int)(f - s->visit.service->fields);
}

int draft_find(const struct session *s, const char *name)
{
    const struct service *service = s->visit.service;
    for (size_t i = 0; service && i < service->field_count; i++)
        if (!strcmp(service->fields[i].name, name))
            return (int)i;
    return -1;
}

struct answer *draft_answer(struct session *s, const struct field *f)
{
    return &s->visit.answers[index_of(s, f)];
}

const struct field *draft_focused(const struct session *s)
{
    return s->visit.service && s->visit.focus >= 0 ? &s->visit.service->fields[s->visit.focus]
                                                   : NULL;
}

const struct form_page *draft_page(const struct session *s)
{
    return &s->visit.service->pages[s->visit.page];
}

/* ---- what is asked and what was answered --------------------------------------------- */

const char *draft_value(const void *context, const char *name)
{
    const struct session *s = context;
    int i = draft_find(s, name);
    return i < 0 ? "" : s->visit.answers[i].text;
}

bool session_needs_signature(const struct session *s)
{
    return s->visit.service->reach != REACH_BOOK && !session_is_anonymous(s);
}

bool session_is_anonymous(const struct session *s)
{
    const struct service *service = s->visit.service;
    return service && service->anonymous && condition_holds(service->anonymous, draft_value, s);
}

/* Where questions come one at a time, what the card answers is none. */
static bool is_asked(const struct session *s, const struct field *f)
{
    bool is_single = s->visit.preferences.is_elder;
    return session_field_is_visible(s, f) && !(is_single && session_field_is_locked(s, f));
}

/* The first question of a page from its `from`th field on, going up or down; -1: none. */
static int question(const struct session *s, size_t page, int from, int step)
{
    const struct form_page *p = &s->visit.service->pages[page];
    for (int i = from; i >= 0 && i < (int)p->field_count; i += step)
        if (is_asked(s, &s->visit.service->fields[p->first_field + (size_t)i]))
            return (int)p->first_field + i;
    return -1;
}

bool session_page_is_asked(const struct session *s, size_t page)
{
    return question(s, page, 0, 1) >= 0;
}

/* The question of this page beside the one that is shown; -1: none, or all are shown. */
static int neighbour(const struct session *s, int step)
{
    const struct visit *v = &s->visit;
    if (v->only < 0)
        return -1;
    return question(s, v->page, v->only - (int)draft_page(s)->first_field + step, step);
}

bool session_is_last_step(const struct session *s)
{
    const struct visit *v = &s->visit;
    bool is_last = neighbour(s, 1) < 0;
    for (size_t i = v->page + 1; i < v->service->page_count; i++)
        is_last = is_last && !session_page_is_asked(s, i);
    return is_last;
}

const char *session_answer(const struct session *s, const struct field *f)
{
    return s->visit.answers[index_of(s, f)].text;
}

static const struct written *written_at(const struct session *s, int field)
{
    for (size_t i = 0; i < INK_FIELDS; i++)
        if (s->visit.written[i].field == field)
            return &s->visit.written[i];
    return NULL;
}

const struct ink *session_ink(const struct session *s, const struct field *f)
{
    const struct written *w = written_at(s, index_of(s, f));
    return w ? &w->ink : NULL;
}

/* What is wrong with an answer as it stands, shown or not. */
static int problem(const struct session *s, const struct field *f)
{
    char day[9];
    const struct ink *ink = session_ink(s, f);
    /* What the card says is not for the resident to correct: a doubt about it is for staff. */
    if (!session_field_is_visible(s, f) || session_field_is_locked(s, f))
        return 0;
    if (ink && ink_is_written(ink))
        return 0;
    if (!*session_answer(s, f) && !session_field_is_needed(s, f))
        return 0;
    if (f->kind == FIELD_SIGNATURE)
        return ANSWER_E_EMPTY;
    return answer_check(f, session_answer(s, f), session_today(s, day));
}

int session_problem(const struct session *s, const struct field *f)
{
    bool is_shown = s->visit.has_errors_shown && index_of(s, f) != s->visit.focus;
    return is_shown ? problem(s, f) : 0;
}

int draft_first_problem(const struct session *s, size_t page)
{
    const struct form_page *p = &s->visit.service->pages[page];
    for (size_t i = 0; i < p->field_count; i++) {
        int field = (int)(p->first_field + i);
        bool is_shown = s->visit.only < 0 || s->visit.only == field;
        if (is_shown && problem(s, &s->visit.service->fields[field]))
            return field;
    }
    return -1;
}

/* A question that must be answered by choosing, and has not been. */
static bool is_open_choice(const struct session *s, const struct field *f)
{
    bool is_choice = f->kind == FIELD_CHOICE || f->kind == FIELD_YES_NO;
    return is_choice && session_field_is_needed(s, f) && !*session_answer(s, f);
}

int draft_first_empty(const struct session *s)
{
    const struct form_page *p = draft_page(s);
    for (size_t i = 0; i < p->field_count; i++) {
        const struct field *f = &s->visit.service->fields[p->first_field + i];
        if (s->visit.only >= 0 && s->visit.only != (int)(p->first_field + i))
            continue;
        if (is_open_choice(s, f))
            return -1; /* the keyboard would hide it */
        const struct ink *ink = session_ink(s, f);
        bool is_free =
            is_typed(f) && !session_field_is_locked(s, f) && session_field_is_needed(s, f);
        if (is_free && !*session_answer(s, f) && !(ink && ink_is_written(ink)))
            return (int)(p->first_field + i);
    }
    return -1;
}

/* ---- steps: pages, or one question at a time ------------------------------------------------- */

static void show_question(struct session *s, int field)
{
    s->visit.only = field;
    s->visit.has_errors_shown = false;
    draft_focus(s, draft_first_empty(s));
}

/* The first question of the page that is not answered yet, else its first. */
static int first_open(const struct session *s, size_t page)
{
    const struct form_page *p = &s->visit.service->pages[page];
    for (size_t i = 0; i < p->field_count; i++) {
        const struct field *f = &s->visit.service->fields[p->first_field + i];
        if (is_asked(s, f) && problem(s, f))
            return (int)(p->first_field + i);
    }
    return question(s, page, 0, 1);
}

void draft_show_page(struct session *s, size_t page, enum draft_from from)
{
    struct visit *v = &s->visit;
    int last = (int)v->service->pages[page].field_count - 1;
    v->page = page;
    if (!v->preferences.is_elder)
        show_question(s, -1);
    else
        show_question(s, from == DRAFT_LAST         ? question(s, page, last, -1)
                         : from == DRAFT_FIRST_OPEN ? first_open(s, page)
                                                    : question(s, page, 0, 1));
}

bool draft_step(struct session *s, int step)
{
    struct visit *v = &s->visit;
    int beside = neighbour(s, step), count = (int)v->service->page_count;
    if (beside >= 0) {
        show_question(s, beside);
        return true;
    }
    for (int page = (int)v->page + step; page >= 0 && page < count; page += step)
        if (session_page_is_asked(s, (size_t)page)) {
            draft_show_page(s, (size_t)page, step > 0 ? DRAFT_FIRST : DRAFT_LAST);
            return true;
        }
    return false;
}

/* ---- opening ------------------------------------------------------------------------- */

/* What follows from an agent's acting is not for typing: they are who their card says. */
static const char *from_agent(const struct session *s, const struct field *f)
{
    const struct agency *a = &s->visit.agency;
    if (!agency_is_acting(s))
        return "";
    return f->prefill == PREFILL_AGENT_NAME     ? a->agent.name
           : f->prefill == PREFILL_AGENT_NUMBER ? a->agent.number
           : f->acting                          ? f->acting
                                                : "";
}

static const char *from_card(const struct person *p, enum prefill what, char sex[2])
{
    switch (what) {
    case PREFILL_NAME:
        return p->name;
    case PREFILL_ENGLISH_NAME:
        return p->english_name;
    case PREFILL_SEX:
        sex[0] = p->sex;
        sex[1] = 0;
        return sex;
    case PREFILL_NATION:
        return p->nation;
    case PREFILL_BIRTH:
        return p->birth;
    case PREFILL_ADDRESS:
        return p->address;
    case PREFILL_NUMBER:
        return p->number;
    case PREFILL_AGENT_NAME:
    case PREFILL_AGENT_NUMBER:
        return ""; /* another card's */
    default:
        return "";
    }
}

bool session_field_is_locked(const struct session *s, const struct field *f)
{
    char sex[2] = "";
    if (desk_is_from_calendar(s, f) || *from_agent(s, f))
        return true;
    return f->is_locked && s->visit.has_person && *from_card(&s->visit.person, f->prefill, sex);
}

/* From the card, from a certificate that was confirmed, else the answer that most people give. */
static const char *first_value(const struct session *s, const struct field *f, char sex[2])
{
    const char *acting = from_agent(s, f);
    if (*acting)
        return acting;
    const char *value = s->visit.has_person ? from_card(&s->visit.person, f->prefill, sex) : "";
    if (!*value)
        value = fetch_value(s, f);
    return *value || !f->preset ? value : f->preset;
}

void draft_prefill(struct session *s)
{
    const struct service *service = s->visit.service;
    char sex[2] = "";
    for (size_t i = 0; i < service->field_count; i++) {
        const struct field *f = &service->fields[i];
        if (!*s->visit.answers[i].text && session_field_is_visible(s, f))
            text_copy(s->visit.answers[i].text, ANSWER_BYTES, first_value(s, f, sex));
    }
    explicit_bzero(sex, sizeof(sex));
}

void draft_open(struct session *s)
{
    struct visit *v = &s->visit;
    explicit_bzero(v->answers, sizeof(v->answers));
    explicit_bzero(v->written, sizeof(v->written));
    explicit_bzero(&v->signature, sizeof(v->signature));
    explicit_bzero(&v->reservation, sizeof(v->reservation));
    for (size_t i = 0; i < INK_FIELDS; i++)
        v->written[i].field = -1;
    v->signature.width = SIGN_W;
    v->signature.height = SIGN_H;
    token_make(v->token);
    v->has_draft = true;
    v->page = 0;
    v->focus = v->only = -1;
    v->is_dirty = v->has_errors_shown = v->has_consented = v->is_affirmed = false;
    v->is_reserving = v->has_reservation = v->is_sent = v->is_unknown_outcome = false;
    v->paper = (struct paper_job){ 0 };
    v->receipt[0] = v->refusal[0] = 0;
    v->rating = (struct rating_view){ 0 };
    explicit_bzero(&v->papers, sizeof(v->papers));
    v->helper = (struct helper){ 0 };
    v->handoff.is_filled = false;
    v->agency.copy = 0;
    explicit_bzero(v->claim, sizeof(v->claim));
    v->instant = (struct instant){ 0 };
    draft_prefill(s);
}

/* ---- editing ------------------------------------------------------------------------- */

void draft_focus(struct session *s, int field)
{
    const struct field *f = field < 0 ? NULL : &s->visit.service->fields[field];
    bool can_focus =
        f && is_typed(f) && !session_field_is_locked(s, f) && session_field_is_visible(s, f);
    s->visit.focus = can_focus ? field : -1;
    if (can_focus)
        spelling_begin(s, f);
    else
        spelling_clear(s);
    if (can_focus && written_at(s, field))
        s->visit.spelling.way = WAY_PICTURE;
}

void draft_type(struct session *s, const char *text)
{
    const struct field *f = draft_focused(s);
    if (!f || s->visit.spelling.way == WAY_PICTURE)
        return;
    char *answer = draft_answer(s, f)->text;
    size_t used = strlen(answer), left = strlen(text);
    uint32_t cp;
    for (size_t n; left; text += n, left -= n) {
        n = text_decode(&cp, text, left);
        bool fits = used + n < ANSWER_BYTES && text_count(answer) < answer_length_limit(f);
        if (!answer_accepts(f, cp) || !fits)
            continue;
        memcpy(answer + used, text, n);
        used += n;
        answer[used] = 0;
        s->visit.is_dirty = true;
    }
}

void draft_erase(struct session *s)
{
    const struct field *f = draft_focused(s);
    if (!f)
        return;
    char *answer = draft_answer(s, f)->text;
    size_t length = strlen(answer), count = text_count(answer);
    size_t keep = count ? text_offset(answer, count - 1) : 0;
    explicit_bzero(answer + keep, length - keep);
    s->visit.is_dirty = true;
}

void draft_clear(struct session *s)
{
    const struct field *f = draft_focused(s);
    if (f)
        explicit_bzero(draft_answer(s, f)->text, ANSWER_BYTES);
}

void draft_choose(struct session *s, const char *field, const char *value)
{
    int i = draft_find(s, field);
    const struct field *f = i < 0 ? NULL : &s->visit.service->fields[i];
    if (!f || session_field_is_locked(s, f) || !session_field_is_visible(s, f))
        return;
    /* A typed field can take over the answer of the one it may equal. */
    const char *taken =
        f->same_as && !strcmp(value, f->same_as) ? draft_value(s, f->same_as) : value;
    if (is_typed(f) && taken == value)
        return;
    char copy[ANSWER_BYTES];
    text_copy(copy, sizeof(copy), taken);
    if (!answer_check(f, copy, NULL)) {
        memcpy(s->visit.answers[i].text, copy, sizeof(copy));
        s->visit.is_dirty = true;
        draft_prune(s);
    }
    explicit_bzero(copy, sizeof(copy));
}

void draft_prune(struct session *s)
{
    const struct service *service = s->visit.service;
    for (size_t i = 0; i < service->field_count; i++) {
        if (session_field_is_visible(s, &service->fields[i]))
            continue;
        explicit_bzero(s->visit.answers[i].text, ANSWER_BYTES);
        for (size_t k = 0; k < INK_FIELDS; k++)
            if (s->visit.written[k].field == (int)i) {
                explicit_bzero(&s->visit.written[k], sizeof(s->visit.written[k]));
                s->visit.written[k].field = -1;
            }
    }
    draft_prefill(s);
}

/* The pad on the screen: the signature when reviewing, else the field that has the focus. */
struct ink *draft_ink(struct session *s, bool create)
{
    if (s->visit.screen == SCREEN_AGENT_CONSENT)
        return &s->visit.agency.consent;
    if (s->visit.screen == SCREEN_REVIEW)
        return &s->visit.signature;
    if (aside_field(s))
        return aside_ink(s, create);
    const struct field *f = draft_focused(s);
    if (!f || !f->may_ink)
        return NULL;
    for (size_t i = 0; i < INK_FIELDS; i++)
        if (s->visit.written[i].field == s->visit.focus)
            return &s->visit.written[i].ink;
    for (size_t i = 0; create && i < INK_FIELDS; i++)
        if (s->visit.written[i].field < 0) {
            s->visit.written[i].field = s->visit.focus;
            s->visit.written[i].ink.width = INK_PAD_W;
            s->visit.written[i].ink.height = INK_PAD_H;
            return &s->visit.written[i].ink;
        }
    return NULL;
}
