/* A text in the two languages of a slip. */
#pragma once

#include "firmware/session/internal.h"
#include "firmware/slip/slip.h"

/* The county's words. */
static inline struct slip_words slip_both(const struct words *w)
{
    return (struct slip_words){ w->in[LANGUAGE_ZH], w->in[LANGUAGE_EN] };
}

/* The kiosk's own, by their English. Whoever fills figures in makes a copy of each. */
static inline struct slip_words slip_said(const struct session *s, const char *msgid)
{
    return (struct slip_words){ session_tr(s, LANGUAGE_ZH, msgid),
                                session_tr(s, LANGUAGE_EN, msgid) };
}
