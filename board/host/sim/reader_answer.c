#include <string.h>

#include "board/host/sim/reader_inside.h"

enum { HEAD = 7, PHOTO = 1024 };

static const uint8_t preamble[5] = { 0xaa, 0xaa, 0xaa, 0x96, 0x69 };

static void put(struct sim_pipe *p, const uint8_t *data, size_t length)
{
    size_t room = READER_FRAME_MAX - p->used;
    length = length < room ? length : room;
    memcpy(p->data + p->used, data, length);
    p->used += length;
}

/* Spread a frame over the pipes as the style wants it. */
static void send(struct sim_reader *r, const uint8_t *frame, size_t length)
{
    size_t head = length < HEAD ? length : HEAD;
    if (r->style != SIM_READER_SPLIT)
        head = length;
    put(&r->pipes[0], frame, head);
    put(&r->pipes[1], frame + head, length - head);
}

static size_t frame_of(uint8_t *out, const uint8_t status[3], const uint8_t *data, size_t length)
{
    size_t inside = 3 + length + 1;
    memcpy(out, preamble, sizeof(preamble));
    out[5] = (uint8_t)(inside >> 8);
    out[6] = (uint8_t)inside;
    memcpy(out + 7, status, 3);
    if (length)
        memcpy(out + 10, data, length);
    uint8_t check = 0;
    for (size_t i = 5; i < 10 + length; i++)
        check ^= out[i];
    out[10 + length] = check;
    return 11 + length;
}

static enum sim_reader_fault take_fault(struct sim_reader *r)
{
    enum sim_reader_fault fault = r->fault;
    if (fault && r->fault_left && --r->fault_left == 0)
        r->fault = READER_NONE;
    return fault;
}

static void reply(struct sim_reader *r, uint8_t sw3, const uint8_t *data, size_t length)
{
    static const uint8_t junk[2] = { 0x00, 0xff }, zeros[53] = { 0 };
    static const uint8_t stale[15] = { 0xaa, 0xaa, 0xaa, 0x96, 0x69, 0, 8,   0,
                                       0,    0x9f, 0,    0,    0,    0, 0x97 };
    uint8_t frame[READER_FRAME_MAX], status[3] = { 0, 0, sw3 };
    bool is_card = length > SIM_CARD_TEXT;
    bool keeps = r->fault == READER_INNER_LIE || r->fault == READER_AUTH ||
                 r->fault == READER_READ || r->fault == READER_WRONG_CARD ||
                 r->fault == READER_SAM_SICK || r->fault == READER_SAM_FAILED;
    enum sim_reader_fault fault = keeps ? READER_NONE : take_fault(r);
    size_t size = frame_of(frame, status, data, length);
    if (is_card && r->fault == READER_INNER_LIE) {
        take_fault(r);
        frame[11] = 1; /* text length 0101: the check byte stays true to it */
        frame[size - 1] ^= 1;
    }
    switch (fault) {
    case READER_SILENCE:
        return;
    case READER_STALL:
        r->pipes[0].is_halted = true;
        return;
    case READER_CHECKSUM:
        frame[size - 1] ^= 0x55;
        break;
    case READER_TRUNCATED:
        size -= 3;
        break;
    case READER_TOO_LONG:
        frame[5] = frame[6] = 0xff;
        break;
    case READER_TOO_SHORT:
        frame[5] = frame[6] = 0;
        break;
    case READER_STALE:
        send(r, stale, sizeof(stale));
        return;
    case READER_JUNK_BEFORE:
        put(&r->pipes[0], junk, sizeof(junk));
        break;
    default:
        break;
    }
    send(r, frame, size);
    if (fault == READER_JUNK_BEHIND)
        put(&r->pipes[r->style == SIM_READER_SPLIT], zeros, sizeof(zeros));
    explicit_bzero(frame, sizeof(frame));
}

