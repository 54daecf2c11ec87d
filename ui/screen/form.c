/* One page of a form, drawn from the catalogue: up to four related questions, and the keys when one
 * is being typed. */
#include <stdio.h>
#include <string.h>

#include "ui/screen/scene.h"

static const char *kind_word(enum field_kind kind)
{
    static const char *const words[FIELD_KIND_COUNT] = { "text",    "han",     "number",   "phone",
                                                         "date",    "choice",  "amount",   "yes_no",
                                                         "account", "address", "signature" };
    return words[kind];
}

/* How such an answer looks, for one that is too short, too long or of another shape. */
static const char *shape_text(struct scene *s, const struct field *f, int problem)
{
    switch (f->kind) {
    case FIELD_NUMBER:
        return tr("An ID number has 18 characters.");
    case FIELD_PHONE:
        return tr("This is no telephone number. A mobile number has 11 digits.");
    case FIELD_DATE:
        return tr("There is no such day. Year, month and day: eight digits, as 19560308.");
    case FIELD_AMOUNT:
        return tr("Please write an amount in yuan, as 1234.50.");
    case FIELD_ACCOUNT:
        return tr("An account or card number has 8 to 30 digits.");
    default:
        return problem == ANSWER_E_LONG
                   ? page_format(s->page, tr("Too long: at most %d characters."), f->max_length)
                   : page_format(s->page, tr("Too short: at least %d characters."), f->min_length);
    }
}

/* What is wrong, and what to do about it. */
static const char *problem_text(struct scene *s, const struct field *f, int problem)
{
    switch (problem) {
    case ANSWER_E_EMPTY:
        return f->kind == FIELD_CHOICE || f->kind == FIELD_YES_NO ? tr("Please choose one.")
                                                                  : tr("Please fill this in.");
    case ANSWER_E_SHORT:
    case ANSWER_E_LONG:
    case ANSWER_E_FORMAT:
        return shape_text(s, f, problem);
    case ANSWER_E_CHARACTER:
        return tr("There is a character in it that cannot stand here.");
    case ANSWER_E_DATE:
        return tr("There is no such day. Year, month and day: eight digits, as 19560308.");
    case ANSWER_E_EARLY:
        return tr("This day is too early.");
    case ANSWER_E_LATE:
        return tr("This day is too late.");
    case ANSWER_E_CHECK:
        return tr("One digit does not fit. Please compare it with the card.");
    case ANSWER_E_CHOICE:
        return tr("Please choose one.");
    case ANSWER_E_SMALL:
        return tr("This amount is too small.");
    case ANSWER_E_LARGE:
        return tr("This amount is too large.");
    default:
        return tr("This does not look right. Please check it.");
    }
}

/* Values from the card are shown masked; what is being typed is shown as typed. */
static const char *shown_value(struct scene *s, const struct field *f, bool is_focused)
{
    const char *raw = session_answer(s->session, f);
    char text[ANSWER_BYTES] = "";
    if (is_focused)
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
    *facts = (struct field_facts){ kind_word(f->kind), f->is_required, page_text(s->page, masked),
                                   error };
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
    const char *label =
        f->is_required ? name : page_format(s->page, "%s %s", name, tr("(may stay empty)"));
    flow_text(s, TYPE_STRONG, COLOR_TEXT, label, 2);
    if (with_help && *help) {
        flow_text(s, TYPE_SMALL, COLOR_TEXT_2, help, 3);
        flow_gap(s, 4);
    }
    flow_gap(s, 6);
}

static void add_error(struct scene *s, const char *error)
{
    if (!*error)
        return;
    page_add(s->page, (struct widget){ .kind = &widget_icon,
                                       .box = { MARGIN, s->y + 8, 36, 42 },
                                       .icon = "error",
                                       .type = TYPE_ICON_S,
                                       .color = COLOR_DANGER,
                                       .is_in_scroll = s->is_in_scroll });
    int height =
        text_block_height(s->text, s->theme->types[TYPE_SMALL_STRONG], error, INNER_W - 52, 2);
    page_add(s->page, (struct widget){ .kind = &widget_label,
                                       .box = { MARGIN + 52, s->y + 8, INNER_W - 52, height },
                                       .label = error,
                                       .type = TYPE_SMALL_STRONG,
                                       .color = COLOR_DANGER,
                                       .max_lines = 2,
                                       .is_in_scroll = s->is_in_scroll });
    s->y += 8 + height;
}

static struct widget option(struct scene *s, const struct field *f, const char *value,
                            const char *label, const char *help, bool is_error)
{
    struct widget w = { .kind = &widget_choice,
                        .label = label,
                        .detail = help,
                        .is_selected = !strcmp(session_answer(s->session, f), value),
                        .is_error = is_error,
                        .is_in_scroll = s->is_in_scroll,
                        .action = { EV_CHOOSE, f->name, value } };
    snprintf(w.id, sizeof(w.id), "choice:%s:%s", f->name, value);
    return w;
}

