/* The picture of the bench: what stands on it, and where a click does what. A click is a line of a scenario (words.h), shown
 * at the bottom, so that who plays with the bench learns to write scenarios. Main thread of kiosk-sim. */
#pragma once

#include "board/host/sim/world.h"
#include "ui/canvas/canvas.h"
#include "ui/text/text.h"

enum {
    BENCH_W = 1880,
    BENCH_H = 1240,
    BENCH_MARGIN = 40,
    BENCH_TOP = 128,
    BENCH_MIDDLE = 652, /* left edge of the middle column */
    BENCH_MIDDLE_W = 664,
    BENCH_RIGHT = 1340,
    BENCH_RIGHT_W = 500,
    BENCH_HITS = 160,
    BENCH_LINE = 128,
    BENCH_CARDS = 10,
    BENCH_PAPER_TOP = 196,   /* where the paper leaves the picture */
    BENCH_PAPER_BOTTOM = 964 /* the slot of the printer */
};

#define BENCH_TEAR "tear"

/* A card in the drawer, as it is printed on its front. */
struct bench_card {
    char file[64], name[64], sex[24], nation[32], birth[40], address[160], number[40], kind[40];
    bool is_foreign; /* a permanent residence card: no address on it */
};

struct bench_hit {
    struct rect box;
    char line[BENCH_LINE]; /* of a scenario; or BENCH_TEAR, which is between hand and paper alone */
    bool is_key;           /* held as long as the mouse button; `line` is the key's name */
};

struct bench_view {
    struct canvas *canvas;
    struct text *text;
    const struct sim_world *world;
    size_t card_count;
    struct bench_card cards[BENCH_CARDS];
    unsigned unknown_words;     /* that have no translation: a mistake */
    unsigned cut_words;         /* on buttons that are too small for them: likewise */
    char said[BENCH_LINE + 32]; /* the last command and what became of it */
    bool is_refused;
    size_t torn; /* slips that have been torn off */
    struct rect pressed;
    size_t hit_count;
    struct bench_hit hits[BENCH_HITS];
};

/* Draws everything and finds the hits anew. */
void bench_paint(struct bench_view *v);
/* Changes when the picture would. */
uint64_t bench_signature(const struct bench_view *v);
/* NULL: nothing there. */
const struct bench_hit *bench_hit_at(const struct bench_view *v, int x, int y);
/* Reads the person files of a folder; at most BENCH_CARDS. */
void bench_find_cards(struct bench_view *v, const char *folder);

/* In the language of the bench; static. */
const char *bench_say(struct bench_view *v, const char *english);

/* ---- parts --------------------------------------------------------------------------- */
void bench_paint_cards(struct bench_view *v);
void bench_paint_reader(struct bench_view *v);
void bench_paint_printer(struct bench_view *v);
uint64_t bench_printer_signature(const struct bench_view *v);
void bench_paint_keypad(struct bench_view *v);
void bench_paint_scanner(struct bench_view *v);
void bench_paint_cables(struct bench_view *v);
/* An ID card's front in a box of 1.586 : 1. */
void bench_paint_card(struct bench_view *v, struct rect box, const struct bench_card *card);

/* ---- tools --------------------------------------------------------------------------- */
enum bench_ink { INK_TEXT, INK_SOFT, INK_ON_BRAND, INK_ON_PRIMARY, INK_DANGER, INK_PRIMARY };
uint32_t bench_color(enum bench_ink ink);
/* One line of words, cut to its box. False: it had to be cut. */
bool bench_words(struct bench_view *v, struct rect box, int px, enum weight weight,
                 enum align align, uint32_t color, const char *words);
/* By the kiosk's name for it, or as UTF-8 of the icon font. */
void bench_icon(struct bench_view *v, struct rect box, int px, uint32_t color, const char *name);
/* A white card with a title in English as bench_say() knows it, and a state as it stands; returns the box inside it. */
struct rect bench_panel(struct bench_view *v, struct rect box, const char *icon, const char *title,
                        const char *state);
/* A small button, its words in English as bench_say() knows them. */
void bench_chip(struct bench_view *v, struct rect box, const char *words, bool is_on,
                const char *line);
void bench_add_hit(struct bench_view *v, struct rect box, const char *line, bool is_key);
/* A button that makes a fault, lit as long as that fault was told last; the fault "none" is lit only when another was. */
void bench_fault_chip(struct bench_view *v, struct rect box, const char *words, size_t device,
                      const char *fault);
/* Cell `i` of a row that is cut into `count`. */
struct rect bench_cell(struct rect row, int i, int count);
