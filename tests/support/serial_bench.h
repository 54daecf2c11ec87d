/* The simulated ID reader on a serial line with a thread of its own, so that a test can open the line as a program would. A
 * test that uses it links board/host/sim. */
#pragma once

#include "board/host/sim/reader_model.h"

struct serial_bench; /* body in serial_bench.c */

/* `model` is borrowed until serial_bench_end(). Fails the test when it cannot. */
struct serial_bench *serial_bench_start(struct sim_reader *model, int rate);
void serial_bench_end(struct serial_bench *b);
const char *serial_bench_path(const struct serial_bench *b); /* the device file */
/* Between these two the reader stands still and may be looked at and changed. */
void serial_bench_hold(struct serial_bench *b);
void serial_bench_go_on(struct serial_bench *b);
/* Pull the cable; it does not come back. */
void serial_bench_pull(struct serial_bench *b);
