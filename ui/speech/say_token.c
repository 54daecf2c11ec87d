/* What is read letter by letter and digit by digit, and numbers as English says them. */
#include <string.h>

#include "ui/speech/say_inside.h"

void say_code(struct saying *s, const char *code, size_t count, const char *groups, const char *one)
{
    static const char *const zh[] = { "零", "一", "二", "三", "四", "五", "六", "七", "八", "九" };
    size_t in_group = 0;
    say_blank(s);
    for (size_t i = 0; i < count; i++) {
        char text[2] = { code[i], 0 };
        if (in_group == (size_t)*groups) {
            say_pause(s, ",");
            in_group = 0;
            if (groups[1])
                groups++;
        }
        if (code[i] >= 'a' && code[i] <= 'z')
            text[0] = (char)(code[i] - 'a' + 'A');
        if (s->voice == SAY_ZH && is_digit((uint32_t)(unsigned char)code[i]))
            say_put(s, code[i] == '1' ? one : zh[code[i] - '0']);
        else
            say_put(s, text);
        say_put(s, " ");
        in_group++;
    }
}

/* ---- letters and digits mixed -------------------------------------------------------- */

struct token {
    size_t length; /* with the dashes inside */
    bool has_small, has_capital, has_digit, has_dash;
    size_t longest; /* of its runs of digits */
};

static struct token token_at(const struct saying *s)
{
    struct token t = { 0 };
    size_t run = 0;
    for (const char *p = s->at; p < s->end; p++) {
        uint32_t c = (unsigned char)*p;
        bool is_dash = c == '-' && p > s->at && p + 1 < s->end &&
                       (is_digit((unsigned char)p[1]) || is_letter((unsigned char)p[1]));
        if (!is_digit(c) && !is_letter(c) && !is_dash)
            break;
        run = is_digit(c) ? run + 1 : 0;
        t.longest = run > t.longest ? run : t.longest;
        t.has_digit |= is_digit(c);
        t.has_small |= c >= 'a' && c <= 'z';
        t.has_capital |= c >= 'A' && c <= 'Z';
        t.has_dash |= is_dash;
        t.length++;
    }
    return t;
}

/* ISO dates have dashes and are no codes; telephone numbers are. */
static bool is_iso_date(const struct saying *s, const struct token *t)
{
    return t->length >= 8 && t->length <= 10 && s->at[4] == '-' && t->longest == 4 &&
           !t->has_small && !t->has_capital && s->at[t->length - 1] != '-' &&
           (s->at[6] == '-' || s->at[7] == '-');
}

static bool is_code(const struct saying *s, const struct token *t)
{
    bool has_letter = t->has_small || t->has_capital;
    if (t->has_digit && has_letter)
        return true;
    if (t->has_digit)
        return t->has_dash && t->longest >= 3 && !is_iso_date(s, t);
    /* Capitals alone: ABC, QR; a single letter too. */
    return t->has_capital && !t->has_small && !t->has_dash && (t->length <= 4);
}

static bool is_same_run(const char *a, const char *b)
{
    return *a != '-' && *b != '-' && is_digit((unsigned char)*a) == is_digit((unsigned char)*b);
}

bool say_token(struct saying *s)
{
    struct token t = token_at(s);
    if (!is_code(s, &t))
        return false;
    const char *end = s->at + t.length;
    if (t.length == 18 && t.longest == 17) { /* number of an identity card that ends with X */
        say_code(s, s->at, t.length, "\6\4\4\4", "幺");
        s->at = end;
        return true;
    }
    for (const char *p = s->at, *stop; p < end; p = stop) {
        for (stop = p + 1; stop < end && is_same_run(p, stop);)
            stop++;
        if (*p == '-')
            say_pause(s, ",");
        else
            say_code(s, p, (size_t)(stop - p), "\4", "幺");
    }
    s->at = end;
    return true;
}

/* ---- English ------------------------------------------------------------------------- */

static size_t run_at(const struct saying *s, const char *p)
{
    size_t n = 0;
    while (p + n < s->end && is_digit((unsigned char)p[n]))
        n++;
    return n;
}

static bool say_date_en(struct saying *s)
{
    static const char *const months[] = { "January",   "February", "March",    "April",
                                          "May",       "June",     "July",     "August",
                                          "September", "October",  "November", "December" };
    const char *p = s->at;
    if (run_at(s, p) != 4 || s->end - p < 10 || p[4] != '-' || p[7] != '-' ||
        run_at(s, p + 5) != 2 || run_at(s, p + 8) != 2)
        return false;
    int month = say_small(p + 5, 2), day = say_small(p + 8, 2);
    if (month < 1 || month > 12 || day < 1 || day > 31)
        return false;
    say_put_bytes(s, p + 8 + (p[8] == '0'), 2 - (size_t)(p[8] == '0'));
    say_put(s, " ");
    say_put(s, months[month - 1]);
    say_put(s, " ");
    say_put_bytes(s, p, 4);
    s->at = p + 10;
    return true;
}

static bool say_time_en(struct saying *s)
{
    size_t hour = run_at(s, s->at);
    const char *p = s->at + hour;
    if (hour < 1 || hour > 2 || p >= s->end || *p != ':' || run_at(s, p + 1) != 2)
        return false;
    say_put_bytes(s, s->at, hour);
    say_put(s, " ");
    if (!memcmp(p + 1, "00", 2))
        say_put(s, "o'clock");
    else
        say_put_bytes(s, p + 1, 2);
    s->at = p + 3;
    return true;
}

static void say_range_en(struct saying *s)
{
    const char *p = s->at;
    size_t length = say_starts(s, p, "–") || say_starts(s, p, "—") ? 3 : 0;
    if (say_starts(s, p, "-") || say_starts(s, p, "~"))
        length = 1;
    if (!length || !is_digit(say_peek(s, p + length, NULL)))
        return;
    say_put(s, " to ");
    s->at = p + length;
}

bool say_number_en(struct saying *s)
{
    size_t sign;
    bool is_money = !is_digit(say_peek(s, s->at, &sign));
    const char *p = s->at + (is_money ? sign : 0);
    size_t count = run_at(s, p);
    if (!count)
        return false;
    if (!is_money && (say_date_en(s) || say_time_en(s))) {
        say_range_en(s);
        return true;
    }
    bool has_zero = count > 1 && *p == '0';
    if (!is_money && (count > 4 || has_zero)) {
        say_code(s, p, count, count == 11 && *p == '1' ? "\3\4\4" : "\4", "1");
        s->at = p + count;
        return true;
    }
    /* Thousands and fractions are the engine's business: it reads them well. */
    const char *end = p + count;
    while (end + 1 < s->end && (*end == ',' || *end == '.') && run_at(s, end + 1))
        end += 1 + run_at(s, end + 1);
    say_put_bytes(s, p, (size_t)(end - p));
    if (is_money)
        say_put(s, " yuan");
    s->at = end;
    say_range_en(s);
    return true;
}
