/* What of an opened item counts, and nothing of anybody: the one thing that leaves county-open for figures and issues.
 * Pure; any thread. */
#pragma once

#include <jansson.h>

/* Words that may stand in an answer: what a kiosk writes for reasons, differences and tags of a rating. */
enum { TALLY_WORD = 24, TALLY_CODE = 24, TALLY_VILLAGE = 24, TALLY_CAUSES = 8 };

/* An object with, where the item says so: `matter` (code), `way` (guide, assist, act, do), `service` (what was helped
 * with), `village` (id), `papers` (that were looked up instead of asked for), `links` (forms that a bundle spared),
 * `level` (of a rating), `trips`, `causes` (reason, differences, tags). Texts are words of a-z, 0-9 and dashes, numbers
 * are bounded: whoever sealed the item, no name and no number of a person fits into them unseen. Never NULL but on no
 * memory. */
json_t *tally_of(const json_t *item);
