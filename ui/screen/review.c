/* Check what was said, sign it, submit it. */
#include <stdio.h>
#include <string.h>

#include "ui/screen/bundle.h"
#include "ui/screen/form.h"
#include "ui/screen/frame.h"

enum { SIGN_BLOCK_GAP = 20, PAD_W = 920, PAD_H = 360, LEAST_PAD_H = 220 };

static int pad_w(const struct scene *s)
{
    return s->w < PAD_W ? s->w : PAD_W;
}

static const char *answer_text(struct scene *s, const struct field *f)
{
    const char *raw = session_answer(s->session, f);
    const struct ink *ink = session_ink(s->session, f);
    char text[ANSWER_BYTES] = "";
    if (s->view->is_revealed)
        answer_show(text, f, raw, s->view->language);
    else
        answer_show_masked(text, f, raw, s->view->language);
    const char *shown = page_text(s->page, text);
    explicit_bzero(text, sizeof(text));
    if (!*shown && ink && ink_is_written(ink))
        return tr("written by hand");
    return *shown ? shown : tr("(empty)");
}

/* A button at the right of the column with a heading beside it. Returns the height of both. */
static int add_titled(struct scene *s, struct widget button, int inset, enum type_token type,
                      const char *title)
{
    int width = frame_button_w(s, TYPE_SMALL_STRONG, button.icon, button.label),
        height = s->theme->target + 3, right = s->x + s->w - inset;
    int room = s->w - 2 * inset - width - 24;
    int words = text_block_height(s->text, s->theme->types[type], title, room, 4);
    int all = words > height ? words : height;
    button.kind = &widget_button, button.type = TYPE_SMALL_STRONG;
    button.detail = title; /* by ear: change what? */
    button.is_in_scroll = true;
    button.box = (struct rect){ right - width, s->y + (all - height) / 2, width, height };
    page_add(s->page, button);
    page_add(s->page,
             (struct widget){ .kind = &widget_heading,
                              .box = { s->x + inset, s->y + (all - words) / 2, room, words },
                              .label = title,
                              .type = type,
                              .color = COLOR_TEXT,
                              .max_lines = 4,
                              .is_in_scroll = true });
    return all;
}

static void add_page(struct scene *s, size_t index)
{
    const struct service *service = s->view->service;
    const struct form_page *page = &service->pages[index];
    struct widget *card = flow_card(s);
    struct widget edit = { .style = STYLE_QUIET,
                           .icon = "edit",
                           .label = tr("Change"),
                           .action = { EV_EDIT, page_format(s->page, "%zu", index), "" } };
    snprintf(edit.id, sizeof(edit.id), "edit:%zu", index);
    flow_gap(s, 8);
    flow_gap(s, add_titled(s, edit, 32, TYPE_H3, scene_words(s, &page->title)) + 4);
    for (size_t i = 0; i < page->field_count; i++) {
        const struct field *f = &service->fields[page->first_field + i];
        if (session_field_is_visible(s->session, f))
            flow_fact(s, scene_words(s, &f->label), answer_text(s, f), i + 1 == page->field_count);
    }
    flow_card_end(s, card);
    flow_gap(s, 24);
}

static void add_papers(struct scene *s)
{
    const struct checklist_view *papers = &s->view->papers;
    struct widget edit = { .id = "edit:papers",
                           .style = STYLE_QUIET,
                           .icon = "edit",
                           .label = tr("Change"),
                           .action = { EV_OPEN_PAPERS, "", "" } };
    if (!papers->count)
        return;
    struct widget *card = flow_card(s);
    flow_gap(s, 8);
    if (papers->is_asked) {
        flow_gap(s, add_titled(s, edit, 32, TYPE_H3, tr("Papers")) + 4);
    } else {
        s->x += 32;
        flow_heading(s, TYPE_H3, tr("Papers"));
        s->x -= 32;
        flow_gap(s, 4);
    }
    for (size_t i = 0; i < papers->count; i++)
        bundle_add_paper(s, &papers->rows[i]);
    flow_card_end(s, card);
    flow_gap(s, 24);
}

static void add_reveal(struct scene *s)
{
    bool is_shown = s->view->is_revealed;
    struct widget reveal = { .id = "reveal",
                             .style = STYLE_SECONDARY,
                             .icon = is_shown ? "visibility_off" : "visibility",
                             .label = is_shown ? tr("Hide numbers") : tr("Show in full"),
                             .action = scene_action(EV_REVEAL, "", "") };
    flow_gap(s, add_titled(s, reveal, 0, TYPE_H2, tr("Is everything right?")) + 20);
}

