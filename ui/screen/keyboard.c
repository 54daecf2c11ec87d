#include "ui/screen/keyboard.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "firmware/base/text.h"
#include "ui/screen/scene.h"

#define N_(msgid) msgid

/* ---- what it remembers ----------------------------------------------------------------------- */

void keyboard_reset(struct keyboard *k)
{
    explicit_bzero(k, sizeof(*k));
    k->strokes = 3;
}

bool keyboard_handle(struct keyboard *k, const struct action *action)
{
    switch (action->verb) {
    case UI_LETTERS:
        k->keys = KEYS_LETTERS;
        return true;
    case UI_SIGNS:
        k->keys = KEYS_SIGNS;
        return true;
    case UI_SHIFT:
        k->is_shifted = !k->is_shifted;
        return true;
    case UI_CANDIDATES:
        k->is_expanded = !k->is_expanded;
        return true;
    case UI_STROKES:
        *(*k->radical ? &k->rest : &k->strokes) = *action->name - '0';
        k->page = 0;
        return true;
    case UI_RADICAL:
        snprintf(k->radical, sizeof(k->radical), "%s", action->name);
        k->page = k->rest = 0;
        return true;
    case UI_NEXT_PAGE:
        k->page++;
        return true;
    case UI_DECADE:
        (void)text_to_int(&k->decade, action->name);
        return true;
    case UI_PICK_PAGE:
        (void)text_to_int(&k->pick_page, action->name);
        return true;
    default:
        return false;
    }
}

/* ---- the sheet ------------------------------------------------------------------------------- */

static const struct {
    enum sheet_kind kind;
    const char *name, *label;
} ways[WAY_COUNT] = {
    [WAY_PINYIN] = { SHEET_PINYIN, "pinyin", N_("Pinyin") },
    [WAY_HAND] = { SHEET_HAND, "hand", N_("Hand") },
    [WAY_LATIN] = { SHEET_LATIN, "latin", "ABC" },
    [WAY_DATE] = { SHEET_PICK, "date", N_("Pick") },
    [WAY_DIGITS] = { SHEET_DIGITS, "digits", "123" },
    [WAY_RARE] = { SHEET_RARE, "rare", N_("Rare") },
    [WAY_PICTURE] = { SHEET_PICTURE, "picture", N_("Ink") },
};

static struct sheet plain_sheet(const struct scene *s, enum sheet_kind kind)
{
    const struct keyboard *k = &s->around->keyboard;
    return (struct sheet){ .area = scene_keys_area(s),
                           .text = s->text,
                           .theme = s->theme,
                           .kind = kind,
                           .keys = k->keys,
                           .is_shifted = k->is_shifted,
                           .is_expanded = k->is_expanded,
                           .note = "",
                           .strokes = *k->radical ? k->rest : k->strokes,
                           .radical = k->radical,
                           .words = { .clear = tr("Clear"),
                                      .erase = tr("Erase"),
                                      .space = tr("Space"),
                                      .first = tr("Space: take the first"),
                                      .divide = tr("Split '"),
                                      .shift = tr("Capitals"),
                                      .letters = "ABC",
                                      .signs = ",.?",
                                      .picture = tr("Keep as written"),
                                      .undo = tr("Undo stroke"),
                                      .restart = tr("Start again"),
                                      .pad_hint = kind == SHEET_HAND
                                                      ? tr("Write one character here")
                                                      : tr("Write here with your finger"),
                                      .help = tr("Help"),
                                      .more = tr("More characters"),
                                      .less = tr("Fewer characters"),
                                      .other_radical = tr("Other radical"),
                                      .strokes = *k->radical ? tr("Strokes besides the radical")
                                                             : tr("Strokes of the radical"),
                                      .next_page = tr("More") },
                           .verbs = { .type = EV_TYPE,
                                      .erase = EV_ERASE,
                                      .clear = EV_CLEAR,
                                      .letters = UI_LETTERS,
                                      .signs = UI_SIGNS,
                                      .shift = UI_SHIFT,
                                      .way = EV_USE_WAY,
                                      .letter = EV_LETTER,
                                      .pick = EV_PICK,
                                      .more = UI_CANDIDATES,
                                      .undo = EV_INK_UNDO,
                                      .restart = EV_INK_CLEAR,
                                      .draw = EV_INK_MOVE,
                                      .help = EV_OPEN_HELP,
                                      .strokes = UI_STROKES,
                                      .radical = UI_RADICAL,
                                      .next_page = UI_NEXT_PAGE,
                                      .pick_page = UI_PICK_PAGE } };
}

/* The picture is offered on the pad itself; it is a tab only while it is what is open. */
static void add_ways(const struct scene *s, struct sheet *sheet)
{
    unsigned offered = session_ways(s->session);
    enum way_in way = s->view->spelling->way;
    sheet->may_picture = offered & (1u << WAY_PICTURE);
    for (int i = 0; i < WAY_COUNT; i++) {
        bool is_shown = (offered & (1u << i)) && (i != WAY_PICTURE || way == WAY_PICTURE);
        if (!is_shown || sheet->way_count == SHEET_WAYS)
            continue;
        sheet->ways[sheet->way_count++] =
            (struct sheet_way){ ways[i].name, "", tr(ways[i].label), i == (int)way };
    }
}

static const char *note_of(const struct spelling *p)
{
    if (p->way == WAY_HAND)
        return p->ink.point_count ? tr("Not sure what this is. Write on, or start again.")
                                  : tr("What you write is read after every stroke");
    if (p->must_choose)
        return tr("Choose a word, or erase the letters");
    if (p->is_away)
        return tr("Pinyin does not work at the moment. Please write by hand.");
    return *p->letters ? "" : tr("Type the pinyin, then choose");
}

static void add_candidates(const struct scene *s, struct sheet *sheet)
{
    const struct spelling *p = s->view->spelling;
    sheet->ink = p->way == WAY_HAND ? &p->ink : NULL;
    sheet->candidate_count = p->found.count;
    for (size_t i = 0; i < p->found.count; i++)
        sheet->candidates[i] = p->found.list[i].text;
    sheet->note = note_of(p);
    sheet->is_warning = (p->must_choose && !p->found.count) || p->is_away;
}

void keyboard_add(struct scene *s, const char *extra)
{
    const struct session_view *v = s->view;
    struct sheet sheet = plain_sheet(s, ways[v->spelling->way].kind);
    struct sheet_pick pick = { .question = "" };
    add_ways(s, &sheet);
    add_candidates(s, &sheet);
    sheet.extra = extra;
    if (sheet.kind == SHEET_RARE)
        keyboard_add_rare(s, &sheet);
    if (sheet.kind == SHEET_PICK)
        keyboard_add_date(s, &sheet, &pick);
    if (sheet.kind == SHEET_PICTURE && v->screen == SCREEN_ASIDE_TEXT)
        sheet.ink = v->aside.ink;
    else if (sheet.kind == SHEET_PICTURE && v->focus >= 0)
        sheet.ink = session_ink(s->session, &v->service->fields[v->focus]);
    scene_add_sheet(s, &sheet);
}

void keyboard_add_digits(struct scene *s)
{
    struct sheet sheet = plain_sheet(s, SHEET_DIGITS);
    if (s->view->screen == SCREEN_ENROL) /* nobody is here to be helped */
        sheet.verbs.help = 0;
    scene_add_sheet(s, &sheet);
}

void keyboard_add_code(struct scene *s)
{
    struct sheet sheet = plain_sheet(s, SHEET_CODE);
    scene_add_sheet(s, &sheet);
}
