/* What came back for one request, read strictly from foreign bytes. Pure. */
#pragma once

#include <stdbool.h>

#include "firmware/base/bytes.h"
#include "firmware/base/ident.h"

enum transport {
    TRANSPORT_OK,
    TRANSPORT_DOWN,      /* name, connect, reset, time-out, cut short */
    TRANSPORT_TLS,       /* the other side is not who it should be: nothing was sent */
    TRANSPORT_TLS_DATES, /* the same, because of dates: perhaps our clock */
    TRANSPORT_TOO_LARGE, /* more than the cap */
    TRANSPORT_END,
};

enum { ANSWER_ETAG = 200, ANSWER_TYPE = 80, RETRY_AFTER_MAX_MS = 3600 * 1000 };

struct answer {
    enum transport transport;
    int status;
    bool is_name_unknown; /* TRANSPORT_DOWN: nobody knows where the platform is */
    bool has_epoch;       /* without it the answer is not the platform's */
    char epoch[UUID_TEXT];
    char type[ANSWER_TYPE]; /* Content-Type without parameters, lower case */
    char etag[ANSWER_ETAG];
    int64_t date_ms;        /* Date; 0 none */
    int64_t retry_after_ms; /* how long to wait, at most an hour; -1 not said */
    int64_t range_from, range_to,
        range_of; /* Content-Range, last byte in it; range_of -1: none that is understood */
    int64_t retry_date_ms;  /* Retry-After as a date, until answer_finish() */
    struct bytes signature; /* Document-Signature, decoded */
    struct bytes body;
    int64_t sent_ms, came_ms; /* boot clock */
};

void answer_begin(struct answer *a);
void answer_clear(struct answer *a);
/* One header line as it came, with or without its line end. A status line begins anew (after a
 * 100). Lines that are not understood or unknown are passed over. 0 or -ENOMEM. */
NODISCARD int answer_header(struct answer *a, const char *line, size_t length);
/* Turn a Retry-After date into a duration, by the answer's own Date or else `now_ms` (wall). */
void answer_finish(struct answer *a, int64_t now_ms);

/* IMF-fixdate, RFC 850 or asctime (RFC 9110 5.6.7). 0 or -EINVAL. */
NODISCARD int http_date_parse(int64_t *ms, const char *text, size_t length);
/* The last word of a problem's `type` ("kiosk-identity-conflict"); "" when the body is no problem.
 */
enum { PROBLEM_WORD = 64 };
void problem_word(char out[PROBLEM_WORD], const struct answer *a);
