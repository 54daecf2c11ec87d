#include "board/host/sim/window.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "firmware/base/json.h"
#include "ui/present/present.h"
#include "ui/widget/page.h"

enum {
    WIDTH = 1480,
    HEIGHT = 1240,
    LEFT = 40,
    COLUMN = 760,
    SLIP_LEFT = LEFT + COLUMN + 60,
    SLIP_TOP = 130,
    BUTTON_H = 84,
    GAP = 16,
    CARDS_MAX = 14,
    TEXT_CACHE_BYTES = 1024 * 1024,
    SCALE_PERCENT = 55, /* it stands beside the kiosk's window */
};

/* Verbs of the window's buttons. */
enum verb { DO_NOTHING, DO_CARD, DO_LIFT, DO_PAPER, DO_COVER, DO_PLUG, DO_LINK };

struct card {
    char file[64], name[64];
};

struct sim_window {
    struct sim_window_ports ports;
    struct presenter *presenter;
    struct canvas *canvas;
    struct text *text;
    struct page *page;
    size_t card_count;
    struct card cards[CARDS_MAX];
    size_t slips_shown;
    bool is_drawn;
};

/* ---- the cards in the drawer --------------------------------------------------------- */

static int by_name(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

static int is_person_file(const struct dirent *entry)
{
    size_t length = strlen(entry->d_name);
    return length > 5 && length < 64 && !strcmp(entry->d_name + length - 5, ".json");
}

static void name_card(struct card *c, const char *folder)
{
    char path[512], complaint[JSON_COMPLAINT];
    snprintf(path, sizeof(path), "%s/%s", folder, c->file);
    AUTO(json_release) json_t *person = json_parse_file(path, 64 * 1024, complaint);
    const char *name = json_string_value(json_object_get(person, "name"));
    const char *english = json_string_value(json_object_get(person, "english_name"));
    const char *said = name && *name ? name : english && *english ? english : c->file;
    int length = said == c->file ? (int)strlen(said) - 5 : (int)strlen(said); /* without ".json" */
    snprintf(c->name, sizeof(c->name), "%.*s", length, said);
}

static void find_cards(struct sim_window *w, const char *folder)
{
    struct dirent **entries = NULL;
    int count = scandir(folder, &entries, is_person_file, by_name);
    for (int i = 0; i < count; i++) {
        if (w->card_count < CARDS_MAX) {
            struct card *c = &w->cards[w->card_count++];
            snprintf(c->file, sizeof(c->file), "%.63s", entries[i]->d_name);
            name_card(c, folder);
        }
        free(entries[i]);
    }
    free(entries);
}

/* ---- picture ------------------------------------------------------------------------- */

static struct rect cell(int column, int columns, int y)
{
    int width = (COLUMN - (columns - 1) * GAP) / columns;
    return (struct rect){ LEFT + column * (width + GAP), y, width, BUTTON_H };
}

static void add_heading(struct sim_window *w, const char *words, int x, int *y)
{
    page_add(w->page, (struct widget){ .kind = &widget_heading,
                                       .box = { x, *y, COLUMN, 48 },
                                       .label = words,
                                       .type = TYPE_H3,
                                       .color = COLOR_TEXT_2,
                                       .max_lines = 1 });
    *y += 60;
}

static void add_button(struct sim_window *w, struct rect box, const char *icon, const char *words,
                       bool is_on, struct action action)
{
    page_add(w->page, (struct widget){ .kind = &widget_button,
                                       .box = box,
                                       .icon = icon,
                                       .type = TYPE_SMALL_STRONG,
                                       .label = words,
                                       .style = is_on ? STYLE_PRIMARY : STYLE_SECONDARY,
                                       .action = action });
}

static void add_cards(struct sim_window *w, const struct sim_bench *bench, int *y)
{
    add_heading(w, "Cards", LEFT, y);
    for (size_t i = 0; i < w->card_count; i++) {
        const struct card *c = &w->cards[i];
        bool is_on_plate = !strcmp(bench->card, c->file);
        struct action act = { is_on_plate ? DO_LIFT : DO_CARD, c->file, "" };
        add_button(w, cell((int)(i % 3), 3, *y + (int)(i / 3) * (BUTTON_H + GAP)), "credit_card",
                   c->name, is_on_plate, act);
    }
    *y += (int)((w->card_count + 2) / 3) * (BUTTON_H + GAP) + 24;
}

static void add_paper(struct sim_window *w, const struct sim_bench *bench, int *y)
{
    static const char *const words[] = { "Paper", "Nearly out", "Out of paper" };
    static const char *const states[] = { "ok", "near-end", "end" };
    add_heading(w, "Printer", LEFT, y);
    for (int i = 0; i < 3; i++)
        add_button(w, cell(i, 4, *y), "", words[i], bench->paper == (enum sim_paper)i,
                   (struct action){ DO_PAPER, states[i], "" });
    add_button(w, cell(3, 4, *y), "", bench->is_cover_open ? "Cover open" : "Cover shut",
               !bench->is_cover_open,
               (struct action){ DO_COVER, bench->is_cover_open ? "" : "open", "" });
    *y += BUTTON_H + GAP + 24;
}

static void add_cables(struct sim_window *w, const struct sim_bench *bench, int *y)
{
    add_heading(w, "Cables", LEFT, y);
    add_button(w, cell(0, 3, *y), "usb", "Reader", bench->has_reader,
               (struct action){ DO_PLUG, "reader", bench->has_reader ? "unplug" : "plug" });
    add_button(w, cell(1, 3, *y), "usb", "Printer", bench->has_printer,
               (struct action){ DO_PLUG, "printer", bench->has_printer ? "unplug" : "plug" });
    add_button(w, cell(2, 3, *y), "wifi", "County", bench->has_link,
               (struct action){ DO_LINK, bench->has_link ? "" : "up", "" });
    *y += BUTTON_H + GAP;
}

static void draw_slip(struct sim_window *w, const struct sim_bench *bench)
{
    if (!bench->slip_count || !bench->slip.bits)
        return;
    struct canvas *c = w->canvas;
    int height = (int)bench->slip.rows, most = HEIGHT - SLIP_TOP - 40;
    struct rect paper = { SLIP_LEFT - 20, SLIP_TOP, bench->slip.width + 40,
                          height < most ? height : most };
    canvas_shadow(c, paper, 2, 16, 0x000000, 40);
    canvas_fill(c, paper, 0xffffff);
    for (int y = 0; y < paper.h; y++)
        for (int x = 0; x < bench->slip.width; x++) {
            uint8_t byte = bench->slip.bits[(size_t)y * (bench->slip.width / 8u) + (size_t)x / 8];
            if (byte & (0x80 >> (x & 7)))
                c->pixels[(size_t)(paper.y + y) * WIDTH + (size_t)(SLIP_LEFT + x)] = 0xff202020;
        }
}

static void build(struct sim_window *w, const struct sim_bench *bench, struct damage *damage)
{
    int y = 130;
    page_begin(w->page, 1);
    page_add(w->page, (struct widget){
                          .kind = &widget_band, .box = { 0, 0, WIDTH, 96 }, .color = COLOR_BRAND });
    page_add(w->page, (struct widget){ .kind = &widget_heading,
                                       .box = { LEFT, 18, COLUMN, 60 },
                                       .label = "OneTrip bench",
                                       .type = TYPE_H2,
                                       .color = COLOR_ON_BRAND,
                                       .max_lines = 1 });
    page_add(w->page, (struct widget){ .kind = &widget_label,
                                       .box = { SLIP_LEFT, 24, 576, 50 },
                                       .label = bench->slip_count ? page_format(w->page, "Slip %zu",
                                                                                bench->slip_count)
                                                                  : "No slip yet",
                                       .type = TYPE_BODY,
                                       .color = COLOR_ON_BRAND_2 });
    add_cards(w, bench, &y);
    add_paper(w, bench, &y);
    add_cables(w, bench, &y);
    page_end(w->page, damage);
}

static void show(struct sim_window *w)
{
    struct sim_bench bench = { .card = "" };
    struct damage damage = { 0 };
    const struct look look = { w->canvas, w->text, &theme_light };
    w->ports.look(w->ports.context, &bench);
    build(w, &bench, &damage);
    if (!damage.count && w->is_drawn && w->slips_shown == bench.slip_count)
        return;
    struct rect all = { 0, 0, WIDTH, HEIGHT };
    w->canvas->clip = all;
    canvas_fill(w->canvas, all, theme_light.colors[COLOR_BG]);
    page_draw(w->page, &look);
    draw_slip(w, &bench);
    damage = (struct damage){ 0 };
    damage_add(&damage, all);
    present_show(w->presenter, w->canvas, &damage);
    w->slips_shown = bench.slip_count;
    w->is_drawn = true;
}

/* ---- hands --------------------------------------------------------------------------- */

static json_t *command_for(const struct action *a)
{
    switch ((enum verb)a->verb) {
    case DO_CARD:
        return json_pack("{ssss}", "do", "tap-card", "person", a->name);
    case DO_LIFT:
        return json_pack("{ss}", "do", "lift-card");
    case DO_PAPER:
        return json_pack("{ssss}", "do", "paper", "state", a->name);
    case DO_COVER:
        return json_pack("{sssb}", "do", "cover", "open", *a->name != 0);
    case DO_PLUG:
        return json_pack("{ssss}", "do", a->value, "device", a->name);
    case DO_LINK:
        return json_pack("{sssb}", "do", "link", "up", *a->name != 0);
    case DO_NOTHING:
        break;
    }
    return NULL;
}

static void take(struct sim_window *w, const struct input *input)
{
    static const enum touch_phase phases[] = { TOUCH_DOWN, TOUCH_MOVE, TOUCH_UP, TOUCH_CANCEL };
    struct damage damage = { 0 };
    if (input->kind == INPUT_REDRAW)
        w->is_drawn = false;
    if (input->kind > INPUT_CANCEL)
        return;
    struct touch touch = { phases[input->kind], input->x, input->y,
                           system_clock.boot_ms(&system_clock) };
    struct page_reply reply = page_touch(w->page, touch, &damage);
    AUTO(json_release)
    json_t *request = reply.kind == PAGE_ACTION ? command_for(&reply.action) : NULL;
    if (request)
        w->ports.command(w->ports.context, request);
}

bool sim_window_tick(struct sim_window *w)
{
    struct input input;
    while (present_next(w->presenter, &input)) {
        if (input.kind == INPUT_QUIT)
            return false;
        take(w, &input);
    }
    show(w);
    return true;
}

int sim_window_png(const struct sim_window *w, const char *path)
{
    return present_png(w->canvas, path);
}

/* ---- life ---------------------------------------------------------------------------- */

int sim_window_new(struct sim_window **out, const char *persons, const struct font_files *fonts,
                   const struct sim_window_ports *ports)
{
    AUTO(sim_window_free) struct sim_window *w = calloc(1, sizeof(*w));
    if (!w)
        return fault_raise(-ENOMEM);
    w->ports = *ports;
    int r = present_window(&w->presenter, "OneTrip bench", WIDTH, HEIGHT, SCALE_PERCENT);
    if (!r)
        r = canvas_new(&w->canvas, WIDTH, HEIGHT);
    if (!r)
        r = text_new(&w->text, fonts, TEXT_CACHE_BYTES);
    if (!r)
        r = page_new(&w->page);
    if (r)
        return r;
    find_cards(w, persons);
    *out = TAKE(w);
    return 0;
}

void sim_window_free(struct sim_window *w)
{
    if (!w)
        return;
    page_free(w->page);
    text_free(w->text);
    canvas_free(w->canvas);
    present_free(w->presenter);
    free(w);
}
