/* Numbers as Chinese says them. */
#include <string.h>

#include "firmware/base/text.h"
#include "ui/speech/say_inside.h"

static const char *const digit_words[] = { "零", "一", "二", "三", "四",
                                           "五", "六", "七", "八", "九" };

static void put_digit(struct saying *s, char c)
{
    say_put(s, digit_words[c - '0']);
}

/* ---- quantities ---------------------------------------------------------------------- */

/* Up to four digits; `has_before`: higher groups were said, so a gap is 零. */
static void say_group(struct saying *s, int value, bool has_before)
{
    static const char *const units[] = { "千", "百", "十", "" };
    static const int parts[] = { 1000, 100, 10, 1 };
    bool has_said = has_before, has_gap = false;
    for (int i = 0; i < 4; i++) {
        int digit = value / parts[i] % 10;
        if (!digit) {
            has_gap = has_said;
            continue;
        }
        if (has_gap)
            say_put(s, "零");
        has_gap = false;
        if (!(parts[i] == 10 && digit == 1 && !has_said))
            say_put(s, digit_words[digit]);
        say_put(s, units[i]);
        has_said = true;
    }
}

void say_quantity(struct saying *s, const char *digits, size_t count)
{
    static const char *const units[] = { "亿", "万", "" };
    static const int64_t parts[] = { 100000000, 10000, 1 };
    int64_t value = 0;
    for (size_t i = 0; i < count && i < 12; i++)
        value = value * 10 + (digits[i] - '0');
    if (!value)
        say_put(s, "零");
    bool has_before = false;
    for (int i = 0; i < 3; i++) {
        int group = (int)(value / parts[i] % 10000);
        if (!group)
            continue;
        say_group(s, group, has_before);
        say_put(s, units[i]);
        has_before = true;
    }
}

/* ---- what stands around a number ----------------------------------------------------- */

struct number {
    const char *whole; /* digits, perhaps with commas between thousands */
    size_t whole_bytes;
    char digits[24]; /* without commas */
    size_t count;
    const char *fraction; /* behind the point, `fraction_count` digits */
    size_t fraction_count;
    const char *end;  /* behind all that */
    const char *unit; /* behind blanks */
};

static size_t digits_at(const struct saying *s, const char *p)
{
    size_t n = 0;
    while (p + n < s->end && is_digit((uint32_t)(unsigned char)p[n]))
        n++;
    return n;
}

static struct number read_number(const struct saying *s, const char *p)
{
    struct number n = { .whole = p };
    for (;;) {
        size_t run = digits_at(s, p);
        if (n.count + run >= sizeof(n.digits))
            run = sizeof(n.digits) - 1 - n.count;
        memcpy(n.digits + n.count, p, run);
        n.count += run;
        p += run;
        bool is_thousand = p < s->end && *p == ',' && digits_at(s, p + 1) == 3 && run <= 3 && run;
        if (!is_thousand)
            break;
        p++;
    }
    n.whole_bytes = (size_t)(p - n.whole);
    if (p + 1 < s->end && *p == '.' && digits_at(s, p + 1)) {
        n.fraction = p + 1;
        n.fraction_count = digits_at(s, p + 1);
        p = n.fraction + n.fraction_count;
    }
    n.end = n.unit = p;
    while (n.unit < s->end && *n.unit == ' ')
        n.unit++;
    return n;
}

static bool has_any(const struct saying *s, const char *p, const char *const *list)
{
    for (; *list; list++)
        if (say_starts(s, p, *list))
            return true;
    return false;
}

/* Is a number with this behind it a quantity? */
static bool is_counted(const struct saying *s, const struct number *n)
{
    static const char *const units[] = {
        "个", "项", "位",     "条", "天", "分", "年",   "月",   "日", "号",   "次",   "页",
        "张", "人", "家",     "字", "笔", "步", "岁",   "小时", "周", "份",   "楼",   "层",
        "名", "种", "级",     "章", "类", "米", "平方", "公",   "斤", "毫米", "厘米", "倍",
        "折", "点", "工作日", "万", "亿", "千", "百",   "秒",   "刻", "路",   "户",   "套",
        "间", "件", "元",     "块", "角", "行", "列",   "键",   NULL
    };
    return has_any(s, n->unit, units);
}

/* Two of something that is counted: 两. */
static bool is_pair(const struct saying *s, const struct number *n)
{
    static const char *const units[] = { "个",   "项", "位",   "条", "天", "次", "页",
                                         "张",   "人", "家",   "份", "名", "种", "户",
                                         "小时", "周", "分钟", "套", "间", "件", NULL };
    bool is_ordinal = (s->at - s->start >= 3 && !memcmp(s->at - 3, "第", 3)) ||
                      (s->at - s->start >= 4 && !memcmp(s->at - 4, "第 ", 4));
    return n->count == 1 && *n->digits == '2' && !n->fraction && !is_ordinal &&
           has_any(s, n->unit, units);
}

/* ---- kinds of numbers ---------------------------------------------------------------- */

static void say_fraction(struct saying *s, const struct number *n)
{
    if (!n->fraction)
        return;
    say_put(s, "点");
    for (size_t i = 0; i < n->fraction_count; i++)
        put_digit(s, n->fraction[i]);
}

