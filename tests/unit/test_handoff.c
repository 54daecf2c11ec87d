/* links: firmware/base */
#include "firmware/base/handoff.h"

#include <string.h>

#include "tests/support/check.h"

static void test_handoff_a_wrong_digit_or_two_swapped_are_noticed(void **state)
{
    (void)state;
    char code[HANDOFF_CODE], got[HANDOFF_CODE];
    for (int round = 0; round < 20; round++) {
        handoff_draw(code);
        CHECK_EQ(handoff_parse(got, code), 0);
        for (size_t i = 0; i < HANDOFF_DIGITS; i++) {
            char wrong[HANDOFF_CODE];
            for (char c = '0'; c <= '9'; c++) {
                memcpy(wrong, code, sizeof(wrong));
                wrong[i] = c;
                CHECK_EQ(handoff_parse(got, wrong), c == code[i] ? 0 : -EINVAL);
            }
            if (i + 1 == HANDOFF_DIGITS || code[i] == code[i + 1])
                continue;
            memcpy(wrong, code, sizeof(wrong));
            wrong[i] = code[i + 1];
            wrong[i + 1] = code[i];
            CHECK_EQ(handoff_parse(got, wrong), -EINVAL);
            CHECK_STR(got, "");
        }
    }
}

static void test_handoff_what_is_no_code_is_refused(void **state)
{
    (void)state;
    static const char *const texts[] = { "",
                                         "#",
                                         "123456789012345",
                                         "12345678901234500",
                                         "1234567890123450x",
                                         "x1234567890123450",
                                         "１234567890123450",
                                         "https://h/#1234567890123450#1",
                                         "https://h/1234567890123450" };
    char got[HANDOFF_CODE], endless[600];
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
        CHECK_EQ(handoff_parse(got, texts[i]), -EINVAL);
    memset(endless, ' ', sizeof(endless));
    memcpy(endless + sizeof(endless) - 17, "1234567890123450", 17);
    CHECK_EQ(handoff_parse(got, endless), -EINVAL);
}

static void test_handoff_is_read_as_it_is_shown(void **state)
{
    (void)state;
    char got[HANDOFF_CODE], shown[HANDOFF_SHOWN];
    handoff_show(shown, "1234567890123450");
    CHECK_STR(shown, "1234 5678 9012 3450");
    CHECK_EQ(handoff_parse(got, shown), 0);
    CHECK_STR(got, "1234567890123450");
    CHECK_EQ(handoff_parse(got, "https://county.example/phone.html#1234567890123450"), 0);
    CHECK_STR(got, "1234567890123450");
    handoff_show(shown, "12345");
    CHECK_STR(shown, "1234 5");
    handoff_show(shown, "");
    CHECK_STR(shown, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_handoff_a_wrong_digit_or_two_swapped_are_noticed),
        cmocka_unit_test(test_handoff_what_is_no_code_is_refused),
        cmocka_unit_test(test_handoff_is_read_as_it_is_shown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
