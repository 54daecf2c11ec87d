/* What the county's registers hold of its residents, for the county in a box: a file in place of the real registers.
 * Known to county-open alone: the server never sees it. */
#pragma once

#include <jansson.h>

#include "firmware/base/bytes.h"

enum { HOLDINGS_BYTES = 4 * 1024 * 1024 };

/* The sealed answer to an opened question (sync/api/live-question.md): of the papers it asks for, those held for that
 * person, under the key that it brought. `holdings` may be NULL: none are held. 0, -EBADMSG when it is no question of
 * that kiosk with that id, or a fault. */
NODISCARD int holdings_answer(struct bytes *reply, const json_t *holdings, const json_t *question,
                              const char *kiosk, const char *id);
