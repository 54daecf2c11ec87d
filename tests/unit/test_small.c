/* links: tests/platform firmware/calendar firmware/case firmware/base */
#include <string.h>

#include "tests/platform/small.h"
#include "tests/support/check.h"

enum { ROWS = 6, COLUMNS = 5, CELLS = ROWS * COLUMNS, TABLES = 20000 };

static uint64_t state;

/* The same chances in every run. */
static int chance(int below)
{
    state = state * UINT64_C(6364136223846793005) + 1442695040888963407u;
    return (int)((unsigned)(state >> 33) % (unsigned)below);
}

/* Sums of rows, then of columns. */
static void add_up(int cells[CELLS])
{
    for (size_t c = 0; c < COLUMNS; c++)
        cells[(ROWS - 1) * COLUMNS + c] = 0;
    for (size_t r = 0; r + 1 < ROWS; r++) {
        int *row = cells + r * COLUMNS;
        row[COLUMNS - 1] = 0;
        for (size_t c = 0; c + 1 < COLUMNS; c++)
            row[COLUMNS - 1] += row[c];
        for (size_t c = 0; c < COLUMNS; c++)
            cells[(ROWS - 1) * COLUMNS + c] += row[c];
    }
}

static void check_line(const int *cells, const bool *hidden, size_t at, size_t step, size_t count)
{
    size_t untold = 0;
    int sum = 0, all = 0;
    for (size_t i = 0; i < count; i++) {
        size_t k = at + i * step;
        untold += hidden[k];
        sum += hidden[k] ? cells[k] : 0;
        all += cells[k];
    }
    bool is_sum_told = !hidden[at + (count - 1) * step];
    CHECK(untold != 1);
    if (untold && is_sum_told)
        CHECK(sum >= SMALL_LEAST);
    CHECK(all >= 0);
}

static void test_small_no_line_of_any_table_tells_what_it_hides(void **st)
{
    int cells[CELLS];
    bool hidden[CELLS];
    (void)st;
    for (int t = 0; t < TABLES; t++) {
        state = (uint64_t)t;
        int most = 1 + chance(20);
        for (size_t i = 0; i < CELLS; i++)
            cells[i] = chance(3) ? 0 : chance(most);
        add_up(cells);
        small_hide(cells, hidden, ROWS, COLUMNS);
        for (size_t i = 0; i < CELLS; i++)
            CHECK(hidden[i] || !cells[i] || cells[i] >= SMALL_LEAST);
        for (size_t r = 0; r < ROWS; r++)
            check_line(cells, hidden, r * COLUMNS, 1, COLUMNS);
        for (size_t c = 0; c < COLUMNS; c++)
            check_line(cells, hidden, c, COLUMNS, ROWS);
    }
}

static void test_small_large_counts_and_noughts_are_told(void **st)
{
    const int cells[] = { 7, 0, 7, 5, 9, 14, 12, 9, 21 };
    bool hidden[9];
    (void)st;
    small_hide(cells, hidden, 3, 3);
    for (size_t i = 0; i < 9; i++)
        CHECK(!hidden[i]);
}

static void test_small_one_case_takes_its_neighbour_and_its_sums_along(void **st)
{
    /* One helped person among 20: 20 - 19 would tell. */
    const int cells[] = { 19, 1, 20, 30, 40, 70, 49, 41, 90 };
    bool hidden[9];
    (void)st;
    small_hide(cells, hidden, 3, 3);
    CHECK(hidden[0] && hidden[1] && hidden[3] && hidden[4]);
    CHECK(!hidden[2] && !hidden[5] && !hidden[8]);
}

RUN(T(test_small_no_line_of_any_table_tells_what_it_hides),
    T(test_small_large_counts_and_noughts_are_told),
    T(test_small_one_case_takes_its_neighbour_and_its_sums_along))
