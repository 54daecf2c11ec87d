#include <stdio.h>
#include <string.h>

#include "firmware/base/text.h"
#include "firmware/card/person.h"
#include "firmware/catalogue/catalogue.h"

static int number_of(const char *digits, int count)
{
    int n = 0;
    for (int i = 0; i < count; i++)
        n = n * 10 + (digits[i] - '0');
    return n;
}

static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };

/* A year, or a year and its month; anything else as it is. */
static void show_begun_date(char out[ANSWER_BYTES], const char *value, enum language language)
{
    size_t length = strspn(value, "0123456789");
    int year = length >= 4 ? number_of(value, 4) : 0,
        month = length == 6 ? number_of(value + 4, 2) : 0;
    bool is_zh = language == LANGUAGE_ZH;
    if (value[length] || (length != 4 && (month < 1 || month > 12)))
        text_copy(out, ANSWER_BYTES, value);
    else if (length == 4)
        snprintf(out, ANSWER_BYTES, is_zh ? "%d年" : "%d", year);
    else if (is_zh)
        snprintf(out, ANSWER_BYTES, "%d年%d月", year, month);
    else
        snprintf(out, ANSWER_BYTES, "%s %d", months[month - 1], year);
}

static void show_date(char out[ANSWER_BYTES], const char *value, enum language language)
{
    if (!date_is_real(value)) {
        show_begun_date(out, value, language);
        return;
    }
    int year = number_of(value, 4), month = number_of(value + 4, 2), day = number_of(value + 6, 2);
    if (language == LANGUAGE_ZH)
        snprintf(out, ANSWER_BYTES, "%d年%d月%d日", year, month, day);
    else
        snprintf(out, ANSWER_BYTES, "%d %s %d", day, months[month - 1], year);
}

/* 1234567.5 -> 1,234,567.50 */
static void show_amount(char out[ANSWER_BYTES], const char *value, enum language language)
{
    size_t digits = strspn(value, "0123456789"), at = 0;
    const char *point = value + digits;
    const char *unit = language == LANGUAGE_ZH ? " 元" : " yuan";
    if (digits > 9 || strlen(point) > 3) { /* not one that answer_check() passes */
        text_copy(out, ANSWER_BYTES, value);
        return;
    }
    for (size_t i = 0; i < digits; i++) {
        if (i && (digits - i) % 3 == 0)
            out[at++] = ',';
        out[at++] = value[i];
    }
    snprintf(out + at, ANSWER_BYTES - at, "%s%s%s", point, strlen(point) == 2 ? "0" : "", unit);
}

static void show_choice(char out[ANSWER_BYTES], const struct field *f, const char *value,
                        enum language language)
{
    const char *shown = value;
    for (size_t i = 0; i < f->choice_count; i++)
        if (!strcmp(f->choices[i].value, value))
            shown = f->choices[i].label.in[language];
    text_copy(out, ANSWER_BYTES, shown);
}

static void show_yes_no(char out[ANSWER_BYTES], const char *value, enum language language)
{
    static const char *const words[2][LANGUAGE_COUNT] = { { "否", "No" }, { "是", "Yes" } };
    bool is_known = !strcmp(value, "yes") || !strcmp(value, "no");
    text_copy(out, ANSWER_BYTES, is_known ? words[!strcmp(value, "yes")][language] : value);
}

void answer_show(char out[ANSWER_BYTES], const struct field *f, const char *value,
                 enum language language)
{
    if (!*value)
        *out = 0;
    else if (f->kind == FIELD_DATE)
        show_date(out, value, language);
    else if (f->kind == FIELD_AMOUNT)
        show_amount(out, value, language);
    else if (f->kind == FIELD_CHOICE)
        show_choice(out, f, value, language);
    else if (f->kind == FIELD_YES_NO)
        show_yes_no(out, value, language);
    else
        text_copy(out, ANSWER_BYTES, value);
}

void answer_show_masked(char out[ANSWER_BYTES], const struct field *f, const char *value,
                        enum language language)
{
    static void (*const masks[])(char out[MASKED_TEXT], const char *text) = {
        [MASK_NONE] = NULL,
        [MASK_NAME] = mask_name,
        [MASK_NUMBER] = mask_number_ordinary,
        [MASK_PHONE] = mask_phone,
        [MASK_ACCOUNT] = mask_account,
        [MASK_OTHER] = mask_other,
    };
    char masked[MASKED_TEXT];
    answer_show(out, f, value, language);
    if (!masks[f->mask] || !*out)
        return;
    masks[f->mask](masked, out);
    text_copy(out, ANSWER_BYTES, masked);
    explicit_bzero(masked, sizeof(masked));
}
