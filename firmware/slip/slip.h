/* What a slip says, apart from how it is printed: a short document of lines, pairs, lists and codes.
 *
 * Made by firmware/slip/build.h or line by line, drawn to a one-bit page by ui/text/slip_page.h, printed by
 * drivers/printer. It holds masked values only (rules 4.4: strong masks), so the paper tells a finder nothing that
 * identifies the resident; slip_finish() refuses a slip on which a whole ID number stands. Owned by whoever slip_new()
 * gave it to; hand over by pointer; slip_free() wipes. Any thread, one at a time. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "firmware/base/fault.h"

/* "Second" below is the same in the other language, smaller: the label, NULL when the slip speaks one language. */
enum slip_kind {
    SLIP_TITLE,  /* large, centred, bold: 受理回执; label = second */
    SLIP_TEXT,   /* a paragraph, wrapped */
    SLIP_STRONG, /* a paragraph in bold, centred */
    SLIP_SMALL,  /* a smaller paragraph, centred */
    SLIP_PAIR,   /* label left, value right; long values wrap under their label */
    SLIP_NAME, /* a pair whose value is a name: at least 4 mm high, every character must have a glyph */
    SLIP_NUMBER, /* a number to read aloud, large, centred, in groups of four; label = what it is, above it */
    SLIP_RULE,  /* a thin line across */
    SLIP_SPACE, /* half a line of air */
    SLIP_QR, /* text = payload, plain ASCII, nothing personal; >= 4 dots a module, 4 modules quiet; label =
                      caption below */
    SLIP_MARK,    /* reversed bar, e.g. 补打 REPRINT; label = a second, smaller line in it */
    SLIP_HEADING, /* begins a section: a rule, then bold; label = second */
    SLIP_NOTE,    /* a smaller paragraph, from the left; belongs to the line above it */
    SLIP_SECOND,  /* what the line above says in the other language: small, set as that line is */
    SLIP_BLOCK, /* what must not be missed: a frame around bold text; label = heading inside the frame */
    SLIP_BOX, /* an item with an empty box: still to do or to bring; label = a smaller line below it */
    SLIP_TICKED,    /* an item with a ticked box: settled */
    SLIP_WELL,      /* a check that was passed; label = its result, at the right */
    SLIP_ILL,       /* a check that was not: the box is black */
    SLIP_STEP,      /* a point of a time line, hollow: to come; label = when */
    SLIP_STEP_DONE, /* the same, filled: has happened */
    SLIP_COLUMNS,   /* two or three figures side by side (slip_add_columns) */
    SLIP_HUGE,      /* a queue number, as large as the paper is wide */
    SLIP_FOOTER,    /* the end: a rule, then label and phone number in bold */
    SLIP_KIND_COUNT,
};

struct slip_line {
    enum slip_kind kind;
    char *label; /* as told above, else NULL */
    char *text;
};

enum { SLIP_LINES_MAX = 96, SLIP_TEXT_MAX = 1200, SLIP_CELLS_MAX = 3 };

struct slip {
    size_t count;
    struct slip_line *lines;
    bool is_double_size; /* elder slip: twice the usual letters of receipts */
    int failed; /* first fault of slip_add(); checked once by the builder through slip_finish() */
};

NODISCARD int slip_new(struct slip **out);
void slip_free(struct slip *s); /* wipes; NULL is fine */
AUTO_DEFINE(struct slip, slip_free)
/* Append. C0/C1 controls are dropped. A failure is remembered in `failed`. Limits: SLIP_LINES_MAX lines, SLIP_TEXT_MAX
 * bytes a text (more is cut at a whole character). */
void slip_add(struct slip *s, enum slip_kind kind, const char *label, const char *text);
/* Two or three cells, each a small label above a bold value. */
struct slip_cell {
    const char *label, *value;
};
void slip_add_columns(struct slip *s, const struct slip_cell *cells, size_t count);
/* Cell `i` of a SLIP_COLUMNS line: where its label and value begin, and how long they are. False: no such cell. */
bool slip_column(const struct slip_line *line, size_t i, const char **label, size_t *label_bytes,
                 const char **value, size_t *value_bytes);
/* 0 when every slip_add() succeeded, else the first fault; -EPERM when a whole resident ID number stands on it. */
NODISCARD int slip_finish(const struct slip *s);
NODISCARD int slip_copy(struct slip **out, const struct slip *s);
/* What is left when paper is short: marks, title, number, code, footer. `ask` (may be NULL) says where to ask. */
NODISCARD int slip_shorten(struct slip **out, const struct slip *s, const char *ask);

/* Does a valid resident ID number (GB 11643: 17 digits with a possible birth date, and the check character) stand in
 * the text? Numbers of cases and accounts are as long, but do not fit by chance. Pure. */
bool slip_tells_number(const char *text);
