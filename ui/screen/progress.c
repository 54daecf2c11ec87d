/* How a case is going: type the number of the slip, or see the answer (progress_case.c). */
#include "ui/screen/progress.h"

static bool has_answer(const struct session_view *v)
{
    enum case_where w = v->asked.where;
    return w == CASE_HERE || w == CASE_SENT || w == CASE_COUNTY || w == CASE_NOT_FOUND;
}

/* ---- asking -------------------------------------------------------------------------- */

static void add_trouble(struct scene *s)
{
    flow_gap(s, 20);
    switch (s->view->asked.where) {
    case CASE_BAD_NUMBER:
        flow_notice(s, STYLE_DANGER, "error",
                    tr("One character does not fit. Please compare it with your slip."));
        break;
    case CASE_UNAVAILABLE:
        flow_notice(s, STYLE_WARNING, "warning",
                    tr("This cannot be looked up at the moment. You can also call 12345."));
        break;
    case CASE_ASKING:
        flow_notice(s, STYLE_QUIET, "schedule", tr("Looking it up"))->number[0] = scene_spinner(s);
        break;
    default:
        flow_notice(
            s, STYLE_QUIET, "receipt_long",
            tr("The number stands on your slip, under the heading. It looks like K0012-000042-7."));
    }
}

static void add_entry(struct scene *s)
{
    const struct session_view *v = s->view;
    int bottom = s->is_wide ? scene_bottom(s) : s->sheet.y;
    flow_gap(s, s->is_short ? 16 : 40);
    flow_begin(s, bottom);
    flow_heading(s, s->is_short ? TYPE_STRONG : TYPE_H2, tr("What is the number on your slip?"));
    flow_gap(s, s->is_short ? 12 : 24);
    page_add(s->page, (struct widget){ .id = "field:receipt",
                                       .kind = &widget_field,
                                       .box = { s->x, s->y, s->w, s->theme->field_h },
                                       .label = tr("Number on the slip"),
                                       .value = v->typed,
                                       .is_focused = true,
                                       .is_caret = true,
                                       .is_in_scroll = true,
                                       .is_error = v->asked.where == CASE_BAD_NUMBER });
    s->y += s->theme->field_h;
    add_trouble(s);
    if (s->view->asked.where == CASE_UNASKED) {
        flow_gap(s, 16);
        progress_add_reach(s);
    }
    flow_end(s, bottom);
    keyboard_add_code(s);
    struct button_spec back = { "other", tr("Back"), "arrow_back", EV_BACK, "", "" };
    struct button_spec ask = { "primary", tr("Look it up"), "search", EV_NEXT, "", "" };
    scene_actions(s, &ask, &back);
}

void screen_progress(struct scene *s)
{
    bool is_answered = has_answer(s->view);
    bool is_list = s->view->progress.is_listing;
    if (!is_answered && !is_list)
        scene_expect_sheet(s);
    scene_header(s, s->theme->is_elder ? tr("Is it done yet?") : tr("How is my case going?"),
                 EV_BACK);
    if (is_list)
        progress_add_list(s);
    else if (is_answered)
        progress_add_answer(s);
    else
        add_entry(s);
}
