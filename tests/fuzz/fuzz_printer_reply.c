/* links: drivers/printer firmware/base */
#include <stdlib.h>
#include <string.h>

#include "drivers/printer/proof.h"
#include "drivers/printer/reply.h"
#include "drivers/printer/status.h"

/* A printer's answers, whatever they are: the first byte chooses the profile and what was asked, then bytes; FE lets
 * 100 ms pass, FD asks again, FC forgets. */

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void demand(int claim)
{
    if (!claim)
        abort();
}

static void use(const struct reply *r, struct printer_status *s, struct proof *proof)
{
    demand(r->length <= REPLY_BLOCK_MAX);
    switch (r->kind) {
    case REPLY_STATUS:
        demand(r->length == 1 && r->request >= 1 && r->request <= 4 &&
               (r->bytes[0] & 0x93) == 0x12);
        status_apply(s, r->request, r->bytes[0]);
        break;
    case REPLY_UNASKED:
        demand(r->length == 4 && (r->bytes[0] & 0x93) == 0x10 &&
               !((r->bytes[1] | r->bytes[2] | r->bytes[3]) & 0x90));
        status_apply_four(s, r->bytes);
        break;
    case REPLY_PROCESS_ID:
        demand(r->length == ESCPOS_ID);
        proof_take(proof, r->bytes);
        break;
    case REPLY_FULL:
        demand(r->length == 4);
        status_apply_full(s, r->bytes);
        break;
    case REPLY_BYTE:
        demand(r->length == 1 && !(r->bytes[0] & 0x90));
        break;
    case REPLY_LENGTH:
        demand(r->length >= 1 && r->length <= 6);
        for (size_t i = 0; i < r->length; i++)
            demand(r->bytes[i] >= '0' && r->bytes[i] <= '9');
        break;
    case REPLY_CLEARED:
        demand(r->length == 0);
        break;
    case REPLY_OFFLINE:
    case REPLY_TEXT:
    case REPLY_OTHER:
        demand(!memchr(r->bytes, 0, r->length));
        break;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct reply_reader reader;
    struct printer_status status = { 0 };
    struct proof proof;
    struct reply reply;
    char words[PRINTER_STATUS_WORDS];
    int64_t now = 0;
    if (!size)
        return 0;
    reply_init(&reader, data[0] & 1);
    proof_begin(&proof, data[0]);
    for (size_t i = 1; i < size; i++) {
        if (data[i] == 0xFE)
            now += 100;
        else if (data[i] == 0xFD)
            (void)reply_expect(&reader, (uint8_t)(i % 6 == 5 ? REPLY_ASKED_LEFT
                                                  : i % 6    ? i % 6
                                                             : REPLY_ASKED_PAPER));
        else if (data[i] == 0xFC)
            reply_forget(&reader);
        else if (reply_take(&reader, data[i], now, &reply))
            use(&reply, &status, &proof);
        reply_tick(&reader, now);
        demand(reader.open_count <= REPLY_OPEN_MAX && reader.held_count <= sizeof(reader.held));
    }
    printer_status_words(words, &status);
    demand(strlen(words) < sizeof(words));
    return 0;
}
