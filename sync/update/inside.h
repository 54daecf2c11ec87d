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
    struct bytes
        last; /* JSON of the installer's last answer, with the sum of its file; empty: none */
    bool is_last_loaded;
};

int64_t updater_now(const struct updater *u);
void updater_complain(struct updater *u, const char *format, ...) PRINTF_LIKE(2, 3);
/* fetch.c: send for the next piece. */
void fetch_piece(struct updater *u);
/* outcome.c */
/* The installer's last answer, from the store. */
void outcome_load(struct updater *u);
/* Take what the installer left, tell it once, tidy up. True: something was taken. */
bool outcome_take(struct updater *u);
/* Has this very file been tried here before? */
bool outcome_is_of(const struct updater *u, const uint8_t sha256_of[SHA256_BYTES]);
/* Whole fetches of the wanted file that turned out wrong. */
int wrong_sums(const struct updater *u);
void wrong_sum_note(struct updater *u);
