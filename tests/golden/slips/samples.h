/* One slip of each kind, as a village prints it: texts of the catalogue's kind, a made-up person, masked. */
#pragma once

#include "firmware/slip/build.h"

struct slip_sample {
    const char *name;
    int (*build)(struct slip **out, const struct slip_head *head);
    unsigned copy; /* of the head: 1 shows the mark of a reprint */
};

extern const struct slip_sample slip_samples[];
extern const size_t slip_sample_count;

/* The head of a sample in one of its four forms. */
struct slip_head slip_sample_head(enum slip_language language, bool is_double_size, unsigned copy);
