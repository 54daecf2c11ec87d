/* The tactile keypad and the code scanner on the bench. */
#include <stdio.h>
#include <string.h>

#include "board/host/sim/bench_view.h"

enum { KEY = 72, STEP = 86, KEYS_LEFT = 42, KEYS_TOP = 18 };

static const struct {
    const char *key, *icon;
    int column, row; /* in steps */
} keys[] = {
    { "up", "\xee\x97\x8e", 1, 0 },     { "left", "\xee\x97\x8b", 0, 1 },
    { "select", "\xee\x97\x8a", 1, 1 }, { "right", "\xee\x97\x8c", 2, 1 },
    { "down", "\xee\x97\x8f", 1, 2 },   { "help", "\xee\xa2\x87", 0, 0 },
    { "repeat", "\xee\x97\x95", 2, 0 }, { "back", "\xee\x97\x84", 0, 2 },
    { "softer", "\xee\x81\x8d", 3, 1 }, { "louder", "\xee\x81\x90", 3, 0 },
};

static void paint_key(struct bench_view *v, struct rect body, size_t i)
{
    struct rect box = { body.x + KEYS_LEFT + keys[i].column * STEP,
                        body.y + KEYS_TOP + keys[i].row * STEP, KEY, KEY };
    bool is_down = sim_keypad_is_down(v->world->keypad, keys[i].key);
    bool is_select = !strcmp(keys[i].key, "select");
    uint32_t top = is_select ? 0xffd60a : 0xf3f6fa;
    canvas_round(v->canvas, (struct rect){ box.x, box.y + 4, box.w, box.h }, 16, 0x10161f, 255);
    if (is_down)
        box.y += 3;
    canvas_round(v->canvas, box, 16, is_down ? 0x8ac7ff : top, 255);
    bench_icon(v, box, 40, 0x16202c, keys[i].icon);
    bench_add_hit(v, box, keys[i].key, true);
}

/* The jack, with a plug in it or not. */
static void paint_jack(struct bench_view *v, struct rect body)
{
    bool are_in = sim_keypad_has_headphones(v->world->keypad);
    struct rect box = { body.x + KEYS_LEFT + 3 * STEP, body.y + KEYS_TOP + 2 * STEP, KEY, KEY };
    canvas_round(v->canvas, box, KEY / 2, 0x10161f, 255);
    canvas_round(v->canvas, rect_grow(box, -8), KEY / 2, are_in ? 0x1b7a48 : 0x4a5868, 255);
    bench_icon(v, box, 34, 0xffffff, "\xee\x8c\x90");
    bench_add_hit(v, box, are_in ? "headphones out" : "headphones in", false);
}

void bench_paint_keypad(struct bench_view *v)
{
    static const char *const words[] = { "Noise", "Halts", "Bounces", "Well" };
    static const char *const faults[] = { "babble", "stall-once", "bounce", "none" };
    struct rect in = bench_panel(
        v, (struct rect){ BENCH_MIDDLE, 468, BENCH_MIDDLE_W, 356 }, "keyboard", "Keypad",
        bench_say(v, sim_keypad_device(v->world->keypad)->is_plugged ? "keys can be held"
                                                                     : "not plugged in"));
    struct rect body = { in.x, in.y, 430, 2 * KEYS_TOP + 3 * STEP - 14 };
    canvas_round(v->canvas, body, 22, 0x2b3645, 255);
    for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
        paint_key(v, body, i);
    paint_jack(v, body);
    for (int i = 0; i < 4; i++)
        bench_fault_chip(
            v, (struct rect){ body.x + body.w + 16, body.y + i * 47, in.w - body.w - 16, 40 },
            words[i], SIM_KEYPAD_INDEX, faults[i]);
    bench_words(v, (struct rect){ body.x + body.w + 16, body.y + 212, in.w - body.w - 16, 30 }, 20,
                WEIGHT_REGULAR, ALIGN_LEFT, bench_color(INK_SOFT),
                bench_say(v, sim_keypad_has_headphones(v->world->keypad) ? "headphones are in"
                                                                         : "no headphones"));
}

void bench_paint_scanner(struct bench_view *v)
{
    static const char *const words[] = { "Phone", "Address", "Half", "Harmful", "Flood", "Fine" };
    static const char *const lines[] = { "scan 1234 5678 9012 3450",
                                         "scan https://county.example/" };
    static const char *const faults[] = { "half", "binary", "flood", "none" };
    struct rect in = bench_panel(
        v, (struct rect){ BENCH_MIDDLE, 840, BENCH_MIDDLE_W, 116 }, "qr_code", "Code scanner",
        bench_say(v, !sim_scanner_device(v->world->scanner)->is_plugged ? "not plugged in"
                     : sim_scanner_is_idle(v->world->scanner)           ? "show it a code"
                                                                        : "sending"));
    for (int i = 0; i < 6; i++) {
        struct rect box = bench_cell((struct rect){ in.x, in.y - 4, in.w, 40 }, i, 6);
        if (i < 2)
            bench_chip(v, box, words[i], false, lines[i]);
        else
            bench_fault_chip(v, box, words[i], SIM_SCANNER_INDEX, faults[i - 2]);
    }
}
