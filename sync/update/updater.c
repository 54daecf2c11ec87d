#include "sync/update/updater.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "firmware/base/json.h"
#include "firmware/base/log.h"
#include "firmware/base/text.h"
#include "sync/queue/docs.h"
#include "sync/queue/events.h"
#include "sync/update/inside.h"

enum { SUM_SLICE = 1024 * 1024, ROOM_AGAIN_MS = 10 * 60 * 1000, HOUR_AGAIN_MS = 60 * 1000 };
#define FLOOR_MOST (INT64_C(4) << 30)

int64_t updater_now(const struct updater *u)
{
    return u->o.link->clock->base.boot_ms(&u->o.link->clock->base);
}

void updater_complain(struct updater *u, const char *format, ...)
{
    char sentence[UPDATE_TROUBLE];
    va_list args;
    va_start(args, format);
    vsnprintf(sentence, sizeof(sentence), format, args);
    va_end(args);
    if (!strcmp(sentence, u->trouble))
        return;
    memcpy(u->trouble, sentence, sizeof(sentence));
    log_line(LOG_WARNING, "update", "%s", sentence);
}

bool update_has_room(int64_t free_bytes, int64_t total_bytes, int64_t more)
{
    int64_t floor = total_bytes / 4 < FLOOR_MOST ? total_bytes / 4 : FLOOR_MOST;
    return more <= free_bytes && free_bytes - more >= floor;
}

/* ---- what is wanted ------------------------------------------------------------------ */

void updater_stand_down(struct updater *u)
{
    if (u->is_flying)
        u->o.link->wire->cancel(u->o.link->wire, LANE_BULK);
    u->is_flying = false;
    part_close(&u->part);
    sha256_end(u->sum, NULL);
    u->sum = NULL;
    u->has_wanted = u->is_by_hand = false;
    u->state = UPDATER_NONE;
    u->trouble[0] = 0;
    backoff_clear(&u->backoff);
}

static void judge_verdict(struct updater *u, enum update_verdict verdict)
{
    if (verdict != UPDATE_OLDER)
        return;
    u->state = UPDATER_STUCK;
    updater_complain(
        u, "what the county offers is older than what runs here, and not signed as a way back");
}

/* Nothing is wanted, or something else: what lies there goes. */
static int clear_place(struct updater *u)
{
    uint8_t there[SHA256_BYTES];
    bool is_there = place_is_ready(u->o.disk, there);
    if (u->has_wanted && (!is_there || !memcmp(there, u->wanted.sha256, sizeof(there))))
        return 0;
    return place_withdraw(u->o.disk);
}

void updater_choose(struct updater *u)
{
    struct update_self self = { u->o.board, u->o.version, store_kiosk(u->o.store) };
    const struct update *offer;
    uint8_t there[SHA256_BYTES];
    bool is_back;
    if (u->is_by_hand)
        return; /* staff are at it, or theirs waits for the installer */
    enum update_verdict verdict = update_choose(&offer, &is_back, &u->offers, &self);
    if (offer && outcome_bars(u, offer->sha256))
        offer = NULL; /* tried here: its answer stands in the heartbeat */
    if (offer && u->has_wanted && !memcmp(offer->sha256, u->wanted.sha256, SHA256_BYTES)) {
        u->wanted = *offer; /* other hours, other kiosks: the same file */
        u->is_downgrade = is_back;
        return;
    }
    updater_stand_down(u);
    judge_verdict(u, verdict);
    if (offer) {
        u->wanted = *offer;
        u->is_downgrade = is_back;
        u->has_wanted = true;
        u->was_hour = false;
        u->state = UPDATER_WAITING;
        u->due_ms = updater_now(u);
    }
    if (clear_place(u))
        log_line(LOG_WARNING, "update", "files of an update that is not offered stay for now");
    if (offer && place_is_ready(u->o.disk, there))
        u->state = UPDATER_READY;
    else if (offer && wrong_sums(u) >= UPDATE_WRONG_SUMS)
        u->state = UPDATER_STUCK;
    if (u->state == UPDATER_STUCK && offer)
        updater_complain(u, "the update came damaged %d times: it is not fetched again",
                         UPDATE_WRONG_SUMS);
}

