/* Which papers are here and which follow, and what to do when one is missing. */
#include <stdio.h>
#include <string.h>

#include "ui/screen/bundle.h"
#include "ui/screen/paper.h"
#include "ui/screen/scene.h"

enum { OPTION_PAD = 44, OPTION_LINES = 4, LEAST_FOR_TWO = 640 };

const char *papers_due(struct scene *s, const struct paper_row *row)
{
    static const struct field date = { .kind = FIELD_DATE };
    char day[ANSWER_BYTES];
    if (!*row->due)
        return page_format(s->page, tr("within %d working days"), row->material->late_days);
    answer_show(day, &date, row->due, s->view->language);
    return page_format(s->page,
                       row->is_provisional ? tr("by %s, or later by any public holidays")
                                           : tr("by %s at the latest"),
                       day);
}

/* ---- one paper ------------------------------------------------------------------------------ */

struct option {
    const char *word;
    enum held held;
    const char *label, *help;
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

static void add_option(struct scene *s, const struct paper_row *row, const struct option *o,
                       struct rect box)
{
    struct widget w = { .kind = &widget_choice,
                        .box = box,
                        .label = o->label,
                        .detail = o->help,
                        .is_selected = row->held == o->held,
                        .is_error = s->view->has_errors_shown && row->held == HELD_UNSAID,
                        .is_in_scroll = s->is_in_scroll,
                        .action = { EV_ANSWER_PAPER, row->material->id, o->word } };
    snprintf(w.id, sizeof(w.id), "paper:%s:%s", row->material->id, o->word);
    page_add(s->page, w);
}

/* Side by side, so that all papers of a matter are seen at once; large letters take a line each. */
static void add_options(struct scene *s, const struct paper_row *row, const struct option two[2])
{
    bool is_stacked = s->theme->is_elder || s->w < LEAST_FOR_TWO;
    int gutter = s->theme->gutter, width = is_stacked ? s->w : (s->w - gutter) / 2;
    int heights[2] = { option_height(s, &two[0], width), option_height(s, &two[1], width) };
    int most = heights[0] > heights[1] ? heights[0] : heights[1];
    if (!is_stacked)
        heights[0] = heights[1] = most;
    add_option(s, row, &two[0], (struct rect){ s->x, s->y, width, heights[0] });
    if (is_stacked)
        s->y += heights[0] + s->theme->gap;
    add_option(s, row, &two[1],
               (struct rect){ is_stacked ? s->x : s->x + width + gutter, s->y, width, heights[1] });
    s->y += heights[1] + s->theme->gap;
}

/* What is signed at the end, as soon as it is chosen. */
static void add_promise(struct scene *s, const struct paper_row *row)
{
    char promise[GAP_PROMISE_BYTES];
    if (row->held != HELD_LATER)
        return;
    session_gap_promise(s->session, row, s->view->language, promise);
    flow_notice(s, STYLE_WARNING, "edit",
                page_format(s->page, "%s %s", tr("You sign this at the end:"), promise));
    flow_gap(s, s->theme->gap);
}

/* What a clerk accepted in its place, or the way to ask for it (SS-72). */
static void add_evidence(struct scene *s, const struct paper_row *row)
{
    if (row->waived) {
        flow_notice(s, STYLE_SUCCESS, "check",
                    page_format(s->page, tr("Not needed. A clerk accepted instead: %s"),
                                tr(evidence_label(row->waived->evidence))));
        flow_gap(s, s->theme->gap);
    }
    if (!row->can_be_waived)
        return;
    struct widget way = { .icon = "badge",
                          .label = tr("Something else proves the same"),
                          .detail =
                              page_format(s->page, tr("A clerk here may accept it in place of: %s"),
                                          scene_words(s, &row->material->name)),
                          .value = "",
                          .action = scene_action(EV_OPEN_WAIVE, row->material->id, "") };
    snprintf(way.id, sizeof(way.id), "waive:%s", row->material->id);
    flow_row(s, way);
    flow_gap(s, s->theme->gap);
}

static void add_question(struct scene *s, const struct paper_row *row)
{
    bool is_single = s->view->papers.only >= 0;
    const struct words *window = &catalogue_point(s->view->catalogue)->window;
    flow_heading(s, is_single ? TYPE_H2 : TYPE_H3, scene_words(s, &row->material->name));
    flow_gap(s, is_single ? 24 : 14);
    char parts[PART_PAPERS_BYTES] = "";
    if (s->view->parts.count)
        session_paper_parts(s->session, &s->view->parts, row->material, s->view->language, parts);
    if (*parts) {
        flow_text(s, TYPE_SMALL, COLOR_TEXT_2, page_text(s->page, parts), 3);
        flow_gap(s, 14);
    }
    if (row->proof == PROOF_DISPUTED) {
        flow_text(s, TYPE_SMALL, COLOR_TEXT_2,
                  tr("You said that what the offices hold is not right. Yours counts."), 3);
        flow_gap(s, 14);
    }
    struct option two[2] = {
        { "here", HELD_HERE, tr("I have it with me"),
          page_format(s->page, tr("Hand it in here: %s"), scene_words(s, window)) },
        { "not", HELD_NOT, tr("I do not have it today"), tr("You are told what to do") }
    };
    if (row->material->how == MATERIAL_LATER)
        two[1] = (struct option){ "later", HELD_LATER, tr("I bring it later"), papers_due(s, row) };
    add_options(s, row, two);
    if (s->view->has_errors_shown && row->held == HELD_UNSAID)
        flow_text(s, TYPE_SMALL_STRONG, COLOR_DANGER, tr("Please choose one of the two."), 3);
    add_promise(s, row);
    add_evidence(s, row);
    flow_gap(s, 28);
}

static bool is_looked_up(const struct paper_row *row)
{
    return row->material->how == MATERIAL_FETCHED && row->proof != PROOF_DISPUTED;
}

static void add_looked_up(struct scene *s)
{
    const struct checklist_view *papers = &s->view->papers;
    struct widget *card = NULL;
    for (size_t i = 0; i < papers->count; i++) {
        const struct paper_row *row = &papers->rows[i];
        bool is_open = row->proof == PROOF_TO_FETCH;
        if (!is_looked_up(row))
            continue;
        if (!card) {
            flow_heading(s, TYPE_H3, tr("Not needed from you: looked up for you"));
            flow_gap(s, 14);
            card = flow_card(s);
        }
        flow_material(s, row->material, is_open ? STYLE_QUIET : STYLE_SUCCESS,
                      is_open ? "schedule" : "check");
    }
    if (card)
        flow_card_end(s, card);
}

void screen_papers(struct scene *s)
{
    const struct checklist_view *papers = &s->view->papers;
    bool is_single = papers->only >= 0;
    int bottom = scene_actions_top(s);
    scene_header(s, scene_words(s, &s->view->service->short_name), EV_BACK);
    scene_steps(s, 1);
    flow_begin(s, bottom);
    flow_heading(s, is_single ? TYPE_BODY : TYPE_H2,
                 is_single ? tr("Do you have this paper with you?")
                           : tr("Which papers do you have with you?"));
    flow_gap(s, is_single ? 12 : 24);
    for (size_t i = 0; i < papers->count; i++) {
        bool is_shown = is_single ? (int)i == papers->only : !is_looked_up(&papers->rows[i]);
        if (is_shown)
            add_question(s, &papers->rows[i]);
    }
    if (!is_single)
        add_looked_up(s);
    flow_end(s, bottom);
    struct button_spec back = { "other", tr("Back"), "arrow_back", EV_BACK, "", "" };
    bool is_end = papers->is_last && !papers->missing_count;
    struct button_spec next = {
        "primary", is_end ? tr("Check and sign") : tr("Next"), "arrow_forward", EV_NEXT, "", ""
    };
    scene_actions(s, &next, &back);
}

/* ---- what is missing ------------------------------------------------------------------------ */

static void add_slip(struct scene *s)
{
    const struct checklist_view *papers = &s->view->papers;
    struct paper_words words = {
        .printing = tr("The list is being printed for you"),
        .done = tr("The list is printed: please take it"),
        .failed = tr("The list cannot be printed now: please note it down or photograph it."),
    };
    paper_add_state(s, &words, (enum paper_state)papers->slip, papers->can_print_again);
}

static void add_missing(struct scene *s)
{
    const struct checklist_view *papers = &s->view->papers;
    struct widget *card = flow_card(s);
    for (size_t i = 0; i < papers->count; i++)
        if (papers->rows[i].held == HELD_NOT)
            flow_material(s, papers->rows[i].material, STYLE_WARNING, "description");
    flow_card_end(s, card);
    flow_gap(s, 24);
}

static void add_ways(struct scene *s)
{
    const struct point *point = catalogue_point(s->view->catalogue);
    const struct {
        const char *id, *icon, *label, *detail;
        int verb;
    } ways[] = {
        { "way:window", "badge", tr("I hand it in at the window"),
          page_format(s->page, tr("%s. Your application goes in today; go on and sign."),
                      scene_words(s, &point->window)),
          EV_HAND_IN },
        { "way:later", "schedule", tr("I come back with it"),
          tr("Nothing is submitted today, and what you filled in is wiped. This ends your visit."),
          EV_END },
        { "way:help", "support_agent", tr("Somebody should help me"),
          tr("A clerk or a village agent helps free of charge"), EV_OPEN_HELP },
    };
    flow_heading(s, TYPE_H3, tr("How do you want to go on?"));
    flow_gap(s, 14);
    for (size_t i = 0; i < sizeof(ways) / sizeof(ways[0]); i++) {
        struct widget row = { .icon = ways[i].icon,
                              .label = ways[i].label,
                              .detail = ways[i].detail,
                              .value = "",
                              .action = scene_action(ways[i].verb, "", "") };
        snprintf(row.id, sizeof(row.id), "%s", ways[i].id);
        flow_row(s, row);
        flow_gap(s, s->theme->gutter);
    }
}

void screen_notice(struct scene *s)
{
    int bottom = scene_actions_top(s);
    scene_header(s, scene_words(s, &s->view->service->short_name), EV_BACK);
    scene_steps(s, 1);
    flow_begin(s, bottom);
    flow_heading(s, TYPE_H2, tr("This is still missing"));
    flow_gap(s, 12);
    flow_text(s, TYPE_BODY, COLOR_TEXT_2,
              tr("This is the whole list. Nothing else will be asked for later."), 6);
    flow_gap(s, 20);
    add_missing(s);
    add_slip(s);
    add_ways(s);
    flow_end(s, bottom);
    struct button_spec back = { "other", tr("Back"), "arrow_back", EV_BACK, "", "" };
    scene_actions(s, NULL, &back);
}