static void reply_card(struct sim_reader *r)
{
    uint8_t data[4 + SIM_CARD_TEXT + PHOTO] = { 1, 0, 4, 0 };
    memcpy(data + 4, r->text, SIM_CARD_TEXT);
    for (size_t i = 0; i < PHOTO; i++)
        data[4 + SIM_CARD_TEXT + i] = (uint8_t)i;
    r->reads++;
    r->was_read = true;
    reply(r, 0x90, data, sizeof(data));
    explicit_bzero(data, sizeof(data));
}

static uint8_t read_fault(struct sim_reader *r)
{
    uint8_t status = r->fault == READER_AUTH         ? 0x31
                     : r->fault == READER_READ       ? 0x41
                     : r->fault == READER_WRONG_CARD ? 0x40
                                                     : 0;
    if (status)
        take_fault(r);
    return status;
}

static void answer(struct sim_reader *r, uint8_t command, uint8_t parameter)
{
    static const uint8_t sam[16] = { 5,    0, 1, 0, 0xa5, 0x3a, 0x34, 1,
                                     0x2a, 0, 0, 0, 0x15, 0xcd, 0x5b, 7 };
    static const uint8_t zeros[28] = { 0 };
    bool is_findable = r->has_card && (!r->was_read || r->finds_again);
    uint8_t failure;
    switch (command << 8 | parameter) {
    case 0x10ff:
        reply(r, 0x90, NULL, 0);
        break;
    case 0x11ff:
        failure = r->fault == READER_SAM_SICK ? 0x66 : r->fault == READER_SAM_FAILED ? 0x60 : 0x90;
        if (failure != 0x90)
            take_fault(r);
        reply(r, failure, NULL, 0);
        break;
    case 0x12ff:
        reply(r, 0x90, sam, sizeof(sam));
        break;
    case 0x2001:
        r->is_selected = false;
        reply(r, is_findable ? 0x9f : 0x80, zeros, is_findable ? 4 : 0);
        break;
    case 0x2002:
        r->is_selected = is_findable;
        reply(r, is_findable ? 0x90 : 0x81, zeros, is_findable ? 8 : 0);
        break;
    case 0x3001:
        failure = r->is_selected ? read_fault(r) : 0x41;
        if (failure)
            reply(r, failure, NULL, 0);
        else
            reply_card(r);
        break;
    case 0x3003:
        if (!r->mutes_presence)
            reply(r,
                  r->lacks_presence               ? 0x21
                  : r->has_card && r->is_selected ? 0x91
                                                  : 0x41,
                  NULL, 0);
        break;
    case 0x3005:
        reply(r, r->is_selected ? 0x90 : 0x41, zeros, r->is_selected ? 28 : 0);
        break;
    default:
        reply(r, 0x21, NULL, 0);
    }
}

/* A reader on a line hears noise too: only what begins like a frame is kept. */
static void find_preamble(struct sim_reader *r)
{
    size_t skip = 0, count = r->requested < sizeof(preamble) ? r->requested : sizeof(preamble);
    while (skip < r->requested && memcmp(r->request + skip, preamble,
                                         r->requested - skip < count ? r->requested - skip : count))
        skip++;
    memmove(r->request, r->request + skip, r->requested - skip);
    r->requested -= skip;
}

/* A whole request? Section 1.1; a broken one is answered as a reader answers it. */
bool sim_reader_take_request(struct sim_reader *r)
{
    find_preamble(r);
    if (r->requested < 10)
        return false;
    size_t length = (size_t)r->request[5] << 8 | r->request[6];
    if (length < 3 || 7 + length > sizeof(r->request)) {
        r->requested = 0;
        reply(r, 0x11, NULL, 0);
        return true;
    }
    if (r->requested < 7 + length)
        return false;
    uint8_t check = 0;
    for (size_t i = 5; i < 7 + length; i++)
        check ^= r->request[i];
    r->requested = 0;
    if (check)
        reply(r, 0x10, NULL, 0);
    else
        answer(r, r->request[7], r->request[8]);
    return true;
}
