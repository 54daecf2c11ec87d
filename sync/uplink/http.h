/* The wire with libcurl behind it: HTTPS with the kiosk's client certificate, the platform's CA pinned, no redirects, no
 * proxies from the environment. One multi handle; one thread. Only user of libcurl. */
#pragma once

#include <poll.h>

#include "firmware/base/clock.h"
#include "sync/uplink/wire.h"

struct http; /* body in http.c */

struct http_options {
    const char *address;           /* "https://county.example/kiosk", without a slash at the end */
    const char *ca_file;           /* PEM; nothing else is trusted */
    const char *certificate, *key; /* PEM files of the identity; need not exist yet */
    const struct clock *clock;
};

/* `options` and what it points to are borrowed. 0, -EINVAL for an address that is no https URL, or a fault. */
NODISCARD int http_new(struct http **out, const struct http_options *options);
void http_free(struct http *h); /* ends what is in flight, without calling `done` */
AUTO_DEFINE(struct http, http_free)
struct wire *http_wire(struct http *h);
/* The identity's files have changed: requests from now on use no connection made with the old one. May be called from
 * `done`. */
void http_new_identity(struct http *h);
/* Wait for the wire and for `polls` (at most 60), at most `limit_ms`, then carry on; calls `done` of what has ended. */
NODISCARD int http_run(struct http *h, struct pollfd *polls, size_t count, int limit_ms);
