/* A date is picked: ten years, the year, the month, the day, each a grid of large keys. What the form does not allow cannot be
 * picked, and says why. Digits are a way beside it. */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "firmware/base/text.h"
#include "ui/screen/scene.h"

enum {
    /* Of a date without a limit: all tens of years are keys that are seen at once. Who is older has digits. */
    YEARS_BACK = 110,
    YEARS_AHEAD = 15,
    PLAIN_YEARS = 16, /* so many are shown at once */
    DECADE = 10,
    MONTHS = 12,
    LEVEL = 100, /* of a page's number: it belongs to one grid */
};

enum level { LEVEL_DECADE, LEVEL_YEAR, LEVEL_MONTH, LEVEL_DAY };

static const char *const months_en[] = { "January",   "February", "March",    "April",
                                         "May",       "June",     "July",     "August",
                                         "September", "October",  "November", "December" };
static const char *const days_zh[] = { "一", "二", "三", "四", "五", "六", "日" };
static const char *const days_en[] = { "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun" };
static const char *const weekdays_en[] = { "Monday", "Tuesday",  "Wednesday", "Thursday",
                                           "Friday", "Saturday", "Sunday" };

/* What is being picked. Days are compared as YYYYMMDD numbers. */
struct dating {
    struct scene *s;
    struct sheet_pick *out;
    bool is_zh;
    int year, month, day; /* 0: not chosen yet */
    int first, last;      /* that may be chosen */
    int decade;           /* first year of the ten that are looked at; 0: none are */
};

/* ---- days ------------------------------------------------------------------------------------ */

static int today_of(const struct scene *s)
{
    time_t local = (time_t)(s->around->wall_ms / 1000 + s->around->utc_offset_minutes * 60);
    struct tm t;
    gmtime_r(&local, &t);
    return (t.tm_year + 1900) * 10000 + (t.tm_mon + 1) * 100 + t.tm_mday;
}

/* 0 for Monday. */
static int weekday_of(int year, int month, int day)
{
    struct tm t = { .tm_year = year - 1900, .tm_mon = month - 1, .tm_mday = day, .tm_hour = 12 };
    (void)timegm(&t);
    return (t.tm_wday + 6) % 7;
}

static int days_in(int year, int month)
{
    struct tm t = { .tm_year = year - 1900, .tm_mon = month - 1, .tm_mday = 31, .tm_hour = 12 };
    (void)timegm(&t);
    return t.tm_mon == month - 1 ? 31 : 31 - t.tm_mday;
}

static int number_of(const char *digits)
{
    int n = 0;
    return text_to_int(&n, digits) ? n : 0;
}

static int limit_of(const struct scene *s, const char *limit, int otherwise)
{
    if (!limit)
        return otherwise;
    return strcmp(limit, "today") ? number_of(limit) : today_of(s);
}

static int part_of(const char *digits, size_t at, size_t count)
{
    char part[5] = "";
    if (strlen(digits) < at + count)
        return 0;
    memcpy(part, digits + at, count);
    return number_of(part);
}

/* ---- items ----------------------------------------------------------------------------------- */

static struct sheet_item *add(const struct dating *d, const char *shown, const char *name,
                              struct action action)
{
    struct sheet_item *item = &d->out->items[d->out->count++];
    *item = (struct sheet_item){ .id = *action.value ? action.value : shown,
                                 .name = name,
                                 .shown = shown,
                                 .note = "",
                                 .action = action,
                                 .why = "" };
    return item;
}

static struct action picks(const struct dating *d, const char *date)
{
    return (struct action){ EV_PICK_DATE, "", page_text(d->s->page, date) };
}

/* All of `from` to `to` lies outside of what may be chosen. */
static void close_outside(const struct dating *d, struct sheet_item *item, int from, int to)
{
    item->is_disabled = to < d->first || from > d->last;
    item->why = to < d->first ? tr("This day is too early.") : tr("This day is too late.");
}

static const char *year_words(const struct dating *d, int year)
{
    return page_format(d->s->page, d->is_zh ? "%d年" : "%d", year);
}

static const char *decade_words(const struct dating *d, int decade)
{
    return page_format(d->s->page, "%d–%d", decade, decade + DECADE - 1);
}

static const char *month_words(const struct dating *d, int month)
{
    return d->is_zh ? page_format(d->s->page, "%d月", month)
                    : page_format(d->s->page, "%.3s", months_en[month - 1]);
}

static void add_decades(const struct dating *d)
{
    int from = d->first / 10000 / DECADE * DECADE, to = d->last / 10000;
    d->out->question = tr("Which ten years?");
    d->out->columns = 3;
    for (int decade = from; decade <= to && d->out->count < SHEET_ITEMS; decade += DECADE) {
        const char *words = decade_words(d, decade);
        add(d, words, words,
            (struct action){ UI_DECADE, page_format(d->s->page, "%d", decade),
                             page_format(d->s->page, "%ds", decade) });
    }
}

