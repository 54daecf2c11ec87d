/* kiosk-syncd's parts in this process, enrolled as K0012 and never online, answering the requests about sticks with the
 * product's own operations. On the storm's platter (storm.h): begin a storm first. */
#pragma once

#include "firmware/service/errand.h"
#include "sync/local/errands.h"
#include "tests/support/stick_keys.h"

struct stick_kiosk {
    struct fake_clock machine;
    struct county_clock clock;
    struct wire wire;
    struct chance chance;
    struct link link;
    struct store *store;
    struct sender *sender;
    struct key_file key;
    struct feed *feed;
    struct service service;
};

/* `folder` gets identity files; `trust` is borrowed. False when the store does not open. */
bool stick_kiosk_open(struct stick_kiosk *k, const char *folder, const struct stick_keys *keys,
                      struct trust *trust);
void stick_kiosk_close(struct stick_kiosk *k);
void stick_kiosk_submit(struct stick_kiosk *k, unsigned count);
/* For struct errand_ports; the context is the kiosk. */
int stick_kiosk_ask(void *context, json_t *request, const void *body, size_t length,
                    struct message *reply);
