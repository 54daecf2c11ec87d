/* Does the firmware that was started serve people: screen, reader, printer, queue, way to the county? kiosk-syncd is asked, which
 * kiosk tells of its devices (op `status`, sync/api/local-socket.md). What is missing is held against how the board was just
 * before an update: a reader that was out before is nobody's fault, one that only the new firmware does not see is its fault. */
#pragma once

#include <stdbool.h>

#include "firmware/base/json.h"

struct self_facts {
    bool is_kiosk_running; /* it has told of itself in the last minutes */
    bool has_screen;       /* its picture is on the panel */
    bool is_queue_open;
    bool has_reader, has_printer; /* the firmware talks to it; one without paper is there */
    bool is_link_up;              /* the county answers now, as far as the last exchange tells */
    bool is_reached;              /* it has answered since the start */
    bool is_cable_out;            /* there is a network card, and nothing at its other end */
};

/* One question over the local socket; blocks for at most 10 s. 0 or a negative errno. */
NODISCARD int self_test_ask(struct self_facts *out, const char *socket);
/* From the reply to `status`, foreign bytes. Pure, as all that follows. */
void self_test_read(struct self_facts *out, const json_t *status);

/* What a start after an update is held against: for trial.json, and from there. False: it says nothing of it. */
json_t *self_test_before_json(const struct self_facts *f);
bool self_test_before_read(struct self_facts *out, const json_t *trial);

/* NULL: passed. Else why not, a constant for logs and the county. `before` NULL: no update is on trial, or nobody knows. */
const char *self_test_judge(const struct self_facts *now, const struct self_facts *before);
