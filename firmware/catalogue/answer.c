#include <string.h>

#include "firmware/base/text.h"
#include "firmware/card/person.h"
#include "firmware/catalogue/catalogue.h"

enum {
    MOBILE_DIGITS = 11,
    ACCOUNT_MIN = 8,
    ACCOUNT_MAX = 30,
    YUAN_DIGITS = 9,
    FEN_DIGITS = 2,
    DATE_DIGITS = 8
};

/* ---- characters ---------------------------------------------------------------------- */

struct range {
    uint32_t first, last;
};

static bool is_in(uint32_t cp, const struct range *ranges, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (cp >= ranges[i].first && cp <= ranges[i].last)
            return true;
    return false;
}
#define IS_IN(cp, ranges) is_in(cp, ranges, sizeof(ranges) / sizeof((ranges)[0]))

static bool is_digit(uint32_t cp)
{
    return cp >= '0' && cp <= '9';
}

static bool is_latin_letter(uint32_t cp)
{
    static const struct range letters[] = {
        { 'A', 'Z' }, { 'a', 'z' }, { 0xc0, 0xd6 }, { 0xd8, 0xf6 }, { 0xf8, 0x24f }
    };
    return IS_IN(cp, letters);
}

/* A person's name: 欧阳·买买提, Anne-Marie O'Neill. Digits in it are a slip of the finger. */
static bool stands_in_name(uint32_t cp)
{
    return text_is_han(cp) || is_latin_letter(cp) || cp == 0xb7 || cp == ' ' || cp == '-' ||
           cp == '\'';
}

/* Sentences: Han, letters, digits, punctuation of both scripts; no emoji, no private or unassigned
 * planes. */
static bool stands_in_prose(uint32_t cp)
{
    static const struct range marks[] = {
        { 0x20, 0x7e },     { 0xa5, 0xa5 },     { 0xb0, 0xb1 },     { 0xb7, 0xb7 },
        { 0xd7, 0xd7 },     { 0xf7, 0xf7 },     { 0x2014, 0x2014 }, { 0x2018, 0x2019 },
        { 0x201c, 0x201d }, { 0x2026, 0x2026 }, { 0x2103, 0x2103 }, { 0x3000, 0x3003 },
        { 0x3005, 0x3005 }, { 0x3008, 0x3011 }, { 0x3014, 0x301f }, { 0xff01, 0xff5e },
        { 0xffe5, 0xffe5 },
    };
    return text_is_han(cp) || is_latin_letter(cp) || IS_IN(cp, marks);
}

static bool accepts_text(const struct field *f, uint32_t cp)
{
    if (f->mask == MASK_NAME)
        return stands_in_name(cp) || cp == '.' || cp == ',';
    return (cp >= 0x20 && cp <= 0x7e) || is_latin_letter(cp);
}

static bool accepts_han(const struct field *f, uint32_t cp)
{
    if (f->mask == MASK_NAME)
        return stands_in_name(cp);
    return stands_in_prose(cp) || (cp == '\n' && f->lines > 1);
}

static bool accepts_number(const struct field *f, uint32_t cp)
{
    (void)f;
    return is_digit(cp) || cp == 'X' || cp == 'x';
}

static bool accepts_phone(const struct field *f, uint32_t cp)
{
    (void)f;
    return is_digit(cp) || cp == '-';
}

static bool accepts_digits(const struct field *f, uint32_t cp)
{
    (void)f;
    return is_digit(cp);
}

static bool accepts_amount(const struct field *f, uint32_t cp)
{
    (void)f;
    return is_digit(cp) || cp == '.';
}

/* ---- checks: the value is not blank and every character of it is accepted ------------ */

static int check_written(const struct field *f, const char *value, const char *today)
{
    (void)today;
    size_t count = text_count(value);
    if (count < (size_t)f->min_length)
        return ANSWER_E_SHORT;
    return count > (size_t)f->max_length || strlen(value) >= ANSWER_BYTES ? ANSWER_E_LONG : 0;
}

