/* The way to the platform as a whole: is it up, may requests go, what did the last answer say about
 * epoch and time. Every answer of every lane is noted here; one breaker for the platform: five
 * failures in a row open it, then only a cheap GET /v1/time goes, and its success closes it. */
#pragma once

#include "sync/uplink/backoff.h"
#include "sync/uplink/county_clock.h"
#include "sync/uplink/policy.h"
#include "sync/uplink/wire.h"

struct link_watch {
    void (*changed)(void *context);                      /* state */
    void (*new_epoch)(void *context, const char *epoch); /* another history than the one stored */
    void (*event)(void *context, const char *what, const char *detail);
    void *context;
};

/* What stood in the way the last time, for whoever looks after the network. */
enum link_trouble {
    LINK_FINE,
    LINK_NO_NAME,     /* nobody says where the platform is */
    LINK_NO_ANSWER,   /* refused, silent, cut short */
    LINK_STRANGER,    /* somebody else answers, with no certificate of the county */
    LINK_DATES,       /* a certificate that is not valid by our clock */
    LINK_LOGIN,       /* the network itself answers, and asks for something first */
    LINK_TURNED_AWAY, /* the platform knows this kiosk no longer */
    LINK_SICK,        /* the platform is there and cannot */
    LINK_TROUBLES,
};

struct link {
    struct wire *wire;
    struct county_clock *clock;
    struct chance *chance;
    struct link_watch watch;
    enum link_state state;
    unsigned failures; /* in a row */
    bool is_broken;    /* the breaker is open */
    bool is_probing;
    bool is_enrolled; /* nothing goes before, but for a try that somebody asks for */
    bool is_asked;    /* for a try, at the next tick */
    enum link_trouble trouble;
    unsigned tries;  /* answers noted, failures too: another number, another trouble is known */
    bool is_hurried; /* somebody waits: the next return of the link is not spread */
    struct backoff probe;
    int64_t since_ms;                /* boot time of the last change between up and not up */
    int64_t resume_ms;               /* sending waits until then after the link came up */
    int64_t contact_ms;              /* wall, last answer of the platform; 0 never */
    char epoch[UUID_TEXT];           /* the one stored; "" none */
    int64_t told_ms[LINK_STATE_END]; /* boot time of the last telemetry event of a kind: not more
                                        than hourly */
};

enum { BREAKER_FAILURES = 5, LINK_UP_SPREAD_MS = 60 * 1000, FRESH_BOOT_MS = 300 * 1000 };

void link_begin(struct link *l, struct wire *wire, struct county_clock *clock,
                struct chance *chance);
/* Note an answer under its ruling. */
void link_note(struct link *l, const struct answer *answer, const struct ruling *ruling);
/* May an ordinary request go now? */
bool link_is_open(const struct link *l);
/* Send the probe when it is due. */
void link_tick(struct link *l);
int64_t link_next_ms(const struct link *l);
/* Somebody asks to try at once: forget breaker and waits. */
void link_hurry(struct link *l);
/* The platform is asked for its time at the next tick, whatever is known, also before enrolment. */
void link_try(struct link *l);
/* "": fine; "name", "silent", "stranger", "dates", "login", "turned-away", "sick" */
const char *link_trouble_word(const struct link *l);