/* Two in a row where the longest fits, else one. */
static int columns_for(struct scene *s, const struct field *f)
{
    int room = (INNER_W - 20) / 2 - 112;
    for (size_t i = 0; i < f->choice_count; i++) {
        const struct choice *c = &f->choices[i];
        if (*scene_words(s, &c->help) ||
            text_width(s->text, s->theme->types[TYPE_BODY], scene_words(s, &c->label)) > room)
            return 1;
    }
    return 2;
}

static int option_height(struct scene *s, const struct choice *c, int width)
{
    int label = text_block_height(s->text, s->theme->types[TYPE_BODY], scene_words(s, &c->label),
                                  width - 112, 2);
    int help = text_block_height(s->text, s->theme->types[TYPE_SMALL], scene_words(s, &c->help),
                                 width - 112, 2);
    return label + help + 44 > 96 ? label + help + 44 : 96;
}

static void add_choices(struct scene *s, const struct field *f, bool is_error)
{
    int columns = columns_for(s, f), gap = 16, width = (INNER_W - (columns - 1) * 20) / columns;
    for (size_t i = 0; i < f->choice_count; i++) {
        const struct choice *c = &f->choices[i];
        int height = option_height(s, c, width), column = (int)i % columns;
        struct widget w =
            option(s, f, c->value, scene_words(s, &c->label), scene_words(s, &c->help), is_error);
        w.box = (struct rect){ MARGIN + column * (width + 20), s->y, width, height };
        page_add(s->page, w);
        if (column == columns - 1 || i + 1 == f->choice_count)
            s->y += height + gap;
    }
    s->y -= gap;
}

static void add_yes_no(struct scene *s, const struct field *f, bool is_error)
{
    int width = (INNER_W - 20) / 2;
    struct widget yes = option(s, f, "yes", tr("Yes"), "", is_error),
                  no = option(s, f, "no", tr("No"), "", is_error);
    yes.box = (struct rect){ MARGIN, s->y, width, 96 };
    no.box = (struct rect){ MARGIN + width + 20, s->y, width, 96 };
    page_add(s->page, yes);
    page_add(s->page, no);
    s->y += 96;
}

static int box_height(const struct field *f)
{
    return f->lines > 1 ? f->lines * 50 + 24 : 112;
}

