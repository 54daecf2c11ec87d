#include "firmware/slip/slip.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "firmware/base/text.h"

/* Between the cells of a SLIP_COLUMNS line. Controls never get in from outside. */
#define CELL_END "\x1f"

int slip_new(struct slip **out)
{
    struct slip *s = calloc(1, sizeof(*s));
    if (!s)
        return fault_raise(-ENOMEM);
    s->lines = calloc(SLIP_LINES_MAX, sizeof(*s->lines));
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
    size_t used = 0, left = strlen(text), room = left < SLIP_TEXT_MAX ? left : SLIP_TEXT_MAX;
    char *copy = calloc(1, 3 * room + 1); /* an ill-formed byte becomes three */
    uint32_t cp;
    for (size_t n; copy && left; text += n, left -= n) {
        char encoded[4];
        n = text_decode(&cp, text, left);
        if (text_is_control(cp))
            continue;
        size_t size = text_encode(encoded, cp);
        if (used + size > SLIP_TEXT_MAX)
            break;
        memcpy(copy + used, encoded, size);
        used += size;
    }
    return copy;
}

/* Takes both texts, NULL or not. */
static void append(struct slip *s, enum slip_kind kind, char *label, bool has_label, char *text)
{
    if (s->count < SLIP_LINES_MAX && text && (label || !has_label)) {
        s->lines[s->count++] = (struct slip_line){ kind, label, text };
        return;
    }
    s->failed = fault_raise(s->count == SLIP_LINES_MAX ? -E2BIG : -ENOMEM);
    free_text(label);
    free_text(text);
}

void slip_add(struct slip *s, enum slip_kind kind, const char *label, const char *text)
{
    if (!s->failed)
        append(s, kind, label ? clean_copy(label) : NULL, label != NULL, clean_copy(text));
}

/* ---- columns ------------------------------------------------------------------------- */

/* The cleaned cells of one row, joined. NULL without memory. */
static char *join_cells(const struct slip_cell *cells, size_t count, bool is_value)
{
    char *all = calloc(count, SLIP_TEXT_MAX + sizeof(CELL_END));
    for (size_t i = 0; all && i < count; i++) {
        char *cell = clean_copy(is_value ? cells[i].value : cells[i].label);
        if (!cell) {
            free_text(all);
            return NULL;
        }
        size_t used = strlen(all);
        snprintf(all + used, count * (SLIP_TEXT_MAX + sizeof(CELL_END)) - used, "%s%s",
                 i ? CELL_END : "", cell);
        free_text(cell);
    }
    return all;
}

void slip_add_columns(struct slip *s, const struct slip_cell *cells, size_t count)
{
    if (s->failed)
        return;
    if (!count || count > SLIP_CELLS_MAX) {
        s->failed = fault_raise(-EINVAL);
        return;
    }
    append(s, SLIP_COLUMNS, join_cells(cells, count, false), true, join_cells(cells, count, true));
}

static bool cell_of(const char *row, size_t i, const char **at, size_t *bytes)
{
    for (; i; i--) {
        row = strchr(row, CELL_END[0]);
        if (!row)
            return false;
        row++;
    }
    *at = row;
    *bytes = strcspn(row, CELL_END);
    return true;
}

bool slip_column(const struct slip_line *line, size_t i, const char **label, size_t *label_bytes,
                 const char **value, size_t *value_bytes)
{
    return line->kind == SLIP_COLUMNS && cell_of(line->label, i, label, label_bytes) &&
           cell_of(line->text, i, value, value_bytes);
}

/* ---- the whole ----------------------------------------------------------------------- */

int slip_finish(const struct slip *s)
{
    for (size_t i = 0; !s->failed && i < s->count; i++) {
        const struct slip_line *line = &s->lines[i];
        if (slip_tells_number(line->text) || (line->label && slip_tells_number(line->label)))
            return fault_raise(-EPERM);
    }
    return s->failed;
}

/* As it is: the texts have been cleaned before, and columns hold their ends. */
static void add_line(struct slip *to, const struct slip_line *line)
{
    if (!to->failed)
        append(to, line->kind, line->label ? strdup(line->label) : NULL, line->label != NULL,
               strdup(line->text));
}

static int give(struct slip **out, struct slip *s)
{
    int r = slip_finish(s);
    if (r)
        slip_free(s);
    else
        *out = s;
    return r;
}

int slip_copy(struct slip **out, const struct slip *s)
{
    struct slip *copy = NULL;
    int r = slip_new(&copy);
    if (r || !copy)
        return r;
    copy->is_double_size = s->is_double_size;
    for (size_t i = 0; i < s->count; i++)
        add_line(copy, &s->lines[i]);
    return give(out, copy);
}

int slip_shorten(struct slip **out, const struct slip *s, const char *ask)
{
    struct slip *brief = NULL;
    int r = slip_new(&brief);
    if (r || !brief)
        return r;
    brief->is_double_size = false; /* the letters of an elder slip would need twice the paper */
    bool has_footer = false;
    for (size_t i = 0; i < s->count; i++) {
        enum slip_kind kind = s->lines[i].kind;
        if (kind == SLIP_MARK || kind == SLIP_TITLE || kind == SLIP_NUMBER || kind == SLIP_HUGE ||
            kind == SLIP_QR || kind == SLIP_FOOTER) {
            if (kind == SLIP_FOOTER && ask && !has_footer)
                slip_add(brief, SLIP_SMALL, NULL, ask);
            has_footer |= kind == SLIP_FOOTER;
            add_line(brief, &s->lines[i]);
        }
    }
    if (ask && !has_footer)
        slip_add(brief, SLIP_SMALL, NULL, ask);
    return give(out, brief);
}
