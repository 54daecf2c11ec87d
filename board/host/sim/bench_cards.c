/* The drawer with the cards of synthetic people, and the reader with its plate. */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "board/host/sim/bench_view.h"
#include "firmware/base/json.h"
#include "firmware/base/text.h"
#include "firmware/card/person.h"

enum { CARD_W = 256, CARD_H = 161, CARD_GAP = 32, PERSON_BYTES = 64 * 1024 };

/* ---- reading ------------------------------------------------------------------------- */

static int by_name(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

static int is_person_file(const struct dirent *entry)
{
    size_t length = strlen(entry->d_name);
    return length > 5 && length < 64 && !strcmp(entry->d_name + length - 5, ".json");
}

/* Two digits without a leading zero. */
static int two(const char *digits)
{
    return (digits[0] - '0') * 10 + digits[1] - '0';
}

static void write_birth(char *out, size_t size, const char *birth)
{
    if (strlen(birth) == 8 && strspn(birth, "0123456789") == 8)
        snprintf(out, size, "%.4s 年 %d 月 %d 日", birth, two(birth + 4), two(birth + 6));
}

static const char *kind_words(const char *layout)
{
    switch (*layout) {
    case 'J':
        return "港澳台居民居住证";
    case 'I':
    case 'Y':
        return "外国人永久居留身份证";
    case 'C':
        return "居民身份证";
    default:
        return "a card of no known kind";
    }
}

static void read_card(struct bench_card *c, const char *folder)
{
    char path[512], complaint[JSON_COMPLAINT];
    snprintf(path, sizeof(path), "%s/%s", folder, c->file);
    AUTO(json_release) json_t *person = json_parse_file(path, PERSON_BYTES, complaint);
    const char *name = json_text_at(person, "name"),
               *english = json_text_at(person, "english_name");
    const char *sex = json_text_at(person, "sex"), *nation = json_text_at(person, "nation");
    const char *said = *name ? name : *english ? english : c->file;
    int length = said == c->file ? (int)strlen(said) - 5 : (int)strlen(said); /* without ".json" */
    snprintf(c->name, sizeof(c->name), "%.*s", length, said);
    snprintf(c->sex, sizeof(c->sex), "%s", *sex ? sex_name(*sex, false) : "");
    snprintf(c->nation, sizeof(c->nation), "%s", *nation ? nation_name(nation, false) : "");
    write_birth(c->birth, sizeof(c->birth), json_text_at(person, "birth"));
    snprintf(c->address, sizeof(c->address), "%s", json_text_at(person, "address"));
    snprintf(c->number, sizeof(c->number), "%s", json_text_at(person, "number"));
    snprintf(c->kind, sizeof(c->kind), "%s", kind_words(json_text_at(person, "layout")));
    c->is_foreign =
        *json_text_at(person, "layout") == 'I' || *json_text_at(person, "layout") == 'Y';
}

void bench_find_cards(struct bench_view *v, const char *folder)
{
    struct dirent **entries = NULL;
    int count = scandir(folder, &entries, is_person_file, by_name);
    for (int i = 0; i < count; i++) {
        if (v->card_count < BENCH_CARDS) {
            struct bench_card *c = &v->cards[v->card_count++];
            snprintf(c->file, sizeof(c->file), "%.63s", entries[i]->d_name);
            read_card(c, folder);
        }
        free(entries[i]);
    }
    free(entries);
}

/* ---- a card -------------------------------------------------------------------------- */

/* A head and shoulders of nobody. */
static void paint_photo(struct bench_view *v, struct rect box)
{
    struct rect old = v->canvas->clip;
    canvas_round(v->canvas, box, 4, 0xdfe9f2, 255);
    v->canvas->clip = box;
    int middle = box.x + box.w / 2, head = box.w * 2 / 5;
    canvas_round(v->canvas, (struct rect){ middle - head, box.y + box.h * 3 / 5, 2 * head, box.h },
                 head, 0xa9bdd1, 255);
    canvas_round(v->canvas,
                 (struct rect){ middle - head / 2, box.y + box.h / 5, head, head * 6 / 5 },
                 head / 2, 0xa9bdd1, 255);
    v->canvas->clip = old;
}

static void paint_line(struct bench_view *v, struct rect box, int px, const char *label,
                       const char *value)
{
    if (!*value)
        return;
    struct rect right = { box.x + px * 5 / 2, box.y, box.w - px * 5 / 2, box.h };
    bench_words(v, box, px, WEIGHT_REGULAR, ALIGN_LEFT, 0x2b7fb8, label);
    bench_words(v, right, px, WEIGHT_MEDIUM, ALIGN_LEFT, 0x16202c, value);
}

/* In two lines, as on a card. */
static void paint_address(struct bench_view *v, struct rect box, int px, const char *address)
{
    char first[160];
    size_t cut = text_offset(address, (size_t)((box.w - px * 5 / 2) / px));
    snprintf(first, sizeof(first), "%.*s", (int)cut, address);
    paint_line(v, box, px, "住址", first);
    box.y += box.h;
    if (address[cut])
        paint_line(v, box, px, "", address + cut);
}

void bench_paint_card(struct bench_view *v, struct rect box, const struct bench_card *card)
{
    int px = box.h / 12, step = box.h * 14 / 100, x = box.x + px, y = box.y + px;
    struct rect text = { x, y, box.w * 60 / 100, step };
    char sex[80];
    canvas_shadow(v->canvas, (struct rect){ box.x, box.y + 3, box.w, box.h }, px, 10, 0x0a1e3c, 40);
    canvas_round(v->canvas, box, px, 0xeaf4fb, 255);
    canvas_round(
        v->canvas,
        (struct rect){ box.x + box.w / 3, box.y + box.h / 5, box.w * 2 / 3, box.h * 4 / 5 }, px,
        0xdcecf7, 255);
    canvas_outline(v->canvas, box, px, 1, 0xb8cfe0);
    paint_line(v, text, px + 2, "姓名", card->name);
    text.y += step;
    snprintf(sex, sizeof(sex), "%s%s%s", card->sex, *card->nation ? "    民族 " : "", card->nation);
    paint_line(v, text, px, "性别", sex);
    text.y += step;
    paint_line(v, text, px, "出生", card->birth);
    text.y += step;
    paint_address(v, (struct rect){ x, text.y, box.w * 66 / 100, step * 9 / 10 }, px,
                  card->address);
    struct rect text_of_kind = { x, box.y + box.h * 66 / 100, box.w * 66 / 100, step };
    paint_photo(v, (struct rect){ box.x + box.w * 70 / 100, box.y + px, box.w * 24 / 100,
                                  box.h * 56 / 100 });
    bench_words(
        v,
        (struct rect){ box.x + box.w * 62 / 100, box.y + box.h * 66 / 100, box.w * 36 / 100, step },
        px - 3, WEIGHT_REGULAR, ALIGN_CENTER, 0x7c8a9c, "样本");
    struct rect number = { x, box.y + box.h * 80 / 100, box.w - 2 * px, step };
    bench_words(v, number, px - 3, WEIGHT_REGULAR, ALIGN_LEFT, 0x2b7fb8,
                !*card->number     ? ""
                : card->is_foreign ? "证件号码"
                                   : "公民身份号码");
    if (card->is_foreign)
        bench_words(v, text_of_kind, px - 2, WEIGHT_REGULAR, ALIGN_LEFT, 0x7c8a9c, card->kind);
    if (!*card->number)
        bench_words(v, number, px - 1, WEIGHT_REGULAR, ALIGN_LEFT, 0x4a5868, card->kind);
    bench_words(v, number, px + 1, WEIGHT_MEDIUM, ALIGN_RIGHT, 0x16202c, card->number);
}

/* ---- the drawer and the plate -------------------------------------------------------- */

void bench_paint_cards(struct bench_view *v)
{
    char line[BENCH_LINE];
    struct rect in =
        bench_panel(v, (struct rect){ BENCH_MARGIN, BENCH_TOP, 592, 1040 }, "credit_card", "Cards",
                    bench_say(v, "click one to lay it on the reader"));
    int shown = (int)v->card_count;
    for (int i = 0; i < shown; i++) {
        const struct bench_card *c = &v->cards[i];
        struct rect box = { in.x + (i % 2) * (CARD_W + 30),
                            in.y + (i / 2) * (CARD_H + CARD_GAP + 4), CARD_W, CARD_H };
        if (!strcmp(v->world->card, c->file)) { /* it lies on the plate */
            canvas_outline(v->canvas, box, 12, 2, 0xb8cfe0);
            bench_words(v, box, 22, WEIGHT_REGULAR, ALIGN_CENTER, 0x7c8a9c,
                        bench_say(v, "on the reader"));
            continue;
        }
        bench_paint_card(v, box, c);
        snprintf(line, sizeof(line), "card %s", c->file);
        bench_add_hit(v, box, line, false);
    }
}

static const struct bench_card *on_plate(const struct bench_view *v)
{
    static const struct bench_card other = { .name = "?" };
    for (size_t i = 0; i < v->card_count; i++)
        if (!strcmp(v->world->card, v->cards[i].file))
            return &v->cards[i];
    return sim_reader_has_card(v->world->reader) ? &other : NULL;
}

static void paint_plate(struct bench_view *v, struct rect plate, bool is_plugged)
{
    canvas_round(v->canvas, plate, 18, 0x2b3645, 255);
    canvas_round(v->canvas, rect_grow(plate, -10), 12, is_plugged ? 0x3a475a : 0x2f3947, 255);
    /* the light of the reader: on as long as it has its cable */
    canvas_round(v->canvas, (struct rect){ plate.x + 26, plate.y + 26, 14, 14 }, 7,
                 is_plugged ? 0x7ce38b : 0x4a5868, 255);
    const struct bench_card *card = on_plate(v);
    struct rect box = { plate.x + (plate.w - 306) / 2, plate.y + 17, 306, 193 };
    if (card) {
        bench_paint_card(v, box, card);
        bench_add_hit(v, box, "lift", false);
        return;
    }
    canvas_outline(v->canvas, box, 12, 2, 0x6b7a8f);
    bench_icon(v, (struct rect){ box.x, box.y + 30, box.w, 80 }, 64, 0x8fa0b5, "contactless");
    bench_words(v, (struct rect){ box.x, box.y + 120, box.w, 40 }, 24, WEIGHT_REGULAR, ALIGN_CENTER,
                0xb9c4d2, bench_say(v, is_plugged ? "no card on the plate" : "not plugged in"));
}

void bench_paint_reader(struct bench_view *v)
{
    static const char *const words[] = { "Silent", "Read fails", "Not an ID card", "Halts",
                                         "Well" };
    static const char *const faults[] = { "silence", "read-fail", "wrong-card", "stall", "none" };
    const struct sim_world *w = v->world;
    char state[96];
    bool is_plugged = sim_world_device(w, SIM_READER_INDEX)->is_plugged;
    if (sim_reader_has_card(w->reader))
        snprintf(state, sizeof(state), "%s", bench_say(v, "click it to lift it"));
    else
        snprintf(state, sizeof(state), "%s: %u", bench_say(v, "cards read"),
                 sim_reader_reads(w->reader));
    struct rect in = bench_panel(v, (struct rect){ BENCH_MIDDLE, BENCH_TOP, BENCH_MIDDLE_W, 324 },
                                 "contactless", "ID reader", state);
    struct rect plate = { in.x, in.y, 430, 228 };
    paint_plate(v, plate, is_plugged);
    for (int i = 0; i < 5; i++)
        bench_fault_chip(
            v, (struct rect){ plate.x + plate.w + 16, in.y + i * 47, in.w - plate.w - 16, 40 },
            words[i], SIM_READER_INDEX, faults[i]);
}
