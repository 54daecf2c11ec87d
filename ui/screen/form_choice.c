/* Questions answered by choosing. */
#include <stdio.h>
#include <string.h>

#include "ui/screen/form.h"

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

enum { OPTION_PAD = 44, LABEL_LINES = 3 };

static int option_height(struct scene *s, const char *label, const char *help, int width)
{
    int room = widget_choice_room(s->theme, width);
    int height = OPTION_PAD +
                 text_block_height(s->text, s->theme->types[TYPE_BODY], label, room, LABEL_LINES) +
                 text_block_height(s->text, s->theme->types[TYPE_SMALL], help, room, LABEL_LINES);
    return height < s->theme->choice_h ? s->theme->choice_h : height;
}

/* Two in a row where the longest fits, else one. */
static int columns_for(struct scene *s, const struct field *f)
{
    int room = widget_choice_room(s->theme, (s->w - s->theme->gutter) / 2);
    for (size_t i = 0; i < f->choice_count; i++) {
        const struct choice *c = &f->choices[i];
        if (*scene_words(s, &c->help) ||
            text_width(s->text, s->theme->types[TYPE_BODY], scene_words(s, &c->label)) > room)
            return 1;
    }
    return s->theme->is_elder ? 1 : 2;
}

static void add_options(struct scene *s, const struct field *f, bool is_error)
{
    int columns = columns_for(s, f), gutter = s->theme->gutter, gap = s->theme->gap,
        width = (s->w - (columns - 1) * gutter) / columns, row_h = 0;
    for (size_t i = 0; i < f->choice_count; i++) {
        const struct choice *c = &f->choices[i];
        const char *label = scene_words(s, &c->label), *help = scene_words(s, &c->help);
        int height = option_height(s, label, help, width), column = (int)i % columns;
        struct widget w = option(s, f, c->value, label, help, is_error);
        w.box = (struct rect){ s->x + column * (width + gutter), s->y, width, height };
        page_add(s->page, w);
        row_h = height > row_h ? height : row_h;
        if (column == columns - 1 || i + 1 == f->choice_count) {
            s->y += row_h + gap;
            row_h = 0;
        }
    }
    s->y -= gap;
}

static void add_yes_no(struct scene *s, const struct field *f, bool is_error)
{
    int gutter = s->theme->gutter, width = (s->w - gutter) / 2, height = s->theme->choice_h;
    struct widget yes = option(s, f, "yes", tr("Yes"), "", is_error),
                  no = option(s, f, "no", tr("No"), "", is_error);
    yes.box = (struct rect){ s->x, s->y, width, height };
    no.box = (struct rect){ s->x + width + gutter, s->y, width, height };
    page_add(s->page, yes);
    page_add(s->page, no);
    s->y += height;
}

void form_add_choices(struct scene *s, const struct field *f, bool is_error)
{
    if (f->kind == FIELD_YES_NO)
        add_yes_no(s, f, is_error);
    else
        add_options(s, f, is_error);
}

void form_add_same_as(struct scene *s, const struct field *f)
{
    const struct service *service = s->view->service;
    const struct field *other = NULL;
    for (size_t i = 0; f->same_as && i < service->field_count; i++)
        if (!strcmp(service->fields[i].name, f->same_as))
            other = &service->fields[i];
    if (!other || !*session_answer(s->session, other))
        return;
    const char *label = page_format(s->page, tr("The same as: %s"), scene_words(s, &other->label));
    int width = text_width(s->text, s->theme->types[TYPE_BODY], label) + 64,
        height = s->theme->target + 7;
    if (width > s->w) {
        width = s->w;
        height = 2 * scene_line(s, TYPE_BODY) + 24;
    }
    struct widget w = { .kind = &widget_button,
                        .box = { s->x, s->y + 14, width, height },
                        .style = STYLE_QUIET,
                        .type = TYPE_BODY,
                        .label = label,
                        .is_in_scroll = s->is_in_scroll,
                        .action = { EV_CHOOSE, f->name, f->same_as } };
    snprintf(w.id, sizeof(w.id), "choice:%s:%s", f->name, f->same_as);
    page_add(s->page, w);
    s->y += 14 + height;
}