/* 1234.50 元: 一千二百三十四元五角. */
static void say_money(struct saying *s, const struct number *n)
{
    say_quantity(s, n->digits, n->count);
    if (n->fraction_count > 2) {
        say_fraction(s, n);
        say_put(s, "元");
        return;
    }
    say_put(s, "元");
    char tens = n->fraction ? n->fraction[0] : '0';
    char ones = n->fraction && n->fraction_count == 2 ? n->fraction[1] : '0';
    if (tens != '0') {
        put_digit(s, tens);
        say_put(s, "角");
    } else if (ones != '0') {
        say_put(s, "零");
    }
    if (ones != '0') {
        put_digit(s, ones);
        say_put(s, "分");
    }
}

static void say_year(struct saying *s, const char *digits)
{
    for (int i = 0; i < 4; i++)
        put_digit(s, digits[i]);
    say_put(s, "年");
}

/* 2026-11-26 or 2026/11/26. */
static bool say_date(struct saying *s)
{
    const char *p = s->at;
    char mark = digits_at(s, p) == 4 && p + 4 < s->end ? p[4] : 0;
    if (mark != '-' && mark != '/')
        return false;
    size_t month = digits_at(s, p + 5), day = 0;
    const char *q = p + 5 + month + 1;
    if (month < 1 || month > 2 || q > s->end || q[-1] != mark)
        return false;
    day = digits_at(s, q);
    int m = say_small(p + 5, month), d = day == 1 || day == 2 ? say_small(q, day) : 0;
    if (m < 1 || m > 12 || d < 1 || d > 31)
        return false;
    say_year(s, p);
    say_quantity(s, p + 5, month);
    say_put(s, "月");
    say_quantity(s, q, day);
    say_put(s, "日");
    s->at = q + day;
    return true;
}

/* 8:30: 八点三十分. */
static bool say_time(struct saying *s)
{
    size_t hour = digits_at(s, s->at);
    const char *p = s->at + hour;
    if (hour < 1 || hour > 2 || p >= s->end || *p != ':' || digits_at(s, p + 1) != 2)
        return false;
    say_quantity(s, s->at, hour);
    say_put(s, "点");
    if (memcmp(p + 1, "00", 2)) {
        if (p[1] == '0')
            say_put(s, "零");
        say_quantity(s, p + 1, 2);
        say_put(s, "分");
    }
    s->at = p + 3;
    return true;
}

/* Between two numbers a dash means "to". */
static void say_range(struct saying *s)
{
    static const char *const dashes[] = { "–", "—", "～", "~", "-", NULL };
    const char *p = s->at;
    while (p < s->end && *p == ' ')
        p++;
    if (!has_any(s, p, dashes))
        return;
    size_t length;
    (void)say_peek(s, p, &length);
    p += length;
    while (p < s->end && *p == ' ')
        p++;
    if (!is_digit(say_peek(s, p, NULL)))
        return;
    say_put(s, "到");
    s->at = p;
}

/* Phone numbers, accounts, tails of cards: digits in groups. */
static void say_digits(struct saying *s, const struct number *n)
{
    const char *groups = n->count == 11 && *n->digits == '1' ? "\3\4\4"
                         : n->count == 18 || n->count == 17  ? "\6\4\4\4"
                         : n->count == 8                     ? "\4\4"
                                                             : "\4";
    say_code(s, n->digits, n->count, groups, n->count > 4 ? "幺" : "一");
}

bool say_number_zh(struct saying *s)
{
    bool is_money = !is_digit(say_peek(s, s->at, NULL));
    size_t sign;
    (void)say_peek(s, s->at, &sign);
    struct number n = read_number(s, s->at + (is_money ? sign : 0));
    if (!n.count)
        return false;
    if (!is_money && say_date(s))
        return true;
    if (!is_money && say_time(s)) {
        say_range(s);
        return true;
    }
    bool is_year = n.count == 4 && say_starts(s, n.unit, "年") && !n.fraction;
    bool has_zero = n.count > 1 && *n.digits == '0';
    bool is_room = n.count > 2 && say_starts(s, n.unit, "室");
    if (is_money || (say_starts(s, n.unit, "元") && !has_zero)) {
        say_money(s, &n);
        s->at = say_starts(s, n.unit, "元") ? n.unit + strlen("元") : n.end;
        return true;
    }
    if (is_year) {
        say_year(s, n.digits);
        s->at = n.unit + strlen("年");
        return true;
    }
    bool is_percent = n.unit < s->end && *n.unit == '%';
    if (is_percent)
        say_put(s, "百分之");
    bool is_quantity = is_percent || n.fraction || n.whole_bytes > n.count || n.count <= 2 ||
                       (is_counted(s, &n) && n.count <= 12);
    if (is_pair(s, &n))
        say_put(s, "两");
    else if (is_quantity && !is_room && !(has_zero && n.count > 2))
        say_quantity(s, n.digits, n.count);
    else
        say_digits(s, &n);
    say_fraction(s, &n);
    s->at = is_percent ? n.unit + 1 : n.end;
    say_range(s);
    return true;
}
