/* Documents of the county: signed, stored and carried by kiosk-syncd, believed here alone. */
#include <string.h>

#include "firmware/base/log.h"
#include "firmware/loop/kiosk.h"

static void take_keys(struct kiosk *k, const struct post *p)
{
    char complaint[320];
    struct seal_keys *keys = NULL;
    int r = seal_keys_parse(&keys, k->trust, p->document.data, p->document.length, complaint);
    if (r)
        log_line(LOG_ERROR, "kiosk", "the county's keys are refused: %s",
                 r == SEAL_E_FORMAT ? complaint : "chain");
    else
        session_set_keys(k->session, keys);
}

static void take_catalogue(struct kiosk *k, const struct post *p)
{
    char complaint[CATALOGUE_COMPLAINT];
    struct catalogue *c = NULL;
    if (catalogue_load(&c, p->document.data, p->document.length, complaint)) {
        log_line(LOG_ERROR, "kiosk", "the county's catalogue is refused: %s", complaint);
        return;
    }
    catalogue_free(k->next_catalogue);
    k->next_catalogue = c;
}

/* The county may be ahead of this kiosk's catalogue: what is not known is left out, and said. */
static void name_unknown(const struct kiosk *k, const struct point_own *own)
{
    for (size_t i = 0; k->catalogue && own && i < own->count; i++)
        if (!catalogue_find(k->catalogue, own->matters[i]))
            log_line(LOG_WARNING, "kiosk", "this point's own matter %s is not in the catalogue",
                     own->matters[i]);
}

/* News of the day: a refused one is not replaced by an older one, since what is shown tells its age. */
static void take_point(struct kiosk *k, const struct post *p)
{
    char complaint[POINT_COMPLAINT];
    struct point_news *news = NULL;
    if (point_parse(&news, p->document.data, p->document.length, complaint))
        log_line(LOG_ERROR, "kiosk", "the county's word about this point is refused: %s",
                 complaint);
    else {
        name_unknown(k, point_own(news));
        session_set_point(k->session, news);
    }
}

void documents_take(struct kiosk *k, const struct post *p)
{
    int64_t now = k->clock.base.wall_ms(&k->clock.base);
    int r = k->trust ? document_verify(k->trust, p->document.data, p->document.length,
                                       p->signature.data, p->signature.length, now)
                     : SEAL_E_SIGNATURE;
    if (r)
        log_line(LOG_ERROR, "kiosk", "document %s is refused: its signature does not hold (%d)",
                 p->name, r);
    else if (!strcmp(p->name, "keys"))
        take_keys(k, p);
    else if (!strcmp(p->name, "catalogue"))
        take_catalogue(k, p);
    else if (!strcmp(p->name, "point"))
        take_point(k, p);
}

void documents_change_catalogue(struct kiosk *k)
{
    if (!k->next_catalogue || session_is_busy(k->session))
        return;
    session_set_catalogue(k->session, k->next_catalogue);
    catalogue_free(k->catalogue);
    k->catalogue = k->next_catalogue;
    k->next_catalogue = NULL;
}