void updater_hear(struct updater *u)
{
    char complaint[UPDATE_COMPLAINT];
    u->manifest.length = u->signature.length = 0;
    u->offers = (struct update_manifest){ 0 };
    if (!u->is_last_loaded)
        outcome_load(u);
    if (docs_get(u->o.store, "updates", &u->manifest, &u->signature) == 0 &&
        update_manifest_read(&u->offers, u->manifest.data, u->manifest.length, complaint))
        log_line(LOG_ERROR, "update", "the county's list of updates is not used: %s", complaint);
    updater_choose(u);
}

void updater_set_rate(struct updater *u, int64_t bytes_per_s)
{
    u->rate = bytes_per_s;
}

/* ---- when ---------------------------------------------------------------------------- */

bool updater_is_room(struct updater *u)
{
    int64_t free_bytes, total_bytes, more = u->wanted.size - u->part.have;
    bool is_low = store_disk_level(u->o.store) >= DISK_WARN;
    if (!is_low && !u->o.disk->room(u->o.disk, &free_bytes, &total_bytes) &&
        update_has_room(free_bytes, total_bytes, more))
        return true;
    /* Applications come first: what is here of the update makes room for them. */
    if (is_low && part_drop(&u->part, u->o.disk))
        log_line(LOG_WARNING, "update", "the part that was fetched could not be removed");
    updater_complain(u,
                     "there is no room for the update (%lld MB): the rest is kept for applications",
                     (long long)(u->wanted.size / 1000000));
    u->due_ms = updater_now(u) + ROOM_AGAIN_MS;
    return false;
}

/* At night, by the county's clock; each kiosk begins at a moment of its own. */
static bool is_time(struct updater *u)
{
    int64_t county = county_clock_known_ms(u->o.link->clock), now = updater_now(u);
    bool is_hour = county && update_is_hour(&u->wanted, county);
    bool is_always = u->wanted.from_hour == u->wanted.to_hour;
    if (is_hour && !u->was_hour && !is_always)
        u->due_ms = now + u->o.chance->below(u->o.chance, UPDATE_SPREAD_MS);
    else if (!is_hour)
        u->due_ms = now + HOUR_AGAIN_MS;
    u->was_hour = is_hour;
    return is_hour && now >= u->due_ms;
}

/* ---- what is here -------------------------------------------------------------------- */

static void finish(struct updater *u)
{
    unsigned how = (u->is_downgrade ? PLACE_DOWNGRADE : 0) | (u->is_by_hand ? PLACE_BY_HAND : 0);
    if (place_finish(&u->part, u->o.disk, &u->wanted, how,
                     u->is_by_hand ? &u->hand_manifest : &u->manifest,
                     u->is_by_hand ? &u->hand_signature : &u->signature)) {
        u->state = UPDATER_WAITING;
        u->due_ms = backoff_fail(&u->backoff, updater_now(u), u->o.chance);
        updater_complain(u, "the update cannot be written to the disk");
        return;
    }
    u->state = UPDATER_READY;
    u->trouble[0] = 0;
    events_add(u->o.store, "update-ready", "%s", u->wanted.version);
}

static void judge_sum(struct updater *u)
{
    uint8_t sum[SHA256_BYTES];
    sha256_end(u->sum, sum);
    u->sum = NULL;
    if (!memcmp(sum, u->wanted.sha256, sizeof(sum))) {
        finish(u);
        return;
    }
    if (part_drop(&u->part, u->o.disk))
        log_line(LOG_WARNING, "update", "the damaged update could not be removed");
    if (u->is_by_hand) {
        updater_stand_down(u);
        u->state = UPDATER_STUCK;
        updater_complain(u, "what the stick brought came damaged: nothing of it is kept");
        return;
    }
    wrong_sum_note(u);
    bool is_enough = wrong_sums(u) >= UPDATE_WRONG_SUMS;
    u->state = is_enough ? UPDATER_STUCK : UPDATER_WAITING;
    u->due_ms = backoff_fail(&u->backoff, updater_now(u), u->o.chance);
    if (is_enough)
        updater_complain(u, "the update came damaged %d times: it is not fetched again",
                         UPDATE_WRONG_SUMS);
    else
        updater_complain(u, "the update came damaged: it is fetched anew");
}

