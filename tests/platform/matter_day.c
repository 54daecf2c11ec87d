/* The county's days: what each brings to every open case by itself. The day is the wall clock's at UTC+8, plus the days
 * that a practice desk has turned on (kept, so that a restart goes on from there). */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "firmware/base/json.h"
#include "firmware/base/log.h"
#include "firmware/base/text.h"
#include "tests/platform/bundle.h"
#include "tests/platform/checks.h"
#include "tests/platform/desk.h"

enum { OFFSET_MS = 8 * 3600 * 1000, LEARN_MAX = 100 };
static const int64_t day_ms = 24 * 3600 * 1000;

static int64_t shifted_ms(const struct platform *p)
{
    return system_clock.wall_ms(&system_clock) + p->day_shift * day_ms;
}

day county_today(const struct platform *p)
{
    return (day)((shifted_ms(p) + OFFSET_MS) / day_ms);
}

void county_now(const struct platform *p, char out[21])
{
    clock_format_utc(out, shifted_ms(p));
}

void county_day_text(char out[11], day d)
{
    char plain[9];
    day_to_text(plain, d);
    out[0] = 0;
    if (*plain)
        snprintf(out, 11, "%.4s-%.2s-%.2s", plain, plain + 4, plain + 6);
}

/* Every pack of the folder; a year without one has its weekends, and what is counted through it is provisional. */
int calendar_begin(struct platform *p, const char *folder)
{
    char path[4096], complaint[CALENDAR_COMPLAINT];
    DIR *dir = opendir(folder);
    const struct dirent *e;
    int r = dir ? 0 : -errno;
    if (!dir)
        log_line(LOG_ERROR, "county", "%s: %s", folder, strerror(errno));
    while (dir && !r && (e = readdir(dir))) {
        if (!strstr(e->d_name, ".json"))
            continue;
        snprintf(path, sizeof(path), "%s/%s", folder, e->d_name);
        r = calendar_learn_file(&p->calendar, path, complaint);
        if (r)
            log_line(LOG_ERROR, "county", "%s: %s", path, complaint);
    }
    if (dir)
        closedir(dir);
    return r;
}

/* ---- numbers that are kept --------------------------------------------------------------- */

static int64_t kept(struct platform *p, const char *key, int64_t otherwise)
{
    sqlite3_stmt *q = sql(p, "SELECT value FROM meta WHERE key=?", "t", key);
    int64_t value = q && sqlite3_step(q) == SQLITE_ROW ? sqlite3_column_int64(q, 0) : otherwise;
    sqlite3_finalize(q);
    return value;
}

static int keep(struct platform *p, const char *key, int64_t value)
{
    return sql_do(
        p, "INSERT INTO meta VALUES(?1,?2) ON CONFLICT(key) DO UPDATE SET value=excluded.value",
        "ti", key, value);
}

int days_begin(struct platform *p)
{
    p->day_shift = kept(p, "day_shift", 0);
    return kept(p, "case_day", 0) ? 0 : keep(p, "case_day", county_today(p));
}

/* ---- which service it is ------------------------------------------------------------------ */

static size_t unknown_ids(struct platform *p, char *out, size_t size)
{
    size_t used = 0, count = 0;
    sqlite3_stmt *q = sql(p,
                          "SELECT i.id FROM item i LEFT JOIN matter m ON m.item=i.id WHERE"
                          " i.kind='application' AND coalesce(m.service,'')=''"
                          " AND coalesce(m.is_over,0)=0 ORDER BY i.n LIMIT ?",
                          "i", (int64_t)LEARN_MAX);
    while (q && sqlite3_step(q) == SQLITE_ROW && used + UUID_TEXT < size)
        used +=
            (size_t)snprintf(out + used, size - used, "%s%s", count++ ? "," : "", sql_text(q, 0));
    sqlite3_finalize(q);
    return count;
}

static void take_outlines(struct platform *p, json_t *outlines)
{
    const char *id;
    json_t *code;
    json_object_foreach(outlines, id, code)
    {
        struct matter m;
        if (!json_is_string(code) || matter_load(p, &m, id) || *m.service)
            continue;
        matter_set_service(p, &m, json_string_value(code));
        if (*m.service && matter_store(p, &m))
            log_line(LOG_ERROR, "county", "a case could not be stored");
    }
}

static void learn_services(struct platform *p, const char *id)
{
    char line[16 + (size_t)LEARN_MAX * UUID_TEXT] = "outline ";
    size_t head = strlen(line);
    if (id) {
        text_copy(line + head, sizeof(line) - head, id);
    } else {
        pthread_mutex_lock(&p->lock);
        size_t count = unknown_ids(p, line + head, sizeof(line) - head);
        pthread_mutex_unlock(&p->lock);
        if (!count)
            return;
    }
    AUTO(json_release) json_t *outlines = opener_ask(p, line);
    pthread_mutex_lock(&p->lock);
    take_outlines(p, outlines);
    pthread_mutex_unlock(&p->lock);
}

/* First which matter, then which parts. */
void matter_learn(struct platform *p, const char *id)
{
    learn_services(p, id);
    bundle_learn(p, id);
}

/* ---- a day -------------------------------------------------------------------------------- */

