/* links: ui/speech firmware/base */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "firmware/base/text.h"
#include "ui/speech/request.h"

/* What the speech program is handed, and what it makes of the words. What was understood can be
 * written again and is understood the same; what is said is UTF-8 in pieces that end inside the
 * text; answers too. The table has a word, a longer one and a number. */

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void demand(int claim)
{
    if (!claim)
        abort();
}

static const struct say_words *table(void)
{
    static const char text[] = "银行\tyin2 hang2\n银行卡\tyin2 hang2 ka3\n110\tyao1 yao1 ling2\n";
    static struct say_words *words;
    char complaint[SAY_COMPLAINT];
    if (!words)
        demand(!say_words_load(&words, text, sizeof(text) - 1, complaint));
    return words;
}

static void pronounce(const struct speech_request *r)
{
    static struct said said;
    demand(!say_text(&said, table(), r->language, r->text));
    demand(said.count >= 1 && said.count <= SAY_PIECES_MAX);
    for (size_t i = 0; i < said.count; i++) {
        const char *piece = said_piece(&said, i);
        demand(said.pieces[i].at < said.text.length);
        demand(text_is_valid(piece, strlen(piece)));
    }
    said_clear(&said);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct speech_request first, second;
    static char again[SPEECH_REQUEST_MAX];
    struct speech_answer answer, same;
    char small[SPEECH_ANSWER_MAX];
    if (!speech_request_read(&first, (const char *)data, size)) {
        size_t length = speech_request_write(again, &first);
        demand(length > 0 && !speech_request_read(&second, again, length));
        demand(!memcmp(&first, &second, sizeof(first)));
        if (first.verb == SPEECH_SAY)
            pronounce(&first);
    }
    if (!speech_answer_read(&answer, (const char *)data, size)) {
        size_t length = speech_answer_write(small, &answer);
        demand(!speech_answer_read(&same, small, length));
        demand(same.kind == answer.kind && same.serial == answer.serial);
    }
    return 0;
}