/* ---- the lower part: promise, consent, signature ------------------------------------- */

struct sign_block {
    int promise_h, consent_h, pad_h, errors_h;
};

static int block_height(const struct sign_block *b)
{
    return 20 + (b->consent_h ? b->consent_h + SIGN_BLOCK_GAP : 0) + b->promise_h + 12 + b->pad_h +
           b->errors_h;
}

/* What is still missing once "confirm" was refused; "" when nothing is. A red frame alone tells
 * nobody what to do. */
static const char *consent_error(const struct scene *s)
{
    bool is_missing = s->view->has_errors_shown && !s->view->has_consented;
    return is_missing ? tr("If you agree, please tick here. Otherwise please go to the window.")
                      : "";
}

static const char *pad_error(const struct scene *s)
{
    bool is_signed = ink_is_written(s->view->signature) || s->view->is_affirmed;
    bool is_missing = s->view->has_errors_shown && !is_signed;
    return is_missing ? tr("Your signature is missing. Please sign in this frame.") : "";
}

enum { ERROR_LINES = 3, ERROR_GAP = 16 };

static int error_height(struct scene *s, const char *error)
{
    int width = s->w - s->theme->types[TYPE_ICON_S].px - 16;
    return *error ? ERROR_GAP + text_block_height(s->text, s->theme->types[TYPE_SMALL_STRONG],
                                                  error, width, ERROR_LINES)
                  : 0;
}

/* Above what it is about. */
static void add_missing(struct scene *s, const char *error)
{
    if (!*error)
        return;
    form_add_error(s, error);
    flow_gap(s, 8);
}

static struct sign_block measure(struct scene *s)
{
    const struct service *service = s->view->service;
    struct sign_block b = { 0 };
    b.promise_h = bundle_promises_height(s);
    if (service->needs_consent)
        b.consent_h = text_block_height(s->text, s->theme->types[TYPE_SMALL],
                                        scene_words(s, &service->consent),
                                        widget_choice_room(s->theme, s->w), CONSENT_LINES) +
                      36;
    if (b.consent_h && b.consent_h < s->theme->choice_h)
        b.consent_h = s->theme->choice_h;
    b.pad_h = !session_needs_signature(s->session) ? 0 : PAD_H * pad_w(s) / PAD_W;
    b.errors_h = (b.consent_h ? error_height(s, consent_error(s)) : 0) +
                 (b.pad_h ? error_height(s, pad_error(s)) : 0);
    return b;
}

static void add_consent(struct scene *s, const struct sign_block *b)
{
    add_missing(s, consent_error(s));
    page_add(s->page, (struct widget){ .id = "consent",
                                       .kind = &widget_choice,
                                       .box = { s->x, s->y, s->w, b->consent_h },
                                       .label = scene_words(s, &s->view->service->consent),
                                       .type = TYPE_SMALL,
                                       .is_selected = s->view->has_consented,
                                       .is_error = *consent_error(s),
                                       .number = { 1 },
                                       .is_in_scroll = s->is_in_scroll,
                                       .action = scene_action(EV_CONSENT, "", "") });
    flow_gap(s, b->consent_h + SIGN_BLOCK_GAP);
}

static const char *sign_words(const struct scene *s)
{
    if (s->view->is_affirmed)
        return tr("Confirmed by key");
    return s->view->agency.step == AGENCY_ACTING ? tr("The agent signs here with a finger")
                                                 : tr("Sign here with your finger");
}

static void add_pad(struct scene *s, const struct sign_block *b)
{
    const struct ink *ink = s->view->signature;
    add_missing(s, pad_error(s));
    int width = b->pad_h * PAD_W / PAD_H, button = s->theme->target + 3;
    struct rect pad = { s->x + (s->w - width) / 2, s->y, width, b->pad_h };
    page_add(s->page, (struct widget){ .id = "sign.pad",
                                       .kind = &widget_pad,
                                       .box = pad,
                                       .label = sign_words(s),
                                       .is_selected = s->view->is_affirmed,
                                       .is_error = *pad_error(s),
                                       .ink = ink,
                                       .is_in_scroll = s->is_in_scroll,
                                       .action = scene_action(EV_INK_MOVE, "", "") });
    if (!ink->point_count)
        return;
    int again = frame_button_w(s, TYPE_SMALL_STRONG, "refresh", tr("Again"));
    page_add(s->page,
             (struct widget){ .id = "sign.clear",
                              .kind = &widget_button,
                              .box = { pad.x + width - again - 16, pad.y + 16, again, button },
                              .style = STYLE_QUIET,
                              .type = TYPE_SMALL_STRONG,
                              .icon = "refresh",
                              .label = tr("Again"),
                              .is_in_scroll = s->is_in_scroll,
                              .action = scene_action(EV_INK_CLEAR, "", "") });
}

