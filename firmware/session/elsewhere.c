#include "firmware/session/elsewhere.h"

#include <stdio.h>
#include <string.h>

#include "firmware/base/log.h"
#include "firmware/base/text.h"
#include "firmware/session/acts.h"
#include "firmware/session/timeline_inside.h"

/* ---- asking -------------------------------------------------------------------------- */

static bool may_ask(const struct session *s)
{
    const struct visit *v = &s->visit;
    return v->matters.has_mark && v->is_card_present && v->agency.step == AGENCY_NONE &&
           !v->is_practice;
}

static bool can_ask(const struct session *s)
{
    return s->config.ports->ask_county && s->link.is_there && s->link.is_up && s->keys &&
           seal_keys_are_usable(s->keys, s->config.clock->wall_ms(s->config.clock));
}

static int write_question(struct bytes *out, const struct session *s)
{
    const struct visit *v = &s->visit;
    char key[2 * REPLY_KEY + 1];
    hex_encode(key, v->elsewhere.secret.key, REPLY_KEY);
    AUTO(json_release)
    json_t *o = json_pack(
        "{s:i, s:{s:s, s:s, s:s, s:I}, s:{s:s, s:s}, s:b, s:s}", "schema", 1, "question", "id",
        v->elsewhere.secret.id, "kiosk_id", s->link.kiosk_id, "item_code", "", "catalogue_version",
        (json_int_t)catalogue_version(s->catalogue), "person", "number", v->person.number, "name",
        v->person.name, "matters", true, "reply_key", key);
    explicit_bzero(key, sizeof(key));
    return submit_append(out, o);
}

static int send_question(struct session *s)
{
    struct bytes plain AUTO_BYTES = { 0 }, sealed AUTO_BYTES = { 0 };
    char key_id[SEAL_KEY_ID] = "";
    struct live_question q = { s->visit.elsewhere.secret.id, key_id, &sealed };
    int r = write_question(&plain, s);
    if (!r)
        r = seal_item(&sealed, key_id, s->keys, plain.data, plain.length,
                      s->config.clock->wall_ms(s->config.clock));
    if (!r)
        s->config.ports->ask_county(s->config.context, &q);
    return r;
}

void elsewhere_ask(struct session *s)
{
    struct elsewhere *w = &s->visit.elsewhere;
    if (w->state == ELSEWHERE_ANSWERED || w->state == ELSEWHERE_ASKING || !may_ask(s))
        return;
    w->state = ELSEWHERE_UNANSWERED;
    if (!can_ask(s))
        return;
    random_bytes(w->secret.key, sizeof(w->secret.key));
    token_make(w->secret.id);
    int r = send_question(s);
    if (r)
        log_line(LOG_ERROR, "session", "a question could not be sealed: %d", r);
    if (r)
        fetch_wipe(&w->secret);
    else
        w->state = ELSEWHERE_ASKING;
}

void elsewhere_drop(struct session *s)
{
    struct elsewhere *w = &s->visit.elsewhere;
    if (*w->secret.id && s->config.ports->drop_question)
        s->config.ports->drop_question(s->config.context, w->secret.id);
    fetch_wipe(&w->secret);
    if (w->state == ELSEWHERE_ASKING)
        w->state = ELSEWHERE_UNANSWERED;
}

/* ---- the answer ---------------------------------------------------------------------- */

/* Its number, as it would be typed; anything else is none. */
static bool has_receipt(char out[RECEIPT_TEXT], const json_t *row)
{
    const char *receipt = timeline_text(row, "receipt");
    return *receipt && !receipt_parse(out, receipt) && !strcmp(out, receipt);
}

static void list_rows(struct agency_tasks *tasks, const json_t *rows)
{
    tasks->is_known = true;
    for (size_t i = 0; i < json_array_size(rows) && tasks->count < AGENCY_TASKS_MAX; i++) {
        const json_t *row = json_array_get(rows, i), *entry = json_object_get(row, "entry");
        struct agency_task *t = &tasks->list[tasks->count];
        *t = (struct agency_task){ 0 };
        if (!has_receipt(t->receipt, row) || !json_is_object(entry))
            continue;
        text_copy(t->code, sizeof(t->code), timeline_text(row, "item_code"));
        text_copy(t->state, sizeof(t->state), timeline_text(entry, "state"));
        t->due_ms = case_read_wall(entry, "due");
        tasks->count++;
    }
}

