#include "sync/carry/answer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "firmware/base/json.h"
#include "firmware/base/log.h"
#include "firmware/base/text.h"
#include "firmware/seal/seal.h"
#include "sync/feed/feed.h"
#include "sync/queue/cases.h"
#include "sync/queue/events.h"
#include "sync/queue/outbox.h"

/* What is left of the document once it has been looked through. Borrowed from its JSON. */
struct reading {
    const char *epoch;
    const json_t *before; /* earlier histories of the county */
    int64_t number, made_ms;
    const json_t *results, *entries;
};

static bool is_uuid(const char *text)
{
    uint8_t id[UUID_BYTES];
    return !uuid_parse(id, text);
}

/* ---- the document -------------------------------------------------------------------- */

static int read_document(struct reading *out, const json_t *o, const char *kiosk)
{
    struct json_reader r = { 0 };
    const char *type = json_need_string(&r, o, "type", 32);
    const char *for_kiosk = json_need_string(&r, o, "kiosk_id", KIOSK_ID_MAX);
    const char *made = json_need_string(&r, o, "made", 20);
    json_need_integer(&r, o, "version", 1, 1);
    *out = (struct reading){ .epoch = json_need_string(&r, o, "epoch", UUID_TEXT - 1),
                             .before = json_want_array(&r, o, "before", 64),
                             .number = json_need_integer(&r, o, "number", 1, INT64_C(1) << 53),
                             .results = json_need_array(&r, o, "results", 0, ANSWER_RESULTS_MAX),
                             .entries = json_need_array(&r, o, "entries", 0, ANSWER_CASES_MAX) };
    if (json_is_clean(&r) && (strcmp(type, "carry-answer") != 0 || !is_uuid(out->epoch) ||
                              clock_parse_utc(&out->made_ms, made) || out->made_ms <= 0))
        json_complain(&r, "type, epoch or made is not what an answer has");
    if (!json_is_clean(&r)) {
        log_line(LOG_WARNING, "carry", "an answer is not understood: %s", r.complaint);
        return ANSWER_E_FORMAT;
    }
    return !*kiosk || strcmp(kiosk, for_kiosk) != 0 ? ANSWER_E_OTHER_KIOSK : 0;
}

static bool names(const json_t *list, const char *text)
{
    for (size_t i = 0; i < json_array_size(list); i++) {
        const char *one = json_string_value(json_array_get(list, i));
        if (one && !strcmp(one, text))
            return true;
    }
    return false;
}

/* The first history we hear of is noted. Another one counts only when it names ours among the earlier ones. */
static int settle_history(struct answer_taken *out, struct store *s, const struct reading *in)
{
    char ours[UUID_TEXT] = "";
    int requeued = 0;
    int r = store_get_text(s, "server_epoch", ours, sizeof(ours));
    if (r && r != STORE_E_NONE)
        return r;
    if (!*ours)
        return store_set_text(s, "server_epoch", in->epoch);
    if (!strcmp(ours, in->epoch))
        return 0;
    if (!names(in->before, ours))
        return -ESTALE;
    r = outbox_new_epoch(s, in->epoch, in->made_ms - store_replay_window(s), &requeued);
    out->is_restored = !r;
    if (!r)
        events_add(s, "new-epoch", "by stick; %d items go again", requeued);
    return r;
}

/* ---- verdicts ------------------------------------------------------------------------ */

struct word {
    uint8_t id[UUID_BYTES], sha256[SHA256_BYTES];
    bool is_accepted;
    struct verdict verdict;
};

/* False for anything that is no verdict on an item: then nothing changes. */
static bool read_word(struct word *out, const json_t *o)
{
    struct json_reader r = { 0 };
    const char *id = json_need_string(&r, o, "id", UUID_TEXT - 1);
    const char *outcome = json_need_string(&r, o, "outcome", 24);
    const char *sum = json_need_string(&r, o, "sha256", 2 * SHA256_BYTES);
    const char *ref = json_want_string(&r, o, "server_ref", SERVER_REF_TEXT - 1, "");
    const char *problem = json_want_string(&r, o, "problem", PROBLEM_TEXT - 1, "");
    if (!json_is_clean(&r) || uuid_parse(out->id, id) || strlen(sum) != 2 * SHA256_BYTES ||
        hex_decode(out->sha256, SHA256_BYTES, sum))
        return false;
    out->is_accepted = !strcmp(outcome, "accepted") || !strcmp(outcome, "duplicate");
    bool is_refused = !strcmp(outcome, "rejected") || !strcmp(outcome, "conflict");
    out->verdict = (struct verdict){ .kind = out->is_accepted ? VERDICT_ACCEPTED : VERDICT_DEAD };
    text_copy(out->verdict.server_ref, sizeof(out->verdict.server_ref), ref);
    text_copy(out->verdict.problem, sizeof(out->verdict.problem), *problem ? problem : outcome);
    return out->is_accepted || is_refused;
}

