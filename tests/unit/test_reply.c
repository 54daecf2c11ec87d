/* links: firmware/seal firmware/base */
#include <stdio.h>
#include <string.h>

#include "firmware/seal/reply.h"
#include "tests/support/check.h"

/* The county's answer to a live question opens for whoever asked, and for nobody else. */

static const char id[] = "00112233445566778899aabbccddeeff", text[] = "{\"certificates\":[]}";
static const uint8_t key[REPLY_KEY] = { 7, 1, 4 };

static void seal(struct bytes *out)
{
    CHECK_EQ(reply_seal(out, key, id, text, sizeof(text) - 1), 0);
}

static void test_reply_comes_back_as_it_was_said(void **state)
{
    (void)state;
    struct bytes sealed AUTO_BYTES = { 0 }, plain AUTO_BYTES = { 0 };
    CHECK_EQ(bytes_append_text(&plain, "before"), 0);
    seal(&sealed);
    CHECK(!memmem(sealed.data, sealed.length, "certificates", 12));
    CHECK_EQ(reply_open(&plain, key, id, sealed.data, sealed.length), 0);
    CHECK_EQ(plain.length, 6 + sizeof(text) - 1);
    CHECK_BYTES(plain.data + 6, text, sizeof(text) - 1);
}

static void test_reply_says_little_by_its_length(void **state)
{
    (void)state;
    struct bytes none AUTO_BYTES = { 0 }, some AUTO_BYTES = { 0 };
    char noise[600];
    for (size_t i = 0; i < sizeof(noise); i++)
        noise[i] = (char)('a' + i * i % 23);
    CHECK_EQ(reply_seal(&none, key, id, "", 0), 0);
    CHECK_EQ(reply_seal(&some, key, id, noise, sizeof(noise)), 0);
    CHECK_EQ(none.length, some.length);
}

static void test_reply_of_two_times_differs(void **state)
{
    (void)state;
    struct bytes one AUTO_BYTES = { 0 }, two AUTO_BYTES = { 0 };
    seal(&one);
    seal(&two);
    CHECK(memcmp(one.data, two.data, one.length));
}

static void test_reply_opens_for_its_key_and_question_alone(void **state)
{
    (void)state;
    struct bytes sealed AUTO_BYTES = { 0 }, plain AUTO_BYTES = { 0 };
    uint8_t other[REPLY_KEY] = { 7, 1, 5 };
    seal(&sealed);
    CHECK_EQ(reply_open(&plain, other, id, sealed.data, sealed.length), SEAL_E_TAMPERED);
    CHECK_EQ(
        reply_open(&plain, key, "00112233445566778899aabbccddeefe", sealed.data, sealed.length),
        SEAL_E_TAMPERED);
    CHECK_EQ(plain.length, 0);
}

static void test_reply_that_was_touched_or_cut_is_none(void **state)
{
    (void)state;
    struct bytes sealed AUTO_BYTES = { 0 }, plain AUTO_BYTES = { 0 };
    seal(&sealed);
    for (size_t i = 0; i < sealed.length; i++) {
        sealed.data[i] ^= 0x10;
        CHECK_EQ(reply_open(&plain, key, id, sealed.data, sealed.length), SEAL_E_TAMPERED);
        sealed.data[i] ^= 0x10;
    }
    for (size_t n = 0; n < sealed.length; n++)
        CHECK_EQ(reply_open(&plain, key, id, sealed.data, n), SEAL_E_TAMPERED);
    CHECK_EQ(plain.length, 0);
}

static void test_reply_has_a_limit(void **state)
{
    (void)state;
    static char noise[3 * REPLY_MAX];
    struct bytes sealed AUTO_BYTES = { 0 };
    uint32_t x = 1;
    for (size_t i = 0; i < sizeof(noise); i++) {
        x = x * 1664525 + 1013904223;
        noise[i] = (char)(x >> 24);
    }
    CHECK(reply_seal(&sealed, key, id, noise, sizeof(noise)) < 0);
    CHECK_EQ(sealed.length, 0);
}

RUN(T(test_reply_comes_back_as_it_was_said), T(test_reply_says_little_by_its_length),
    T(test_reply_of_two_times_differs), T(test_reply_opens_for_its_key_and_question_alone),
    T(test_reply_that_was_touched_or_cut_is_none), T(test_reply_has_a_limit))
