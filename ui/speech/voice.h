/* The kiosk's voice: the client of the speech program.
 *
 * Owned by the main thread. Never waits for the program: a request that cannot be handed over at
 * once is dropped and the program ended and started again, later each time it dies. Starting one
 * takes about 1 ms. What was said last is kept for "repeat" in locked memory and wiped by
 * voice_reset(). */
#pragma once

#include "firmware/base/clock.h"
#include "ui/speech/utterance.h"

struct voice; /* body in voice.c */

enum { VOICE_VOLUME_DEFAULT = 5, VOICE_VOLUME_MAX = 10, VOICE_TRANSCRIPT = 32 };

struct voice_config {
    const char *program; /* path of `speech`; NULL: nothing is spoken, the transcript is all */
    const char *assets;  /* folder of readings.tsv and recorded prompts */
    const struct clock *clock;
    bool keeps_transcript; /* for the robot; host board only */
};

/* Starts the program. It is not needed for success: without it the kiosk is silent. */
NODISCARD int voice_new(struct voice **out, const struct voice_config *config);
void voice_free(struct voice *v); /* ends the program; wipes; NULL is fine */
AUTO_DEFINE(struct voice, voice_free)

/* Says it instead of whatever is being said. Private words go out only while headphones are in;
 * without them the utterance's open words do. */
void voice_say(struct voice *v, const struct utterance *u);
void voice_stop(struct voice *v);
/* The last utterance again; private words by the headphones of now. */
void voice_repeat(struct voice *v);
/* Taking them out ends private speech at once. */
void voice_set_headphones(struct voice *v, bool is_in);
void voice_set_volume(struct voice *v, int volume); /* 0 to 10; clamped */
void voice_set_slow(struct voice *v, bool is_slow); /* elder version */
int voice_volume(const struct voice *v);
bool voice_has_headphones(const struct voice *v);
/* The visit is over: silence, settings back to their defaults (headphones are where they are),
 * nothing remembered, and a program that has heard nothing yet. */
void voice_reset(struct voice *v);

/* Readable when the program has said something; -1: none runs. Changes with each start. */
int voice_fd(const struct voice *v);
/* Reads what it said, notices its death, starts it when that is due. */
void voice_poll(struct voice *v);
/* Boot clock: when voice_poll() is due without the descriptor; INT64_MAX: never. */
int64_t voice_deadline_ms(const struct voice *v);

/* For status and tests. */
struct voice_state {
    bool is_running, is_ready, is_mute, is_speaking;
    uint32_t said, begun, ended; /* serials */
    int deaths;                  /* since it last was ready */
};
struct voice_state voice_state(const struct voice *v);

/* ---- transcript ---------------------------------------------------------------------- */
struct voice_line {
    enum say_language language;
    bool is_private;    /* and was spoken in full */
    bool was_held_back; /* private, but only its open words were spoken */
    char words[UTTERANCE_MAX];
};
/* The i-th last utterance, 0 the newest; NULL: none. */
const struct voice_line *voice_transcript(const struct voice *v, size_t i);
/* How many there were since voice_reset(); a robot waits for it to grow. */
size_t voice_transcript_count(const struct voice *v);
