/* What a page says to somebody who does not see it: from the widgets alone, in words of every day.
 *
 * Every part of an utterance is public or private. Private is what comes from a field's value, what
 * a mask covers, answers on the review and of the county, keys that type, and all words of a matter
 * that by itself tells something of the person (place.is_delicate). Private parts are left out of
 * the open words and one neutral sentence stands for them (EN 301 549 5.1.3.9). What a field masks
 * is never told in full, not even into headphones (5.1.3.8).
 *
 * The narrator remembers where it was by names and hashes, never by words. Main thread only, since
 * texts come from tr(), whose language must be that of the page. */
#pragma once

#include "firmware/session/view.h"
#include "firmware/slip/slip.h"
#include "ui/speech/utterance.h"
#include "ui/widget/focus.h"

struct narrate_place {
    int key; /* the page's: another number, another page */
    enum screen screen;
    enum say_language language;
    const char *voice; /* of another language that stands in English's place; NULL or "": none */
    bool is_delicate;  /* disability, poverty, illness: the matter's own words are private */
};

enum { NARRATED_NOTICES = 8 };

/* Zeroed: nothing was said yet. */
struct narrator {
    bool has_begun, has_wrapped; /* has_wrapped: set it when a move went over the ring's end */
    int key;
    struct focus focus;
    size_t value_bytes, value_count; /* of the field being typed into */
    uint64_t value_hash, choice_hash, error_hash, candidate_hash;
    size_t notice_count;
    uint64_t notices[NARRATED_NOTICES];
};

/* Call after each building of the page and each move; `at` is the stop in focus, or FOCUS_NONE.
 * True: `out` is to be said. In this order: another page; what was typed, what letters may mean; errors that have come;
 * another stop; a choice made; a notice that has come. */
bool narrate(struct narrator *n, const struct focus_map *m, int at,
             const struct narrate_place *place, struct utterance *out);
/* The stop in focus once more, with everything known of it. */
void narrate_stop(const struct focus_map *m, int at, const struct narrate_place *place,
                  struct utterance *out);
/* The whole page from its title, as when it came. */
void narrate_page(const struct focus_map *m, int at, const struct narrate_place *place,
                  struct utterance *out);
/* Why something does not work. */
void narrate_why(const struct narrate_place *place, const char *why, struct utterance *out);
/* All that stands on a slip, line by line (EN 301 549 5.1.3.16). Private. */
void narrate_slip(const struct slip *slip, enum say_language language, struct utterance *out);
/* The first stop with an error, to move to when errors come; FOCUS_NONE. */
int narrate_error_stop(const struct focus_map *m);
/* The visit is over. */
void narrate_forget(struct narrator *n);
