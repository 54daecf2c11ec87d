/* How requests leave this process: a struct of functions, so that tests are the county. http.h is
 * the one with libcurl behind it. Nothing blocks; each request ends in exactly one call of `done`,
 * never from inside send(). */
#pragma once

#include "sync/uplink/answer.h"

/* Requests of one lane follow one another on one kept connection; lanes run side by side. */
enum lane {
    LANE_UPLOAD,  /* HTTP/1.1: libcurl before 8.7 can corrupt a blocked HTTP/2 upload */
    LANE_FEED,    /* long poll; HTTP/2 where offered */
    LANE_BULK,    /* pieces of an update, as they are: no content coding */
    LANE_CONTROL, /* documents, heartbeat, time, enrolment */
    LANE_END,
};

enum { WIRE_HEADERS = 6, WIRE_HEADER_TEXT = 240, WIRE_PATH = 400 };

struct request {
    enum lane lane;
    const char *method;
    char path[WIRE_PATH]; /* with its query, below the platform's address */
    char headers[WIRE_HEADERS][WIRE_HEADER_TEXT];
    size_t header_count;
    const struct bytes *body; /* borrowed until `done`; NULL none */
    bool is_anonymous;        /* without the client certificate (enrolment) */
    int limit_ms;             /* for the whole request */
    size_t answer_max;
    void (*done)(void *context, struct answer *answer); /* the answer is the wire's */
    void *context;
};

struct wire {
    /* The request is copied. 0 or a fault; -EBUSY while the lane has one in flight. */
    int (*send)(struct wire *wire, const struct request *request);
    /* Has the body of what the lane has in flight left this process? Then the platform works, and we are free to. May be
     * NULL: always. */
    bool (*is_uploaded)(struct wire *wire, enum lane lane);
    /* End what the lane has in flight without calling `done`. */
    void (*cancel)(struct wire *wire, enum lane lane);
};

void request_header(struct request *r, const char *format, ...) PRINTF_LIKE(2, 3);
