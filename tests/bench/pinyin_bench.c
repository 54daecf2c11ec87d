/* pinyin_bench PROGRAM ITEMS: every item of tests/data/pinyin/everyday.tsv typed letter by letter through
 * the client that kiosk uses. Prints the time of an answer, of a fresh helper's first one, and the helper's memory. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "ui/input/pinyin/speller.h"

enum { ANSWERS_MAX = 40000, RESTARTS = 10, CANDIDATES = 10, TARGET_MS = 20 };

static double now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Nearest rank. */
static double percentile(const double *sorted, size_t count, size_t percent)
{
    size_t rank = (count * percent + 99) / 100;
    return count ? sorted[rank ? rank - 1 : 0] : 0;
}

static void show_memory(int pid, const char *when)
{
    char path[64], line[128];
    snprintf(path, sizeof(path), "/proc/%d/smaps_rollup", pid);
    FILE *f = fopen(path, "re");
    while (f && fgets(line, sizeof(line), f)) {
        int kb;
        /* NOLINTNEXTLINE */
        if (sscanf(line, "Pss: %d kB", &kb) == 1)
            printf("helper: PSS %.1f MB %s\n", kb / 1024.0, when);
    }
    if (f)
        fclose(f);
    else
        puts("helper: PSS is for root to read");
}

/* What the machine's other work does not change: processor time of the helper so far, ms. */
static double spent_ms(int pid)
{
    char path[64], line[512] = "";
    unsigned long user = 0, system = 0;
    snprintf(path, sizeof(path), "/proc/%d/stat", pid);
    FILE *f = fopen(path, "re");
    const char *rest = f && fgets(line, sizeof(line), f) ? strrchr(line, ')') : NULL;
    if (rest)
        /* NOLINTNEXTLINE */
        sscanf(rest, ") %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu", &user, &system);
    if (f)
        fclose(f);
    return 1e3 * (double)(user + system) / (double)sysconf(_SC_CLK_TCK);
}

static size_t type(struct speller *s, const char *letters, double *ms, size_t count)
{
    size_t length = strlen(letters);
    for (size_t n = 1; n <= length && n <= SPELLER_LETTERS_MAX && count < ANSWERS_MAX; n++) {
        struct speller_answer answer;
        char typed[SPELLER_LETTERS_MAX + 1] = "";
        memcpy(typed, letters, n);
        double begin = now_ms();
        if (speller_ask(s, &answer, typed, 0, CANDIDATES)) {
            fprintf(stderr, "no answer after %zu letters\n", n);
            exit(1);
        }
        ms[count++] = now_ms() - begin;
    }
    return count;
}

static size_t type_all(struct speller *s, const char *path, double *ms)
{
    char line[256];
    size_t count = 0;
    FILE *f = fopen(path, "re");
    while (f && fgets(line, sizeof(line), f)) {
        line[strcspn(line, "\t\n")] = 0;
        if (line[0] != '#')
            count = type(s, line, ms, count);
    }
    if (f)
        fclose(f);
    return count;
}

static void restarts(struct speller *s)
{
    double ms[RESTARTS];
    for (int i = 0; i < RESTARTS; i++) {
        struct speller_answer answer;
        double begin = now_ms();
        speller_end(s);
        if (speller_ask(s, &answer, "w", SPELLER_NAME | SPELLER_FIRST, CANDIDATES))
            exit(1);
        ms[i] = now_ms() - begin;
    }
    qsort(ms, RESTARTS, sizeof(*ms), by_size);
    printf("end of a visit to the first answer of the fresh helper: median %.0f ms, most %.0f ms\n",
           ms[RESTARTS / 2], ms[RESTARTS - 1]);
}

int main(int argc, char **argv)
{
    static double ms[ANSWERS_MAX];
    AUTO(speller_free) struct speller *s = NULL;
    struct speller_answer answer;
    if (argc != 3)
        return 2;
    const struct speller_config config = { .program = argv[1], .clock = &system_clock };
    if (speller_new(&s, &config) || speller_ask(s, &answer, "ni", 0, CANDIDATES))
        return 1;
    show_memory(speller_pid(s), "at rest");
    double before = spent_ms(speller_pid(s));
    size_t count = type_all(s, argv[2], ms);
    double spent = spent_ms(speller_pid(s)) - before;
    show_memory(speller_pid(s), "after all of it in one visit");
    qsort(ms, count, sizeof(*ms), by_size);
    double p95 = percentile(ms, count, 95);
    printf("%zu answers, one after every letter: median %.2f ms, p95 %.2f ms, p99 %.2f ms, most "
           "%.2f ms\n",
           count, percentile(ms, count, 50), p95, percentile(ms, count, 99),
           percentile(ms, count, 100));
    printf("p95 is %.2f of the %d ms that a letter may take\n", p95 / TARGET_MS, TARGET_MS);
    printf("processor time of an answer: mean %.2f ms\n", count ? spent / (double)count : 0);
    restarts(s);
    return 0;
}
