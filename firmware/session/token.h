/* Names of things under way, unguessable and used once: requests to the queue process, slips, questions. */
#pragma once

#include "firmware/base/ident.h"
#include "firmware/base/text.h"

enum { TOKEN_BYTES = 16, TOKEN_TEXT = 2 * TOKEN_BYTES + 1 };

static inline void token_make(char out[TOKEN_TEXT])
{
    uint8_t bytes[TOKEN_BYTES];
    random_bytes(bytes, sizeof(bytes));
    hex_encode(out, bytes, sizeof(bytes));
}
