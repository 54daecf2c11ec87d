#include "firmware/slip/slip.h"

#include <stdlib.h>
#include <string.h>

#include "firmware/base/text.h"

enum { LINES_MAX = 64, TEXT_MAX = 400 };

int slip_new(struct slip **out)
{
    struct slip *s = calloc(1, sizeof(*s));
    if (!s)
        return fault_raise(-ENOMEM);
    s->lines = calloc(LINES_MAX, sizeof(*s->lines));
    if (!s->lines) {
        free(s);
        return fault_raise(-ENOMEM);
    }
    *out = s;
    return 0;
}

static void free_text(char *text)
{
    if (text)
        explicit_bzero(text, strlen(text));
    free(text);
}

void slip_free(struct slip *s)
{
    if (!s)
        return;
    for (size_t i = 0; i < s->count; i++) {
        free_text(s->lines[i].label);
        free_text(s->lines[i].text);
    }
    free(s->lines);
    free(s);
}

/* A copy without control characters, cut to whole characters. NULL without memory. */
static char *clean_copy(const char *text)
{
    char *copy = calloc(1, TEXT_MAX + 1);
    size_t used = 0, left = strlen(text);
    uint32_t cp;
    for (size_t n; copy && left; text += n, left -= n) {
        char encoded[4];
        n = text_decode(&cp, text, left);
        if (text_is_control(cp))
            continue;
        size_t size = text_encode(encoded, cp);
        if (used + size > TEXT_MAX)
            break;
        memcpy(copy + used, encoded, size);
        used += size;
    }
    return copy;
}

void slip_add(struct slip *s, enum slip_kind kind, const char *label, const char *text)
{
    if (s->failed)
        return;
    if (s->count == LINES_MAX) {
        s->failed = fault_raise(-E2BIG);
        return;
    }
    struct slip_line *line = &s->lines[s->count++];
    line->kind = kind;
    line->label = label ? clean_copy(label) : NULL;
    line->text = clean_copy(text);
    if (!line->text || (label && !line->label))
        s->failed = fault_raise(-ENOMEM);
}

int slip_finish(const struct slip *s)
{
    return s->failed;
}

int slip_copy(struct slip **out, const struct slip *s)
{
    struct slip *copy = NULL;
    int r = slip_new(&copy);
    if (!copy)
        return r;
    copy->is_double_size = s->is_double_size;
    for (size_t i = 0; i < s->count; i++)
        slip_add(copy, s->lines[i].kind, s->lines[i].label, s->lines[i].text);
    r = slip_finish(copy);
    if (r) {
        slip_free(copy);
        return r;
    }
    *out = copy;
    return 0;
}
