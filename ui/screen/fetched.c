/* One card: the county is asked what it holds, and the resident says of each certificate whether it is right. */
#include <stdio.h>
#include <string.h>

#include "ui/screen/scene.h"

enum { OPTION_PAD = 44, OPTION_LINES = 4, LEAST_FOR_TWO = 640, MESSAGE_BELOW = 100 };

/* ---- asking -------------------------------------------------------------------------- */

void screen_fetching(struct scene *s)
{
    int bottom = scene_actions_top(s);
    scene_header(s, scene_words(s, &s->view->service->short_name), EV_BACK);
    scene_message_between(s, bottom, MESSAGE_BELOW, STYLE_QUIET, "search",
                          tr("Looking up your papers"),
                          tr("What the offices hold already, you need not bring. This takes a few "
                             "seconds at most. Only the papers of this matter are asked for."));
    flow_spinner(s);
    struct button_spec on = { "primary", tr("Go on without waiting"), "arrow_forward", EV_NEXT, "",
                              "" };
    struct button_spec back = { "other", tr("Back"), "arrow_back", EV_BACK, "", "" };
    scene_actions(s, &on, &back);
}

/* ---- what a certificate says --------------------------------------------------------- */

static const struct material *paper_of(const struct scene *s, const struct certificate *c)
{
    const struct service *service = s->view->service;
    for (size_t i = 0; i < service->material_count; i++)
        if (!strcmp(service->materials[i].id, c->paper))
            return &service->materials[i];
    return NULL;
}

/* The question that the value answers; NULL: the form does not ask it. */
static const struct field *field_of(const struct scene *s, const struct material *m,
                                    const struct certificate_value *v)
{
    const struct service *service = s->view->service;
    for (size_t i = 0; i < m->fill_count; i++)
        for (size_t n = 0; n < service->field_count; n++)
            if (!strcmp(m->fills[i].value, v->name) &&
                !strcmp(m->fills[i].field, service->fields[n].name))
                return &service->fields[n];
    return NULL;
}

static void add_value(struct scene *s, const struct material *m, const struct certificate_value *v)
{
    const struct field *f = field_of(s, m, v);
    struct field plain = { .kind = FIELD_TEXT, .mask = v->mask };
    char text[ANSWER_BYTES];
    answer_show_masked(text, f ? f : &plain, v->value, s->view->language);
    flow_fact(s, f ? scene_words(s, &f->label) : page_text(s->page, v->label[s->view->language]),
              page_text(s->page, text), false);
    explicit_bzero(text, sizeof(text));
}

static const char *validity(struct scene *s, const struct certificate *c)
{
    static const struct field date = { .kind = FIELD_DATE };
    char from[ANSWER_BYTES], to[ANSWER_BYTES];
    answer_show(from, &date, c->issued, s->view->language);
    answer_show(to, &date, c->until, s->view->language);
    return *to ? page_format(s->page, tr("%s, valid until %s"), from, to)
               : page_text(s->page, from);
}

static void add_facts(struct scene *s, const struct material *m, const struct certificate *c)
{
    static const struct field number = { .kind = FIELD_TEXT, .mask = MASK_OTHER };
    char id[ANSWER_BYTES];
    struct widget *card = flow_card(s);
    flow_fact(s, tr("Issued by"), page_text(s->page, c->office[s->view->language]), false);
    flow_fact(s, tr("Issued on"), validity(s, c), false);
    for (size_t i = 0; i < c->value_count; i++)
        add_value(s, m, &c->values[i]);
    answer_show_masked(id, &number, c->id, s->view->language);
    flow_fact(s, tr("Its number"), page_text(s->page, id), true);
    flow_card_end(s, card);
    explicit_bzero(id, sizeof(id));
    flow_gap(s, s->theme->gap);
}

/* ---- right, or not ------------------------------------------------------------------- */

struct option {
    const char *word, *label, *help;
    bool is_chosen;
};

static int option_height(struct scene *s, const struct option *o, int width)
{
    int room = widget_choice_room(s->theme, width);
    int height =
        OPTION_PAD +
        text_block_height(s->text, s->theme->types[TYPE_BODY], o->label, room, OPTION_LINES) +
        text_block_height(s->text, s->theme->types[TYPE_SMALL], o->help, room, OPTION_LINES);
    return height < s->theme->choice_h ? s->theme->choice_h : height;
}

static void add_option(struct scene *s, const struct certificate *c, const struct option *o,
                       bool is_error, struct rect box)
{
    struct widget w = { .kind = &widget_choice,
                        .box = box,
                        .label = o->label,
                        .detail = o->help,
                        .is_selected = o->is_chosen,
                        .is_error = is_error,
                        .is_in_scroll = s->is_in_scroll,
                        .action = { EV_SAY_CERTIFICATE, page_text(s->page, c->paper), o->word } };
    snprintf(w.id, sizeof(w.id), "proof:%s:%s", c->paper, o->word);
    page_add(s->page, w);
}

static void add_two(struct scene *s, const struct certificate *c, const struct option two[2],
                    bool is_error)
{
    bool is_stacked = s->theme->is_elder || s->w < LEAST_FOR_TWO;
    int gutter = s->theme->gutter, width = is_stacked ? s->w : (s->w - gutter) / 2;
    int heights[2] = { option_height(s, &two[0], width), option_height(s, &two[1], width) };
    int most = heights[0] > heights[1] ? heights[0] : heights[1];
    if (!is_stacked)
        heights[0] = heights[1] = most;
    add_option(s, c, &two[0], is_error, (struct rect){ s->x, s->y, width, heights[0] });
    if (is_stacked)
        s->y += heights[0] + s->theme->gap;
    add_option(s, c, &two[1], is_error,
               (struct rect){ is_stacked ? s->x : s->x + width + gutter, s->y, width, heights[1] });
    s->y += heights[1] + s->theme->gap;
}

