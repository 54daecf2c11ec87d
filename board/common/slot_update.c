#include "board/common/slot_update.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "board/common/boot_slots.h"
#include "board/common/self_test.h"
#include "board/common/slot_files.h"
#include "board/common/small_file.h"
#include "firmware/base/log.h"
#include "firmware/base/text.h"
#include "firmware/update/release.h"

enum { SMALL_MAX = 256 * 1024, PATH = 512 };

/* Names of sync/update/place.h. */
static const char ready[] = "ready.json", result[] = "result.json", trial[] = "trial.json";

struct job {
    const struct slot_update_places *p;
    struct boot_slots slots;
    enum boot_slot running, other;
    struct release self;
    struct bundle bundle;
    struct update update;
    int fd; /* of the bundle */
};

/* `sum`: SHA-256 of the bundle in hexadecimal, so that the answer is of that one, whatever lies there when it is read. */
static int say(const struct slot_update_places *p, const char *version, const char *sum,
               const char *outcome, const char *reason)
{
    log_line(LOG_NOTICE, "update", "%s %s %s", version, outcome, reason);
    return small_file_write(p->updates, result,
                            json_pack("{ss, ss, ss, ss}", "version", version, "sha256", sum,
                                      "outcome", outcome, "reason", reason));
}

static int open_slots(struct boot_slots *out, const struct slot_update_places *p)
{
    char path[PATH];
    snprintf(path, sizeof(path), "%s/onetrip-state", p->partitions);
    return boot_slots_open(out, path, false);
}

static bool has_proved_itself(const struct job *j)
{
    const struct boot_state *s = &j->slots.state;
    return s->first == j->running && s->tries[j->running] == BOOT_TRIES;
}

static json_t *read_json(const char *folder, const char *name)
{
    struct bytes text AUTO_BYTES = { 0 };
    char complaint[JSON_COMPLAINT];
    if (small_file_read(&text, folder, name, SMALL_MAX))
        return NULL;
    json_t *o = json_parse(text.data, text.length, complaint);
    if (json_is_object(o))
        return o;
    json_decref(o);
    return NULL;
}

/* A short printable text of an object, "" when there is none. */
static void copy_text(char *out, size_t size, const json_t *o, const char *key)
{
    const char *text = json_string_value(json_object_get(o, key));
    text_copy(out, size, text ? text : "");
}

/* ---- judging --------------------------------------------------------------------------- */

static int open_bundle(struct job *j)
{
    char path[PATH];
    snprintf(path, sizeof(path), "%s/update.raucb", j->p->updates);
    j->fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    return j->fd < 0 ? -errno : 0;
}

/* NULL: it may be installed. */
static const char *judge(struct job *j)
{
    AUTO(trust_free) struct trust *trust = NULL;
    struct bytes manifest AUTO_BYTES = { 0 }, signature AUTO_BYTES = { 0 };
    struct admit_file file = { 0 };
    const struct update_self self = { j->self.board, j->self.version, "" };
    uint8_t head[BUNDLE_HEAD];
    bool is_downgrade;
    if (open_bundle(j) || slot_sum(file.sha256, &file.size, head, j->fd) ||
        small_file_read(&manifest, j->p->updates, "manifest.json", SMALL_MAX) ||
        small_file_read(&signature, j->p->updates, "manifest.sig", SMALL_MAX))
        return "the bundle or its manifest cannot be read";
    if (trust_load(&trust, j->p->trust))
        return "no certificates of a county here";
    int r = update_admit(&j->update, &is_downgrade, trust, &manifest, &signature, &file, &self);
    if (r)
        return admit_sentence(r);
    if (bundle_read(&j->bundle, head, file.size) || strcmp(j->bundle.board, j->self.board) != 0 ||
        strcmp(j->bundle.release, j->update.version) != 0)
        return "it is signed, but no bundle for this board and version";
    return NULL;
}

/* ---- installing ------------------------------------------------------------------------ */

static int fill(const struct job *j, const char *kind, enum bundle_part_name part)
{
    char name[32];
    snprintf(name, sizeof(name), "onetrip-%s-%c", kind, "ab"[j->other]);
    return slot_fill(j->p->partitions, name, j->fd, &j->bundle.parts[part]);
}

static int put_on_trial(struct job *j)
{
    char sum[2 * SHA256_BYTES + 1];
    hex_encode(sum, j->update.sha256, SHA256_BYTES);
    int r = small_file_write(j->p->state, trial,
                             json_pack("{ss, ss, ss, ss}", "version", j->update.version, "sha256",
                                       sum, "from", j->self.version, "slot",
                                       j->other == BOOT_SLOT_A ? "A" : "B"));
    if (r)
        return r;
    boot_state_try(&j->slots.state, j->other);
    return boot_slots_write(&j->slots);
}

/* From the first step on the other slot is not started any more, whatever happens. */
static int write_slot(struct job *j)
{
    boot_state_void(&j->slots.state, j->other);
    int r = boot_slots_write(&j->slots);
    if (!r)
        r = fill(j, "boot", BUNDLE_BOOT);
    if (!r)
        r = fill(j, "root", BUNDLE_ROOT);
    return r ? r : put_on_trial(j);
}

static const char *trouble_of(int r)
{
    switch (r) {
    case -EBADMSG:
        return "the bundle changed while it was written";
    case -ENOSPC:
        return "there is no room for it";
    case -EIO:
        return "the medium does not keep what is written";
    }
    return "it could not be written";
}

