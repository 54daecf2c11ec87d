/* The panels and wishes that every screen is shown in. */
#pragma once

#include "tests/golden/visits.h"
#include "ui/screen/stage.h"

struct named_panel {
    const char *name;
    struct panel panel;
};
extern const struct named_panel panels[];
extern const size_t panel_count;

enum { WISHES = 16 };
/* The i-th of them, and its name: "zh-light-normal", "en-contrast-elder-lowered". */
struct wishes wishes_at(int i);
const char *wishes_name(char out[48], struct wishes w);
/* A page can only be lowered on an upright panel. */
bool is_possible(const struct named_panel *p, struct wishes w);

/* One place on one panel as one wants it: begins a visit, walks there and shows it. Returns false
 * when the walk ended on another screen. */
bool show_place(struct visits *v, struct stage *stage, const struct place *place, struct wishes w);
