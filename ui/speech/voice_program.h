/* The speech program as a child process. Inside ui/speech only. */
#pragma once

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "ui/speech/request.h"

enum { PROGRAM_LEFTOVERS = 8 };

struct program {
    const char *path, *assets;
    pid_t pid; /* 0: none */
    int fd;    /* -1: none */
    int deaths;
    int64_t due_ms;                     /* boot clock: when it may be started again; 0: now */
    pid_t leftovers[PROGRAM_LEFTOVERS]; /* killed, not reaped yet */
};

void program_init(struct program *p, const char *path, const char *assets);
/* Start it unless it runs or is not due. */
void program_start(struct program *p, int64_t now_ms);
/* End it. `is_wanted`: it did nothing wrong and may be started at once. */
void program_end(struct program *p, int64_t now_ms, bool is_wanted);
/* Hand over without waiting. False: it was ended for not reading. */
bool program_send(struct program *p, const struct speech_request *r, int64_t now_ms);
/* The next answer. False: none now, or it is gone (then fd is -1). */
bool program_receive(struct program *p, struct speech_answer *out, int64_t now_ms);
void program_reap(struct program *p);
