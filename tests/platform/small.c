#include "tests/platform/small.h"

/* A row or a column: `count` cells from `at` on, each `step` behind the last one; the sum is the last of them. */
struct line {
    size_t at, step, count;
};

static size_t place(const struct line *l, size_t i)
{
    return l->at + i * l->step;
}

/* The smallest cell that is told and not nought; the sum only when there is no other. */
static bool hide_one_more(const int *cells, bool *hidden, const struct line *l)
{
    size_t found = l->count;
    for (size_t i = 0; i + 1 < l->count; i++) {
        size_t k = place(l, i);
        if (!hidden[k] && cells[k] && (found == l->count || cells[k] < cells[place(l, found)]))
            found = i;
    }
    size_t sum = place(l, l->count - 1);
    if (found == l->count && (hidden[sum] || !cells[sum]))
        return false;
    hidden[found == l->count ? sum : place(l, found)] = true;
    return true;
}

/* Does the line tell what it hides? */
static bool tells(const int *cells, const bool *hidden, const struct line *l)
{
    size_t count = 0;
    int sum = 0;
    for (size_t i = 0; i < l->count; i++) {
        size_t k = place(l, i);
        count += hidden[k];
        sum += hidden[k] ? cells[k] : 0;
    }
    bool is_sum_told = !hidden[place(l, l->count - 1)];
    return count == 1 || (count && is_sum_told && sum < SMALL_LEAST);
}

static bool guard(const int *cells, bool *hidden, const struct line *l)
{
    bool has_changed = false;
    while (tells(cells, hidden, l) && hide_one_more(cells, hidden, l))
        has_changed = true;
    return has_changed;
}

void small_hide(const int *cells, bool *hidden, size_t rows, size_t columns)
{
    for (size_t i = 0; i < rows * columns; i++)
        hidden[i] = cells[i] > 0 && cells[i] < SMALL_LEAST;
    for (bool has_changed = true; has_changed;) {
        has_changed = false;
        for (size_t r = 0; r < rows; r++)
            has_changed |= guard(cells, hidden, &(struct line){ r * columns, 1, columns });
        for (size_t c = 0; c < columns; c++)
            has_changed |= guard(cells, hidden, &(struct line){ c, columns, rows });
    }
}
