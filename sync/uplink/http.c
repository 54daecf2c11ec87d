#include "sync/uplink/http.h"

#include <curl/curl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "firmware/base/log.h"

enum {
    POLLS_MAX = 60,
    CONNECT_MS = 10000,
    STALL_S = 60,
    STALL_BYTES_S = 50,
    KEEP_IDLE_S = 60,
    KEEP_EVERY_S = 15,
    UNACKNOWLEDGED_MS =
        30000, /* a dead link shows on what was sent, long before the kernel gives up */
    PATH_BYTES = 4200,
    /* X509_V_ERR_CERT_NOT_YET_VALID, X509_V_ERR_CERT_HAS_EXPIRED (x509_vfy.h) */
    VERIFY_NOT_YET = 9,
    VERIFY_EXPIRED = 10,
};

struct flight {
    struct http *http;
    CURL *easy;
    struct curl_slist *headers;
    bool is_busy, is_told_uploaded, is_too_large, is_short_of_memory;
    unsigned generation; /* of the identity it went out with */
    struct bytes key;    /* libcurl looks at it here, and takes no copy */
    struct request request;
    struct answer answer;
};

struct http {
    struct wire wire; /* first: the wire's functions find us */
    struct http_options options;
    CURLM *multi;
    unsigned generation; /* of the identity */
    struct bytes key;    /* its private key, once it was asked for */
    struct flight flights[LANE_END];
};

/* ---- what comes back ----------------------------------------------------------------- */

static size_t take_header(char *line, size_t size, size_t count, void *context)
{
    struct flight *f = context;
    f->is_short_of_memory |= answer_header(&f->answer, line, size * count) != 0;
    return f->is_short_of_memory ? 0 : size * count;
}

static size_t take_body(char *data, size_t size, size_t count, void *context)
{
    struct flight *f = context;
    f->is_too_large = f->answer.body.length + size * count > f->request.answer_max;
    if (f->is_too_large)
        return 0;
    f->is_short_of_memory |= bytes_append(&f->answer.body, data, size * count) != 0;
    return f->is_short_of_memory ? 0 : size * count;
}

static enum transport transport_of(const struct flight *f, CURLcode code)
{
    long verify = 0;
    switch (code) {
    case CURLE_OK:
        return TRANSPORT_OK;
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_ISSUER_ERROR:
    case CURLE_SSL_PINNEDPUBKEYNOTMATCH:
        curl_easy_getinfo(f->easy, CURLINFO_SSL_VERIFYRESULT, &verify);
        return verify == VERIFY_NOT_YET || verify == VERIFY_EXPIRED ? TRANSPORT_TLS_DATES
                                                                    : TRANSPORT_TLS;
    case CURLE_WRITE_ERROR:
        return f->is_too_large ? TRANSPORT_TOO_LARGE : TRANSPORT_DOWN;
    default:
        return TRANSPORT_DOWN;
    }
}

static void end_flight(struct flight *f)
{
    curl_multi_remove_handle(f->http->multi, f->easy);
    curl_slist_free_all(f->headers);
    f->headers = NULL;
    bytes_clear(&f->key);
    f->is_busy = false;
}

static void finish(struct flight *f, CURLcode code)
{
    long status = 0;
    const struct clock *clock = f->http->options.clock;
    struct answer answer = f->answer;
    curl_easy_getinfo(f->easy, CURLINFO_RESPONSE_CODE, &status);
    answer.transport = transport_of(f, code);
    answer.status = (int)status;
    answer.is_name_unknown = code == CURLE_COULDNT_RESOLVE_HOST;
    /* A refusal of the identity that has just been replaced says nothing about the new one: ask again. */
    if (f->generation != f->http->generation && (status == 401 || status == 403))
        answer.transport = TRANSPORT_DOWN;
    answer.came_ms = clock->boot_ms(clock);
    answer_finish(&answer, clock->wall_ms(clock));
    if (code == CURLE_SSL_CERTPROBLEM || code == CURLE_SSL_CACERT_BADFILE)
        log_line(LOG_ERROR, "http", "%s: one of %s, %s, %s", curl_easy_strerror(code),
                 f->http->options.certificate, f->http->options.key.name, f->http->options.ca_file);
    else if (code != CURLE_OK)
        log_line(LOG_INFO, "http", "%s %.40s: %s", f->request.method, f->request.path,
                 curl_easy_strerror(code));
    f->answer = (struct answer){ 0 };
    end_flight(f); /* before `done`, which may send the next one in this lane */
    f->request.done(f->request.context, &answer);
    answer_clear(&answer);
}

