/* All ID readers of a kiosk: looks for them, polls them, and lets the one speak on whose plate a card lies; the others are in
 * reserve. No thread and no sleep of its own (reader.c has both); time comes from a clock, so that a test can run hours.
 *
 * A reader that works is polled every 300 ms. One that fails is opened again at once when it had been working, otherwise after
 * 1 s, 2 s, 4 s, then every 5 s; every 60 s while another reader works, because asking a dead one takes seconds. While none is
 * there it rests until it hears of one, as the yard says. */
#pragma once

#include "drivers/idcard/connection.h"
#include "drivers/idcard/idcard.h"
#include "firmware/session/event.h"
#include "firmware/session/view.h"

struct readers; /* body in readers.c */

enum { READERS_MAX = 4, READERS_LOOK_MOST_MS = 5000, READERS_RESERVE_MOST_MS = 60000 };

/* Where readers come from. Results as of drivers/idcard/connection.h. */
struct reader_yard {
    void *context;
    int (*find)(void *context, struct sdt_place *out, size_t max, size_t *count);
    int (*open)(void *context, struct sdt_connection *out, const struct sdt_place *place);
    void (*close)(void *context, struct sdt_connection *c);
    struct sdt_port (*port)(void *context, struct sdt_connection *c);
    unsigned (*changes)(void *context); /* another number when something was plugged in or out */
    /* How long there is nothing to look for, after `looks` in a row that found nothing. */
    int (*rest_ms)(void *context, unsigned looks);
};

/* Who is told. */
struct reader_ears {
    void *context;
    void (*say)(void *context, enum event_kind kind, int number);
    void (*say_person)(void *context, const struct person *person); /* copies; ours is wiped */
    bool (*is_ending)(void *context); /* give up waiting for bytes: the program ends */
};

/* What staff may know. */
struct reader_facts {
    enum reader_cause cause; /* READER_WORKS, or why nobody can lay a card down */
    enum sdt_style style;
    enum idcard_presence presence;
    unsigned reserves; /* readers that work besides this one */
    char path[SDT_PATH], security_module[SAM_NUMBER_TEXT];
};

/* Everything is borrowed and outlives it; `person` is in locked memory. */
NODISCARD int readers_new(struct readers **out, const struct reader_yard *yard,
                          const struct reader_ears *ears, const struct clock *clock,
                          struct person *person);
void readers_free(struct readers *r); /* closes; NULL is fine */
AUTO_DEFINE(struct readers, readers_free)
/* Do what is due. Returns in how many ms the next call is. Blocks as idcard_step() does, for one reader at a time, and for
 * opening (2.5 s on a serial line without a reader). Allocates only when readers come or go. */
int readers_step(struct readers *r);
/* Something was plugged in or out: the next step looks. */
void readers_hear(struct readers *r);
void readers_tell_facts(const struct readers *r, struct reader_facts *out);
