/* The county's kiosks: who they are, how they are, who may still come, and which firmware they get. Tables of its own in the
 * platform's database. */
#pragma once

#include "tests/platform/platform.h"

/* Tables, and the folder with bundles (NULL: this county rolls nothing out). */
NODISCARD int fleet_begin(struct platform *p, const char *updates_dir);
void fleet_end(struct platform *p);

/* fleet.c; inside the lock and a transaction */
NODISCARD int fleet_note(struct platform *p, const char *kiosk, const json_t *heartbeat);
/* The same for one event: when it was, by the kiosk's clock. */
NODISCARD int fleet_note_event(struct platform *p, const char *kiosk, const char *install_id,
                               int64_t n, int64_t at_ms);
void fleet_list(struct platform *p, const struct request_in *q, struct reply *r);
void fleet_one(struct platform *p, const struct request_in *q, struct reply *r);
void fleet_name(struct platform *p, const struct request_in *q, struct reply *r);

/* fleet_keys.c: codes and certificates */
/* Every certificate that is issued or seen is noted, so that all of a kiosk's can be revoked, those too that were never used.
 * Inside the lock, before it is handed out. */
NODISCARD int fleet_note_certificate(struct platform *p, const char *kiosk, const char *pem);
/* Was this one revoked? Locks. */
bool fleet_is_revoked(struct platform *p, const char *kiosk, const char *serial);
void fleet_revoke(struct platform *p, const struct request_in *q, struct reply *r);
void codes_list(struct platform *p, const struct request_in *q, struct reply *r);
void codes_make(struct platform *p, const struct request_in *q, struct reply *r);

/* rollouts.c */
/* Inside the lock: what a kiosk says of an update that it tried, and whether the roll-out goes on. */
NODISCARD int rollouts_hear(struct platform *p, const char *kiosk, const json_t *heartbeat);
/* Version of the document; 0: there is none. */
int64_t rollouts_version(struct platform *p);
/* GET /v1/updates and below: the signed list, a piece of a bundle. */
void rollouts_get(struct platform *p, const struct request_in *q, struct reply *r);
void rollouts_piece(struct platform *p, const struct request_in *q, struct reply *r,
                    const char *sha256_text);
void rollouts_list(struct platform *p, const struct request_in *q, struct reply *r);
void rollouts_make(struct platform *p, const struct request_in *q, struct reply *r);
void rollouts_move(struct platform *p, const struct request_in *q, struct reply *r);
/* Once a minute: stages that are over. Locks. */
void rollouts_tick(struct platform *p);
