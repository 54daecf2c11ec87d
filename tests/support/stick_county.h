/* A county's platform for tests of carrying: its real store and its real hands, without a server. Apart from the queue's
 * headers, whose names would meet the platform's. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tests/support/stick_keys.h"

struct stick_county; /* body in stick_county.c */

/* Fails the test when it cannot. */
struct stick_county *stick_county_new(const char *folder, const struct stick_keys *keys);
void stick_county_free(struct stick_county *c);
/* One visit of the stick mounted at `mount`. Returns the number of files that were not taken, -1 when it was broken off. */
int stick_county_visit(struct stick_county *c, const char *mount, bool keeps_loads);
/* One item as it comes by network: true when it is there now. */
bool stick_county_network(struct stick_county *c, const char *kiosk, int64_t seq, const char *id,
                          const void *sealed, size_t length);
/* A number of the database: "SELECT count(*) FROM item". */
int64_t stick_county_ask(struct stick_county *c, const char *sql);
void stick_county_do(struct stick_county *c, const char *sql);
/* It was restored from a copy: another history, and items received behind `keep` are lost. */
void stick_county_restore(struct stick_county *c, int64_t keep);
