/* The screen read out, to whoever wants it: what the page says goes to the voice. The speech program
 * runs only while somebody wants it: most visits need none, and it holds 7 MB. */
#include <stdio.h>
#include <string.h>

#include "firmware/base/log.h"
#include "firmware/loop/kiosk.h"
#include "firmware/loop/place.h"

static struct narrate_place place_of(const struct kiosk *k)
{
    const struct session_view *v = session_view(k->session);
    const struct theme *theme =
        v->service ? catalogue_find_theme(v->catalogue, v->service->theme) : v->theme;
    return (struct narrate_place){
        .key = stage_page_key(k->stage),
        .screen = v->screen,
        .language = v->language == LANGUAGE_ZH ? SAY_ZH : SAY_EN,
        .is_delicate = theme && theme->is_delicate,
    };
}

static void begin(struct kiosk *k)
{
    struct reading *r = &k->reading;
    char program[512], assets[512];
    place_beside_program(program, sizeof(program), "speech");
    snprintf(assets, sizeof(assets), "%s/speech", k->options.assets);
    struct voice_config config = { .program = k->options.is_mute ? NULL : program,
                                   .assets = assets,
                                   .clock = &k->clock.base,
                                   .keeps_transcript = k->options.robot != NULL };
    if (voice_new(&r->voice, &config))
        log_line(LOG_ERROR, "kiosk", "no voice: nothing is read out");
    else
        voice_set_headphones(r->voice, r->has_headphones);
}

static void follow_wishes(struct kiosk *k, const struct preferences *wishes)
{
    struct reading *r = &k->reading;
    if (wishes->is_speech_on && !r->voice)
        begin(k);
    if (!r->voice)
        return;
    voice_set_volume(r->voice, wishes->volume);
    voice_set_slow(r->voice, wishes->is_elder);
    if (r->is_on && !wishes->is_speech_on) {
        voice_stop(r->voice);
        narrate_forget(&r->narrator);
    }
    r->is_on = wishes->is_speech_on;
    voice_poll(r->voice);
}

void reading_tell(struct kiosk *k)
{
    struct reading *r = &k->reading;
    struct utterance utterance = { 0 };
    struct focus_map map;
    follow_wishes(k, &session_view(k->session)->preferences);
    if (!r->is_on)
        return;
    struct narrate_place place = place_of(k);
    focus_map(&map, stage_page(k->stage));
    if (narrate(&r->narrator, &map, stage_focus(k->stage, &map), &place, &utterance))
        voice_say(r->voice, &utterance);
    explicit_bzero(&utterance, sizeof(utterance));
}

void reading_repeat(struct kiosk *k)
{
    if (k->reading.voice)
        voice_repeat(k->reading.voice);
}

void reading_begin(struct kiosk *k)
{
    if (!k->reading.voice)
        begin(k);
}

bool reading_can_speak(const struct kiosk *k)
{
    if (!k->reading.voice)
        return false;
    struct voice_state state = voice_state(k->reading.voice);
    return state.is_running && state.is_ready && !state.is_mute;
}

void reading_try(struct kiosk *k)
{
    struct utterance utterance = { .language = place_of(k).language };
    reading_begin(k);
    if (!k->reading.voice)
        return;
    snprintf(utterance.text, sizeof(utterance.text), "%s",
             utterance.language == SAY_ZH ? "这是语音测试，听得清楚吗？"
                                          : "This is a test of the voice. Can you hear it well?");
    voice_say(k->reading.voice, &utterance);
}

void reading_call_out(struct kiosk *k)
{
    static const struct utterance call = { .language = SAY_ZH,
                                           .text = "请工作人员到自助机来，这里有人需要帮助。" };
    reading_begin(k);
    if (k->reading.voice)
        voice_say(k->reading.voice, &call);
}

void reading_keep_slip(struct kiosk *k, const struct slip *slip)
{
    struct slip *copy = NULL;
    if (slip_copy(&copy, slip))
        return; /* it is on paper all the same */
    slip_free(k->reading.slip);
    k->reading.slip = copy;
}

void reading_tell_slip(struct kiosk *k)
{
    struct utterance utterance = { 0 };
    if (!k->reading.voice || !k->reading.slip)
        return;
    narrate_slip(k->reading.slip, place_of(k).language, &utterance);
    voice_say(k->reading.voice, &utterance);
    explicit_bzero(&utterance, sizeof(utterance));
}

void reading_hush(struct kiosk *k)
{
    if (k->reading.voice)
        voice_stop(k->reading.voice);
}

void reading_set_headphones(struct kiosk *k, bool is_in)
{
    k->reading.has_headphones = is_in;
    if (k->reading.voice)
        voice_set_headphones(k->reading.voice, is_in);
}

void reading_forget(struct kiosk *k)
{
    struct reading *r = &k->reading;
    narrate_forget(&r->narrator);
    voice_free(r->voice);
    slip_free(r->slip);
    r->voice = NULL;
    r->slip = NULL;
    r->is_on = false;
}

int64_t reading_deadline_ms(const struct kiosk *k)
{
    return k->reading.voice ? voice_deadline_ms(k->reading.voice) : INT64_MAX;
}
