/* county-platform: a county platform in a box. HTTPS with mutual TLS for kiosks, plain HTTP on loopback for the desk. Holds no
 * key that opens an application. */
#include <getopt.h>
#include <gnutls/gnutls.h>
#include <gnutls/x509.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "firmware/base/log.h"
#include "firmware/base/text.h"
#include "tests/platform/platform.h"

enum { CODES_MAX = 16, CONNECTION_S = 120, PEM_MAX = 65536 };

struct options {
    const char *data, *keys, *catalogue, *desk, *token;
    int port, desk_port;
    const char *codes[CODES_MAX];
    size_t code_count;
};

/* ---- who is there ------------------------------------------------------------------------- */

/* The kiosk's id from its certificate, "" without a good one. */
static void read_kiosk(char out[KIOSK_ID_MAX + 1], struct MHD_Connection *c)
{
    unsigned count = 0, status = 0;
    gnutls_x509_crt_t certificate;
    out[0] = 0;
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(c, MHD_CONNECTION_INFO_GNUTLS_SESSION);
    if (!info)
        return;
    gnutls_session_t session = info->tls_session;
    const gnutls_datum_t *list = gnutls_certificate_get_peers(session, &count);
    if (!list || !count || gnutls_certificate_verify_peers2(session, &status) || status || gnutls_x509_crt_init(&certificate))
        return;
    size_t size = KIOSK_ID_MAX + 1;
    if (gnutls_x509_crt_import(certificate, &list[0], GNUTLS_X509_FMT_DER) ||
        gnutls_x509_crt_get_dn_by_oid(certificate, GNUTLS_OID_X520_COMMON_NAME, 0, 0, out, &size))
        out[0] = 0;
    gnutls_x509_crt_deinit(certificate);
}

/* ---- one request ----------------------------------------------------------------------------- */

typedef void (*api)(struct platform *p, const struct request_in *q, struct reply *r);

/* For both servers: what they answer with. */
struct site {
    struct platform *platform;
    api run;
    bool is_kiosks;
};

struct upload {
    struct bytes body;
    bool is_too_large;
};

static void cut(struct MHD_Connection *c)
{
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(c, MHD_CONNECTION_INFO_CONNECTION_FD);
    if (info)
        shutdown(info->connect_fd, SHUT_RDWR);
}

static enum MHD_Result send_reply(struct MHD_Connection *c, const struct reply *r)
{
    struct MHD_Response *response =
        MHD_create_response_from_buffer(r->body.length, r->body.data, MHD_RESPMEM_MUST_COPY);
    if (!response)
        return MHD_NO;
    if (r->type)
        MHD_add_response_header(response, "Content-Type", r->type);
    for (size_t i = 0; i < r->header_count; i++)
        MHD_add_response_header(response, r->headers[i].name, r->headers[i].value);
    if (r->status == 503 || r->status == 429)
        MHD_add_response_header(response, "Retry-After", "1");
    enum MHD_Result queued = MHD_queue_response(c, (unsigned)r->status, response);
    MHD_destroy_response(response);
    return queued;
}

static enum MHD_Result answer(const struct site *site, struct MHD_Connection *c, const char *url, const char *method, struct upload *u)
{
    struct request_in q = { .connection = c, .method = method, .path = url, .body = u->body };
    struct reply r = { 0 };
    if (site->is_kiosks)
        read_kiosk(q.kiosk, c);
    if (u->is_too_large)
        reply_problem(&r, 413, "too-large", "a request has at most 8 MiB");
    else
        site->run(site->platform, &q, &r);
    if (r.is_cut)
        cut(c);
    enum MHD_Result queued = r.is_cut ? MHD_NO : send_reply(c, &r);
    reply_clear(&r);
    return queued;
}

static enum MHD_Result handle(void *context, struct MHD_Connection *c, const char *url, const char *method, const char *version,
                              const char *data, size_t *size, void **state)
{
    struct upload *u = *state;
    (void)version;
    if (!u) {
        *state = calloc(1, sizeof(*u));
        return *state ? MHD_YES : MHD_NO;
    }
    if (!*size)
        return answer(context, c, url, method, u);
    u->is_too_large |= u->body.length + *size > BODY_MAX || bytes_append(&u->body, data, *size);
    *size = 0;
    return MHD_YES;
}

