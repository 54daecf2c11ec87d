/* links: drivers/idcard drivers/usb firmware/card firmware/base */
#include "drivers/idcard/frame.h"
#include "firmware/base/bytes.h"
#include "tests/support/check.h"

static struct sdt_reply card_reply(uint16_t text, uint16_t photo, size_t length)
{
    struct sdt_reply r = { .sw3 = SDT_OK, .length = length };
    put_be16(r.data, text);
    put_be16(r.data + 2, photo);
    return r;
}

static void test_sdt_judge_knows_answers_from_stale_and_lying_ones(void **state)
{
    (void)state;
    static const struct {
        enum sdt_command_id id;
        uint8_t sw3;
        unsigned length;
        int want;
    } rows[] = {
        { SDT_FIND, SDT_FOUND, 4, 0 },
        { SDT_FIND, SDT_NO_CARD, 0, SDT_E_STATUS },
        { SDT_FIND, SDT_OK, 8, SDT_E_UNEXPECTED },
        { SDT_SELECT, SDT_OK, 8, 0 },
        { SDT_SELECT, SDT_FOUND, 4, SDT_E_UNEXPECTED }, /* M11 */
        { SDT_SELECT, SDT_OK, 7, SDT_E_PAYLOAD },
        { SDT_SAM_NUMBER, SDT_OK, 16, 0 },
        { SDT_SAM_NUMBER, SDT_OK, 0, SDT_E_PAYLOAD },
        { SDT_NEW_ADDRESS, SDT_NOTHING, 0, SDT_E_STATUS },
        { SDT_NEW_ADDRESS, SDT_OK, 70, 0 },
        { SDT_NEW_ADDRESS, SDT_OK, 71, SDT_E_PAYLOAD },
        { SDT_STATUS, SDT_SAM_SICK, 0, SDT_E_STATUS },
        { SDT_READ, SDT_READ_FAILED, 0, SDT_E_STATUS },
        { SDT_READ, SDT_OK, 0, SDT_E_PAYLOAD },
        { SDT_READ, 0x77, 0, SDT_E_STATUS },
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct sdt_reply r = { .sw3 = rows[i].sw3, .length = rows[i].length };
        CHECK_EQ(sdt_judge(rows[i].id, &r), rows[i].want);
    }
}

static void test_sdt_judge_adds_up_inner_lengths(void **state)
{
    (void)state;
    static const struct {
        uint16_t text, photo;
        unsigned length;
        int want;
    } rows[] = {
        { 256, 1024, 1284, 0 },
        { 256, 0, 260, 0 },
        { 257, 1024, 1284, SDT_E_PAYLOAD },   /* M9 */
        { 0xffff, 0xffff, 8, SDT_E_PAYLOAD }, /* M10 */
        { 256, 1025, 1285, SDT_E_PAYLOAD },
        { 255, 1024, 1283, SDT_E_PAYLOAD },
        { 256, 1024, 1283, SDT_E_PAYLOAD },
        { 256, 1024, 3, SDT_E_PAYLOAD },
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct sdt_reply r = card_reply(rows[i].text, rows[i].photo, rows[i].length);
        CHECK_EQ(sdt_judge(SDT_READ, &r), rows[i].want);
    }
    struct sdt_reply prints = card_reply(256, 1024, 6 + 256 + 1024 + 512);
    put_be16(prints.data + 4, 512);
    CHECK_EQ(sdt_judge(SDT_READ_WITH_PRINTS, &prints), 0);
    CHECK(sdt_text(&prints) == prints.data + 6);
    put_be16(prints.data + 4, 513);
    CHECK_EQ(sdt_judge(SDT_READ_WITH_PRINTS, &prints), SDT_E_PAYLOAD);
}

RUN(T(test_sdt_judge_knows_answers_from_stale_and_lying_ones),
    T(test_sdt_judge_adds_up_inner_lengths))
