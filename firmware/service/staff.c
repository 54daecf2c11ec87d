#include "firmware/service/staff.h"
#include "firmware/base/json.h"

#include <stdio.h>
#include <string.h>

static int64_t number_of(const json_t *o, const char *key)
{
    json_int_t n = json_integer_value(json_object_get(o, key));
    return n > 0 ? n : 0;
}

/* -1 for what is not there. */
static int64_t left_of(const json_t *o, const char *key)
{
    const json_t *n = json_object_get(o, key);
    return json_is_integer(n) && json_integer_value(n) >= 0 ? json_integer_value(n) : -1;
}

/* ---- figures ------------------------------------------------------------------------- */

bool staff_counters_read(struct staff_counters *out, const json_t *status)
{
    const json_t *queue = json_object_get(status, "queue"), *docs = json_object_get(status, "docs");
    *out = (struct staff_counters){ 0 };
    if (!json_is_object(queue) || !json_is_object(docs))
        return false;
    *out = (struct staff_counters){
        .queued = number_of(queue, "queued"),
        .held = number_of(queue, "held"),
        .dead = number_of(queue, "dead"),
        .accepted = number_of(queue, "accepted"),
        .last_seq = number_of(queue, "last_seq"),
        .oldest_s = number_of(queue, "oldest_s"),
        .last_contact_ms = number_of(status, "last_contact_ms"),
        .keys = number_of(docs, "keys"),
        .catalogue = number_of(docs, "catalogue"),
        .config = number_of(docs, "config"),
        .key_days = left_of(status, "key_days"),
        .certificate_days = left_of(status, "certificate_days"),
        .disk_free_percent = left_of(status, "disk_free_percent"),
        .is_accepting = json_is_true(json_object_get(status, "accepting")),
    };
    return true;
}

/* ---- firmware ------------------------------------------------------------------------ */

static int find_word(const char *const *words, int count, const char *word)
{
    for (int i = 0; i < count; i++)
        if (!strcmp(words[i], word))
            return i;
    return 0;
}

void staff_update_read(struct staff_update *out, const json_t *status)
{
    static const char *const states[] = { "none",     "waiting", "fetching",
                                          "checking", "ready",   "stuck" };
    static const enum staff_update_state kinds[] = { STAFF_UPDATE_NONE,   STAFF_UPDATE_COMING,
                                                     STAFF_UPDATE_COMING, STAFF_UPDATE_CHECKING,
                                                     STAFF_UPDATE_READY,  STAFF_UPDATE_STUCK };
    static const char *const ends[] = { "", "installed", "refused", "fell-back" };
    const json_t *u = json_object_get(status, "update"), *last = json_object_get(u, "last");
    *out = (struct staff_update){ .percent = (int)number_of(u, "percent") };
    out->state = kinds[find_word(states, 6, json_text_at(u, "state"))];
    out->last = (enum staff_update_end)find_word(ends, 4, json_text_at(last, "outcome"));
    snprintf(out->version, sizeof(out->version), "%.23s", json_text_at(u, "version"));
    snprintf(out->last_version, sizeof(out->last_version), "%.23s", json_text_at(last, "version"));
    snprintf(out->last_reason, sizeof(out->last_reason), "%.127s", json_text_at(last, "reason"));
}

/* ---- slips --------------------------------------------------------------------------- */

static bool take_receipt(char out[RECEIPT_TEXT], const char *text)
{
    out[0] = 0;
    return !*text || !receipt_parse(out, text);
}

size_t staff_slips_read(struct staff_slip *out, size_t max, const json_t *reply)
{
    const json_t *list = json_object_get(reply, "attempts");
    size_t count = 0;
    for (size_t i = 0; i < json_array_size(list) && count < max; i++) {
        const json_t *o = json_array_get(list, i);
        struct staff_slip *s = &out[count];
        *s = (struct staff_slip){ .attempt = number_of(o, "attempt"),
                                  .at_ms = number_of(o, "at_ms") };
        count += s->attempt && take_receipt(s->receipt, json_text_at(o, "receipt"));
    }
    return count;
}

