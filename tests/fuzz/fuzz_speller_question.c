/* links: ui/input/pinyin/engine ui/input/pinyin firmware/base */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "ui/input/pinyin/engine/fit.h"
#include "ui/input/pinyin/wire.h"

/* A question as the helper reads it, and its letters against words: no letters are counted that were not typed. */

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void demand(int claim)
{
    if (!claim)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const words[] = { "shen'fen'zheng",       "lv'xing", "a",
                                         "zhuang'zhuang'zhuang", "nv'er",   "xi'an",
                                         "z'z'z'z'z'z'z'z'z'z" };
    struct wire_question q;
    uint8_t again[WIRE_QUESTION_MAX];
    if (wire_get_question(&q, data, size)) {
        return 0;
    }
    demand(wire_put_question(again, &q) == size && !memcmp(again, data, size));
    demand(fit_syllables(q.letters) <= strlen(q.letters));
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        struct hit hit = { 0 };
        if (!fit_word(&hit, q.letters, words[i], q.flags & SPELLER_FUZZY_NG))
            continue;
        demand(hit.letters && hit.letters <= strlen(q.letters) && hit.fit < FIT_COUNT);
        demand(hit.fit == FIT_START || hit.letters == strlen(q.letters));
    }
    return 0;
}
