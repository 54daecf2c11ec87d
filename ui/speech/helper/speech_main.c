/* The speech program: reads on a socket what to say and says it. A process of its own because its
 * engine is GPL-3-or-later, may fail by itself, and must forget: ending it forgets what was said. */
#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "firmware/base/bytes.h"
#include "firmware/base/confine.h"
#include "firmware/base/locked.h"
#include "firmware/base/log.h"
#include "firmware/base/text.h"
#include "ui/speech/helper/engine.h"
#include "ui/speech/helper/readonly.h"
#include "ui/speech/helper/serve.h"
#include "ui/speech/helper/sound.h"

struct options {
    const char *say, *wav, *assets;
    enum say_language language;
    int fd, rate;
    bool is_transcript, is_private;
};

static const char usage[] =
    "usage: speech --fd N [--assets FOLDER] [--transcript]      requests come on socket N\n"
    "       speech --say TEXT [--language zh|en] [--rate N] --wav FILE.wav\n"
    "       speech --say TEXT [--language zh|en] [--private] --transcript\n"
    "FOLDER has readings.tsv and recorded prompts (<language>/<prompt>.wav); assets/speech\n";

static bool read_options(struct options *o, int count, char **arguments)
{
    static const struct option names[] = {
        { "say", 1, NULL, 's' },        { "wav", 1, NULL, 'w' },     { "assets", 1, NULL, 'a' },
        { "language", 1, NULL, 'l' },   { "fd", 1, NULL, 'f' },      { "rate", 1, NULL, 'r' },
        { "transcript", 0, NULL, 't' }, { "private", 0, NULL, 'p' }, { 0 },
    };
    bool is_good = true;
    *o = (struct options){ .assets = "assets/speech", .fd = -1, .rate = 160 };
    for (int c; (c = getopt_long(count, arguments, "", names, NULL)) != -1;) {
        switch (c) {
        case 's':
            o->say = optarg;
            break;
        case 'w':
            o->wav = optarg;
            break;
        case 'a':
            o->assets = optarg;
            break;
        case 'l':
            o->language = !strcmp(optarg, "en") ? SAY_EN : SAY_ZH;
            is_good &= !strcmp(optarg, "en") || !strcmp(optarg, "zh");
            break;
        case 'f':
            is_good &= text_to_int(&o->fd, optarg) && o->fd >= 0;
            break;
        case 'r':
            is_good &= text_to_int(&o->rate, optarg) && o->rate >= 80 && o->rate <= 300;
            break;
        case 't':
            o->is_transcript = true;
            break;
        case 'p':
            o->is_private = true;
            break;
        default:
            return false;
        }
    }
    return is_good && optind == count &&
           ((o->fd >= 0) != (o->say && (o->wav != NULL) != o->is_transcript));
}

static struct say_words *load_words(const char *assets)
{
    enum { MOST = 1024 * 1024 };
    char path[512], complaint[SAY_COMPLAINT];
    struct say_words *words = NULL;
    snprintf(path, sizeof(path), "%s/readings.tsv", assets);
    FILE *f = fopen(path, "rbe");
    char *text = f ? malloc(MOST) : NULL;
    size_t length = text ? fread(text, 1, MOST, f) : 0;
    if (!text)
        log_line(LOG_WARNING, "speech", "no table of readings: %s", path);
    else if (length == MOST || say_words_load(&words, text, length, complaint))
        log_line(LOG_WARNING, "speech", "%s: %s", path, length == MOST ? "too long" : complaint);
    free(text);
    if (f)
        fclose(f);
    return words;
}

/* ---- once, for ears and eyes --------------------------------------------------------- */

static bool collect(void *context, const int16_t *samples, size_t count)
{
    return !bytes_append(context, samples, count * sizeof(samples[0]));
}

static int say_once(const struct options *o, const struct say_words *words)
{
    struct said said = { 0 };
    struct bytes sound AUTO_BYTES = { 0 };
    int r = say_text(&said, words, o->language, o->say);
    if (!r && o->is_transcript) {
        serve_print(o->language, o->is_private, &said);
    } else if (!r) {
        r = engine_open();
        if (!r)
            r = engine_speak(&said, "", o->rate, collect, &sound);
        if (!r)
            r = sound_write_wav(o->wav, (const int16_t *)(const void *)sound.data,
                                sound.length / sizeof(int16_t));
    }
    said_clear(&said);
    return r;
}

/* ---- for the kiosk ------------------------------------------------------------------- */

/* What sound needs is open by now: no other socket, no program, no file written, no core file. */
static int confine_self(void)
{
    locked_process();
    int r = confine_offline();
    return r ? r : readonly_confine();
}

static int serve_kiosk(const struct options *o, const struct say_words *words)
{
    struct server server = { o->fd, o->assets, words, o->is_transcript };
    pid_t parent = getppid();
    signal(SIGPIPE, SIG_IGN);
    /* Libraries of sound make folders in a home; there is none. */
    setenv("HOME", "/nonexistent", 1);
    unsetenv("XDG_CONFIG_HOME");
    if (prctl(PR_SET_PDEATHSIG, SIGKILL) || getppid() != parent)
        return fault_raise(-ESRCH);
    int r = o->is_transcript ? 0 : engine_open();
    return r ? r : serve(&server, confine_self);
}

int main(int count, char **arguments)
{
    struct options o;
    if (!read_options(&o, count, arguments)) {
        fputs(usage, stderr);
        return 2;
    }
    AUTO(say_words_free) struct say_words *words = load_words(o.assets);
    int r = o.fd >= 0 ? serve_kiosk(&o, words) : say_once(&o, words);
    return r ? 1 : 0;
}
