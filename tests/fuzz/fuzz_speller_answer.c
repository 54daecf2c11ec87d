/* links: ui/input/pinyin firmware/base */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "firmware/base/text.h"
#include "ui/input/pinyin/wire.h"

/* What a taken-over engine might say to the kiosk. Everything that is believed can be drawn, stands for letters that were
 * typed, and says the same when it is said again. */

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void demand(int claim)
{
    if (!claim)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static uint8_t again[WIRE_ANSWER_MAX];
    struct wire_question question = { .serial = 0x01020304, .most = 10, .letters = "wangxiaoming" };
    struct speller_answer answer;
    if (wire_get_answer(&answer, data, size, &question)) {
        demand(!answer.count && !answer.list[0].text[0]);
        return 0;
    }
    demand(answer.count <= question.most);
    for (size_t i = 0; i < answer.count; i++) {
        const char *text = answer.list[i].text;
        demand(*text && text_is_valid(text, strlen(text)));
        demand(answer.list[i].letters && answer.list[i].letters <= strlen(question.letters));
    }
    demand(wire_put_answer(again, question.serial, &answer) == size && !memcmp(again, data, size));
    return 0;
}
