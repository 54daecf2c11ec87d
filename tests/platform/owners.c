/* Who has a case now (首问责任, SS-12): handed over by name and telephone when it goes to the next department. */
#include <stdlib.h>
#include <string.h>

#include "firmware/base/json.h"
#include "firmware/base/text.h"
#include "tests/platform/bundle.h"
#include "tests/platform/desk.h"

enum { NAME_CHARACTERS = 20, OFFICE_CHARACTERS = 30, NOTE_CHARACTERS = 200 };

struct hand_over {
    const char *id, *name, *phone, *office, *note;
    int part;
};

static const char *line(struct json_reader *r, const json_t *o, const char *key, size_t most,
                        bool is_needed)
{
    const char *text = is_needed ? json_need_string(r, o, key, 4 * most)
                                 : json_want_string(r, o, key, 4 * most, "");
    if (json_is_clean(r) && (text_count(text) > most || (is_needed && !*text)))
        json_complain(r, "%s must have %d to %zu characters", key, is_needed, most);
    return text;
}

static bool is_phone(const char *text)
{
    return strlen(text) >= 5 && strlen(text) < MATTER_PHONE &&
           strspn(text, "0123456789-") == strlen(text);
}

static void read(struct json_reader *r, struct hand_over *h, const json_t *o)
{
    *h = (struct hand_over){ .id = json_need_string(r, o, "id", UUID_TEXT - 1) };
    h->name = line(r, o, "name", NAME_CHARACTERS, true);
    h->phone = line(r, o, "phone", MATTER_PHONE, true);
    h->office = line(r, o, "office", OFFICE_CHARACTERS, false);
    h->note = line(r, o, "note", NOTE_CHARACTERS, false);
    h->part = (int)json_want_integer(r, o, "part", 0, CHILDREN_MAX, 0);
    if (json_is_clean(r) && !is_phone(h->phone))
        json_complain(r, "phone must be digits and dashes");
}

/* The department in both languages when the catalogue knows it, else as it was written. */
static void name_office(const struct platform *p, struct matter *m, const char *office)
{
    const json_t *service = matter_service(p, m->service),
                 *list[] = { json_object_get(service, "departments"),
                             json_object_get(service, "steps") };
    text_copy(m->owner.office[0], MATTER_NAME, office);
    text_copy(m->owner.office[1], MATTER_NAME, office);
    for (size_t k = 0; k < 2; k++)
        for (size_t i = 0; i < json_array_size(list[k]); i++) {
            const json_t *of = json_array_get(list[k], i);
            const json_t *words = json_object_get(of, k ? "department" : "name");
            const char *zh = json_string_value(json_object_get(words, "zh")),
                       *en = json_string_value(json_object_get(words, "en"));
            if (zh && en && !strcmp(zh, office))
                text_copy(m->owner.office[1], MATTER_NAME, en);
        }
}

static int hand_over(struct platform *p, struct matter *m, const struct hand_over *h, bool is_whole)
{
    const struct matter_step step = { "hand_over", "Art. 12", "", h->note, NULL };
    matter_take(p, m, h->name, h->phone);
    name_office(p, m, h->office);
    return is_whole ? matter_record(p, m, &step) : matter_note(p, m, &step);
}

/* Of a bundle: the whole, or one part. */
static int of_bundle(struct platform *p, const struct hand_over *h)
{
    struct bundle_case *b = NULL;
    int r = bundle_load(p, &b, h->id);
    if (!r && (size_t)h->part > b->count)
        r = -ENOENT;
    if (!r)
        r = hand_over(p, h->part ? &b->parts[h->part - 1] : &b->whole, h, false);
    if (!r)
        r = bundle_settle(p, b, h->note);
    free(b);
    return r;
}

static int keep(struct platform *p, const struct hand_over *h)
{
    struct matter m;
    int r = sql_do(p, "BEGIN IMMEDIATE", "");
    if (r)
        return r;
    r = matter_load(p, &m, h->id);
    if (!r && m.part_count)
        r = of_bundle(p, h);
    else if (!r)
        r = h->part ? -ENOENT : hand_over(p, &m, h, true);
    if (!r)
        r = sql_do(p, "COMMIT", "");
    if (r)
        sqlite3_exec(p->db, "ROLLBACK", NULL, NULL, NULL);
    return r;
}

void owners_post(struct platform *p, const struct request_in *q, struct reply *r)
{
    struct json_reader reader = { 0 };
    struct hand_over h;
    AUTO(json_release) json_t *o = request_json(q, r);
    if (!o)
        return;
    read(&reader, &h, o);
    if (!json_is_clean(&reader)) {
        reply_problem(r, 400, "bad-owner", reader.complaint);
        return;
    }
    matter_learn(p, h.id);
    pthread_mutex_lock(&p->lock);
    int failed = keep(p, &h);
    pthread_cond_broadcast(&p->news);
    pthread_mutex_unlock(&p->lock);
    if (failed)
        reply_problem(r, failed == -ENOENT ? 404 : 503, failed == -ENOENT ? "not-found" : "storage",
                      failed == -ENOENT ? "no such application or part" : "it could not be stored");
    else
        reply_json(r, 200, json_pack("{ss}", "id", h.id));
}
