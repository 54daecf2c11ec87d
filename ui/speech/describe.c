/* Widgets in words. */
#include <stdio.h>
#include <string.h>

#include "firmware/base/text.h"
#include "ui/speech/tell.h"
#include "ui/text/tr.h"

/* ---- characters ---------------------------------------------------------------------- */

static const char *sign_name(uint32_t c)
{
    static const struct {
        uint32_t c;
        const char *name;
    } names[] = { { ' ', N_("space") },     { '-', N_("dash") },    { '.', N_("point") },
                  { ',', N_("comma") },     { '/', N_("slash") },   { ':', N_("colon") },
                  { '@', N_("at sign") },   { '#', N_("hash") },    { '?', N_("question mark") },
                  { '_', N_("underline") }, { '+', N_("plus") },    { '*', N_("star") },
                  { '(', N_("bracket") },   { ')', N_("bracket") }, { '&', N_("and sign") } };
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
        if (names[i].c == c)
            return tr(names[i].name);
    return NULL;
}

static void name_character(char out[64], const char *p, size_t length)
{
    uint32_t c;
    (void)text_decode(&c, p, length);
    const char *name = sign_name(c);
    if (name)
        snprintf(out, 64, "%s", name);
    else if (c >= 'A' && c <= 'Z')
        snprintf(out, 64, tr("capital %c"), (int)c);
    else
        snprintf(out, 64, "%.*s", (int)length, p);
}

void describe_typed(const struct tell *t, const char *value, size_t from)
{
    char name[64], run[128] = "";
    size_t length = strlen(value), used = 0;
    for (size_t at = from; at < length;) {
        uint32_t c;
        size_t n = text_decode(&c, value + at, length - at);
        if (text_is_han(c) && used + n < sizeof(run)) { /* characters picked together are a word */
            memcpy(run + used, value + at, n);
            used += n;
            run[used] = 0;
        } else {
            name_character(name, value + at, n);
            tell_private(t, name);
        }
        at += n;
    }
    tell_private(t, run);
    explicit_bzero(run, sizeof(run));
    explicit_bzero(name, sizeof(name));
}

/* ---- whose words --------------------------------------------------------------------- */

static bool has_keys(const struct page *p)
{
    for (size_t i = 0; i < page_count(p); i++)
        if (page_at(p, i)->kind == &widget_key)
            return true;
    return false;
}

static bool has_digits(const char *text)
{
    int run = 0;
    for (; *text && run < 4; text++)
        run = *text >= '0' && *text <= '9' ? run + 1 : 0;
    return run >= 4;
}

static bool is_word(const struct widget *w)
{
    return w->kind == &widget_label || w->kind == &widget_heading || w->kind == &widget_notice ||
           w->kind == &widget_fact || w->kind == &widget_moment || w->kind == &widget_choice;
}

static bool has_prefix(const struct widget *w, const char *prefix)
{
    return !strncmp(w->id, prefix, strlen(prefix));
}

/* A key, a candidate or a radical that becomes part of an answer. */
static bool is_typing(const struct widget *w)
{
    if (has_prefix(w, "candidate:") || has_prefix(w, "radical"))
        return true;
    return w->kind == &widget_key && *w->action.value && !has_prefix(w, "way:") &&
           !has_prefix(w, "strokes:");
}

/* Words on this page tell which matter it is, of those that the room must not hear. */
static bool is_delicate_page(const struct tell *t)
{
    enum screen screen = t->place->screen;
    return t->place->is_delicate &&
           (screen == SCREEN_GUIDE || screen == SCREEN_FORM || screen == SCREEN_REVIEW ||
            screen == SCREEN_DONE || screen == SCREEN_NEED_CARD || screen == SCREEN_FETCHING ||
            screen == SCREEN_FETCHED || screen == SCREEN_NOT_SAVED);
}

