/* One page of a form, drawn from the catalogue: up to four related questions, and the keys when one
 * is being typed. */
#include <stdio.h>
#include <string.h>

#include "ui/screen/bundle.h"
#include "ui/screen/form.h"

static const char *kind_word(enum field_kind kind)
{
    static const char *const words[FIELD_KIND_COUNT] = { "text",    "han",     "number",   "phone",
                                                         "date",    "choice",  "amount",   "yes_no",
                                                         "account", "address", "signature" };
    return words[kind];
}

/* Values from the card are shown masked; what is being typed is shown as typed. */
static const char *shown_value(struct scene *s, const struct field *f, bool is_focused)
{
    const char *raw = session_answer(s->session, f);
    char text[ANSWER_BYTES] = "";
    if (is_focused && s->view->spelling->way != WAY_DATE)
        return page_text(s->page, raw);
    if (session_field_is_locked(s->session, f))
        answer_show_masked(text, f, raw, s->view->language);
    else
        answer_show(text, f, raw, s->view->language);
    const char *copy = page_text(s->page, text);
    explicit_bzero(text, sizeof(text));
    return copy;
}

static const struct field_facts *facts(struct scene *s, const struct field *f, const char *error)
{
    struct field_facts *facts = page_data(s->page, sizeof(*facts));
    char masked[ANSWER_BYTES] = "";
    if (!facts)
        return NULL;
    if (session_field_is_locked(s->session, f))
        answer_show_masked(masked, f, session_answer(s->session, f), s->view->language);
    else
        snprintf(masked, sizeof(masked), "%s", session_answer(s->session, f));
    *facts = (struct field_facts){ kind_word(f->kind), session_field_is_needed(s->session, f),
                                   page_text(s->page, masked), error };
    explicit_bzero(masked, sizeof(masked));
    return facts;
}

static bool is_written(const struct scene *s, const struct field *f)
{
    const struct ink *ink = session_ink(s->session, f);
    return ink && ink_is_written(ink);
}

/* ---- one question -------------------------------------------------------------------- */

static void add_label(struct scene *s, const struct field *f, bool with_help)
{
    const char *name = scene_words(s, &f->label), *help = scene_words(s, &f->help);
    const char *label = session_field_is_needed(s->session, f)
                            ? name
                            : page_format(s->page, "%s %s", name, tr("(may stay empty)"));
    bool is_question = s->view->only >= 0;
    struct widget *w =
        flow_text(s, is_question ? TYPE_H2 : TYPE_STRONG, COLOR_TEXT, label, is_question ? 4 : 3);
    w->kind = &widget_heading;
    if (with_help && *help) {
        flow_text(s, TYPE_SMALL, COLOR_TEXT_2, help, 6);
        flow_gap(s, 4);
    }
    if (*form_shape_hint(s, f)) {
        flow_text(s, TYPE_SMALL, COLOR_TEXT_2, form_shape_hint(s, f), 3);
        flow_gap(s, 4);
    }
    if (with_help)
        bundle_add_needs(s, f);
    flow_gap(s, 6);
}

static int box_height(const struct scene *s, const struct field *f, bool is_focused)
{
    int lines = is_focused && f->lines > 3 ? (s->is_short ? 2 : 3) : f->lines;
    return lines > 1 ? lines * scene_line(s, TYPE_BODY) + 24 : s->theme->field_h;
}

static void add_ink_preview(struct scene *s, struct rect box)
{
    page_add(s->page,
             (struct widget){ .kind = &widget_notice,
                              .box = { box.x + 12, box.y + 12, box.w - 24, s->theme->field_h - 24 },
                              .style = STYLE_SUCCESS,
                              .icon = "draw",
                              .label = tr("Written by hand. Touch to look at it or change it."),
                              .is_in_scroll = s->is_in_scroll });
}

/* What to do, while nothing is in the box. */
static const char *box_hint(const struct scene *s, const struct field *f, bool is_focused)
{
    if (is_focused && s->view->is_ink_focus)
        return tr("Write on the pad below");
    if (f->kind == FIELD_DATE)
        return is_focused && s->view->spelling->way == WAY_DATE
                   ? tr("Choose with the keys")
                   : tr("Touch here to choose the day");
    if (is_written(s, f))
        return "";
    return f->may_ink ? tr("Touch here to type or write by hand") : tr("Touch here to type");
}

