/* What the files about roll-outs share. Inside the platform's lock. */
#pragma once

#include "firmware/base/json.h"
#include "firmware/update/manifest.h"
#include "tests/platform/fleet.h"
#include "tests/platform/fleet_inside.h"
#include "tests/platform/rollout.h"

struct rollout {
    int64_t id, size, stage_ms;
    char version[UPDATE_VERSION], board[UPDATE_BOARD], first[KIOSK_ID_MAX + 1], state[12];
    char sha256[HASH_HEX + 1], replaces[300], file[256], reason[200];
    int stage, limit, patience, from_hour, to_hour;
    int64_t hold_s;
};

#define ROLLOUT_SELECT                                                                          \
    "SELECT id, size, stage_ms, version, board, first, state, sha256, replaces, file, reason, " \
    "stage, fail_limit, patience, hold_s, from_hour, to_hour FROM rollout "

static inline int64_t rollout_now_ms(void)
{
    return system_clock.wall_ms(&system_clock);
}

/* Column for column what rollout_read() takes. */
void rollout_read(struct rollout *o, sqlite3_stmt *q);
bool rollout_find(struct platform *p, struct rollout *o, int64_t id);

/* Its entry of the signed list (sync/api/updates). */
json_t *rollout_entry(const struct rollout *o);

/* How far it has come, by what kiosks said of themselves in the last week. */
void rollout_look(struct platform *p, struct rollout_facts *f, const struct rollout *o);
/* Both sign the list anew. 0 or a fault. */
NODISCARD int rollout_set_stage(struct platform *p, int64_t id, int stage);
NODISCARD int rollout_set_state(struct platform *p, int64_t id, const char *state,
                                const char *reason);
