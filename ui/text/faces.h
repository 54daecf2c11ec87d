/* The open faces of the fallback chain: which font draws a character, at which size. Only text.c
 * includes this. Main thread alone; opening a face reads its file (some 2 ms). */
#pragma once

#include <SDL_ttf.h>

#include "ui/text/text.h"

/* One open face at one size. SDL2_ttf keeps glyphs for each handle; TTF_SetFontSize would throw
 * them away, so every size has its own. About 2 MB each for Noto: the least recently used goes when
 * there are too many. Bold is for titles, a few characters whose masks are kept: its sizes share one
 * handle (on paper, where whole lines are bold, each has its own). */
struct face {
    TTF_Font *font;
    int file; /* weight, or WEIGHT_COUNT + index of a rare file */
    int px;
    bool is_mono;
    uint64_t used;
};

enum { FACES_MAX = 32 };

struct faces {
    struct font_files files;
    struct face open[FACES_MAX];
    size_t count;
    uint64_t tick;
};

/* The face of the weight itself, opened when it was not; NULL when its file is none. Valid until the
 * next call for another type. */
TTF_Font *faces_own(struct faces *f, struct type type);

/* The first face of the chain with this character; the weight's own when none has it. */
TTF_Font *faces_for(struct faces *f, struct type type, uint32_t cp);

/* Close the rare faces: which rare characters were drawn tells about a name. */
void faces_close_rare(struct faces *f);
/* Close what none of these types needs. */
void faces_keep(struct faces *f, const struct type *types, size_t count);
void faces_close(struct faces *f);
