#include "drivers/printer/reply.h"

#include <string.h>

enum {
    XON = 0x11,
    XOFF = 0x13,
    BLOCK_STATUS = 0x37,
    BLOCK_TEXT = 0x5F,
    FULL_START = 0x10,
    FULL_NEXT = 0x0F
};

void reply_init(struct reply_reader *r, bool has_full_status)
{
    memset(r, 0, sizeof(*r));
    r->has_full_status = has_full_status;
}

bool reply_expect(struct reply_reader *r, uint8_t request)
{
    if (r->open_count == REPLY_OPEN_MAX)
        return false;
    r->open[r->open_count++] = request;
    return true;
}

bool reply_is_open(const struct reply_reader *r, uint8_t request)
{
    return memchr(r->open, request, r->open_count) != NULL;
}

static void drop_group(struct reply_reader *r)
{
    r->reading = READING_NOTHING;
    r->held_count = 0;
}

void reply_forget(struct reply_reader *r)
{
    r->open_count = 0;
    drop_group(r);
}

/* DLE EOT n is its n; the others are families of their own. */
static uint8_t family(uint8_t request)
{
    return request >= REPLY_ASKED_PAPER ? request : 1;
}

void reply_forget_status(struct reply_reader *r)
{
    size_t kept = 0;
    for (size_t i = 0; i < r->open_count; i++)
        if (family(r->open[i]) != family(1))
            r->open[kept++] = r->open[i];
    r->open_count = kept;
}

void reply_count_stray(struct reply_reader *r, uint32_t count, int64_t now_ms)
{
    if (!r->recent_strays || now_ms - r->recent_ms >= REPLY_STRAY_MS) {
        r->recent_ms = now_ms;
        r->recent_strays = 0;
    }
    r->recent_strays += count;
}

bool reply_is_nonsense(const struct reply_reader *r)
{
    return r->recent_strays > REPLY_STRAYS_MAX;
}

static bool count_in(struct reply_reader *r, uint32_t *counter, int64_t now_ms)
{
    (*counter)++;
    reply_count_stray(r, 1, now_ms);
    return false;
}

/* The oldest open request of the wanted family; 0 when none is open. */
static uint8_t answered(struct reply_reader *r, uint8_t wanted)
{
    for (size_t i = 0; i < r->open_count; i++)
        if (family(r->open[i]) == wanted) {
            uint8_t request = r->open[i];
            memmove(r->open + i, r->open + i + 1, r->open_count - i - 1);
            r->open_count--;
            return request;
        }
    return REPLY_ASKED_NOTHING;
}

static bool give(struct reply *out, enum reply_kind kind, uint8_t request, const uint8_t *bytes,
                 size_t length)
{
    *out = (struct reply){ .kind = kind, .request = request, .length = length };
    if (length)
        memcpy(out->bytes, bytes, length);
    return true;
}

static bool are_between(const uint8_t *p, size_t length, uint8_t least, uint8_t most)
{
    for (size_t i = 0; i < length; i++)
        if (p[i] < least || p[i] > most)
            return false;
    return true;
}

/* held[0] is the start, then the content without its 00. */
static bool end_block(struct reply_reader *r, int64_t now_ms, struct reply *out)
{
    const uint8_t *body = r->held + 1;
    size_t length = r->held_count - 1;
    uint8_t start = r->held[0];
    drop_group(r);
    if (start == BLOCK_TEXT)
        return give(out, REPLY_TEXT, 0, body, length);
    if (start != BLOCK_STATUS)
        return give(out, REPLY_OTHER, 0, body, length);
    uint8_t kind = length ? body[0] : 0;
    if (kind == 0x22 && length == 5 && are_between(body + 1, 4, 0x20, 0x7E))
        return give(out, REPLY_PROCESS_ID, 0, body + 1, 4);
    if (kind == 0x23 && length <= 11 && are_between(body + 1, length - 1, 0x40, 0x7F))
        return give(out, REPLY_OFFLINE, 0, body + 1, length - 1);
    if (kind == 0x25 && length == 1)
        return give(out, REPLY_CLEARED, 0, NULL, 0);
    return count_in(r, &r->rejected, now_ms);
}

static bool take_in_block(struct reply_reader *r, uint8_t byte, int64_t now_ms, struct reply *out)
{
    if (!byte)
        return end_block(r, now_ms, out);
    if (r->held_count == sizeof(r->held)) {
        drop_group(r);
        return count_in(r, &r->overflows, now_ms);
    }
    r->held[r->held_count++] = byte;
    return false;
}

