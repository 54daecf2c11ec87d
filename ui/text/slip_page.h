/* A slip drawn to a one-bit page for paper: our own fonts and codes, so that a rare name prints as
 * it is written (GB 18030-2022 level 3; no printer font goes beyond level 2). Main thread: it uses
 * the text engine. */
#pragma once

#include <stdint.h>

#include "firmware/slip/slip.h"
#include "ui/text/text.h"

/* Rows of width_dots / 8 bytes, most significant bit leftmost, 1 = black. */
struct slip_page {
    uint16_t width_dots; /* a multiple of 8 */
    uint32_t rows;
    uint8_t *bits;
};

/* Both differ by printer and are never constants (receipt-printer document, section 3). */
struct slip_paper {
    uint16_t width_dots; /* 384: 58 mm paper; 512, 576: 80 mm */
    uint16_t dpi;        /* 203 (8 dots are 1 mm) or 180; 0: 203 */
};

enum slip_page_outcome {
    SLIP_PAGE_E_GLYPH =
        1, /* a name has a character that no font draws: better no slip than a wrong name */
    SLIP_PAGE_E_LONG, /* more than SLIP_ROWS_MAX rows */
};

enum { SLIP_ROWS_MAX = 16000 }; /* 2 m */

/* On 0 the caller owns *out and ends it with slip_page_clear(). About 10 ms for a slip of 100 mm on
 * a PC. Lengths are millimetres on paper, whatever the dpi. -EINVAL for a code that cannot be drawn or does not fit. */
NODISCARD int slip_page_print(struct slip_page *out, struct text *t, const struct slip *slip,
                              struct slip_paper paper);
/* The same at 203 dpi, 180 for the 512 dots of the printers that have it. */
NODISCARD int slip_page_draw(struct slip_page *out, struct text *t, const struct slip *slip,
                             uint16_t width_dots);
/* Open one more of the fonts that a receipt is set in, `step` from 0, so that none is waited for when it is printed: some 6 ms.
 * What does not fit its line still opens a smaller one. False: there is no such step. */
bool slip_page_warm(struct text *t, struct slip_paper paper, bool is_double, int step);
void slip_page_clear(struct slip_page *p); /* wipes */
