/* The clerk's desk: its routes, its token, its page. Loopback only. */
#include "tests/platform/desk.h"

#include <stdio.h>
#include <string.h>

#include "firmware/base/json.h"
#include "tests/platform/checks.h"
#include "tests/platform/elsewhere.h"
#include "tests/platform/bells.h"
#include "tests/platform/parcels.h"
#include "tests/platform/fleet.h"
#include "tests/platform/logs.h"
#include "tests/platform/measures.h"
#include "tests/platform/point.h"
#include "tests/platform/ratings.h"
#include "tests/platform/carrier.h"
#include "tests/platform/waivers.h"

enum { FILE_MAX = 1024 * 1024 };

static void get_catalogue(struct platform *p, const struct request_in *q, struct reply *r)
{
    (void)q;
    reply_json(r, 200, json_incref(p->catalogue_json));
}

static void post_faults(struct platform *p, const struct request_in *q, struct reply *r)
{
    AUTO(json_release) json_t *o = request_json(q, r);
    if (!o)
        return;
    faults_set(p, o);
    reply_json(r, 200, json_object());
}

/* ---- the page
 * ------------------------------------------------------------------------------------ */

void desk_send_file(const struct platform *p, struct reply *r, const char *name, const char *type)
{
    char path[4096], piece[16384];
    size_t n;
    snprintf(path, sizeof(path), "%s/%s", p->desk_dir, name);
    FILE *f = fopen(path, "re");
    if (!f) {
        reply_problem(r, 404, "not-found", "the page's files are not where --desk-dir says");
        return;
    }
    r->status = 200;
    r->type = type;
    while ((n = fread(piece, 1, sizeof(piece), f)) > 0 && r->body.length < FILE_MAX)
        if (bytes_append(&r->body, piece, n))
            break;
    fclose(f);
}

static void get_page(struct platform *p, const struct request_in *q, struct reply *r)
{
    (void)q;
    desk_send_file(p, r, "index.html", "text/html; charset=utf-8");
}

static void get_script(struct platform *p, const struct request_in *q, struct reply *r)
{
    (void)q;
    desk_send_file(p, r, "desk.js", "text/javascript; charset=utf-8");
}

static void get_decide(struct platform *p, const struct request_in *q, struct reply *r)
{
    (void)q;
    desk_send_file(p, r, "decide.js", "text/javascript; charset=utf-8");
}

static void get_words(struct platform *p, const struct request_in *q, struct reply *r)
{
    (void)q;
    desk_send_file(p, r, "words.js", "text/javascript; charset=utf-8");
}

/* One of the names in the table of routes. */
static void get_file(struct platform *p, const struct request_in *q, struct reply *r)
{
    const char *end = strrchr(q->path, '.');
    desk_send_file(p, r, q->path + 1,
                   !strcmp(end, ".js")    ? "text/javascript; charset=utf-8"
                   : !strcmp(end, ".css") ? "text/css; charset=utf-8"
                                          : "text/html; charset=utf-8");
}

static void get_style(struct platform *p, const struct request_in *q, struct reply *r)
{
    (void)q;
    desk_send_file(p, r, "desk.css", "text/css; charset=utf-8");
}

/* ---- routes
 * -------------------------------------------------------------------------------------- */

