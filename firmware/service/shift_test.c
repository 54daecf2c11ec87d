/* Device tests of a shift: what is shown is that a device works, never what it saw. */
#include <stdlib.h>

#include "firmware/service/shift_inside.h"

enum { KEYS = 10 };

enum shift_page shift_test_card(struct shift *s, const struct shift_cause *c)
{
    enum shift_card card = (enum shift_card)c->number;
    bool is_result = card == SHIFT_CARD_READ || card == SHIFT_CARD_TROUBLE;
    bool had_result = s->view.card == SHIFT_CARD_READ || s->view.card == SHIFT_CARD_TROUBLE;
    /* How it ended stays until the next card. */
    if (card != SHIFT_CARD_NONE || !had_result)
        s->view.card = card;
    if (is_result)
        s->view.tried[READY_READER] = card == SHIFT_CARD_READ ? TRIED_WELL : TRIED_BAD;
    if (is_result)
        shift_note(s, "devices", "reader %s", card == SHIFT_CARD_READ ? "read" : "trouble");
    return SHIFT_READER;
}

enum shift_page shift_test_key(struct shift *s, const struct shift_cause *c)
{
    unsigned before = s->view.keys, all = (1u << KEYS) - 1;
    if (c->number >= 0 && c->number < KEYS)
        s->view.keys |= 1u << c->number;
    if (s->view.keys == all)
        s->view.tried[READY_KEYPAD] = TRIED_WELL;
    if (s->view.keys == all && before != all)
        shift_note(s, "devices", "keypad all keys");
    return SHIFT_KEYPAD;
}

enum shift_page shift_test_scan(struct shift *s, const struct shift_cause *c)
{
    s->view.scans++;
    s->view.tried[READY_SCANNER] = TRIED_WELL;
    s->view.scan_length = (int)c->number;
    shift_note(s, "devices", "scanner read");
    return SHIFT_SCANNER;
}

enum shift_page shift_test_touch(struct shift *s, const struct shift_cause *c)
{
    unsigned before = s->view.cells, all = (1u << SHIFT_CELLS) - 1;
    long cell = strtol(c->value, NULL, 10);
    if (cell >= 0 && cell < SHIFT_CELLS)
        s->view.cells |= 1u << cell;
    if (s->view.cells == all)
        s->view.tried[READY_SCREEN] = TRIED_WELL;
    if (s->view.cells == all && before != all)
        shift_note(s, "devices", "touch all cells");
    return SHIFT_TOUCH;
}

enum shift_page shift_test_print(struct shift *s, const struct shift_cause *c)
{
    (void)c;
    if (s->view.slip == STEP_NOW)
        return SHIFT_PRINTER;
    s->view.slip = STEP_NOW;
    shift_note(s, "devices", "printer test page");
    s->ports->print(s->context, SHIFT_PAPER_TEST, "");
    return SHIFT_PRINTER;
}

enum shift_page shift_test_sound(struct shift *s, const struct shift_cause *c)
{
    (void)c;
    s->view.is_spoken = true;
    shift_note(s, "devices", "sound");
    s->ports->speak(s->context);
    return SHIFT_SOUND;
}

enum shift_page shift_test_said(struct shift *s, const struct shift_cause *c)
{
    bool is_good = c->event == SHIFT_CAME_OUT, is_sound = s->view.page == SHIFT_SOUND;
    enum ready_id id = is_sound ? READY_SOUND : READY_PRINTER;
    if (is_sound ? s->view.is_spoken : s->view.slip >= STEP_WELL) {
        s->view.tried[id] = is_good ? TRIED_WELL : TRIED_BAD;
        shift_note(s, "devices", "%s %s", ready_id_word(id), is_good ? "good" : "bad");
    }
    return s->view.page;
}

enum shift_page shift_printed(struct shift *s, const struct shift_cause *c)
{
    if (s->view.slip != STEP_OFF)
        s->view.slip = (enum shift_step)c->number;
    /* What the printer proves need not be asked; what it cannot prove is. */
    bool is_test = s->view.page == SHIFT_PRINTER || s->view.tried[READY_PRINTER] != TRIED_BAD;
    if (is_test && (c->number == STEP_WELL || c->number == STEP_FAILED))
        s->view.tried[READY_PRINTER] = c->number == STEP_WELL ? TRIED_WELL : TRIED_BAD;
    return s->view.page;
}
