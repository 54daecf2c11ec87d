/* What is wrong with an answer, in words that say what to do about it. */
#include "ui/screen/form.h"

/* How such an answer looks, for one that is too short, too long or of another shape. */
static const char *shape_text(struct scene *s, const struct field *f, int problem)
{
    switch (f->kind) {
    case FIELD_NUMBER:
        return tr("An ID number has 18 characters.");
    case FIELD_PHONE:
        return tr("This is no telephone number. A mobile number has 11 digits.");
    case FIELD_DATE:
        if (problem == ANSWER_E_SHORT)
            return tr("Year, month and day are all needed.");
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
const char *form_problem_text(struct scene *s, const struct field *f, int problem)
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

void form_add_error(struct scene *s, const char *error)
{
    if (!*error)
        return;
    int side = s->theme->types[TYPE_ICON_S].px, x = s->x + side + 16, width = s->w - side - 16;
    page_add(s->page,
             (struct widget){ .kind = &widget_icon,
                              .box = { s->x, s->y + 8, side, scene_line(s, TYPE_SMALL_STRONG) },
                              .icon = "error",
                              .type = TYPE_ICON_S,
                              .color = COLOR_DANGER,
                              .is_in_scroll = s->is_in_scroll });
    int height = text_block_height(s->text, s->theme->types[TYPE_SMALL_STRONG], error, width, 3);
    page_add(s->page, (struct widget){ .kind = &widget_label,
                                       .box = { x, s->y + 8, width, height },
                                       .label = error,
                                       .type = TYPE_SMALL_STRONG,
                                       .color = COLOR_DANGER,
                                       .max_lines = 3,
                                       .is_in_scroll = s->is_in_scroll });
    s->y += 8 + height;
}

/* Nobody guesses that a day is typed as eight digits: it is said before, not after a mistake. */
const char *form_shape_hint(const struct scene *s, const struct field *f)
{
    const struct session_view *v = s->view;
    bool is_typed =
        v->focus >= 0 && f == &v->service->fields[v->focus] && v->spelling->way == WAY_DIGITS;
    return f->kind == FIELD_DATE && is_typed ? tr("Year, month and day: eight digits, as 19560308")
                                             : "";
}
