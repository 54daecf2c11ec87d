/* A parcel is ordered: the address comes out of the sealed application, goes to the carrier, and is gone. */
#include <stdio.h>
#include <string.h>

#include "firmware/base/json.h"
#include "tests/platform/carrier_inside.h"

static const char *text_of(const json_t *o, const char *key)
{
    const char *text = json_string_value(json_object_get(o, key));
    return text && *text ? text : NULL;
}

/* Where the resident wants it, else where the card says that they live. */
static bool read_to(struct parcel_to *to, const json_t *item)
{
    const json_t *form = json_object_get(item, "form"), *card = json_object_get(item, "resident");
    const char *address = text_of(form, "post_to"), *name = text_of(form, "name"),
               *phone = text_of(form, "phone");
    to->address = address ? address : text_of(card, "address");
    to->name = name ? name : text_of(card, "name");
    to->phone = phone ? phone : "";
    return to->address && to->name;
}

static bool may_leave(struct platform *p, const char *item)
{
    struct matter m;
    pthread_mutex_lock(&p->lock);
    bool may =
        !matter_load(p, &m, item) && (m.part_count || case_row(m.file.state, CASE_EV_DELIVER));
    pthread_mutex_unlock(&p->lock);
    return may;
}

static int order(char number[CARRIER_NUMBER], struct platform *p, const char *item, int part,
                 const char **why)
{
    char line[UUID_TEXT + 8], name[MATTER_ID + 4];
    struct parcel_to to;
    snprintf(line, sizeof(line), "open %.36s", item);
    snprintf(name, sizeof(name), part ? "%.36s.%d" : "%.36s", item, part);
    AUTO(json_release) json_t *opened = opener_ask(p, line);
    *why = "county-open does not answer: the address cannot be read";
    if (!opened)
        return 503;
    *why = "no name and address stand in this application";
    if (!read_to(&to, json_object_get(opened, "item")))
        return 400;
    int outcome = carrier_ask_number(number, p->carrier->url, name, &to);
    *why = outcome == CARRIER_E_UNKNOWN
               ? "the carrier does not take this parcel: ask for its number and type it"
               : "the carrier does not answer: try again, or type the number of the parcel";
    return outcome ? 503 : 0;
}

bool carrier_order(struct platform *p, const char *item, int part, char number[CARRIER_NUMBER],
                   struct reply *r)
{
    const char *why = "this case is not to be delivered now";
    int status = may_leave(p, item) ? order(number, p, item, part, &why) : 409;
    if (status)
        reply_problem(r, status, "carrier", why);
    return !status;
}
