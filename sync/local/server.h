/* The local socket: frames in, frames out, in order for each connection (sync/api/local-socket.md). All submissions that
 * wait at one turn of the loop share one flush and one commit. One thread, never blocks. */
#pragma once

#include <poll.h>

#include "sync/local/service.h"

struct server; /* body in server.c */

enum { SERVER_CLIENTS = 16, SERVER_POLLS = 1 + SERVER_CLIENTS };

/* Listens at `path` (mode 0660, replaced if it exists). `service` is borrowed. */
NODISCARD int server_new(struct server **out, const char *path, struct service *service);
void server_free(struct server *s);
AUTO_DEFINE(struct server, server_free)
size_t server_polls(const struct server *s, struct pollfd polls[SERVER_POLLS]);
/* After poll(): reads, carries out, answers. Returns true when something was submitted. */
bool server_take(struct server *s, const struct pollfd *polls, size_t count);
/* Tell everyone who wants to know when the status has changed. */
void server_tell_status(struct server *s);
void server_tell_cases(struct server *s);
