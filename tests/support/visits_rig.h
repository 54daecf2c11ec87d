/* Real pages of a real visit, for a test that links tests/golden. One to a program. */
#pragma once

#include "board/board.h"
#include "tests/golden/places_inside.h"
#include "tests/golden/variants.h"
#include "tests/support/check.h"

static struct visits visits;

static struct stage *open_stage(const struct named_panel *panel)
{
    struct stage *stage = NULL;
    struct stage_config config = { .fonts = &this_board.fonts,
                                   .theme = &theme_light,
                                   .clock = &visits.clock.base,
                                   .utc_offset_minutes = 480,
                                   .panel = panel->panel };
    CHECK_EQ(stage_new(&stage, &config), 0);
    return stage;
}

static int open_visits(void **state)
{
    (void)state;
    visits_open(&visits, ".");
    return 0;
}

static int close_visits(void **state)
{
    (void)state;
    visits_close(&visits);
    return 0;
}
