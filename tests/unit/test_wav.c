/* links: ui/speech ui/widget ui/text ui/canvas firmware/slip firmware/base */
#include <string.h>

#include "firmware/base/bytes.h"
#include "tests/support/check.h"
#include "ui/speech/wav.h"

/* Recordings of prompts come from whoever made them: every other form is refused, none is read past its end. */

struct wav {
    size_t length;
    uint8_t data[256];
};

static void add_chunk(struct wav *w, const char *name, const void *body, uint32_t size)
{
    memcpy(w->data + w->length, name, 4);
    put_le32(w->data + w->length + 4, size);
    memcpy(w->data + w->length + 8, body, size);
    w->length += 8 + size + size % 2;
}

static void add_format(struct wav *w, uint16_t tag, uint16_t channels, uint32_t rate, uint16_t bits)
{
    uint8_t f[16] = { 0 };
    put_le16(f, tag);
    put_le16(f + 2, channels);
    put_le32(f + 4, rate);
    put_le16(f + 14, bits);
    add_chunk(w, "fmt ", f, sizeof(f));
}

static struct wav start(void)
{
    struct wav w = { .length = 12 };
    memcpy(w.data, "RIFF....WAVE", 12);
    return w;
}

static void test_wav_with_other_chunks_is_read(void **state)
{
    (void)state;
    size_t at, bytes;
    struct wav w = start();
    add_chunk(&w, "LIST", "INFOx", 5); /* odd: a byte is filled in behind it */
    add_format(&w, 1, 1, WAV_RATE_HZ, 16);
    add_chunk(&w, "fact", "1234", 4);
    add_chunk(&w, "data", "abcdef", 6);
    CHECK_EQ(wav_find_samples(&at, &bytes, w.data, w.length), 0);
    CHECK_EQ(bytes, 6);
    CHECK_BYTES(w.data + at, "abcdef", 6);
}

static void test_wav_cut_anywhere_is_refused(void **state)
{
    (void)state;
    size_t at, bytes;
    struct wav w = start();
    add_format(&w, 1, 1, WAV_RATE_HZ, 16);
    add_chunk(&w, "data", "abcdef", 6);
    for (size_t n = 0; n < w.length; n++)
        CHECK_EQ(wav_find_samples(&at, &bytes, w.data, n), -EINVAL);
}

static void test_wav_of_another_kind_is_refused(void **state)
{
    static const struct {
        uint16_t tag, channels;
        uint32_t rate;
        uint16_t bits;
    } others[] = { { 3, 1, WAV_RATE_HZ, 16 },
                   { 1, 2, WAV_RATE_HZ, 16 },
                   { 1, 1, 44100, 16 },
                   { 1, 1, WAV_RATE_HZ, 8 } };
    (void)state;
    size_t at, bytes;
    for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
        struct wav w = start();
        add_format(&w, others[i].tag, others[i].channels, others[i].rate, others[i].bits);
        add_chunk(&w, "data", "abcdef", 6);
        CHECK_EQ(wav_find_samples(&at, &bytes, w.data, w.length), -EINVAL);
    }
    struct wav w = start(); /* sounds before anything says what they are */
    add_chunk(&w, "data", "abcdef", 6);
    add_format(&w, 1, 1, WAV_RATE_HZ, 16);
    CHECK_EQ(wav_find_samples(&at, &bytes, w.data, w.length), -EINVAL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(test_wav_with_other_chunks_is_read),
        T(test_wav_cut_anywhere_is_refused),
        T(test_wav_of_another_kind_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
