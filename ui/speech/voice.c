#include "ui/speech/voice.h"

#include <stdio.h>
#include <string.h>

#include "firmware/base/locked.h"
#include "firmware/base/text.h"
#include "ui/speech/voice_program.h"

enum { RATE_NORMAL = 160, RATE_SLOW = 130 };

struct voice {
    struct voice_config config;
    struct program program;
    bool has_headphones, is_slow;
    int volume;

    /* person data from here on: locked, wiped */
    struct utterance last;
    bool has_last;
    bool is_private_out; /* private words may be sounding */
    struct speech_request request;
    struct voice_state state;
    size_t transcript_count;
    struct voice_line transcript[];
};

static size_t size_of(const struct voice_config *config)
{
    size_t lines = config->keeps_transcript ? VOICE_TRANSCRIPT : 0;
    return sizeof(struct voice) + lines * sizeof(struct voice_line);
}

static int64_t now_of(const struct voice *v)
{
    return v->config.clock->boot_ms(v->config.clock);
}

static void start(struct voice *v)
{
    int before = v->program.fd;
    program_start(&v->program, now_of(v));
    if (v->program.fd != before)
        v->state.is_ready = v->state.is_mute = v->state.is_speaking = false;
}

int voice_new(struct voice **out, const struct voice_config *config)
{
    struct voice *v = locked_new(size_of(config));
    if (!v)
        return fault_raise(-ENOMEM);
    v->config = *config;
    v->volume = VOICE_VOLUME_DEFAULT;
    program_init(&v->program, config->program, config->assets);
    start(v);
    *out = v;
    return 0;
}

void voice_free(struct voice *v)
{
    if (!v)
        return;
    program_end(&v->program, now_of(v), true);
    locked_free(v, size_of(&v->config));
}

/* ---- saying -------------------------------------------------------------------------- */

static void note(struct voice *v, const struct utterance *u, const char *words)
{
    if (!v->config.keeps_transcript)
        return;
    struct voice_line *line = &v->transcript[v->transcript_count++ % VOICE_TRANSCRIPT];
    explicit_bzero(line, sizeof(*line));
    line->language = u->language;
    line->is_private = u->is_private && v->has_headphones;
    line->was_held_back = u->is_private && !v->has_headphones;
    snprintf(line->words, sizeof(line->words), "%s", words);
}

static void send_words(struct voice *v, const struct utterance *u)
{
    const char *words = utterance_words(u, v->has_headphones);
    struct speech_request *r = &v->request;
    bool is_whole = words == u->text;
    note(v, u, words);
    *r = (struct speech_request){ .verb = SPEECH_SAY,
                                  .serial = ++v->state.said,
                                  .language = u->language,
                                  .is_private = u->is_private && is_whole,
                                  .volume = v->volume,
                                  .rate = v->is_slow ? RATE_SLOW : RATE_NORMAL };
    snprintf(r->prompt, sizeof(r->prompt), "%s", is_whole ? u->prompt : "");
    memcpy(r->voice, u->voice, sizeof(r->voice));
    (void)text_copy(r->text, sizeof(r->text), words);
    v->is_private_out = r->is_private;
    start(v);
    v->state.is_speaking = program_send(&v->program, r, now_of(v));
    explicit_bzero(r, sizeof(*r));
}

void voice_say(struct voice *v, const struct utterance *u)
{
    if (!*u->text)
        return;
    if (u != &v->last)
        v->last = *u;
    v->has_last = true;
    send_words(v, &v->last);
}

void voice_repeat(struct voice *v)
{
    if (v->has_last)
        send_words(v, &v->last);
}

void voice_stop(struct voice *v)
{
    struct speech_request *r = &v->request;
    *r = (struct speech_request){ .verb = SPEECH_STOP, .serial = v->state.said };
    v->is_private_out = false;
    if (v->program.fd >= 0)
        (void)program_send(&v->program, r, now_of(v));
}

/* ---- settings ------------------------------------------------------------------------ */

void voice_set_headphones(struct voice *v, bool is_in)
{
    if (v->has_headphones && !is_in && v->is_private_out)
        voice_stop(v);
    v->has_headphones = is_in;
}

void voice_set_volume(struct voice *v, int volume)
{
    v->volume = volume < 0 ? 0 : volume > VOICE_VOLUME_MAX ? VOICE_VOLUME_MAX : volume;
}

void voice_set_slow(struct voice *v, bool is_slow)
{
    v->is_slow = is_slow;
}

int voice_volume(const struct voice *v)
{
    return v->volume;
}

bool voice_has_headphones(const struct voice *v)
{
    return v->has_headphones;
}

void voice_reset(struct voice *v)
{
    program_end(&v->program, now_of(v), true);
    explicit_bzero(&v->last, sizeof(v->last));
    explicit_bzero(&v->request, sizeof(v->request));
    if (v->config.keeps_transcript)
        explicit_bzero(v->transcript, VOICE_TRANSCRIPT * sizeof(v->transcript[0]));
    v->transcript_count = 0;
    v->has_last = v->is_private_out = false;
    v->volume = VOICE_VOLUME_DEFAULT;
    v->is_slow = false;
    start(v);
}

/* ---- the program's side -------------------------------------------------------------- */

int voice_fd(const struct voice *v)
{
    return v->program.fd;
}

static void hear(struct voice *v, const struct speech_answer *a)
{
    switch (a->kind) {
    case SPEECH_READY:
        v->state.is_ready = true;
        break;
    case SPEECH_MUTE:
        v->state.is_mute = true;
        break;
    case SPEECH_BEGIN:
        v->state.begun = a->serial;
        break;
    case SPEECH_END:
    case SPEECH_STOPPED:
        v->state.ended = a->serial;
        if (a->serial == v->state.said)
            v->state.is_speaking = v->is_private_out = false;
        break;
    default:
        break;
    }
}

void voice_poll(struct voice *v)
{
    struct speech_answer answer;
    while (program_receive(&v->program, &answer, now_of(v)))
        hear(v, &answer);
    if (v->program.fd < 0) {
        v->state.is_ready = v->state.is_speaking = v->is_private_out = false;
        start(v);
    }
}

int64_t voice_deadline_ms(const struct voice *v)
{
    return v->config.program && v->program.fd < 0 ? v->program.due_ms : INT64_MAX;
}

struct voice_state voice_state(const struct voice *v)
{
    struct voice_state state = v->state;
    state.is_running = v->program.fd >= 0;
    state.deaths = v->program.deaths;
    return state;
}

/* ---- transcript ---------------------------------------------------------------------- */

const struct voice_line *voice_transcript(const struct voice *v, size_t i)
{
    if (i >= v->transcript_count || i >= VOICE_TRANSCRIPT)
        return NULL;
    return &v->transcript[(v->transcript_count - 1 - i) % VOICE_TRANSCRIPT];
}

size_t voice_transcript_count(const struct voice *v)
{
    return v->transcript_count;
}