static int check_number(const struct field *f, const char *value, const char *today)
{
    (void)f;
    switch (number_check(value, today, true)) {
    case 0:
        return 0;
    case NUMBER_E_LENGTH:
        return strlen(value) < 18 ? ANSWER_E_SHORT : ANSWER_E_LONG;
    case NUMBER_E_CHARACTER:
        return ANSWER_E_CHARACTER;
    case NUMBER_E_DATE:
        return ANSWER_E_DATE;
    default:
        return ANSWER_E_CHECK;
    }
}

static int compare_length(size_t length, size_t least, size_t most)
{
    return length < least ? ANSWER_E_SHORT : length > most ? ANSWER_E_LONG : 0;
}

/* 0575-84123456, 010-12345678, with or without the dash. Area codes 010 and 02x have three digits
 * and numbers of eight; the others four, with seven or eight. */
static int check_landline(const char *value)
{
    size_t area = value[1] <= '2' ? 3 : 4;
    if (strlen(value) <= area)
        return ANSWER_E_SHORT;
    const char *local = value + area + (value[area] == '-');
    if (value[1] == '0' || (value[1] == '1' && value[2] != '0') || strchr(local, '-'))
        return ANSWER_E_FORMAT;
    if (memchr(value, '-', area) || *local == '0' || *local == '1')
        return ANSWER_E_FORMAT;
    return compare_length(strlen(local), area == 3 ? 8 : 7, 8);
}

static int check_phone(const struct field *f, const char *value, const char *today)
{
    (void)f;
    (void)today;
    size_t length = strlen(value);
    if (value[0] == '0')
        return length < 2 ? ANSWER_E_SHORT : check_landline(value);
    if (value[0] != '1' || strchr(value, '-') || (length > 1 && (value[1] < '3' || value[1] > '9')))
        return ANSWER_E_FORMAT;
    return compare_length(length, MOBILE_DIGITS, MOBILE_DIGITS);
}

/* -1, 0, 1: the date lies before, on, after the bound; 0 when the bound cannot be judged. */
static int compare_date(const char *date, const char *bound, const char *today)
{
    const char *day = bound && !strcmp(bound, "today") ? today : bound;
    int order = day ? strcmp(date, day) : 0;
    return (order > 0) - (order < 0);
}

static int check_date(const struct field *f, const char *value, const char *today)
{
    size_t length = strlen(value);
    if (length != DATE_DIGITS)
        return length < DATE_DIGITS ? ANSWER_E_SHORT : ANSWER_E_LONG;
    if (!date_is_real(value))
        return ANSWER_E_DATE;
    if (compare_date(value, f->min_date, today) < 0)
        return ANSWER_E_EARLY;
    return compare_date(value, f->max_date, today) > 0 ? ANSWER_E_LATE : 0;
}

static int check_choice(const struct field *f, const char *value, const char *today)
{
    (void)today;
    for (size_t i = 0; i < f->choice_count; i++)
        if (!strcmp(f->choices[i].value, value))
            return 0;
    return ANSWER_E_CHOICE;
}

static int check_yes_no(const struct field *f, const char *value, const char *today)
{
    (void)f;
    (void)today;
    return !strcmp(value, "yes") || !strcmp(value, "no") ? 0 : ANSWER_E_CHOICE;
}

static int check_amount(const struct field *f, const char *value, const char *today)
{
    (void)today;
    size_t yuan = strspn(value, "0123456789");
    const char *point = value + yuan;
    size_t fen = *point == '.' ? strspn(point + 1, "0123456789") : 0;
    bool is_cut = *point == '.' && (!fen || fen > FEN_DIGITS || point[1 + fen]);
    if (!yuan || is_cut || (value[0] == '0' && yuan > 1))
        return ANSWER_E_FORMAT;
    if (yuan > YUAN_DIGITS)
        return ANSWER_E_LARGE;
    int64_t amount = 0;
    for (size_t i = 0; i < yuan; i++)
        amount = amount * 10 + (value[i] - '0');
    for (size_t i = 0; i < FEN_DIGITS; i++)
        amount = amount * 10 + (i < fen ? point[1 + i] - '0' : 0);
    return amount < f->min_fen ? ANSWER_E_SMALL : amount > f->max_fen ? ANSWER_E_LARGE : 0;
}

