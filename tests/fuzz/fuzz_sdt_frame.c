/* links: drivers/idcard firmware/card firmware/base */
#include <stdlib.h>
#include <string.h>

#include "drivers/idcard/frame.h"
#include "firmware/card/person.h"

/* First byte: command and chunk size; the rest: what a reader sends. A frame that is judged good goes on to the card. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct sdt_parser p = { 0 };
    struct sdt_reply reply = { 0 };
    struct person person;
    if (!size)
        return 0;
    enum sdt_command_id id = (enum sdt_command_id)(data[0] % SDT_COMMANDS);
    size_t step = 1 + data[0] / SDT_COMMANDS, taken;
    sdt_parser_start(&p, SDT_LENGTH_MAX);
    int r = SDT_E_MORE;
    for (size_t at = 1; at < size && r == SDT_E_MORE; at += taken) {
        size_t count = size - at < step ? size - at : step;
        r = sdt_parser_feed(&p, data + at, count, &taken, &reply);
        if (taken > count || (!r && reply.length > SDT_DATA_MAX))
            abort();
    }
    bool is_card = id == SDT_READ || id == SDT_READ_WITH_PRINTS;
    if (!r && !sdt_judge(id, &reply) && is_card)
        (void)!card_parse(&person, sdt_text(&reply));
    return 0;
}
