/* A code to photograph: black on white in every theme, four modules of quiet zone. */
#include "ui/text/qr.h"
#include "ui/widget/paint.h"

static void draw_qr(const struct widget *w, const struct look *l)
{
    struct qr qr;
    struct rect b = w->box;
    canvas_round(l->canvas, b, 8, 0xFFFFFF, 255);
    if (qr_encode(&qr, w->label))
        return;
    int module = b.w / (qr.side + 2 * QR_QUIET), side = module * qr.side;
    int x0 = b.x + (b.w - side) / 2, y0 = b.y + (b.h - side) / 2;
    for (int y = 0; y < qr.side; y++)
        for (int x = 0; x < qr.side; x++)
            if (qr.module[y][x])
                canvas_fill(l->canvas,
                            (struct rect){ x0 + x * module, y0 + y * module, module, module },
                            0x000000);
}

const struct widget_kind widget_qr = { .role = "image", .draw = draw_qr };
