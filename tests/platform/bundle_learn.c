/* The parts of a bundle stand inside the seal: county-open says which were applied for, without the answers. Names and
 * offices come from the published catalogue where it still knows the part; days are those that the resident was shown. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "firmware/base/json.h"
#include "firmware/base/log.h"
#include "firmware/base/text.h"
#include "tests/platform/bundle.h"
#include "tests/platform/desk.h"
#include "tests/platform/elsewhere.h"
#include "tests/platform/visits.h"

enum { AT_ONCE = 100 };

/* ---- one part ------------------------------------------------------------------------ */

static const json_t *by_id(const json_t *list, const char *id)
{
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *o = json_array_get(list, i);
        const char *text = json_string_value(json_object_get(o, "id"));
        if (text && !strcmp(text, id))
            return o;
    }
    return NULL;
}

static void take_words(char out[2][201], const json_t *words, const char *otherwise)
{
    const char *zh = json_string_value(json_object_get(words, "zh")),
               *en = json_string_value(json_object_get(words, "en"));
    text_copy(out[0], sizeof(out[0]), zh ? zh : otherwise);
    text_copy(out[1], sizeof(out[1]), en ? en : out[0]);
}

/* Its name and its office. */
static void name_part(const struct platform *p, struct matter *m, const json_t *child)
{
    const json_t *service = matter_service(p, m->service);
    const json_t *part = by_id(json_object_get(service, "parts"), m->part.id);
    const json_t *office = json_object_get(child, "department");
    const char *department = json_string_value(json_object_get(part, "department"));
    const char *name = json_string_value(json_object_get(child, "name")),
               *office_name = json_string_value(json_object_get(office, "name"));
    const json_t *known =
        department ? by_id(json_object_get(service, "departments"), department) : NULL;
    take_words(m->part.name, json_object_get(part, "name"), name ? name : m->part.id);
    take_words(m->part.office, json_object_get(known, "name"), office_name ? office_name : "");
}

static unsigned before(const json_t *child, size_t count)
{
    const json_t *after = json_object_get(child, "after");
    unsigned bits = 0;
    for (size_t i = 0; i < json_array_size(after); i++) {
        json_int_t no = json_integer_value(json_array_get(after, i));
        bits |= no >= 1 && no <= (json_int_t)count ? 1U << (no - 1) : 0;
    }
    return bits;
}

static int days_of(const json_t *child, const char *key, int otherwise)
{
    const json_t *days = json_object_get(child, key);
    json_int_t n = json_integer_value(days);
    return json_is_integer(days) && n >= 0 && n <= CALENDAR_SPAN_MAX ? (int)n : otherwise;
}

/* Received when the whole was; and accepted with it, when nobody knew yet that it has parts. */
static int begin_part(struct platform *p, struct matter *m, const struct matter *whole,
                      const json_t *child)
{
    static const struct matter_step received = { "received", "Art. 12", "", "", NULL };
    static const struct case_detail county = { .by = ACTOR_COUNTY };
    struct case_file *c = &m->file;
    case_open(c, days_of(child, "promised_days", whole->file.promised_days),
              days_of(child, "legal_days", -1));
    c->state = CASE_RECEIVED;
    c->received = c->last = whole->file.received;
    text_copy(m->article, sizeof(m->article), received.article);
    int r = matter_note(p, m, &received);
    if (!r && whole->file.state == CASE_ACCEPTED) {
        r = case_happen(c, &p->calendar, CASE_EV_ACCEPT, whole->file.accepted, &county);
        r = r ? fault_raise(-EPROTO) : 0;
    }
    return r ? r : matter_store(p, m);
}