static void add_box(struct scene *s, const struct field *f, bool is_focused, const char *error)
{
    struct widget w = {
        .kind = &widget_field,
        .box = { s->x, s->y, s->w, box_height(s, f, is_focused) },
        .label = scene_words(s, &f->label),
        .detail = box_hint(s, f, is_focused),
        .value = shown_value(s, f, is_focused),
        .pending = is_focused ? page_text(s->page, s->view->spelling->letters) : NULL,
        .is_focused = is_focused,
        .is_caret = is_focused && !s->view->is_ink_focus && s->view->spelling->way != WAY_DATE,
        .is_error = *error,
        .is_in_scroll = s->is_in_scroll,
        .number = { f->lines },
        .field = facts(s, f, error),
        .action = { EV_FOCUS, f->name, "" }
    };
    snprintf(w.id, sizeof(w.id), "field:%s", f->name);
    page_add(s->page, w);
    if (is_written(s, f) && !*w.value && !is_focused)
        add_ink_preview(s, w.box);
    s->y += w.box.h;
}

/* A field of several choices has no box of its own; this one carries its facts for the robot and
 * for speech. */
static void add_group(struct scene *s, const struct field *f, int top, const char *error)
{
    struct widget w = { .kind = &widget_group,
                        .box = { s->x, top, s->w, s->y - top },
                        .label = scene_words(s, &f->label),
                        .is_in_scroll = s->is_in_scroll,
                        .field = facts(s, f, error) };
    snprintf(w.id, sizeof(w.id), "field:%s", f->name);
    page_add(s->page, w);
}

static void add_field(struct scene *s, const struct field *f, bool is_focused)
{
    int problem = session_problem(s->session, f);
    const char *error = problem ? form_problem_text(s, f, problem) : "";
    int top = s->y;
    add_label(s, f, !is_focused || !s->is_short || s->is_wide);
    if (f->kind == FIELD_CHOICE || f->kind == FIELD_YES_NO)
        form_add_choices(s, f, *error);
    else
        add_box(s, f, is_focused, error);
    if (!session_field_is_locked(s->session, f) && f->same_as)
        form_add_same_as(s, f);
    if (is_focused)
        form_add_places(s, f);
    form_add_error(s, error);
    if (f->kind == FIELD_CHOICE || f->kind == FIELD_YES_NO)
        add_group(s, f, top, error);
    flow_gap(s, 32);
}

enum { STACKED_UNDER = 700, LABEL_PERCENT = 28 };

/* Name and value in one line, or the name above the value. */
static int compact_height(struct scene *s, const struct widget *w)
{
    struct type small = s->theme->types[TYPE_SMALL];
    if (!w->number[1])
        return s->theme->line_h;
    int label = text_block_height(s->text, small, w->label, widget_compact_room(w, s->w), 3);
    return label + 2 * small.line_px + 24;
}

/* While another field is typed into: one line, still to be touched. */
static void add_compact(struct scene *s, const struct field *f)
{
    int problem = session_problem(s->session, f);
    const char *value = shown_value(s, f, false);
    int beside = text_block_height(s->text, s->theme->types[TYPE_SMALL], scene_words(s, &f->label),
                                   s->w * LABEL_PERCENT / 100, 4);
    bool is_stacked = s->w < STACKED_UNDER || s->theme->is_elder || beside > s->theme->line_h;
    struct widget w = {
        .kind = &widget_compact,
        .box = { s->x, s->y, s->w, 0 },
        .is_in_scroll = s->is_in_scroll,
        .label = scene_words(s, &f->label),
        .value = *value             ? value
                 : is_written(s, f) ? tr("written by hand")
                                    : "",
        .detail = session_field_is_locked(s->session, f) ? "" : tr("touch to fill in"),
        .icon = session_field_is_locked(s->session, f) ? "lock" : "",
        .is_error = problem != 0,
        .number = { 0, is_stacked },
        .field = facts(s, f, problem ? form_problem_text(s, f, problem) : ""),
        .action = { session_field_is_locked(s->session, f) ? 0 : EV_FOCUS, f->name, "" }
    };
    w.box.h = compact_height(s, &w);
    snprintf(w.id, sizeof(w.id), "field:%s", f->name);
    page_add(s->page, w);
    s->y += w.box.h + s->theme->gap;
}

