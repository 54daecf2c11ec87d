/* links: sync/uplink sync/queue firmware/seal firmware/base */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "firmware/base/text.h"
#include "sync/uplink/policy.h"
#include "sync/uplink/verdicts.h"

/* A whole answer, head and body, as whoever is at the other end may send it: header lines up to an empty one, then the
 * body. Read as verdicts, as the state of a blob and as a problem. */

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void demand(int claim)
{
    if (!claim)
        abort();
}

static int is_ended(const char *text, size_t capacity)
{
    return memchr(text, 0, capacity) != NULL;
}

static size_t read_head(struct answer *a, const char *text, size_t size)
{
    size_t at = 0;
    while (at < size) {
        const char *end = memchr(text + at, '\n', size - at);
        size_t length = end ? (size_t)(end - text) - at + 1 : size - at;
        demand(!answer_header(a, text + at, length));
        at += length;
        if (length <= 2)
            break;
    }
    return at;
}

static void use_head(struct answer *a)
{
    uint8_t id[UUID_BYTES];
    char word[PROBLEM_WORD];
    answer_finish(a, INT64_C(1795509000000));
    demand(a->retry_after_ms >= -1 && a->retry_after_ms <= RETRY_AFTER_MAX_MS && a->date_ms >= 0);
    demand(is_ended(a->etag, sizeof(a->etag)) && is_ended(a->type, sizeof(a->type)) &&
           is_ended(a->epoch, sizeof(a->epoch)));
    demand(a->range_of == -1 ||
           (a->range_from >= 0 && a->range_from <= a->range_to && a->range_to < a->range_of));
    demand(!a->has_epoch || !uuid_parse(id, a->epoch));
    problem_word(word, a);
    demand(strlen(word) < sizeof(word));
    for (size_t items = 0; items < 3; items++) {
        struct ruling r =
            policy_rule(a, &(struct situation){ .items = items, .is_all_blobs = items & 1 });
        demand(r.link < LINK_STATE_END &&
               (a->has_epoch || r.move == MOVE_BACK_OFF || r.move == MOVE_WAIT));
    }
}

static void use_results(const struct results *r)
{
    demand(r->count <= RESULTS_MAX);
    for (size_t i = 0; i < r->count; i++) {
        const struct result *one = &r->of[i], *found = verdicts_find(r, one->id);
        demand(one->outcome < OUTCOME_END && one->retry_after_s >= -1 &&
               one->retry_after_s <= 86400);
        demand(is_ended(one->server_ref, sizeof(one->server_ref)) &&
               text_is_valid(one->server_ref, strlen(one->server_ref)));
        demand(is_ended(one->problem, sizeof(one->problem)) &&
               text_is_valid(one->problem, strlen(one->problem)));
        demand(one->outcome == OUTCOME_NONE ? !found : found == one); /* one verdict for one id */
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const uint8_t hash[SHA256_BYTES] = { 0xe3, 0xb0 };
    static struct results results;
    struct blob_state blob;
    struct answer a;
    answer_begin(&a);
    size_t at = read_head(&a, (const char *)data, size);
    demand(!bytes_append(&a.body, data + at, size - at));
    use_head(&a);
    if (!verdicts_parse(&results, a.body.data, a.body.length))
        use_results(&results);
    (void)!blob_state_parse(&blob, hash, a.body.data, a.body.length);
    answer_clear(&a);
    return 0;
}
