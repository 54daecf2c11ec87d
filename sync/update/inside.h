/* What the files of sync/update share. */
#pragma once

#include "sync/update/place.h"
#include "sync/update/updater.h"

enum { UPDATE_TROUBLE = 160 };

struct updater {
    struct updater_options o;
    struct bytes manifest, signature; /* as signed; they go beside the bundle */
    struct update_manifest offers;
    struct update wanted;
    bool has_wanted, is_downgrade;
    enum updater_state state;
    char trouble[UPDATE_TROUBLE]; /* a sentence; "" none */
    struct part part;
    bool is_flying, was_hour;
    struct sha256_sum *sum; /* while checking */
    int64_t summed;
    int64_t rate, due_ms, look_ms, sent_ms; /* boot clock */
    struct backoff backoff;
    bool is_by_hand;                            /* what is wanted came with staff */
    int64_t hand_ms;                            /* boot clock: when they last brought a piece */
    struct bytes hand_manifest, hand_signature; /* theirs */
    struct bytes
        last; /* JSON of the installer's last answer, with the sum of its file; empty: none */
    bool is_last_loaded;
};

int64_t updater_now(const struct updater *u);
void updater_complain(struct updater *u, const char *format, ...) PRINTF_LIKE(2, 3);
/* updater.c: what was wanted is not any more; nothing on the disk is touched. */
void updater_stand_down(struct updater *u);
/* What the county offers, chosen anew; while staff bring something it waits. */
void updater_choose(struct updater *u);
/* Is there room for the rest of what is wanted? Says so when there is none. */
bool updater_is_room(struct updater *u);
/* hand.c: pieces that stopped coming are given up; what lay ready before the start is remembered. */
void hand_look(struct updater *u);
void hand_remember(struct updater *u);
/* fetch.c: send for the next piece. */
void fetch_piece(struct updater *u);
/* outcome.c */
/* The installer's last answer, from the store. */
void outcome_load(struct updater *u);
/* Take what the installer left, tell it once, tidy up. True: something was taken. */
bool outcome_take(struct updater *u);
/* Was this very file tried here, so that it is not again? Not so when it was installed and its slot lost since (three starts that were
 * cut, and the slot before runs), a few times. */
bool outcome_bars(const struct updater *u, const uint8_t sha256_of[SHA256_BYTES]);
/* Whole fetches of the wanted file that turned out wrong. */
int wrong_sums(const struct updater *u);
void wrong_sum_note(struct updater *u);
