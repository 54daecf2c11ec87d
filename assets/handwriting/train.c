#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "assets/handwriting/inside.h"
#include "assets/handwriting/linear.h"

/* ---- in parallel ----------------------------------------------------------------------- */
static void *labour(void *context)
{
    struct training *t = context;
    int share;
    while ((share = atomic_fetch_add(&t->next, 1)) < SHARES)
        t->job(t, share);
    return NULL;
}

static void run(struct training *t, const char *what, void (*job)(struct training *, int))
{
    pthread_t threads[THREADS_MAX];
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    int extra = 0;
    fprintf(stderr, "%s\n", what);
    t->job = job;
    atomic_store(&t->next, 0);
    while (extra + 1 < cores && extra < THREADS_MAX &&
           !pthread_create(&threads[extra], NULL, labour, t))
        extra++;
    labour(t);
    while (extra--)
        pthread_join(threads[extra], NULL);
}

/* ---- samples --------------------------------------------------------------------------- */
struct desk { /* room for writing one sample */
    struct glyph glyph;
    struct handwriting_point points[GLYPH_POINTS_MAX];
    struct trace trace;
};

static void sample(struct desk *d, const struct character *c, int nth, uint64_t pass,
                   float *feature)
{
    d->glyph = c->glyph;
    glyph_write_by_hand(&d->glyph, &recipe_hands[nth % recipe_hand_count],
                        (pass << 48) + ((uint64_t)c->code << 16) + (uint64_t)nth);
    size_t n = glyph_ink(&d->glyph, d->points, GLYPH_POINTS_MAX);
    if (!trace_make(&d->trace, d->points, n))
        d->trace.count = 0;
    feature_make(feature, &d->trace);
}

/* ---- first pass: means and the covariance that all characters share -------------------- */
static void add_covariance(double *sum, float *block, const float *centred, int rows)
{
    memset(block, 0, sizeof(*block) * F * F);
    for (size_t a = 0; a < F; a++)
        for (int i = 0; i < rows; i++) {
            const float *row = centred + (size_t)i * F;
            for (size_t b = 0; b <= a && row[a] != 0; b++)
                block[a * F + b] += row[a] * row[b];
        }
    for (size_t i = 0; i < (size_t)F * F; i++)
        sum[i] += (double)block[i];
}

static void first_pass(struct training *t, int share)
{
    enum { ROWS = RECIPE_FIRST };
    struct desk *desk = malloc(sizeof(*desk));
    float *rows = malloc(sizeof(*rows) * ROWS * F), *block = malloc(sizeof(*block) * F * F);
    double *sum = t->covariance[share] = calloc((size_t)F * F, sizeof(*sum));
    bool has_room = desk && rows && block && sum;
    if (!has_room)
        atomic_store(&t->is_out_of_memory, true);
    for (uint32_t c = (uint32_t)share; has_room && c < t->count; c += SHARES) {
        float *mean = t->means + (size_t)c * F;
        for (int i = 0; i < ROWS; i++) {
            sample(desk, &t->characters[c], i, 1, rows + (size_t)i * F);
            for (size_t k = 0; k < F; k++)
                mean[k] += rows[(size_t)i * F + k] / ROWS;
        }
        if (c / SHARES % RECIPE_COVARIANCE)
            continue;
        for (size_t i = 0; i < (size_t)ROWS * F; i++)
            rows[i] -= mean[i % F];
        add_covariance(sum, block, rows, ROWS);
        t->samples[share] += ROWS;
    }
    free(desk);
    free(rows);
    free(block);
}

/* ---- projection: linear discriminant analysis ------------------------------------------ */
static void gather_covariance(struct training *t, double *within)
{
    long samples = 0;
    double trace = 0;
    for (int s = 0; s < SHARES; s++) {
        samples += t->samples[s];
        for (size_t i = 0; i < (size_t)F * F; i++)
            within[i] += t->covariance[s][i];
    }
    for (size_t i = 0; i < (size_t)F * F; i++)
        within[i] *= (1 - RECIPE_SHRINKAGE) / (double)samples;
    for (size_t i = 0; i < F; i++)
        trace += within[i * F + i] / (1 - RECIPE_SHRINKAGE) / F;
    for (size_t i = 0; i < F; i++)
        within[i * F + i] += RECIPE_SHRINKAGE * trace;
}

