/* The state of all readers, shared by two files: what happens on the plates (readers.c), and looking, opening and giving up
 * (readers_look.c). */
#pragma once

#include "firmware/worker/readers.h"

enum said { SAID_NOTHING, SAID_WORKS, SAID_MISSING };

/* One opened reader. */
struct seat {
    struct readers *all;
    struct sdt_connection link;
    struct sdt_port inner; /* behind the port that `card` has */
    struct idcard *card;   /* NULL: this seat is free */
    bool is_ready;
    int64_t due_ms, ready_ms;
};

/* A place where a reader failed: not to be tried before `until_ms`. */
struct shunned {
    char path[SDT_PATH];
    int64_t until_ms;
    int wait_ms;
    enum reader_cause cause;
};

struct readers {
    struct reader_yard yard;
    struct reader_ears ears;
    const struct clock *clock;
    struct person *person;
    struct seat seats[READERS_MAX];
    struct shunned shunned[SDT_PLACES_MAX];
    struct seat *holder; /* the session was told of a card there that is not gone yet */
    enum said said;
    enum reader_cause cause; /* when none works */
    int64_t look_ms, recall_ms;
    unsigned looks; /* in a row, that found nothing */
    unsigned changes;
};

int64_t readers_now_ms(const struct readers *r);
size_t readers_count_ready(const struct readers *r);
/* Tells only what is new. */
void readers_say_state(struct readers *r, enum said said);
void readers_say_card_gone(struct readers *r);

/* Look for readers and open those that are not; plans the next look. */
void readers_look(struct readers *r);
/* A reader died or hung: close it and plan when to try again. */
void readers_lose(struct readers *r, struct seat *s);
void readers_close_seat(struct readers *r, struct seat *s);