static int open_parts(struct platform *p, struct matter *whole, const json_t *said)
{
    const json_t *children = json_object_get(said, "children");
    size_t count = json_array_size(children);
    int r = 0;
    for (size_t i = 0; !r && i < count; i++) {
        const json_t *child = json_array_get(children, i);
        const char *id = json_string_value(json_object_get(child, "id"));
        struct matter m = *whole;
        m.part = (struct matter_part){ .no = (int)i + 1, .after = before(child, count) };
        m.knows_parts = false;
        m.owner = (struct matter_owner){ 0 };
        m.check = (struct matter_check){ 0 };
        m.elsewhere = (struct matter_elsewhere){ 0 };
        m.part_count = 0;
        part_id(m.id, whole->id, i + 1);
        text_copy(m.part.id, sizeof(m.part.id), id ? id : "");
        name_part(p, &m, child);
        const char *item = json_string_value(json_object_get(child, "item_code"));
        matter_more_learn(p, &m, item ? item : "", child);
        r = begin_part(p, &m, whole, child);
        if (!r)
            r = visit_open(p, &m, json_object_get(said, "booking"));
    }
    whole->knows_parts = true;
    whole->part_count = count;
    return r ? r : matter_store(p, whole);
}

/* ---- asking -------------------------------------------------------------------------- */

static bool wants_parts(const struct platform *p, const struct matter *m)
{
    bool is_open = m->file.state == CASE_RECEIVED || m->file.state == CASE_ACCEPTED;
    const json_t *service = matter_service(p, m->service);
    bool has_more = json_array_size(json_object_get(service, "parts")) ||
                    json_object_get(service, "check") || json_object_get(service, "elsewhere");
    return is_open && !m->knows_parts && !m->part.no && has_more;
}

/* Are these all as the table of children can hold them? */
static bool is_whole(const json_t *children)
{
    size_t count = json_array_size(children);
    for (size_t i = 0; i < count; i++)
        if (json_integer_value(json_object_get(json_array_get(children, i), "no")) !=
            (json_int_t)i + 1)
            return false;
    return count <= CHILDREN_MAX;
}

static int keep(struct platform *p, const char *id, const json_t *said)
{
    struct matter m;
    struct bundle_case *b = NULL;
    int r = sql_do(p, "BEGIN IMMEDIATE", "");
    if (r)
        return r;
    r = matter_load(p, &m, id);
    if (!r && wants_parts(p, &m)) {
        matter_more_learn(p, &m, m.service, said);
        r = open_parts(p, &m, said);
    }
    if (!r && *m.elsewhere.county && !m.elsewhere.is_forwarded)
        r = elsewhere_forward(p, &m);
    if (!r && m.part_count)
        r = bundle_load(p, &b, id);
    if (!r && b)
        r = bundle_settle(p, b, "");
    if (!r)
        r = sql_do(p, "COMMIT", "");
    if (r)
        sqlite3_exec(p->db, "ROLLBACK", NULL, NULL, NULL);
    free(b);
    return r;
}

static void ask(struct platform *p, const char *id)
{
    char line[16 + UUID_TEXT];
    snprintf(line, sizeof(line), "children %.36s", id);
    AUTO(json_release) json_t *o = opener_ask(p, line);
    const json_t *children = json_object_get(o, "children");
    if (!json_is_array(children) || !is_whole(children))
        return;
    pthread_mutex_lock(&p->lock);
    if (keep(p, id, o))
        log_line(LOG_ERROR, "county", "the parts of a bundle could not be stored");
    pthread_cond_broadcast(&p->news);
    pthread_mutex_unlock(&p->lock);
}

/* Inside the lock. Ids of bundles whose parts are not known, from `id` alone or from all. */
static json_t *unknown(struct platform *p, const char *id)
{
    json_t *ids = json_array();
    sqlite3_stmt *q = sql(p,
                          "SELECT item FROM matter WHERE service<>'' AND is_over=0 AND"
                          " instr(item,'.')=0 AND (?1='' OR item=?1) LIMIT ?2",
                          "ti", id ? id : "", (int64_t)AT_ONCE * AT_ONCE);
    while (q && sqlite3_step(q) == SQLITE_ROW && json_array_size(ids) < AT_ONCE) {
        struct matter m;
        const char *item = sql_text(q, 0);
        if (!matter_load(p, &m, item) && wants_parts(p, &m))
            json_array_append_new(ids, json_string(m.id));
    }
    sqlite3_finalize(q);
    return ids;
}

void bundle_learn(struct platform *p, const char *id)
{
    pthread_mutex_lock(&p->lock);
    AUTO(json_release) json_t *ids = unknown(p, id);
    pthread_mutex_unlock(&p->lock);
    for (size_t i = 0; i < json_array_size(ids); i++)
        ask(p, json_string_value(json_array_get(ids, i)));
}
