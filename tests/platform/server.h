/* HTTP by libmicrohttpd, one thread for each connection: TLS with client certificates for kiosks,
 * plain for the desk. Only loopback is listened on. */
#pragma once

#include "tests/platform/platform.h"

struct server; /* body in server.c */

typedef void (*server_api)(struct platform *p, const struct request_in *q, struct reply *r);

/* Port 0: a free one. 0 or -EADDRINUSE (said in the log). `p` is borrowed. */
NODISCARD int server_start_kiosks(struct server **out, struct platform *p, server_api api,
                                  int port);
NODISCARD int server_start_desk(struct server **out, struct platform *p, server_api api, int port);
int server_port(const struct server *s);
/* Waits until every request has ended. NULL is fine. */
void server_stop(struct server *s);
AUTO_DEFINE(struct server, server_stop)

/* peer.c: who the client certificate says it is. Fills kiosk and is_expired. */
void peer_read(struct request_in *q);