/* Nobody has to say why. */
static void add_reasons(struct scene *s, const struct certificate *c, enum dispute reason)
{
    const struct option options[] = {
        { "old", tr("It is out of date"), "", reason == DISPUTE_OLD },
        { "value", tr("Something in it is wrong"), "", reason == DISPUTE_VALUE },
        { "other", tr("It is not mine"), "", reason == DISPUTE_NOT_MINE },
    };
    flow_notice(s, STYLE_WARNING, "edit",
                tr("Your own paper counts. You fill in the form yourself, and you are asked for "
                   "the paper later."));
    flow_gap(s, 16);
    flow_text(s, TYPE_SMALL, COLOR_TEXT_2, tr("What is wrong with it? You need not say."), 3);
    flow_gap(s, 12);
    for (size_t i = 0; i < sizeof(options) / sizeof(options[0]); i++) {
        int height = option_height(s, &options[i], s->w);
        add_option(s, c, &options[i], false, (struct rect){ s->x, s->y, s->w, height });
        flow_gap(s, height + s->theme->gap);
    }
}

static void add_word(struct scene *s, const struct certificate *c, enum certificate_word said,
                     enum dispute reason)
{
    bool is_error = s->view->has_errors_shown && said == CERTIFICATE_UNSAID;
    const struct option two[2] = {
        { "right", tr("This is right"), tr("Then you need not hand in the paper"),
          said == CERTIFICATE_RIGHT },
        { "wrong", tr("This is not right"), tr("Then your own paper counts"),
          said == CERTIFICATE_WRONG },
    };
    add_two(s, c, two, is_error);
    if (is_error)
        flow_text(s, TYPE_SMALL_STRONG, COLOR_DANGER, tr("Please choose one of the two."), 3);
    if (said == CERTIFICATE_WRONG)
        add_reasons(s, c, reason);
}

/* What it says and what one says to it: one below the other, side by side where the panel is wide. */
static void add_certificate(struct scene *s, size_t i)
{
    const struct fetched *f = s->view->fetched;
    const struct certificate *c = &f->found.list[i];
    const struct material *m = paper_of(s, c);
    struct halves h = scene_halves(s, 50);
    int top = s->y;
    if (!m)
        return;
    if (s->is_wide)
        scene_use(s, h.left);
    flow_heading(s, f->is_single ? TYPE_H2 : TYPE_H3, scene_words(s, &m->name));
    flow_gap(s, 14);
    int words = s->y;
    add_facts(s, m, c);
    int left = s->y;
    if (s->is_wide) {
        scene_use(s, h.right);
        s->y = words > top ? words : top;
    }
    add_word(s, c, (enum certificate_word)f->said[i], (enum dispute)f->reason[i]);
    s->y = s->y > left || !s->is_wide ? s->y : left;
    flow_gap(s, 28);
}

/* ---- what was not found at once ------------------------------------------------------ */

static bool is_found(const struct scene *s, const struct material *m)
{
    const struct certificates *found = &s->view->fetched->found;
    for (size_t i = 0; i < found->count; i++)
        if (!strcmp(found->list[i].paper, m->id))
            return true;
    return false;
}

static void add_others(struct scene *s)
{
    const struct service *service = s->view->service;
    struct widget *card = NULL;
    for (size_t i = 0; i < service->material_count; i++) {
        const struct material *m = &service->materials[i];
        if (!m->is_live || is_found(s, m))
            continue;
        if (!card) {
            flow_heading(s, TYPE_H3, tr("Not found at once: the county looks further"));
            flow_gap(s, 14);
            card = flow_card(s);
        }
        flow_material(s, m, STYLE_QUIET, "schedule");
    }
    if (card)
        flow_card_end(s, card);
}

void screen_fetched(struct scene *s)
{
    const struct fetched *f = s->view->fetched;
    int bottom = scene_actions_top(s);
    scene_header(s, scene_words(s, &s->view->service->short_name), EV_BACK);
    scene_steps(s, 1);
    struct rect whole = { s->x, 0, s->w, 0 };
    if (s->is_wide)
        whole = (struct rect){ scene_halves(s, 50).left.x, 0, s->room.w - 2 * s->theme->margin, 0 };
    scene_use(s, whole);
    flow_begin(s, bottom);
    flow_heading(s, f->is_single ? TYPE_BODY : TYPE_H2,
                 f->is_single ? tr("Is this right?")
                              : tr("The offices hold this about you. Is it right?"));
    flow_gap(s, f->is_single ? 12 : 24);
    for (size_t i = 0; i < f->found.count; i++)
        if (!f->is_single || f->at == i)
            add_certificate(s, i);
    scene_use(s, whole);
    if (!f->is_single)
        add_others(s);
    scene_column(s);
    flow_end(s, bottom);
    struct button_spec back = { "other", tr("Back"), "arrow_back", EV_BACK, "", "" };
    struct button_spec next = { "primary", tr("Next"), "arrow_forward", EV_NEXT, "", "" };
    scene_actions(s, &next, &back);
}
