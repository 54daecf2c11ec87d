/* Chance that is the same on every machine: splitmix64, and a bell curve as a sum of four. */
#pragma once

#include <stdint.h>

struct chance {
    uint64_t state;
};

static inline uint64_t chance_bits(struct chance *c)
{
    uint64_t z = (c->state += 0x9e3779b97f4a7c15u);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

/* 0 to 1, 1 excluded. */
static inline float chance_unit(struct chance *c)
{
    return (float)(chance_bits(c) >> 40) / 16777216.0f;
}

/* Mean 0, variance 1, never beyond 3.5. */
static inline float chance_bell(struct chance *c)
{
    float sum = chance_unit(c) + chance_unit(c);
    sum += chance_unit(c) + chance_unit(c);
    return (sum - 2) * 1.7320508f;
}