static void completed(void *context, struct MHD_Connection *c, void **state, enum MHD_RequestTerminationCode why)
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

/* ---- servers ------------------------------------------------------------------------------------ */

static char *read_pem(const struct platform *p, const char *name)
{
    char path[4096], *text = calloc(1, PEM_MAX);
    snprintf(path, sizeof(path), "%s/%s", p->keys, name);
    FILE *f = fopen(path, "re");
    if (!f || !text || !fread(text, 1, PEM_MAX - 1, f)) {
        log_line(LOG_ERROR, "county", "%s cannot be read", path);
        free(text);
        text = NULL;
    }
    if (f)
        fclose(f);
    return text;
}

static struct sockaddr_in loopback(int port)
{
    return (struct sockaddr_in){ .sin_family = AF_INET, .sin_port = htons((uint16_t)port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
}

enum { SERVER_FLAGS = MHD_USE_THREAD_PER_CONNECTION | MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_POLL | MHD_USE_ERROR_LOG };

static struct MHD_Daemon *serve_kiosks(struct platform *p, struct site *site, int port)
{
    struct sockaddr_in here = loopback(port);
    char *key = read_pem(p, "server.key"), *certificate = read_pem(p, "server.pem"), *ca = read_pem(p, "kiosk-ca.pem");
    struct MHD_Daemon *d = NULL;
    if (key && certificate && ca)
        d = MHD_start_daemon(SERVER_FLAGS | MHD_USE_TLS, 0, NULL, NULL, handle, site, MHD_OPTION_SOCK_ADDR, &here,
                             MHD_OPTION_HTTPS_MEM_KEY, key, MHD_OPTION_HTTPS_MEM_CERT, certificate, MHD_OPTION_HTTPS_MEM_TRUST, ca,
                             MHD_OPTION_HTTPS_PRIORITIES, "SECURE256:SECURE128:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2",
                             MHD_OPTION_NOTIFY_COMPLETED, completed, NULL, MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)CONNECTION_S,
                             MHD_OPTION_LISTENING_ADDRESS_REUSE, 1u, MHD_OPTION_END);
    free(key);
    free(certificate);
    free(ca);
    return d;
}

static struct MHD_Daemon *serve_desk(struct site *site, int port)
{
    struct sockaddr_in here = loopback(port);
    return MHD_start_daemon(SERVER_FLAGS, 0, NULL, NULL, handle, site, MHD_OPTION_SOCK_ADDR, &here, MHD_OPTION_NOTIFY_COMPLETED,
                            completed, NULL, MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)CONNECTION_S, MHD_OPTION_LISTENING_ADDRESS_REUSE,
                            1u, MHD_OPTION_END);
}

static int port_of(struct MHD_Daemon *d)
{
    const union MHD_DaemonInfo *info = d ? MHD_get_daemon_info(d, MHD_DAEMON_INFO_BIND_PORT) : NULL;
    return info ? info->port : 0;
}

static int run(struct platform *p, const struct options *o)
{
    struct site kiosks = { p, kiosk_api, true }, desk = { p, desk_api, false };
    sigset_t set;
    int number;
    struct MHD_Daemon *a = serve_kiosks(p, &kiosks, o->port), *b = serve_desk(&desk, o->desk_port);
    if (a && b) {
        printf("{\"platform_url\": \"https://127.0.0.1:%d\", \"desk_url\": \"http://127.0.0.1:%d/?token=%s\"}\n", port_of(a), port_of(b),
               p->token);
        fflush(stdout);
        sigemptyset(&set);
        sigaddset(&set, SIGTERM);
        sigaddset(&set, SIGINT);
        sigwait(&set, &number);
    } else {
        log_line(LOG_ERROR, "county", "cannot listen on 127.0.0.1:%d and :%d", o->port, o->desk_port);
    }
    pthread_mutex_lock(&p->lock);
    p->is_ending = true;
    pthread_cond_broadcast(&p->news);
    pthread_mutex_unlock(&p->lock);
    if (a)
        MHD_stop_daemon(a);
    if (b)
        MHD_stop_daemon(b);
    return a && b ? 0 : 1;
}

