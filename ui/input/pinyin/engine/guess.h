/* libpinyin behind one struct: its only user. Nothing is learned and no file is written: no user
 * folder, no training, no DYNAMIC_ADJUST, and no words of ours inside: libdb, which holds them, would spill
 * more than 256 kB into a temporary file. One thread. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "firmware/base/fault.h"
#include "ui/input/pinyin/speller.h"

struct guess; /* body in guess.c */

/* Opens the system's tables. 0, or -ENOENT without them. Some 20 ms. */
NODISCARD int guess_new(struct guess **out);
void guess_free(struct guess *g); /* NULL is fine */
AUTO_DEFINE(struct guess, guess_free)

/* How a word is read, "yin'hang" for 银行: by the longest words that the tables know in it; where a character alone
 * has several readings, `initials` (one letter each, may be NULL) choose. False when something in it is unknown. */
bool guess_reading(struct guess *g, const char *word, const char *initials, char *out, size_t room);

/* The tables' own order: whole sentences, then words, the longest first. Returns how many of `room`. */
size_t guess_ask(struct guess *g, const char *letters, bool is_fuzzy_ng,
                 struct speller_candidate *out, size_t room);
/* The likeliest sentence over all letters; false if there is none or it does not fit. */
bool guess_sentence(struct guess *g, const char *letters, char *out, size_t room);
/* Forget the last question. */
void guess_forget(struct guess *g);
