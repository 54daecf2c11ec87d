/* The 256 text bytes of a card: UTF-16LE fields at fixed places, four layouts told apart by the
 * unit at byte 248. Places: the GA/T 490 tables as public readers give them. */
#include "firmware/card/person.h"

#include <string.h>

#include "firmware/base/bytes.h"
#include "firmware/base/text.h"

enum { TYPE_AT = 248, UNIT_BYTES = 2, NUMBER_UNITS = 18, OLD_NUMBER_UNITS = 15 };
enum { C = 1, J = 2, I = 4, Y = 8 }; /* layouts, as a set */

static const char long_term[] = "长期";

/* A run of 16-bit units at a byte offset of the text. */
struct run {
    uint8_t at, units;
};

/* Where a field of a person stands. Reading and writing both walk this table, so they cannot
 * disagree. */
struct place {
    unsigned layouts;
    struct run run, more;  /* `more` goes on where `run` ended: the English name of layout Y */
    uint16_t member, size; /* in struct person; a member of one byte is the character itself */
};
#define MEMBER(name) offsetof(struct person, name), sizeof(((struct person *)NULL)->name)

static const struct place places[] = {
    { C | J | Y, { 0, 15 }, { 0, 0 }, MEMBER(name) },
    { I, { 158, 15 }, { 0, 0 }, MEMBER(name) },
    { I, { 0, 60 }, { 0, 0 }, MEMBER(english_name) },
    { Y, { 52, 35 }, { 220, 11 }, MEMBER(english_name) },
    { C | J | Y, { 30, 1 }, { 0, 0 }, MEMBER(sex) },
    { I, { 120, 1 }, { 0, 0 }, MEMBER(sex) },
    { C, { 32, 2 }, { 0, 0 }, MEMBER(nation) },
    { Y, { 32, 2 }, { 0, 0 }, MEMBER(renewals) },
    { C | J | Y, { 36, 8 }, { 0, 0 }, MEMBER(birth) },
    { I, { 220, 8 }, { 0, 0 }, MEMBER(birth) },
    { C | J, { 52, 35 }, { 0, 0 }, MEMBER(address) },
    { C | J | Y, { 122, NUMBER_UNITS }, { 0, 0 }, MEMBER(number) },
    { I, { 122, OLD_NUMBER_UNITS }, { 0, 0 }, MEMBER(number) },
    { C | J, { 158, 15 }, { 0, 0 }, MEMBER(authority) },
    { I, { 240, 4 }, { 0, 0 }, MEMBER(authority) },
    { C | J | I | Y, { 188, 8 }, { 0, 0 }, MEMBER(valid_from) },
    { C | J | I | Y, { 204, 8 }, { 0, 0 }, MEMBER(valid_to) },
    { J, { 220, 9 }, { 0, 0 }, MEMBER(permit_number) },
    { J, { 238, 2 }, { 0, 0 }, MEMBER(issue_count) },
    { I, { 152, 3 }, { 0, 0 }, MEMBER(nationality) },
    { Y, { 242, 3 }, { 0, 0 }, MEMBER(nationality) },
    { I, { 236, 2 }, { 0, 0 }, MEMBER(layout_version) },
    { Y, { 250, 3 }, { 0, 0 }, MEMBER(old_number_link) },
};
enum { PLACES = sizeof(places) / sizeof(places[0]) };

static unsigned layout_bit(enum card_layout layout)
{
    switch (layout) {
    case CARD_RESIDENT:
        return C;
    case CARD_HMT:
        return J;
    case CARD_FPR2017:
        return I;
    case CARD_FPR2023:
        return Y;
    default:
        return 0;
    }
}

void person_wipe(struct person *p)
{
    explicit_bzero(p, sizeof(*p));
}

/* ---- reading ------------------------------------------------------------------------- */

/* The one place that names the layout; a prefix or the first character do not. */
static enum card_layout layout_of(const uint8_t text[CARD_TEXT_BYTES])
{
    uint16_t unit = get_le16(text + TYPE_AT);
    if (unit == ' ' || !unit)
        return CARD_RESIDENT;
    return unit == 'J' || unit == 'I' || unit == 'Y' ? (enum card_layout)unit : CARD_NONE;
}

/* Only the end is padding: English names and addresses have spaces inside. */
static size_t units_used(const uint8_t *units, size_t count)
{
    while (count) {
        uint16_t last = get_le16(units + UNIT_BYTES * (count - 1));
        if (last != ' ' && last)
            break;
        count--;
    }
    return count;
}

/* UTF-8 into a member. Controls become U+FFFD like other broken characters: a NUL inside a name
 * must not cut it. */
static int store_text(char *member, size_t size, const struct bytes *utf8)
{
    size_t length = 0;
    char encoded[4];
    uint32_t cp;
    for (size_t i = 0; i < utf8->length;) {
        i += text_decode(&cp, (const char *)utf8->data + i, utf8->length - i);
        size_t n = text_encode(encoded, text_is_control(cp) ? TEXT_REPLACEMENT : cp);
        if (length + n >= size)
            return CARD_E_PAYLOAD;
        memcpy(member + length, encoded, n);
        length += n;
    }
    member[length] = 0;
    return 0;
}

/* A code outside ASCII is as good as "unknown". */
static char single_character(const struct bytes *utf8)
{
    if (!utf8->length)
        return 0;
    return utf8->length == 1 ? (char)utf8->data[0] : '0';
}

