/* Resident numbers (GB 11643-1999, ISO 7064 MOD 11-2), dates, ages. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "firmware/card/person.h"

char number_check_character(const char first17[17])
{
    static const int weights[17] = { 7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2 };
    int sum = 0;
    for (int i = 0; i < 17; i++)
        sum += (first17[i] - '0') * weights[i];
    return "10X98765432"[sum % 11];
}

static bool is_digits(const char *text, size_t count)
{
    return strspn(text, "0123456789") >= count;
}

bool date_is_real(const char *yyyymmdd)
{
    static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    int year, month, day;
    if (strlen(yyyymmdd) != 8 || !is_digits(yyyymmdd, 8) || sscanf(yyyymmdd, "%4d%2d%2d", &year, &month, &day) != 3)
        return false;
    if (year < 1 || month < 1 || month > 12 || day < 1)
        return false;
    bool is_leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return day <= days[month - 1] + (month == 2 && is_leap);
}

int number_check(const char *number, const char *today, bool typed)
{
    char birth[9];
    if (strlen(number) != 18)
        return NUMBER_E_LENGTH;
    char last = typed && number[17] == 'x' ? 'X' : number[17];
    if (!is_digits(number, 17) || !(last == 'X' || (last >= '0' && last <= '9')))
        return NUMBER_E_CHARACTER;
    memcpy(birth, number + 6, 8);
    birth[8] = 0;
    if (!date_is_real(birth) || (today && strcmp(birth, today) > 0))
        return NUMBER_E_DATE;
    return last == number_check_character(number) ? 0 : NUMBER_E_CHECK;
}

int age_in_years(const char *birth, const char *today)
{
    if (!date_is_real(birth) || !date_is_real(today))
        return -1;
    int years = (atoi(today) - atoi(birth)) / 10000;
    return atoi(today) < atoi(birth) ? -1 : years;
}
