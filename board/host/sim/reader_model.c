#include "board/host/sim/reader_model.h"

#include <stdlib.h>
#include <string.h>

enum { FRAME_MAX = 2400, HEAD = 7, PIPES = 2, PHOTO = 1024 };

enum fault {
    FAULT_NONE,
    FAULT_SILENCE,
    FAULT_CHECKSUM,
    FAULT_TRUNCATED,
    FAULT_TOO_LONG,
    FAULT_TOO_SHORT,
    FAULT_STALE,
    FAULT_JUNK_BEFORE,
    FAULT_JUNK_BEHIND,
    FAULT_STALL,
    FAULT_INNER_LIE,
    FAULT_AUTH,
    FAULT_READ,
    FAULT_WRONG_CARD,
    FAULT_SAM_SICK,
};

static const struct {
    const char *name;
    enum fault fault;
} faults[] = {
    { "silence", FAULT_SILENCE },         { "checksum", FAULT_CHECKSUM },       { "truncated", FAULT_TRUNCATED },
    { "too-long", FAULT_TOO_LONG },       { "too-short", FAULT_TOO_SHORT },     { "stale", FAULT_STALE },
    { "junk-before", FAULT_JUNK_BEFORE }, { "junk-behind", FAULT_JUNK_BEHIND }, { "stall", FAULT_STALL },
    { "inner-lie", FAULT_INNER_LIE },     { "auth-fail", FAULT_AUTH },          { "read-fail", FAULT_READ },
    { "wrong-card", FAULT_WRONG_CARD },   { "sam-sick", FAULT_SAM_SICK },
};

/* Bytes on their way to the host. */
struct pipe {
    uint8_t data[FRAME_MAX];
    size_t used, sent;
    bool is_halted;
};

struct sim_reader {
    struct sim_device device;
    enum sim_reader_style style;
    bool has_card, was_read, is_selected, is_bytewise, finds_again;
    uint8_t text[SIM_CARD_TEXT];
    enum fault fault;
    unsigned fault_left; /* 0: until "none" */
    unsigned reads;
    uint8_t request[64];
    size_t requested;
    struct pipe pipes[PIPES];
};

/* ---- descriptors (USB 2.0, 9.6) ------------------------------------------------------ */

static const uint8_t device_descriptor[18] = { 18,   1,    0x00, 0x02, 0,    0,    0,    64, 0x00,
                                               0x04, 0x5a, 0xc3, 0x00, 0x01, 1,    2,    0,  1 };

static const uint8_t split_configuration[] = {
    9, 2, 46, 0, 1, 1, 0, 0xe0, 50, 9, 4, 0, 0, 4, 0xff, 0, 0, 0, 7, 5, 0x02, 2, 64,
    0, 0, 7,  5, 0x06, 2, 64, 0, 0, 7, 5, 0x81, 2, 64, 0, 0, 7, 5, 0x85, 2, 64, 0, 0,
};

static const uint8_t single_configuration[] = {
    9, 2, 32, 0, 1, 1, 0, 0xe0, 50, 9, 4, 0, 0, 2, 0xff, 0, 0, 0, 7, 5, 0x01, 2, 64, 0, 0, 7, 5, 0x81, 2, 64, 0, 0,
};

/* ---- replies ------------------------------------------------------------------------- */

static struct pipe *pipe_of(struct sim_reader *r, uint8_t endpoint)
{
    return &r->pipes[r->style == SIM_READER_SPLIT && endpoint == 0x85];
}

static void put(struct pipe *p, const uint8_t *data, size_t length)
{
    size_t room = FRAME_MAX - p->used;
    length = length < room ? length : room;
    memcpy(p->data + p->used, data, length);
    p->used += length;
}

/* Spread a frame over the pipes as the style wants it. */
static void send(struct sim_reader *r, const uint8_t *frame, size_t length)
{
    size_t head = length < HEAD ? length : HEAD;
    if (r->style == SIM_READER_SINGLE)
        head = length;
    put(&r->pipes[0], frame, head);
    put(&r->pipes[1], frame + head, length - head);
}