static void add_sign_block(struct scene *s, const struct sign_block *b)
{
    flow_gap(s, 20);
    if (b->consent_h)
        add_consent(s, b);
    bundle_add_promises(s);
    flow_gap(s, 12);
    if (b->pad_h)
        add_pad(s, b);
    flow_gap(s, b->pad_h);
}

/* Whoever signs stands above what is signed. */
static void add_signer(struct scene *s)
{
    const struct session_view *v = s->view;
    if (v->agency.step != AGENCY_ACTING || session_is_anonymous(s->session))
        return;
    flow_notice(s, STYLE_WARNING, "handshake",
                page_format(s->page, tr("%s signs, for %s. The consent goes with it."),
                            v->agency.agent, v->name));
    flow_gap(s, 20);
}

static void add_answers(struct scene *s)
{
    add_signer(s);
    add_reveal(s);
    for (size_t i = 0; i < s->view->service->page_count; i++)
        if (session_page_is_asked(s->session, i))
            add_page(s, i);
    bundle_add_parts(s, tr("What you apply for"));
    add_papers(s);
}

enum { READ_MOST = 4 }; /* turns */

/* Nobody signs what can only be read through a slit, or in many turns. */
static bool is_hard_to_read(int room, int all, int answers)
{
    return room < all * 2 / 5 || answers > room + READ_MOST * (room - PAGE_TURN_OVERLAP);
}

/* Answers scroll, the signature stays; where they could not be read like that all of it scrolls, as
 * on a sheet of paper. */
static void add_upright(struct scene *s, int bottom)
{
    struct sign_block block = measure(s);
    int start = s->y, top = bottom - block_height(&block);
    flow_begin(s, bottom);
    add_answers(s);
    bool is_tight = is_hard_to_read(top - start, bottom - start, s->y - start);
    if (is_tight)
        add_sign_block(s, &block);
    flow_end(s, is_tight ? bottom : top);
    if (is_tight)
        return;
    page_add(s->page, (struct widget){ .kind = &widget_band,
                                       .box = { s->room.x, top, s->room.w, 2 },
                                       .color = COLOR_LINE });
    s->y = top;
    add_sign_block(s, &block);
}

static void add_side_by_side(struct scene *s, int bottom)
{
    struct halves h = scene_halves(s, 50);
    int top = s->y;
    scene_use(s, h.right);
    struct sign_block block = measure(s);
    int height = block_height(&block), over = height - (bottom - top);
    /* The pad gives way first, as far as a signature still fits. */
    if (over > 0 && block.pad_h - over >= LEAST_PAD_H) {
        block.pad_h -= over;
        height -= over;
    }
    if (height > bottom - top) {
        scene_column(s);
        add_upright(s, bottom);
        return;
    }
    s->y = bottom - height;
    s->y = s->y > top + 60 ? top + 40 : top;
    add_sign_block(s, &block);
    scene_use(s, h.left);
    s->y = top;
    flow_begin(s, bottom);
    add_answers(s);
    flow_end(s, bottom);
}

void screen_review(struct scene *s)
{
    const struct session_view *v = s->view;
    scene_header(s, scene_words(s, &v->service->short_name), EV_BACK);
    scene_steps(s, 2);
    if (s->is_wide && session_needs_signature(s->session))
        add_side_by_side(s, scene_actions_top(s));
    else
        add_upright(s, scene_actions_top(s));
    struct button_spec back = { "other", tr("Back"), "arrow_back", EV_BACK, "", "" };
    struct button_spec confirm = {
        "primary", v->service->reach == REACH_BOOK ? tr("Book it") : tr("Confirm and submit"),
        "check",   EV_NEXT,
        "",        ""
    };
    scene_actions(s, &confirm, &back);
}
