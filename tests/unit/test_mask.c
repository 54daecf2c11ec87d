/* links: firmware/card firmware/base */
#include "firmware/base/text.h"
#include "firmware/card/person.h"
#include "tests/support/check.h"

static void test_mask_rules_of_the_province(void **state)
{
    (void)state;
    static const struct {
        void (*mask)(char out[MASKED_TEXT], const char *text);
        const char *text, *want;
    } rows[] = {
        { mask_name, "王小明", "*小明" },
        { mask_name, "王明", "*明" },
        { mask_name, "欧阳小明", "*阳小明" },
        { mask_name, "王", "*" },
        { mask_name, "", "" },
        { mask_name, "\xf0\xa0\xae\xb7明", "*明" }, /* a surname beyond the first plane */
        { mask_name, "TESTER, SAMPLE", "*ESTER, SAMPLE" },
        { mask_number_strong, "339999199001010013", "3****************3" },
        { mask_number_strong, "XXX330100010113", "X*************3" },
        { mask_number_strong, "33999919900101003X", "3****************X" },
        { mask_number_strong, "12", "**" },
        { mask_number_strong, "", "" },
        { mask_number_ordinary, "339999199001010013", "3***99199001*****3" },
        { mask_number_ordinary, "XXX330100010113", "X***30100010**3" },
        { mask_number_ordinary, "12345678",
          "1******8" }, /* too short for the rule: the strong one */
        { mask_phone, "13800005678", "138****5678" },
        { mask_phone, "0575-81234567", "0575-****4567" },
        { mask_phone, "057581234567", "0575****4567" },
        { mask_phone, "01081234567", "010****4567" },
        { mask_phone, "02181234567", "021****4567" },
        { mask_phone, "5678", "5**8" },
        { mask_phone, "56", "**" },
        { mask_phone, "", "" },
        { mask_account, "6222020000000001234", "622202*********1234" },
        { mask_account, "12345678901", "123456*8901" },
        { mask_account, "1234567890", "123****890" },
        { mask_account, "12345678", "12****78" },
        { mask_other, "浙江省绍兴市柯桥区", "浙江省***柯桥区" },
        { mask_other, "123456789", "123***789" },
        { mask_other, "12", "**" },
        { mask_other, "1", "*" },
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        char out[MASKED_TEXT];
        rows[i].mask(out, rows[i].text);
        CHECK_STR(out, rows[i].want);
    }
}

static void test_mask_strong_number_of_any_length_tells_two_characters_at_most(void **state)
{
    (void)state;
    char number[64] = "";
    for (size_t n = 0; n < 40; n++) {
        char out[MASKED_TEXT];
        mask_number_strong(out, number);
        size_t shown = 0;
        for (const char *c = out; *c; c++)
            shown += *c != '*';
        CHECK(shown <= 2 && shown < n + (n == 0));
        CHECK_EQ(strlen(out), n);
        number[n] = '7';
    }
}

static void test_mask_of_a_very_long_text_ends_between_characters_and_hides_its_middle(void **state)
{
    (void)state;
    char address[301] = "", out[MASKED_TEXT];
    for (int i = 0; i < 100; i++)
        strcat(address, i < 33 ? "浙" : i < 67 ? "秘" : "江");
    mask_other(out, address);
    CHECK(text_is_valid(out, strlen(out)));
    CHECK(!strstr(out, "秘"));
}

static void test_mask_survives_text_that_is_not_utf8(void **state)
{
    (void)state;
    char out[MASKED_TEXT];
    mask_name(out, "\xff\xe6\xb5");
    CHECK_STR(out, "*\xef\xbf\xbd\xef\xbf\xbd");
}

RUN(T(test_mask_rules_of_the_province),
    T(test_mask_strong_number_of_any_length_tells_two_characters_at_most),
    T(test_mask_of_a_very_long_text_ends_between_characters_and_hides_its_middle),
    T(test_mask_survives_text_that_is_not_utf8))
