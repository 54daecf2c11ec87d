/* Bundles on the guide, the form, the review and the last page. */
#include "ui/screen/bundle.h"

#include <stdio.h>
#include <string.h>

enum { NAMES_MAX = 3, NUMBER_W = 52, LINES = 14 };

static const char *separator(const struct scene *s)
{
    return s->view->language == LANGUAGE_ZH ? "、" : ", ";
}

static void join(char *out, size_t size, const char *between, const char *part)
{
    size_t used = strlen(out);
    snprintf(out + used, size - used, "%s%s", used ? between : "", part);
}

/* ---- the form ------------------------------------------------------------------------------- */

/* One quiet line: two or three names, or who leads and how many more. */
void bundle_add_needs(struct scene *s, const struct field *f)
{
    const struct service *service = s->view->service;
    const struct department *needed[BUNDLE_DEPARTMENTS_MAX];
    size_t count = service->part_count
                       ? bundle_field_departments(service, f, needed, BUNDLE_DEPARTMENTS_MAX)
                       : 0;
    char names[320] = "";
    if (!count)
        return;
    for (size_t i = 0; i < count && i < (count > NAMES_MAX ? 1 : count); i++)
        join(names, sizeof(names), separator(s), scene_words(s, &needed[i]->name));
    const char *text = page_format(s->page, tr("Needed by: %s"), names);
    if (count > NAMES_MAX)
        text =
            page_format(s->page, tr("Needed by: %s and others, %zu offices in all"), names, count);
    flow_text(s, TYPE_SMALL, COLOR_TEXT_2, text, 4);
    flow_gap(s, 4);
}

/* ---- parts ---------------------------------------------------------------------------------- */

