/* Translations of the resident's texts: gettext with English message ids. Main thread only. */
#pragma once

#include "firmware/base/fault.h"
#include "firmware/base/tongue.h"

/* Marks a text for extraction where it cannot be translated yet (tables). */
#define N_(msgid) msgid

/* `folder` holds <locale>/LC_MESSAGES/onetrip.mo. -ENOENT when the process has no UTF-8 locale at
 * all. */
NODISCARD int tr_open(const char *folder);
/* The languages that the folder holds beside Chinese: those that say their own name, as the translation of "English".
 * After tr_open(); leaves the language as it was. */
void tr_tongues(struct tongues *out, const char *folder);
/* "zh_CN", "en", ...; an unknown one shows the message ids. */
void tr_set_language(const char *locale);
/* The text in the language now set; belongs to gettext and lasts. */
const char *tr(const char *msgid) __attribute__((format_arg(1)));
