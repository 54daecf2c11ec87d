/* links: firmware/seal firmware/base */
#include "firmware/seal/agent_mark.h"

#include <string.h>

#include "tests/support/check.h"

static const uint8_t salt[AGENT_MARK_SALT] = { 1, 2, 3 };

static struct agent_mark mark_of(const char *number, const char *valid_from)
{
    struct agent_mark m;
    CHECK_EQ(agent_mark(&m, salt, number, valid_from), 0);
    return m;
}

static void test_agent_mark_is_the_cards_and_no_other(void **state)
{
    (void)state;
    struct agent_mark a = mark_of("339999196805120070", "20150301"),
                      again = mark_of("339999196805120070", "20150301"),
                      renewed = mark_of("339999196805120070", "20250301"),
                      other = mark_of("339999197508200095", "20150301");
    CHECK(!memcmp(&a, &again, sizeof(a)));
    CHECK(memcmp(a.tag, renewed.tag, sizeof(a.tag)));
    CHECK(memcmp(a.tag, other.tag, sizeof(a.tag)));
    CHECK(memcmp(a.label, renewed.label, sizeof(a.label)));
    CHECK(memcmp(a.tag, a.key, sizeof(a.tag)));
}

static void test_agent_note_opens_for_its_card_and_receipt_alone(void **state)
{
    (void)state;
    struct agent_mark a = mark_of("339999196805120070", "20150301"),
                      other = mark_of("339999197508200095", "20150301");
    struct bytes sealed AUTO_BYTES = { 0 };
    char text[AGENT_NOTE_MAX + 1];
    CHECK_EQ(agent_note_seal(&sealed, &a, "K0012-000042-7", "D01"), 0);
    CHECK_EQ(agent_note_open(text, &a, "K0012-000042-7", sealed.data, sealed.length), 0);
    CHECK_STR(text, "D01");
    CHECK_EQ(agent_note_open(text, &other, "K0012-000042-7", sealed.data, sealed.length), -EBADMSG);
    CHECK_STR(text, "");
    CHECK_EQ(agent_note_open(text, &a, "K0012-000043-5", sealed.data, sealed.length), -EBADMSG);
    for (size_t i = 0; i < sealed.length; i++) {
        sealed.data[i] ^= 1;
        CHECK_EQ(agent_note_open(text, &a, "K0012-000042-7", sealed.data, sealed.length), -EBADMSG);
        sealed.data[i] ^= 1;
    }
    for (size_t n = 0; n < sealed.length; n++)
        CHECK_EQ(agent_note_open(text, &a, "K0012-000042-7", sealed.data, n), -EBADMSG);
}

static void test_agent_note_has_a_limit(void **state)
{
    (void)state;
    struct agent_mark a = mark_of("339999196805120070", "20150301");
    struct bytes sealed AUTO_BYTES = { 0 };
    char text[AGENT_NOTE_MAX + 2];
    memset(text, 'x', sizeof(text));
    text[AGENT_NOTE_MAX + 1] = 0;
    CHECK_EQ(agent_note_seal(&sealed, &a, "K0012-000042-7", text), -EINVAL);
    text[AGENT_NOTE_MAX] = 0;
    CHECK_EQ(agent_note_seal(&sealed, &a, "K0012-000042-7", text), 0);
    CHECK_EQ(sealed.length, AGENT_NOTE_SEALED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_agent_mark_is_the_cards_and_no_other),
        cmocka_unit_test(test_agent_note_opens_for_its_card_and_receipt_alone),
        cmocka_unit_test(test_agent_note_has_a_limit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