static size_t frame_of(uint8_t *out, const uint8_t status[3], const uint8_t *data, size_t length)
{
    static const uint8_t preamble[5] = { 0xaa, 0xaa, 0xaa, 0x96, 0x69 };
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

static enum fault take_fault(struct sim_reader *r)
{
    enum fault fault = r->fault;
    if (fault && r->fault_left && --r->fault_left == 0)
        r->fault = FAULT_NONE;
    return fault;
}

static void reply(struct sim_reader *r, uint8_t sw3, const uint8_t *data, size_t length)
{
    static const uint8_t junk[2] = { 0x00, 0xff }, zeros[53] = { 0 };
    static const uint8_t stale[15] = { 0xaa, 0xaa, 0xaa, 0x96, 0x69, 0, 8, 0, 0, 0x9f, 0, 0, 0, 0, 0x97 };
    uint8_t frame[FRAME_MAX], status[3] = { 0, 0, sw3 };
    bool is_card = length > SIM_CARD_TEXT;
    bool keeps = r->fault == FAULT_INNER_LIE || r->fault == FAULT_AUTH || r->fault == FAULT_READ ||
                 r->fault == FAULT_WRONG_CARD || r->fault == FAULT_SAM_SICK;
    enum fault fault = keeps ? FAULT_NONE : take_fault(r);
    size_t size = frame_of(frame, status, data, length);
    if (is_card && r->fault == FAULT_INNER_LIE) {
        take_fault(r);
        frame[11] = 1; /* text length 0101: the check byte stays true to it */
        frame[size - 1] ^= 1;
    }
    switch (fault) {
    case FAULT_SILENCE:
        return;
    case FAULT_STALL:
        r->pipes[0].is_halted = true;
        return;
    case FAULT_CHECKSUM:
        frame[size - 1] ^= 0x55;
        break;
    case FAULT_TRUNCATED:
        size -= 3;
        break;
    case FAULT_TOO_LONG:
        frame[5] = frame[6] = 0xff;
        break;
    case FAULT_TOO_SHORT:
        frame[5] = frame[6] = 0;
        break;
    case FAULT_STALE:
        send(r, stale, sizeof(stale));
        return;
    case FAULT_JUNK_BEFORE:
        put(&r->pipes[0], junk, sizeof(junk));
        break;
    default:
        break;
    }
    send(r, frame, size);
    if (fault == FAULT_JUNK_BEHIND)
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
    uint8_t status = r->fault == FAULT_AUTH ? 0x31 : r->fault == FAULT_READ ? 0x41 : r->fault == FAULT_WRONG_CARD ? 0x40 : 0;
    if (status)
        take_fault(r);
    return status;
}

static void answer(struct sim_reader *r, uint8_t command, uint8_t parameter)
{
    static const uint8_t sam[16] = { 5, 0, 1, 0, 0xa5, 0x3a, 0x34, 1, 0x2a, 0, 0, 0, 0x15, 0xcd, 0x5b, 7 };
    static const uint8_t zeros[28] = { 0 };
    bool is_findable = r->has_card && (!r->was_read || r->finds_again);
    uint8_t failure;
    switch (command << 8 | parameter) {
    case 0x10ff:
        reply(r, 0x90, NULL, 0);
        break;
    case 0x11ff:
        failure = r->fault == FAULT_SAM_SICK ? 0x66 : 0x90;
        if (failure == 0x66)
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
        reply(r, r->has_card && r->is_selected ? 0x91 : 0x41, NULL, 0);
        break;
    case 0x3005:
        reply(r, r->is_selected ? 0x90 : 0x41, zeros, r->is_selected ? 28 : 0);
        break;
    default:
        reply(r, 0x21, NULL, 0);
    }
}

/* A whole request? Section 1.1; a broken one is answered as a reader answers it. */
static void take_request(struct sim_reader *r)
{
    if (r->requested < 10)
        return;
    size_t length = (size_t)r->request[5] << 8 | r->request[6];
    if (length < 3 || 7 + length > sizeof(r->request)) {
        r->requested = 0;
        reply(r, 0x11, NULL, 0);
        return;
    }
    if (r->requested < 7 + length)
        return;
    uint8_t check = 0;
    for (size_t i = 5; i < 7 + length; i++)
        check ^= r->request[i];
    r->requested = 0;
    if (check)
        reply(r, 0x10, NULL, 0);
    else
        answer(r, r->request[7], r->request[8]);
}

/* ---- the device ---------------------------------------------------------------------- */

static int device_control(struct sim_device *d, const uint8_t setup[8], uint8_t *data, int64_t now_ms)
{
    (void)d;
    (void)setup;
    (void)data;
    (void)now_ms;
    return SIM_STALL;
}

static int device_out(struct sim_device *d, uint8_t endpoint, const uint8_t *data, size_t length, int64_t now_ms)
{
    struct sim_reader *r = d->model;
    (void)endpoint;
    (void)now_ms;
    for (size_t i = 0; i < length; i++) {
        if (r->requested == sizeof(r->request))
            r->requested = 0;
        r->request[r->requested++] = data[i];
        take_request(r);
    }
    return (int)length;
}

static int device_in(struct sim_device *d, uint8_t endpoint, uint8_t *data, size_t size, int64_t now_ms)
{
    struct sim_reader *r = d->model;
    struct pipe *p = pipe_of(r, endpoint);
    (void)now_ms;
    if (p->is_halted)
        return SIM_STALL;
    size_t left = p->used - p->sent;
    if (!left)
        return SIM_NAK;
    size_t count = r->is_bytewise ? 1 : left < size ? left : size;
    memcpy(data, p->data + p->sent, count);
    p->sent += count;
    if (p->sent == p->used) {
        explicit_bzero(p->data, p->used);
        p->used = p->sent = 0;
    }
    return (int)count;
}

static void device_clear_halt(struct sim_device *d, uint8_t endpoint)
{
    pipe_of(d->model, endpoint)->is_halted = false;
}

static int64_t device_due(struct sim_device *d, int64_t now_ms)
{
    (void)d;
    (void)now_ms;
    return -1; /* everything happens when it is asked */
}

/* It lives from the cable: out means everything is forgotten but the card on the plate. */
static void device_plugged(struct sim_device *d, bool is_plugged, int64_t now_ms)
{
    struct sim_reader *r = d->model;
    (void)is_plugged;
    (void)now_ms;
    r->requested = 0;
    r->was_read = r->is_selected = false;
    explicit_bzero(r->pipes, sizeof(r->pipes));
}

struct sim_reader *sim_reader_new(enum sim_reader_style style)
{
    struct sim_reader *r = calloc(1, sizeof(*r));
    if (!r)
        return NULL;
    bool is_split = style == SIM_READER_SPLIT;
    r->style = style;
    r->device = (struct sim_device){
        .device_descriptor = device_descriptor,
        .configuration = is_split ? split_configuration : single_configuration,
        .configuration_length = is_split ? sizeof(split_configuration) : sizeof(single_configuration),
        .strings = { NULL, "OneTrip", "Simulated ID reader", NULL },
        .is_plugged = true,
        .model = r,
        .control = device_control,
        .out = device_out,
        .in = device_in,
        .clear_halt = device_clear_halt,
        .due_ms = device_due,
        .plugged = device_plugged,
    };
    return r;
}

void sim_reader_free(struct sim_reader *r)
{
    if (!r)
        return;
    explicit_bzero(r, sizeof(*r));
    free(r);
}

struct sim_device *sim_reader_device(struct sim_reader *r)
{
    return &r->device;
}

void sim_reader_put_card(struct sim_reader *r, const uint8_t text[SIM_CARD_TEXT])
{
    sim_reader_lift(r);
    memcpy(r->text, text, SIM_CARD_TEXT);
    r->has_card = true;
}

void sim_reader_lift(struct sim_reader *r)
{
    explicit_bzero(r->text, sizeof(r->text));
    r->has_card = r->was_read = r->is_selected = false;
}

bool sim_reader_has_card(const struct sim_reader *r)
{
    return r->has_card;
}

unsigned sim_reader_reads(const struct sim_reader *r)
{
    return r->reads;
}

bool sim_reader_fault(struct sim_reader *r, const char *name, unsigned count)
{
    if (!strcmp(name, "none")) {
        r->fault = FAULT_NONE;
        r->is_bytewise = r->finds_again = false;
        r->pipes[0].is_halted = r->pipes[1].is_halted = false;
        return true;
    }
    if (!strcmp(name, "bytewise"))
        return r->is_bytewise = true;
    if (!strcmp(name, "refind"))
        return r->finds_again = true;
    for (size_t i = 0; i < sizeof(faults) / sizeof(faults[0]); i++)
        if (!strcmp(faults[i].name, name)) {
            r->fault = faults[i].fault;
            r->fault_left = count;
            return true;
        }
    return false;
}
