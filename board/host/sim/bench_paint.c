#include "board/host/sim/bench_view.h"

#include <stdio.h>
#include <string.h>

#include "firmware/base/text.h"
#include "ui/text/icon.h"
#include "ui/widget/theme.h"

enum { GAP = 12, RADIUS = 20, CHIP_RADIUS = 14, TITLE_H = 44, HEADER_H = 96, FOOTER_H = 56 };

uint32_t bench_color(enum bench_ink ink)
{
    static const enum color colors[] = { COLOR_TEXT,       COLOR_TEXT_2, COLOR_ON_BRAND,
                                         COLOR_ON_PRIMARY, COLOR_DANGER, COLOR_PRIMARY };
    return theme_light.colors[colors[ink]];
}

bool bench_words(struct bench_view *v, struct rect box, int px, enum weight weight,
                 enum align align, uint32_t color, const char *words)
{
    const struct type type = { weight, px, px * 5 / 4, false };
    char cut[256];
    (void)text_copy(cut, sizeof(cut), words);
    size_t length = strlen(cut);
    while (length && text_width(v->text, type, cut) > box.w) { /* whole characters from behind */
        do
            length--;
        while (length && ((unsigned char)cut[length] & 0xc0) == 0x80);
        cut[length] = 0;
    }
    text_draw(v->text, v->canvas, type, cut, length, box, align, color);
    return length == strlen(words);
}

void bench_icon(struct bench_view *v, struct rect box, int px, uint32_t color, const char *name)
{
    const char *icon = (unsigned char)*name < 0x80 ? icon_named(name) : name;
    text_draw(v->text, v->canvas, (struct type){ WEIGHT_ICON, px, px, false }, icon, strlen(icon),
              box, ALIGN_CENTER, color);
}

void bench_add_hit(struct bench_view *v, struct rect box, const char *line, bool is_key)
{
    if (v->hit_count == BENCH_HITS)
        return;
    struct bench_hit *h = &v->hits[v->hit_count++];
    *h = (struct bench_hit){ .box = box, .is_key = is_key };
    snprintf(h->line, sizeof(h->line), "%s", line);
}

const struct bench_hit *bench_hit_at(const struct bench_view *v, int x, int y)
{
    for (size_t i = v->hit_count; i-- > 0;)
        if (rect_contains(v->hits[i].box, x, y))
            return &v->hits[i];
    return NULL;
}

struct rect bench_cell(struct rect row, int i, int count)
{
    int w = (row.w - (count - 1) * GAP) / count;
    return (struct rect){ row.x + i * (w + GAP), row.y, w, row.h };
}

struct rect bench_panel(struct bench_view *v, struct rect box, const char *icon, const char *title,
                        const char *state)
{
    const uint32_t *c = theme_light.colors;
    canvas_shadow(v->canvas, (struct rect){ box.x, box.y + 4, box.w, box.h }, RADIUS, 14, 0x0a1e3c,
                  28);
    canvas_round(v->canvas, box, RADIUS, c[COLOR_SURFACE], 255);
    struct rect in = { box.x + 24, box.y + 16, box.w - 48, box.h - 40 };
    bench_icon(v, (struct rect){ in.x, in.y, 36, TITLE_H - 8 }, 32, c[COLOR_PRIMARY], icon);
    bench_words(v, (struct rect){ in.x + 48, in.y, in.w - 48, TITLE_H - 8 }, 28, WEIGHT_MEDIUM,
                ALIGN_LEFT, c[COLOR_TEXT], bench_say(v, title));
    bench_words(v, (struct rect){ in.x + in.w / 3, in.y, in.w * 2 / 3, TITLE_H - 8 }, 22,
                WEIGHT_REGULAR, ALIGN_RIGHT, c[COLOR_TEXT_2], state);
    return (struct rect){ in.x, in.y + TITLE_H + 4, in.w, in.h - TITLE_H - 4 };
}

void bench_chip(struct bench_view *v, struct rect box, const char *words, bool is_on,
                const char *line)
{
    const uint32_t *c = theme_light.colors;
    bool is_pressed = rect_equals(v->pressed, box);
    uint32_t fill = is_pressed ? c[COLOR_PRIMARY_PRESSED]
                    : is_on    ? c[COLOR_PRIMARY]
                               : c[COLOR_SOFT];
    uint32_t ink = is_pressed || is_on ? c[COLOR_ON_PRIMARY] : c[COLOR_ON_SOFT];
    canvas_round(v->canvas, box, CHIP_RADIUS, fill, 255);
    v->cut_words += !bench_words(v, (struct rect){ box.x + 6, box.y, box.w - 12, box.h }, 20,
                                 WEIGHT_MEDIUM, ALIGN_CENTER, ink, bench_say(v, words));
    bench_add_hit(v, box, line, false);
}

