/* links: firmware/ctl drivers/usb firmware/base */
#include "firmware/ctl/inside.h"
#include "tests/support/check.h"

/* Why a keypad or a scanner does not work: what opening says, as a word for machines and a sentence for hands. */
static void test_ctl_why_each_answer_has_its_word_and_says_what_to_do(void **state)
{
    (void)state;
    static const struct {
        int result;
        const char *id, *words;
    } rows[] = {
        { -ENODEV, "not-found", "No keypad is plugged in" },
        { -EACCES, "permission", "install the udev rules" },
        { USB_E_DRIVER, "kernel-driver", "A driver of the kernel holds the keypad" },
        { USB_E_BUSY, "busy", "stop kiosk first" },
        { USB_E_GONE, "gone", "look at its cable" },
        { -ENOTSUP, "other-style", "switched to a mode that is not spoken here" },
        { -EIO, "broken", "at another socket" },
    };
    char room[240];
    CHECK_STR(ctl_cause_id(ctl_cause_of_open(0)), "works");
    CHECK_STR(ctl_cause_sentence(room, "keypad", CTL_WORKS), "");
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        enum ctl_cause cause = ctl_cause_of_open(rows[i].result);
        const char *sentence = ctl_cause_sentence(room, "keypad", cause);
        CHECK_STR(ctl_cause_id(cause), rows[i].id);
        CHECK(strstr(sentence, rows[i].words) && strstr(sentence, "keypad"));
        CHECK_EQ(sentence[strlen(sentence) - 1], '.');
        CHECK(!strpbrk(sentence, "0123456789%")); /* no error numbers */
    }
}

RUN(T(test_ctl_why_each_answer_has_its_word_and_says_what_to_do))
