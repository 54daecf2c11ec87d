#include "ui/input/pinyin/wire.h"

#include <string.h>

#include "firmware/base/bytes.h"
#include "firmware/base/text.h"

enum { HEAD = 8 };

bool wire_letters_are_good(const char *letters)
{
    size_t n = 0;
    for (; letters[n]; n++) {
        bool is_divider = letters[n] == '\'' && n && letters[n - 1] != '\'';
        if (n == SPELLER_LETTERS_MAX || (!is_divider && !(letters[n] >= 'a' && letters[n] <= 'z')))
            return false;
    }
    return n > 0;
}

static void put_head(uint8_t *out, uint8_t kind, unsigned flags, size_t count, uint32_t serial)
{
    out[0] = kind;
    out[1] = WIRE_VERSION;
    out[2] = (uint8_t)flags;
    out[3] = (uint8_t)count;
    put_be32(out + 4, serial);
}

size_t wire_put_question(uint8_t *out, const struct wire_question *question)
{
    size_t length = strlen(question->letters);
    put_head(out, 'Q', question->flags, question->most, question->serial);
    out[HEAD] = (uint8_t)length;
    memcpy(out + HEAD + 1, question->letters, length);
    return HEAD + 1 + length;
}

size_t wire_put_answer(uint8_t *out, uint32_t serial, const struct speller_answer *answer)
{
    uint8_t *p = out + HEAD;
    put_head(out, 'A', 0, answer->count, serial);
    for (size_t i = 0; i < answer->count; i++) {
        const struct speller_candidate *c = &answer->list[i];
        size_t length = strlen(c->text);
        *p++ = c->letters;
        *p++ = (uint8_t)length;
        memcpy(p, c->text, length);
        p += length;
    }
    return (size_t)(p - out);
}

int wire_get_question(struct wire_question *out, const uint8_t *data, size_t length)
{
    memset(out, 0, sizeof(*out));
    if (length < HEAD + 2 || data[0] != 'Q' || data[1] != WIRE_VERSION)
        return -EBADMSG;
    unsigned known = SPELLER_NAME | SPELLER_FIRST | SPELLER_FUZZY_NG;
    size_t letters = data[HEAD];
    if (data[2] & ~known || !data[3] || data[3] > SPELLER_CANDIDATES_MAX ||
        letters > SPELLER_LETTERS_MAX || length != HEAD + 1 + letters)
        return -EBADMSG;
    memcpy(out->letters, data + HEAD + 1, letters);
    if (strlen(out->letters) != letters || !wire_letters_are_good(out->letters))
        return -EBADMSG;
    out->flags = data[2];
    out->most = data[3];
    out->serial = get_be32(data + 4);
    return 0;
}

/* Nobody looks through a candidate before it is drawn: it must be text that can be. */
static bool is_drawable(const char *text, size_t length)
{
    if (!text_is_valid(text, length))
        return false;
    for (size_t at = 0; at < length;) {
        uint32_t cp;
        at += text_decode(&cp, text + at, length - at);
        if (text_is_control(cp))
            return false;
    }
    return true;
}

static int get_candidate(struct speller_candidate *out, const uint8_t **p, const uint8_t *end,
                         size_t letters)
{
    if (end - *p < 2)
        return -EBADMSG;
    size_t length = (*p)[1];
    out->letters = (*p)[0];
    *p += 2;
    if (!out->letters || out->letters > letters || !length || length >= SPELLER_TEXT_MAX ||
        (size_t)(end - *p) < length || !is_drawable((const char *)*p, length))
        return -EBADMSG;
    memcpy(out->text, *p, length);
    out->text[length] = 0;
    *p += length;
    return 0;
}

int wire_get_answer(struct speller_answer *out, const uint8_t *data, size_t length,
                    const struct wire_question *question)
{
    const uint8_t *p = data + HEAD;
    size_t letters = strlen(question->letters);
    int r = 0;
    explicit_bzero(out, sizeof(*out));
    if (length < HEAD || data[0] != 'A' || data[1] != WIRE_VERSION || data[2] ||
        data[3] > question->most || get_be32(data + 4) != question->serial)
        return -EBADMSG;
    for (size_t i = 0; !r && i < data[3]; i++)
        r = get_candidate(&out->list[i], &p, data + length, letters);
    if (r || p != data + length) {
        explicit_bzero(out, sizeof(*out));
        return -EBADMSG;
    }
    out->count = data[3];
    return 0;
}