/* In words of the interface, with the article that asks for it. */
static const struct {
    const char *what, *article;
} happenings[] = {
    [HAPPENING_REMIND_SOON] = { "reminded_soon", "Art. 11 par. 2" },
    [HAPPENING_REMIND_TODAY] = { "reminded_today", "Art. 11 par. 2" },
    [HAPPENING_REVOKED] = { "revoked", "Art. 11 par. 2" },
    [HAPPENING_DEEMED] = { "deemed_accepted", "Licensing Law 32 (4)" },
    [HAPPENING_LAPSED] = { "lapsed", "Art. 11 par. 3" },
    [HAPPENING_LATE] = { "late", "Art. 12" },
    [HAPPENING_LATE_BY_LAW] = { "late_by_law", "Licensing Law 42" },
};

/* The written reason of a revocation names the paper that did not come (Art. 11 par. 2). */
static void give_reason(const struct platform *p, struct matter *m, const struct case_happening *h)
{
    const struct case_gap *gap = &m->file.gaps[h->gap];
    const json_t *material = matter_material(matter_service(p, m->service), gap->material);
    const char *name = json_string_value(json_object_get(json_object_get(material, "name"), "zh"));
    char due[11], text[MATTER_REASON];
    county_day_text(due, gap->due);
    snprintf(text, sizeof(text), "%.400s没有在 %s 前补交，先予受理撤销。",
             name ? name : gap->material, due);
    text_copy(m->reason, sizeof(m->reason), text);
}

/* What waits for another part has no time that could run out. */
static bool is_late_before_its_time(const struct matter *m, enum case_happening_kind kind)
{
    bool is_late = kind == HAPPENING_LATE || kind == HAPPENING_LATE_BY_LAW;
    return is_late && m->part.no && !m->part.has_begun;
}

int matter_day(struct platform *p, struct matter *m, day today, size_t *happened,
               int (*record)(struct platform *p, const struct matter *m,
                             const struct matter_step *step))
{
    struct case_happening out[CASE_HAPPENINGS_MAX];
    size_t count = case_day(&m->file, &p->calendar, today, out);
    int r = 0;
    for (size_t i = 0; !r && i < count; i++) {
        if (is_late_before_its_time(m, out[i].kind))
            continue;
        const char *article = happenings[out[i].kind].article;
        if (out[i].kind == HAPPENING_REVOKED)
            give_reason(p, m, &out[i]);
        const struct matter_step step = { happenings[out[i].kind].what, article,
                                          out[i].kind == HAPPENING_REVOKED ? m->reason : "", "",
                                          NULL };
        text_copy(m->article, sizeof(m->article), article);
        r = record(p, m, &step);
        ++*happened;
    }
    return r;
}

static json_t *open_ids(struct platform *p)
{
    json_t *ids = json_array();
    sqlite3_stmt *q = sql(p,
                          "SELECT i.id FROM item i LEFT JOIN matter m ON m.item=i.id"
                          " WHERE i.kind='application' AND coalesce(m.is_over,0)=0 ORDER BY i.n",
                          "");
    while (q && sqlite3_step(q) == SQLITE_ROW)
        json_array_append_new(ids, json_string(sql_text(q, 0)));
    sqlite3_finalize(q);
    return ids;
}

/* All cases of one day in one transaction: a day is run whole or again. */
static int run_day(struct platform *p, day today, size_t *happened)
{
    AUTO(json_release) json_t *ids = open_ids(p);
    int r = sql_do(p, "BEGIN IMMEDIATE", "");
    if (r)
        return r;
    for (size_t i = 0; !r && i < json_array_size(ids); i++) {
        struct matter m;
        r = matter_load(p, &m, json_string_value(json_array_get(ids, i)));
        if (!r && m.part_count)
            r = bundle_day(p, m.id, today, happened);
        else if (!r && m.file.last != DAY_NONE && m.file.last <= today)
            r = matter_day(p, &m, today, happened, matter_record);
    }
    if (!r)
        r = checks_day(p, today, happened);
    if (!r)
        r = keep(p, "case_day", today);
    if (!r)
        r = sql_do(p, "COMMIT", "");
    if (r)
        sqlite3_exec(p->db, "ROLLBACK", NULL, NULL, NULL);
    return r;
}

static int run_days(struct platform *p, size_t *happened)
{
    day to = county_today(p), next = (day)kept(p, "case_day", to) + 1;
    int64_t shift = p->day_shift;
    int r = 0;
    for (; !r && next <= to; next++) {
        p->day_shift = shift - (to - next); /* what is made up is written down under its own day */
        r = run_day(p, next, happened);
    }
    p->day_shift = shift;
    if (*happened)
        pthread_cond_broadcast(&p->news);
    return r;
}

int matter_days(struct platform *p)
{
    size_t happened = 0;
    pthread_mutex_lock(&p->lock);
    bool is_due = kept(p, "case_day", 0) < county_today(p);
    pthread_mutex_unlock(&p->lock);
    if (!is_due)
        return 0;
    matter_learn(p, NULL);
    pthread_mutex_lock(&p->lock);
    int r = run_days(p, &happened);
    pthread_mutex_unlock(&p->lock);
    return r;
}

int matter_turn_days(struct platform *p, int days, size_t *happened)
{
    matter_learn(p, NULL);
    pthread_mutex_lock(&p->lock);
    p->day_shift += days;
    int r = keep(p, "day_shift", p->day_shift);
    if (!r)
        r = run_days(p, happened);
    else
        p->day_shift -= days;
    pthread_mutex_unlock(&p->lock);
    return r;
}
