/* What the two files of training share. */
#pragma once

#include <stdatomic.h>

#include "assets/handwriting/recipe.h"
#include "assets/handwriting/train.h"
#include "ui/input/handwriting/feature.h"

enum { SHARES = 64, THREADS_MAX = 16, F = FEATURE_COUNT, R = RECIPE_REDUCED, A = RECIPE_AXES };

struct training {
    const struct character *characters;
    uint32_t count;
    /* first pass */
    float *means;               /* character x F */
    double *covariance[SHARES]; /* F x F, lower half */
    long samples[SHARES];
    /* projection */
    float projection[R * F], offset[R];
    /* second pass */
    float *reduced;   /* character x R: means */
    float *axes;      /* character x A x R */
    float *variances; /* character x A */
    float *rest;      /* character: mean variance beyond the axes */
    /* at work */
    void (*job)(struct training *t, int share);
    atomic_int next;
    atomic_bool is_out_of_memory;
};

/* The model's bytes, *length of them; free() them. NULL without memory. */
void *training_lay_out(const struct training *t, size_t *length);
