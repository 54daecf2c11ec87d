#include "tests/golden/variants.h"

#include <stdio.h>

/* 21.5 inch upright, 24 inch 16:10 upright, 21.5 inch across, 15.4 inch across. */
const struct named_panel panels[] = {
    { "1080x1920", { 1080, 1920, 4.03 } },
    { "1200x1920", { 1200, 1920, 3.70 } },
    { "1920x1080", { 1920, 1080, 4.03 } },
    { "1280x800", { 1280, 800, 3.87 } },
};
const size_t panel_count = sizeof(panels) / sizeof(panels[0]);

struct wishes wishes_at(int i)
{
    return (struct wishes){ .language = i & 1 ? LANGUAGE_EN : LANGUAGE_ZH,
                            .is_contrast = i & 2,
                            .is_elder = i & 4,
                            .is_lowered = i & 8 };
}

const char *wishes_name(char out[48], struct wishes w)
{
    snprintf(out, 48, "%s-%s-%s%s", w.language == LANGUAGE_ZH ? "zh" : "en",
             w.is_contrast ? "contrast" : "light", w.is_elder ? "elder" : "normal",
             w.is_lowered ? "-lowered" : "");
    return out;
}

bool is_possible(const struct named_panel *p, struct wishes w)
{
    return !w.is_lowered || p->panel.height > p->panel.width;
}

bool show_place(struct visits *v, struct stage *stage, const struct place *place, struct wishes w)
{
    visits_begin(v, w);
    place->go(v);
    stage_show_shift(stage, v->shift ? shift_view(v->shift) : NULL);
    stage_forget(stage);
    stage_damage_all(stage);
    (void)stage_update(stage, v->session);
    if (place->wait_ms) {
        fake_clock_advance(&v->clock, place->wait_ms);
        (void)stage_update(stage, v->session);
    }
    return session_view(v->session)->screen == place->screen && !v->is_lost;
}
