/* Check what was said, sign it, submit it. */
#include <stdio.h>
#include <string.h>

#include "ui/screen/scene.h"

enum { SIGN_BLOCK_GAP = 20, PAD_W = 920, PAD_H = 360, PROMISE_LINES = 6, EDIT_W = 228 };

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

static void add_edit(struct scene *s, size_t page, int y)
{
    struct widget w = { .kind = &widget_button,
                        .box = { PAGE_W - MARGIN - 32 - EDIT_W, y, EDIT_W, 84 },
                        .style = STYLE_QUIET,
                        .type = TYPE_SMALL_STRONG,
                        .icon = "edit",
                        .label = tr("Change"),
                        .is_in_scroll = true,
                        .action = { EV_EDIT, page_format(s->page, "%zu", page), "" } };
    snprintf(w.id, sizeof(w.id), "edit:%zu", page);
    page_add(s->page, w);
}

static void add_page(struct scene *s, size_t index)
{
    const struct service *service = s->view->service;
    const struct form_page *page = &service->pages[index];
    struct widget *card =
        page_add(s->page, (struct widget){ .kind = &widget_panel, .is_in_scroll = true });
    int top = s->y;
    flow_gap(s, 20);
    add_edit(s, index, s->y);
    page_add(s->page,
             (struct widget){ .kind = &widget_heading,
                              .box = { MARGIN + 32, s->y + 17, INNER_W - 64 - EDIT_W - 24, 50 },
                              .label = scene_words(s, &page->title),
                              .type = TYPE_H3,
                              .color = COLOR_TEXT,
                              .max_lines = 1,
                              .is_in_scroll = true });
    flow_gap(s, 96);
    for (size_t i = 0; i < page->field_count; i++) {
        const struct field *f = &service->fields[page->first_field + i];
        if (session_field_is_visible(s->session, f))
            flow_fact(s, scene_words(s, &f->label), answer_text(s, f), i + 1 == page->field_count);
    }
    flow_gap(s, 8);
    card->box = (struct rect){ MARGIN, top, INNER_W, s->y - top };
    flow_gap(s, 24);
}

static void add_reveal(struct scene *s)
{
    bool is_shown = s->view->is_revealed;
    page_add(s->page, (struct widget){ .id = "reveal",
                                       .kind = &widget_button,
                                       .box = { PAGE_W - MARGIN - 320, s->y, 320, 84 },
                                       .style = STYLE_SECONDARY,
                                       .type = TYPE_SMALL_STRONG,
                                       .icon = is_shown ? "visibility_off" : "visibility",
                                       .label = is_shown ? tr("Cover") : tr("Show in full"),
                                       .is_in_scroll = true,
                                       .action = scene_action(EV_REVEAL, "", "") });
    page_add(s->page, (struct widget){ .kind = &widget_heading,
                                       .box = { MARGIN, s->y + 13, INNER_W - 340, 58 },
                                       .label = tr("Is everything right?"),
                                       .type = TYPE_H2,
                                       .color = COLOR_TEXT,
                                       .max_lines = 1,
                                       .is_in_scroll = true });
    flow_gap(s, 84 + 20);
}

/* ---- the lower part: promise, consent, signature ------------------------------------- */

struct sign_block {
    int promise_h, consent_h, pad_h, top;
};

static struct sign_block measure(struct scene *s)
{
    const struct service *service = s->view->service;
    struct sign_block b = { 0 };
    b.promise_h = text_block_height(s->text, s->theme->types[TYPE_SMALL],
                                    scene_words(s, &service->promise), INNER_W, PROMISE_LINES);
    if (service->needs_consent)
        b.consent_h =
            text_block_height(s->text, s->theme->types[TYPE_SMALL],
                              scene_words(s, &service->consent), INNER_W - 112, CONSENT_LINES) +
            36;
    b.pad_h = session_is_anonymous(s->session) ? 0 : PAD_H;
    b.top = PAGE_H - 160 - b.pad_h - 24 - b.promise_h - b.consent_h - 56 -
            (b.consent_h ? SIGN_BLOCK_GAP : 0);
    return b;
}

static void add_consent(struct scene *s, const struct sign_block *b)
{
    bool is_missing = s->view->has_errors_shown && !s->view->has_consented;
    page_add(s->page, (struct widget){ .id = "consent",
                                       .kind = &widget_choice,
                                       .box = { MARGIN, s->y, INNER_W, b->consent_h },
                                       .label = scene_words(s, &s->view->service->consent),
                                       .type = TYPE_SMALL,
                                       .is_selected = s->view->has_consented,
                                       .is_error = is_missing,
                                       .number = { 1 },
                                       .action = scene_action(EV_CONSENT, "", "") });
    flow_gap(s, b->consent_h + SIGN_BLOCK_GAP);
}

static void add_pad(struct scene *s)
{
    const struct ink *ink = s->view->signature;
    bool is_missing = s->view->has_errors_shown && !ink_is_written(ink);
    struct rect pad = { (PAGE_W - PAD_W) / 2, s->y, PAD_W, PAD_H };
    page_add(s->page, (struct widget){ .id = "sign.pad",
                                       .kind = &widget_pad,
                                       .box = pad,
                                       .label = tr("Sign here with your finger"),
                                       .is_error = is_missing,
                                       .ink = ink,
                                       .action = scene_action(EV_INK_MOVE, "", "") });
    if (ink->point_count)
        page_add(s->page, (struct widget){ .id = "sign.clear",
                                           .kind = &widget_button,
                                           .box = { pad.x + PAD_W - 196, pad.y + 16, 180, 84 },
                                           .style = STYLE_QUIET,
                                           .type = TYPE_SMALL_STRONG,
                                           .icon = "refresh",
                                           .label = tr("Again"),
                                           .action = scene_action(EV_INK_CLEAR, "", "") });
}

static void add_sign_block(struct scene *s, const struct sign_block *b)
{
    s->y = b->top;
    page_add(s->page, (struct widget){ .kind = &widget_band,
                                       .box = { 0, s->y, PAGE_W, 2 },
                                       .color = COLOR_LINE });
    flow_gap(s, 20);
    if (b->consent_h)
        add_consent(s, b);
    flow_text(s, TYPE_SMALL, COLOR_TEXT, scene_words(s, &s->view->service->promise), PROMISE_LINES);
    flow_gap(s, 12);
    if (b->pad_h)
        add_pad(s);
}

void screen_review(struct scene *s)
{
    const struct session_view *v = s->view;
    scene_header(s, scene_words(s, &v->service->short_name), EV_BACK);
    scene_steps(s, 2);
    struct sign_block block = measure(s);
    flow_begin(s, block.top);
    add_reveal(s);
    for (size_t i = 0; i < v->service->page_count; i++)
        if (session_page_is_asked(s->session, i))
            add_page(s, i);
    flow_end(s, block.top);
    add_sign_block(s, &block);
    struct button_spec back = { "other", tr("Back"), "arrow_back", EV_BACK, "", "" };
    struct button_spec confirm = { "primary", tr("Confirm and submit"), "check", EV_NEXT, "", "" };
    scene_actions(s, &confirm, &back);
}
