/* Acts on the page of a kiosk that has not joined a county yet. */
#include <string.h>

#include "firmware/session/acts.h"

enum { CODE_LEAST = 6 };

static bool is_unenrolled(const struct session *s)
{
    return s->link.is_there && !strcmp(s->link.refusal, "unenrolled");
}

enum screen session_idle(const struct session *s)
{
    if (is_unenrolled(s))
        return SCREEN_ENROL;
    return s->catalogue ? SCREEN_ATTRACT : SCREEN_OUT_OF_SERVICE;
}

/* Whatever else is told of the link, a code that is being typed stays. How the page is read stays on the way in. */
enum screen act_enrol_follow(struct session *s, const struct event *e)
{
    bool is_here = s->visit.screen == SCREEN_ENROL;
    (void)e;
    if (!s->link.is_there || is_here == is_unenrolled(s))
        return stay();
    enum language language = s->visit.language;
    struct preferences preferences = s->visit.preferences;
    session_forget(s);
    s->enrol = (struct enrol_view){ 0 };
    if (!is_here) {
        s->visit.language = language;
        s->visit.preferences = preferences;
    }
    return session_idle(s);
}

enum screen act_enrol_type(struct session *s, const struct event *e)
{
    char *code = s->visit.typed;
    size_t used = strlen(code);
    if (s->enrol.is_moving)
        return stay();
    s->enrol.trouble = ENROL_FINE;
    if (e->kind == EV_CLEAR)
        explicit_bzero(code, TYPED_MAX);
    else if (e->kind == EV_ERASE && used)
        code[used - 1] = 0;
    else if (e->kind == EV_TYPE && e->value)
        for (const char *c = e->value; *c && used < ENROL_CODE_MAX; c++)
            if (*c >= '0' && *c <= '9')
                code[used++] = *c;
    return stay();
}

enum screen act_enrol_send(struct session *s, const struct event *e)
{
    (void)e;
    if (s->enrol.is_moving)
        return stay();
    bool is_short = strlen(s->visit.typed) < CODE_LEAST;
    s->enrol = (struct enrol_view){ .is_moving = !is_short,
                                    .trouble = is_short ? ENROL_SHORT : ENROL_FINE };
    if (!is_short)
        s->config.ports->enrol(s->config.context, s->visit.typed);
    return stay();
}

enum screen act_enrol_silence(struct session *s, const struct event *e)
{
    bool is_moving = s->enrol.is_moving;
    (void)e;
    session_forget(s);
    s->enrol = (struct enrol_view){ .is_moving = is_moving };
    return session_idle(s);
}

/* Well: then the link says so in a moment, and that counts. */
enum screen act_enrolled(struct session *s, const struct event *e)
{
    static const struct {
        const char *word;
        enum enrol_trouble trouble;
    } rows[] = { { "refused", ENROL_WRONG_CODE },
                 { "unreachable", ENROL_NO_ANSWER },
                 { "away", ENROL_NO_ANSWER },
                 { "", ENROL_FINE } };
    enum enrol_trouble trouble = ENROL_NOT_KEPT;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        if (!strcmp(rows[i].word, e->value ? e->value : ""))
            trouble = rows[i].trouble;
    s->enrol = (struct enrol_view){ .is_moving = trouble == ENROL_FINE, .trouble = trouble };
    if (trouble == ENROL_WRONG_CODE)
        explicit_bzero(s->visit.typed, sizeof(s->visit.typed));
    return stay();
}
