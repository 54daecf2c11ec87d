/* What the printer does with its buffer: ESC/POS commands, dots, cuts, slips. */
#include "board/host/sim/printer_inside.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- the sheet ----------------------------------------------------------------------------- */

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
    s->bits_size = s->bits ? PRINTER_ROWS_MAX * row_bytes(p) : 0;
    if (!s->bits || s->rows == PRINTER_ROWS_MAX)
        return;
    if (dots)
        memcpy(s->bits + s->rows * row_bytes(p), dots, length < row_bytes(p) ? length : row_bytes(p));
    s->rows++;
}

static void feed(struct sim_printer *p, unsigned rows)
{
    for (unsigned i = 0; i < rows; i++)
        add_row(p, NULL, 0);
}

/* What garbage looks like: a line of characters that nobody wanted. */
static void print_junk(struct sim_printer *p)
{
    uint8_t dots[128];
    for (int y = 0; y < 24; y++) {
        memset(dots, y % 4 < 2 ? 0x5a : 0xa5, sizeof(dots));
        add_row(p, dots, sizeof(dots));
    }
}

static void keep_raw(struct sim_printer *p, const uint8_t *data, size_t length)
{
    struct sim_sheet *s = &p->sheet;
    if (!s->raw)
        s->raw = malloc(PRINTER_RAW_MAX);
    if (!s->raw || s->raw_len + length > PRINTER_RAW_MAX)
        return;
    memcpy(s->raw + s->raw_len, data, length);
    s->raw_len += length;
}

static void cut(struct sim_printer *p)
{
    if (p->jams_next) {
        p->jams_next = false;
        p->is_jammed = true;
        return;
    }
    struct sim_sheet *to = &p->slips[p->slip_count++ % PRINTER_SLIPS];
    printer_sheet_free(to);
    *to = p->sheet;
    p->sheet = (struct sim_sheet){ 0 };
    if (p->jams_late) {
        p->jams_late = false;
        p->is_jammed = true;
    }
}

void printer_drop_buffers(struct sim_printer *p)
{
    explicit_bzero(p->buffer, p->used);
    p->used = 0;
    p->strip_at = 0;
    p->busy_until_ms = 0;
}

/* ---- commands ------------------------------------------------------------------------------- */

/* Bytes used by the command at the front of the buffer; 0: more is needed. STOP: it waits for paper or a hand. */
enum { STOP = -1, SHORTEST = 2 };

static size_t le16(const uint8_t *p)
{
    return (size_t)p[0] | (size_t)p[1] << 8;
}

/* One row of the strip at the front of the buffer. False: the roll ended. */
static bool print_row(struct sim_printer *p, const uint8_t *dots, size_t length)
{
    if (p->paper_out_after == 0) {
        p->paper_out_after = -1;
        p->paper = SIM_PAPER_END;
    }
    if (p->paper == SIM_PAPER_END)
        return false;
    if (p->paper_out_after > 0)
        p->paper_out_after--;
    add_row(p, dots, length);
    return true;
}

static void take_time(struct sim_printer *p, uint32_t rows)
{
    int64_t from = p->busy_until_ms > p->now_ms ? p->busy_until_ms : p->now_ms;
    p->busy_until_ms = p->mm_per_s ? from + (int64_t)rows * 1000 / (p->mm_per_s * 8) : from;
}

static int print_strip(struct sim_printer *p, const uint8_t *dots, size_t length, uint32_t rows)
{
    uint32_t before = p->strip_at;
    while (p->strip_at < rows && print_row(p, dots + p->strip_at * length, length))
        p->strip_at++;
    take_time(p, p->strip_at - before);
    if (p->strip_at < rows)
        return STOP;
    p->strip_at = 0;
    return 0;
}

/* 10 04, 10 05 and 10 14 act even inside image data. */
static void look_for_realtime(struct sim_printer *p, const uint8_t *data, size_t length)
{
    for (size_t i = 0; i + 1 < length; i++)
        if (data[i] == 0x10 && (data[i + 1] == 0x04 || data[i + 1] == 0x05 || data[i + 1] == 0x14)) {
            printer_violate(p, "a real-time command inside image data");
            return;
        }
}

/* GS v 0 m xL xH yL yH d... (2.2) */
static int raster(struct sim_printer *p, const uint8_t *c, size_t left)
{
    if (left < 8)
        return 0;
    size_t x = le16(c + 4), y = le16(c + 6), all = 8 + x * y;
    if (c[3] > 3 || !x || !y || all > PRINTER_BUFFER) {
        printer_violate(p, "a raster command of an impossible size");
        return 8;
    }
    if (left < all)
        return 0;
    if (!p->strip_at) {
        look_for_realtime(p, c + 8, x * y);
        if (y > 255)
            printer_violate(p, "a raster strip of more than 255 rows");
        if (y % 48 == 0)
            printer_violate(p, "a raster strip of a multiple of 48 rows");
        if (all > 8192 + 8)
            printer_violate(p, "a raster command of more than 8 KiB");
    }
    return print_strip(p, c + 8, x, (uint32_t)y) ? STOP : (int)all;
}

/* GS ( L: store (fn 112) and print (fn 50), 2.3 */
static int graphics(struct sim_printer *p, const uint8_t *c, size_t left)
{
    size_t all = 5 + le16(c + 3);
    if (left < all)
        return 0;
    if (all >= 15 && c[6] == 0x70) {
        size_t x = (le16(c + 10) + 7) / 8, y = le16(c + 12);
        free(p->stored);
        p->stored = x * y + 15 == all ? malloc(x * y) : NULL;
        p->stored_row = x;
        p->stored_rows = p->stored ? (uint32_t)y : 0;
        if (p->stored)
            memcpy(p->stored, c + 15, x * y);
        else
            printer_violate(p, "a graphics command whose data has another size");
    } else if (all == 7 && c[6] == 0x32 && p->stored) {
        if (print_strip(p, p->stored, p->stored_row, p->stored_rows))
            return STOP;
        free(p->stored);
        p->stored = NULL;
    }
    return (int)all;
}

