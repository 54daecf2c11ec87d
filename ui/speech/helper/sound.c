#include "ui/speech/helper/sound.h"

#define SDL_MAIN_HANDLED
#include <SDL.h>
#include <stdlib.h>
#include <string.h>

#include "firmware/base/bytes.h"
#include "firmware/base/log.h"
#include "ui/speech/helper/engine.h"
#include "ui/speech/wav.h"

enum { DEVICE_SAMPLES = 512, WAV_HEAD = 44, BLOCK = 1024 };

_Static_assert((int)WAV_RATE_HZ == (int)ENGINE_RATE_HZ, "recordings and the engine sound alike");

struct sound {
    SDL_AudioDeviceID device; /* 0: none */
    int volume;
};

int sound_open(struct sound **out)
{
    const SDL_AudioSpec wanted = {
        .freq = ENGINE_RATE_HZ, .format = AUDIO_S16SYS, .channels = 1, .samples = DEVICE_SAMPLES
    };
    struct sound *s = calloc(1, sizeof(*s));
    if (!s)
        return fault_raise(-ENOMEM);
    SDL_SetMainReady();
    if (!SDL_Init(SDL_INIT_AUDIO))
        s->device = SDL_OpenAudioDevice(NULL, 0, &wanted, NULL, 0);
    if (!s->device)
        log_line(LOG_NOTICE, "speech", "no sound device: %s", SDL_GetError());
    *out = s;
    return 0;
}

void sound_close(struct sound *s)
{
    if (!s)
        return;
    if (s->device)
        SDL_CloseAudioDevice(s->device);
    SDL_Quit();
    free(s);
}

bool sound_is_mute(const struct sound *s)
{
    return !s->device;
}

void sound_set_volume(struct sound *s, int volume)
{
    s->volume = volume;
}

void sound_put(struct sound *s, const int16_t *samples, size_t count)
{
    int16_t block[BLOCK];
    /* Ears hear squares: half way up is a quarter of the swing. */
    int gain = s->volume * s->volume;
    if (!s->device)
        return;
    while (count) {
        size_t n = count < BLOCK ? count : BLOCK;
        for (size_t i = 0; i < n; i++)
            block[i] = (int16_t)(samples[i] * gain / 100);
        (void)SDL_QueueAudio(s->device, block, (Uint32)(n * sizeof(block[0])));
        samples += n;
        count -= n;
    }
    explicit_bzero(block, sizeof(block));
    SDL_PauseAudioDevice(s->device, 0);
}

void sound_stop(struct sound *s)
{
    if (!s->device)
        return;
    SDL_ClearQueuedAudio(s->device);
    SDL_PauseAudioDevice(s->device, 1);
}

bool sound_is_playing(struct sound *s)
{
    if (!s->device)
        return false;
    if (SDL_GetQueuedAudioSize(s->device))
        return true;
    SDL_PauseAudioDevice(s->device, 1); /* an idle device wakes nobody */
    return false;
}

/* ---- files --------------------------------------------------------------------------- */

/* The whole file: a recording is small. NULL: it is too large, or cannot be read. */
static uint8_t *read_all(FILE *f, size_t *length)
{
    uint8_t *data = malloc(WAV_BYTES_MAX + 1);
    *length = data ? fread(data, 1, WAV_BYTES_MAX + 1, f) : 0;
    if (data && !ferror(f) && *length <= WAV_BYTES_MAX)
        return data;
    free(data);
    return NULL;
}

int sound_read_wav(int16_t **samples, size_t *count, const char *path)
{
    FILE *f = fopen(path, "rbe");
    if (!f)
        return -ENOENT;
    size_t length = 0, offset = 0, bytes = 0;
    uint8_t *file = read_all(f, &length);
    fclose(f);
    if (!file || wav_find_samples(&offset, &bytes, file, length)) {
        free(file);
        log_line(LOG_WARNING, "speech", "%s is no recording of the right kind", path);
        return fault_raise(-EINVAL);
    }
    memmove(file, file + offset, bytes);
    *samples = (int16_t *)(void *)file;
    *count = bytes / sizeof(int16_t);
    return 0;
}

int sound_write_wav(const char *path, const int16_t *samples, size_t count)
{
    uint8_t head[WAV_HEAD] = {
        [0] = 'R',  [1] = 'I',  [2] = 'F',  [3] = 'F',  [8] = 'W',  [9] = 'A',
        [10] = 'V', [11] = 'E', [12] = 'f', [13] = 'm', [14] = 't', [15] = ' ',
        [36] = 'd', [37] = 'a', [38] = 't', [39] = 'a'
    };
    uint32_t bytes = (uint32_t)(count * sizeof(samples[0]));
    put_le32(head + 4, bytes + WAV_HEAD - 8);
    put_le32(head + 16, 16);
    put_le16(head + 20, 1);
    put_le16(head + 22, 1);
    put_le32(head + 24, ENGINE_RATE_HZ);
    put_le32(head + 28, ENGINE_RATE_HZ * 2);
    put_le16(head + 32, 2);
    put_le16(head + 34, 16);
    put_le32(head + 40, bytes);
    FILE *f = fopen(path, "wbe");
    if (!f)
        return fault_raise(-errno);
    bool is_written =
        fwrite(head, sizeof(head), 1, f) == 1 && (!bytes || fwrite(samples, bytes, 1, f) == 1);
    bool is_closed = !fclose(f);
    return is_written && is_closed ? 0 : fault_raise(-EIO);
}
