/* Recipe: every number that was chosen by trying, in one place. README.md tells how. */
#pragma once

#include "assets/handwriting/glyph.h"

enum {
    RECIPE_REDUCED = 192,  /* numbers that a feature becomes */
    RECIPE_AXES = 4,       /* of a character's own variation */
    RECIPE_FIRST = 40,     /* samples of a character for the shared covariance */
    RECIPE_SECOND = 60,    /* samples of a character for its mean and axes */
    RECIPE_COVARIANCE = 2, /* every so many characters count for the covariance */
};
#define RECIPE_SHRINKAGE 0.3 /* of the covariance towards a ball */
/* A character's variation along an axis counts only beyond this many times what it has, on the
 * average, in all other directions: a hand varies in more ways than the samples show. */
#define RECIPE_FLOOR 3
/* Penalties, in squared spreads of a hand: how much nearer a rarer character must be. By level: GB
 * 2312 level 1; its level 2 and what names need; all else, above all traditional forms; parts of
 * characters. */
#define RECIPE_PENALTIES \
    {                    \
        0, 10, 25, 60    \
    }

/* The hands that write the samples, in turn. */
extern const struct hand recipe_hands[];
extern const int recipe_hand_count;
