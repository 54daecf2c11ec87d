/* The 256 text bytes of a card: UTF-16LE fields at fixed places, four layouts told apart by the unit at byte 248.
 * One table serves reading and writing. Facts: GA/T 490 tables as public readers give them. */
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "firmware/base/text.h"
#include "firmware/card/person.h"

enum { TYPE_AT = 248, UNITS_MAX = 64, LONG_TERM_UNITS = 2 };

/* One field: where it lies on the card (bytes) and in struct person. A width of 0 ends a table. */
struct place {
    uint16_t at, width;
    uint16_t to, size;
};

#define PERSON(member) offsetof(struct person, member), sizeof(((struct person *)0)->member)

/* Fields that all layouts share. valid_to, sex and the type letter have code of their own. */
static const struct place resident[] = {
    { 0, 30, PERSON(name) },        { 32, 4, PERSON(nation) },      { 36, 16, PERSON(birth) },
    { 52, 70, PERSON(address) },    { 122, 36, PERSON(number) },    { 158, 30, PERSON(authority) },
    { 188, 16, PERSON(valid_from) }, { 0 },
};
static const struct place hmt[] = {
    { 0, 30, PERSON(name) },         { 36, 16, PERSON(birth) },          { 52, 70, PERSON(address) },
    { 122, 36, PERSON(number) },     { 158, 30, PERSON(authority) },     { 188, 16, PERSON(valid_from) },
    { 220, 18, PERSON(permit_number) }, { 238, 4, PERSON(issue_count) }, { 0 },
};
static const struct place fpr2017[] = {
    { 0, 120, PERSON(english_name) }, { 122, 30, PERSON(number) },    { 152, 6, PERSON(nationality) },
    { 158, 30, PERSON(name) },        { 188, 16, PERSON(valid_from) }, { 220, 16, PERSON(birth) },
    { 236, 4, PERSON(layout_version) }, { 240, 8, PERSON(authority) }, { 0 },
};
static const struct place fpr2023[] = {
    { 0, 30, PERSON(name) },         { 32, 4, PERSON(renewals) },      { 36, 16, PERSON(birth) },
    { 122, 36, PERSON(number) },     { 188, 16, PERSON(valid_from) },  { 242, 6, PERSON(nationality) },
    { 250, 6, PERSON(old_number_link) }, { 0 },
};

enum { VALID_TO_AT = 204, VALID_TO_WIDTH = 16 };

static const struct layout {
    enum card_layout letter;
    const struct place *places;
    uint16_t sex_at;
} layouts[] = {
    { CARD_RESIDENT, resident, 30 },
    { CARD_HMT, hmt, 30 },
    { CARD_FPR2017, fpr2017, 120 },
    { CARD_FPR2023, fpr2023, 30 },
};

/* The English name of layout Y lies in two pieces: characters 1 to 35, then 36 to 46. */
static const struct { uint16_t at, width; } english2023[] = { { 52, 70 }, { 220, 22 } };

void person_wipe(struct person *p)
{
    explicit_bzero(p, sizeof(*p));
}

/* ---- reading --------------------------------------------------------------------------------------------------------- */

/* Units without the trailing blanks (U+0020, U+0000); blanks inside stay: English names have them. */
static size_t trimmed(const uint8_t *at, size_t units)
{
    while (units) {
        uint16_t unit = get_le16(at + 2 * (units - 1));
        if (unit != 0x20 && unit)
            break;
        units--;
    }
    return units;
}

/* Controls cannot stand in a name; they would reach screens and slips. */
static void copy_without_controls(char *to, size_t size, const char *text, size_t length)
{
    size_t used = 0;
    uint32_t cp;
    for (size_t i = 0; i < length;) {
        char encoded[4];
        i += text_decode(&cp, text + i, length - i);
        size_t n = text_encode(encoded, text_is_control(cp) ? TEXT_REPLACEMENT : cp);
        if (used + n >= size)
            break;
        memcpy(to + used, encoded, n);
        used += n;
    }
    to[used] = 0;
}

static int read_units(char *to, size_t size, const uint8_t *units, size_t count)
{
    struct bytes utf8 AUTO_BYTES = { 0 };
    int r = text_from_utf16le(&utf8, units, trimmed(units, count));
    if (!r)
        copy_without_controls(to, size, (const char *)utf8.data, utf8.length);
    return r;
}

static int read_english2023(struct person *p, const uint8_t *text)
{
    uint8_t joined[92];
    memcpy(joined, text + english2023[0].at, english2023[0].width);
    memcpy(joined + english2023[0].width, text + english2023[1].at, english2023[1].width);
    int r = read_units(p->english_name, sizeof(p->english_name), joined, sizeof(joined) / 2);
    explicit_bzero(joined, sizeof(joined));
    return r;
}

static int read_valid_to(struct person *p, const uint8_t *text)
{
    int r = read_units(p->valid_to, sizeof(p->valid_to), text + VALID_TO_AT, VALID_TO_WIDTH / 2);
    if (!r && !strcmp(p->valid_to, "长期")) {
        p->is_long_term = true;
        explicit_bzero(p->valid_to, sizeof(p->valid_to));
    }
    return r;
}

