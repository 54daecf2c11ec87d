#include "board/host/sim/bench.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "board/host/sim/commands.h"
#include "board/host/sim/window.h"
#include "board/host/sim/words.h"
#include "firmware/base/json.h"
#include "ui/present/present.h"

#define NOTO "/usr/share/fonts/opentype/noto/NotoSansCJK-"
#define HANAZONO "/usr/share/fonts/truetype/hanazono/HanaMin"
#define ICONS "/usr/share/fonts/truetype/material-design-icons-iconfont/MaterialIcons-Regular.ttf"

enum {
    TICK_MS = 30,
    TEXT_CACHE_BYTES = 1024 * 1024,
    SIMPLIFIED_CHINESE = 2 /* face in Noto's collections */
};

struct bench {
    struct sim_world *world;
    struct sim_window *window;
    int64_t due_ms;
    struct bench_view view;
};

static const struct font_files fonts = {
    .weights = { [WEIGHT_REGULAR] = { NOTO "Regular.ttc", SIMPLIFIED_CHINESE },
                 [WEIGHT_MEDIUM] = { NOTO "Medium.ttc", SIMPLIFIED_CHINESE },
                 [WEIGHT_BOLD] = { NOTO "Bold.ttc", SIMPLIFIED_CHINESE },
                 [WEIGHT_ICON] = { ICONS, 0 } },
    .rare = { { HANAZONO "A.ttf", 0 }, { HANAZONO "B.ttf", 0 } },
};

static bool do_line(void *context, const char *line, char says[BENCH_LINE])
{
    struct bench *b = context;
    char complaint[JSON_COMPLAINT] = "";
    AUTO(json_release) json_t *request = sim_words_request(line, complaint);
    AUTO(json_release) json_t *reply = request ? sim_world_do(b->world, request) : NULL;
    bool is_done = json_is_true(json_object_get(reply, "ok"));
    const char *error = json_string_value(json_object_get(reply, "error"));
    if (!is_done)
        snprintf(says, BENCH_LINE, "%.127s", error ? error : complaint);
    return is_done;
}

static int64_t now_ms(void)
{
    return system_clock.boot_ms(&system_clock);
}

static int set_up(struct bench **out, struct sim_world *w)
{
    AUTO(bench_free) struct bench *b = calloc(1, sizeof(*b));
    if (!b)
        return fault_raise(-ENOMEM);
    b->world = w;
    b->view.world = w;
    int r = canvas_new(&b->view.canvas, BENCH_W, BENCH_H);
    if (!r)
        r = text_new(&b->view.text, &fonts, TEXT_CACHE_BYTES);
    if (r)
        return r;
    bench_find_cards(&b->view, w->persons ? w->persons : ".");
    *out = TAKE(b);
    return 0;
}

int bench_new(struct bench **out, struct sim_world *w)
{
    AUTO(bench_free) struct bench *b = NULL;
    int r = set_up(&b, w);
    if (!r)
        r = sim_window_new(&b->window, &b->view, &(struct sim_window_ports){ b, do_line });
    if (!r)
        *out = TAKE(b);
    return r;
}

void bench_free(struct bench *b)
{
    if (!b)
        return;
    sim_window_free(b->window);
    text_free(b->view.text);
    canvas_free(b->view.canvas);
    free(b);
}

int bench_wait_ms(const struct bench *b)
{
    if (!b)
        return -1;
    int64_t left = b->due_ms - now_ms();
    return left > 0 ? (int)left : 0;
}

bool bench_tick(struct bench *b)
{
    if (!b || now_ms() < b->due_ms)
        return true;
    b->due_ms = now_ms() + TICK_MS;
    return sim_window_tick(b->window);
}

int bench_picture(struct sim_world *w, const char *path)
{
    AUTO(bench_free) struct bench *b = NULL;
    int r = set_up(&b, w);
    if (r || !b)
        return r;
    bench_paint(&b->view);
    return present_png(b->view.canvas, path);
}
