/* links: firmware/base */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "firmware/base/json.h"
#include "firmware/base/message.h"

/* The local socket's frames, handed over in two pieces at every place that the first byte names. What is one piece must
 * be the same as what is two, nothing is consumed before it is whole, and what was understood can be said again. */

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void demand(int claim)
{
    if (!claim)
        abort();
}

static void say_again(const struct message *m)
{
    struct bytes out AUTO_BYTES = { 0 };
    struct message again AUTO_MESSAGE = { 0 };
    int r = message_encode(&out, m->head, m->body.data, m->body.length);
    if (r)
        return; /* sorted and written anew it may exceed the cap */
    demand(!message_decode(&again, &out) && !out.length);
    demand(json_equal(again.head, m->head) && again.body.length == m->body.length);
    demand(!m->body.length || !memcmp(again.body.data, m->body.data, m->body.length));
}

/* Decode all that is there; how it ended. */
static int decode_all(struct bytes *in, unsigned *count)
{
    for (;;) {
        struct message m AUTO_MESSAGE = { 0 };
        size_t before = in->length;
        int r = message_decode(&m, in);
        if (r) {
            demand(in->length == before && !m.head);
            return r;
        }
        demand(json_is_object(m.head) && before >= 8 + m.body.length &&
               in->length + 8 + m.body.length < before);
        say_again(&m);
        ++*count;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct bytes whole AUTO_BYTES = { 0 }, pieces AUTO_BYTES = { 0 };
    unsigned in_one = 0, in_two = 0;
    if (size < 1)
        return 0;
    size_t cut = 1 + data[0] * (size - 1) / 256;
    demand(!bytes_append(&whole, data + 1, size - 1));
    int ends = decode_all(&whole, &in_one);
    demand(!bytes_append(&pieces, data + 1, cut - 1));
    int first = decode_all(&pieces, &in_two);
    demand(first == MESSAGE_E_MORE || first == MESSAGE_E_BAD);
    if (first == MESSAGE_E_BAD)
        return 0; /* hung up */
    demand(!bytes_append(&pieces, data + cut, size - cut));
    demand(decode_all(&pieces, &in_two) == ends && in_one == in_two &&
           pieces.length == whole.length);
    return 0;
}
