#include "ui/text/wrap.h"

#include <string.h>

#include "firmware/base/text.h"

static bool is_in(uint32_t cp, const char *set)
{
    uint32_t member;
    for (size_t left = strlen(set); left;) {
        size_t n = text_decode(&member, set, left);
        if (member == cp)
            return true;
        set += n;
        left -= n;
    }
    return false;
}

static bool is_no_start(uint32_t cp)
{
    return cp > 0x20 && is_in(cp, "，。、；：？！）》」』】〕〗〉”’·…—～％,.;:?!)]}%");
}

static bool is_no_end(uint32_t cp)
{
    return is_in(cp, "（《「『【〔〖〈“‘([{");
}

static bool is_wide(uint32_t cp)
{
    return text_is_han(cp) || (cp >= 0x2e80 && cp <= 0x9fff) || (cp >= 0xff00 && cp <= 0xffef) ||
           cp >= 0x20000;
}

/* May a line end between two neighbours? */
static bool may_break(uint32_t before, uint32_t after)
{
    if (is_no_start(after) || is_no_end(before))
        return false;
    if (before == ' ' || before == '-' || before == '/')
        return true;
    return is_wide(before) || is_wide(after);
}

struct cursor {
    const char *text;
    size_t at, length;
};

/* The character at the cursor without moving; 0 at the end. */
static uint32_t peek(const struct cursor *c, size_t *bytes)
{
    uint32_t cp = 0;
    *bytes = 0;
    if (c->at < c->length)
        *bytes = text_decode(&cp, c->text + c->at, c->length - c->at);
    return cp;
}

struct limits {
    int max_width;
    wrap_advance advance;
    void *context;
};

/* Take one line from the cursor. */
static struct wrap_line take_line(struct cursor *c, const struct limits *limits)
{
    struct wrap_line line = { .start = c->at };
    size_t break_at = 0, bytes;
    int width = 0, break_width = 0;
    uint32_t before = 0, cp;
    while ((cp = peek(c, &bytes)) && cp != '\n') {
        if (before && may_break(before, cp)) {
            break_at = c->at;
            break_width = width;
        }
        int wider = width + limits->advance(limits->context, cp);
        /* A blank may hang over the edge: it is not drawn. */
        if (wider > limits->max_width && cp != ' ' && c->at > line.start) {
            if (break_at) {
                c->at = break_at;
                width = break_width;
            }
            break;
        }
        width = wider;
        c->at += bytes;
        before = cp;
    }
    size_t end = c->at;
    while (end > line.start && c->text[end - 1] == ' ') {
        width -= limits->advance(limits->context, ' ');
        end--;
    }
    line.length = end - line.start;
    line.width = width;
    if (peek(c, &bytes) == '\n')
        c->at++;
    else
        while (peek(c, &bytes) == ' ')
            c->at++;
    return line;
}

/* Shorten the last line until "…" fits behind it. */
static void leave_room(struct wrap_line *line, const char *text, const struct limits *limits)
{
    int dots = limits->advance(limits->context, 0x2026);
    while (line->length && line->width + dots > limits->max_width) {
        size_t last = line->length - 1;
        uint32_t cp;
        while (last && ((uint8_t)text[line->start + last] & 0xc0) == 0x80)
            last--;
        text_decode(&cp, text + line->start + last, line->length - last);
        line->width -= limits->advance(limits->context, cp);
        line->length = last;
    }
}

void wrap_text(struct wrapped *out, const char *text, int max_width, size_t max_lines,
               wrap_advance advance, void *context)
{
    struct cursor c = { .text = text, .length = strlen(text) };
    struct limits limits = { max_width, advance, context };
    if (max_lines > WRAP_LINES_MAX)
        max_lines = WRAP_LINES_MAX;
    out->count = 0;
    out->is_cut = false;
    while (c.at < c.length && out->count < max_lines)
        out->lines[out->count++] = take_line(&c, &limits);
    out->is_cut = c.at < c.length && out->count;
    if (out->is_cut)
        leave_room(&out->lines[out->count - 1], text, &limits);
}