static int read_fields(struct person *p, const struct layout *l, const uint8_t *text)
{
    int r = 0;
    char sex[8] = "";
    p->layout = l->letter;
    for (const struct place *f = l->places; !r && f->width; f++)
        r = read_units((char *)p + f->to, f->size, text + f->at, f->width / 2);
    if (!r && l->letter == CARD_FPR2023)
        r = read_english2023(p, text);
    if (!r)
        r = read_units(sex, sizeof(sex), text + l->sex_at, 1);
    if (!r)
        r = read_valid_to(p, text);
    p->sex = sex[1] ? 0 : sex[0];
    return r;
}

/* ---- checks ---------------------------------------------------------------------------------------------------------- */

/* Letter and number must agree; the letter decides, the prefix only confirms. */
static bool is_prefix_right(const struct person *p)
{
    const char *n = p->number;
    switch (p->layout) {
    case CARD_RESIDENT:
        return n[0] >= '1' && n[0] <= '8';
    case CARD_HMT:
        return !strncmp(n, "810000", 6) || !strncmp(n, "820000", 6) || !strncmp(n, "830000", 6);
    case CARD_FPR2023:
        return n[0] == '9';
    default:
        return n[0] >= 'A' && n[0] <= 'Z';
    }
}

/* Weights 7, 3, 1; A is 10; the last digit makes the sum (ICAO 9303 part 3, 4.9). */
static bool is_fpr2017_number_right(const char *number)
{
    static const int weights[] = { 7, 3, 1 };
    int sum = 0;
    for (int i = 0; i < 14; i++) {
        char c = number[i];
        int value = c >= '0' && c <= '9' ? c - '0' : c >= 'A' && c <= 'Z' ? c - 'A' + 10 : 0;
        sum += value * weights[i % 3];
    }
    return number[14] == '0' + sum % 10;
}

/* A doubtful number is shown to staff, never refused: the reader has verified the card. */
static bool has_doubt(const struct person *p)
{
    if (p->layout == CARD_FPR2017)
        return !is_fpr2017_number_right(p->number);
    size_t birth_at = 6;
    return number_check(p->number, NULL, false) || strncmp(p->number + birth_at, p->birth, 8);
}

static bool is_sound(const struct person *p)
{
    size_t length = p->layout == CARD_FPR2017 ? 15 : 18;
    return (*p->name || *p->english_name) && strlen(p->number) == length && is_prefix_right(p) &&
           date_is_real(p->birth) && date_is_real(p->valid_from) && (p->is_long_term || date_is_real(p->valid_to));
}

static const struct layout *layout_of(uint16_t letter)
{
    uint16_t wanted = letter == 0x20 || !letter ? CARD_RESIDENT : letter;
    /* A resident card has a blank there, never the letter C. */
    for (size_t i = 0; letter != CARD_RESIDENT && i < sizeof(layouts) / sizeof(layouts[0]); i++)
        if (layouts[i].letter == wanted)
            return &layouts[i];
    return NULL;
}

int card_parse(struct person *out, const uint8_t text[CARD_TEXT_BYTES])
{
    const struct layout *l = layout_of(get_le16(text + TYPE_AT));
    person_wipe(out);
    if (!l)
        return CARD_E_TYPE;
    int r = read_fields(out, l, text);
    if (!r && !is_sound(out))
        r = CARD_E_PAYLOAD;
    if (r) {
        person_wipe(out);
        return r;
    }
    out->has_number_doubt = has_doubt(out);
    return 0;
}

/* ---- writing, for simulated cards -------------------------------------------------------------------------------------- */

/* `skip` units of the text are left out, at most `count` written. -EINVAL when the text does not fit. */
static int write_units(uint8_t *to, size_t count, const char *text, size_t skip, bool may_be_longer)
{
    struct bytes units AUTO_BYTES = { 0 };
    int r = text_to_utf16le(&units, text);
    if (r)
        return r;
    size_t have = units.length / 2, left = have > skip ? have - skip : 0;
    if (left > count && !may_be_longer)
        return -EINVAL;
    size_t n = left < count ? left : count;
    if (n)
        memcpy(to, units.data + 2 * skip, 2 * n);
    return 0;
}

static int write_english2023(uint8_t *text, const struct person *p)
{
    int r = write_units(text + english2023[0].at, english2023[0].width / 2, p->english_name, 0, true);
    return r ? r : write_units(text + english2023[1].at, english2023[1].width / 2, p->english_name,
                               english2023[0].width / 2, false);
}

int card_encode(uint8_t text[CARD_TEXT_BYTES], const struct person *p)
{
    const struct layout *l = NULL;
    char sex[2] = { p->sex ? p->sex : ' ', 0 }, letter[2] = { (char)p->layout, 0 };
    for (size_t i = 0; i < sizeof(layouts) / sizeof(layouts[0]); i++)
        if (layouts[i].letter == p->layout)
            l = &layouts[i];
    if (!l)
        return -EINVAL;
    for (size_t i = 0; i < CARD_TEXT_BYTES; i += 2)
        put_le16(text + i, 0x20);
    int r = 0;
    for (const struct place *f = l->places; !r && f->width; f++)
        r = write_units(text + f->at, f->width / 2, (const char *)p + f->to, 0, false);
    if (!r && l->letter == CARD_FPR2023)
        r = write_english2023(text, p);
    if (!r)
        r = write_units(text + l->sex_at, 1, sex, 0, false);
    if (!r)
        r = write_units(text + VALID_TO_AT, VALID_TO_WIDTH / 2, p->is_long_term ? "长期" : p->valid_to, 0, false);
    if (!r && l->letter != CARD_RESIDENT)
        r = write_units(text + TYPE_AT, 1, letter, 0, false);
    return r;
}