static void add_line(struct scene *s, enum type_token type, enum color color, const char *text,
                     int x, int width)
{
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

/* A number, what it is, and below it office, days and delivery. */
static void add_part(struct scene *s, const struct part_row *row)
{
    char note[PART_NOTE_BYTES], papers[PART_PAPERS_BYTES];
    int column = s->theme->is_elder ? NUMBER_W + 20 : NUMBER_W, x = s->x + 32 + column,
        width = s->x + s->w - 32 - x;
    session_part_note(s->session, &s->view->parts, row, s->view->language, note);
    session_part_papers(s->session, row->part, s->view->language, papers);
    flow_gap(s, 10);
    page_add(s->page,
             (struct widget){ .kind = &widget_label,
                              .box = { s->x + 32, s->y, column, scene_line(s, TYPE_STRONG) },
                              .label = page_format(s->page, "%u", row->no),
                              .type = TYPE_STRONG,
                              .color = COLOR_PRIMARY,
                              .max_lines = 1,
                              .is_in_scroll = s->is_in_scroll });
    add_line(s, TYPE_STRONG, COLOR_TEXT, scene_words(s, &row->part->name), x, width);
    add_line(s, TYPE_SMALL, COLOR_TEXT_2, page_text(s->page, note), x, width);
    if (*papers)
        add_line(s, TYPE_SMALL, COLOR_TEXT, page_text(s->page, papers), x, width);
    if (row->part->when.field && s->view->screen == SCREEN_GUIDE)
        add_line(s, TYPE_SMALL, COLOR_TEXT_2, tr("only if you need it"), x, width);
    flow_gap(s, 10);
}

void bundle_add_parts(struct scene *s, const char *title)
{
    const struct parts_view *parts = &s->view->parts;
    char dropped[640] = "";
    if (!parts->count)
        return;
    flow_heading(s, TYPE_H3, title);
    flow_gap(s, 14);
    struct widget *card = flow_card(s);
    for (size_t i = 0; i < parts->count; i++) {
        if (parts->rows[i].is_wanted)
            add_part(s, &parts->rows[i]);
        else
            join(dropped, sizeof(dropped), separator(s),
                 scene_words(s, &parts->rows[i].part->name));
    }
    flow_card_end(s, card);
    if (*dropped && s->view->screen == SCREEN_REVIEW) {
        flow_gap(s, 12);
        flow_text(s, TYPE_SMALL, COLOR_TEXT_2,
                  page_format(s->page, tr("Not applied for: %s"), dropped), 6);
    }
    flow_gap(s, 28);
}

void bundle_add_guide(struct scene *s)
{
    const struct service *service = s->view->service;
    char covers[1024] = "";
    bundle_add_parts(s, tr("All of this with one form"));
    for (size_t i = 0; i < service->replaces_count; i++)
        join(covers, sizeof(covers), separator(s), scene_words(s, &service->replaces[i]));
    if (!*covers)
        return;
    flow_notice(s, STYLE_SUCCESS, "check",
                page_format(s->page, tr("You no longer fill in: %s"), covers));
    flow_gap(s, 28);
}

/* ---- papers --------------------------------------------------------------------------------- */

static const char *papers_said(struct scene *s, const struct paper_row *row)
{
    if (row->proof == PROOF_CONFIRMED)
        return tr("need not be handed in: you said it is right");
    if (row->proof == PROOF_TO_FETCH)
        return tr("the county will look it up");
    if (row->material->how == MATERIAL_FETCHED && row->proof != PROOF_DISPUTED)
        return tr("looked up for you");
    switch (row->held) {
    case HELD_HERE:
        return tr("you have it with you: hand it in at the window");
    case HELD_LATER:
        return page_format(s->page, tr("follows %s"), papers_due(s, row));
    case HELD_WAIVED:
        return page_format(s->page, tr("not needed, other evidence is accepted: %s"),
                           tr(evidence_label(row->waived->evidence)));
    case HELD_NOT:
        return tr("missing: you bring it to the window");
    default:
        return tr("(empty)");
    }
}

void bundle_add_paper(struct scene *s, const struct paper_row *row)
{
    int x = s->x + 32, width = s->w - 64;
    flow_gap(s, 10);
    add_line(s, TYPE_BODY, COLOR_TEXT, scene_words(s, &row->material->name), x, width);
    add_line(s, TYPE_SMALL, COLOR_TEXT_2, papers_said(s, row), x, width);
    flow_gap(s, 10);
}

void bundle_add_owed(struct scene *s)
{
    const struct checklist_view *papers = &s->view->papers;
    struct widget *card = NULL;
    for (size_t i = 0; i < papers->count; i++) {
        const struct paper_row *row = &papers->rows[i];
        if (row->held == HELD_UNSAID)
            continue;
        if (!card) {
            flow_heading(s, TYPE_H3, tr("Papers to hand in"));
            flow_gap(s, 14);
            card = flow_card(s);
        }
        bundle_add_paper(s, row);
    }
    if (card) {
        flow_card_end(s, card);
        flow_gap(s, 24);
    }
}

/* ---- promises ------------------------------------------------------------------------------- */

/* The sentence of the matter, then one for each paper that follows. */
static const char *promise(struct scene *s, size_t *at)
{
    const struct checklist_view *papers = &s->view->papers;
    char text[GAP_PROMISE_BYTES];
    if (!*at) {
        ++*at;
        return scene_words(s, &s->view->service->promise);
    }
    for (size_t i = *at - 1; i < papers->count; i++) {
        if (papers->rows[i].held != HELD_LATER)
            continue;
        *at = i + 2;
        session_gap_promise(s->session, &papers->rows[i], s->view->language, text);
        return page_text(s->page, text);
    }
    return NULL;
}

enum { PROMISE_GAP = 8, PROMISE_LINES = 12 };

int bundle_promises_height(struct scene *s)
{
    int height = -PROMISE_GAP;
    const char *text;
    for (size_t at = 0; (text = promise(s, &at));)
        height += PROMISE_GAP + text_block_height(s->text, s->theme->types[TYPE_SMALL], text, s->w,
                                                  PROMISE_LINES);
    return height;
}

void bundle_add_promises(struct scene *s)
{
    const char *text;
    for (size_t at = 0; (text = promise(s, &at));) {
        flow_text(s, TYPE_SMALL, COLOR_TEXT, text, PROMISE_LINES);
        flow_gap(s, PROMISE_GAP);
    }
    flow_gap(s, -PROMISE_GAP);
}
