/* Faults and outcomes.
 *
 * 0 is success. A fault is negative (an errno value with its sign turned): it goes up unchanged and
 * nobody below the supervisor matches on it. An outcome is positive, belongs to one function's
 * contract, and is decided by its direct caller. */
#pragma once

#include <errno.h>

#define NODISCARD __attribute__((warn_unused_result))
#define PRINTF_LIKE(fmt, args) __attribute__((format(printf, fmt, args)))

/* AUTO(x_free) struct x *x = NULL;  calls x_free(x) when the scope ends. `fn` must accept NULL.
 * Write AUTO_DEFINE(struct x, x_free) once, beside the declaration of x_free, to make it usable. */
#define AUTO(fn) __attribute__((cleanup(auto_##fn)))
#define AUTO_DEFINE(type, fn)              \
    static inline void auto_##fn(type **p) \
    {                                      \
        if (*p)                            \
            fn(*p);                        \
    }

/* Give the value to the caller and keep the cleanup from ending it. */
#define TAKE(p)                    \
    __extension__({                \
        __typeof__(p) take_ = (p); \
        (p) = NULL;                \
        take_;                     \
    })

/* A fault is born here: leaves one trace line and returns `negative_errno`. */
#define fault_raise(negative_errno) fault_trace((negative_errno), "raise", __FILE__, __LINE__)

/* An outcome nobody planned for becomes the fault -ENOTRECOVERABLE; a fault passes unchanged. */
#define fault_fold(r) fault_fold_at((r), __FILE__, __LINE__)

int fault_trace(int negative_errno, const char *what, const char *file, int line);
int fault_fold_at(int r, const char *file, int line);
