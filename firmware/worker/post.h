/* What workers send to the main thread: one message, often an event for the session with the data
 * it points to.
 *
 * A post owns its data and wipes it when freed: it may hold a person. */
#pragma once

#include "drivers/keypad/keys.h"
#include "drivers/scanner/scan.h"
#include "firmware/base/bytes.h"
#include "firmware/base/queue.h"
#include "firmware/session/session.h"

enum post_kind {
    POST_EVENT,   /* hand `event` to the session */
    POST_DOC,     /* a signed document of the county: name, number = version, document, signature */
    POST_ATTEMPT, /* the row of a print attempt is durable: name = job, number = attempt, -1: it
                     could not be stored */
    POST_PRINT,   /* how printing goes: name = job, number = enum print_progress, value = level,
                     bytes_sent */
    POST_CALL,    /* call(context): a robot's request */
    POST_KEY,     /* the keypad: number = enum keypad_event */
    POST_STAFF,   /* `staff`: news of the service stick, for the shift */
    POST_SCAN,    /* the scanner: number = enum scan_event; with SCAN_READ data.scan.text and its
                     kind, with SCAN_REFUSED and SCAN_GONE why */
};

enum print_progress {
    PRINT_SENDING,
    PRINT_SENT,
    PRINT_CONFIRMED,
    PRINT_UNCERTAIN,
    PRINT_FAILED_CLEAN
};

enum { POST_NAME = 64 };

struct shift_news;

struct post {
    enum post_kind kind;
    struct event event; /* name and value point below */
    char name[POST_NAME], value[POST_NAME];
    int64_t number;
    uint64_t bytes_sent;
    struct bytes document, signature;
    struct shift_news *staff; /* firmware/service/shift.h */
    void (*call)(void *context);
    void *context;
    union {
        struct person person;
        struct link_facts link;
        struct reservation reservation;
        struct case_view answer;
        struct {
            enum scan_kind kind;
            enum scan_refusal why;
            char text[SCAN_TEXT]; /* as scan_classify() gives it */
        } scan;
        struct candidates candidates;
        struct agency_notes notes;
        struct point_figures figures;
    } data;
};

/* NULL without memory (logged). */
struct post *post_new(enum post_kind kind);
/* An event with its two texts copied. */
struct post *post_event(enum event_kind kind, const char *name, const char *value, int number);
void post_free(struct post *p); /* wipes */
/* Hand over; frees it when the main thread takes no more. */
void post_send(struct queue *to, struct post *p);
