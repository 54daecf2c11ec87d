#include "ui/speech/say.h"

#include <stdio.h>
#include <string.h>

#include "firmware/base/text.h"
#include "ui/speech/say_inside.h"

/* ---- writing ------------------------------------------------------------------------- */

void say_put_bytes(struct saying *s, const char *text, size_t length)
{
    int r = bytes_append(&s->out->text, text, length);
    if (!s->failed)
        s->failed = r;
}

void say_put(struct saying *s, const char *text)
{
    say_put_bytes(s, text, strlen(text));
}

/* What was written last of this piece; 0: nothing yet. */
static char last_byte(const struct saying *s)
{
    const struct bytes *b = &s->out->text;
    size_t from = s->out->pieces[s->out->count - 1].at;
    return b->length > from ? (char)b->data[b->length - 1] : 0;
}

void say_blank(struct saying *s)
{
    char last = last_byte(s);
    if (last && last != ' ')
        say_put(s, " ");
}

void say_pause(struct saying *s, const char *mark)
{
    struct bytes *b = &s->out->text;
    char last = last_byte(s);
    while (last == ' ') {
        b->length--;
        last = last_byte(s);
    }
    if (!last)
        return;
    bool has_pause = last == ',' || last == '.';
    if (has_pause && *mark == '.')
        b->length--;
    if (!has_pause || *mark == '.')
        say_put(s, mark);
    say_put(s, " ");
}

void say_voice(struct saying *s, enum say_language voice)
{
    struct said *out = s->out;
    if (s->voice == voice || out->count == SAY_PIECES_MAX)
        return;
    s->voice = voice;
    if (!last_byte(s)) { /* nothing was said by the other one */
        out->pieces[out->count - 1].voice = voice;
        return;
    }
    say_put_bytes(s, "", 1);
    out->pieces[out->count++] = (struct said_piece){ voice, out->text.length };
}

/* ---- reading ------------------------------------------------------------------------- */

uint32_t say_peek(const struct saying *s, const char *p, size_t *length)
{
    uint32_t c = 0;
    size_t n = p < s->end ? text_decode(&c, p, (size_t)(s->end - p)) : 0;
    if (length)
        *length = n;
    return c;
}

bool say_starts(const struct saying *s, const char *p, const char *prefix)
{
    size_t length = strlen(prefix);
    return (size_t)(s->end - p) >= length && !memcmp(p, prefix, length);
}

static uint32_t peek_back(const struct saying *s)
{
    const char *p = s->at;
    while (p > s->start && ((unsigned char)p[-1] & 0xC0) == 0x80)
        p--;
    return p > s->start ? say_peek(s, p - 1, NULL) : 0;
}

/* ---- signs --------------------------------------------------------------------------- */

struct sign {
    uint32_t c;
    const char *zh, *en; /* "," and "." are pauses, "" nothing */
};

static const struct sign signs[] = {
    { ',', ",", "," },         { 0xFF0C, ",", "," },
    { 0x3001, ",", "," },      { ';', ",", "," },
    { 0xFF1B, ".", "." },      { ':', ",", "," },
    { 0xFF1A, ",", "," },      { '.', ".", "." },
    { 0x3002, ".", "." },      { '!', ".", "." },
    { 0xFF01, ".", "." },      { '?', ".", "." },
    { 0xFF1F, ".", "." },      { '(', ",", "," },
    { 0xFF08, ",", "," },      { ')', ",", "," },
    { 0xFF09, ",", "," },      { 0x300A, "", "" },
    { 0x300B, "", "" },        { 0x201C, "", "" },
    { 0x201D, "", "" },        { '"', "", "" },
    { 0x2018, "", "" },        { 0x2019, "", "'" },
    { 0x3010, ",", "," },      { 0x3011, ",", "," },
    { 0x2026, ",", "," },      { 0x2014, ",", "," },
    { 0x2013, ",", "," },      { '-', ",", "," },
    { '/', "或", "or" },       { 0x00B7, "", "," },
    { '\n', ".", "." },        { '+', "加", "plus" },
    { '=', "等于", "equals" }, { '&', "和", "and" },
    { '@', "艾特", "at" },     { '%', "百分号", "percent" },
    { '#', "井号", "number" }, { '\'', "", "'" },
    { 0x00A5, "元", "yuan" },  { 0xFFE5, "元", "yuan" },
};

static bool say_sign(struct saying *s, uint32_t c)
{
    for (size_t i = 0; i < sizeof(signs) / sizeof(signs[0]); i++) {
        if (signs[i].c != c)
            continue;
        const char *words = s->voice == SAY_ZH ? signs[i].zh : signs[i].en;
        if (*words == ',' || *words == '.') {
            say_pause(s, words);
        } else if (*words == '\'') {
            say_put(s, words);
        } else if (*words) {
            say_blank(s);
            say_put(s, words);
            say_put(s, " ");
        }
        return true;
    }
    return false;
}

