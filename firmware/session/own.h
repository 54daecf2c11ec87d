/* What the resident alone reads, in another language of the screens: where the session writes English, and that language has
 * the text. Never for what the county gets, which stays Chinese and English. Inside firmware/session only. */
#pragma once

#include "firmware/session/internal.h"

/* Code of that other language; "" while it is Chinese or English. */
const char *session_tongue(const struct session *s);
/* As session_tr(). */
const char *session_own(const struct session *s, enum language language, const char *msgid)
    __attribute__((format_arg(3)));
/* The county's words; Chinese where they are in no other language. */
const char *session_words(const struct session *s, enum language language, const struct words *w);
