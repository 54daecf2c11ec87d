#include "ui/text/tr.h"

#include <libintl.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>

/* gettext's own counter: raising it makes it read LANGUAGE again (gettext manual, "Being a gettext
 * grok"). */
extern int _nl_msg_cat_cntr;

int tr_open(const char *folder)
{
    /* LANGUAGE is ignored in the C locale but honoured in C.UTF-8, which every system has. Numbers
     * stay plain. */
    if (!setlocale(LC_MESSAGES, "C.UTF-8") || !setlocale(LC_CTYPE, "C.UTF-8"))
        return fault_raise(-ENOENT);
    if (!bindtextdomain("onetrip", folder) || !bind_textdomain_codeset("onetrip", "UTF-8") ||
        !textdomain("onetrip"))
        return fault_raise(-ENOMEM);
    return 0;
}

void tr_set_language(const char *locale)
{
    const char *now = getenv("LANGUAGE");
    if (now && !strcmp(now, locale))
        return;
    setenv("LANGUAGE", locale, 1);
    ++_nl_msg_cat_cntr;
}

const char *tr(const char *msgid)
{
    return *msgid ? gettext(msgid) : "";
}
