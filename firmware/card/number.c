/* Resident numbers (GB 11643-1999, ISO 7064 MOD 11-2), the older numbers of foreign residents,
 * dates, ages.
 */
#include "firmware/card/person.h"

#include <string.h>

enum { NUMBER_CHARACTERS = 18, OLD_NUMBER_CHARACTERS = 15 };

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* GB 11643-1999, 4.2.3: weight 2^(17-i) mod 11; the sum's remainder looks up the character. */
char number_check_character(const char first17[17])
{
    static const int weight[17] = { 7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2 };
    int sum = 0;
    for (int i = 0; i < 17; i++)
        sum += (first17[i] - '0') * weight[i];
    return "10X98765432"[sum % 11];
}

/* ICAO 9303-3, 4.9: weights 7 3 1, letters from A = 10, a filler counts 0. */
char old_number_check_digit(const char first14[14])
{
    static const int weight[3] = { 7, 3, 1 };
    int sum = 0;
    for (int i = 0; i < 14; i++) {
        char c = first14[i];
        int value = is_digit(c) ? c - '0' : c >= 'A' && c <= 'Z' ? c - 'A' + 10 : 0;
        sum += value * weight[i % 3];
    }
    return (char)('0' + sum % 10);
}

bool person_old_number(char out[16], const struct person *p)
{
    const char *n = p->number, *link = p->old_number_link;
    out[0] = 0;
    if (p->layout != CARD_FPR2023 || strlen(n) != NUMBER_CHARACTERS ||
        strlen(p->nationality) != 3 || strlen(link) != 3)
        return false;
    /* Country, province, digits that only the link holds, birth YYMMDD, sequence. */
    memcpy(out, p->nationality, 3);
    memcpy(out + 3, n + 1, 2);
    memcpy(out + 5, link, 2);
    memcpy(out + 7, n + 8, 6);
    out[13] = link[2];
    out[14] = old_number_check_digit(out);
    out[15] = 0;
    return true;
}

static int days_in_month(int year, int month)
{
    static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    bool is_leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return days[month - 1] + (month == 2 && is_leap);
}

static int digits_value(const char *digits, size_t count)
{
    int value = 0;
    while (count--)
        value = value * 10 + (*digits++ - '0');
    return value;
}

bool date_is_real(const char *yyyymmdd)
{
    if (strlen(yyyymmdd) != 8 || strspn(yyyymmdd, "0123456789") != 8)
        return false;
    int year = digits_value(yyyymmdd, 4), month = digits_value(yyyymmdd + 4, 2);
    int day = digits_value(yyyymmdd + 6, 2);
    return year > 0 && month >= 1 && month <= 12 && day >= 1 && day <= days_in_month(year, month);
}

int age_in_years(const char *birth, const char *today)
{
    if (!date_is_real(birth) || !date_is_real(today) || strcmp(birth, today) > 0)
        return -1;
    int years = digits_value(today, 4) - digits_value(birth, 4);
    return strcmp(birth + 4, today + 4) > 0 ? years - 1 : years;
}

int number_check(const char *number, const char *today, bool typed)
{
    if (strlen(number) != NUMBER_CHARACTERS)
        return NUMBER_E_LENGTH;
    char last = typed && number[17] == 'x' ? 'X' : number[17];
    if (strspn(number, "0123456789") < 17 || (last != 'X' && !is_digit(last)))
        return NUMBER_E_CHARACTER;
    char birth[9] = { 0 };
    memcpy(birth, number + 6, 8);
    bool is_future = today && strcmp(birth, today) > 0;
    int r = !date_is_real(birth) || is_future        ? NUMBER_E_DATE
            : number_check_character(number) != last ? NUMBER_E_CHECK
                                                     : 0;
    explicit_bzero(birth, sizeof(birth));
    return r;
}
