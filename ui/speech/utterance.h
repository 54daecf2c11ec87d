/* One thing to say: made by narrate.h, spoken by voice.h. Holds what a resident typed or is told:
 * whoever owns one wipes it. */
#pragma once

#include <stdbool.h>

#include "ui/speech/say.h"

enum { UTTERANCE_MAX = 6144, PROMPT_MAX = 40 };

struct utterance {
    enum say_language language;
    char voice[SAY_VOICE];   /* of another language that stands in English's place, or "" */
    bool is_private;         /* `text` only into headphones; `open` into the room */
    char prompt[PROMPT_MAX]; /* a recorded voice that says all of `text`; "": none */
    char text[UTTERANCE_MAX];
    char open[UTTERANCE_MAX]; /* "" unless private */
};

/* What may be heard: with headphones, or by everyone in the room. */
static inline const char *utterance_words(const struct utterance *u, bool has_headphones)
{
    return u->is_private && !has_headphones ? u->open : u->text;
}
