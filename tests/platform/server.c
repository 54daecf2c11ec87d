#include "tests/platform/server.h"

#include <microhttpd.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "firmware/base/log.h"

enum {
    CONNECTION_S = 120,
    CONNECTIONS_MAX = 200,
    PEM_MAX = 64 * 1024,
    FLAGS = MHD_USE_THREAD_PER_CONNECTION | MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_POLL |
            MHD_USE_ERROR_LOG,
};

struct server {
    struct platform *platform;
    server_api api;
    bool has_certificates;
    struct MHD_Daemon *daemon;
};

struct upload {
    struct bytes body;
    bool is_too_large, is_without_memory;
};

/* ---- answering
 * ----------------------------------------------------------------------------------- */

static enum MHD_Result send_reply(struct MHD_Connection *c, const struct reply *r)
{
    struct MHD_Response *response =
        MHD_create_response_from_buffer(r->body.length, r->body.data, MHD_RESPMEM_MUST_COPY);
    if (!response)
        return MHD_NO;
    if (r->type && r->body.length)
        MHD_add_response_header(response, "Content-Type", r->type);
    for (size_t i = 0; i < r->header_count; i++)
        MHD_add_response_header(response, r->headers[i].name, r->headers[i].value);
    if (r->status == 503 || r->status == 429)
        MHD_add_response_header(response, "Retry-After", "1");
    enum MHD_Result queued = MHD_queue_response(c, (unsigned)r->status, response);
    MHD_destroy_response(response);
    return queued;
}

/* As if the line had broken: not even a goodbye of TLS. */
static void hang_up(struct MHD_Connection *c)
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(c, MHD_CONNECTION_INFO_CONNECTION_FD);
    if (info)
        shutdown(info->connect_fd, SHUT_RDWR);
}

static enum MHD_Result answer(const struct server *s, struct request_in *q)
{
    struct reply r = { 0 };
    if (s->has_certificates)
        peer_read(q);
    s->api(s->platform, q, &r);
    if (r.is_cut)
        hang_up(q->connection);
    enum MHD_Result queued = r.is_cut ? MHD_NO : send_reply(q->connection, &r);
    reply_clear(&r);
    return queued;
}

/* Called once without anything, then for each piece of the body, then once more. */
static enum MHD_Result handle(void *context, struct MHD_Connection *c, const char *url,
                              const char *method, const char *version, const char *data,
                              size_t *size, void **state)
{
    struct upload *u = *state;
    (void)version;
    if (!u) {
        *state = calloc(1, sizeof(*u));
        return *state ? MHD_YES : MHD_NO;
    }
    if (*size) {
        u->is_too_large |= u->body.length + *size > request_limit(url);
        if (!u->is_too_large)
            u->is_without_memory |= bytes_append(&u->body, data, *size) != 0;
        *size = 0;
        return u->is_without_memory ? MHD_NO : MHD_YES;
    }
    if (u->is_too_large)
        u->body.length = 0;
    struct request_in q = { .connection = c,
                            .method = method,
                            .path = url,
                            .body = u->body,
                            .is_too_large = u->is_too_large };
    return answer(context, &q);
}

static void completed(void *context, struct MHD_Connection *c, void **state,
                      enum MHD_RequestTerminationCode why)
{
    struct upload *u = *state;
    (void)context;
    (void)c;
    (void)why;
    if (u)
        bytes_clear(&u->body);
    free(u);
    *state = NULL;
}

/* ---- life
 * ---------------------------------------------------------------------------------------- */

static struct sockaddr_in loopback(int port)
{
    return (struct sockaddr_in){ .sin_family = AF_INET,
                                 .sin_port = htons((uint16_t)port),
                                 .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
}

static int read_pem(struct bytes *out, const struct platform *p, const char *name)
{
    char path[4096];
    snprintf(path, sizeof(path), "%s/%s", p->keys, name);
    FILE *f = fopen(path, "re");
    int r = f ? bytes_reserve(out, PEM_MAX) : -ENOENT;
    if (!r) {
        out->length = fread(out->data, 1, PEM_MAX - 1, f);
        out->data[out->length] = 0;
    }
    if (f)
        fclose(f);
    if (r || !out->length) {
        log_line(LOG_ERROR, "county", "%s cannot be read", path);
        return -ENOENT;
    }
    return 0;
}

static int made(struct server **out, struct server *s, int port)
{
    if (!s->daemon) {
        log_line(LOG_ERROR, "county", "cannot listen on 127.0.0.1:%d", port);
        free(s);
        return -EADDRINUSE;
    }
    *out = s;
    return 0;
}

static struct server *make(struct platform *p, server_api api, bool has_certificates)
{
    struct server *s = calloc(1, sizeof(*s));
    if (s)
        *s = (struct server){ .platform = p, .api = api, .has_certificates = has_certificates };
    return s;
}

int server_start_kiosks(struct server **out, struct platform *p, server_api api, int port)
{
    struct bytes key AUTO_BYTES = { 0 }, certificate AUTO_BYTES = { 0 }, ca AUTO_BYTES = { 0 };
    struct sockaddr_in here = loopback(port);
    int r = read_pem(&key, p, "server.key");
    if (!r)
        r = read_pem(&certificate, p, "server.pem");
    if (!r)
        r = read_pem(&ca, p, "kiosk-ca.pem");
    struct server *s = r ? NULL : make(p, api, true);
    if (!s)
        return r ? r : fault_raise(-ENOMEM);
    s->daemon = MHD_start_daemon(
        FLAGS | MHD_USE_TLS, 0, NULL, NULL, handle, s, MHD_OPTION_SOCK_ADDR, &here,
        MHD_OPTION_HTTPS_MEM_KEY, (const char *)key.data, MHD_OPTION_HTTPS_MEM_CERT,
        (const char *)certificate.data, MHD_OPTION_HTTPS_MEM_TRUST, (const char *)ca.data,
        MHD_OPTION_HTTPS_PRIORITIES, "SECURE256:SECURE128:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2",
        MHD_OPTION_NOTIFY_COMPLETED, completed, NULL, MHD_OPTION_CONNECTION_TIMEOUT,
        (unsigned)CONNECTION_S, MHD_OPTION_CONNECTION_LIMIT, (unsigned)CONNECTIONS_MAX,
        MHD_OPTION_LISTENING_ADDRESS_REUSE, 1u, MHD_OPTION_END);
    return made(out, s, port);
}

int server_start_desk(struct server **out, struct platform *p, server_api api, int port)
{
    struct sockaddr_in here = loopback(port);
    struct server *s = make(p, api, false);
    if (!s)
        return fault_raise(-ENOMEM);
    s->daemon = MHD_start_daemon(FLAGS, 0, NULL, NULL, handle, s, MHD_OPTION_SOCK_ADDR, &here,
                                 MHD_OPTION_NOTIFY_COMPLETED, completed, NULL,
                                 MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)CONNECTION_S,
                                 MHD_OPTION_CONNECTION_LIMIT, (unsigned)CONNECTIONS_MAX,
                                 MHD_OPTION_LISTENING_ADDRESS_REUSE, 1u, MHD_OPTION_END);
    return made(out, s, port);
}

int server_port(const struct server *s)
{
    const union MHD_DaemonInfo *info = MHD_get_daemon_info(s->daemon, MHD_DAEMON_INFO_BIND_PORT);
    return info ? info->port : 0;
}

void server_stop(struct server *s)
{
    if (!s)
        return;
    MHD_stop_daemon(s->daemon);
    free(s);
}
