/* What the files of pronunciation share. */
#pragma once

#include <stdint.h>

#include "ui/speech/say.h"

/* Where reading and writing are. `failed` keeps the first -ENOMEM. */
struct saying {
    const char *start, *at, *end;
    const struct say_words *words;
    struct said *out;
    enum say_language voice; /* of the piece that is being written */
    int failed;
};

void say_put(struct saying *s, const char *text);
void say_put_bytes(struct saying *s, const char *text, size_t length);
/* ", " or ". ", unless there is a pause already or nothing before it. */
void say_pause(struct saying *s, const char *mark);
/* A blank unless there is one. */
void say_blank(struct saying *s);
/* From here on this voice speaks. */
void say_voice(struct saying *s, enum say_language voice);

/* The character at p, U+0000 behind the end; `length` may be NULL. */
uint32_t say_peek(const struct saying *s, const char *p, size_t *length);
bool say_starts(const struct saying *s, const char *p, const char *prefix);

static inline bool is_digit(uint32_t c)
{
    return c >= '0' && c <= '9';
}
static inline bool is_letter(uint32_t c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/* One or two digits as a number. */
static inline int say_small(const char *digits, size_t count)
{
    return count == 1 ? digits[0] - '0' : 10 * (digits[0] - '0') + digits[1] - '0';
}

/* A number in words: 一千二百三十四, at most 12 digits. */
void say_quantity(struct saying *s, const char *digits, size_t count);
/* Digits and letters one by one, a pause behind each group. `groups` are lengths, the last repeats.
 * `one`: how a 1 is said among digits. */
void say_code(struct saying *s, const char *code, size_t count, const char *groups,
              const char *one);
/* What begins with a digit or a sign of money. False: nothing was taken. */
bool say_number_zh(struct saying *s);
bool say_number_en(struct saying *s);
/* Letters with digits, or capitals, that are read one by one. False: not such a thing. */
bool say_token(struct saying *s);