void bench_fault_chip(struct bench_view *v, struct rect box, const char *words, size_t device,
                      const char *fault)
{
    char line[BENCH_LINE];
    const char *told = v->world->faults[device];
    bool is_none = !strcmp(fault, "none"), is_well = !*told || !strcmp(told, "none");
    size_t length = strcspn(fault, " "); /* behind it: where it strikes */
    snprintf(line, sizeof(line), "fault %s %.60s", sim_device_name(device), fault);
    bench_chip(v, box, words,
               !is_none && !is_well && strlen(told) == length && !strncmp(told, fault, length),
               line);
}

/* ---- header and footer --------------------------------------------------------------- */

/* Both languages' names, the one that is spoken now lit. */
static void paint_language(struct bench_view *v, struct rect box)
{
    const uint32_t *c = theme_light.colors;
    struct rect halves[2] = { bench_cell(box, 0, 2), bench_cell(box, 1, 2) };
    canvas_round(v->canvas, rect_grow(box, 4), CHIP_RADIUS + 4, c[COLOR_PRIMARY], 255);
    canvas_round(v->canvas, halves[v->world->is_english], CHIP_RADIUS, c[COLOR_SURFACE], 255);
    for (int i = 0; i < 2; i++)
        bench_words(v, halves[i], 22, WEIGHT_MEDIUM, ALIGN_CENTER,
                    c[v->world->is_english == i ? COLOR_PRIMARY : COLOR_ON_PRIMARY],
                    i ? "English" : "中文");
    bench_add_hit(v, box, v->world->is_english ? "language zh" : "language en", false);
}

static void paint_header(struct bench_view *v)
{
    const uint32_t *c = theme_light.colors;
    const struct type name = { WEIGHT_BOLD, 40, 50, false };
    const char *title = bench_say(v, "OneTrip bench");
    char address[64], slips[64];
    int behind = BENCH_MARGIN + text_width(v->text, name, title) + 28;
    canvas_fill(v->canvas, (struct rect){ 0, 0, BENCH_W, HEADER_H }, c[COLOR_BRAND]);
    bench_words(v, (struct rect){ BENCH_MARGIN, 0, 600, HEADER_H }, 40, WEIGHT_BOLD, ALIGN_LEFT,
                c[COLOR_ON_BRAND], title);
    bench_words(v, (struct rect){ behind, 6, 700, HEADER_H }, 24, WEIGHT_REGULAR, ALIGN_LEFT,
                c[COLOR_ON_BRAND_2], bench_say(v, "simulated devices, synthetic people"));
    snprintf(address, sizeof(address), "USB/IP 127.0.0.1:%u", usbip_server_port(v->world->server));
    snprintf(slips, sizeof(slips), "%s: %zu", bench_say(v, "slips"),
             sim_printer_slip_count(v->world->printer));
    bench_words(v, (struct rect){ BENCH_W - 900, 0, 220, HEADER_H }, 24, WEIGHT_REGULAR,
                ALIGN_RIGHT, c[COLOR_ON_BRAND], slips);
    bench_words(v, (struct rect){ BENCH_W - 640, 0, 320, HEADER_H }, 22, WEIGHT_REGULAR,
                ALIGN_RIGHT, c[COLOR_ON_BRAND_2], address);
    paint_language(v, (struct rect){ BENCH_W - 276, 24, 236, 48 });
}

/* What was done last, as it would be written in a scenario. */
static void paint_footer(struct bench_view *v)
{
    const uint32_t *c = theme_light.colors;
    struct rect band = { 0, BENCH_H - FOOTER_H, BENCH_W, FOOTER_H };
    canvas_fill(v->canvas, band, c[COLOR_TEXT]);
    bench_words(
        v, (struct rect){ BENCH_MARGIN, band.y, BENCH_W - 2 * BENCH_MARGIN, FOOTER_H }, 24,
        WEIGHT_REGULAR, ALIGN_LEFT, v->is_refused ? 0xff8a80 : 0xd6e4f7,
        *v->said
            ? v->said
            : bench_say(v, "Everything here is a line of a scenario: click, and it is shown."));
}

static const char *const cables[] = {
    "Reader", "Printer", "Keypad", "Scanner", "Keyboard", "County"
};

