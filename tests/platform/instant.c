/* Matters that are decided as they come in (即办, SS-16): whole and undisputed, the county accepts and grants them by itself,
 * by the same table of the statute as a clerk. Whatever is doubtful is left to the clerk. */
#include <stdio.h>
#include <string.h>

#include "firmware/base/json.h"
#include "firmware/base/log.h"
#include "tests/platform/matter.h"

static bool is_instant(const struct platform *p, const char *code)
{
    return json_is_true(json_object_get(matter_service(p, code), "instant"));
}

/* Is nothing missing, owed or disputed, and is it known who asks? */
static bool is_whole(const json_t *item)
{
    const json_t *papers = json_object_get(item, "materials");
    for (size_t i = 0; i < json_array_size(papers); i++) {
        const json_t *paper = json_array_get(papers, i);
        const char *state = json_string_value(json_object_get(paper, "state"));
        bool is_open = !state || !strcmp(state, "missing") || !strcmp(state, "owed");
        if (is_open || json_object_get(paper, "disputed"))
            return false;
    }
    return json_is_object(json_object_get(item, "resident"));
}

/* One step of the table; false when there is none. */
static int step(struct platform *p, struct matter *m, enum case_event event, const char *what,
                const json_t *facts)
{
    static const struct case_detail by_county = { .by = ACTOR_COUNTY };
    const struct case_transition *row = case_row(m->file.state, event);
    if (!row || case_happen(&m->file, &p->calendar, event, county_today(p), &by_county))
        return -EPROTO;
    return matter_record(
        p, m,
        &(struct matter_step){
            .what = what, .article = row->article, .reason = "", .note = "", .facts = facts });
}

/* Inside the lock. */
static int decide(struct platform *p, const char *id)
{
    struct matter m;
    char number[80];
    int r = matter_load(p, &m, id);
    if (r || m.file.state != CASE_RECEIVED)
        return r;
    snprintf(number, sizeof(number), "ZM-%s", m.receipt);
    AUTO(json_release) json_t *facts = json_pack("{ss}", "result", number);
    r = sql_do(p, "BEGIN IMMEDIATE", "");
    if (r)
        return r;
    r = step(p, &m, CASE_EV_ACCEPT, "accept", NULL);
    if (!r)
        r = step(p, &m, CASE_EV_GRANT, "grant", facts);
    if (!r)
        r = sql_do(p, "COMMIT", "");
    if (r)
        sqlite3_exec(p->db, "ROLLBACK", NULL, NULL, NULL);
    return r;
}

/* False: county-open does not answer, so it need not be asked about the others. */
static bool try_one(struct platform *p, const char *id)
{
    char line[UUID_TEXT + 8];
    snprintf(line, sizeof(line), "open %.36s", id);
    AUTO(json_release) json_t *opened = opener_ask(p, line);
    const json_t *item = json_object_get(opened, "item"),
                 *manifest = json_object_get(item, "manifest");
    const char *code = json_string_value(json_object_get(manifest, "item_code"));
    if (json_object_get(item, "county"))
        matter_learn(p, id); /* it belongs elsewhere: it goes there at once */
    if (!code || !is_instant(p, code) || !is_whole(item))
        return opened != NULL;
    matter_learn(p, id);
    pthread_mutex_lock(&p->lock);
    int r = decide(p, id);
    pthread_cond_broadcast(&p->news);
    pthread_mutex_unlock(&p->lock);
    if (r)
        log_line(LOG_WARNING, "county", "a matter was not decided on the spot (%d): a clerk will",
                 r);
    return true;
}

void instant_decide(struct platform *p, const json_t *results)
{
    for (size_t i = 0; i < json_array_size(results); i++) {
        const json_t *one = json_array_get(results, i);
        const char *id = json_string_value(json_object_get(one, "id"));
        const char *outcome = json_string_value(json_object_get(one, "outcome"));
        if (id && outcome && !strcmp(outcome, "accepted") && !try_one(p, id))
            return;
    }
}
