#include "ui/speech/request.h"

#include <stdio.h>
#include <string.h>

#include "firmware/base/text.h"

size_t speech_request_write(char out[SPEECH_REQUEST_MAX], const struct speech_request *r)
{
    int n;
    if (r->verb == SPEECH_STOP)
        n = snprintf(out, SPEECH_REQUEST_MAX, "stop %u\n", r->serial);
    else
        n = snprintf(out, SPEECH_REQUEST_MAX, "say %u %s %s %d %d %s\n%s", r->serial,
                     *r->voice               ? r->voice
                     : r->language == SAY_ZH ? "zh"
                                             : "en",
                     r->is_private ? "private" : "public", r->volume, r->rate,
                     *r->prompt ? r->prompt : "-", r->text);
    return n > 0 && n < SPEECH_REQUEST_MAX ? (size_t)n : 0;
}

/* The next word of the first line, ended by a blank or the line's end. */
static bool next_word(char out[PROMPT_MAX], const char **at, const char *end)
{
    const char *p = *at;
    while (p < end && *p != ' ' && *p != '\n')
        p++;
    size_t length = (size_t)(p - *at);
    if (!length || length >= PROMPT_MAX || p == end || memchr(*at, 0, length))
        return false;
    memcpy(out, *at, length);
    out[length] = 0;
    *at = p + (*p == ' ');
    return true;
}

static bool next_number(uint32_t *out, const char **at, const char *end, uint32_t least,
                        uint32_t most)
{
    char word[PROMPT_MAX];
    uint64_t value = 0;
    if (!next_word(word, at, end) || strlen(word) > 10)
        return false;
    for (const char *p = word; *p; p++) {
        if (*p < '0' || *p > '9')
            return false;
        value = value * 10 + (uint64_t)(*p - '0');
    }
    if (value < least || value > most)
        return false;
    *out = (uint32_t)value;
    return true;
}

/* One of two words. */
static bool next_choice(bool *is_second, const char **at, const char *end, const char *first,
                        const char *second)
{
    char word[PROMPT_MAX];
    if (!next_word(word, at, end))
        return false;
    *is_second = !strcmp(word, second);
    return *is_second || !strcmp(word, first);
}

static bool is_prompt(const char *word)
{
    for (; *word; word++)
        if (!((*word >= 'a' && *word <= 'z') || (*word >= '0' && *word <= '9') || *word == '-'))
            return false;
    return true;
}

/* "zh", "en", or the name of another voice, which speaks in English's place. */
static bool next_language(struct speech_request *out, const char **at, const char *end)
{
    char word[PROMPT_MAX];
    if (!next_word(word, at, end) || strlen(word) < 2 || strlen(word) >= SAY_VOICE)
        return false;
    if (strspn(word, "abcdefghijklmnopqrstuvwxyz-") != strlen(word))
        return false;
    out->language = strcmp(word, "zh") != 0 ? SAY_EN : SAY_ZH;
    if (out->language == SAY_EN && strcmp(word, "en") != 0)
        memcpy(out->voice, word, strlen(word) + 1);
    return true;
}

static int read_say(struct speech_request *out, const char *at, const char *end)
{
    uint32_t volume, rate;
    if (!next_number(&out->serial, &at, end, 0, UINT32_MAX) || !next_language(out, &at, end) ||
        !next_choice(&out->is_private, &at, end, "public", "private") ||
        !next_number(&volume, &at, end, 0, SPEECH_VOLUME_MAX) ||
        !next_number(&rate, &at, end, SPEECH_RATE_MIN, SPEECH_RATE_MAX) ||
        !next_word(out->prompt, &at, end) || !is_prompt(out->prompt) || at == end || *at != '\n')
        return -EBADMSG;
    if (!strcmp(out->prompt, "-"))
        out->prompt[0] = 0;
    out->verb = SPEECH_SAY;
    out->volume = (int)volume;
    out->rate = (int)rate;
    size_t length = (size_t)(end - ++at);
    if (length >= UTTERANCE_MAX || memchr(at, 0, length) || !text_is_valid(at, length))
        return -EBADMSG;
    memcpy(out->text, at, length);
    out->text[length] = 0;
    return 0;
}

int speech_request_read(struct speech_request *out, const char *data, size_t length)
{
    const char *at = data, *end = data + length;
    char verb[PROMPT_MAX];
    memset(out, 0, sizeof(*out));
    if (!next_word(verb, &at, end))
        return -EBADMSG;
    if (!strcmp(verb, "say"))
        return read_say(out, at, end);
    bool is_stop = !strcmp(verb, "stop") && next_number(&out->serial, &at, end, 0, UINT32_MAX) &&
                   end - at == 1 && *at == '\n';
    out->verb = SPEECH_STOP;
    return is_stop ? 0 : -EBADMSG;
}

/* ---- answers ------------------------------------------------------------------------- */

static const struct {
    const char *word;
    bool has_serial;
} answers[SPEECH_ANSWERS] = {
    [SPEECH_READY] = { "ready", false }, [SPEECH_BEGIN] = { "begin", true },
    [SPEECH_END] = { "end", true },      [SPEECH_STOPPED] = { "stopped", true },
    [SPEECH_MUTE] = { "mute", false },
};

size_t speech_answer_write(char out[SPEECH_ANSWER_MAX], const struct speech_answer *a)
{
    int n = answers[a->kind].has_serial
                ? snprintf(out, SPEECH_ANSWER_MAX, "%s %u\n", answers[a->kind].word, a->serial)
                : snprintf(out, SPEECH_ANSWER_MAX, "%s\n", answers[a->kind].word);
    return (size_t)n;
}

int speech_answer_read(struct speech_answer *out, const char *data, size_t length)
{
    const char *at = data, *end = data + length;
    char word[PROMPT_MAX];
    if (!next_word(word, &at, end))
        return -EBADMSG;
    for (int i = 0; i < SPEECH_ANSWERS; i++) {
        if (strcmp(word, answers[i].word))
            continue;
        *out = (struct speech_answer){ .kind = (enum speech_answer_kind)i };
        if (answers[i].has_serial && !next_number(&out->serial, &at, end, 0, UINT32_MAX))
            return -EBADMSG;
        return end - at == 1 && *at == '\n' ? 0 : -EBADMSG;
    }
    return -EBADMSG;
}
