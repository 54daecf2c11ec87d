#include "drivers/smartcard/social.h"

#include <iconv.h>
#include <string.h>

#include "drivers/smartcard/tlv.h"
#include "firmware/base/bytes.h"

/* "sx1.sh." and the four characters for social security, in GBK. */
static const uint8_t application[] = { 0x73, 0x78, 0x31, 0x2e, 0x73, 0x68, 0x2e, 0xc9,
                                       0xe7, 0xbb, 0xe1, 0xb1, 0xa3, 0xd5, 0xcf };
static const uint8_t public_file[] = { 0xef, 0x05 }, holder_file[] = { 0xef, 0x06 };

enum { SELECT = 0xa4, READ_RECORD = 0xb2, BY_NAME = 0x04, BY_FILE = 0x02, THIS_RECORD = 0x04 };

void social_card_wipe(struct social_card *c)
{
    explicit_bzero(c, sizeof(*c));
}

bool social_record_value(const uint8_t **value, size_t *length, const uint8_t *record, size_t size)
{
    struct tlv_walk w = { record, size };
    struct tlv object;
    *value = record;
    *length = size;
    /* One object that fills the record, padding apart: then its value is meant. */
    if (size >= 2 && !tlv_next(&object, &w) && !object.is_constructed && !w.left) {
        *value = object.value;
        *length = object.length;
    }
    while (*length && ((*value)[*length - 1] == 0x00 || (*value)[*length - 1] == 0xff ||
                       (*value)[*length - 1] == ' '))
        --*length;
    return *length <= APDU_DATA_MAX;
}

/* ---- texts --------------------------------------------------------------------------- */

static int store_gbk(char *out, size_t size, const uint8_t *gbk, size_t length)
{
    char *from = (char *)gbk, *to = out;
    size_t left = size - 1;
    iconv_t converter = iconv_open("UTF-8", "GB18030");
    if (converter == (iconv_t)-1)
        return fault_raise(-errno);
    bool is_text = iconv(converter, &from, &length, &to, &left) != (size_t)-1;
    iconv_close(converter);
    *to = 0;
    for (const char *p = out; is_text && p < to; p++)
        is_text = (unsigned char)*p >= ' ' && *p != 0x7f;
    return is_text ? 0 : SOCIAL_E_PAYLOAD;
}

/* Digits and letters; anything else is no number. */
static int store_plain(char *out, size_t size, const uint8_t *text, size_t length)
{
    if (length >= size)
        return SOCIAL_E_PAYLOAD;
    for (size_t i = 0; i < length; i++) {
        bool is_plain = (text[i] >= '0' && text[i] <= '9') || (text[i] >= 'A' && text[i] <= 'Z') ||
                        (text[i] >= 'a' && text[i] <= 'z') || text[i] == '.' || text[i] == '-';
        if (!is_plain)
            return SOCIAL_E_PAYLOAD;
    }
    memcpy(out, text, length);
    out[length] = 0;
    return 0;
}

static int store_hex(char *out, size_t size, const uint8_t *data, size_t length)
{
    if (2 * length >= size)
        return SOCIAL_E_PAYLOAD;
    hex_encode(out, data, length);
    return 0;
}

/* ---- the card ------------------------------------------------------------------------ */

static int select_file(const struct smartcard_port *port, uint8_t how, const uint8_t *name,
                       size_t length, enum apdu_meaning *meaning)
{
    struct apdu_reply reply;
    const struct apdu_command c = {
        .ins = SELECT, .p1 = how, .data = name, .length = length, .le = APDU_NO_LE
    };
    int r = smartcard_do(port, &c, &reply);
    *meaning = r ? APDU_FAILED : apdu_judge(reply.sw);
    apdu_reply_wipe(&reply);
    return r;
}

static const struct field {
    const uint8_t *file;
    uint8_t record;
    uint16_t at, size; /* in struct social_card */
    int (*store)(char *out, size_t size, const uint8_t *value, size_t length);
} fields[] = {
#define MEMBER(m) offsetof(struct social_card, m), sizeof(((struct social_card *)NULL)->m)
    { public_file, 1, MEMBER(issuer_id), store_hex },
    { public_file, 3, MEMBER(version), store_plain },
    { public_file, 7, MEMBER(card_number), store_plain },
    { holder_file, 1, MEMBER(number), store_plain },
    { holder_file, 2, MEMBER(name), store_gbk },
};

/* A record that is refused or missing leaves its field empty. */
static int read_field(struct social_card *out, const struct smartcard_port *port,
                      const struct field *f)
{
    struct apdu_reply reply;
    const struct apdu_command c = { .ins = READ_RECORD, .p1 = f->record, .p2 = THIS_RECORD };
    const uint8_t *value;
    size_t length;
    int r = smartcard_do(port, &c, &reply);
    enum apdu_meaning meaning = r ? APDU_FAILED : apdu_judge(reply.sw);
    if (meaning == APDU_NOT_ALLOWED)
        out->needs_pin = true;
    if (!r && (meaning == APDU_OK || meaning == APDU_WARNING) &&
        social_record_value(&value, &length, reply.data, reply.length))
        r = f->store((char *)out + f->at, f->size, value, length);
    apdu_reply_wipe(&reply);
    return r;
}

static int read_all(struct social_card *out, const struct smartcard_port *port)
{
    enum apdu_meaning meaning;
    const uint8_t *selected = NULL;
    int r = select_file(port, BY_NAME, application, sizeof(application), &meaning);
    if (!r && meaning != APDU_OK && meaning != APDU_WARNING)
        r = SOCIAL_E_OTHER_CARD;
    for (size_t i = 0; !r && i < sizeof(fields) / sizeof(fields[0]); i++) {
        if (selected != fields[i].file)
            r = select_file(port, BY_FILE, fields[i].file, sizeof(public_file), &meaning);
        selected = fields[i].file;
        if (!r && meaning == APDU_NOT_ALLOWED)
            out->needs_pin = true;
        if (!r && (meaning == APDU_OK || meaning == APDU_WARNING))
            r = read_field(out, port, &fields[i]);
    }
    return r;
}

int social_card_read(struct social_card *out, const struct smartcard_port *port)
{
    social_card_wipe(out);
    int r = read_all(out, port);
    if (r)
        social_card_wipe(out);
    return r;
}
