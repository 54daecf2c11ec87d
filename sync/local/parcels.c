#include "sync/local/parcels.h"
#include "firmware/base/json.h"

#include <stdio.h>
#include <string.h>

bool parcels_are_meant(const char *op)
{
    return !strcmp(op, "parcel-put") || !strcmp(op, "parcel-get") || !strcmp(op, "parcel-end");
}

/* They go into a path and a header. */
static bool take_hex(char out[PARCEL_LABEL_TEXT], const char *text)
{
    bool is_hex = strlen(text) == PARCEL_LABEL_TEXT - 1 &&
                  strspn(text, "0123456789abcdef") == PARCEL_LABEL_TEXT - 1;
    snprintf(out, PARCEL_LABEL_TEXT, "%s", is_hex ? text : "");
    return is_hex;
}

const char *parcels_read(struct parcel_errand *out, const struct message *m)
{
    const char *op = json_text_at(m->head, "op");
    json_int_t hours = json_integer_value(json_object_get(m->head, "hours"));
    *out = (struct parcel_errand){ .what = !strcmp(op, "parcel-put")   ? PARCEL_PUT
                                           : !strcmp(op, "parcel-get") ? PARCEL_GET
                                                                       : PARCEL_END };
    if (!take_hex(out->label, json_text_at(m->head, "label")))
        return "label must be 32 hex digits";
    if (out->what == PARCEL_END && !take_hex(out->taker, json_text_at(m->head, "taker")))
        return "taker must be 32 hex digits";
    if (out->what != PARCEL_PUT)
        return NULL;
    if (hours < 1 || hours > 72)
        return "hours must be 1 to 72";
    if (!m->body.length || m->body.length > PARCEL_BYTES)
        return "a parcel has 1 to 16384 bytes";
    out->hours = (int)hours;
    out->body = &m->body;
    return NULL;
}
