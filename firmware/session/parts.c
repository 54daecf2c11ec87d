#include "firmware/session/parts.h"

#include <string.h>

#include "firmware/session/internal.h"

/* A guide speaks of the matter, not of anybody's answers. */
static bool has_answers(const struct session *s)
{
    enum screen screen = s->visit.screen;
    return s->visit.has_draft && screen != SCREEN_GUIDE && screen != SCREEN_NEED_CARD;
}

/* The way that the form's `delivery` answer names, 0 for none. */
static unsigned chosen_delivery(const struct session *s)
{
    static const struct {
        const char *word;
        unsigned bit;
    } ways[] = { { "post", DELIVERY_POST },
                 { "pickup", DELIVERY_PICKUP },
                 { "account", DELIVERY_ACCOUNT },
                 { "electronic", DELIVERY_ELECTRONIC },
                 { "none", DELIVERY_NONE } };
    const char *answer = has_answers(s) ? draft_value(s, "delivery") : "";
    for (size_t i = 0; i < sizeof(ways) / sizeof(ways[0]); i++)
        if (!strcmp(answer, ways[i].word))
            return ways[i].bit;
    return 0;
}

/* Before anything is answered every part is possible, so a guide shows them all. */
static bool is_wanted(const struct session *s, const struct bundle_part *p)
{
    return !has_answers(s) || bundle_part_is_wanted(p, draft_value, s);
}

/* A part that is not applied for holds nobody up: what it waited for is waited for instead. */
static unsigned before(const struct parts_view *v, const struct bundle_part *p)
{
    unsigned bits = 0;
    for (size_t k = 0; k < p->after_count; k++) {
        const struct part_row *row = &v->rows[p->after[k]];
        bits |= row->is_wanted ? 1U << p->after[k] : before(v, row->part);
    }
    return bits;
}

void parts_look(struct parts_view *out, const struct session *s)
{
    const struct service *service = s->visit.service;
    unsigned chosen = chosen_delivery(s);
    *out = (struct parts_view){ .count = service->part_count };
    for (size_t i = 0; i < out->count; i++) {
        const struct bundle_part *p = &service->parts[i];
        struct part_row *row = &out->rows[i];
        *row = (struct part_row){ .part = p, .is_wanted = is_wanted(s, p) };
        row->delivery = p->delivery & chosen ? p->delivery & chosen : p->delivery;
        row->no = row->is_wanted ? (unsigned)++out->wanted : 0;
    }
    for (size_t i = 0; i < out->count; i++)
        out->rows[i].after = before(out, out->rows[i].part);
}
