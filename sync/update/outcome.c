/* What became of updates here: the installer's answer, told to the county once, and files that are not fetched again. */
#include <stdio.h>
#include <string.h>

#include "firmware/base/json.h"
#include "firmware/base/log.h"
#include "sync/queue/events.h"
#include "sync/update/inside.h"

#define LAST_KEY "update_last"
#define WRONG_KEY "update_wrong"

enum { WRONG_TEXT = 2 * SHA256_BYTES + 16 };

/* ---- the installer's answer ---------------------------------------------------------- */

void outcome_load(struct updater *u)
{
    char text[EVENT_MARK] = "";
    int r = store_get_text(u->o.store, LAST_KEY, text, sizeof(text));
    if (r && r != STORE_E_NONE)
        return;
    u->last.length = 0;
    u->is_last_loaded = !bytes_append_text(&u->last, text);
}

static json_t *last_of(const struct updater *u)
{
    char complaint[JSON_COMPLAINT];
    return json_parse(u->last.data, u->last.length, complaint);
}

static bool is_about(const json_t *last, const char *sum)
{
    return *sum && !strcmp(json_text_at(last, "sha256"), sum);
}

/* How often this file was installed here, before the answer that is taken now. */
static int times_before(const struct updater *u, const char *sum)
{
    AUTO(json_release) json_t *last = last_of(u);
    int times = (int)json_integer_value(json_object_get(last, "times"));
    bool is_same = is_about(last, sum);
    return is_same && json_is_true(json_object_get(last, "open")) ? times - 1 : is_same ? times : 0;
}

bool outcome_bars(const struct updater *u, const uint8_t sha256_of[SHA256_BYTES])
{
    char sum[2 * SHA256_BYTES + 1];
    hex_encode(sum, sha256_of, SHA256_BYTES);
    AUTO(json_release) json_t *last = last_of(u);
    bool is_slot_lost = !strcmp(json_text_at(last, "outcome"), "installed") &&
                        json_integer_value(json_object_get(last, "times")) < UPDATE_INSTALLS;
    return is_about(last, sum) && !is_slot_lost;
}

/* `is_open`: its file is still there. While it is, the same text is the same answer. */
static char *describe(const struct updater *u, const struct install_result *result, const char *sum,
                      bool is_open)
{
    AUTO(json_release)
    json_t *o = json_pack("{ss, ss, ss, ss, si, sb}", "version", result->version, "outcome",
                          install_outcome_word(result->outcome), "reason", result->reason, "sha256",
                          sum, "times", times_before(u, sum) + 1, "open", is_open);
    return o ? json_canonical(o) : NULL;
}

static int tell(struct updater *u, const struct install_result *result, const char *sum)
{
    static const char *const words[INSTALL_END] = { "update-installed", "update-refused",
                                                    "update-fell-back" };
    char detail[EVENT_DETAIL];
    char *mark = describe(u, result, sum, true);
    snprintf(detail, sizeof(detail), "%s%s%s", result->version, *result->reason ? ": " : "",
             result->reason);
    int r = mark ? events_add_once(u->o.store, LAST_KEY, mark, words[result->outcome], detail)
                 : fault_raise(-ENOMEM);
    json_text_free(mark);
    return r;
}

static int close_answer(struct updater *u, const struct install_result *result, const char *sum)
{
    char *text = describe(u, result, sum, false);
    int r = text ? store_set_text(u->o.store, LAST_KEY, text) : fault_raise(-ENOMEM);
    json_text_free(text);
    return r;
}

static void copy_open_sum(char out[2 * SHA256_BYTES + 1], const struct updater *u)
{
    AUTO(json_release) json_t *last = last_of(u);
    const char *sum = json_string_value(json_object_get(last, "sha256"));
    if (sum && json_is_true(json_object_get(last, "open")))
        snprintf(out, 2 * SHA256_BYTES + 1, "%s", sum);
}

/* Of which file the answer is, "" when nobody knows. True when what lies ready is another one: the next may be here before
 * the one on trial has its answer, and is still to be installed. */
static bool find_sum(char sum[2 * SHA256_BYTES + 1], const struct updater *u,
                     const struct install_result *result)
{
    char there[2 * SHA256_BYTES + 1] = "";
    uint8_t of[SHA256_BYTES];
    if (place_is_ready(u->o.disk, of))
        hex_encode(there, of, SHA256_BYTES);
    bool is_told = *result->sha256 != 0;
    bool is_other = *there && (is_told ? strcmp(there, result->sha256) != 0
                                       : !place_is_about(u->o.disk, result->version));
    if (is_told)
        memcpy(sum, result->sha256, sizeof(result->sha256));
    else if (*there && !is_other)
        memcpy(sum, there, sizeof(there));
    else /* power failed while we tidied up: then it was noted already */
        copy_open_sum(sum, u);
    return is_other;
}

static bool take(struct updater *u, const struct install_result *result)
{
    const struct disk *disk = u->o.disk;
    char sum[2 * SHA256_BYTES + 1] = "";
    bool is_other = find_sum(sum, u, result);
    int r = tell(u, result, sum);
    if (!r && !is_other)
        r = place_withdraw(disk);
    if (!r)
        r = place_drop(disk, PLACE_RESULT);
    if (!r)
        r = close_answer(u, result, sum);
    if (r)
        log_line(LOG_WARNING, "update", "the installer's answer could not be noted (%d)", r);
    outcome_load(u);
    return !r;
}

bool outcome_take(struct updater *u)
{
    struct bytes text AUTO_BYTES = { 0 };
    struct install_result result;
    int r = place_get(u->o.disk, PLACE_RESULT, &text, PLACE_SMALL_MAX);
    if (r == -ENOENT || (r && r != -EFBIG))
        return false;
    if (!r && !install_result_read(&result, text.data, text.length))
        return take(u, &result);
    if (place_drop(u->o.disk, PLACE_RESULT))
        return false;
    events_add(u->o.store, "update-unclear", "the installer's answer is not understood");
    return true;
}

/* ---- files that came wrong ----------------------------------------------------------- */

int wrong_sums(const struct updater *u)
{
    char text[WRONG_TEXT] = "", sum[2 * SHA256_BYTES + 1];
    hex_encode(sum, u->wanted.sha256, SHA256_BYTES);
    bool is_about = !store_get_text(u->o.store, WRONG_KEY, text, sizeof(text)) &&
                    !strncmp(text, sum, 2 * SHA256_BYTES);
    return is_about ? text[2 * SHA256_BYTES] - '0' : 0;
}

void wrong_sum_note(struct updater *u)
{
    char text[WRONG_TEXT], sum[2 * SHA256_BYTES + 1];
    int count = wrong_sums(u) + 1;
    hex_encode(sum, u->wanted.sha256, SHA256_BYTES);
    snprintf(text, sizeof(text), "%s%d", sum, count < 9 ? count : 9);
    if (store_set_text(u->o.store, WRONG_KEY, text))
        log_line(LOG_WARNING, "update", "it could not be noted that an update came damaged");
    events_add(u->o.store, "update-damaged", "%s, %d of %d times", u->wanted.version, count,
               UPDATE_WRONG_SUMS);
}