/* ISO/IEC 7812-1 annex B: double every second digit from the right, the sum of all digits ends in
 * 0. */
static bool fits_luhn(const char *digits, size_t length)
{
    int sum = 0;
    for (size_t i = 0; i < length; i++) {
        int d = (digits[length - 1 - i] - '0') * (i % 2 ? 2 : 1);
        sum += d > 9 ? d - 9 : d;
    }
    return sum % 10 == 0;
}

static int check_account(const struct field *f, const char *value, const char *today)
{
    (void)f;
    (void)today;
    size_t length = strlen(value);
    int r = compare_length(length, ACCOUNT_MIN, ACCOUNT_MAX);
    bool is_card = (length == 16 || length == 19) && !strncmp(value, "62", 2);
    return !r && is_card && !fits_luhn(value, length) ? ANSWER_E_CHECK : r;
}

/* ---- every kind ---------------------------------------------------------------------- */

static const struct {
    bool (*accepts)(const struct field *f, uint32_t cp); /* NULL: nothing is typed here */
    int (*check)(const struct field *f, const char *value,
                 const char *today); /* NULL: nothing fits */
} kinds[FIELD_KIND_COUNT] = {
    [FIELD_TEXT] = { accepts_text, check_written },
    [FIELD_HAN] = { accepts_han, check_written },
    [FIELD_NUMBER] = { accepts_number, check_number },
    [FIELD_PHONE] = { accepts_phone, check_phone },
    [FIELD_DATE] = { accepts_digits, check_date },
    [FIELD_CHOICE] = { NULL, check_choice },
    [FIELD_AMOUNT] = { accepts_amount, check_amount },
    [FIELD_YES_NO] = { NULL, check_yes_no },
    [FIELD_ACCOUNT] = { accepts_digits, check_account },
    [FIELD_ADDRESS] = { accepts_han, check_written },
    [FIELD_SIGNATURE] = { NULL, NULL },
};

bool answer_accepts(const struct field *f, uint32_t cp)
{
    return kinds[f->kind].accepts && kinds[f->kind].accepts(f, cp);
}

/* Blanks only, of either width. */
static bool is_blank(const char *value)
{
    size_t length = strlen(value);
    uint32_t cp = ' ';
    for (size_t i = 0; i < length && (cp == ' ' || cp == 0x3000 || cp == '\n');)
        i += text_decode(&cp, value + i, length - i);
    return cp == ' ' || cp == 0x3000 || cp == '\n';
}

static bool is_accepted(const struct field *f, const char *value)
{
    size_t length = strlen(value);
    uint32_t cp;
    for (size_t i = 0; i < length;) {
        i += text_decode(&cp, value + i, length - i);
        if (!answer_accepts(f, cp))
            return false;
    }
    return true;
}

int answer_check(const struct field *f, const char *value, const char *today)
{
    if (is_blank(value))
        return f->is_required ? ANSWER_E_EMPTY : 0;
    if (!kinds[f->kind].check || (kinds[f->kind].accepts && !is_accepted(f, value)))
        return ANSWER_E_CHARACTER;
    return kinds[f->kind].check(f, value, today);
}

bool condition_holds(const struct condition *when,
                     const char *(*value_of)(const void *context, const char *field),
                     const void *context)
{
    if (!when->field)
        return true;
    const char *value = value_of(context, when->field);
    for (size_t i = 0; value && i < when->value_count; i++)
        if (!strcmp(when->values[i], value))
            return true;
    return false;
}

size_t answer_length_limit(const struct field *f)
{
    static const size_t limits[FIELD_KIND_COUNT] = {
        [FIELD_NUMBER] = 18, [FIELD_PHONE] = 13,   [FIELD_DATE] = 8,
        [FIELD_AMOUNT] = 15, [FIELD_ACCOUNT] = 30,
    };
    return limits[f->kind] ? limits[f->kind] : (size_t)f->max_length;
}
