#include "ui/text/tr.h"

#include <dirent.h>
#include <libintl.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "firmware/base/text.h"

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

/* A folder's name that can be a locale's: it becomes part of a path and of LANGUAGE. */
static bool is_locale(const char *name)
{
    return strlen(name) < TONGUE_CODE && *name >= 'a' && *name <= 'z' &&
           strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_") == strlen(name);
}

static int is_other(const struct dirent *entry)
{
    return is_locale(entry->d_name) && strcmp(entry->d_name, "zh_CN") &&
           strcmp(entry->d_name, "en");
}

/* No text of a page: a language says under it how the speech engine calls its voice. */
static const char voice_msgid[] = "voice of the speech engine";

static bool is_voice(const char *name)
{
    size_t length = strlen(name);
    return length >= 2 && length < TONGUE_CODE &&
           strspn(name, "abcdefghijklmnopqrstuvwxyz-") == length;
}

static void take_tongue(struct tongues *out, const char *folder, const char *code)
{
    char path[512];
    snprintf(path, sizeof(path), "%s/%s/LC_MESSAGES/onetrip.mo", folder, code);
    if (out->count == TONGUES_MAX || access(path, R_OK))
        return;
    tr_set_language(code);
    const char *name = tr("English");
    struct tongue *t = &out->list[out->count];
    if (!strcmp(name, "English") || strlen(name) >= TONGUE_NAME ||
        !text_is_valid(name, strlen(name)))
        return;
    *t = (struct tongue){ 0 };
    snprintf(t->code, sizeof(t->code), "%s", code);
    snprintf(t->name, sizeof(t->name), "%s", name);
    const char *voice = tr(voice_msgid);
    if (strcmp(voice, voice_msgid) != 0 && is_voice(voice))
        snprintf(t->voice, sizeof(t->voice), "%s", voice);
    out->count++;
}

void tr_tongues(struct tongues *out, const char *folder)
{
    struct dirent **found = NULL;
    char before[TONGUE_CODE];
    const char *now = getenv("LANGUAGE");
    int n = scandir(folder, &found, is_other, alphasort);
    snprintf(before, sizeof(before), "%s", now ? now : "en");
    *out = (struct tongues){ 0 };
    for (int i = 0; i < n; i++) {
        take_tongue(out, folder, found[i]->d_name);
        free(found[i]);
    }
    free(found);
    tr_set_language(before);
}

const char *tr(const char *msgid)
{
    return *msgid ? gettext(msgid) : "";
}
