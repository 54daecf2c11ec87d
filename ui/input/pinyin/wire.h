/* What kiosk and pinyin helper say to each other: a datagram each way on a SOCK_SEQPACKET pair.
 *
 *   question  'Q' version flags most serial(be32) length letters
 *   answer    'A' version 0 count serial(be32) { letters length text } x count
 *
 * One byte each where nothing else stands. Either end reads foreign bytes: one mistake, and the whole
 * message is refused. Pure functions, any thread. */
#pragma once

#include "ui/input/pinyin/speller.h"

enum { WIRE_VERSION = 1, WIRE_QUESTION_MAX = 9 + SPELLER_LETTERS_MAX };
enum { WIRE_ANSWER_MAX = 8 + SPELLER_CANDIDATES_MAX * (2 + SPELLER_TEXT_MAX - 1) };

struct wire_question {
    uint32_t serial;
    unsigned flags;
    size_t most; /* 1 to SPELLER_CANDIDATES_MAX */
    char letters[SPELLER_LETTERS_MAX + 1];
};

/* 1 to 32 of a-z and ', not beginning with ' and without two of them in a row. */
bool wire_letters_are_good(const char *letters);

/* Returns the length written into `out` (WIRE_QUESTION_MAX, WIRE_ANSWER_MAX bytes). */
size_t wire_put_question(uint8_t *out, const struct wire_question *question);
size_t wire_put_answer(uint8_t *out, uint32_t serial, const struct speller_answer *answer);
/* 0 or -EBADMSG. An answer must fit its question: serial, count, letters. */
NODISCARD int wire_get_question(struct wire_question *out, const uint8_t *data, size_t length);
NODISCARD int wire_get_answer(struct speller_answer *out, const uint8_t *data, size_t length,
                              const struct wire_question *question);
