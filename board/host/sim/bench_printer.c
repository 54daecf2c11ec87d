/* The printer, and the paper as it comes out of it: upwards, as fast as the heads print. */
#include <stdio.h>
#include <string.h>

#include "board/host/sim/bench_view.h"
#include "board/host/sim/printer_inside.h"

enum {
    LEFT = BENCH_RIGHT,
    WIDTH = BENCH_RIGHT_W,
    PAPER_W = 432 /* three quarters of a pixel for each of 576 dots */
};

struct paper {
    const uint8_t *bits;
    uint32_t rows;
    unsigned width;
    bool is_cut;
};

/* What is to be seen: the sheet being printed, otherwise the last one that has not been torn off. */
static struct paper paper_of(const struct bench_view *v)
{
    const struct sim_printer *p = v->world->printer;
    size_t count = sim_printer_slip_count(p);
    struct sim_slip slip;
    if (p->sheet.rows)
        return (struct paper){ p->sheet.bits, p->sheet.rows, p->width, false };
    if (count > v->torn && sim_printer_slip(p, count - 1, &slip))
        return (struct paper){ slip.bits, slip.rows, slip.width, true };
    return (struct paper){ 0 };
}

static unsigned dot(const struct paper *p, long x, long y)
{
    if (x < 0 || y < 0 || x >= (long)p->width || y >= (long)p->rows)
        return 0;
    return p->bits[(size_t)y * (p->width / 8) + (size_t)x / 8] >> (7 - x % 8) & 1;
}

/* The ink of a pixel of a picture `width` wide: four samples of the dots below it. */
static uint32_t grey(const struct paper *p, int width, int x, int y)
{
    unsigned ink = 0;
    for (int sy = 0; sy < 2; sy++)
        for (int sx = 0; sx < 2; sx++)
            ink += dot(p, (x * 2L + sx) * (long)p->width / (2L * width),
                       (y * 2L + sy) * (long)p->width / (2L * width));
    uint32_t level = 252 - ink * 55;
    return 0xff000000u | level << 16 | level << 8 | level;
}

/* Where paper will be: its outline, faint, so that nobody wonders what the room is for. */
static void paint_empty(struct bench_view *v)
{
    struct rect box = { LEFT + (WIDTH - PAPER_W) / 2, BENCH_PAPER_BOTTOM - 268, PAPER_W, 260 };
    canvas_outline(v->canvas, box, 8, 2, 0xc9d6e6);
    bench_icon(v, (struct rect){ box.x, box.y + 56, box.w, 72 }, 64, 0xa9bdd1, "\xee\xa2\xb0");
    bench_words(v, (struct rect){ box.x, box.y + 148, box.w, 40 }, 24, WEIGHT_REGULAR, ALIGN_CENTER,
                0x7c8a9c, bench_say(v, "slips come out here"));
}

/* A slip that has been cut is shown whole; a sheet that grows at its true size, the newest rows at the slot. */
static void paint_paper(struct bench_view *v)
{
    struct paper p = paper_of(v);
    if (!p.bits || !p.width) {
        paint_empty(v);
        return;
    }
    int room = BENCH_PAPER_BOTTOM - BENCH_PAPER_TOP - 8, width = PAPER_W;
    int tall = (int)((long)p.rows * width / p.width);
    if (p.is_cut && tall > room) {
        width = PAPER_W * room / tall;
        tall = room;
    }
    int height = tall < room ? tall : room, left = LEFT + (WIDTH - width) / 2;
    int top = BENCH_PAPER_BOTTOM - height - (p.is_cut ? 8 : 0), first = tall - height;
    struct rect box = { left, top, width, height };
    canvas_shadow(v->canvas, box, 2, 12, 0x0a1e3c, 60);
    canvas_fill(v->canvas, box, 0xfcfcfc);
    for (int y = 0; y < height; y++)
        for (int x = 0; x < width; x++)
            v->canvas->pixels[(size_t)(top + y) * (size_t)v->canvas->width + (size_t)(left + x)] =
                grey(&p, width, x, first + y);
    if (p.is_cut)
        bench_add_hit(v, box, BENCH_TEAR, false);
}

