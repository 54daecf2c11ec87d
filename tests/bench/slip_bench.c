/* How long a slip takes on its way to paper: drawn, turned into bytes, and until the first byte could leave. Percentiles
 * of processor time over many slips (a busy machine would measure its other work), fonts already open, the cache of strings emptied before each as at the end of every visit. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "board/board.h"
#include "drivers/printer/escpos.h"
#include "tests/golden/slips/samples.h"
#include "ui/text/slip_page.h"

enum { ROUNDS = 200, CACHE_BYTES = 8 * 1024 * 1024, DOTS_PER_MM = 8, TARGET_US = 15000 };

struct times {
    double draw[ROUNDS], encode[ROUNDS], first[ROUNDS], whole[ROUNDS];
};

static double now_us(void)
{
    struct timespec t;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double show(const char *what, double *values)
{
    qsort(values, ROUNDS, sizeof(*values), compare);
    double p95 = values[ROUNDS * 95 / 100];
    printf("  %-34s p50 %8.3f ms  p95 %8.3f ms  p99 %8.3f ms  most %8.3f ms\n", what,
           values[ROUNDS / 2] / 1e3, p95 / 1e3, values[ROUNDS * 99 / 100] / 1e3,
           values[ROUNDS - 1] / 1e3);
    return p95;
}

static int one(struct times *t, int i, struct text *text, const struct slip_sample *sample,
               struct slip_head *head, uint32_t *rows)
{
    const struct ieee1284 nobody = { 0 };
    const struct printer_profile *profile = profile_find(0x0416, 0x5011, &nobody);
    AUTO(slip_free) struct slip *slip = NULL;
    struct slip_page page = { 0 };
    struct bytes out AUTO_BYTES = { 0 };
    size_t row = 0;
    text_wipe(text);
    int r = sample->build(&slip, head);
    double began = now_us();
    if (!r)
        r = slip_page_print(&page, text, slip, (struct slip_paper){ 576, 203 });
    double drawn = now_us();
    if (!r)
        r = escpos_next_strip(&out, profile, page.bits, 72, page.rows, &row);
    double first = now_us();
    while (!r && row < page.rows)
        r = escpos_next_strip(&out, profile, page.bits, 72, page.rows, &row);
    double end = now_us();
    t->draw[i] = drawn - began;
    t->first[i] = first - drawn;
    t->encode[i] = end - drawn;
    t->whole[i] = end - began;
    *rows = page.rows;
    slip_page_clear(&page);
    return r;
}

/* 1 when the target for 100 mm is missed. */
static int measure(struct text *text, const struct slip_sample *sample, bool is_double)
{
    static struct times t;
    struct slip_head head = slip_sample_head(SLIP_ZH, is_double, 0);
    uint32_t rows = 0;
    int r = one(&t, 0, text, sample, &head, &rows); /* opens the fonts */
    for (int i = 0; !r && i < ROUNDS; i++)
        r = one(&t, i, text, sample, &head, &rows);
    if (r)
        return r;
    double mm = (double)rows / DOTS_PER_MM;
    printf("%s, %s letters: %.0f mm\n", sample->name, is_double ? "elder" : "usual", mm);
    show("drawn", t.draw);
    show("first strip ready after drawing", t.first);
    show("all strips", t.encode);
    double p95 = show("drawn and encoded", t.whole) * 100 / mm;
    printf("  %-34s p95 %8.3f ms  target 15 ms%s\n", "for each 100 mm", p95 / 1e3,
           p95 > TARGET_US ? "  MISSED" : "");
    return p95 > TARGET_US ? 1 : 0;
}

int main(void)
{
    AUTO(text_free) struct text *text = NULL;
    int missed = 0, r = text_new(&text, &this_board.fonts, CACHE_BYTES);
    for (size_t i = 0; !r && i < slip_sample_count; i++)
        for (int is_double = 0; is_double < 2; is_double++) {
            int m = measure(text, &slip_samples[i], is_double != 0);
            r = m < 0 ? m : 0;
            missed += m > 0;
        }
    if (missed)
        printf("%d targets missed\n", missed);
    return r || missed ? 1 : 0;
}