json_t *staff_settle_request(int64_t attempt, enum settle_answer answer)
{
    /* An uncertain attempt stays so on paper's side of the matter; that somebody has looked closes it. */
    static const struct {
        const char *state, *level, *detail;
    } answers[SETTLE_END] = {
        [SETTLE_CAME_OUT] = { "confirmed", "S", "staff saw it" },
        [SETTLE_NOT_OUT] = { "uncertain", "N", "staff: it did not come out" },
    };
    if (attempt <= 0 || (size_t)answer >= SETTLE_END || !answers[answer].state)
        return NULL;
    return json_pack("{ss, sI, ss, ss, ss}", "op", "print-state", "attempt", (json_int_t)attempt,
                     "state", answers[answer].state, "level", answers[answer].level, "detail",
                     answers[answer].detail);
}

bool staff_settle_offers_copy(enum settle_answer answer)
{
    return answer == SETTLE_NOT_OUT;
}

/* ---- items set aside ----------------------------------------------------------------- */

/* Problems as sync/uplink words them, by how they begin; the county's own titles stand behind "rejected". */
static const struct {
    const char *begins;
    enum parked_do what_to_do;
    const char *zh, *en;
} problems[] = {
    { "conflict", PARKED_COUNTY, "县平台已有同号但内容不同的事项，请报县里核对。",
      "The county holds other content under this number. Tell the county." },
    { "rejected", PARKED_COUNTY, "县平台不收这件事项，请报县里，并联系群众重新办理。",
      "The county will not take it. Tell the county, and see that the resident applies anew." },
    { "too large", PARKED_COUNTY, "附件太大，网络送不过去，请用服务盘摆渡。",
      "Too large for the platform. Carry it by stick." },
    { "its bytes cannot be read", PARKED_COUNTY, "本机存储损坏，读不出这件事项，请报修。",
      "This kiosk's storage has lost its content. Call for repair." },
    { "its blob is refused", PARKED_RELEASE, "附件被拒收，可以重新发送一次。",
      "Its attachment was refused. Send it once more." },
    { "its blob fails", PARKED_WAIT, "附件多次没送到，会自动再试，也可以用服务盘摆渡。",
      "Its attachment did not get through. It is tried again by itself; a stick works too." },
    { "the platform fails on this item", PARKED_WAIT, "县平台处理出错，会自动再试。",
      "The platform fails on it. It is tried again by itself." },
    { "refused alone with status", PARKED_RELEASE, "县平台退回，可以重新发送一次，再不行请报县里。",
      "The platform turned it away. Send it once more; if that fails, tell the county." },
};

void staff_parked_judge(struct staff_parked *out, const char *problem)
{
    for (size_t i = 0; i < sizeof(problems) / sizeof(problems[0]); i++)
        if (!strncmp(problem, problems[i].begins, strlen(problems[i].begins))) {
            out->what_to_do = problems[i].what_to_do;
            out->zh = problems[i].zh;
            out->en = problems[i].en;
            return;
        }
    out->what_to_do = out->is_dead ? PARKED_COUNTY : PARKED_RELEASE;
    out->zh = out->is_dead ? "县平台不收，请报县里。" : "没送到，可以重新发送一次。";
    out->en = out->is_dead ? "The county will not take it. Tell the county."
                           : "It did not get through. Send it once more.";
}

size_t staff_parked_read(struct staff_parked *out, size_t max, const json_t *reply)
{
    const json_t *list = json_object_get(reply, "items");
    size_t count = 0;
    for (size_t i = 0; i < json_array_size(list) && count < max; i++) {
        const json_t *o = json_array_get(list, i);
        const char *state = json_text_at(o, "state");
        struct staff_parked *p = &out[count];
        *p = (struct staff_parked){ .seq = number_of(o, "seq"), .is_dead = !strcmp(state, "dead") };
        if ((!p->is_dead && strcmp(state, "held") != 0) || !p->seq ||
            !take_receipt(p->receipt, json_text_at(o, "receipt")))
            continue;
        staff_parked_judge(p, json_text_at(o, "problem"));
        count++;
    }
    return count;
}
