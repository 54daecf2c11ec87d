/* Text into lines and boxes: how wide it is, where it breaks, where a line stands in its box, and what happens to a text that is too long. */
#include <stdio.h>
#include <string.h>

#include "firmware/base/text.h"
#include "ui/text/text.h"

enum { CUT_BYTES = 512 };

int text_width(struct text *t, struct type type, const char *utf8)
{
    int width = 0;
    uint32_t cp;
    for (size_t left = strlen(utf8), n; left; left -= n, utf8 += n) {
        n = text_decode(&cp, utf8, left);
        width += text_advance(t, type, cp);
    }
    return width;
}

struct measure {
    struct text *text;
    struct type type;
};

static int measured(void *context, uint32_t cp)
{
    struct measure *m = context;
    return text_advance(m->text, m->type, cp);
}

void text_wrap(struct wrapped *out, struct text *t, struct type type, const char *utf8,
               int max_width, size_t max_lines)
{
    struct measure m = { t, type };
    wrap_text(out, utf8, max_width, max_lines, measured, &m);
}

/* Han bodies reach from 0.88 em above the baseline to 0.12 below, capitals to 0.73: the middle of
 * both lies about 0.375 em above it. Icons fill their em above the baseline. Line height of the
 * face would make text look low. */
static int baseline(struct type type, struct rect box)
{
    int middle = box.y + box.h / 2;
    return middle + (type.weight == WEIGHT_ICON ? type.px / 2 : (type.px * 3 + 4) / 8);
}

struct line {
    const char *utf8;
    size_t length;
    bool is_cut;
};

static void draw_line(struct text *t, struct canvas *c, struct type type, struct line line,
                      struct rect box, enum align align, uint32_t color)
{
    int ascent;
    const struct mask *m = text_mask(t, type, line.utf8, line.length, &ascent);
    if (!m)
        return;
    int slack = box.w - m->width;
    int x = box.x + (align == ALIGN_CENTER ? slack / 2 : align == ALIGN_RIGHT ? slack : 0);
    int y = baseline(type, box) - ascent;
    if (c->watch && c->watch->text) {
        struct inscription what = { .utf8 = line.utf8,
                                    .length = line.length,
                                    .px = type.px,
                                    .is_icon = type.weight == WEIGHT_ICON,
                                    .is_cut = line.is_cut,
                                    .box = box,
                                    .drawn = { x, y, m->width, m->height },
                                    .mask = m,
                                    .color = color };
        c->watch->text(c->watch, c, &what);
    }
    canvas_mask(c, m, x, y, color);
}

void text_draw(struct text *t, struct canvas *c, struct type type, const char *utf8, size_t length,
               struct rect box, enum align align, uint32_t color)
{
    draw_line(t, c, type, (struct line){ utf8, length, false }, box, align, color);
}

static void draw_cut_line(struct text *t, struct canvas *c, struct type type, const char *line,
                          size_t length, struct rect box, enum align align, uint32_t color)
{
    char shortened[CUT_BYTES + 4];
    if (length > CUT_BYTES)
        length = CUT_BYTES;
    int used = snprintf(shortened, sizeof(shortened), "%.*s…", (int)length, line);
    draw_line(t, c, type, (struct line){ shortened, (size_t)used, true }, box, align, color);
    explicit_bzero(shortened, sizeof(shortened));
}

int text_draw_block(struct text *t, struct canvas *c, struct type type, const char *utf8,
                    struct rect box, size_t max_lines, enum align align, uint32_t color)
{
    struct wrapped w;
    text_wrap(&w, t, type, utf8, box.w, max_lines);
    for (size_t i = 0; i < w.count; i++) {
        struct rect line = { box.x, box.y + (int)i * type.line_px, box.w, type.line_px };
        const char *start = utf8 + w.lines[i].start;
        if (w.is_cut && i == w.count - 1)
            draw_cut_line(t, c, type, start, w.lines[i].length, line, align, color);
        else
            text_draw(t, c, type, start, w.lines[i].length, line, align, color);
    }
    return (int)w.count * type.line_px;
}

int text_block_height(struct text *t, struct type type, const char *utf8, int width,
                      size_t max_lines)
{
    struct wrapped w;
    text_wrap(&w, t, type, utf8, width, max_lines);
    return (int)w.count * type.line_px;
}
