/* Paper: dots, letters, cuts, and the slips that fell. */
#include "board/host/sim/printer_inside.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- the sheet ----------------------------------------------------------------------- */

void printer_sheet_free(struct sim_sheet *s)
{
    if (s->bits)
        explicit_bzero(s->bits, s->bits_size);
    if (s->raw)
        explicit_bzero(s->raw, s->raw_len);
    free(s->raw);
    free(s->bits);
    *s = (struct sim_sheet){ 0 };
}

void printer_violate(struct sim_printer *p, const char *what)
{
    p->violations++;
    p->sheet.has_error = true;
    snprintf(p->violation, sizeof(p->violation), "%s", what);
}

static size_t row_bytes(const struct sim_printer *p)
{
    return p->width / 8u;
}

/* One row of dots; what is wider than the paper is thrown away, what is narrower is white. */
static void add_row(struct sim_printer *p, const uint8_t *dots, size_t length)
{
    struct sim_sheet *s = &p->sheet;
    if (!s->bits)
        s->bits = calloc(PRINTER_ROWS_MAX, row_bytes(p));
    s->width = p->width;
    s->bits_size = s->bits ? PRINTER_ROWS_MAX * row_bytes(p) : 0;
    if (!s->bits || s->rows == PRINTER_ROWS_MAX)
        return;
    if (dots)
        memcpy(s->bits + s->rows * row_bytes(p), dots,
               length < row_bytes(p) ? length : row_bytes(p));
    s->rows++;
}

void printer_feed(struct sim_printer *p, unsigned rows)
{
    for (unsigned i = 0; i < rows; i++) {
        (void)printer_use_row(p);
        add_row(p, NULL, 0);
    }
}

enum { LETTER_ROWS = 24, LETTER_DOTS = 12 };

/* Text, as boxes. Nothing of ours is printed as text, so it is garbage. */
void printer_print_letters(struct sim_printer *p)
{
    uint8_t box[UINT8_MAX] = { 0 };
    if (!p->characters)
        return;
    for (unsigned x = 0; x < p->characters * LETTER_DOTS && x < sizeof(box) * 8; x++)
        if (x % LETTER_DOTS < LETTER_DOTS - 2)
            box[x / 8] |= (uint8_t)(0x80 >> x % 8);
    for (int y = 0; y < LETTER_ROWS; y++)
        add_row(p, box, y < LETTER_ROWS - 2 ? sizeof(box) : 0);
    printer_violate(p, "characters were printed as text");
    p->characters = 0;
}

/* A full line prints itself. */
void printer_take_letter(struct sim_printer *p)
{
    p->characters++;
    if (p->characters * LETTER_DOTS >= p->width)
        printer_print_letters(p);
}

/* These work at the beginning of a line only. */
void printer_need_empty_line(struct sim_printer *p)
{
    if (p->characters)
        printer_violate(p, "an image or a cut in the middle of a line");
    printer_print_letters(p);
}

void printer_cut(struct sim_printer *p)
{
    printer_need_empty_line(p);
    if (p->jams_next) {
        p->jams_next = false;
        p->is_jammed = true;
        return;
    }
    if (p->kind->has_presenter && printer_has_slip_out(p))
        printer_violate(p, "a slip pushed out by the next one");
    struct sim_sheet *to = &p->slips[p->slip_count++ % PRINTER_SLIPS];
    printer_sheet_free(to);
    *to = p->sheet;
    to->width = p->width;
    to->fate = p->kind->has_presenter ? SIM_INSIDE : SIM_FELL;
    p->sheet = (struct sim_sheet){ 0 };
    if (p->jams_late) {
        p->jams_late = false;
        p->is_jammed = true;
    }
}

/* ---- the presenter ------------------------------------------------------------------- */

static struct sim_sheet *newest(struct sim_printer *p)
{
    return p->slip_count ? &p->slips[(p->slip_count - 1) % PRINTER_SLIPS] : NULL;
}

bool printer_has_slip_out(const struct sim_printer *p)
{
    return p->slip_count && p->slips[(p->slip_count - 1) % PRINTER_SLIPS].fate == SIM_WAITS;
}