static int read_place(struct person *p, const struct place *place, const uint8_t *text)
{
    uint8_t units[CARD_TEXT_BYTES];
    struct bytes utf8 AUTO_BYTES = { 0 };
    size_t first = (size_t)place->run.units * UNIT_BYTES,
           more = (size_t)place->more.units * UNIT_BYTES;
    memcpy(units, text + place->run.at, first);
    memcpy(units + first, text + place->more.at, more);
    int r = text_from_utf16le(&utf8, units, units_used(units, (first + more) / UNIT_BYTES));
    char *member = (char *)p + place->member;
    if (!r && place->size == 1)
        *member = single_character(&utf8);
    else if (!r)
        r = store_text(member, place->size, &utf8);
    explicit_bzero(units, sizeof(units));
    return r;
}

static bool has_prefix(const char *text, const char *prefix)
{
    return !strncmp(text, prefix, strlen(prefix));
}

static bool is_hmt_number(const char *number)
{
    return has_prefix(number, "810000") || has_prefix(number, "820000") ||
           has_prefix(number, "830000");
}

/* Digits, with an X allowed as the last of 18. */
static bool is_number_of_18(const char *number)
{
    size_t digits = strspn(number, "0123456789");
    return strlen(number) == NUMBER_UNITS &&
           (digits == NUMBER_UNITS || (digits == NUMBER_UNITS - 1 && number[digits] == 'X'));
}

/* Three letters of a country, twelve digits. */
static bool is_number_of_15(const char *number)
{
    return strlen(number) == OLD_NUMBER_UNITS &&
           strspn(number, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == 3 &&
           strspn(number + 3, "0123456789") == OLD_NUMBER_UNITS - 3;
}

static bool number_fits_layout(const struct person *p)
{
    if (p->layout == CARD_FPR2017)
        return is_number_of_15(p->number);
    if (!is_number_of_18(p->number))
        return false;
    if (p->layout == CARD_HMT)
        return is_hmt_number(p->number);
    if (p->layout == CARD_FPR2023)
        return p->number[0] == '9';
    return p->number[0] >= '1' && p->number[0] <= '8' && !is_hmt_number(p->number);
}

/* What came through the security module is doubted, not refused: an old registration error is
 * likelier than fraud. */
static bool is_number_doubtful(const struct person *p)
{
    if (p->layout == CARD_FPR2017)
        return old_number_check_digit(p->number) != p->number[14] ||
               memcmp(p->number + 7, p->birth + 2, 6);
    return number_check(p->number, NULL, false) || memcmp(p->number + 6, p->birth, 8);
}

static int judge(struct person *p)
{
    if (!strcmp(p->valid_to, long_term)) {
        explicit_bzero(p->valid_to, sizeof(p->valid_to));
        p->is_long_term = true;
    }
    bool has_dates = date_is_real(p->birth) && date_is_real(p->valid_from) &&
                     (p->is_long_term || date_is_real(p->valid_to));
    bool has_name = *p->name || *p->english_name;
    if (!has_name || !has_dates || !number_fits_layout(p))
        return CARD_E_PAYLOAD;
    p->has_number_doubt = is_number_doubtful(p);
    return 0;
}

int card_parse(struct person *out, const uint8_t text[CARD_TEXT_BYTES])
{
    person_wipe(out);
    out->layout = layout_of(text);
    if (out->layout == CARD_NONE)
        return CARD_E_TYPE;
    int r = 0;
    for (size_t i = 0; !r && i < PLACES; i++)
        if (places[i].layouts & layout_bit(out->layout))
            r = read_place(out, &places[i], text);
    if (!r)
        r = judge(out);
    if (r)
        person_wipe(out);
    return r;
}

/* ---- writing ------------------------------------------------------------------------- */

static const char *value_of(const struct person *p, const struct place *place, char single[2])
{
    const char *member = (const char *)p + place->member;
    if (place->size > 1)
        return place->member == offsetof(struct person, valid_to) && p->is_long_term ? long_term
                                                                                     : member;
    single[0] = *member;
    single[1] = 0;
    return single;
}

static int write_place(uint8_t *text, const struct place *place, const char *value)
{
    struct bytes units AUTO_BYTES = { 0 };
    size_t first = (size_t)place->run.units * UNIT_BYTES,
           more = (size_t)place->more.units * UNIT_BYTES;
    int r = text_to_utf16le(&units, value);
    if (r)
        return r;
    if (units.length > first + more)
        return -EINVAL;
    size_t head = units.length < first ? units.length : first;
    if (head)
        memcpy(text + place->run.at, units.data, head);
    if (units.length > head)
        memcpy(text + place->more.at, units.data + head, units.length - head);
    return 0;
}

/* Has `p` a member filled in that no place of its layout would carry? */
static bool has_homeless_member(const struct person *p)
{
    for (size_t i = 0; i < PLACES; i++) {
        bool has_home = false;
        for (size_t k = 0; k < PLACES; k++)
            has_home |=
                places[k].member == places[i].member && places[k].layouts & layout_bit(p->layout);
        if (!has_home && *((const char *)p + places[i].member))
            return true;
    }
    return p->is_long_term && *p->valid_to;
}

static int write_all(uint8_t *text, const struct person *p)
{
    char single[2];
    for (size_t i = 0; i < CARD_TEXT_BYTES; i += UNIT_BYTES)
        put_le16(text + i, ' ');
    if (p->layout != CARD_RESIDENT)
        put_le16(text + TYPE_AT, (uint16_t)p->layout);
    int r = 0;
    for (size_t i = 0; !r && i < PLACES; i++)
        if (places[i].layouts & layout_bit(p->layout))
            r = write_place(text, &places[i], value_of(p, &places[i], single));
    return r;
}

int card_encode(uint8_t text[CARD_TEXT_BYTES], const struct person *p)
{
    int r = layout_bit(p->layout) && !has_homeless_member(p) ? write_all(text, p) : -EINVAL;
    if (r)
        explicit_bzero(text, CARD_TEXT_BYTES);
    return r;
}