/* What a mask hides: the first character of a name, or so many places. */
static void say_mask(struct saying *s)
{
    char digits[16];
    int count = 0;
    for (; s->at < s->end && *s->at == '*'; s->at++)
        count++;
    if (text_is_han(say_peek(s, s->at, NULL)) && count == 1) {
        say_put(s, s->voice == SAY_ZH ? "某" : "hidden, ");
        return;
    }
    int n = snprintf(digits, sizeof(digits), "%d", count);
    say_pause(s, ",");
    if (s->voice == SAY_ZH) {
        say_put(s, "有 ");
        say_quantity(s, digits, (size_t)n);
        say_put(s, " 位不显示");
    } else {
        say_put(s, digits);
        say_put(s, " hidden");
    }
    say_pause(s, ",");
}

/* ---- characters ---------------------------------------------------------------------- */

/* The engine spells what it does not know as hexadecimal digits; it knows the 20,902 of the first
 * block. */
static bool is_known(uint32_t c)
{
    return (c >= 0x4E00 && c <= 0x9FA5) || c == 0x3007;
}

static void say_han(struct saying *s)
{
    size_t length;
    uint32_t c = say_peek(s, s->at, &length);
    const char *reading = s->words ? say_words_find(s->words, s->at, &length) : NULL;
    say_voice(s, SAY_ZH);
    if (reading) {
        say_blank(s);
        say_put(s, reading);
        say_put(s, " ");
        s->at += length;
        return;
    }
    (void)say_peek(s, s->at, &length);
    if (c == 0x3007)
        say_put(s, "零");
    else if (is_known(c))
        say_put_bytes(s, s->at, length);
    else
        say_put(s, " 生僻字 ");
    s->at += length;
}

/* Numbers with a reading of their own, e.g. 12345: the whole number only. */
static bool say_known_number(struct saying *s)
{
    size_t length;
    const char *reading = s->words ? say_words_find(s->words, s->at, &length) : NULL;
    if (!reading || is_digit(say_peek(s, s->at + length, NULL)) || is_digit(peek_back(s)))
        return false;
    uint32_t next = say_peek(s, s->at + length, NULL);
    if (next == '.' || next == '-' || next == ':' || is_letter(next) || next == ' ')
        return false;
    say_blank(s);
    say_put(s, reading);
    say_put(s, " ");
    s->at += length;
    return true;
}

/* A run of words in Latin letters, up to what is neither letter, blank nor sign of a sentence. */
static void say_latin(struct saying *s, enum say_language language)
{
    say_voice(s, SAY_EN);
    while (is_letter(say_peek(s, s->at, NULL)) || *s->at == '\'')
        say_put_bytes(s, s->at++, 1);
    if (language == SAY_ZH) {
        const char *p = s->at;
        while (p < s->end && (*p == ' ' || *p == ','))
            p++;
        if (!is_letter(say_peek(s, p, NULL)))
            say_voice(s, SAY_ZH);
    }
}

static void say_next(struct saying *s, enum say_language language)
{
    size_t length;
    uint32_t c = say_peek(s, s->at, &length);
    if (text_is_han(c) || c == 0x3007) {
        say_han(s);
        return;
    }
    bool is_number = is_digit(c) || c == 0x00A5 || c == 0xFFE5;
    if (is_letter(c) || is_digit(c)) {
        if (say_token(s))
            return;
    }
    if (is_number) {
        say_voice(s, language);
        if (language == SAY_ZH ? say_known_number(s) || say_number_zh(s) : say_number_en(s))
            return;
    }
    if (is_letter(c)) {
        say_latin(s, language);
        return;
    }
    if (c == '*') {
        say_voice(s, language);
        say_mask(s);
        return;
    }
    if (c == ' ')
        say_blank(s);
    else
        (void)say_sign(s, c); /* icons, emoji, controls: nothing is said */
    s->at += length;
}

int say_text(struct said *out, const struct say_words *words, enum say_language language,
             const char *text)
{
    said_clear(out);
    size_t length = strnlen(text, SAY_TEXT_MAX);
    struct saying s = { .start = text,
                        .at = text,
                        .end = text + length,
                        .words = words,
                        .out = out,
                        .voice = language };
    out->pieces[0] = (struct said_piece){ language, 0 };
    out->count = 1;
    while (s.at < s.end && !s.failed)
        say_next(&s, language);
    say_put_bytes(&s, "", 1);
    if (s.failed)
        said_clear(out);
    return s.failed;
}

const char *said_piece(const struct said *s, size_t i)
{
    return i < s->count ? (const char *)s->text.data + s->pieces[i].at : "";
}

void said_clear(struct said *s)
{
    bytes_clear(&s->text);
    s->count = 0;
}
