/* What the printer does with its buffer: ESC/POS commands. */
#include "board/host/sim/printer_inside.h"

#include <stdlib.h>
#include <string.h>

/* Bytes used by the command at the front of the buffer; 0: more is needed. STOP: it waits for paper or a hand. */
enum { STOP = -1, SHORTEST = 2 };
/* A real-time command that came after the first byte of another: the cable was out between them. */
enum { CUT_SHORT = 0x10 };

static size_t le16(const uint8_t *p)
{
    return (size_t)p[0] | (size_t)p[1] << 8;
}

/* 10 04, 10 05 and 10 14 act even inside image data. */
static void look_for_realtime(struct sim_printer *p, const uint8_t *data, size_t length)
{
    for (size_t i = 0; i + 1 < length; i++)
        if (data[i] == 0x10 &&
            (data[i + 1] == 0x04 || data[i + 1] == 0x05 || data[i + 1] == 0x14)) {
            printer_violate(p, "a real-time command inside image data");
            return;
        }
}

/* GS v 0 m xL xH yL yH d... (2.2), as the worst firmware reads it: the high byte of the height is not looked at, and a
 * multiple of 48 rows leaves a line of garbage behind. */
static int raster(struct sim_printer *p, const uint8_t *c, size_t left)
{
    if (left < 8)
        return 0;
    size_t x = le16(c + 4), y = c[6], all = 8 + x * y;
    if (c[3] > 3 || !x || !y || all > PRINTER_BUFFER) {
        printer_violate(p, "a raster command of an impossible size");
        return 8;
    }
    if (left < all)
        return 0;
    if (!p->strip_at) {
        printer_need_empty_line(p);
        look_for_realtime(p, c + 8, x * y);
        if (c[7])
            printer_violate(p, "a raster strip of more than 255 rows");
        if (all > 8192)
            printer_violate(p, "a raster command of more than 8 KiB");
    }
    if (!printer_print_strip(p, c + 8, x, (uint32_t)y))
        return STOP;
    if (y % 48 == 0) {
        p->characters = 1;
        printer_print_letters(p);
        printer_violate(p, "a raster strip of a multiple of 48 rows");
    }
    return (int)all;
}

/* GS ( L: store (fn 112) and print (fn 50), 2.3 */
static int graphics(struct sim_printer *p, const uint8_t *c, size_t left)
{
    size_t all = 5 + le16(c + 3);
    if (left < all)
        return 0;
    if (all >= 15 && c[6] == 0x70) {
        size_t x = (le16(c + 11) + 7) / 8, y = le16(c + 13);
        free(p->stored);
        p->stored = x * y + 15 == all ? malloc(x * y) : NULL;
        p->stored_row = x;
        p->stored_rows = p->stored ? (uint32_t)y : 0;
        look_for_realtime(p, c + 3, all - 3);
        if (p->stored)
            memcpy(p->stored, c + 15, x * y);
        else
            printer_violate(p, "a graphics command whose data has another size");
    } else if (all == 7 && c[6] == 0x32 && p->stored) {
        if (!p->strip_at)
            printer_need_empty_line(p);
        if (!printer_print_strip(p, p->stored, p->stored_row, p->stored_rows))
            return STOP;
        free(p->stored);
        p->stored = NULL;
    }
    return (int)all;
}

/* GS ( H: process id and offline response (2.10) */
static int process_id(struct sim_printer *p, const uint8_t *c, size_t left)
{
    size_t all = 5 + le16(c + 3);
    if (p->has_no_id || p->has_no_reply)
        return 2; /* two bytes it does not know; the rest is text */
    if (left < all)
        return 0;
    if (all == 11 && c[5] == 0x30) {
        memcpy(p->process_id, c + 7, sizeof(p->process_id));
        p->has_process_id = true;
    }
    return (int)all;
}

static int parenthesis(struct sim_printer *p, const uint8_t *c, size_t left)
{
    size_t all = 5 + le16(c + 3);
    if (all > PRINTER_BUFFER) {
        printer_violate(p, "a GS ( command of an impossible size");
        return 2;
    }
    if (c[2] == 'L')
        return graphics(p, c, left);
    if (c[2] == 'H')
        return process_id(p, c, left);
    return left < all ? 0 : (int)all;
}

static int group_separator(struct sim_printer *p, const uint8_t *c, size_t left)
{
    uint8_t zero = 0;
    if (c[1] == 0xE1) {
        printer_tell_paper_left(p);
        return 2;
    }
    if (left < 3)
        return 0;
    switch (c[1]) {
    case 'v':
        return raster(p, c, left);
    case '(':
        return left < 7 ? 0 : parenthesis(p, c, left);
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
        printer_identify(p, c[2]);
        return 3;
    case 'e':
        if (c[2] == 3 && left < 4)
            return 0;
        printer_eject(p, c[2]);
        return c[2] == 3 ? 4 : 3;

    case 'V':
        if (c[2] >= 65 && left < 4)
            return 0;
        printer_feed(p, c[2] >= 65 ? FEED_ROWS + c[3] : 0);
        printer_cut(p);
        return c[2] >= 65 ? 4 : 3;
    case '!':
    case 'h':
    case 'w':
    case 'H':
        return 3;
    case CUT_SHORT:
        return 1;
    default:
        printer_violate(p, "an unknown GS command");
        return 2;
    }
}

static int escape(struct sim_printer *p, const uint8_t *c, size_t left)
{
    switch (c[1]) {
    case '@':
        p->watch = 0;
        p->characters = 0;
        return 2;
    case '2':
        return 2;
    case 'd':
    case 'J':
        if (left < 3)
            return 0;
        printer_feed(p, c[1] == 'd' ? c[2] * 30u : c[2]);
        return 3;
    case 'a':
    case '!':
    case 'E':
    case '3':
    case 't':
        return left < 3 ? 0 : 3;
    case 'p':
        printer_violate(p, "a drawer pulse");
        return left < 5 ? 0 : 5;
    case CUT_SHORT:
        return 1;
    default:
        printer_violate(p, "an unknown ESC command");
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
        printer_print_letters(p);
        printer_feed(p, 30);
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
        if (c[0] >= 0x20)
            printer_take_letter(p);
        return 1;
    }
}

void printer_drop_buffers(struct sim_printer *p)
{
    explicit_bzero(p->buffer, p->used);
    p->used = 0;
    p->characters = 0;
    p->strip_at = 0;
    p->busy_until_ms = 0;
}

void printer_advance(struct sim_printer *p)
{
    /* It works while nobody asks; only what it waited for begins now. */
    if (p->is_waiting && p->busy_until_ms < p->now_ms)
        p->busy_until_ms = p->now_ms;
    p->is_waiting = false;
    if (p->is_hot && p->cools_at_ms && p->now_ms >= p->cools_at_ms) {
        p->is_hot = false;
        p->cools_at_ms = 0;
    }
    while (p->busy_until_ms <= p->now_ms) {
        int n = p->used && !printer_is_offline(p) ? command(p) : STOP;
        p->is_waiting = n <= 0;
        if (p->is_waiting)
            break;
        printer_keep_raw(p, (size_t)n);
        memmove(p->buffer, p->buffer + n, p->used - (size_t)n);
        p->used -= (size_t)n;
    }
    printer_tell_changes(p);
}