static const char *state_of(const struct sim_printer *p)
{
    return !p->device.is_plugged            ? "not plugged in"
           : p->is_off                      ? "switched off"
           : p->is_cover_open               ? "cover open"
           : p->paper == SIM_PAPER_END      ? "out of paper"
           : p->is_jammed                   ? "cutter jammed"
           : p->is_hot                      ? "head too hot"
           : p->is_dead                     ? "broken"
           : p->sheet.rows                  ? "printing"
           : p->paper == SIM_PAPER_NEAR_END ? "ready, roll nearly used"
                                            : "ready";
}

static void paint_body(struct bench_view *v)
{
    const struct sim_printer *p = v->world->printer;
    bool is_well = !p->is_off && !p->is_cover_open && p->paper != SIM_PAPER_END && !p->is_jammed &&
                   !p->is_hot && !p->is_dead;
    struct rect body = { LEFT, BENCH_PAPER_BOTTOM - 6, WIDTH, 92 };
    canvas_shadow(v->canvas, body, 18, 14, 0x0a1e3c, 50);
    canvas_round(v->canvas, body, 18, 0x2b3645, 255);
    canvas_round(v->canvas, (struct rect){ LEFT + 20, BENCH_PAPER_BOTTOM - 2, WIDTH - 40, 8 }, 4,
                 0x10161f, 255);
    if (p->is_cover_open)
        canvas_round(v->canvas, (struct rect){ LEFT + 8, BENCH_PAPER_BOTTOM - 40, WIDTH - 16, 36 },
                     10, 0x4a5868, 255);
    canvas_round(v->canvas, (struct rect){ LEFT + 28, body.y + 44, 18, 18 }, 9,
                 p->is_off ? 0x4a5868
                 : is_well ? 0x7ce38b
                           : 0xff8a80,
                 255);
    bench_words(v, (struct rect){ LEFT + 60, body.y + 30, WIDTH - 80, 46 }, 24, WEIGHT_MEDIUM,
                ALIGN_LEFT, 0xffffff, bench_say(v, state_of(p)));
}

static void paint_switches(struct bench_view *v)
{
    const struct sim_printer *p = v->world->printer;
    static const struct {
        const char *words, *fault;
    } rows[] = { { "Jam", "cutter" },
                 { "Too hot", "head-hot" },
                 { "Mute", "mute" },
                 { "Hangs", "nak-after 2000" },
                 { "Fine", "none" } };
    struct rect row = { LEFT, BENCH_PAPER_BOTTOM + 100, WIDTH, 44 };
    bench_chip(v, bench_cell(row, 0, 5), "Full", p->paper == SIM_PAPER_OK, "paper ok");
    bench_chip(v, bench_cell(row, 1, 5), "Low", p->paper == SIM_PAPER_NEAR_END, "paper near-end");
    bench_chip(v, bench_cell(row, 2, 5), "Empty", p->paper == SIM_PAPER_END, "paper end");
    bench_chip(v, bench_cell(row, 3, 5), p->is_cover_open ? "Shut" : "Open it", p->is_cover_open,
               p->is_cover_open ? "cover shut" : "cover open");
    bench_chip(v, bench_cell(row, 4, 5), p->is_off ? "Turn on" : "Turn off", p->is_off,
               p->is_off ? "power on" : "power off");
    row.y += 52;
    for (int i = 0; i < 5; i++)
        bench_fault_chip(v, bench_cell(row, i, 5), rows[i].words, SIM_PRINTER_INDEX, rows[i].fault);
}

void bench_paint_printer(struct bench_view *v)
{
    const struct sim_printer *p = v->world->printer;
    char state[64];
    snprintf(state, sizeof(state), "%u mm/s", p->mm_per_s);
    (void)bench_panel(v, (struct rect){ LEFT, BENCH_TOP, WIDTH, 64 }, "print", "Printer",
                      paper_of(v).is_cut ? bench_say(v, "click the slip to take it") : state);
    paint_paper(v);
    paint_body(v);
    paint_switches(v);
}

uint64_t bench_printer_signature(const struct bench_view *v)
{
    const struct sim_printer *p = v->world->printer;
    uint64_t switches = (uint64_t)p->is_off | (uint64_t)p->is_cover_open << 1 |
                        (uint64_t)p->is_jammed << 2 | (uint64_t)p->is_hot << 3 |
                        (uint64_t)p->is_dead << 4 | (uint64_t)p->paper << 5;
    return switches | (uint64_t)p->sheet.rows << 16 | (uint64_t)p->slip_count << 40;
}
