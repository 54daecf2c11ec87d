/* How a text is pronounced: from what stands on the screen to what the speech engine reads rightly.
 *
 * The engine reads characters one by one with their commonest reading, and any number as one
 * quantity. Here words with several readings become syllables (银行 -> "yin2 hang2"), numbers become
 * what people say (an amount, a date, a quantity, or the digits of a code one by one in groups),
 * masks and signs become words, and each stretch of another language gets its own voice.
 *
 * Pure; any thread. Output is wiped by said_clear(), since it may hold what a person typed. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "firmware/base/bytes.h"

enum say_language { SAY_ZH, SAY_EN };
/* Name of a voice of the engine for another language of the screens: "ja"; "" the voice of the language itself. */
enum { SAY_VOICE = 12 };

/* ---- words with several readings ----------------------------------------------------- */
struct say_words; /* body in say_words.c */

enum { SAY_WORD_CHARACTERS_MAX = 8, SAY_COMPLAINT = 160 };

/* The table of assets/speech/readings.tsv: word, tab, a syllable with its tone for each character.
 * 0; -EINVAL: `complaint` names the line; -ENOMEM. Strict: a table with one wrong line is refused. */
NODISCARD int say_words_load(struct say_words **out, const char *text, size_t length,
                             char complaint[SAY_COMPLAINT]);
void say_words_free(struct say_words *w);
AUTO_DEFINE(struct say_words, say_words_free)
size_t say_words_count(const struct say_words *w);
/* The longest word that `text` begins with; NULL: none. `length` gets its bytes. */
const char *say_words_find(const struct say_words *w, const char *text, size_t *length);

/* ---- saying -------------------------------------------------------------------------- */
enum { SAY_PIECES_MAX = 96, SAY_TEXT_MAX = 8192 };

struct said_piece {
    enum say_language voice;
    size_t at; /* in `text`: a NUL-terminated stretch */
};

struct said {
    struct bytes text;
    size_t count;
    struct said_piece pieces[SAY_PIECES_MAX];
};

/* `text` is UTF-8 (ill-formed bytes are left out); what lies beyond SAY_TEXT_MAX bytes or
 * SAY_PIECES_MAX changes of voice is left out. `words` may be NULL. Out is cleared first. 0 or
 * -ENOMEM. */
NODISCARD int say_text(struct said *out, const struct say_words *words, enum say_language language,
                       const char *text);
/* The same for another language, of which nothing is known here: one stretch, as it stands but for masks. */
NODISCARD int say_plain(struct said *out, const char *text);
const char *said_piece(const struct said *s, size_t i);
void said_clear(struct said *s); /* wipes */
