#include "assets/handwriting/recipe.h"

#define LIGHT                                                                                      \
    .slant = .05f, .rotation = .05f, .stretch = .05f, .bend = .05f, .shift = .025f, .scale = .06f, \
    .turn = .04f, .bow = .02f, .wobble = .01f, .unhooked = .3f, .tail = .05f, .trim = .08f
#define MEDIUM                                                                                   \
    .slant = .08f, .rotation = .06f, .stretch = .1f, .bend = .1f, .shift = .045f, .scale = .12f, \
    .turn = .08f, .bow = .04f, .wobble = .015f, .unhooked = .5f, .tail = .12f, .trim = .15f
#define HEAVY                                                                                     \
    .slant = .12f, .rotation = .09f, .stretch = .15f, .bend = .15f, .shift = .06f, .scale = .17f, \
    .turn = .11f, .bow = .06f, .wobble = .02f, .unhooked = .6f, .tail = .15f, .trim = .2f

const struct hand recipe_hands[] = {
    { 0 }, /* the font itself */
    { LIGHT, .rounded = .3f },
    { MEDIUM, .rounded = .4f, .swapped = .05f },
    { MEDIUM, .rounded = .4f, .swapped = .05f, .joined = .12f },
    { HEAVY, .rounded = .5f, .swapped = .08f },
    { MEDIUM, .rounded = .7f, .swapped = .05f, .joined = .35f },
    { MEDIUM, .rounded = .4f, .swapped = .05f, .moved = .8f },
    { HEAVY, .rounded = .5f, .swapped = .08f, .joined = .25f },
    { MEDIUM, .rounded = .4f, .shuffled = 1, .joined = .1f },
    { LIGHT, .rounded = .3f, .shuffled = 1 },
    { MEDIUM, .rounded = .4f, .swapped = .05f, .moved = .6f, .joined = .25f },
    { MEDIUM, .rounded = .4f, .swapped = .05f, .joined = .12f },
    { HEAVY, .rounded = .5f, .swapped = .08f, .moved = .4f, .joined = .35f },
    { MEDIUM, .rounded = .7f, .swapped = .05f, .joined = .35f },
    { MEDIUM, .rounded = .8f, .swapped = .05f, .joined = .6f }, /* cursive */
    { HEAVY, .rounded = .5f, .swapped = .08f, .moved = .9f },
    { LIGHT, .rounded = .3f },
    { HEAVY, .rounded = .5f, .swapped = .08f },
    { MEDIUM, .rounded = .4f, .swapped = .05f, .moved = .6f, .joined = .25f },
    { HEAVY, .rounded = .9f, .swapped = .08f, .joined = .8f }, /* cursive in haste */
};
const int recipe_hand_count = sizeof(recipe_hands) / sizeof(recipe_hands[0]);
