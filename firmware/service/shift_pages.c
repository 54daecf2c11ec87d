/* The pages of a shift: their words, and who may open them. */
#include "firmware/service/shift.h"

static const struct {
    const char *word;
    enum staff_action action;
} pages[SHIFT_PAGES] = {
    [SHIFT_AWAY] = { "away", ACTION_END },
    [SHIFT_REFUSED] = { "refused", ACTION_END },
    [SHIFT_PIN] = { "pin", ACTION_END },
    [SHIFT_CHECKING] = { "checking", ACTION_END },
    [SHIFT_MENU] = { "menu", ACTION_END },
    [SHIFT_READINESS] = { "readiness", ACTION_READINESS },
    [SHIFT_PAPER] = { "paper", ACTION_PAPER },
    [SHIFT_CLEAN] = { "clean", ACTION_CLEAN },
    [SHIFT_SETTLE] = { "settle", ACTION_SETTLE },
    [SHIFT_CARRY] = { "carry", ACTION_CARRY },
    [SHIFT_HANDOVER] = { "handover", ACTION_HANDOVER },
    [SHIFT_PRACTICE] = { "practice", ACTION_PRACTICE },
    [SHIFT_DEVICES] = { "devices", ACTION_DEVICES },
    [SHIFT_READER] = { "reader", ACTION_DEVICES },
    [SHIFT_PRINTER] = { "printer", ACTION_DEVICES },
    [SHIFT_KEYPAD] = { "keypad", ACTION_DEVICES },
    [SHIFT_SCANNER] = { "scanner", ACTION_DEVICES },
    [SHIFT_SOUND] = { "sound", ACTION_DEVICES },
    [SHIFT_TOUCH] = { "touch", ACTION_DEVICES },
    [SHIFT_CALIBRATE] = { "calibrate", ACTION_CALIBRATE },
    [SHIFT_COUNTERS] = { "counters", ACTION_COUNTERS },
    [SHIFT_FIGURES] = { "figures", ACTION_FIGURES },
    [SHIFT_QUEUE] = { "queue", ACTION_QUEUE },
    [SHIFT_NETWORK] = { "network", ACTION_NETWORK },
    [SHIFT_JOIN] = { "join", ACTION_JOIN },
    [SHIFT_WIRED] = { "wired", ACTION_NETWORK },
    [SHIFT_UPDATE] = { "update", ACTION_UPDATE },
    [SHIFT_LOGS] = { "logs", ACTION_LOGS },
    [SHIFT_PULLED] = { "pulled", ACTION_END },
};

const char *shift_page_word(enum shift_page page)
{
    return (size_t)page < SHIFT_PAGES ? pages[page].word : "";
}

enum staff_action shift_page_action(enum shift_page page)
{
    return (size_t)page < SHIFT_PAGES ? pages[page].action : ACTION_END;
}

enum shift_page shift_page_parent(enum shift_page page)
{
    if (page >= SHIFT_READER && page <= SHIFT_CALIBRATE)
        return SHIFT_DEVICES;
    return page == SHIFT_WIRED ? SHIFT_NETWORK : SHIFT_MENU;
}