/* Hours and stages are the county's courtesy; staff who stand there need not wait for the night. */
static void drop_hours_by_hand(struct job *j)
{
    AUTO(json_release) json_t *offered = read_json(j->p->updates, ready);
    if (json_is_true(json_object_get(offered, "by_hand")))
        j->update.from_hour = j->update.to_hour = 0;
}

static int install(struct job *j, char reason[SLOT_UPDATE_REASON])
{
    const char *why = judge(j);
    drop_hours_by_hand(j);
    int r = why ? 0 : write_slot(j);
    if (r)
        why = trouble_of(r);
    if (!why)
        return 0;
    text_copy(reason, SLOT_UPDATE_REASON, why);
    char version[UPDATE_VERSION] = "", sum[2 * SHA256_BYTES + 1] = "";
    AUTO(json_release) json_t *offered = read_json(j->p->updates, ready);
    copy_text(version, sizeof(version), offered, "version");
    copy_text(sum, sizeof(sum), offered, "sha256");
    r = say(j->p, version, sum, "refused", why);
    return r ? r : SLOT_UPDATE_REFUSED;
}

static int begin(struct job *j, const struct slot_update_places *p)
{
    *j = (struct job){ .p = p, .fd = -1, .slots = { .fd = -1 } };
    if (!boot_slots_running(&j->running, p->command_line))
        return -ENODEV;
    j->other = j->running == BOOT_SLOT_A ? BOOT_SLOT_B : BOOT_SLOT_A;
    release_read(&j->self, p->release);
    return open_slots(&j->slots, p);
}

static void end(struct job *j)
{
    boot_slots_close(&j->slots);
    if (j->fd >= 0)
        close(j->fd);
}

int slot_update_install(struct update *out, char reason[SLOT_UPDATE_REASON],
                        const struct slot_update_places *p)
{
    struct job j;
    *reason = 0;
    if (!small_file_is_there(p->updates, ready) || small_file_is_there(p->updates, result))
        return SLOT_UPDATE_NOTHING;
    int r = begin(&j, p);
    if (!r && (small_file_is_there(p->state, trial) || !has_proved_itself(&j)))
        r = SLOT_UPDATE_ON_TRIAL;
    if (!r)
        r = install(&j, reason);
    *out = j.update;
    end(&j);
    return r;
}

/* ---- the self-test --------------------------------------------------------------------- */

/* `member` of trial.json is replaced; takes it. */
static int amend(const struct slot_update_places *p, const char *member, json_t *value)
{
    json_t *o = read_json(p->state, trial);
    if (!o || json_object_set_new(o, member, value)) {
        json_decref(o);
        return -ENOENT;
    }
    return small_file_write(p->state, trial, o);
}

int slot_update_note(const struct slot_update_places *p)
{
    struct self_facts now;
    int r = self_test_ask(&now, p->socket);
    return r ? r : amend(p, "before", self_test_before_json(&now));
}

const char *slot_update_test(const struct slot_update_places *p)
{
    struct self_facts now, before;
    enum boot_slot running;
    char slot[2];
    if (self_test_ask(&now, p->socket))
        return "kiosk-syncd does not answer";
    AUTO(json_release) json_t *o = read_json(p->state, trial);
    copy_text(slot, sizeof(slot), o, "slot");
    bool is_trial = boot_slots_running(&running, p->command_line) && *slot == "AB"[running];
    bool is_known = self_test_before_read(&before, o);
    return self_test_judge(&now, is_trial && is_known ? &before : NULL);
}

/* ---- settling -------------------------------------------------------------------------- */

static const char failed[] = "it did not prove itself";

/* Why, for the slot before to tell: what runs here ends with this start. */
static void keep_reason(const struct job *j)
{
    char text[SLOT_UPDATE_REASON];
    const char *why = slot_update_test(j->p);
    snprintf(text, sizeof(text), "%s: %s", failed, why ? why : "it took too long");
    log_line(LOG_ERROR, "update", "%s", text);
    (void)amend(j->p, "reason", json_string(text)); /* without it only the reason is missing */
}

static int close_trial(const struct job *j, const char *version, const char *sum,
                       const char *outcome, const char *reason)
{
    int r = say(j->p, version, sum, outcome, reason);
    return r ? r : small_file_drop(j->p->state, trial);
}

static int settle_here(struct job *j, const char *version, const char *sum)
{
    bool is_it = !strcmp(version, j->self.version);
    if (has_proved_itself(j))
        return is_it
                   ? close_trial(j, version, sum, "installed", "")
                   : close_trial(j, version, sum, "fell-back", "another version runs in its slot");
    keep_reason(j);
    boot_state_void(&j->slots.state, j->running);
    int r = boot_slots_write(&j->slots);
    log_line(LOG_ERROR, "update", "%s is void: back to the slot before", version);
    return r ? r : SLOT_UPDATE_BAD;
}

int slot_update_settle(const struct slot_update_places *p)
{
    struct job j;
    char version[UPDATE_VERSION], sum[2 * SHA256_BYTES + 1], slot[2], reason[SLOT_UPDATE_REASON];
    AUTO(json_release) json_t *o = read_json(p->state, trial);
    if (!o)
        return 0;
    copy_text(version, sizeof(version), o, "version");
    copy_text(sum, sizeof(sum), o, "sha256");
    copy_text(slot, sizeof(slot), o, "slot");
    copy_text(reason, sizeof(reason), o, "reason");
    int r = begin(&j, p);
    if (!r && *slot == "AB"[j.running])
        r = settle_here(&j, version, sum);
    else if (!r && !boot_state_is_next(&j.slots.state, j.other)) /* else its start is to come */
        r = close_trial(&j, version, sum, "fell-back", *reason ? reason : failed);
    end(&j);
    return r;
}
