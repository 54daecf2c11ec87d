/* A bundle that staff bring: the same part on the disk, the same sum, the same announcement; only who brings the pieces is
 * another. */
#include <stdio.h>
#include <string.h>

#include "firmware/base/log.h"
#include "sync/queue/events.h"
#include "sync/update/inside.h"

enum { GIVEN_UP_MS = 10 * 60 * 1000 };

static const struct update *find(const struct update_manifest *m, const uint8_t *sum,
                                 const char *board)
{
    for (size_t i = 0; i < m->count; i++)
        if (!memcmp(m->updates[i].sha256, sum, SHA256_BYTES) && !strcmp(m->updates[i].board, board))
            return &m->updates[i];
    return NULL;
}

/* As the installer will judge, so that nobody copies for nothing. Its judgement counts, not this one. */
static int judge(const struct updater *u, struct update *out, bool *is_back,
                 const struct bytes *manifest, const uint8_t *sum)
{
    static struct update_manifest m; /* large; one thread */
    char complaint[UPDATE_COMPLAINT];
    if (update_manifest_read(&m, manifest->data, manifest->length, complaint))
        return HAND_E_FORMAT;
    const struct update *found = find(&m, sum, u->o.board);
    if (!found || !update_version_is(u->o.version))
        return HAND_E_OTHER;
    int order = update_version_compare(found->version, u->o.version);
    if (!order)
        return HAND_E_SAME;
    if (order < 0 && !update_is_way_back(found, u->o.version))
        return HAND_E_OLDER;
    *out = *found;
    *is_back = order < 0;
    return 0;
}

static bool is_waiting(const struct updater *u)
{
    struct bytes result AUTO_BYTES = { 0 };
    uint8_t sum[SHA256_BYTES];
    return u->state == UPDATER_CHECKING || place_is_ready(u->o.disk, sum) ||
           !place_get(u->o.disk, PLACE_RESULT, &result, PLACE_SMALL_MAX);
}

static int keep_papers(struct updater *u, const struct bytes *manifest,
                       const struct bytes *signature)
{
    u->hand_manifest.length = u->hand_signature.length = 0;
    int r = bytes_append(&u->hand_manifest, manifest->data, manifest->length);
    return r ? r : bytes_append(&u->hand_signature, signature->data, signature->length);
}

/* What the network was about comes up again when this is over. */
static void give_up(struct updater *u)
{
    if (u->part.file && u->part.have > u->part.noted)
        (void)!part_note(&u->part); /* the network may bring the rest of the same file */
    updater_stand_down(u);
    updater_choose(u);
}

int updater_hand_begin(struct updater *u, int64_t *have, const struct bytes *manifest,
                       const struct bytes *signature, const uint8_t sha256_of[SHA256_BYTES])
{
    struct update wanted;
    bool is_back;
    *have = 0;
    if (is_waiting(u))
        return HAND_E_WAITS;
    int r = judge(u, &wanted, &is_back, manifest, sha256_of);
    if (!r)
        r = keep_papers(u, manifest, signature);
    if (r)
        return r;
    updater_stand_down(u);
    u->wanted = wanted;
    u->is_downgrade = is_back;
    u->has_wanted = u->is_by_hand = true;
    u->state = UPDATER_FETCHING;
    u->hand_ms = updater_now(u);
    if (!updater_is_room(u)) {
        give_up(u);
        return HAND_E_ROOM;
    }
    if (part_open(&u->part, u->o.disk, &wanted)) {
        give_up(u);
        return HAND_E_DISK;
    }
    *have = u->part.have;
    events_add(u->o.store, "update-by-hand", "%s", wanted.version);
    return 0;
}

int updater_hand_piece(struct updater *u, int64_t at, const void *data, size_t length)
{
    bool is_next = u->is_by_hand && u->state == UPDATER_FETCHING && u->part.file &&
                   at == u->part.have && (int64_t)length <= u->wanted.size - at;
    if (!is_next || !length)
        return HAND_E_PLACE;
    u->hand_ms = updater_now(u);
    if (!part_add(&u->part, data, length))
        return 0;
    give_up(u);
    return HAND_E_DISK;
}

int updater_hand_end(struct updater *u, bool is_whole)
{
    if (!u->is_by_hand || u->state != UPDATER_FETCHING)
        return HAND_E_PLACE;
    if (is_whole && u->part.have != u->wanted.size)
        return HAND_E_PLACE;
    if (!u->part.file || part_note(&u->part)) {
        give_up(u);
        return HAND_E_DISK;
    }
    if (is_whole) {
        u->state = UPDATER_CHECKING;
        u->summed = 0;
    } else {
        part_close(&u->part); /* it stays for a while: the stick may come back */
    }
    return 0;
}

void hand_look(struct updater *u)
{
    bool is_late = updater_now(u) >= u->hand_ms + GIVEN_UP_MS;
    if (!is_late || !u->hand_ms)
        return;
    if (u->is_by_hand && u->state == UPDATER_FETCHING)
        log_line(LOG_WARNING, "update", "nobody brings the rest of the update any more");
    else if (u->is_by_hand || u->has_wanted)
        return;
    u->hand_ms = 0;
    give_up(u);
}

void hand_remember(struct updater *u)
{
    if (!place_is_by_hand(u->o.disk, &u->wanted))
        return;
    u->has_wanted = u->is_by_hand = true;
    u->state = UPDATER_READY;
}
