/* The county's phone page, for reference: files, forms, parcels (SS-48). A county has its own; this one shows that the interface is enough. */
#include <string.h>

#include "tests/platform/desk.h"
#include "tests/platform/matter.h"
#include "tests/platform/parcels.h"

static void get_catalogue(struct platform *p, const struct request_in *q, struct reply *r,
                          const char *rest)
{
    (void)q;
    (void)rest;
    reply_json(r, 200, json_incref(p->catalogue_json));
}

static void post_rules(struct platform *p, const struct request_in *q, struct reply *r,
                       const char *rest)
{
    char today[9];
    (void)rest;
    pthread_mutex_lock(&p->lock);
    day_to_text(today, county_today(p));
    pthread_mutex_unlock(&p->lock);
    phone_rules(p, q, r, today);
}

static void post_progress(struct platform *p, const struct request_in *q, struct reply *r,
                          const char *rest)
{
    (void)rest;
    phone_progress(p, q, r);
}

static const struct route {
    const char *method, *path; /* up to its parameter */
    void (*run)(struct platform *p, const struct request_in *q, struct reply *r, const char *rest);
} routes[] = {
    { "GET", "/phone/catalogue", get_catalogue },
    { "POST", "/phone/rules", post_rules },
    { "POST", "/phone/progress", post_progress },
    { "GET", "/phone/parcels/{label}", parcels_get },
    { "PUT", "/phone/parcels/{label}", parcels_put },
    { "DELETE", "/phone/parcels/{label}", parcels_end },
};

static bool fits(const char *path, const char *template)
{
    size_t length = strcspn(template, "{");
    return template[length] ? !strncmp(path, template, length) : !strcmp(path, template);
}

/* False: it is none of these. */
static bool answer(struct platform *p, const struct request_in *q, struct reply *r)
{
    bool is_path = false;
    for (size_t i = 0; i < sizeof(routes) / sizeof(routes[0]); i++) {
        bool is_here = fits(q->path, routes[i].path);
        is_path |= is_here;
        if (is_here && !strcmp(routes[i].method, q->method)) {
            routes[i].run(p, q, r, q->path + strcspn(routes[i].path, "{"));
            return true;
        }
    }
    if (is_path)
        reply_problem(r, 405, "method", "this method is not offered here");
    return is_path;
}

void phone_routes(json_t *out)
{
    for (size_t i = 0; i < sizeof(routes) / sizeof(routes[0]); i++)
        json_array_append_new(out,
                              json_pack("{ss, ss, ss, sb}", "to", "desk", "method",
                                        routes[i].method, "path", routes[i].path, "is_open", 1));
}

bool phone_api(struct platform *p, const struct request_in *q, struct reply *r)
{
    static const struct {
        const char *path, *file, *type;
    } files[] = {
        { "/phone", "phone.html", "text/html; charset=utf-8" },
        { "/phone.js", "phone.js", "text/javascript; charset=utf-8" },
        { "/phone-form.js", "phone-form.js", "text/javascript; charset=utf-8" },
        { "/phone-progress.js", "phone-progress.js", "text/javascript; charset=utf-8" },
        { "/parcel.js", "parcel.js", "text/javascript; charset=utf-8" },
        { "/qr.js", "qr.js", "text/javascript; charset=utf-8" },
        { "/phone.css", "phone.css", "text/css; charset=utf-8" },
    };
    if (answer(p, q, r))
        return true;
    for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++)
        if (!strcmp(q->path, files[i].path)) {
            desk_send_file(p, r, files[i].file, files[i].type);
            return true;
        }
    return false;
}