/* One verdict held against the queue. 1: it is to be stored. */
static int weigh(struct answer_taken *out, struct store *s, struct word *w)
{
    struct outbox_known known;
    int r = outbox_by_id(s, &known, w->id);
    if (r == STORE_E_NONE) {
        out->strange++; /* long settled and purged, or another installation's */
        return 0;
    }
    if (r)
        return r < 0 ? r : -EAGAIN;
    if (memcmp(known.sha256, w->sha256, SHA256_BYTES) != 0) {
        out->strange++;
        events_add(s, "carry-other-bytes", "item %lld: the county holds other bytes",
                   (long long)known.seq);
        return 0;
    }
    if (known.state == ITEM_ACCEPTED) {
        out->known++;
        return 0;
    }
    if (known.state == ITEM_DEAD && !w->is_accepted)
        return 0;
    w->verdict.seq = known.seq;
    out->settled += w->is_accepted;
    out->refused += !w->is_accepted;
    return 1;
}

static int take_results(struct answer_taken *out, struct store *s, const struct reading *in)
{
    struct verdict *verdicts = calloc(ANSWER_RESULTS_MAX, sizeof(*verdicts));
    size_t count = 0;
    int r = 0;
    if (!verdicts)
        return fault_raise(-ENOMEM);
    for (size_t i = 0; r >= 0 && i < json_array_size(in->results); i++) {
        struct word w;
        if (!read_word(&w, json_array_get(in->results, i)))
            continue;
        r = weigh(out, s, &w);
        if (r == 1)
            verdicts[count++] = w.verdict;
    }
    if (r >= 0)
        r = outbox_judge(s, verdicts, count, in->made_ms);
    free(verdicts);
    return r;
}

/* ---- cases --------------------------------------------------------------------------- */

static int take_cases(struct answer_taken *out, struct store *s, const struct reading *in)
{
    int64_t newest = 0;
    struct case_entry *entries = calloc(ANSWER_CASES_MAX, sizeof(*entries));
    if (!entries)
        return fault_raise(-ENOMEM);
    int r = store_get_i64(s, "carry_number", &newest);
    if (r == STORE_E_NONE)
        r = 0;
    size_t count = feed_read_cases(entries, ANSWER_CASES_MAX, in->entries);
    out->cases = (unsigned)count;
    if (!r)
        r = cases_carry(s, entries, count, in->number >= newest);
    if (!r && in->number > newest)
        r = store_set_i64(s, "carry_number", in->number);
    explicit_bzero(entries,
                   ANSWER_CASES_MAX * sizeof(*entries)); /* a clerk's note may be personal */
    free(entries);
    return r;
}

/* ---- all of it ----------------------------------------------------------------------- */

static int take(struct answer_taken *out, struct store *s, const struct reading *in)
{
    int r = settle_history(out, s, in);
    if (!r)
        r = take_results(out, s, in);
    if (!r)
        r = take_cases(out, s, in);
    return r;
}

int answer_take(struct answer_taken *out, struct store *s, const struct trust *trust,
                const struct bytes *document, const struct bytes *signature)
{
    char complaint[JSON_COMPLAINT];
    struct reading in;
    *out = (struct answer_taken){ 0 };
    if (document->length > ANSWER_MAX)
        return ANSWER_E_FORMAT;
    /* Dates are not judged: an answer may wait in a drawer for longer than its signer's certificate lasts, and says
     * nothing that would have become untrue. */
    if (!trust || !document->length ||
        document_verify(trust, document->data, document->length, signature->data, signature->length,
                        0))
        return ANSWER_E_SIGNATURE;
    AUTO(json_release) json_t *o = json_parse(document->data, document->length, complaint);
    int r = o ? read_document(&in, o, store_kiosk(s)) : ANSWER_E_FORMAT;
    if (r)
        return r;
    r = take(out, s, &in);
    if (r == -ESTALE) {
        events_add(s, "carry-history", "answer %lld is of another history", (long long)in.number);
        return ANSWER_E_HISTORY;
    }
    if (r > 0 || r == -EAGAIN)
        return ANSWER_E_DOWN;
    if (!r)
        events_add(s, "carry-answer", "%lld: %u settled, %u known, %u refused, %u strange",
                   (long long)in.number, out->settled, out->known, out->refused, out->strange);
    return r;
}