static bool is_listed(const struct agency_tasks *tasks, const char *receipt)
{
    for (size_t i = 0; i < tasks->count; i++)
        if (!strcmp(tasks->list[i].receipt, receipt))
            return true;
    return false;
}

void elsewhere_sift(struct session *s)
{
    struct agency_tasks *tasks = &s->visit.elsewhere.tasks;
    size_t kept = 0;
    for (size_t i = 0; i < tasks->count; i++)
        if (!is_listed(&s->visit.matters.tasks, tasks->list[i].receipt))
            tasks->list[kept++] = tasks->list[i];
    tasks->count = kept;
}

int elsewhere_read(struct agency_tasks *out, const void *text, size_t length, const char *question)
{
    char complaint[JSON_COMPLAINT];
    AUTO(json_release) json_t *o = json_parse(text, length, complaint);
    const json_t *rows = json_object_get(o, "matters");
    explicit_bzero(out, sizeof(*out));
    if (json_integer_value(json_object_get(o, "schema")) != 1 || !json_is_array(rows) ||
        strcmp(timeline_text(o, "question"), question) != 0)
        return -EBADMSG;
    list_rows(out, rows);
    return 0;
}

bool elsewhere_case(struct case_view *out, const void *text, size_t length, const char *receipt)
{
    char complaint[JSON_COMPLAINT], number[RECEIPT_TEXT];
    AUTO(json_release) json_t *o = json_parse(text, length, complaint);
    const json_t *rows = json_object_get(o, "matters");
    for (size_t i = 0; i < json_array_size(rows); i++) {
        const json_t *row = json_array_get(rows, i);
        if (!has_receipt(number, row) || strcmp(number, receipt) != 0)
            continue;
        explicit_bzero(out, sizeof(*out));
        case_read(out, json_object_get(row, "entry"));
        out->where = CASE_COUNTY;
        text_copy(out->kind, sizeof(out->kind), timeline_text(row, "kind"));
        memcpy(out->receipt, number, sizeof(out->receipt));
        return true;
    }
    return false;
}

/* Kept as it came: what belongs to one of them is read when it is opened. */
static int keep(struct elsewhere *w, const struct bytes *plain)
{
    if (plain->length > sizeof(w->text))
        return -EMSGSIZE;
    memcpy(w->text, plain->data, plain->length);
    w->length = plain->length;
    return elsewhere_read(&w->tasks, w->text, w->length, w->secret.id);
}

bool elsewhere_take(struct session *s, const struct event *e)
{
    struct elsewhere *w = &s->visit.elsewhere;
    struct bytes plain AUTO_BYTES = { 0 };
    if (w->state != ELSEWHERE_ASKING || !e->name || strcmp(e->name, w->secret.id) != 0)
        return false;
    bool has_bytes = e->reply && e->reply->length;
    int r = has_bytes
                ? reply_open(&plain, w->secret.key, w->secret.id, e->reply->data, e->reply->length)
                : SEAL_E_FORMAT;
    if (!r)
        r = keep(w, &plain);
    if (r && has_bytes)
        log_line(LOG_WARNING, "session", "an answer of the county could not be used: %d", r);
    fetch_wipe(&w->secret);
    w->state = r ? ELSEWHERE_UNANSWERED : ELSEWHERE_ANSWERED;
    w->as_of_ms = r ? 0 : s->config.clock->wall_ms(s->config.clock);
    elsewhere_sift(s);
    return true;
}

enum screen act_elsewhere(struct session *s, const struct event *e)
{
    (void)elsewhere_take(s, e);
    return stay();
}

/* ---- one of them --------------------------------------------------------------------- */

bool elsewhere_open(struct session *s, const char *receipt)
{
    struct visit *v = &s->visit;
    char day[9];
    if (v->elsewhere.state != ELSEWHERE_ANSWERED ||
        !elsewhere_case(&v->asked, v->elsewhere.text, v->elsewhere.length, receipt))
        return false;
    v->asked.as_of_ms = v->elsewhere.as_of_ms;
    timeline_count_down(&v->asked.timeline, s->config.calendar, session_today(s, day),
                        timeline_is_running(v->asked.state));
    return true;
}