static void add_ink_preview(struct scene *s, struct rect box)
{
    page_add(s->page,
             (struct widget){ .kind = &widget_notice,
                              .box = { box.x + 12, box.y + 12, box.w - 24, 88 },
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
    if (is_written(s, f))
        return "";
    return f->may_ink ? tr("Touch here to type or write by hand") : tr("Touch here to type");
}

static void add_box(struct scene *s, const struct field *f, bool is_focused, const char *error)
{
    struct widget w = { .kind = &widget_field,
                        .box = { MARGIN, s->y, INNER_W,
                                 is_focused && f->lines > 3 ? 3 * 50 + 24 : box_height(f) },
                        .label = scene_words(s, &f->label),
                        .detail = box_hint(s, f, is_focused),
                        .value = shown_value(s, f, is_focused),
                        .is_focused = is_focused,
                        .is_caret = is_focused && !s->view->is_ink_focus,
                        .is_error = *error,
                        .is_in_scroll = s->is_in_scroll,
                        .number = { f->lines },
                        .field = facts(s, f, error),
                        .action = { EV_FOCUS, f->name, "" } };
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
                        .box = { MARGIN, top, INNER_W, s->y - top },
                        .label = scene_words(s, &f->label),
                        .is_in_scroll = s->is_in_scroll,
                        .field = facts(s, f, error) };
    snprintf(w.id, sizeof(w.id), "field:%s", f->name);
    page_add(s->page, w);
}

static void add_same_as(struct scene *s, const struct field *f)
{
    const struct service *service = s->view->service;
    const struct field *other = NULL;
    for (size_t i = 0; f->same_as && i < service->field_count; i++)
        if (!strcmp(service->fields[i].name, f->same_as))
            other = &service->fields[i];
    if (!other || !*session_answer(s->session, other))
        return;
    const char *label = page_format(s->page, tr("The same as: %s"), scene_words(s, &other->label));
    int width = text_width(s->text, s->theme->types[TYPE_BODY], label) + 64;
    struct widget w = { .kind = &widget_button,
                        .box = { MARGIN, s->y + 14, width < INNER_W ? width : INNER_W, 88 },
                        .style = STYLE_QUIET,
                        .type = TYPE_BODY,
                        .label = label,
                        .is_in_scroll = s->is_in_scroll,
                        .action = { EV_CHOOSE, f->name, f->same_as } };
    snprintf(w.id, sizeof(w.id), "choice:%s:%s", f->name, f->same_as);
    page_add(s->page, w);
    s->y += 14 + 88;
}

static void add_field(struct scene *s, const struct field *f, bool is_focused)
{
    int problem = session_problem(s->session, f);
    const char *error = problem ? problem_text(s, f, problem) : "";
    int top = s->y;
    add_label(s, f, true);
    if (f->kind == FIELD_CHOICE)
        add_choices(s, f, *error);
    else if (f->kind == FIELD_YES_NO)
        add_yes_no(s, f, *error);
    else
        add_box(s, f, is_focused, error);
    if (!session_field_is_locked(s->session, f) && f->same_as)
        add_same_as(s, f);
    add_error(s, error);
    if (f->kind == FIELD_CHOICE || f->kind == FIELD_YES_NO)
        add_group(s, f, top, error);
    flow_gap(s, 32);
}

/* While another field is typed into: one line, still to be touched. */
static void add_compact(struct scene *s, const struct field *f)
{
    int problem = session_problem(s->session, f);
    const char *value = shown_value(s, f, false);
    struct widget w = {
        .kind = &widget_compact,
        .box = { MARGIN, s->y, INNER_W, 84 },
        .is_in_scroll = s->is_in_scroll,
        .label = scene_words(s, &f->label),
        .value = *value             ? value
                 : is_written(s, f) ? tr("written by hand")
                                    : "",
        .detail = session_field_is_locked(s->session, f) ? "" : tr("touch to fill in"),
        .icon = session_field_is_locked(s->session, f) ? "lock" : "",
        .is_error = problem != 0,
        .field = facts(s, f, problem ? problem_text(s, f, problem) : ""),
        .action = { session_field_is_locked(s->session, f) ? 0 : EV_FOCUS, f->name, "" }
    };
    snprintf(w.id, sizeof(w.id), "field:%s", f->name);
    page_add(s->page, w);
    s->y += 84 + 12;
}

/* ---- the page ------------------------------------------------------------------------ */

static const char *const extra_keys[FIELD_KIND_COUNT] = {
    [FIELD_NUMBER] = "X", [FIELD_PHONE] = "-", [FIELD_AMOUNT] = "."
};

static bool has_number_pad(enum field_kind kind)
{
    return kind == FIELD_NUMBER || kind == FIELD_PHONE || kind == FIELD_DATE ||
           kind == FIELD_AMOUNT || kind == FIELD_ACCOUNT;
}

static void add_sheet(struct scene *s, const struct field *f)
{
    bool is_ink = s->view->is_ink_focus;
    struct sheet sheet = scene_sheet(s, is_ink                    ? SHEET_INK
                                        : has_number_pad(f->kind) ? SHEET_NUMBER
                                                                  : SHEET_TEXT);
    sheet.may_ink = f->may_ink;
    sheet.extra = extra_keys[f->kind];
    sheet.ink = session_ink(s->session, f);
    sheet_add(s->page, &sheet);
}

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
    } else {
        add_compact(s, f);
    }
}

static void add_form_actions(struct scene *s, bool is_typing)
{
    bool is_last = session_is_last_step(s->session);
    struct button_spec close = { "other", tr("Close keys"), "keyboard_hide", EV_FOCUS, "", "" };
    struct button_spec back = { "other", tr("Back"), "arrow_back", EV_BACK, "", "" };
    struct button_spec next = {
        "primary", is_last ? tr("Check and sign") : tr("Next"), "arrow_forward", EV_NEXT, "", ""
    };
    scene_actions(s, &next, is_typing ? &close : &back);
}

void screen_form(struct scene *s)
{
    const struct session_view *v = s->view;
    const struct form_page *page = &v->service->pages[v->page];
    const struct field *focused = v->focus >= 0 ? &v->service->fields[v->focus] : NULL;
    int bottom = focused ? SHEET_TOP : PAGE_H - 160;
    scene_header(s, scene_words(s, &v->service->short_name), EV_BACK);
    scene_steps(s, 1);
    flow_begin(s, bottom);
    if (!focused) {
        flow_heading(s, TYPE_H2, scene_words(s, &page->title));
        if (*scene_words(s, &page->help)) {
            flow_gap(s, 4);
            flow_text(s, TYPE_BODY, COLOR_TEXT_2, scene_words(s, &page->help), 3);
        }
        flow_gap(s, 24);
    }
    for_each_visible(s, focused ? add_while_typing : add_whole, focused);
    flow_end(s, bottom);
    if (focused)
        add_sheet(s, focused);
    add_form_actions(s, focused != NULL);
}
