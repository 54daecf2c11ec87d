/* The last look before paper: is a whole ID number on it? */
#include <string.h>

#include "firmware/slip/slip.h"

enum { DIGITS = 17, YEAR_AT = 6, MONTH_AT = 10, DAY_AT = 12 };

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static int number_at(const char *at, int length)
{
    int n = 0;
    while (length--)
        n = n * 10 + (*at++ - '0');
    return n;
}

/* ISO 7064 MOD 11-2, as GB 11643 uses it. */
static char check_character(const char *digits)
{
    int sum = 0;
    for (int i = 0; i < DIGITS; i++)
        sum = (sum + (digits[i] - '0')) * 2 % 11;
    return "10X98765432"[sum];
}

/* The check character of the sum above: x with (2 * ... + x) = 1 mod 11. */
static bool is_number(const char *at)
{
    for (int i = 0; i < DIGITS; i++)
        if (!is_digit(at[i]))
            return false;
    int year = number_at(at + YEAR_AT, 4), month = number_at(at + MONTH_AT, 2),
        day = number_at(at + DAY_AT, 2);
    char last = at[DIGITS] == 'x' ? 'X' : at[DIGITS];
    return *at != '0' && year >= 1850 && year <= 2199 && month >= 1 && month <= 12 && day >= 1 &&
           day <= 31 && last == check_character(at);
}

bool slip_tells_number(const char *text)
{
    size_t length = strlen(text);
    /* A longer run of digits is another number, whatever stands inside it. */
    for (size_t i = 0; i + DIGITS < length; i++)
        if ((!i || !is_digit(text[i - 1])) && is_number(text + i) &&
            !is_digit(text[i + DIGITS + 1]))
            return true;
    return false;
}
