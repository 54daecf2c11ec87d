/* Requests in, speech out: the loop of the speech program. */
#pragma once

#include "firmware/base/fault.h"
#include "ui/speech/say.h"

struct server {
    int fd;                        /* SOCK_SEQPACKET, see request.h */
    const char *assets;            /* folder with <language>/<prompt>.wav */
    const struct say_words *words; /* may be NULL */
    bool is_transcript;            /* print on stdout instead of speaking */
};

/* Until the other end closes (0) or a fault. `confine` is called once the sound device is open. A bad request is dropped (logged, never its words). */
NODISCARD int serve(const struct server *config, int (*confine)(void));
/* One line for a transcript: "public zh: what the engine is given". */
void serve_print(enum say_language language, bool is_private, const struct said *said);