bool describe_is_private(const struct tell *t, const struct widget *w)
{
    enum screen screen = t->place->screen;
    bool is_body = is_word(w) && strcmp(w->id, "title");
    if (is_delicate_page(t) && is_word(w))
        return true;
    if (is_typing(w))
        return true;
    switch (screen) {
    case SCREEN_PROGRESS: /* what the county says of somebody's case */
        return is_body && !has_keys(t->page);
    case SCREEN_CONDITION: /* what does not fit tells of the person */
        return is_body || !strcmp(w->id, "route");
    case SCREEN_HOME:
        return has_prefix(w, "hint");
    case SCREEN_REVIEW:
    case SCREEN_FETCHED:
        return w->kind == &widget_fact;
    case SCREEN_DONE:
    case SCREEN_NOT_SAVED:
        return is_body && (has_digits(w->label) || has_digits(w->value));
    default:
        return false;
    }
}

/* ---- kinds --------------------------------------------------------------------------- */

static void describe_run(const struct tell *t, const struct widget *w)
{
    const struct widget *run[FOCUS_RUN_MAX];
    size_t count = focus_run(t->page, w, run);
    for (size_t i = 0; i < count; i++)
        tell_if(t, describe_is_private(t, run[i]), run[i]->label);
}

/* A number that identifies somebody is told by its end. */
static void describe_value(const struct tell *t, const struct widget *w)
{
    const char *value = *w->value ? w->value : w->field ? w->field->value : "";
    bool is_number =
        w->field && (!strcmp(w->field->kind, "number") || !strcmp(w->field->kind, "account"));
    size_t count = text_count(value);
    char text[160];
    if (!*value) {
        tell_add(t, tr("empty"));
        return;
    }
    if (w->is_masked) {
        snprintf(text, sizeof(text), tr("%d characters"), (int)count);
    } else if (is_number && !strchr(value, '*') && count > 4) {
        snprintf(text, sizeof(text), tr("%d characters, the last are %s"), (int)count,
                 value + text_offset(value, count - 4));
    } else {
        tell_private(t, value);
        return;
    }
    tell_private(t, text);
    explicit_bzero(text, sizeof(text));
}

static void describe_field(const struct tell *t, const struct widget *w)
{
    bool is_locked = w->kind == &widget_compact && !w->action.verb;
    tell_if(t, t->place->is_delicate, w->label);
    tell_add(t, is_locked ? tr("from your card, not to be changed") : tr("box to fill in"));
    if (w->field && !is_locked)
        tell_add(t, w->field->is_required ? tr("must be filled in") : tr("may stay empty"));
    if (w->action.verb || is_locked || *w->value)
        describe_value(t, w);
    if (w->field && *w->field->error)
        tell_add(t, w->field->error);
    if (!is_locked && !*w->value)
        tell_add(t, w->detail);
}

const char *describe_choice(const struct widget *w)
{
    return w->is_selected ? tr("chosen") : tr("not chosen");
}

static void describe_option(const struct tell *t, const struct widget *w, bool is_first)
{
    int place = 0, count = 0;
    for (size_t i = 0; i < page_count(t->page); i++) {
        const struct widget *other = page_at(t->page, i);
        if (other->kind != &widget_choice || strcmp(other->action.name, w->action.name))
            continue;
        count++;
        if (other == w)
            place = count;
    }
    tell_if(t, describe_is_private(t, w), w->label);
    if (count > 1)
        tell_format(t, tr("choice %d of %d"), place, count);
    else
        tell_add(t, tr("tick box"));
    /* Consent is nobody's secret; an answer is. */
    if (count > 1)
        tell_hidden(t, describe_choice(w),
                    is_first ? tr("plug in headphones to hear what is chosen") : "");
    else
        tell_add(t, describe_choice(w));
    tell_if(t, describe_is_private(t, w), w->detail);
}

