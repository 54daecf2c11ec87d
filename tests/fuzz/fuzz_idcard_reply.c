/* links: drivers/idcard firmware/card firmware/base */
#include <stdlib.h>
#include <string.h>

#include "drivers/idcard/idcard.h"

/* A reader that says whatever it likes, to a driver that goes on asking. The input is a row of pieces: a byte that says what
 * comes, then that many bytes from the reader.
 *
 *   00         silence until the deadline
 *   01 .. fd   so many bytes, in one transfer
 *   fe         the bytes of a whole card follow: CARD of them, in one transfer
 *   ff         unplugged */

enum {
    STEPS = 64,
    STEP_MOST_MS = 6000,
    CARD = 1295,
    SILENCE = 0x00,
    WHOLE_CARD = 0xfe,
    UNPLUGGED = 0xff
};

static struct input {
    struct fake_clock clock;
    const uint8_t *data;
    size_t left;   /* of the input */
    size_t offers; /* of the piece now being sent */
} in;

static int port_write(void *context, const uint8_t *frame, size_t length, int wait_ms)
{
    (void)context;
    (void)frame;
    (void)wait_ms;
    return length < 10 || length > SDT_REQUEST_MAX ? SDT_E_GONE : 0;
}

static int silence(int wait_ms)
{
    fake_clock_advance(&in.clock, wait_ms);
    return SDT_E_TIMEOUT;
}

static int port_read(void *context, uint8_t *data, size_t size, int wait_ms, size_t *got)
{
    (void)context;
    if (wait_ms <= 0 || !size)
        abort();
    if (!in.offers) {
        if (!in.left || *in.data == UNPLUGGED)
            return SDT_E_GONE;
        in.offers = *in.data == WHOLE_CARD ? CARD : *in.data;
        in.data++;
        in.left--;
        in.offers = in.offers < in.left ? in.offers : in.left;
        if (!in.offers)
            return silence(wait_ms);
    }
    *got = in.offers < size ? in.offers : size;
    memcpy(data, in.data, *got);
    in.data += *got;
    in.left -= *got;
    in.offers -= *got;
    return 0;
}

static void port_drain(void *context, int quiet_ms)
{
    (void)context;
    (void)quiet_ms;
    in.data += in.offers;
    in.left -= in.offers;
    in.offers = 0;
}

static bool is_wiped(const void *memory, size_t size)
{
    const uint8_t *byte = memory;
    while (size && !*byte) {
        byte++;
        size--;
    }
    return !size;
}

/* A person is there with IDCARD_PERSON alone, and its texts end. */
static void check_person(enum idcard_event event, const struct person *p)
{
    if (event != IDCARD_PERSON && !is_wiped(p, sizeof(*p)))
        abort();
    if (event == IDCARD_PERSON && (p->layout == CARD_NONE || !memchr(p->name, 0, sizeof(p->name)) ||
                                   !memchr(p->number, 0, sizeof(p->number))))
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct sdt_port port = { .write = port_write, .read = port_read, .drain = port_drain };
    AUTO(idcard_free) struct idcard *card = NULL;
    struct person person;
    enum idcard_event event = IDCARD_NOTHING;
    in = (struct input){ .clock = fake_clock_at(1000, 0), .data = data, .left = size };
    if (idcard_new(&card, &port, &in.clock.base))
        return 0;
    for (int i = 0; i < STEPS && event != IDCARD_GONE; i++) {
        int wait_ms = -1;
        int64_t before = in.clock.boot;
        event = idcard_step(card, &person, &wait_ms);
        check_person(event, &person);
        if (wait_ms < 0 || in.clock.boot - before > STEP_MOST_MS)
            abort();
        fake_clock_advance(&in.clock, wait_ms);
    }
    return 0;
}
