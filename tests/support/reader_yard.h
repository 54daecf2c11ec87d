/* Several simulated ID readers that come and go as a test wants, for firmware/worker/readers, and time that passes only in waits.
 * A test that uses it links firmware/worker, drivers/idcard, board/host/sim and what they need. One at a time. */
#pragma once

#include "board/host/sim/reader_model.h"
#include "firmware/base/clock.h"
#include "firmware/worker/readers.h"

enum { YARD_READERS = 3, YARD_TOLD = 64 };

struct yard_reader {
    struct sim_reader *model;
    char path[SDT_PATH];
    bool is_plugged, is_open;
    int open_fails; /* what opening says */
    unsigned opens, writes;
};

struct yard_told {
    enum event_kind kind;
    int number;
};

extern struct yard {
    struct fake_clock clock;
    struct yard_reader readers[YARD_READERS];
    struct readers *all;
    struct person person, read; /* `read`: the last one told of */
    struct yard_told told[YARD_TOLD];
    size_t told_count, taken;
    unsigned finds, changes;
    bool is_ending, forgets_changes, tells;
} yard;

/* For every test: three readers at "1-1", "1-2", "1-3", none plugged in. */
int yard_setup(void **state);
int yard_teardown(void **state);
#define YARD(name) cmocka_unit_test_setup_teardown(name, yard_setup, yard_teardown)

void yard_plug(size_t index, bool is_plugged);
/* A mainland card of the test person with this number. */
void yard_lay(size_t index, const char *number);
/* Let `ms` of the yard's time pass, step by step. */
void yard_run(int64_t ms);
/* The next thing that was told is this; waits up to 10 s of the yard's time for it. */
void yard_expect(enum event_kind kind, int number);
/* Nothing more was told, nor is in `ms`. */
void yard_expect_nothing(int64_t ms);
struct reader_facts yard_facts(void);
