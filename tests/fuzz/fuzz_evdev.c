/* links: ui/present ui/canvas firmware/base */
#include <stdlib.h>
#include <string.h>

#include "ui/present/evdev_touch.h"

/* First byte: kind of panel and how it lies. Then events of four bytes: type, code, value (little-endian). Whatever a
 * panel says, touches are on the canvas, and a finger that came down goes up or is cancelled before the next comes. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { W = 1080, H = 1920 };

static void check_order(struct evdev_touch *t, bool *is_down)
{
    struct input in;
    while (evdev_touch_next(t, &in)) {
        if (in.x < 0 || in.x >= W || in.y < 0 || in.y >= H || in.kind > INPUT_CANCEL)
            abort();
        if (in.kind == INPUT_DOWN ? *is_down : in.kind != INPUT_CANCEL && !*is_down)
            abort();
        *is_down = in.kind == INPUT_DOWN || in.kind == INPUT_MOVE;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct evdev_touch t;
    bool is_down = false;
    if (size < 1)
        return 0;
    evdev_touch_start(&t, (struct evdev_axis){ -3, 4095 }, (struct evdev_axis){ 0, 32767 },
                      data[0] & 1);
    evdev_touch_place(&t, (struct evdev_lie){ data[0] & 2, data[0] & 4, data[0] & 8 },
                      (struct rect){ 0, 0, 1200, 1920 }, (struct rect){ 60, 0, W, H });
    for (size_t at = 1; at + 4 <= size; at += 4) {
        struct input_event e = { .type = data[at] & 3, .code = data[at + 1] };
        e.value = (int16_t)(data[at + 2] | data[at + 3] << 8);
        if (data[at] & 0x40)
            e.value = (int)((uint32_t)e.value * 0x10001u);
        if (e.type == EV_KEY)
            e.code = data[at + 1] & 1 ? BTN_TOUCH : BTN_LEFT;
        int ids[] = { e.value, -1, 5 };
        if (evdev_touch_take(&t, &e))
            evdev_touch_resync(&t, e.value, ids, 3);
        if (data[at] & 0x80) /* the loop is not always there */
            check_order(&t, &is_down);
    }
    evdev_touch_end(&t);
    check_order(&t, &is_down);
    if (is_down)
        abort();
    return 0;
}
