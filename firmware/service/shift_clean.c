/* Cleaning: a cloth on the glass is a hundred touches that nobody means. For a minute they mean nothing; then the menu is there again. */
#include "firmware/service/shift_inside.h"

void shift_begin_cleaning(struct shift *s)
{
    s->clean_until_ms = shift_now(s) + SHIFT_CLEAN_MS;
    s->view.clean_left_ms = SHIFT_CLEAN_MS;
}

void shift_clean_tick(struct shift *s)
{
    if (s->view.page == SHIFT_CLEAN)
        shift_count_down(s, &s->view.clean_left_ms, s->clean_until_ms);
}

enum shift_page shift_cleaned(struct shift *s, const struct shift_cause *c)
{
    (void)c;
    shift_note(s, "clean", "the glass");
    shift_order(s, ORDER_FACTS, 0);
    return SHIFT_MENU;
}
