/* What the files of the carrier share. */
#pragma once

#include <pthread.h>

#include "tests/platform/carrier_ask.h"

struct carrier {
    char url[256];
    int every_s;
    pthread_t thread;
    pthread_cond_t wake;
    bool is_running;
    char heard_at[21]; /* a good answer; "" never */
};
