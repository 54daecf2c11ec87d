#include "ui/speech/tell.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "firmware/base/text.h"
#include "ui/text/tr.h"

enum { PART_MAX = 1280 };

struct tell tell_begin(struct utterance *out, const struct narrate_place *place,
                       const struct page *page)
{
    explicit_bzero(out, sizeof(*out));
    out->language = place->language;
    snprintf(out->voice, sizeof(out->voice), "%s", place->voice ? place->voice : "");
    return (struct tell){ out, place, page };
}

static bool ends_with_stop(const char *text)
{
    static const char *const ends[] = { "。", "，", "；", "：", "？", "！",
                                        ".",  ",",  "?",  "!",  ":",  ";" };
    size_t length = strlen(text);
    for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
        size_t n = strlen(ends[i]);
        if (length >= n && !memcmp(text + length - n, ends[i], n))
            return true;
    }
    return false;
}

static void append(char *to, const char *text)
{
    size_t used = strlen(to);
    (void)text_copy(to + used, UTTERANCE_MAX - used, text);
}

static void join(const struct tell *t, char *to, const char *text, const char *zh, const char *en)
{
    size_t used = strlen(to);
    bool is_zh = t->place->language == SAY_ZH;
    bool has_mark = ends_with_stop(to);
    if (used && !has_mark)
        append(to, is_zh ? zh : en);
    else if (used && !is_zh && to[used - 1] != ' ')
        append(to, " ");
    append(to, text);
}

static void add(const struct tell *t, char *to, const char *text)
{
    join(t, to, text, "，", ", ");
}

/* Masked, or the same as a field's value: then it is somebody's. */
static bool is_known_value(const struct tell *t, const char *text)
{
    if (strchr(text, '*'))
        return true;
    for (size_t i = 0; t->page && i < page_count(t->page); i++) {
        const struct widget *w = page_at(t->page, i);
        if (!w->field)
            continue;
        if (text_count(w->field->value) >= 2 && strstr(text, w->field->value))
            return true;
        if (text_count(w->value) >= 2 && strstr(text, w->value))
            return true;
    }
    return false;
}

void tell_private(const struct tell *t, const char *text)
{
    if (!*text)
        return;
    add(t, t->out->text, text);
    if (!t->out->is_private)
        add(t, t->out->open, tr("it is filled in; plug in headphones to hear it"));
    t->out->is_private = true;
}

void tell_hidden(const struct tell *t, const char *text, const char *open)
{
    if (!*text)
        return;
    add(t, t->out->text, text);
    if (*open)
        add(t, t->out->open, open);
    t->out->is_private = true;
}

void tell_if(const struct tell *t, bool is_private, const char *text)
{
    if (is_private)
        tell_private(t, text);
    else
        tell_add(t, text);
}

void tell_add(const struct tell *t, const char *text)
{
    if (!*text)
        return;
    if (is_known_value(t, text)) {
        tell_private(t, text);
        return;
    }
    add(t, t->out->text, text);
    add(t, t->out->open, text);
}

void tell_format(const struct tell *t, const char *format, ...)
{
    char text[PART_MAX];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof(text), format, args);
    va_end(args);
    tell_add(t, text);
    explicit_bzero(text, sizeof(text));
}

static void full_stop(const struct tell *t, char *to)
{
    if (*to && !ends_with_stop(to))
        append(to, t->place->language == SAY_ZH ? "。" : ".");
}

void tell_full_stop(const struct tell *t)
{
    full_stop(t, t->out->text);
    full_stop(t, t->out->open);
}

void tell_end(const struct tell *t)
{
    tell_full_stop(t);
    if (!t->out->is_private)
        t->out->open[0] = 0;
}

void tell_end_open(const struct tell *t, const char *open)
{
    if (t->out->is_private) {
        explicit_bzero(t->out->open, sizeof(t->out->open));
        append(t->out->open, open);
    }
    tell_end(t);
}