void printer_eject(struct sim_printer *p, uint8_t n)
{
    struct sim_sheet *slip = newest(p);
    if (!p->kind->has_presenter || (n == 2 && !p->kind->has_retract)) {
        printer_violate(p, "a presenter command this model does not have");
        return;
    }
    if (!slip)
        return;
    if (n == 3 && slip->fate == SIM_INSIDE)
        slip->fate = SIM_WAITS;
    if (n == 5 && (slip->fate == SIM_INSIDE || slip->fate == SIM_WAITS))
        slip->fate = SIM_FELL;
    if (n == 2 && slip->fate == SIM_WAITS)
        slip->fate = SIM_RETRACTED;
}

void sim_printer_take(struct sim_printer *p)
{
    if (printer_has_slip_out(p))
        newest(p)->fate = SIM_TAKEN;
}

/* ---- rows ---------------------------------------------------------------------------- */

bool printer_use_row(struct sim_printer *p)
{
    enum { LAST_METRE = 8000, HOT_MS = 8000 };
    if (p->paper_out_after == 0 || p->roll_rows == 0) {
        p->paper_out_after = -1;
        p->paper = SIM_PAPER_END;
    }
    if (p->heat_after == 0) {
        p->heat_after = -1;
        p->is_hot = true;
        p->cools_at_ms = p->now_ms + HOT_MS;
    }
    if (p->paper == SIM_PAPER_END || p->is_hot)
        return false;
    if (p->paper_out_after > 0)
        p->paper_out_after--;
    if (p->heat_after > 0)
        p->heat_after--;
    if (p->roll_rows > 0 && --p->roll_rows < LAST_METRE)
        p->paper = SIM_PAPER_NEAR_END;
    return true;
}

/* One row of the strip at the front of the buffer. False: the roll ended. */
static bool print_row(struct sim_printer *p, const uint8_t *dots, size_t length)
{
    if (!printer_use_row(p))
        return false;
    add_row(p, dots, length);
    return true;
}

static void take_time(struct sim_printer *p, uint32_t rows)
{
    if (p->mm_per_s)
        p->busy_until_ms += (int64_t)rows * 1000 / (p->mm_per_s * 8);
}

bool printer_print_strip(struct sim_printer *p, const uint8_t *dots, size_t length, uint32_t rows)
{
    uint32_t before = p->strip_at;
    while (p->strip_at < rows && print_row(p, dots + p->strip_at * length, length))
        p->strip_at++;
    take_time(p, p->strip_at - before);
    if (p->strip_at < rows)
        return false;
    p->strip_at = 0;
    return true;
}

/* A cut takes the sheet away: its own bytes belong to the slip that has just fallen. */
void printer_keep_raw(struct sim_printer *p, size_t length)
{
    bool is_cut = p->buffer[0] == 0x1d && length > 2 && p->buffer[1] == 'V' && p->slip_count &&
                  !p->sheet.rows;
    struct sim_sheet *s = is_cut ? &p->slips[(p->slip_count - 1) % PRINTER_SLIPS] : &p->sheet;
    if (!s->raw)
        s->raw = malloc(PRINTER_RAW_MAX);
    if (!s->raw || s->raw_len + length > PRINTER_RAW_MAX)
        return;
    memcpy(s->raw + s->raw_len, p->buffer, length);
    s->raw_len += length;
}

/* ---- what came out ------------------------------------------------------------------- */

size_t sim_printer_slip_count(const struct sim_printer *p)
{
    return p->slip_count;
}

bool sim_printer_slip(const struct sim_printer *p, size_t i, struct sim_slip *out)
{
    if (i >= p->slip_count || p->slip_count - i > PRINTER_SLIPS)
        return false;
    const struct sim_sheet *s = &p->slips[i % PRINTER_SLIPS];
    *out =
        (struct sim_slip){ s->raw, s->raw_len, s->bits, s->width, s->rows, s->has_error, s->fate };
    return true;
}

uint32_t sim_printer_uncut_rows(const struct sim_printer *p)
{
    return p->sheet.rows;
}

size_t sim_printer_violations(const struct sim_printer *p)
{
    return p->violations;
}

const char *sim_printer_violation(const struct sim_printer *p)
{
    return p->violation;
}

uint64_t sim_printer_taken(const struct sim_printer *p)
{
    return p->taken;
}

size_t sim_printer_waiting(const struct sim_printer *p)
{
    return p->used;
}