static void describe_pad(const struct tell *t, const struct widget *w)
{
    tell_add(t, w->label);
    tell_add(t, tr("a pad for a finger"));
    if (w->ink && w->ink->point_count)
        tell_add(t, tr("something is written on it"));
    tell_add(t, strcmp(w->id, "sign.pad")
                    ? tr("If you cannot write there, choose the keys instead.")
                    : tr("If you cannot sign, press the round key: you confirm by key instead."));
}

static void describe_key(const struct tell *t, const struct widget *w)
{
    char name[64];
    if (!is_typing(w)) {
        tell_add(t, w->label);
        if (w->is_selected)
            tell_add(t, tr("on"));
        return;
    }
    const char *types = has_prefix(w, "key:") ? w->action.value : w->label;
    bool is_one = text_count(types) == 1;
    name_character(name, types, strlen(types));
    tell_hidden(t, is_one ? name : types, tr("a key; plug in headphones to hear which"));
    explicit_bzero(name, sizeof(name));
}

static void describe_button(const struct tell *t, const struct widget *w)
{
    bool is_private = describe_is_private(t, w);
    if (is_private)
        tell_hidden(t, w->label, tr("something for you; plug in headphones to hear it"));
    else
        tell_add(t, w->label);
    tell_add(t, tr("button"));
    if (w->is_disabled)
        tell_add(t, tr("does not work now"));
    else if (w->is_selected && strcmp(w->detail, tr("on")) != 0) /* else it is written on it */
        tell_add(t, tr("on"));
    if (w->kind == &widget_row)
        tell_add(t, w->value);
    tell_if(t, is_private || is_delicate_page(t), w->detail); /* a part of the form, by its name */
}

static void describe_fact(const struct tell *t, const struct widget *w)
{
    bool is_private = describe_is_private(t, w);
    bool is_label_private = t->place->is_delicate || t->place->screen != SCREEN_REVIEW;
    tell_if(t, is_private && is_label_private, w->label);
    tell_if(t, is_private, w->kind == &widget_fact ? w->value : w->detail);
}

/* The question above, once, when the first of its answers is come to. */
static void describe_question(const struct tell *t, const struct widget *w)
{
    const struct widget *question = focus_question(t->page, w);
    const struct widget *group = focus_group(t->page, w), *run[FOCUS_RUN_MAX];
    size_t count = question ? focus_run(t->page, question, run) : 0;
    bool is_field = w->kind == &widget_field;
    for (size_t i = is_field; i < count; i++)
        tell_if(t, describe_is_private(t, run[i]), run[i]->label);
    if (group && group->field && *group->field->error)
        tell_add(t, group->field->error);
    if (count > (size_t)is_field && !is_field)
        tell_full_stop(t);
}

void describe_stop(const struct tell *t, const struct focus_map *m, int at, bool with_question)
{
    const struct widget *w = m->stops[at].widget;
    if (with_question && w->kind == &widget_choice)
        describe_question(t, w);
    if (w->kind == &widget_field || w->kind == &widget_compact)
        describe_field(t, w);
    else if (w->kind == &widget_choice)
        describe_option(t, w, with_question);
    else if (w->kind == &widget_key || is_typing(w))
        describe_key(t, w);
    else if (w->kind->is_pad)
        describe_pad(t, w);
    else if (w->kind == &widget_fact || w->kind == &widget_moment)
        describe_fact(t, w);
    else if (w->kind == &widget_qr)
        tell_add(t, tr("a code to photograph; the words beside it say the same"));
    else if (w->kind == &widget_label || w->kind == &widget_heading)
        describe_run(t, w);
    else if (w->kind == &widget_notice)
        tell_if(t, describe_is_private(t, w), w->label);
    else
        describe_button(t, w);
    if (with_question && w->kind == &widget_field)
        describe_question(t, w);
}

const struct widget *describe_typed_field(const struct page *p)
{
    for (size_t i = 0; i < page_count(p); i++)
        if (page_at(p, i)->is_focused && page_at(p, i)->kind == &widget_field)
            return page_at(p, i);
    return NULL;
}
