#include "firmware/session/own.h"

#include "firmware/base/tongue.h"

const char *session_tongue(const struct session *s)
{
    int tongue = s->visit.preferences.tongue;
    return tongue && s->config.tongues ? s->config.tongues->list[tongue - 1].code : "";
}

const char *session_own(const struct session *s, enum language language, const char *msgid)
{
    const char *code = language == LANGUAGE_EN ? session_tongue(s) : "";
    if (!*code || !s->config.ports->in_tongue)
        return session_tr(s, language, msgid);
    return s->config.ports->in_tongue(s->config.context, code, msgid);
}

const char *session_words(const struct session *s, enum language language, const struct words *w)
{
    const char *own = w->in[language];
    return *own ? session_own(s, language, own) : w->in[LANGUAGE_ZH];
}