/* GS ( H: process id and offline response (2.10) */
static int process_id(struct sim_printer *p, const uint8_t *c, size_t left)
{
    uint8_t reply[7] = { 0x37, 0x22, 0, 0, 0, 0, 0 };
    size_t all = 5 + le16(c + 3);
    if (left < all)
        return 0;
    if (p->has_no_id || p->has_no_reply) {
        printer_violate(p, "a command it does not know, printed as text");
        return (int)all;
    }
    if (all == 11 && c[5] == 0x30) {
        memcpy(reply + 2, c + 7, 4);
        printer_answer(p, reply, sizeof(reply));
    }
    return (int)all;
}

static int group_separator(struct sim_printer *p, const uint8_t *c, size_t left)
{
    uint8_t zero = 0;
    static const uint8_t maker[] = "_OneTrip";
    if (left < 3)
        return 0;
    switch (c[1]) {
    case 'v':
        return raster(p, c, left);
    case '(':
        if (left < 7)
            return 0;
        return c[2] == 'L' ? graphics(p, c, left) : c[2] == 'H' ? process_id(p, c, left) : (int)(5 + le16(c + 3));
    case 'a':
        p->watch = c[2];
        memset(p->told, 0xff, sizeof(p->told));
        printer_tell_changes(p);
        return 3;
    case 'r':
        if (!p->has_no_reply)
            printer_answer(p, &zero, 1);
        return 3;
    case 'I':
        if (c[2] >= 65)
            printer_answer(p, maker, sizeof(maker));
        else
            printer_answer(p, &zero, 1);
        return 3;
    case 'V':
        if (c[2] >= 65 && left < 4)
            return 0;
        feed(p, c[2] >= 65 ? FEED_ROWS + c[3] : 0);
        cut(p);
        return c[2] >= 65 ? 4 : 3;
    case '!':
    case 'h':
    case 'w':
    case 'H':
        return 3;
    default:
        printer_violate(p, "an unknown GS command");
        print_junk(p);
        return 2;
    }
}

static int escape(struct sim_printer *p, const uint8_t *c, size_t left)
{
    switch (c[1]) {
    case '@':
        p->watch = 0;
        return 2;
    case '2':
        return 2;
    case 'd':
    case 'J':
        if (left < 3)
            return 0;
        feed(p, c[1] == 'd' ? c[2] * 30u : c[2]);
        return 3;
    case 'a':
    case '!':
    case 'E':
    case '3':
    case 't':
        return left < 3 ? 0 : 3;
    default:
        printer_violate(p, "an unknown ESC command");
        print_junk(p);
        return 2;
    }
}

/* Real-time commands have acted when they came; here they are only passed over. */
static int realtime(const uint8_t *c, size_t left)
{
    size_t all = c[1] == 0x14 ? 10 : 3;
    return left < all ? 0 : (int)all;
}

static int command(struct sim_printer *p)
{
    const uint8_t *c = p->buffer;
    size_t left = p->used;
    if (c[0] == 0 || c[0] == '\r')
        return 1;
    if (c[0] == '\n') {
        feed(p, 30);
        return 1;
    }
    if (left < SHORTEST)
        return 0;
    switch (c[0]) {
    case 0x1b:
        return escape(p, c, left);
    case 0x1d:
        return group_separator(p, c, left);
    case 0x1c:
        return 2; /* FS & and FS . */
    case 0x10:
        return realtime(c, left);
    default:
        printer_violate(p, "a character printed as text");
        print_junk(p);
        return 1;
    }
}

void printer_advance(struct sim_printer *p)
{
    while (p->used && p->busy_until_ms <= p->now_ms && !printer_is_offline(p)) {
        int n = command(p);
        if (n <= 0)
            break;
        /* A cut takes the sheet away: its bytes belong to the slip that has just fallen. */
        bool has_cut = p->buffer[0] == 0x1d && p->used > 1 && p->buffer[1] == 'V' && p->slip_count;
        struct sim_sheet *fallen = has_cut ? &p->slips[(p->slip_count - 1) % PRINTER_SLIPS] : NULL;
        if (fallen && fallen->raw && !p->sheet.rows && fallen->raw_len + (size_t)n <= PRINTER_RAW_MAX) {
            memcpy(fallen->raw + fallen->raw_len, p->buffer, (size_t)n);
            fallen->raw_len += (size_t)n;
        } else {
            keep_raw(p, p->buffer, (size_t)n);
        }
        memmove(p->buffer, p->buffer + n, p->used - (size_t)n);
        p->used -= (size_t)n;
    }
    printer_tell_changes(p);
}

/* ---- what came out ---------------------------------------------------------------------------- */

size_t sim_printer_slip_count(const struct sim_printer *p)
{
    return p->slip_count;
}

bool sim_printer_slip(const struct sim_printer *p, size_t i, struct sim_slip *out)
{
    if (i >= p->slip_count || p->slip_count - i > PRINTER_SLIPS)
        return false;
    const struct sim_sheet *s = &p->slips[i % PRINTER_SLIPS];
    *out = (struct sim_slip){ s->raw, s->raw_len, s->bits, p->width, s->rows, s->has_error };
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
