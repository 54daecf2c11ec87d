#include "drivers/idcard/frame.h"

#include <string.h>

static const uint8_t preamble[5] = { 0xaa, 0xaa, 0xaa, 0x96, 0x69 };

void sdt_reply_wipe(struct sdt_reply *r)
{
    explicit_bzero(r, sizeof(*r));
}

size_t sdt_request(uint8_t out[SDT_REQUEST_MAX], uint8_t command, uint8_t parameter,
                   const uint8_t *extra, size_t extra_length)
{
    size_t length = 3 + extra_length, at = sizeof(preamble);
    memcpy(out, preamble, sizeof(preamble));
    out[at++] = (uint8_t)(length >> 8);
    out[at++] = (uint8_t)length;
    out[at++] = command;
    out[at++] = parameter;
    if (extra_length)
        memcpy(out + at, extra, extra_length);
    at += extra_length;
    uint8_t check = 0;
    for (size_t i = sizeof(preamble); i < at; i++)
        check ^= out[i];
    out[at++] = check;
    return at;
}

/* ---- parsing ------------------------------------------------------------------------- */

void sdt_parser_start(struct sdt_parser *p, size_t most)
{
    sdt_parser_wipe(p);
    p->most = most < SDT_LENGTH_MAX ? most : SDT_LENGTH_MAX;
}

void sdt_parser_wipe(struct sdt_parser *p)
{
    explicit_bzero(p, sizeof(*p));
}

/* The preamble slides: behind AA AA AA another AA may still begin it, and what does not fit may be the first byte of the
 * right one. */
static int take_preamble(struct sdt_parser *p, uint8_t byte)
{
    if (byte == preamble[p->used]) {
        p->used++;
        return SDT_E_MORE;
    }
    bool is_extra = byte == 0xaa && p->used == 3;
    size_t keep = is_extra ? 3 : byte == 0xaa ? 1 : 0;
    p->junk += p->used + 1 - keep;
    p->used = keep;
    return p->junk > SDT_JUNK_MAX ? SDT_E_PREAMBLE : SDT_E_MORE;
}

static int take_length(struct sdt_parser *p, uint8_t byte)
{
    p->length = p->length << 8 | byte;
    p->check ^= byte;
    p->used++;
    if (p->used < 7)
        return SDT_E_MORE;
    /* Judged at once: nobody waits for 65535 bytes (vector M3). */
    return p->length < 4 || p->length > p->most ? SDT_E_LENGTH : SDT_E_MORE;
}

static int finish(struct sdt_parser *p, struct sdt_reply *out)
{
    if (p->check) {
        sdt_parser_wipe(p);
        return SDT_E_CHECKSUM;
    }
    out->sw1 = p->body[0];
    out->sw2 = p->body[1];
    out->sw3 = p->body[2];
    out->length = p->length - 4;
    memcpy(out->data, p->body + 3, out->length);
    explicit_bzero(p->body, sizeof(p->body));
    return 0;
}

static int take_body(struct sdt_parser *p, uint8_t byte, struct sdt_reply *out)
{
    p->body[p->used++ - 7] = byte;
    p->check ^= byte;
    return p->used - 7 == p->length ? finish(p, out) : SDT_E_MORE;
}

int sdt_parser_feed(struct sdt_parser *p, const uint8_t *data, size_t length, size_t *taken,
                    struct sdt_reply *out)
{
    int r = SDT_E_MORE;
    size_t i = 0;
    for (; i < length && r == SDT_E_MORE; i++)
        r = p->used < 5   ? take_preamble(p, data[i])
            : p->used < 7 ? take_length(p, data[i])
                          : take_body(p, data[i], out);
    *taken = i;
    return r;
}

int sdt_parser_silence(const struct sdt_parser *p)
{
    return p->junk && p->used < 5 ? SDT_E_PREAMBLE : SDT_E_TIMEOUT;
}

/* ---- commands ------------------------------------------------------------------------ */

enum { TEXT = 256, PHOTO = 1024, ADDRESS = 70 };

static const struct sdt_command commands[SDT_COMMANDS] = {
    [SDT_RESET] = { 0x10, 0xff, SDT_OK, 0, 0, 1000 },
    [SDT_STATUS] = { 0x11, 0xff, SDT_OK, 0, 0, 1000 },
    [SDT_SAM_NUMBER] = { 0x12, 0xff, SDT_OK, 16, 16, 1000 },
    [SDT_FIND] = { 0x20, 0x01, SDT_FOUND, 4, 4, 1000 },
    [SDT_SELECT] = { 0x20, 0x02, SDT_OK, 8, 8, 1000 },
    [SDT_READ] = { 0x30, 0x01, SDT_OK, 4 + TEXT, 4 + TEXT + PHOTO, 3000 },
    [SDT_READ_WITH_PRINTS] = { 0x30, 0x10, SDT_OK, 6 + TEXT, SDT_DATA_MAX, 5000 },
    [SDT_NEW_ADDRESS] = { 0x30, 0x03, SDT_OK, 0, 4 * ADDRESS, 2000 },
    [SDT_CARD_NUMBERS] = { 0x30, 0x05, SDT_OK, 28, 28, 2000 },
};

const struct sdt_command *sdt_command(enum sdt_command_id id)
{
    return &commands[id];
}

static size_t be16(const uint8_t *p)
{
    return (size_t)p[0] << 8 | p[1];
}

/* Inner lengths, section 1.5: they must add up exactly to what came. */
static bool has_true_lengths(enum sdt_command_id id, const struct sdt_reply *r)
{
    bool has_prints = id == SDT_READ_WITH_PRINTS;
    size_t head = has_prints ? 6 : 4;
    if (r->length < head)
        return false;
    size_t text = be16(r->data), photo = be16(r->data + 2),
           prints = has_prints ? be16(r->data + 4) : 0;
    bool is_size =
        text == TEXT && photo <= PHOTO && (prints == 0 || prints == 512 || prints == 1024);
    return is_size && head + text + photo + prints == r->length;
}

/* Success of another command is a stale reply; so is a card found while something else was asked. */
static bool is_foreign(const struct sdt_command *c, uint8_t sw3)
{
    bool is_success = sw3 == SDT_OK || sw3 == SDT_FOUND;
    return is_success && sw3 != c->good;
}

int sdt_judge(enum sdt_command_id id, const struct sdt_reply *r)
{
    const struct sdt_command *c = &commands[id];
    if (is_foreign(c, r->sw3))
        return SDT_E_UNEXPECTED;
    if (r->sw3 != c->good)
        return SDT_E_STATUS;
    bool is_card = id == SDT_READ || id == SDT_READ_WITH_PRINTS;
    if (is_card)
        return has_true_lengths(id, r) ? 0 : SDT_E_PAYLOAD;
    bool is_whole = id != SDT_NEW_ADDRESS || r->length % ADDRESS == 0;
    return is_whole && r->length >= c->least && r->length <= c->most ? 0 : SDT_E_PAYLOAD;
}

const uint8_t *sdt_text(const struct sdt_reply *r)
{
    bool has_prints = 4 + be16(r->data) + be16(r->data + 2) != r->length;
    return r->data + (has_prints ? 6 : 4);
}

const uint8_t *sdt_photo(const struct sdt_reply *r, size_t *length)
{
    *length = be16(r->data + 2);
    return sdt_text(r) + TEXT;
}
