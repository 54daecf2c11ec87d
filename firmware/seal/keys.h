/* One key of the county. Inside firmware/seal only. */
#pragma once

#include "firmware/seal/inside.h"

struct seal_key {
    char id[SEAL_KEY_ID];
    bool is_escrow;
    int64_t not_before_ms, not_after_ms;
    X509 *certificate;
};

/* The county or escrow key that is valid now, or NULL. */
const struct seal_key *seal_keys_pick(const struct seal_keys *k, bool is_escrow,
                                      int64_t now_wall_ms);
