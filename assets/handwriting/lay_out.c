#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "assets/handwriting/inside.h"
#include "assets/handwriting/linear.h"
#include "ui/input/handwriting/model.h"

static int8_t step_of(float x)
{
    x = x < 0 ? x - 0.5f : x + 0.5f;
    return (int8_t)(x > 127 ? 127 : x < -127 ? -127 : x);
}

/* The model says const of what is being written just now. */
static float *floats(const float *p)
{
    return (float *)(uintptr_t)p;
}

static int8_t *steps(const int8_t *p)
{
    return (int8_t *)(uintptr_t)p;
}

static void fill_character(const struct training *t, const struct model *m, size_t c, float rest)
{
    float base = 0;
    for (size_t a = 0; a < A; a++) {
        float variance = fmaxf(t->variances[c * A + a], rest);
        floats(m->gain)[c * A + a] = 1 - rest / variance;
        base += rest * (float)linear_log((double)(variance / rest));
    }
    floats(m->base)[c] = base;
    floats(m->rest)[c] = 1;
    floats(m->penalty)[c] = t->characters[c].penalty;
    ((uint32_t *)(uintptr_t)m->codes)[c] = t->characters[c].code;
    for (size_t k = 0; k < R; k++)
        steps(m->means)[c * R + k] = step_of(t->reduced[c * R + k] * m->scale);
    for (size_t k = 0; k < (size_t)A * R; k++)
        steps(m->axes)[c * A * R + k] = step_of(t->axes[c * A * R + k] * 127);
}

void *training_lay_out(const struct training *t, size_t *length)
{
    struct model m = { .class_count = t->count, .reduced_count = R, .axis_count = A };
    float top = 0;
    double rest = 0;
    for (size_t i = 0; i < (size_t)t->count * R; i++)
        top = fmaxf(top, fabsf(t->reduced[i]));
    for (uint32_t c = 0; c < t->count; c++)
        rest += RECIPE_FLOOR * (double)t->rest[c] / t->count;
    m.scale = 127 / top;
    *length = model_bytes(t->count, R, A);
    void *bytes = *length ? calloc(1, *length) : NULL;
    if (!bytes)
        return NULL;
    model_begin(&m, bytes);
    memcpy(floats(m.projection), t->projection, sizeof(t->projection));
    memcpy(floats(m.offset), t->offset, sizeof(t->offset));
    for (uint32_t c = 0; c < t->count; c++)
        fill_character(t, &m, c, (float)rest);
    model_seal(bytes, *length);
    return bytes;
}
