/* The parts of a bundle that was looked up: what each is, who has it, how long it may take, how it ended. */
#include <string.h>

#include "ui/screen/progress.h"

enum { INSET = 32, BESIDE = 16, LINES = 14 };

static int mark_w(const struct scene *s)
{
    return s->theme->types[TYPE_ICON_M].px + BESIDE;
}

static void add_line(struct scene *s, enum type_token type, enum color color, const char *text)
{
    int x = s->x + INSET + mark_w(s), width = s->w - 2 * INSET - mark_w(s);
    int height = text_block_height(s->text, s->theme->types[type], text, width, LINES);
    page_add(s->page, (struct widget){ .kind = &widget_label,
                                       .box = { x, s->y, width, height },
                                       .label = text,
                                       .type = type,
                                       .color = color,
                                       .max_lines = LINES,
                                       .is_in_scroll = s->is_in_scroll });
    flow_gap(s, height);
}

/* A sign and a colour, and the words say the same. */
static void add_mark(struct scene *s, const struct case_part *part)
{
    static const struct {
        const char *icon;
        enum color color;
    } marks[PART_ENDS] = { [PART_OPEN] = { "schedule", COLOR_TEXT_2 },
                           [PART_DONE] = { "check_circle", COLOR_SUCCESS },
                           [PART_FAILED] = { "cancel", COLOR_DANGER } };
    enum case_part_end end = case_part_end(part);
    page_add(s->page, (struct widget){ .kind = &widget_icon,
                                       .box = { s->x + INSET, s->y, mark_w(s) - BESIDE,
                                                scene_line(s, TYPE_STRONG) },
                                       .icon = marks[end].icon,
                                       .type = TYPE_ICON_M,
                                       .color = marks[end].color,
                                       .is_in_scroll = s->is_in_scroll });
}

static void add_part(struct scene *s, const struct case_part *part)
{
    char note[CASE_PART_NOTE], why[CASE_PART_WHY], owed[CASE_PART_NOTE], visit[CASE_VISIT_TEXT];
    bool is_zh = s->view->language == LANGUAGE_ZH, has_failed = case_part_end(part) == PART_FAILED;
    bool is_late = case_part_end(part) == PART_OPEN && part->has_days_left && part->days_left < 0;
    session_case_part_note(s->session, part, !is_zh, note);
    session_case_part_why(s->session, part, !is_zh, why);
    session_case_part_owed(s->session, part, !is_zh, owed);
    session_case_part_visit(s->session, part, !is_zh, visit);
    flow_gap(s, 12);
    add_mark(s, part);
    add_line(s, TYPE_STRONG, COLOR_TEXT,
             page_format(s->page, "%u  %s", part->no, part->name[is_zh ? 0 : 1]));
    add_line(s, TYPE_SMALL, has_failed || is_late ? COLOR_DANGER : COLOR_TEXT_2,
             page_text(s->page, note));
    if (*why)
        add_line(s, has_failed ? TYPE_SMALL : TYPE_STRONG, COLOR_TEXT, page_text(s->page, why));
    if (*visit)
        add_line(s, TYPE_STRONG, COLOR_TEXT, page_text(s->page, visit));
    if (*owed)
        add_line(s, TYPE_STRONG, COLOR_TEXT, page_text(s->page, owed));
    flow_gap(s, 12);
}

void progress_add_parts(struct scene *s)
{
    const struct case_parts *parts = &s->view->asked.timeline.parts;
    bool has_refusal = false;
    if (!parts->count)
        return;
    flow_heading(s, TYPE_H3, tr("Each part"));
    flow_gap(s, 14);
    struct widget *card = flow_card(s);
    for (size_t i = 0; i < parts->count; i++) {
        add_part(s, &parts->list[i]);
        has_refusal |= case_is_refused(parts->list[i].state);
    }
    flow_card_end(s, card);
    flow_gap(s, 24);
    if (has_refusal)
        progress_add_remedy(s);
}

void progress_add_remedy(struct scene *s)
{
    flow_notice(s, STYLE_QUIET, "info", tr(case_remedy));
    flow_gap(s, 24);
}

void progress_parts_words(struct state_words *w, struct scene *s)
{
    const struct case_parts *parts = &s->view->asked.timeline.parts;
    unsigned count[PART_ENDS];
    case_parts_tally(count, parts);
    if (case_parts_are_partial(parts)) {
        w->title = N_("Partly done");
        w->text = page_format(s->page, tr("Done: %u. Not done: %u. Each says why."),
                              count[PART_DONE], count[PART_FAILED]);
        w->icon = "warning";
        w->style = STYLE_WARNING;
    } else if (count[PART_OPEN] && count[PART_DONE]) {
        bool is_asked = w->style != STYLE_SUCCESS; /* what is to be done still stands there */
        const char *done =
            page_format(s->page, tr("Done so far: %u of %zu. The offices go on with the rest."),
                        count[PART_DONE], parts->count);
        w->text = is_asked ? page_format(s->page, "%s %s", tr(w->text), done) : done;
    }
}
