/* The routes of the kiosk interface (sync/api/county-platform.yaml). */
#include <string.h>

#include "tests/platform/parcels.h"
#include "tests/platform/fleet.h"
#include "tests/platform/point.h"

static void get_time(struct platform *p, const struct request_in *q, struct reply *r)
{
    char now[21];
    (void)p;
    (void)q;
    now_utc(now);
    reply_json(r, 200, json_pack("{ss}", "now", now));
}

static void get_keys(struct platform *p, const struct request_in *q, struct reply *r)
{
    documents_get(p, q, r, DOCUMENT_KEYS);
}

static void get_catalogue(struct platform *p, const struct request_in *q, struct reply *r)
{
    documents_get(p, q, r, DOCUMENT_CATALOGUE);
}

static void get_config(struct platform *p, const struct request_in *q, struct reply *r)
{
    documents_get(p, q, r, DOCUMENT_CONFIG);
}

/* A path with a {parameter} is met by all that begins as it does up to there. */
static const struct route {
    const char *method, *path;
    bool is_open; /* without a client certificate */
    void (*run)(struct platform *p, const struct request_in *q, struct reply *r);
    void (*run_below)(struct platform *p, const struct request_in *q, struct reply *r,
                      const char *rest);
} routes[] = {
    { "GET", "/v1/time", true, get_time, NULL },
    { "POST", "/v1/enrolments", true, enrolments_post, NULL },
    { "POST", "/v1/enrolments/renewals", false, renewals_post, NULL },
    { "POST", "/v1/submission-batches", false, submissions_post, NULL },
    { "GET", "/v1/submissions/{id}", false, NULL, submissions_get },
    { "POST", "/v1/questions", false, questions_post, NULL },
    { "GET", "/v1/blobs/{sha256}", false, NULL, blobs_get },
    { "PUT", "/v1/blobs/{sha256}/parts/{n}", false, NULL, blobs_put },
    { "GET", "/v1/parcels/{label}", false, NULL, parcels_get },
    { "PUT", "/v1/parcels/{label}", false, NULL, parcels_put },
    { "DELETE", "/v1/parcels/{label}", false, NULL, parcels_end },
    { "GET", "/v1/status-feed", false, feed_get, NULL },
    { "GET", "/v1/keys", false, get_keys, NULL },
    { "GET", "/v1/catalogue", false, get_catalogue, NULL },
    { "GET", "/v1/config", false, get_config, NULL },
    { "GET", "/v1/updates", false, rollouts_get, NULL },
    { "GET", "/v1/updates/{sha256}", false, NULL, rollouts_piece },
    { "GET", "/v1/point", false, point_get, NULL },
    { "POST", "/v1/heartbeats", false, heartbeats_post, NULL },
};

static bool fits(const struct route *route, const char *path)
{
    size_t length = strcspn(route->path, "{");
    return route->run ? !strcmp(path, route->path)
                      : !strncmp(path, route->path, length) && path[length];
}

static const struct route *find_route(const struct request_in *q, bool *is_path)
{
    for (size_t i = 0; i < sizeof(routes) / sizeof(routes[0]); i++) {
        bool is_here = fits(&routes[i], q->path);
        *is_path |= is_here;
        if (is_here && !strcmp(routes[i].method, q->method))
            return &routes[i];
    }
    return NULL;
}

/* Who is not let in is told so; true when the request goes on. */
static bool is_let_in(struct platform *p, const struct route *route, const struct request_in *q,
                      struct reply *r)
{
    if (route->is_open)
        return true;
    if (!*q->kiosk)
        reply_problem(r, 401, "certificate", "a certificate of the kiosk CA is needed");
    else if (q->is_expired && route->run != renewals_post)
        reply_problem(r, 401, "certificate-expired", "this certificate has run out: renew it");
    else if (!kiosk_is_enrolled(p, q->kiosk))
        reply_problem(r, 403, "not-enrolled", "no kiosk of this name was enrolled here");
    else if (fleet_is_revoked(p, q->kiosk, q->serial))
        reply_problem(r, 403, "revoked",
                      "this certificate was revoked: this kiosk must be enrolled anew");
    else
        return true;
    return false;
}

void kiosk_api(struct platform *p, const struct request_in *q, struct reply *r)
{
    bool is_path = false;
    reply_header(r, "Kiosk-Epoch", p->epoch);
    const struct route *route = find_route(q, &is_path);
    if (!route && is_path)
        reply_problem(r, 405, "method", "this method is not offered here");
    else if (!route)
        reply_problem(r, 404, "not-found", "there is nothing here");
    if (!route || !is_let_in(p, route, q, r))
        return;
    if (q->is_too_large) {
        reply_problem(r, 413, "too-large", "the content is larger than what is taken here");
        return;
    }
    if (faults_before(p, r) == FAULT_DONE)
        return;
    if (route->run)
        route->run(p, q, r);
    else
        route->run_below(p, q, r, q->path + strcspn(route->path, "{"));
    faults_after(p, r);
}

void kiosk_routes(json_t *out)
{
    for (size_t i = 0; i < sizeof(routes) / sizeof(routes[0]); i++)
        json_array_append_new(out, json_pack("{ss, ss, ss, sb}", "to", "kiosks", "method",
                                             routes[i].method, "path", routes[i].path, "is_open",
                                             routes[i].is_open));
}