static void add_years(const struct dating *d)
{
    int from = d->decade ? d->decade : d->first / 10000;
    int to = d->decade ? d->decade + DECADE - 1 : d->last / 10000;
    d->out->question = tr("Which year?");
    d->out->columns = 4;
    for (int year = from; year <= to && d->out->count < SHEET_ITEMS; year++) {
        const char *words = year_words(d, year);
        close_outside(d, add(d, words, words, picks(d, page_format(d->s->page, "%04d", year))),
                      year * 10000, year * 10000 + 1231);
    }
}

static void add_months(const struct dating *d)
{
    d->out->question = tr("Which month?");
    d->out->columns = d->is_zh ? 4 : 3;
    for (int month = 1; month <= MONTHS; month++) {
        const char *words = month_words(d, month), *name = d->is_zh ? words : months_en[month - 1];
        int from = d->year * 10000 + month * 100;
        close_outside(
            d, add(d, words, name, picks(d, page_format(d->s->page, "%04d%02d", d->year, month))),
            from, from + 99);
    }
}

static const char *day_name(const struct dating *d, int day, int weekday)
{
    return d->is_zh ? page_format(d->s->page, "%d月%d日 星期%s", d->month, day, days_zh[weekday])
                    : page_format(d->s->page, "%s %d %s", weekdays_en[weekday], day,
                                  months_en[d->month - 1]);
}

static void add_days(const struct dating *d)
{
    const char *const *heads = d->is_zh ? days_zh : days_en;
    d->out->question = d->day ? tr("Chosen. You may change it.") : tr("Which day?");
    d->out->columns = SHEET_WEEK;
    d->out->later = tr("Later");
    d->out->earlier = tr("Earlier");
    d->out->lead = weekday_of(d->year, d->month, 1);
    memcpy(d->out->heads, heads, sizeof(d->out->heads));
    for (int day = 1; day <= days_in(d->year, d->month); day++) {
        int weekday = (d->out->lead + day - 1) % 7, date = d->year * 10000 + d->month * 100 + day;
        struct sheet_item *item =
            add(d, page_format(d->s->page, "%d", day), day_name(d, day, weekday),
                picks(d, page_format(d->s->page, "%08d", date)));
        item->note = heads[weekday];
        item->is_selected = day == d->day;
        close_outside(d, item, date, date);
    }
}

/* ---- what stands above ----------------------------------------------------------------------- */

static void add_crumb(const struct dating *d, const char *id, const char *shown,
                      struct action action)
{
    d->out->crumbs[d->out->crumb_count++] =
        (struct sheet_item){ .id = id,
                             .name = page_format(d->s->page, tr("%s: choose another"), shown),
                             .shown = shown,
                             .note = "",
                             .action = action,
                             .why = "" };
}

static enum level add_level(const struct dating *d)
{
    if (!d->year && !d->decade && d->last / 10000 - d->first / 10000 >= PLAIN_YEARS) {
        add_decades(d);
        return LEVEL_DECADE;
    }
    if (!d->year) {
        if (d->decade)
            add_crumb(d, "decade", decade_words(d, d->decade),
                      (struct action){ UI_DECADE, "0", "" });
        add_years(d);
        return LEVEL_YEAR;
    }
    add_crumb(d, "year", year_words(d, d->year), (struct action){ EV_PICK_DATE, "", "" });
    if (!d->month) {
        add_months(d);
        return LEVEL_MONTH;
    }
    add_crumb(d, "month", month_words(d, d->month),
              picks(d, page_format(d->s->page, "%04d", d->year)));
    add_days(d);
    return LEVEL_DAY;
}

static bool has_month(const struct dating *d)
{
    return d->month >= 1 && d->month <= MONTHS;
}

void keyboard_add_date(struct scene *s, struct sheet *sheet, struct sheet_pick *pick)
{
    const struct field *f = &s->view->service->fields[s->view->focus];
    const struct keyboard *k = &s->around->keyboard;
    const char *answer = session_answer(s->session, f);
    int year = today_of(s) / 10000, ahead = (year + YEARS_AHEAD) * 10000 + 1231;
    struct dating d = { .s = s,
                        .out = pick,
                        .is_zh = s->view->language == LANGUAGE_ZH,
                        .year = part_of(answer, 0, 4),
                        .month = part_of(answer, 4, 2),
                        .day = part_of(answer, 6, 2),
                        .first = limit_of(s, f->min_date,
                                          (year - YEARS_BACK) / DECADE * DECADE * 10000 + 101),
                        .last = limit_of(s, f->max_date, ahead),
                        .decade = k->decade };
    if (!has_month(&d)) /* typed by digits, and none */
        d.month = d.day = 0;
    enum level level = add_level(&d);
    pick->page = k->pick_page / LEVEL == (int)level ? k->pick_page % LEVEL : -1;
    pick->first_page = (int)level * LEVEL;
    sheet->pick = pick;
}

int keyboard_date_step(const struct session *session, const struct session_view *v,
                       const struct keyboard *k)
{
    if (v->screen != SCREEN_FORM || v->focus < 0 || v->spelling->way != WAY_DATE)
        return 0;
    size_t digits = strlen(session_answer(session, &v->service->fields[v->focus]));
    return digits >= 6 ? 3 : digits >= 4 ? 2 : k->decade != 0;
}