/* ---- the page ------------------------------------------------------------------------ */

static const char *const extra_keys[FIELD_KIND_COUNT] = {
    [FIELD_NUMBER] = "X", [FIELD_PHONE] = "-", [FIELD_AMOUNT] = "."
};

static void for_each_visible(struct scene *s,
                             void (*add)(struct scene *, const struct field *,
                                         const struct field *),
                             const struct field *focused)
{
    const struct form_page *page = &s->view->service->pages[s->view->page];
    for (size_t i = 0; i < page->field_count; i++) {
        const struct field *f = &s->view->service->fields[page->first_field + i];
        bool is_shown = s->view->only < 0 || s->view->only == (int)(page->first_field + i);
        if (is_shown && session_field_is_visible(s->session, f))
            add(s, f, focused);
    }
}

/* What comes from the card needs no box: nobody types into it. */
static void add_whole(struct scene *s, const struct field *f, const struct field *focused)
{
    (void)focused;
    bool is_locked = session_field_is_locked(s->session, f);
    if (is_locked) {
        add_compact(s, f);
        return;
    }
    flow_gap(s, 16);
    add_field(s, f, false);
}

static void add_while_typing(struct scene *s, const struct field *f, const struct field *focused)
{
    if (f == focused) {
        flow_gap(s, 8);
        add_field(s, f, true);
        return;
    }
    /* What came from the card nobody can touch; where height is short the keys leave room for one. */
    if ((!s->is_short || s->is_wide) && !session_field_is_locked(s->session, f))
        add_compact(s, f);
}

static void add_form_actions(struct scene *s, bool is_typing)
{
    bool is_last = session_is_last_step(s->session) && !s->view->papers.is_asked;
    struct button_spec close = { "other", tr("Close keys"), "keyboard_hide", EV_FOCUS, "", "" };
    struct button_spec back = { "other", tr("Back"), "arrow_back", EV_BACK, "", "" };
    struct button_spec next = {
        "primary", is_last ? tr("Check and sign") : tr("Next"), "arrow_forward", EV_NEXT, "", ""
    };
    scene_actions(s, &next, is_typing ? &close : &back);
}

/* In a page of one question the question itself is the title. */
static void add_page_title(struct scene *s)
{
    const struct session_view *v = s->view;
    const struct form_page *page = &v->service->pages[v->page];
    bool is_question = v->only >= 0;
    flow_heading(s, is_question ? TYPE_SMALL : TYPE_H2, scene_words(s, &page->title))->color =
        is_question ? COLOR_TEXT_2 : COLOR_TEXT;
    if (*scene_words(s, &page->help)) {
        flow_gap(s, 4);
        flow_text(s, is_question ? TYPE_SMALL : TYPE_BODY, COLOR_TEXT_2,
                  scene_words(s, &page->help), 5);
    }
    flow_gap(s, is_question ? 12 : 24);
}

void screen_form(struct scene *s)
{
    const struct session_view *v = s->view;
    const struct field *focused = v->focus >= 0 ? &v->service->fields[v->focus] : NULL;
    if (focused)
        scene_expect_sheet(s);
    int bottom = !focused ? scene_actions_top(s) : s->is_wide ? scene_bottom(s) : s->sheet.y;
    scene_header(s, scene_words(s, &v->service->short_name), EV_BACK);
    if (focused && s->is_short)
        flow_gap(s, 8); /* the keys need the room of the way */
    else
        scene_steps(s, 1);
    flow_begin(s, bottom);
    if (!focused)
        add_page_title(s);
    for_each_visible(s, focused ? add_while_typing : add_whole, focused);
    flow_end(s, bottom);
    if (focused)
        keyboard_add(s, extra_keys[focused->kind]);
    add_form_actions(s, focused != NULL);
}