/* How the characters' means differ, where within one character all directions vary alike. */
static void gather_between(const struct training *t, const double *lower, const double *centre,
                           double *between)
{
    double off[F];
    for (uint32_t c = 0; c < t->count; c++) {
        for (size_t k = 0; k < F; k++)
            off[k] = (double)t->means[(size_t)c * F + k] - centre[k];
        linear_forward(lower, F, off);
        for (size_t a = 0; a < F; a++)
            for (size_t b = 0; b < F; b++)
                between[a * F + b] += off[a] * off[b] / t->count;
    }
}

static bool make_projection(struct training *t)
{
    double *within = calloc((size_t)F * F, sizeof(double));
    double *between = calloc((size_t)F * F, sizeof(double));
    double *vectors = calloc((size_t)F * F, sizeof(double));
    double centre[F] = { 0 }, values[F];
    bool has_room = within && between && vectors;
    fprintf(stderr, "projection\n");
    if (has_room) {
        gather_covariance(t, within);
        linear_cholesky(within, F);
        for (size_t i = 0; i < (size_t)t->count * F; i++)
            centre[i % F] += (double)t->means[i] / t->count;
        gather_between(t, within, centre, between);
        linear_eigen(between, F, values, vectors);
    }
    for (size_t r = 0; has_room && r < R; r++) {
        double *v = vectors + r * F, offset = 0;
        linear_backward(within, F, v);
        for (size_t k = 0; k < F; k++) {
            t->projection[r * F + k] = (float)v[k];
            offset += v[k] * centre[k];
        }
        t->offset[r] = (float)offset;
    }
    free(within);
    free(between);
    free(vectors);
    return has_room;
}

/* ---- second pass: every character's mean and axes ------------------------------------- */
static void project(const struct training *t, const float *feature, float *out)
{
    for (size_t r = 0; r < R; r++) {
        float sum = 0;
        for (size_t k = 0; k < F; k++)
            sum += t->projection[r * F + k] * feature[k];
        out[r] = sum - t->offset[r];
    }
}

static void second_pass(struct training *t, int share)
{
    enum { ROWS = RECIPE_SECOND };
    struct desk *desk = malloc(sizeof(*desk));
    float *rows = malloc(sizeof(*rows) * ROWS * R), feature[F];
    bool has_room = desk && rows;
    if (!has_room)
        atomic_store(&t->is_out_of_memory, true);
    for (uint32_t c = (uint32_t)share; has_room && c < t->count; c += SHARES) {
        float *mean = t->reduced + (size_t)c * R, all = 0;
        for (int i = 0; i < ROWS; i++) {
            sample(desk, &t->characters[c], i, 2, feature);
            project(t, feature, rows + (size_t)i * R);
            for (size_t k = 0; k < R; k++)
                mean[k] += rows[(size_t)i * R + k] / ROWS;
        }
        for (size_t i = 0; i < (size_t)ROWS * R; i++) {
            rows[i] -= mean[i % R];
            all += rows[i] * rows[i] / ROWS;
        }
        linear_main_axes(rows, ROWS, R, A, t->axes + (size_t)c * A * R,
                         t->variances + (size_t)c * A);
        for (size_t k = 0; k < A; k++)
            all -= t->variances[(size_t)c * A + k];
        t->rest[c] = all / (R - A);
    }
    free(desk);
    free(rows);
}

void *train(const struct character *characters, uint32_t count, size_t *length)
{
    struct training *t = calloc(1, sizeof(*t));
    void *bytes = NULL;
    if (!t)
        return NULL;
    t->characters = characters;
    t->count = count;
    t->means = calloc((size_t)count * F, sizeof(float));
    t->reduced = calloc((size_t)count * R, sizeof(float));
    t->axes = calloc((size_t)count * A * R, sizeof(float));
    t->variances = calloc((size_t)count * A, sizeof(float));
    t->rest = calloc(count, sizeof(float));
    if (t->means && t->reduced && t->axes && t->variances && t->rest) {
        run(t, "first pass", first_pass);
        if (!t->is_out_of_memory && make_projection(t))
            run(t, "second pass", second_pass);
        bytes = t->is_out_of_memory ? NULL : training_lay_out(t, length);
    }
    for (int s = 0; s < SHARES; s++)
        free(t->covariance[s]);
    free(t->means);
    free(t->reduced);
    free(t->axes);
    free(t->variances);
    free(t->rest);
    free(t);
    return bytes;
}
