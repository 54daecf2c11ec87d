/* Text as masks: fonts with fallback for rare characters, a cache with a limit and a wipe. Only
 * user of SDL2_ttf.
 *
 * A string is cut into runs by the first face of the chain that has each character (SDL2_ttf has no
 * fallback), the runs are joined on one baseline. Main thread only. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "firmware/base/fault.h"
#include "ui/canvas/canvas.h"
#include "ui/text/wrap.h"

enum weight { WEIGHT_REGULAR, WEIGHT_MEDIUM, WEIGHT_BOLD, WEIGHT_ICON, WEIGHT_COUNT };

/* One size of one weight. `is_mono`: one-bit masks (alpha 0 or 255) hinted for it, for paper. */
struct type {
    enum weight weight;
    int px;
    int line_px; /* height of a line box */
    bool is_mono;
};

enum { RARE_FILES = 3 };

struct font_file {
    const char *path;
    int face; /* index in a .ttc; Noto Sans CJK SC is 2 */
};

struct font_files {
    struct font_file weights[WEIGHT_COUNT];
    struct font_file
        rare[RARE_FILES]; /* tried in order for characters that the weight lacks; path NULL: none */
};

struct text; /* body in text.c */

/* -ENOENT when a weight's file cannot be opened as what it should be (the reason is logged). */
NODISCARD int text_new(struct text **out, const struct font_files *files, size_t cache_bytes);
void text_free(struct text *t);
AUTO_DEFINE(struct text, text_free)
/* Forget every string that was drawn and every glyph of the rare faces. Call when a session ends.
 */
void text_wipe(struct text *t);
/* Close the faces that none of these types needs; one that is needed again opens by itself (some 2 ms). */
void text_keep(struct text *t, const struct type *types, size_t count);

/* Coverage of one line without breaks. Belongs to the cache and stays until the next call that
 * renders. Its height is the face's own; *ascent is the baseline from its top. NULL for an empty
 * text or without memory.
 */
const struct mask *text_mask(struct text *t, struct type type, const char *utf8, size_t length,
                             int *ascent);
/* Width by advances, as wrapping uses it. */
int text_width(struct text *t, struct type type, const char *utf8);
int text_advance(struct text *t, struct type type, uint32_t cp);
/* Does any face of the chain draw it? */
bool text_has_glyph(struct text *t, struct type type, uint32_t cp);

void text_wrap(struct wrapped *out, struct text *t, struct type type, const char *utf8,
               int max_width, size_t max_lines);

enum align { ALIGN_LEFT, ALIGN_CENTER, ALIGN_RIGHT };

/* Draw one line into a box: horizontally by `align`, vertically on the middle of the character
 * body. */
void text_draw(struct text *t, struct canvas *c, struct type type, const char *utf8, size_t length,
               struct rect box, enum align align, uint32_t color);
/* Wrap into the box's width and draw from its top, at most max_lines, the last with "…" if there
 * was more. Returns the height used. */
int text_draw_block(struct text *t, struct canvas *c, struct type type, const char *utf8,
                    struct rect box, size_t max_lines, enum align align, uint32_t color);
/* Height that text_draw_block() would use. */
int text_block_height(struct text *t, struct type type, const char *utf8, int width,
                      size_t max_lines);

/* ---- figures for tests and the bench ------------------------------------------------- */
struct text_usage {
    size_t cache_bytes, cache_entries, open_faces;
};
struct text_usage text_usage(const struct text *t);