static bool begin(struct reply_reader *r, enum reply_reading reading, uint8_t byte, int64_t now_ms)
{
    r->reading = reading;
    r->held[0] = byte;
    r->held_count = 1;
    r->began_ms = now_ms;
    return false;
}

static bool is_block_start(uint8_t byte)
{
    return byte == BLOCK_STATUS || byte == BLOCK_TEXT || byte == 0x35 || byte == 0x3B ||
           byte == 0x3D;
}

/* "510cm": without a frame, so read as such only while it is waited for. */
static bool take_length(struct reply_reader *r, uint8_t byte, int64_t now_ms, struct reply *out)
{
    enum { DIGITS_MAX = 6 };
    if (byte >= '0' && byte <= '9' && r->held_count < DIGITS_MAX) {
        r->held[r->held_count++] = byte;
        return false;
    }
    size_t length = r->held_count;
    if (byte == 'c' && length)
        return false;
    drop_group(r);
    if (byte == 'm' && answered(r, REPLY_ASKED_LEFT))
        return give(out, REPLY_LENGTH, REPLY_ASKED_LEFT, r->held, length);
    (void)answered(r, REPLY_ASKED_LEFT);
    return count_in(r, &r->broken, now_ms);
}

static bool take_first(struct reply_reader *r, uint8_t byte, int64_t now_ms, struct reply *out)
{
    if (byte >= '0' && byte <= '9' && reply_is_open(r, REPLY_ASKED_LEFT))
        return begin(r, READING_LENGTH, byte, now_ms);
    if (is_block_start(byte))
        return begin(r, READING_BLOCK, byte, now_ms);
    if (byte == XON || byte == XOFF) {
        r->flow++;
        return false;
    }
    if (byte & 0x80)
        return count_in(r, &r->noise, now_ms);
    if ((byte & 0x93) == 0x12) {
        uint8_t request = answered(r, family(1));
        return request ? give(out, REPLY_STATUS, request, &byte, 1)
                       : count_in(r, &r->strays, now_ms);
    }
    if ((byte & 0x93) == 0x10)
        return begin(r, READING_FOUR, byte, now_ms);
    if (!(byte & 0x10) && answered(r, REPLY_ASKED_PAPER))
        return give(out, REPLY_BYTE, REPLY_ASKED_PAPER, &byte, 1);
    return count_in(r, &r->strays, now_ms);
}

static bool take_in_four(struct reply_reader *r, uint8_t byte, int64_t now_ms, struct reply *out)
{
    if (r->has_full_status && r->held_count == 1 && r->held[0] == FULL_START && byte == FULL_NEXT) {
        r->reading = READING_FULL;
        r->held_count = 0;
        return false;
    }
    if (byte & 0x90) { /* the group is broken here; this byte begins something of its own */
        drop_group(r);
        (void)count_in(r, &r->broken, now_ms);
        return take_first(r, byte, now_ms, out);
    }
    r->held[r->held_count++] = byte;
    if (r->held_count < 4)
        return false;
    drop_group(r);
    return give(out, REPLY_UNASKED, 0, r->held, 4);
}

static bool take_in_full(struct reply_reader *r, uint8_t byte, struct reply *out)
{
    r->held[r->held_count++] = byte;
    if (r->held_count < 4)
        return false;
    drop_group(r);
    return give(out, REPLY_FULL, 0, r->held, 4);
}

bool reply_take(struct reply_reader *r, uint8_t byte, int64_t now_ms, struct reply *out)
{
    reply_tick(r, now_ms);
    switch (r->reading) {
    case READING_BLOCK:
        return take_in_block(r, byte, now_ms, out);
    case READING_FOUR:
        return take_in_four(r, byte, now_ms, out);
    case READING_FULL:
        return take_in_full(r, byte, out);
    case READING_LENGTH:
        return take_length(r, byte, now_ms, out);
    case READING_NOTHING:
        break;
    }
    return take_first(r, byte, now_ms, out);
}

void reply_tick(struct reply_reader *r, int64_t now_ms)
{
    if (r->reading == READING_NOTHING || now_ms - r->began_ms < REPLY_LIMIT_MS)
        return;
    drop_group(r);
    (void)count_in(r, &r->broken, now_ms);
}
