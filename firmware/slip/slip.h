/* What a slip says, apart from how it is printed: a short document of lines, pairs, rules and
 * codes.
 *
 * Made by the session, drawn to a one-bit page by ui/text/slip_page.h, printed by drivers/printer.
 * It holds masked values only (strong masks), so the paper tells a finder nothing that identifies
 * the resident. Owned by whoever slip_new() gave it to; hand over by pointer; slip_free() wipes. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "firmware/base/fault.h"

enum slip_kind {
    SLIP_TITLE,  /* large, centred, bold: 受理回执 */
    SLIP_TEXT,   /* a paragraph, wrapped */
    SLIP_STRONG, /* a paragraph in bold */
    SLIP_SMALL,  /* a smaller paragraph */
    SLIP_PAIR,   /* label left, value right (value wraps under itself) */
    SLIP_NAME,   /* a pair whose value is a name: at least 32 dots high, every character must have a
                    glyph */
    SLIP_NUMBER, /* a number to read aloud, large, centred, in groups of four */
    SLIP_RULE,   /* a thin line across */
    SLIP_SPACE,  /* half a line of air */
    SLIP_QR,   /* text = payload, plain ASCII, nothing personal; >= 4 dots a module, 4 modules quiet
                */
    SLIP_MARK, /* reversed bar, e.g. 补打 REPRINT */
};

struct slip_line {
    enum slip_kind kind;
    char *label; /* SLIP_PAIR and SLIP_NAME, else NULL */
    char *text;
};

struct slip {
    size_t count;
    struct slip_line *lines;
    bool is_double_size; /* elder slip */
    int failed; /* first fault of slip_add(); checked once by the builder through slip_finish() */
};

NODISCARD int slip_new(struct slip **out);
void slip_free(struct slip *s); /* wipes; NULL is fine */
AUTO_DEFINE(struct slip, slip_free)
/* Append. C0/C1 controls are dropped. A failure is remembered in `failed`. Limits: 64 lines, 400
 * bytes a text. */
void slip_add(struct slip *s, enum slip_kind kind, const char *label, const char *text);
/* 0 when every slip_add() succeeded, else the first fault. */
NODISCARD int slip_finish(const struct slip *s);
NODISCARD int slip_copy(struct slip **out, const struct slip *s);
