#include "board/host/sim/bench.h"

#include <stdlib.h>

#include "board/host/sim/commands.h"
#include "board/host/sim/window.h"
#include "firmware/base/json.h"
#include "firmware/base/log.h"

#define NOTO "/usr/share/fonts/opentype/noto/NotoSansCJK-"
#define HANAZONO "/usr/share/fonts/truetype/hanazono/HanaMin"
#define ICONS "/usr/share/fonts/truetype/material-design-icons-iconfont/MaterialIcons-Regular.ttf"

enum { TICK_MS = 30, SIMPLIFIED_CHINESE = 2 /* face in Noto's collections */ };

struct bench {
    struct sim_world *world;
    struct sim_window *window;
    int64_t due_ms;
};

static const struct font_files fonts = {
    .weights = { [WEIGHT_REGULAR] = { NOTO "Regular.ttc", SIMPLIFIED_CHINESE },
                 [WEIGHT_MEDIUM] = { NOTO "Medium.ttc", SIMPLIFIED_CHINESE },
                 [WEIGHT_BOLD] = { NOTO "Bold.ttc", SIMPLIFIED_CHINESE },
                 [WEIGHT_ICON] = { ICONS, 0 } },
    .rare = { { HANAZONO "A.ttf", 0 }, { HANAZONO "B.ttf", 0 } },
};

static void command(void *context, const json_t *request)
{
    struct bench *b = context;
    AUTO(json_release) json_t *reply = sim_world_do(b->world, request);
    if (!json_is_true(json_object_get(reply, "ok")))
        log_line(LOG_WARNING, "sim", "a button of the bench was refused");
}

static void look(void *context, struct sim_bench *out)
{
    const struct sim_world *w = ((struct bench *)context)->world;
    *out = (struct sim_bench){
        .card = w->card,
        .has_reader = sim_reader_device(w->reader)->is_plugged,
        .has_printer = sim_printer_device(w->printer)->is_plugged,
        .has_link = w->relay && relay_is_plugged(w->relay),
        .is_cover_open = w->is_cover_open,
        .paper = w->paper,
        .slip_count = sim_printer_slip_count(w->printer),
    };
    if (out->slip_count && !sim_printer_slip(w->printer, out->slip_count - 1, &out->slip))
        out->slip = (struct sim_slip){ 0 };
}

static int64_t now_ms(void)
{
    return system_clock.boot_ms(&system_clock);
}

int bench_new(struct bench **out, struct sim_world *w)
{
    AUTO(bench_free) struct bench *b = calloc(1, sizeof(*b));
    if (!b)
        return fault_raise(-ENOMEM);
    b->world = w;
    const struct sim_window_ports ports = { b, command, look };
    int r = sim_window_new(&b->window, w->persons ? w->persons : ".", &fonts, &ports);
    if (!r)
        *out = TAKE(b);
    return r;
}

void bench_free(struct bench *b)
{
    if (!b)
        return;
    if (b->window)
        sim_window_free(b->window);
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
