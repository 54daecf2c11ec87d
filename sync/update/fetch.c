/* One piece at a time: asked for by its bytes, taken when it is exactly those. */
#include <stdio.h>
#include <string.h>

#include "firmware/base/log.h"
#include "sync/update/inside.h"

enum { PIECE_LIMIT_MS = 10 * 60 * 1000, UNREACHED_SAID = 3 };

/* NULL: it is the piece that was asked for. */
static const char *fault_of(const struct updater *u, const struct answer *a)
{
    int64_t length = a->range_to - a->range_from + 1;
    if (a->transport == TRANSPORT_TOO_LARGE)
        return "the platform sent more than was asked for";
    if (a->transport != TRANSPORT_OK)
        return "the platform cannot be reached";
    if (!a->has_epoch)
        return "something else answers in the platform's place";
    switch (a->status) {
    case 206:
        break;
    case 200:
        return "the platform does not answer in pieces";
    case 301:
    case 302:
    case 303:
    case 307:
    case 308:
        return "the platform points elsewhere, and that is not followed";
    case 401:
    case 403:
        return "the platform refuses this kiosk";
    case 404:
        return "the platform does not have the file that the county offers";
    case 416:
        return "the platform's file is shorter than the county's document says";
    default:
        return "the platform is busy or out of order";
    }
    if (a->range_of != u->wanted.size)
        return "the platform's file has another size than the county's document says";
    if (a->range_from != u->part.have || length > UPDATE_PIECE_BYTES ||
        a->body.length != (size_t)length)
        return "the platform sent another piece than was asked for";
    return NULL;
}

/* A line that breaks now and then is no trouble; one that stays away is. */
static void note_fault(struct updater *u, const char *fault, const struct answer *a)
{
    int64_t now = updater_now(u);
    bool is_line = a->transport == TRANSPORT_DOWN;
    u->due_ms = a->retry_after_ms >= 0 ? wait_spread(now, a->retry_after_ms, u->o.chance)
                                       : backoff_fail(&u->backoff, now, u->o.chance);
    if (!is_line || u->backoff.count >= UNREACHED_SAID)
        updater_complain(u, "%s", fault);
}

static void piece_done(void *context, struct answer *a)
{
    struct updater *u = context;
    u->is_flying = false;
    const char *fault = fault_of(u, a);
    if (fault) {
        note_fault(u, fault, a);
        return;
    }
    backoff_clear(&u->backoff);
    u->trouble[0] = 0;
    if (part_add(&u->part, a->body.data, a->body.length)) {
        part_close(&u->part); /* opened again from what the disk surely has */
        u->due_ms = backoff_fail(&u->backoff, updater_now(u), u->o.chance);
        updater_complain(u, "the update cannot be written to the disk");
        return;
    }
    int64_t took = updater_now(u) - u->sent_ms, pace = (int64_t)a->body.length * 1000 / u->rate;
    u->due_ms = updater_now(u) + (took < pace ? pace - took : 0);
}

void fetch_piece(struct updater *u)
{
    char sum[2 * SHA256_BYTES + 1];
    struct request r = { .lane = LANE_BULK,
                         .method = "GET",
                         .limit_ms = PIECE_LIMIT_MS,
                         .answer_max = UPDATE_PIECE_BYTES,
                         .done = piece_done,
                         .context = u };
    int64_t to = u->part.have + UPDATE_PIECE_BYTES;
    hex_encode(sum, u->wanted.sha256, SHA256_BYTES);
    snprintf(r.path, sizeof(r.path), "/v1/updates/%s", sum);
    request_header(&r, "Range: bytes=%lld-%lld", (long long)u->part.have,
                   (long long)(to < u->wanted.size ? to : u->wanted.size) - 1);
    u->sent_ms = updater_now(u);
    int failed = u->o.link->wire->send(u->o.link->wire, &r);
    u->is_flying = !failed;
    if (failed)
        u->due_ms = backoff_fail(&u->backoff, updater_now(u), u->o.chance);
}
