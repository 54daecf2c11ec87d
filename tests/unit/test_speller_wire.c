/* links: ui/input/pinyin firmware/base */
#include <stdio.h>

#include "tests/support/check.h"
#include "ui/input/pinyin/wire.h"

static const struct wire_question asked = {
    .serial = 7, .flags = SPELLER_NAME, .most = 3, .letters = "wangming"
};

/* An answer of one candidate, to be spoilt. */
struct spoilt {
    uint8_t data[WIRE_ANSWER_MAX + 8];
    size_t length;
};

static struct spoilt one(const char *text, uint8_t letters)
{
    struct spoilt s = { .data = { 'A', WIRE_VERSION, 0, 1, 0, 0, 0, 7, letters } };
    s.data[9] = (uint8_t)strlen(text);
    memcpy(s.data + 10, text, strlen(text));
    s.length = 10 + strlen(text);
    return s;
}

static int read(const struct spoilt *s)
{
    struct speller_answer answer;
    int r = wire_get_answer(&answer, s->data, s->length, &asked);
    if (r)
        CHECK_EQ(answer.count, 0);
    return r;
}

static void test_wire_refuses_an_answer_to_another_question(void **state)
{
    (void)state;
    struct spoilt s = one("王", 4);
    CHECK_EQ(read(&s), 0);
    s.data[7] = 8;
    CHECK_EQ(read(&s), -EBADMSG);
}

static void test_wire_refuses_every_answer_that_is_cut_or_longer(void **state)
{
    (void)state;
    struct spoilt s = one("王明", 8);
    size_t whole = s.length;
    for (s.length = 0; s.length < whole; s.length++)
        CHECK_EQ(read(&s), -EBADMSG);
    s.length = whole + 1;
    CHECK_EQ(read(&s), -EBADMSG);
}

static void test_wire_refuses_text_that_cannot_be_drawn(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "\xe7\x8e", "\xed\xa0\x80", "\n", "\xe2\x80\xae", "a\x7f", ""
    };
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        struct spoilt s = one(bad[i], 4);
        CHECK_EQ(read(&s), -EBADMSG);
    }
}

static void test_wire_refuses_more_letters_or_candidates_than_were_asked_for(void **state)
{
    (void)state;
    struct spoilt s = one("王", 9), none = one("王", 0), many = one("王", 4);
    CHECK_EQ(read(&s), -EBADMSG);
    CHECK_EQ(read(&none), -EBADMSG);
    many.data[3] = 4;
    CHECK_EQ(read(&many), -EBADMSG);
}

static void test_wire_refuses_a_question_with_other_letters(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "", "'a", "a''b", "Wang", "wang ", "w\xc3\xbc", "abcdefghijklmnopqrstuvwxyzabcdefg"
    };
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
        CHECK(!wire_letters_are_good(bad[i]));
    uint8_t data[WIRE_QUESTION_MAX];
    struct wire_question q = asked, got;
    size_t length = wire_put_question(data, &q);
    data[length - 1] = 0;
    CHECK_EQ(wire_get_question(&got, data, length), -EBADMSG);
    data[length - 1] = 'g';
    data[2] = 0x80;
    CHECK_EQ(wire_get_question(&got, data, length), -EBADMSG);
}

static void test_wire_carries_a_question_of_32_letters(void **state)
{
    (void)state;
    uint8_t data[WIRE_QUESTION_MAX];
    struct wire_question q = { .serial = 0xfffffffe, .flags = 7, .most = 40 }, got;
    memcpy(q.letters, "abcdefghijklmnopqrstuvwxyz'abcde", 33);
    size_t length = wire_put_question(data, &q);
    CHECK_EQ(length, WIRE_QUESTION_MAX);
    CHECK_EQ(wire_get_question(&got, data, length), 0);
    CHECK_STR(got.letters, q.letters);
    CHECK(got.serial == q.serial && got.flags == 7 && got.most == 40);
}

static void test_wire_carries_forty_candidates_of_the_longest_text(void **state)
{
    (void)state;
    static uint8_t data[WIRE_ANSWER_MAX];
    struct wire_question q = asked;
    struct speller_answer answer = { .count = SPELLER_CANDIDATES_MAX }, got;
    q.most = SPELLER_CANDIDATES_MAX;
    for (size_t i = 0; i < answer.count; i++) {
        for (size_t k = 0; k < 21; k++)
            memcpy(answer.list[i].text + 3 * k, "王", 4);
        answer.list[i].letters = (uint8_t)(1 + i % 8);
    }
    size_t length = wire_put_answer(data, q.serial, &answer);
    CHECK_EQ(length, WIRE_ANSWER_MAX);
    CHECK_EQ(wire_get_answer(&got, data, length, &q), 0);
    CHECK_EQ(got.count, answer.count);
    CHECK_STR(got.list[39].text, answer.list[39].text);
    CHECK_EQ(got.list[39].letters, answer.list[39].letters);
}

RUN(T(test_wire_refuses_an_answer_to_another_question),
    T(test_wire_refuses_every_answer_that_is_cut_or_longer),
    T(test_wire_refuses_text_that_cannot_be_drawn),
    T(test_wire_refuses_more_letters_or_candidates_than_were_asked_for),
    T(test_wire_refuses_a_question_with_other_letters),
    T(test_wire_carries_a_question_of_32_letters),
    T(test_wire_carries_forty_candidates_of_the_longest_text))
