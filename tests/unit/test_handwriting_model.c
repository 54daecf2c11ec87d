/* links: ui/input/handwriting firmware/base */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "tests/support/check.h"
#include "tests/support/handwriting_model.h"
#include "ui/input/handwriting/handwriting.h"

static const char *put_file(const char *name, const void *bytes, size_t length)
{
    static char path[512];
    snprintf(path, sizeof(path), "%s/%s", test_folder(), name);
    FILE *f = fopen(path, "wb");
    CHECK(f);
    bool is_written = fwrite(bytes, 1, length, f) == length;
    is_written = !fclose(f) && is_written;
    CHECK(is_written);
    return path;
}

static int open_bytes(const void *bytes, size_t length)
{
    AUTO(handwriting_free) struct handwriting *hw = NULL;
    int r = handwriting_open(&hw, put_file("a.model", bytes, length));
    CHECK_EQ(r == 0, hw != NULL);
    return r;
}

static void test_handwriting_model_absent_or_not_a_file_is_told_apart(void **state)
{
    (void)state;
    struct handwriting *hw = NULL;
    CHECK_EQ(handwriting_open(&hw, "/nowhere/handwriting.model"), HANDWRITING_E_ABSENT);
    CHECK_EQ(handwriting_open(&hw, test_folder()), HANDWRITING_E_REFUSED);
    CHECK_EQ(open_bytes("", 0), HANDWRITING_E_REFUSED);
    CHECK_EQ(open_bytes("OTINK", 5), HANDWRITING_E_REFUSED);
    CHECK(!hw);
    handwriting_free(NULL);
}

static void test_handwriting_model_any_changed_byte_is_noticed(void **state)
{
    (void)state;
    size_t length = 0;
    uint8_t *bytes = handwriting_model_make(5, 16, 2, &length);
    CHECK_EQ(open_bytes(bytes, length), 0);
    for (size_t at = 0; at < length; at += at < 64 ? 1 : 997) {
        bytes[at] ^= 0x40;
        CHECK_EQ(open_bytes(bytes, length), HANDWRITING_E_REFUSED);
        bytes[at] ^= 0x40;
    }
    free(bytes);
}

static void test_handwriting_model_cut_or_longer_is_refused(void **state)
{
    (void)state;
    size_t length = 0;
    uint8_t *bytes = handwriting_model_make(5, 16, 0, &length);
    uint8_t *longer = calloc(1, length + 64);
    CHECK(longer);
    memcpy(longer, bytes, length);
    CHECK_EQ(open_bytes(bytes, length - 1), HANDWRITING_E_REFUSED);
    CHECK_EQ(open_bytes(bytes, 64), HANDWRITING_E_REFUSED);
    CHECK_EQ(open_bytes(longer, length + 64), HANDWRITING_E_REFUSED);
    free(longer);
    free(bytes);
}

/* The counts of the header, each beyond what may be, with a checksum that fits. */
static void test_handwriting_model_counts_beyond_bounds_are_refused(void **state)
{
    (void)state;
    static const struct {
        size_t at;
        uint32_t value;
    } counts[] = { { 20, 0 },  { 20, 0xffffffff }, { 24, 511 }, { 28, 0 },
                   { 28, 17 }, { 28, 272 },        { 32, 17 },  { 32, 0xffffffff } };
    for (size_t i = 0; i < sizeof(counts) / sizeof(counts[0]); i++) {
        size_t length = 0;
        uint8_t *bytes = handwriting_model_make(5, 16, 1, &length);
        memcpy(bytes + counts[i].at, &counts[i].value, 4);
        model_seal(bytes, length);
        CHECK_EQ(open_bytes(bytes, length), HANDWRITING_E_REFUSED);
        free(bytes);
    }
}

static void test_handwriting_model_numbers_that_are_none_are_refused(void **state)
{
    (void)state;
    static const float poison[] = { NAN, INFINITY, -INFINITY, 1e30f };
    size_t length = 0;
    uint8_t *bytes = handwriting_model_make(4, 16, 1, &length);
    const char *why = NULL;
    struct model m;
    CHECK_EQ(model_read(&m, bytes, length, &why), 0);
    const float *const places[] = { m.penalty,  m.offset + 15, m.projection + 99,
                                    m.base + 3, m.gain,        m.rest + 1 };
    for (size_t p = 0; p < sizeof(places) / sizeof(places[0]); p++)
        for (size_t i = 0; i < 4; i++) {
            float *place = (float *)(uintptr_t)places[p], kept = *place;
            *place = poison[i];
            model_seal(bytes, length);
            CHECK_EQ(model_read(&m, bytes, length, &why), MODEL_E_REFUSED);
            CHECK_STR(why, "a number is out of bounds");
            *place = kept;
        }
    free(bytes);
}

static void test_handwriting_model_characters_are_valid_and_in_order(void **state)
{
    (void)state;
    static const uint32_t wrong[] = { 0x41, 0xd800, 0x110000, 0x4e00, 0x5e00 };
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
        size_t length = 0;
        uint8_t *bytes = handwriting_model_make(4, 16, 1, &length);
        memcpy(bytes + MODEL_HEADER_BYTES + 4, &wrong[i], 4);
        model_seal(bytes, length);
        CHECK_EQ(open_bytes(bytes, length), HANDWRITING_E_REFUSED);
        free(bytes);
    }
}

static void test_handwriting_model_with_few_characters_gives_no_more(void **state)
{
    (void)state;
    size_t length = 0;
    uint8_t *bytes = handwriting_model_make(3, 32, 0, &length);
    AUTO(handwriting_free) struct handwriting *hw = NULL;
    struct handwriting_candidate found[10];
    struct handwriting_point line[] = { { 0, 0, true }, { 9, 3, false } };
    CHECK_EQ(handwriting_open(&hw, put_file("three.model", bytes, length)), 0);
    CHECK_EQ(handwriting_class_count(hw), 3);
    CHECK_EQ(handwriting_recognise(hw, line, 2, found, 10), 3);
    CHECK(found[0].distance <= found[1].distance && found[1].distance <= found[2].distance);
    free(bytes);
}

RUN(T(test_handwriting_model_absent_or_not_a_file_is_told_apart),
    T(test_handwriting_model_any_changed_byte_is_noticed),
    T(test_handwriting_model_cut_or_longer_is_refused),
    T(test_handwriting_model_counts_beyond_bounds_are_refused),
    T(test_handwriting_model_numbers_that_are_none_are_refused),
    T(test_handwriting_model_characters_are_valid_and_in_order),
    T(test_handwriting_model_with_few_characters_gives_no_more))
