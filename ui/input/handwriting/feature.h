/* Feature: a trace as a vector. The trace is laid by its moments on a grid; every small step counts
 * towards the cells around it and the two of eight directions beside it. The way of the lifted pen
 * counts less there, so that strokes joined by a hasty hand look almost as if they were not; it has
 * a coarser grid of its own besides, by which the model learns how little to trust it. Order and
 * number of strokes have no say beyond that. */
#pragma once

#include "ui/input/handwriting/trace.h"

enum { FEATURE_GRID = 8, FEATURE_LIFTED_GRID = 4, FEATURE_DIRECTIONS = 8 };
enum {
    FEATURE_ALL_COUNT = FEATURE_GRID * FEATURE_GRID * FEATURE_DIRECTIONS,
    FEATURE_COUNT =
        FEATURE_ALL_COUNT + FEATURE_LIFTED_GRID * FEATURE_LIFTED_GRID * FEATURE_DIRECTIONS
};

/* Fill `feature`, all of it not negative. Pure; some tens of microseconds. */
void feature_make(float feature[FEATURE_COUNT], const struct trace *trace);
