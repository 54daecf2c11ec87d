#include "firmware/loop/brief.h"

bool brief_holds(struct brief *b, enum screen screen, int64_t now_ms)
{
    bool is_new = screen != b->screen;
    b->screen = screen;
    if (screen != SCREEN_SUBMITTING)
        b->until_ms = 0;
    else if (is_new)
        b->until_ms = now_ms + BRIEF_MS;
    else if (now_ms >= b->until_ms)
        b->until_ms = 0;
    return b->until_ms != 0;
}

int64_t brief_deadline_ms(const struct brief *b)
{
    return b->until_ms ? b->until_ms : INT64_MAX;
}
