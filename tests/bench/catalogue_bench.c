/* links: firmware/catalogue firmware/card firmware/base */
/* Prints one line of JSON for each size of catalogue: bytes, milliseconds to load, milliseconds for one key
 * of a search (the slowest of several), bytes of memory. Services are those of the catalogue given,
 * over and over under new codes, cut to the beginning of their form so that 5,000 of them fit the limit of 16 MiB.
 *
 *     catalogue_bench assets/catalogue/catalogue.json
 *
 * With --trial the two smallest sizes alone, and no time is judged: that it still makes catalogues that load.
 */
#include <jansson.h>
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "firmware/catalogue/check.h"

enum { ROUNDS = 5, FIELDS = 2, KEYWORDS = 4 };

static double cpu_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

/* What names other services or a whole form cannot be repeated. */
static json_t *service_like(const json_t *one, size_t n)
{
    static const char *const dropped[] = { "rules", "parts",     "departments", "materials",
                                           "hint",  "anonymous", "life_event",  "check" };
    json_t *s = json_deep_copy(one), *pages = json_object_get(s, "pages");
    char code[8];
    snprintf(code, sizeof(code), "%c%04zu", (char)('A' + n / 10000), n % 10000);
    json_object_set_new(s, "code", json_string(code));
    for (size_t i = 0; i < sizeof(dropped) / sizeof(dropped[0]); i++)
        json_object_del(s, dropped[i]);
    while (json_array_size(pages) > 1)
        json_array_remove(pages, json_array_size(pages) - 1);
    json_t *fields = json_object_get(json_array_get(pages, 0), "fields"),
           *keywords = json_object_get(s, "keywords");
    while (json_array_size(fields) > FIELDS)
        json_array_remove(fields, json_array_size(fields) - 1);
    while (json_array_size(keywords) > KEYWORDS)
        json_array_remove(keywords, json_array_size(keywords) - 1);
    json_object_set_new(s, "needs_consent", json_false());
    json_object_del(s, "consent");
    json_object_set_new(s, "delivery",
                        json_pack("[ssss]", "post", "pickup", "electronic", "account"));
    return s;
}

static bool asks_account(const json_t *service)
{
    char *text = json_dumps(service, JSON_COMPACT);
    bool asks = text && strstr(text, "\"kind\":\"account\"");
    free(text);
    return asks;
}

static char *make_document(const json_t *base, size_t count)
{
    json_t *document = json_deep_copy(base), *services = json_array();
    const json_t *from = json_object_get(base, "services");
    for (size_t i = 0, n = 0; n < count; i++) {
        json_t *s = service_like(json_array_get(from, i % json_array_size(from)), n);
        if (asks_account(s) || json_array_append(services, s))
            s = (json_decref(s), NULL);
        n += s != NULL;
        json_decref(s);
    }
    json_object_set_new(document, "services", services);
    json_object_del(document, "popular"); /* both name services of the county's catalogue */
    json_object_del(document, "unsettled");
    char *text = json_dumps(document, JSON_COMPACT);
    json_decref(document);
    return text;
}

static double slowest_search(const struct catalogue *c)
{
    static const char *const keys[] = { "b",         "补",   "hlbt",      "care subsidy",
                                        "残疾 护理", "zzzz", "老人护理金" };
    const struct service *out[24];
    double worst = 0;
    bool is_near;
    for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
        double begin = cpu_ms();
        (void)catalogue_search(c, keys[i], out, 24, &is_near);
        worst = cpu_ms() - begin > worst ? cpu_ms() - begin : worst;
    }
    return worst;
}

/* Twice the services are twice the memory: bytes for each one, against those of the size before. */
static bool is_linear(size_t memory, size_t count)
{
    enum { LEAST = 500, PERCENT = 110 };
    static size_t before;
    size_t each = memory / count;
    bool is_good = !before || each * 100 <= before * PERCENT;
    before = count >= LEAST ? each : 0;
    if (!is_good)
        fprintf(stderr, "%zu services take more than their share of memory\n", count);
    return is_good;
}

/* The largest catalogue loads in 100 ms and answers a key in 10. */
static bool is_fast(double load_ms, double search_ms)
{
    enum { LOAD_MS = 100, SEARCH_MS = 10 };
    bool is_good = load_ms < LOAD_MS && search_ms < SEARCH_MS;
    if (!is_good)
        fprintf(stderr, "it takes longer than %d ms to load, or %d ms for a key\n", LOAD_MS,
                SEARCH_MS);
    return is_good;
}

/* A trial judges no time. */
static int measure(const json_t *base, size_t count, bool is_trial)
{
    char *text = make_document(base, count), complaint[CATALOGUE_COMPLAINT];
    double best = 1e9, search = 0;
    size_t memory = 0;
    int r = text ? 0 : 1;
    for (int i = 0; !r && i < ROUNDS; i++) {
        struct catalogue *c = NULL;
        size_t before = mallinfo2().uordblks + mallinfo2().hblkhd;
        double begin = cpu_ms();
        r = catalogue_load(&c, text, strlen(text), complaint);
        double took = cpu_ms() - begin;
        best = took < best ? took : best;
        if (r) {
            fprintf(stderr, "%s\n", complaint);
            break;
        }
        memory = mallinfo2().uordblks + mallinfo2().hblkhd - before;
        search = slowest_search(c);
        catalogue_free(c);
    }
    if (!r)
        printf("{\"services\": %zu, \"bytes\": %zu, \"load_ms\": %.1f, \"search_ms\": %.2f, "
               "\"memory_bytes\": %zu}\n",
               count, strlen(text), best, search, memory);
    free(text);
    return r != 0 || !is_linear(memory, count) || (!is_trial && !is_fast(best, search));
}

int main(int argc, char **argv)
{
    static const size_t sizes[] = { 48, 625, 1250, 2500, 5000 };
    bool is_trial = argc == 3 && !strcmp(argv[2], "--trial");
    json_t *base = argc == 2 || is_trial ? json_load_file(argv[1], 0, NULL) : NULL;
    size_t count = is_trial ? 2 : sizeof(sizes) / sizeof(sizes[0]);
    int r = base ? 0 : 2;
    if (!base)
        fputs("usage: catalogue_bench CATALOGUE [--trial]\n", stderr);
    for (size_t i = 0; !r && i < count; i++)
        r = measure(base, sizes[i], is_trial);
    json_decref(base);
    return r;
}
