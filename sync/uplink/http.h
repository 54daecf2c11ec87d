/* The wire with libcurl behind it: HTTPS with the kiosk's client certificate, the platform's CA pinned, no redirects, no
 * proxies from the environment. One multi handle; one thread. Only user of libcurl. */
#pragma once

#include <poll.h>

#include "firmware/base/clock.h"
#include "sync/uplink/wire.h"

struct http; /* body in http.c */

/* Where the private key comes from: appended to `pem` in clear. It stays in memory of ours. */
struct http_key {
    int (*read)(void *context, struct bytes *pem);
    void *context;
    const char *name; /* of its file, for whoever reads the log */
};

struct http_options {
    const char *address;     /* "https://county.example/kiosk", without a slash at the end */
    const char *ca_file;     /* PEM; nothing else is trusted */
    const char *certificate; /* PEM file; need not exist yet */
    struct http_key key;
    const struct clock *clock;
};

/* `options` and what it points to are borrowed. 0, -EINVAL for an address that is no https URL, or a fault. */
NODISCARD int http_new(struct http **out, const struct http_options *options);
void http_free(struct http *h); /* ends what is in flight, without calling `done` */
AUTO_DEFINE(struct http, http_free)
struct wire *http_wire(struct http *h);
/* The identity has changed: requests from now on use no connection made with the old one. May be called from
 * `done`. */
void http_new_identity(struct http *h);
/* Wait for the wire and for `polls` (at most 60), at most `limit_ms`, then carry on; calls `done` of what has ended. */
NODISCARD int http_run(struct http *h, struct pollfd *polls, size_t count, int limit_ms);