/* ---- start ---------------------------------------------------------------------------------------- */

static void usage(FILE *to)
{
    fputs("usage: county-platform --keys DIR --data DIR --catalogue FILE [options]\n"
          "  --port N --desk-port N    0 or nothing: free ones\n"
          "  --enrol-code CODE=KIOSK   a one-time code (may be given several times)\n"
          "  --desk-token HEX          32 digits; made if not said\n"
          "  --desk-dir DIR            the page's files\n",
          to);
}

static int read_options(struct options *o, int argc, char **argv)
{
    enum { OPT_KEYS = 1, OPT_DATA, OPT_CATALOGUE, OPT_DESK, OPT_TOKEN, OPT_PORT, OPT_DESK_PORT, OPT_CODE, OPT_HELP };
    static const struct option longs[] = {
        { "keys", 1, NULL, OPT_KEYS },          { "data", 1, NULL, OPT_DATA },           { "catalogue", 1, NULL, OPT_CATALOGUE },
        { "desk-dir", 1, NULL, OPT_DESK },      { "desk-token", 1, NULL, OPT_TOKEN },    { "port", 1, NULL, OPT_PORT },
        { "desk-port", 1, NULL, OPT_DESK_PORT }, { "enrol-code", 1, NULL, OPT_CODE },    { "help", 0, NULL, OPT_HELP },
        { NULL, 0, NULL, 0 },
    };
    const char **texts[] = { [OPT_KEYS] = &o->keys, [OPT_DATA] = &o->data, [OPT_CATALOGUE] = &o->catalogue, [OPT_DESK] = &o->desk,
                             [OPT_TOKEN] = &o->token };
    int id;
    while ((id = getopt_long(argc, argv, "", longs, NULL)) != -1) {
        bool is_good = true;
        if (id >= OPT_KEYS && id <= OPT_TOKEN)
            *texts[id] = optarg;
        else if (id == OPT_PORT || id == OPT_DESK_PORT)
            is_good = text_to_int(id == OPT_PORT ? &o->port : &o->desk_port, optarg);
        else if (id == OPT_CODE && o->code_count < CODES_MAX)
            o->codes[o->code_count++] = optarg;
        else
            is_good = false;
        if (!is_good) {
            usage(id == OPT_HELP ? stdout : stderr);
            return id == OPT_HELP ? 1 : 2;
        }
    }
    if (optind == argc && o->keys && o->data && o->catalogue)
        return 0;
    usage(stderr);
    return 2;
}

static void make_token(struct platform *p, const char *given)
{
    uint8_t random[TOKEN_HEX / 2];
    if (given) {
        snprintf(p->token, sizeof(p->token), "%s", given);
        return;
    }
    random_bytes(random, sizeof(random));
    hex_encode(p->token, random, sizeof(random));
}

static int begin(struct platform *p, const struct options *o)
{
    sigset_t set;
    signal(SIGPIPE, SIG_IGN);
    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGINT);
    pthread_sigmask(SIG_BLOCK, &set, NULL);
    umask(0077);
    mkdir(o->data, 0700);
    make_token(p, o->token);
    int r = store_begin(p);
    if (!r)
        r = documents_begin(p);
    for (size_t i = 0; !r && i < o->code_count; i++)
        r = enrol_add_code(p, o->codes[i]);
    return r;
}

int main(int argc, char **argv)
{
    static struct platform p = { .lock = PTHREAD_MUTEX_INITIALIZER, .news = PTHREAD_COND_INITIALIZER };
    struct options o = { .desk = "tests/platform/desk" };
    int code = read_options(&o, argc, argv);
    if (code)
        return code == 1 ? 0 : 2;
    p.data = o.data;
    p.keys = o.keys;
    p.catalogue = o.catalogue;
    p.desk_dir = o.desk;
    p.ids.clock = &system_clock;
    int r = begin(&p, &o) ? 1 : run(&p, &o);
    documents_end(&p);
    sqlite3_close(p.db);
    return r;
}
