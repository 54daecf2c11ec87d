/* What several kinds draw alike. Inside ui/widget only. */
#pragma once

#include <string.h>

#include "ui/text/icon.h"
#include "ui/widget/widget.h"

static inline uint32_t paint_color(const struct look *l, enum color c)
{
    return l->theme->colors[c];
}

static inline struct type paint_type(const struct look *l, enum type_token t)
{
    return l->theme->types[t];
}

/* Surface with a soft shadow below, or an outline where the theme wants one: anything that can be
 * touched on the page background. */
void paint_card(const struct look *l, struct rect box, int radius, enum color fill);
/* Ring around what has the focus: 4 px of COLOR_FOCUS outside a thin dark line. */
void paint_focus(const struct look *l, struct rect box, int radius);
/* Dashes along the edge: what cannot be touched now, where fills do not differ. */
void paint_dashes(const struct look *l, struct rect box, enum color color);
/* One line of text in a box. */
void paint_line(const struct look *l, enum type_token type, const char *text, struct rect box,
                enum align align, enum color color);
/* Wrapped text from the top of the box. Returns the height used. */
int paint_block(const struct look *l, enum type_token type, const char *text, struct rect box,
                size_t max_lines, enum align align, enum color color);
/* Wrapped text, vertically centred in the box, at most max_lines. */
void paint_centered(const struct look *l, enum type_token type, const char *text, struct rect box,
                    size_t max_lines, enum align align, enum color color);
void paint_icon(const struct look *l, enum type_token type, const char *icon, struct rect box,
                enum color color);
/* Icon and words side by side as one centred group. */
void paint_icon_and_label(const struct look *l, enum type_token icon_type, enum type_token type,
                          const char *icon, const char *label, struct rect box, enum color color);

/* Fill, text and strong colour of a soft style. */
struct soft {
    enum color fill, text, strong;
};
struct soft paint_soft(enum widget_style style);
/* A soft strip; outlined in its strong colour where fills do not differ. */
void paint_strip(const struct look *l, struct rect box, int radius, struct soft soft);

/* Twelve dots in a ring, one of them the strongest: something is being done. `phase` 1 to 12. */
void paint_spinner(const struct look *l, struct rect box, int phase, enum color color);
