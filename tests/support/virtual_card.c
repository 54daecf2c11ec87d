#include "tests/support/virtual_card.h"

#include <string.h>

/* T=0 and T=1, historical bytes "TEST". TCK: 80 ^ D1 ... */
const uint8_t virtual_atr[VIRTUAL_ATR] = { 0x3b, 0x84, 0x80, 0x01, 'T', 'E', 'S', 'T', 0x13 };

static const uint8_t application[] = { 0x73, 0x78, 0x31, 0x2e, 0x73, 0x68, 0x2e, 0xc9,
                                       0xe7, 0xbb, 0xe1, 0xb1, 0xa3, 0xd5, 0xcf };

void virtual_card_reset(struct virtual_card *c)
{
    c->has_app = false;
    c->file = 0;
    c->kept_length = 0;
}

static size_t status(uint8_t *reply, size_t at, unsigned sw)
{
    reply[at] = (uint8_t)(sw >> 8);
    reply[at + 1] = (uint8_t)sw;
    return at + 2;
}

static size_t select_by(struct virtual_card *c, const uint8_t *command, size_t length,
                        uint8_t *reply)
{
    size_t count = length > 5 ? command[4] : 0;
    const uint8_t *data = command + 5;
    if (command[2] == 0x04) {
        c->has_app = !c->lacks_app && count == sizeof(application) && length >= 5 + count &&
                     !memcmp(data, application, count);
        return status(reply, 0, c->has_app ? 0x9000 : 0x6a82);
    }
    if (!c->has_app || count != 2 || length < 7 || data[0] != 0xef ||
        (data[1] != 5 && data[1] != 6))
        return status(reply, 0, 0x6a82);
    if (c->needs_pin && data[1] == 6)
        return status(reply, 0, 0x6982);
    c->file = data[1];
    return status(reply, 0, 0x9000);
}

/* A record's value; NULL: there is none. */
static const uint8_t *record_of(const struct virtual_card *c, uint8_t number, size_t *length)
{
    static const uint8_t issuer[16] = { 0x91, 0x56, 0, 0, 0x02, 0x33, 0x99, 0x99, 1, 2, 3, 4 };
    /* "ceshi" and the first of ten stems, in GBK, padded as cards do */
    static const uint8_t name[30] = { 0xb2, 0xe2, 0xca, 0xd4, 0xbc, 0xd7 };
    const struct {
        uint8_t file, number;
        const void *value;
        size_t length;
    } records[] = {
        { 5, 1, issuer, sizeof(issuer) },
        { 5, 3, c->lacks_version ? NULL : "2.00", 4 },
        { 5, 7, "A00000000", 9 },
        { 6, 1, "339999199001010013", 18 },
        { 6, 2, c->name ? c->name : name, c->name ? c->name_length : sizeof(name) },
    };
    for (size_t i = 0; i < sizeof(records) / sizeof(records[0]); i++)
        if (records[i].file == c->file && records[i].number == number) {
            *length = records[i].length;
            return records[i].value;
        }
    return NULL;
}

static size_t read_record(struct virtual_card *c, const uint8_t *command, size_t length,
                          uint8_t *reply)
{
    uint8_t value[258] = { 0 };
    size_t head = c->is_tlv ? 2 : 0, count = 0;
    const uint8_t *record = record_of(c, command[2], &count);
    if (!record)
        return status(reply, 0, 0x6a83);
    memcpy(value + head, record, count);
    if (c->is_tlv) {
        value[0] = command[2];
        value[1] = (uint8_t)count;
        count += 2;
    }
    if (c->speaks_t0 && (length < 5 || command[4] != count))
        return status(reply, 0, 0x6c00u | (unsigned)count);
    if (c->speaks_t0) {
        memcpy(c->kept, value, count);
        c->kept_length = count;
        return status(reply, 0, 0x6100u | (unsigned)count);
    }
    memcpy(reply, value, count);
    return status(reply, count, 0x9000);
}

/* In two pieces, as a small buffer gives it. */
static size_t get_response(struct virtual_card *c, uint8_t *reply)
{
    size_t part = c->kept_length > 5 ? 5 : c->kept_length, left = c->kept_length - part;
    memcpy(reply, c->kept, part);
    memmove(c->kept, c->kept + part, left);
    c->kept_length = left;
    return status(reply, part, left ? 0x6100u | (unsigned)left : 0x9000);
}

size_t virtual_card_answer(struct virtual_card *c, const uint8_t *command, size_t length,
                           uint8_t reply[258])
{
    c->commands++;
    if (length < 4)
        return status(reply, 0, 0x6700);
    switch (command[1]) {
    case 0xa4:
        return select_by(c, command, length, reply);
    case 0xb2:
        return read_record(c, command, length, reply);
    case 0xc0:
        return get_response(c, reply);
    case 0x20:
        c->pins++;
        return status(reply, 0, 0x63c2);
    default:
        return status(reply, 0, 0x6d00);
    }
}
