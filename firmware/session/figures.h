/* What a visit adds to the figures of the month (docs/figures.md): counts alone, each of a word, none of a person. A matter
 * that may be done without a name adds nothing but itself: how much it needs would tell which one it was. */
#pragma once

struct session;

/* An application was stored, and is counted once. */
void figures_done(const struct session *s);
/* The visit ends: was a form left that had been begun, and where? Before the wipe. */
void figures_left(const struct session *s);