static void finish_all(struct http *h)
{
    int left;
    CURLMsg *m;
    while ((m = curl_multi_info_read(h->multi, &left))) {
        CURLcode code = m->data.result;
        struct flight *f = NULL;
        if (m->msg == CURLMSG_DONE)
            curl_easy_getinfo(m->easy_handle, CURLINFO_PRIVATE, (char **)&f);
        if (f && f->is_busy)
            finish(f, code);
    }
}

/* ---- what goes out ------------------------------------------------------------------- */

/* libcurl takes kept connections and TLS sessions for another identity only when the file names differ. So one file goes
 * by two spellings, "dir/cert.pem" and "dir/./cert.pem", by turns. */
static void spell(char out[PATH_BYTES], const struct http *h, const char *path)
{
    const char *slash = strrchr(path, '/');
    int folder = slash ? (int)(slash - path) + 1 : 0;
    snprintf(out, PATH_BYTES, "%.*s%s%s", folder, path, h->generation % 2 ? "./" : "",
             path + folder);
}

/* Asked for once for each identity: to open it costs as much as a signature. A flight has its own, since the identity may change
 * while it is in the air. */
static int take_key(struct flight *f)
{
    struct http *h = f->http;
    const struct http_key *from = &h->options.key;
    int r = h->key.length ? 0 : from->read(from->context, &h->key);
    bytes_clear(&f->key);
    return r ? r : bytes_append(&f->key, h->key.data, h->key.length);
}

/* Without a key libcurl says what it misses, and finish() where to look. */
static CURLcode set_identity(struct flight *f)
{
    char certificate[PATH_BYTES];
    spell(certificate, f->http, f->http->options.certificate);
    CURLcode r = curl_easy_setopt(f->easy, CURLOPT_SSLCERT, certificate);
    if (r || take_key(f))
        return r;
    struct curl_blob key = { f->key.data, f->key.length, CURL_BLOB_NOCOPY };
    return curl_easy_setopt(f->easy, CURLOPT_SSLKEY_BLOB, &key);
}

static int tune_socket(void *context, curl_socket_t fd, curlsocktype purpose)
{
    unsigned limit = UNACKNOWLEDGED_MS;
    (void)context;
    (void)purpose;
    (void)!setsockopt(fd, IPPROTO_TCP, TCP_USER_TIMEOUT, &limit,
                      sizeof(limit)); /* curl's own limits stand behind it */
    return CURL_SOCKOPT_OK;
}

static CURLcode set_patience(struct flight *f)
{
    CURL *e = f->easy;
    CURLcode r = curl_easy_setopt(e, CURLOPT_CONNECTTIMEOUT_MS, (long)CONNECT_MS);
    r |= curl_easy_setopt(e, CURLOPT_TIMEOUT_MS, (long)f->request.limit_ms);
    r |= curl_easy_setopt(e, CURLOPT_LOW_SPEED_LIMIT, (long)STALL_BYTES_S);
    r |= curl_easy_setopt(e, CURLOPT_LOW_SPEED_TIME, (long)STALL_S);
    r |= curl_easy_setopt(e, CURLOPT_TCP_KEEPALIVE, 1L);
    r |= curl_easy_setopt(e, CURLOPT_TCP_KEEPIDLE, (long)KEEP_IDLE_S);
    r |= curl_easy_setopt(e, CURLOPT_TCP_KEEPINTVL, (long)KEEP_EVERY_S);
    return r | curl_easy_setopt(e, CURLOPT_SOCKOPTFUNCTION, tune_socket);
}

