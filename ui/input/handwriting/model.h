/* Model: the file that holds what the recogniser knows, mapped read-only. Made by
 * assets/handwriting; its layout is told in assets/handwriting/FORMAT.md. The file is foreign bytes:
 * every number of it is checked before anything is believed. */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "firmware/base/fault.h"

enum {
    MODEL_VERSION = 1,
    MODEL_CLASSES_MAX = 32768,
    MODEL_REDUCED_MAX = 256,
    MODEL_AXES_MAX = 16,
    MODEL_HEADER_BYTES = 64,
    MODEL_ALIGN = 64, /* of every part */
};
enum model_outcome {
    MODEL_E_REFUSED = 1, /* not a model, of another version, or damaged */
};

/* The parts lie in the file in this order. Little-endian. */
struct model {
    uint32_t class_count;    /* characters */
    uint32_t reduced_count;  /* numbers that a feature becomes; a multiple of 16 */
    uint32_t axis_count;     /* of a character's own variation */
    float scale;             /* from a reduced number to the steps of `means` */
    const uint32_t *codes;   /* class: Unicode scalar value, ascending */
    const float *penalty;    /* class: added to its distance, larger if rarer */
    const float *offset;     /* reduced: taken away after the projection */
    const float *projection; /* reduced x feature */
    const float *base;       /* class: the constant part of the fine distance */
    const float *gain;       /* class x axis: how much of the variation is forgiven */
    const float *rest;       /* class: what one unit of all other variation costs */
    const int8_t *means;     /* class x reduced */
    const int8_t *axes;      /* class x axis x reduced, 127 is 1 */
};

/* Bytes of the whole file, for a header's counts; 0 if the counts are not possible. */
size_t model_bytes(uint32_t classes, uint32_t reduced, uint32_t axes);
/* For the generator: write a header for the counts in `model` and its scale into `bytes`, zeroed and
 * model_bytes() long, and point `model` into them; then, once the parts are filled, seal them. */
void model_begin(struct model *model, void *bytes);
void model_seal(void *bytes, size_t length);
/* FNV-1a, 64 bits: stands behind the magic word and covers all that follows it. */
uint64_t model_checksum(const void *bytes, size_t length);
/* Point `model` into `bytes`, which stay the caller's and must outlive it. They must be aligned to
 * 16. Returns 0 or MODEL_E_REFUSED; `*why` is then a constant sentence. */
NODISCARD int model_read(struct model *model, const void *bytes, size_t length, const char **why);
