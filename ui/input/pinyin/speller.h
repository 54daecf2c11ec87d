/* Pinyin for the kiosk: letters in, Chinese out. The engine (libpinyin, GPL-3.0-or-later) is a program
 * of its own, build/pinyin, at the other end of a socket pair; nothing of it is linked here.
 *
 * A speller owns one helper process. It belongs to one worker thread: the helper dies with the thread
 * that started it (PR_SET_PDEATHSIG). Calls block for as long as they say. What is typed is person
 * data: it stands in locked memory here, the helper keeps none of it between two questions, and
 * speller_end() ends the helper with all that it ever saw. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "firmware/base/clock.h"
#include "firmware/base/fault.h"

enum {
    SPELLER_LETTERS_MAX = 32,
    SPELLER_CANDIDATES_MAX = 40,
    SPELLER_TEXT_MAX = 64, /* bytes of one candidate with its NUL */
    SPELLER_DEADLINE_MS = 300,
    SPELLER_START_MS = 3000 /* until a helper that was just started must answer */
};

enum speller_outcome {
    SPELLER_E_GONE =
        1, /* the helper died, hung or talked nonsense and was ended: ask again later */
};

enum speller_flag {
    SPELLER_NAME = 1,     /* a name is being typed */
    SPELLER_FIRST = 2,    /* and nothing of it stands yet: surnames first */
    SPELLER_FUZZY_NG = 4, /* an/ang, en/eng, in/ing are one, and l/n */
};

struct speller_candidate {
    char text[SPELLER_TEXT_MAX]; /* UTF-8 */
    uint8_t letters;             /* how many of the letters it stands for, at least 1 */
};

struct speller_answer {
    size_t count;
    struct speller_candidate list[SPELLER_CANDIDATES_MAX]; /* the likeliest first, no text twice */
};

struct speller; /* body in speller.c */

struct speller_config {
    const char *program;       /* path of build/pinyin */
    const struct clock *clock; /* outlives the speller; for the pause before another start */
    /* Words of the catalogue in use, a line each: the word, a tab, the initials of its pinyin
     * ("护理补贴\thlbt\n"). Copied. NULL: the helper reads assets/catalogue/catalogue.json itself. */
    const char *words;
};

/* Start the first helper; does not wait for it. 0 or a fault. */
NODISCARD int speller_new(struct speller **out, const struct speller_config *config);
void speller_free(struct speller *s); /* ends the helper; NULL is fine */
AUTO_DEFINE(struct speller, speller_free)

/* What may be meant by `letters`: 1 to 32 of a-z and ' (v stands for ü), all that is not yet turned
 * into Chinese. `flags` of enum speller_flag, `most` candidates at most. Stateless: who chooses a candidate
 * drops its letters and asks again with the rest; equal questions have equal answers.
 * Blocks for SPELLER_DEADLINE_MS, for the first answer of a helper SPELLER_START_MS.
 * 0, SPELLER_E_GONE (out is empty; at once while a dead helper's pause lasts), -EINVAL for other letters. */
NODISCARD int speller_ask(struct speller *s, struct speller_answer *out, const char *letters,
                          unsigned flags, size_t most);

/* The visit is over: kill the helper, wipe, and start a fresh one so that the first key of the next
 * resident finds it ready. Blocks some milliseconds (kill and reap). */
void speller_end(struct speller *s);

/* ---- for tests ----------------------------------------------------------------------------------- */
int speller_pid(const struct speller *s); /* 0: none is running */