/* What every request has in common. */
static int prepare(struct flight *f)
{
    const struct http_options *o = &f->http->options;
    CURL *e = f->easy;
    bool is_upload = f->request.lane == LANE_UPLOAD, is_bulk = f->request.lane == LANE_BULK;
    curl_easy_reset(e);
    CURLcode r = curl_easy_setopt(e, CURLOPT_PROTOCOLS_STR, "https");
    r |= curl_easy_setopt(e, CURLOPT_NOSIGNAL, 1L);
    r |= curl_easy_setopt(e, CURLOPT_PROXY, "");
    r |= curl_easy_setopt(e, CURLOPT_FOLLOWLOCATION, 0L);
    r |= curl_easy_setopt(e, CURLOPT_CAINFO, o->ca_file);
    r |= curl_easy_setopt(e, CURLOPT_CAPATH, NULL);
    r |= curl_easy_setopt(e, CURLOPT_SSL_VERIFYPEER, 1L);
    r |= curl_easy_setopt(e, CURLOPT_SSL_VERIFYHOST, 2L);
    r |= curl_easy_setopt(e, CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_3);
    r |= curl_easy_setopt(e, CURLOPT_HTTP_VERSION,
                          is_upload ? CURL_HTTP_VERSION_1_1 : CURL_HTTP_VERSION_2TLS);
    r |= set_patience(f);
    if (!is_bulk) /* what is asked for by bytes comes as those bytes */
        r |= curl_easy_setopt(e, CURLOPT_ACCEPT_ENCODING, "");
    r |= curl_easy_setopt(e, CURLOPT_HEADERFUNCTION, take_header);
    r |= curl_easy_setopt(e, CURLOPT_HEADERDATA, f);
    r |= curl_easy_setopt(e, CURLOPT_WRITEFUNCTION, take_body);
    r |= curl_easy_setopt(e, CURLOPT_WRITEDATA, f);
    r |= curl_easy_setopt(e, CURLOPT_PRIVATE, f);
    if (!f->request.is_anonymous)
        r |= set_identity(f);
    return r == CURLE_OK ? 0 : fault_raise(-EIO);
}

static int add_header(struct flight *f, const char *line)
{
    struct curl_slist *longer = curl_slist_append(f->headers, line);
    if (!longer)
        return fault_raise(-ENOMEM);
    f->headers = longer;
    return 0;
}

static int prepare_content(struct flight *f)
{
    char url[WIRE_PATH + 256];
    const struct request *q = &f->request;
    CURL *e = f->easy;
    snprintf(url, sizeof(url), "%s%s", f->http->options.address, q->path);
    int failed = add_header(f, "Expect:");
    for (size_t i = 0; !failed && i < q->header_count; i++)
        failed = add_header(f, q->headers[i]);
    if (failed)
        return failed;
    CURLcode r = curl_easy_setopt(e, CURLOPT_URL, url);
    if (q->body) {
        r |= curl_easy_setopt(e, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)q->body->length);
        r |= curl_easy_setopt(e, CURLOPT_POSTFIELDS,
                              q->body->length ? (const char *)q->body->data : "");
    }
    r |= curl_easy_setopt(e, CURLOPT_CUSTOMREQUEST, q->method);
    r |= curl_easy_setopt(e, CURLOPT_HTTPHEADER, f->headers);
    return r == CURLE_OK ? 0 : fault_raise(-EIO);
}

static int wire_send(struct wire *wire, const struct request *request)
{
    struct http *h = (struct http *)wire;
    struct flight *f = &h->flights[request->lane];
    if (f->is_busy)
        return -EBUSY;
    f->request = *request;
    f->is_too_large = f->is_short_of_memory = f->is_told_uploaded = false;
    answer_begin(&f->answer);
    f->answer.sent_ms = h->options.clock->boot_ms(h->options.clock);
    f->generation = h->generation;
    int r = prepare(f);
    if (!r)
        r = prepare_content(f);
    if (!r && curl_multi_add_handle(h->multi, f->easy) != CURLM_OK)
        r = fault_raise(-EIO);
    if (r) {
        answer_clear(&f->answer);
        curl_slist_free_all(f->headers);
        f->headers = NULL;
        bytes_clear(&f->key);
        return r;
    }
    f->is_busy = true;
    return 0;
}