/* What is summed up is what the disk gives back, not what came in. A slice at a time: somebody may be handing in. */
static void check_slice(struct updater *u)
{
    uint8_t *slice = malloc(SUM_SLICE);
    int64_t got = slice && u->part.file
                      ? u->o.disk->read(u->part.file, (uint64_t)u->summed, slice, SUM_SLICE)
                      : -ENOMEM;
    if (!u->sum)
        u->sum = sha256_begin();
    if (got > 0)
        sha256_add(u->sum, slice, (size_t)got);
    free(slice);
    u->summed += got > 0 ? got : 0;
    if (u->summed >= u->wanted.size) {
        judge_sum(u);
    } else if (got <= 0) {
        sha256_end(u->sum, NULL);
        u->sum = NULL;
        part_close(&u->part);
        u->state = UPDATER_WAITING;
        u->due_ms = backoff_fail(&u->backoff, updater_now(u), u->o.chance);
        updater_complain(u, "the update cannot be read back from the disk");
    }
}

/* ---- turns --------------------------------------------------------------------------- */

static bool is_open(struct updater *u)
{
    if (u->part.file || !part_open(&u->part, u->o.disk, &u->wanted))
        return true;
    u->due_ms = backoff_fail(&u->backoff, updater_now(u), u->o.chance);
    updater_complain(u, "the update cannot be written to the disk");
    return false;
}

static void go_on(struct updater *u)
{
    u->state = UPDATER_WAITING;
    if (!is_time(u) || !is_open(u) || !updater_is_room(u) || !is_open(u))
        return;
    u->state = UPDATER_FETCHING;
    if (u->part.have < u->wanted.size) {
        fetch_piece(u);
    } else if (part_note(&u->part)) {
        part_close(&u->part);
        u->due_ms = backoff_fail(&u->backoff, updater_now(u), u->o.chance);
        updater_complain(u, "the update cannot be written to the disk");
    } else {
        u->state = UPDATER_CHECKING;
        u->summed = 0;
    }
}

static void look_at_answer(struct updater *u)
{
    u->look_ms = updater_now(u) + UPDATE_LOOK_MS;
    if (!u->is_last_loaded)
        outcome_load(u);
    hand_look(u);
    if (outcome_take(u)) {
        updater_stand_down(u);
        updater_choose(u);
        if (u->o.answered)
            u->o.answered(u->o.context);
    }
}

void updater_tick(struct updater *u)
{
    int64_t now = updater_now(u);
    if (!store_is_up(u->o.store))
        return;
    if (now >= u->look_ms)
        look_at_answer(u);
    if (u->state == UPDATER_CHECKING)
        check_slice(u);
    else if (u->has_wanted && !u->is_by_hand && u->state <= UPDATER_FETCHING && !u->is_flying &&
             now >= u->due_ms && link_is_open(u->o.link))
        go_on(u);
}

int64_t updater_next_ms(const struct updater *u)
{
    bool is_due = u->has_wanted && !u->is_by_hand && u->state <= UPDATER_FETCHING &&
                  !u->is_flying && link_is_open(u->o.link);
    if (!store_is_up(u->o.store))
        return INT64_MAX;
    if (u->state == UPDATER_CHECKING)
        return updater_now(u);
    return is_due && u->due_ms < u->look_ms ? u->due_ms : u->look_ms;
}

/* ---- life ---------------------------------------------------------------------------- */

int updater_new(struct updater **out, const struct updater_options *options)
{
    struct updater *u = calloc(1, sizeof(*u));
    if (!u)
        return fault_raise(-ENOMEM);
    u->o = *options;
    u->rate = UPDATE_RATE;
    hand_remember(u);
    updater_hear(u);
    *out = u;
    return 0;
}

void updater_free(struct updater *u)
{
    if (!u)
        return;
    if (u->part.file && u->part.have > u->part.noted && part_note(&u->part))
        log_line(LOG_WARNING, "update", "a part of an update is fetched again at the next start");
    updater_stand_down(u);
    bytes_clear(&u->manifest);
    bytes_clear(&u->signature);
    bytes_clear(&u->hand_manifest);
    bytes_clear(&u->hand_signature);
    bytes_clear(&u->last);
    free(u);
}
