/* How it was: a grade and reasons, sealed and sent as an item of its own once the application has its
 * receipt. It names the application, not the person: the county knows who that was. */
#include <string.h>

#include "firmware/session/acts.h"

static const char *const tag_words[RATING_TAGS] = { "slow",        "unclear",  "trips",
                                                    "hard-to-use", "attitude", "other" };

enum screen act_open_rating(struct session *s, const struct event *e)
{
    struct rating_view *r = &s->visit.rating;
    (void)e;
    if (!*s->visit.receipt || r->state == RATING_THANKED || r->state == RATING_SENDING)
        return stay();
    *r = (struct rating_view){ .state = RATING_OPEN };
    return SCREEN_RATING;
}

enum screen act_rate(struct session *s, const struct event *e)
{
    struct rating_view *r = &s->visit.rating;
    if (r->state == RATING_OPEN && e->number >= 1 && e->number <= RATING_BEST)
        r->level = e->number;
    return stay();
}

enum screen act_rate_tag(struct session *s, const struct event *e)
{
    struct rating_view *r = &s->visit.rating;
    if (r->state == RATING_OPEN && e->number >= 0 && e->number < RATING_TAGS)
        r->tags ^= 1u << e->number;
    return stay();
}

/* A grade is needed, reasons are not. */
enum screen act_send_rating(struct session *s, const struct event *e)
{
    struct visit *v = &s->visit;
    (void)e;
    if (v->rating.state == RATING_THANKED || v->rating.state == RATING_FAILED)
        return SCREEN_DONE;
    if (v->rating.state != RATING_OPEN || !v->rating.level)
        return stay();
    if (!session_can_submit(s)) {
        v->rating.state = RATING_FAILED;
        return stay();
    }
    token_make(v->rating_token);
    v->rating.state = RATING_SENDING;
    s->config.ports->reserve(s->config.context, v->rating_token);
    return stay();
}

static int write_rating(struct bytes *out, const struct session *s, const struct reservation *r)
{
    const struct rating_view *rating = &s->visit.rating;
    json_t *tags = json_array();
    for (int i = 0; i < RATING_TAGS; i++)
        if (rating->tags & (1u << i))
            json_array_append_new(tags, json_string(tag_words[i]));
    AUTO(json_release)
    json_t *item =
        json_pack("{s:i, s:o, s:n, s:{s:s, s:i, s:o, s:s}}", "schema", 1, "manifest",
                  submit_manifest(s, r, "rating"), "resident", "rating", "case", s->visit.receipt,
                  "level", rating->level, "tags", tags, "channel", "kiosk");
    return submit_append(out, item);
}

bool rating_reserved(struct session *s, const struct reservation *r)
{
    struct visit *v = &s->visit;
    if (v->rating.state != RATING_SENDING || strcmp(r->token, v->rating_token) != 0)
        return false;
    if (!submit_beside(s, r, "rating", write_rating))
        v->rating.state = RATING_FAILED;
    return true;
}

bool rating_stored(struct session *s, const char *token, bool is_stored)
{
    struct visit *v = &s->visit;
    if (v->rating.state != RATING_SENDING || !token || strcmp(token, v->rating_token) != 0)
        return false;
    v->rating.state = is_stored ? RATING_THANKED : RATING_FAILED;
    return true;
}
