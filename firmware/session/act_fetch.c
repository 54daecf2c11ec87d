/* Acts of one card: asking the county, and saying of each certificate whether it is right. */
#include <string.h>

#include "firmware/session/acts.h"

/* ---- asking -------------------------------------------------------------------------- */

static enum screen show_found(struct session *s)
{
    struct fetched *f = &s->visit.fetched;
    f->is_single = s->visit.preferences.is_elder;
    f->at = 0;
    s->visit.has_errors_shown = false;
    return SCREEN_FETCHED;
}

/* Where the answer, or its absence, leads. */
static enum screen go_on(struct session *s)
{
    const struct fetched *f = &s->visit.fetched;
    bool has_any = f->state == FETCH_ANSWERED && f->found.count;
    return has_any ? show_found(s) : form_first(s);
}

/* Whoever comes back from the guide is not asked, nor kept waiting, a second time. */
enum screen fetch_begin(struct session *s)
{
    struct visit *v = &s->visit;
    if (v->fetched.state == FETCH_ANSWERED && v->fetched.service == v->service)
        return go_on(s);
    return fetch_ask(s) ? SCREEN_FETCHING : form_first(s);
}

/* Skipped, or the county took too long: the papers are looked up later. */
enum screen act_fetch_later(struct session *s, const struct event *e)
{
    (void)e;
    fetch_drop(s);
    return form_first(s);
}

enum screen act_fetch_cancel(struct session *s, const struct event *e)
{
    (void)e;
    fetch_drop(s);
    return SCREEN_GUIDE;
}

/* Behind a question (the card was lifted) the answer waits until that is settled. */
enum screen act_county_reply(struct session *s, const struct event *e)
{
    struct visit *v = &s->visit;
    if (elsewhere_take(s, e) || !e->name || !fetch_take(s, e->name, e->reply))
        return stay();
    if (v->screen == SCREEN_FETCHING)
        return go_on(s);
    if (v->under == SCREEN_FETCHING)
        v->under = go_on(s);
    return stay();
}

/* ---- what is found ------------------------------------------------------------------- */

bool fetch_has_page(const struct session *s)
{
    const struct fetched *f = &s->visit.fetched;
    return f->state == FETCH_ANSWERED && f->service == s->visit.service && f->found.count;
}

enum screen fetch_last(struct session *s)
{
    struct fetched *f = &s->visit.fetched;
    show_found(s);
    f->at = f->found.count - 1;
    return SCREEN_FETCHED;
}

void fetch_show_again(struct session *s)
{
    s->visit.fetched.is_single = s->visit.preferences.is_elder;
}

static enum certificate_word word_of(const char *value, enum dispute *reason)
{
    static const char *const words[DISPUTES] = { [DISPUTE_UNSAID] = "wrong",
                                                 [DISPUTE_OLD] = "old",
                                                 [DISPUTE_VALUE] = "value",
                                                 [DISPUTE_NOT_MINE] = "other" };
    *reason = DISPUTE_UNSAID;
    if (!strcmp(value, "right"))
        return CERTIFICATE_RIGHT;
    for (int i = 0; i < DISPUTES; i++)
        if (!strcmp(value, words[i])) {
            *reason = (enum dispute)i;
            return CERTIFICATE_WRONG;
        }
    return CERTIFICATE_UNSAID;
}

/* What the paper asks for next follows from the word: an answer given about it before holds no longer. */
static void forget_paper(struct session *s, const char *paper)
{
    struct visit *v = &s->visit;
    for (size_t i = 0; i < v->service->material_count && i < CHECKLIST_MAX; i++)
        if (!strcmp(v->service->materials[i].id, paper))
            v->papers.held[i] = HELD_UNSAID;
    ink_clear(&v->signature);
    v->is_affirmed = false;
}

enum screen act_say_certificate(struct session *s, const struct event *e)
{
    struct fetched *f = &s->visit.fetched;
    enum dispute reason;
    int i = e->name ? fetch_find(s, e->name) : -1;
    enum certificate_word word = e->value ? word_of(e->value, &reason) : CERTIFICATE_UNSAID;
    if (i < 0 || word == CERTIFICATE_UNSAID)
        return stay();
    bool is_new = f->said[i] != word, was_right = f->said[i] == CERTIFICATE_RIGHT;
    f->said[i] = (unsigned char)word;
    f->reason[i] = (unsigned char)reason;
    s->visit.is_dirty = true;
    if (is_new)
        forget_paper(s, e->name);
    if (is_new && word == CERTIFICATE_RIGHT)
        fetch_fill(s, (size_t)i);
    else if (is_new && was_right)
        fetch_clear(s, (size_t)i);
    return stay();
}

static bool is_answered(const struct fetched *f)
{
    for (size_t i = 0; i < f->found.count; i++)
        if ((!f->is_single || f->at == i) && f->said[i] == CERTIFICATE_UNSAID)
            return false;
    return true;
}

enum screen act_next_certificate(struct session *s, const struct event *e)
{
    struct fetched *f = &s->visit.fetched;
    (void)e;
    s->visit.has_errors_shown = !is_answered(f);
    if (s->visit.has_errors_shown)
        return stay();
    if (f->is_single && f->at + 1 < f->found.count) {
        f->at++;
        return stay();
    }
    return form_first(s);
}

enum screen act_last_certificate(struct session *s, const struct event *e)
{
    struct fetched *f = &s->visit.fetched;
    (void)e;
    s->visit.has_errors_shown = false;
    if (!f->is_single || !f->at)
        return SCREEN_GUIDE;
    f->at--;
    return stay();
}
