/* When a part of the kiosk stops working it is counted, once for each time (SS-59, SS-66). Main thread. */
#pragma once

#include "firmware/session/session.h"

struct kiosk;

/* Which parts worked when they were last heard of: only what worked can stop. */
struct faults {
    bool has_reader, has_printer;
};

/* Every event of the workers, before the session has it. */
void faults_hear(struct kiosk *k, const struct event *event);
