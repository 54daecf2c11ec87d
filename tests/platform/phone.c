/* The county's phone page, for reference: files, forms, parcels (SS-48). A county has its own; this one shows that the interface is enough. */
#include <string.h>

#include "tests/platform/desk.h"
#include "tests/platform/matter.h"
#include "tests/platform/parcels.h"

static const char parcels[] = "/phone/parcels/";

static void move_parcel(struct platform *p, const struct request_in *q, struct reply *r)
{
    const char *label = q->path + sizeof(parcels) - 1;
    if (!strcmp(q->method, "GET"))
        parcels_get(p, q, r, label);
    else if (!strcmp(q->method, "PUT"))
        parcels_put(p, q, r, label);
    else if (!strcmp(q->method, "DELETE"))
        parcels_end(p, q, r, label);
    else
        reply_problem(r, 405, "method", "this method is not offered here");
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
    if (!strncmp(q->path, parcels, sizeof(parcels) - 1)) {
        move_parcel(p, q, r);
        return true;
    }
    if (!strcmp(q->path, "/phone/rules") && !strcmp(q->method, "POST")) {
        char today[9];
        pthread_mutex_lock(&p->lock);
        day_to_text(today, county_today(p));
        pthread_mutex_unlock(&p->lock);
        phone_rules(p, q, r, today);
        return true;
    }
    if (!strcmp(q->path, "/phone/progress") && !strcmp(q->method, "POST")) {
        phone_progress(p, q, r);
        return true;
    }
    if (!strcmp(q->path, "/phone/catalogue")) {
        reply_json(r, 200, json_incref(p->catalogue_json));
        return true;
    }
    for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++)
        if (!strcmp(q->path, files[i].path)) {
            desk_send_file(p, r, files[i].file, files[i].type);
            return true;
        }
    return false;
}