static const struct route {
    const char *method, *path;
    bool is_open; /* the page itself says nothing about anybody */
    void (*run)(struct platform *p, const struct request_in *q, struct reply *r);
} routes[] = {
    { "GET", "/", true, get_page },
    { "GET", "/desk.js", true, get_script },
    { "GET", "/decide.js", true, get_decide },
    { "GET", "/words.js", true, get_words },
    { "GET", "/children.js", true, get_file },
    { "GET", "/papers.js", true, get_file },
    { "GET", "/insisted.js", true, get_file },
    { "GET", "/desk.css", true, get_style },
    { "GET", "/escalations.html", true, get_file },
    { "GET", "/escalations.js", true, get_file },
    { "GET", "/escalations", false, escalations_list },
    { "POST", "/escalations/answer", false, escalations_answer },
    /* the county's kiosks */
    { "GET", "/fleet.html", true, get_file },
    { "GET", "/fleet.js", true, get_file },
    { "GET", "/fleet.css", true, get_file },
    { "GET", "/enrol.html", true, get_file },
    { "GET", "/enrol.js", true, get_file },
    { "GET", "/updates.html", true, get_file },
    { "GET", "/updates.js", true, get_file },
    { "GET", "/ask.js", true, get_file },
    { "GET", "/fleet", false, fleet_list },
    { "GET", "/fleet/kiosk", false, fleet_one },
    { "GET", "/fleet/log", false, logs_get },
    { "POST", "/fleet/name", false, fleet_name },
    { "POST", "/fleet/level", false, level_post },
    { "POST", "/fleet/revoke", false, fleet_revoke },
    { "GET", "/codes", false, codes_list },
    { "POST", "/codes", false, codes_make },
    { "GET", "/rollouts", false, rollouts_list },
    { "POST", "/rollouts", false, rollouts_make },
    { "POST", "/rollouts/move", false, rollouts_move },
    /* what went wrong, by cause; the month */
    { "GET", "/issues.html", true, get_file },
    { "GET", "/issues.js", true, get_file },
    { "GET", "/issues", false, issues_list },
    { "POST", "/issues/state", false, issues_state_post },
    { "GET", "/report.html", true, get_file },
    { "GET", "/report.js", true, get_file },
    { "GET", "/report.css", true, get_file },
    { "GET", "/report", false, report_get },
    /* promises that are checked; who has a case; cases of other counties */
    { "GET", "/checks.html", true, get_file },
    { "GET", "/checks.js", true, get_file },
    { "GET", "/checks", false, checks_list },
    { "POST", "/checks", false, checks_post },
    { "GET", "/owner.js", true, get_file },
    { "POST", "/owner", false, owners_post },
    { "GET", "/elsewhere.html", true, get_file },
    { "GET", "/elsewhere.js", true, get_file },
    { "GET", "/elsewhere/doors", false, elsewhere_doors_get },
    { "GET", "/elsewhere/cases", true, elsewhere_list }, /* by the county's own key */
    { "GET", "/elsewhere/item", true, elsewhere_item },
    { "POST", "/elsewhere/step", true, elsewhere_step },
    { "GET", "/items", false, desk_items },
    { "GET", "/outlines", false, desk_outlines },
    { "GET", "/item", false, desk_item },
    { "GET", "/catalogue", false, get_catalogue },
    { "GET", "/day", false, desk_today },
    { "GET", "/count", false, desk_count },
    { "POST", "/step", false, desk_step },
    { "POST", "/waive", false, waivers_post },
    { "POST", "/revisit", false, ratings_revisit_post },
    { "GET", "/rate.js", true, get_file },
    { "GET", "/call.js", true, get_file },
    { "POST", "/call", false, calls_post },
    { "GET", "/carrier", false, carrier_get },
    { "POST", "/carrier", false, carrier_ask_post },
    { "GET", "/waive.js", true, get_file },
    { "POST", "/day", false, desk_turn },
    { "POST", "/faults", false, post_faults },
    /* the queue of people, its screen in the hall, and bookings */
    { "GET", "/queue.html", true, get_file },
    { "GET", "/queue.js", true, get_file },
    { "GET", "/bookings.js", true, get_file },
    { "GET", "/screen.html", true, get_file },
    { "GET", "/screen.js", true, get_file },
    { "GET", "/queue.css", true, get_file },
    { "GET", "/called", true, tickets_called },
    { "GET", "/queue", false, tickets_list },
    { "POST", "/queue/next", false, tickets_next_post },
    { "POST", "/queue/urgent", false, urgent_decide },
    { "GET", "/bell.js", true, get_file },
    { "GET", "/bells", false, bells_list },
    { "POST", "/bells/answer", false, bells_answer },
    { "GET", "/bookings", false, bookings_list },
    { "POST", "/bookings/decide", false, bookings_decide },
};

/* In the address, for scripts, or in a header, for the page: never in a cookie, which every port of
 * loopback would get. In constant time, as a habit. */
static bool has_token(const struct platform *p, const struct request_in *q)
{
    const char *given = request_argument(q, "token"),
               *bearer = request_header_in(q, "Authorization");
    if (!*given && !strncmp(bearer, "Bearer ", 7))
        given = bearer + 7;
    unsigned difference = strlen(given) != TOKEN_HEX - 1;
    for (size_t i = 0; !difference && i < TOKEN_HEX - 1; i++)
        difference |= (unsigned char)(given[i] ^ p->token[i]);
    return !difference;
}

static const struct route *find_route(const struct request_in *q)
{
    for (size_t i = 0; i < sizeof(routes) / sizeof(routes[0]); i++)
        if (!strcmp(routes[i].path, q->path) && !strcmp(routes[i].method, q->method))
            return &routes[i];
    return NULL;
}

static bool is_page(const char *path)
{
    return !strcmp(path, "/") || strchr(path, '.');
}

void desk_routes(json_t *out)
{
    for (size_t i = 0; i < sizeof(routes) / sizeof(routes[0]); i++)
        if (!is_page(routes[i].path))
            json_array_append_new(out, json_pack("{ss, ss, ss, sb}", "to", "desk", "method",
                                                 routes[i].method, "path", routes[i].path,
                                                 "is_open", routes[i].is_open));
    phone_routes(out);
}

void desk_api(struct platform *p, const struct request_in *q, struct reply *r)
{
    reply_header(r, "Content-Security-Policy",
                 "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
                 "img-src 'self' data:; "
                 "frame-ancestors 'none'; base-uri 'none'; form-action 'none'");
    reply_header(r, "X-Content-Type-Options", "nosniff");
    reply_header(r, "Referrer-Policy", "no-referrer");
    reply_header(r, "Cache-Control", "no-store");
    const struct route *route = find_route(q);
    if (!route && !q->is_too_large && phone_api(p, q, r))
        return;
    if (!route)
        reply_problem(r, 404, "not-found", "there is nothing here");
    else if (!route->is_open && !has_token(p, q))
        reply_problem(r, 403, "token",
                      "open the page by the address that county-platform has printed");
    else if (q->is_too_large)
        reply_problem(r, 413, "too-large", "the content is larger than what is taken here");
    else
        route->run(p, q, r);
}
