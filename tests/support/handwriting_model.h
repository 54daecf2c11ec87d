/* A handwriting model small enough for tests: a few characters, valid, of no use to a reader. */
#pragma once

#include <stdlib.h>

#include "ui/input/handwriting/model.h"

/* Counts must be possible ones. Returns the sealed bytes, *length of them; free() them. NULL without
 * memory. Each character's mean is a number of its own in every place. */
static inline uint8_t *handwriting_model_make(uint32_t classes, uint32_t reduced, uint32_t axes,
                                              size_t *length)
{
    struct model m = { .class_count = classes, .reduced_count = reduced, .axis_count = axes };
    m.scale = 8;
    *length = model_bytes(classes, reduced, axes);
    uint8_t *bytes = *length ? aligned_alloc(64, *length) : NULL;
    if (!bytes)
        return NULL;
    memset(bytes, 0, *length);
    model_begin(&m, bytes);
    uint32_t *codes = (uint32_t *)(uintptr_t)m.codes;
    float *projection = (float *)(uintptr_t)m.projection, *gain = (float *)(uintptr_t)m.gain;
    int8_t *means = (int8_t *)(uintptr_t)m.means, *parts = (int8_t *)(uintptr_t)m.axes;
    for (uint32_t c = 0; c < classes; c++) {
        codes[c] = 0x4e00 + c;
        ((float *)(uintptr_t)m.rest)[c] = 1;
        for (uint32_t i = 0; i < reduced; i++)
            means[(size_t)c * reduced + i] = (int8_t)(c * 7 % 100);
        for (uint32_t a = 0; a < axes; a++) {
            gain[(size_t)c * axes + a] = 0.5f;
            parts[((size_t)c * axes + a) * reduced + a % reduced] = 127;
        }
    }
    for (uint32_t i = 0; i < reduced; i++)
        projection[(size_t)i * 8 * (i + 1) % 512] = 1;
    model_seal(bytes, *length);
    return bytes;
}