static bool wire_is_uploaded(struct wire *wire, enum lane lane)
{
    const struct flight *f = &((struct http *)wire)->flights[lane];
    curl_off_t sent = 0;
    if (!f->is_busy || !f->request.body)
        return true;
    return curl_easy_getinfo(f->easy, CURLINFO_SIZE_UPLOAD_T, &sent) == CURLE_OK &&
           sent >= (curl_off_t)f->request.body->length;
}

static void wire_cancel(struct wire *wire, enum lane lane)
{
    struct flight *f = &((struct http *)wire)->flights[lane];
    if (!f->is_busy)
        return;
    end_flight(f);
    answer_clear(&f->answer);
}

/* A body has just left: whoever makes the next one need not wait for the answer to this. */
static bool has_news_of_upload(struct http *h)
{
    struct flight *f = &h->flights[LANE_UPLOAD];
    bool is_news = f->is_busy && !f->is_told_uploaded && wire_is_uploaded(&h->wire, LANE_UPLOAD);
    f->is_told_uploaded |= is_news;
    return is_news;
}

int http_run(struct http *h, struct pollfd *polls, size_t count, int limit_ms)
{
    struct curl_waitfd extra[POLLS_MAX];
    int running, ready;
    for (size_t i = 0; i < count && i < POLLS_MAX; i++)
        extra[i] =
            (struct curl_waitfd){ polls[i].fd,
                                  (short)((polls[i].events & POLLIN ? CURL_WAIT_POLLIN : 0) |
                                          (polls[i].events & POLLOUT ? CURL_WAIT_POLLOUT : 0)),
                                  0 };
    /* What was just added begins at once; only then is there something to wait for. */
    if (curl_multi_perform(h->multi, &running) != CURLM_OK)
        return fault_raise(-EIO);
    if (has_news_of_upload(h))
        limit_ms = 0;
    if (curl_multi_poll(h->multi, extra, (unsigned)(count < POLLS_MAX ? count : POLLS_MAX),
                        limit_ms, &ready) != CURLM_OK)
        return fault_raise(-EIO);
    for (size_t i = 0; i < count && i < POLLS_MAX; i++)
        polls[i].revents = (short)((extra[i].revents & CURL_WAIT_POLLIN ? POLLIN : 0) |
                                   (extra[i].revents & CURL_WAIT_POLLOUT ? POLLOUT : 0));
    if (curl_multi_perform(h->multi, &running) != CURLM_OK)
        return fault_raise(-EIO);
    finish_all(h);
    return 0;
}

/* ---- life ---------------------------------------------------------------------------- */

struct wire *http_wire(struct http *h)
{
    return &h->wire;
}

/* What is in flight ends as it began: whoever waits for it must be told, and a long poll is no harm. */
void http_new_identity(struct http *h)
{
    h->generation++;
    bytes_clear(&h->key);
}

int http_new(struct http **out, const struct http_options *options)
{
    if (strncmp(options->address, "https://", 8) != 0)
        return -EINVAL;
    AUTO(http_free) struct http *h = calloc(1, sizeof(*h));
    if (!h || curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
        return fault_raise(-ENOMEM);
    h->wire = (struct wire){ wire_send, wire_is_uploaded, wire_cancel };
    h->options = *options;
    h->multi = curl_multi_init();
    bool is_whole = h->multi != NULL;
    for (size_t i = 0; i < LANE_END; i++) {
        h->flights[i].http = h;
        h->flights[i].easy = curl_easy_init();
        is_whole &= h->flights[i].easy != NULL;
    }
    if (!is_whole)
        return fault_raise(-ENOMEM);
    *out = TAKE(h);
    return 0;
}

void http_free(struct http *h)
{
    if (!h)
        return;
    for (size_t i = 0; i < LANE_END; i++) {
        if (h->flights[i].easy) {
            wire_cancel(&h->wire, (enum lane)i);
            curl_easy_cleanup(h->flights[i].easy);
        }
    }
    if (h->multi)
        curl_multi_cleanup(h->multi);
    bytes_clear(&h->key);
    free(h);
    curl_global_cleanup();
}
