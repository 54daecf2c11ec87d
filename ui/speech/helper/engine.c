#include "ui/speech/helper/engine.h"

#include <espeak-ng/speak_lib.h>
#include <string.h>

#include "firmware/base/log.h"

/* cmn itself reads tones as English letters in 1.51; this voice takes characters and syllables. */
static const char *const voices[] = { [SAY_ZH] = "cmn-latn-pinyin", [SAY_EN] = "en" };

enum { BUFFER_MS = 60 };

/* The engine's callback has no argument of its own that lasts. */
static struct {
    bool (*sink)(void *context, const int16_t *samples, size_t count);
    void *context;
    bool is_stopped;
} now;

static int take(short *samples, int count, espeak_EVENT *events)
{
    (void)events;
    if (samples && count > 0 && !now.is_stopped)
        now.is_stopped = !now.sink(now.context, samples, (size_t)count);
    return now.is_stopped;
}

int engine_open(void)
{
    int rate =
        espeak_Initialize(AUDIO_OUTPUT_SYNCHRONOUS, BUFFER_MS, NULL, espeakINITIALIZE_DONT_EXIT);
    if (rate != ENGINE_RATE_HZ) {
        log_line(LOG_ERROR, "speech", "the engine does not start: %d", rate);
        return fault_raise(-ENOENT);
    }
    /* Each voice once: its data is read now and not in the middle of a sentence. */
    for (size_t i = 0; i < sizeof(voices) / sizeof(voices[0]); i++) {
        size_t back = sizeof(voices) / sizeof(voices[0]) - 1 - i;
        if (espeak_SetVoiceByName(voices[back]) != EE_OK) {
            log_line(LOG_ERROR, "speech", "no voice %s", voices[back]);
            return fault_raise(-ENOENT);
        }
    }
    espeak_SetSynthCallback(take);
    return 0;
}

void engine_close(void)
{
    espeak_Terminate();
}

bool engine_has_voice(const char *voice)
{
    return *voice && espeak_SetVoiceByName(voice) == EE_OK;
}

int engine_speak(const struct said *said, const char *voice, int rate,
                 bool (*sink)(void *context, const int16_t *samples, size_t count), void *context)
{
    now.sink = sink;
    now.context = context;
    now.is_stopped = false;
    for (size_t i = 0; i < said->count && !now.is_stopped; i++) {
        const char *text = said_piece(said, i);
        if (!*text)
            continue;
        const char *name = *voice ? voice : voices[said->pieces[i].voice];
        if (espeak_SetVoiceByName(name) != EE_OK)
            return fault_raise(-EIO);
        espeak_SetParameter(espeakRATE, rate, 0);
        espeak_ERROR e = espeak_Synth(text, strlen(text) + 1, 0, POS_CHARACTER, 0,
                                      espeakCHARS_UTF8 | espeakENDPAUSE, NULL, NULL);
        if (e != EE_OK && !now.is_stopped)
            return fault_raise(-EIO);
    }
    return now.is_stopped ? ENGINE_E_STOPPED : 0;
}