/* Sockets of the kiosk in a row: a plug that is in touches its socket. */
static void paint_socket(struct bench_view *v, struct rect box, int i, bool is_in)
{
    const uint32_t *c = theme_light.colors;
    int middle = box.x + box.w / 2;
    struct rect socket = { middle - 26, box.y + 6, 52, 20 };
    struct rect plug = { middle - 20, is_in ? box.y + 24 : box.y + 38, 40, 32 };
    uint32_t wire = is_in ? c[COLOR_PRIMARY] : c[COLOR_BORDER];
    canvas_round(v->canvas, socket, 6, c[COLOR_TEXT_2], 255);
    canvas_fill(v->canvas, (struct rect){ middle - 16, socket.y + 6, 32, 8 }, c[COLOR_SURFACE]);
    canvas_stroke(v->canvas, (float)middle, (float)(plug.y + plug.h),
                  (float)middle + (is_in ? 0 : 14), (float)box.y + 80, 6, wire);
    canvas_round(v->canvas, plug, 8, wire, 255);
    canvas_fill(v->canvas, (struct rect){ middle - 12, plug.y - 6, 24, 8 }, 0xb9c4d2);
    bench_words(v, (struct rect){ box.x - 6, box.y + 84, box.w + 12, 30 }, 20, WEIGHT_MEDIUM,
                ALIGN_CENTER, is_in ? c[COLOR_TEXT] : c[COLOR_TEXT_2], bench_say(v, cables[i]));
}

void bench_paint_cables(struct bench_view *v)
{
    const struct sim_world *w = v->world;
    char line[BENCH_LINE];
    struct rect in =
        bench_panel(v, (struct rect){ BENCH_MIDDLE, 972, BENCH_MIDDLE_W, 196 }, "cable", "Cables",
                    bench_say(v, "click a plug to pull it or push it in"));
    for (int i = 0; i < 6; i++) {
        struct rect box = bench_cell(in, i, 6);
        bool is_county = i == 5;
        bool is_in = is_county ? w->relay && relay_is_plugged(w->relay)
                               : sim_world_device(w, (size_t)i)->is_plugged;
        paint_socket(v, (struct rect){ box.x, box.y, box.w, box.h }, i, is_in);
        if (is_county)
            snprintf(line, sizeof(line), "link %s", is_in ? "down" : "up");
        else
            snprintf(line, sizeof(line), "%s %s", is_in ? "unplug" : "plug",
                     sim_device_name((size_t)i));
        bench_add_hit(v, box, line, false);
    }
}

static uint64_t add(uint64_t sum, uint64_t number)
{
    return (sum ^ number) * 0x100000001b3u; /* FNV-1a, in larger pieces */
}

static uint64_t add_text(uint64_t sum, const char *text)
{
    while (*text)
        sum = add(sum, (unsigned char)*text++);
    return sum;
}

uint64_t bench_signature(const struct bench_view *v)
{
    const struct sim_world *w = v->world;
    uint64_t sum = add(0xcbf29ce484222325u, bench_printer_signature(v));
    sim_keypad_tick(w->keypad, sim_world_now_ms(w));
    sum = add(sum, sim_keypad_has_headphones(w->keypad));
    sum = add(sum, sim_reader_reads(w->reader));
    sum = add(sum, sim_reader_has_card(w->reader));
    sum = add(sum, w->relay && relay_is_plugged(w->relay));
    sum = add(sum, v->torn << 1 | v->world->is_english);
    sum = add(sum, (uint64_t)v->pressed.x << 32 | (uint32_t)v->pressed.y);
    sum = add_text(add_text(sum, w->card), v->said);
    for (size_t i = 0; i < SIM_DEVICES; i++)
        sum = add_text(add(sum, sim_world_device(w, i)->is_plugged), w->faults[i]);
    for (size_t i = 0; sim_keypad_key(i); i++)
        sum = add(sum, sim_keypad_is_down(w->keypad, sim_keypad_key(i)));
    return add(sum, sim_scanner_is_idle(w->scanner));
}

void bench_paint(struct bench_view *v)
{
    struct rect all = { 0, 0, BENCH_W, BENCH_H };
    v->hit_count = 0;
    v->canvas->clip = all;
    canvas_fill(v->canvas, all, theme_light.colors[COLOR_BG]);
    paint_header(v);
    bench_paint_cards(v);
    bench_paint_reader(v);
    bench_paint_keypad(v);
    bench_paint_scanner(v);
    bench_paint_printer(v);
    bench_paint_cables(v);
    paint_footer(v);
}
