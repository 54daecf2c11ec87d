#include "ui/speech/helper/serve.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "firmware/base/log.h"
#include "ui/speech/helper/engine.h"
#include "ui/speech/helper/prompts.h"
#include "ui/speech/helper/sound.h"
#include "ui/speech/request.h"

enum { LOOK_MS = 20 };

struct serving {
    struct server config;
    struct sound *sound;
    struct prompts *prompts;
    struct said said;
    struct speech_request request; /* the one that waits or is being said */
    uint32_t serial;               /* of what sounds */
    bool is_speaking, has_begun;
};

static void answer(struct serving *s, enum speech_answer_kind kind, uint32_t serial)
{
    char data[SPEECH_ANSWER_MAX];
    struct speech_answer a = { kind, serial };
    size_t length = speech_answer_write(data, &a);
    (void)!send(s->config.fd, data, length, MSG_NOSIGNAL | MSG_DONTWAIT);
}

static bool has_request(const struct serving *s, int wait_ms)
{
    struct pollfd p = { .fd = s->config.fd, .events = POLLIN };
    return poll(&p, 1, wait_ms) > 0;
}

/* ---- speaking ------------------------------------------------------------------------ */

/* Anything new on the socket ends what is being said: there is a queue of one. */
static bool take_samples(void *context, const int16_t *samples, size_t count)
{
    struct serving *s = context;
    if (has_request(s, 0))
        return false;
    sound_put(s->sound, samples, count);
    if (!s->has_begun)
        answer(s, SPEECH_BEGIN, s->serial);
    s->has_begun = true;
    return true;
}

static bool play(struct serving *s, int16_t *samples, size_t count)
{
    bool goes_on = take_samples(s, samples, count);
    free(samples);
    return goes_on;
}

/* Another language of the screens, by the engine alone; 1: it has no such voice, English is all there is. */
static int speak_other(struct serving *s, const struct speech_request *r)
{
    if (!engine_has_voice(r->voice))
        return 1;
    int failed = say_plain(&s->said, r->text);
    if (!failed)
        failed = engine_speak(&s->said, r->voice, r->rate, take_samples, s);
    if (failed < 0)
        log_line(LOG_ERROR, "speech", "voice %s says nothing: %d", r->voice, failed);
    said_clear(&s->said);
    return 0;
}

/* Sentence by sentence: recorded ones by their recording, others by the engine. A sentence that is
 * recorded with its mark, or without. */
static bool speak_sentence(struct serving *s, enum say_language language, int rate,
                           const char *text, size_t length)
{
    int16_t *samples;
    size_t count;
    while (length && text[length - 1] == ' ')
        length--;
    if (!prompts_find(s->prompts, language, text, length, &samples, &count))
        return play(s, samples, count);
    char *copy = strndup(text, length);
    int r = copy ? say_text(&s->said, s->config.words, language, copy) : -ENOMEM;
    if (!r)
        r = engine_speak(&s->said, "", rate, take_samples, s);
    if (r < 0)
        log_line(LOG_ERROR, "speech", "%zu bytes cannot be said: %d", length, r);
    said_clear(&s->said);
    if (copy)
        explicit_bzero(copy, length);
    free(copy);
    return !r;
}

static void speak_all(struct serving *s)
{
    const struct speech_request *r = &s->request;
    int16_t *samples;
    size_t count;
    if (*r->voice && !speak_other(s, r))
        return;
    if (*r->prompt && !prompts_read(s->prompts, r->language, r->prompt, &samples, &count)) {
        (void)play(s, samples, count);
        return;
    }
    for (const char *p = r->text; *p;) {
        size_t length = prompts_sentence(p);
        if (!speak_sentence(s, r->language, r->rate, p, length))
            return;
        p += length;
    }
}

static void transcribe(struct serving *s)
{
    const struct speech_request *r = &s->request;
    if (!say_text(&s->said, s->config.words, r->language, r->text))
        serve_print(r->language, r->is_private, &s->said);
    said_clear(&s->said);
    answer(s, SPEECH_BEGIN, s->serial);
}

static void stop(struct serving *s)
{
    if (!s->is_speaking)
        return;
    if (s->sound)
        sound_stop(s->sound);
    s->is_speaking = false;
    answer(s, SPEECH_STOPPED, s->serial);
}

static void speak(struct serving *s)
{
    struct speech_request *r = &s->request;
    s->serial = r->serial;
    s->is_speaking = true;
    s->has_begun = false;
    if (s->config.is_transcript) {
        transcribe(s);
    } else {
        sound_set_volume(s->sound, r->volume);
        speak_all(s);
    }
    explicit_bzero(r, sizeof(*r));
}

void serve_print(enum say_language language, bool is_private, const struct said *said)
{
    printf("%s %s:", is_private ? "private" : "public", language == SAY_ZH ? "zh" : "en");
    for (size_t i = 0; i < said->count; i++)
        printf("%s %s", said->count > 1 ? said->pieces[i].voice == SAY_ZH ? " [zh]" : " [en]" : "",
               said_piece(said, i));
    printf("\n");
    fflush(stdout);
}

/* ---- listening ----------------------------------------------------------------------- */

/* Everything that waits; only the last counts. False: the other end is gone. */
static bool read_requests(struct serving *s, bool *has_words)
{
    static char data[SPEECH_REQUEST_MAX];
    do {
        ssize_t n = recv(s->config.fd, data, sizeof(data), MSG_DONTWAIT);
        if (n < 0 && (errno == EAGAIN || errno == EINTR))
            return true;
        if (n <= 0)
            return false;
        if (speech_request_read(&s->request, data, (size_t)n)) {
            log_line(LOG_WARNING, "speech", "a request of %zd bytes makes no sense", n);
            s->request.verb = SPEECH_STOP;
        }
        *has_words = s->request.verb == SPEECH_SAY;
        explicit_bzero(data, (size_t)n);
    } while (has_request(s, 0));
    return true;
}

/* One turn. False: the other end is gone. */
static bool turn(struct serving *s)
{
    bool has_words = false;
    if (has_request(s, s->is_speaking ? LOOK_MS : -1)) {
        if (!read_requests(s, &has_words))
            return false;
        stop(s);
        if (has_words)
            speak(s);
        return true;
    }
    return true;
}

int serve(const struct server *config, int (*confine)(void))
{
    static struct serving s;
    s = (struct serving){ .config = *config };
    AUTO(sound_close) struct sound *sound = NULL;
    AUTO(prompts_close) struct prompts *prompts = NULL;
    int r = prompts_open(&prompts, config->assets);
    if (!r && !config->is_transcript)
        r = sound_open(&sound);
    if (!r)
        r = confine();
    if (r)
        return r;
    s.sound = sound;
    s.prompts = prompts;
    answer(&s, SPEECH_READY, 0);
    if (sound && sound_is_mute(sound))
        answer(&s, SPEECH_MUTE, 0);
    while (turn(&s)) {
        if (s.is_speaking && !(sound && sound_is_playing(sound)) && !has_request(&s, 0)) {
            s.is_speaking = false;
            answer(&s, SPEECH_END, s.serial);
        }
    }
    return 0;
}
