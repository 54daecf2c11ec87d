#include "board/host/sim/expect.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DAY_MS = 24 * 3600 * 1000 };

bool expect_duration(int64_t *out_ms, const char *word)
{
    char *end;
    if (!isdigit((unsigned char)*word))
        return false;
    long number = strtol(word, &end, 10);
    long unit = !strcmp(end, "ms") ? 1 : !strcmp(end, "s") ? 1000 : !strcmp(end, "m") ? 60000 : 0;
    if (!unit || number > DAY_MS / unit)
        return false;
    *out_ms = (int64_t)number * unit;
    return true;
}

static bool is_sign(const char *word)
{
    static const char *const signs[] = { "=", "!=", "<", "<=", ">", ">=" };
    for (size_t i = 0; i < sizeof(signs) / sizeof(signs[0]); i++)
        if (!strcmp(word, signs[i]))
            return true;
    return false;
}

static bool is_number(const char *word)
{
    word += *word == '+' || *word == '-';
    return *word && strspn(word, "0123456789") == strlen(word) && strlen(word) < 18;
}

const char *expect_parse(struct expectation *out, const char *words)
{
    char within[EXPECT_WORD] = "", wait[EXPECT_WORD] = "", more[2] = "";
    *out = (struct expectation){ 0 };
    int count = sscanf(words, "%63s %3s %63s %63s %63s %1s", out->fact, out->sign, out->value,
                       within, wait, more);
    if (count != 3 && count != 5)
        return "it is written: expect FACT =|!=|<|<=|>|>= VALUE [within TIME]";
    if (!is_sign(out->sign))
        return "between fact and value stands one of = != < <= > >=";
    if (strchr("<>", out->sign[0]) && !is_number(out->value))
        return "only numbers are greater or less";
    if (count == 5 && (strcmp(within, "within") || !expect_duration(&out->within_ms, wait)))
        return "behind the value may stand: within TIME, as 250ms, 3s or 2m";
    if (!strcmp(out->value, "\"\""))
        out->value[0] = 0;
    return NULL;
}

/* As it would be written in a scenario. */
static void write_value(char out[EXPECT_WORD], const json_t *value)
{
    if (json_is_string(value))
        snprintf(out, EXPECT_WORD, "%.63s", json_string_value(value));
    else if (json_is_integer(value))
        snprintf(out, EXPECT_WORD, "%" JSON_INTEGER_FORMAT, json_integer_value(value));
    else
        snprintf(out, EXPECT_WORD, "%s", json_is_true(value) ? "true" : "false");
}

static bool compare(const char *sign, int64_t a, int64_t b)
{
    switch (sign[0]) {
    case '<':
        return a < b || (sign[1] && a == b);
    case '>':
        return a > b || (sign[1] && a == b);
    case '!':
        return a != b;
    default:
        return a == b;
    }
}

bool expect_holds(const struct expectation *e, const json_t *state, const json_t *before,
                  char says[JSON_COMPLAINT])
{
    const json_t *value = json_object_get(state, e->fact);
    char is[EXPECT_WORD];
    bool holds;
    if (!value || json_is_array(value) || json_is_object(value)) {
        snprintf(says, JSON_COMPLAINT, "there is no fact \"%s\"", e->fact);
        return false;
    }
    write_value(is, value);
    if (json_is_integer(value) && is_number(e->value)) {
        int64_t wanted = strtoll(e->value, NULL, 10);
        if (e->value[0] == '+')
            wanted += json_integer_value(json_object_get(before, e->fact));
        holds = compare(e->sign, json_integer_value(value), wanted);
    } else {
        holds = !strcmp(is, e->value) == (e->sign[0] == '=');
    }
    if (!holds)
        snprintf(says, JSON_COMPLAINT, "expected %s %s %s, but it is %s", e->fact, e->sign,
                 *e->value ? e->value : "\"\"", *is ? is : "\"\"");
    return holds;
}
