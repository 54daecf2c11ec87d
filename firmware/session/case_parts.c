#include "firmware/session/case_parts.h"

#include <stdio.h>
#include <string.h>

#include "firmware/base/text.h"
#include "firmware/calendar/calendar.h"
#include "firmware/session/internal.h"
#include "firmware/session/own.h"
#include "firmware/session/timeline_inside.h"

#define N_(msgid) msgid

/* Administrative Reconsideration Law (2023) Art. 20, Administrative Litigation Law Art. 46. */
const char case_remedy[] =
    N_("If you disagree: ask for a review within 60 days, or go to court within six months. 12345 "
       "tells you how.");

/* ---- from the county ----------------------------------------------------------------- */

static void take_pair(char out[2][CASE_PART_NAME], const json_t *words)
{
    text_copy(out[0], CASE_PART_NAME, timeline_text(words, "zh"));
    text_copy(out[1], CASE_PART_NAME, timeline_text(words, "en"));
    if (!*out[1])
        text_copy(out[1], CASE_PART_NAME, out[0]);
}

static unsigned bit_of(const json_t *no)
{
    json_int_t n = json_integer_value(no);
    return n >= 1 && n <= CASE_PARTS_MAX ? 1U << (n - 1) : 0;
}

static bool read_part(struct case_part *out, const json_t *o)
{
    const json_t *delivery = json_object_get(o, "delivery"), *no = json_object_get(o, "no"),
                 *waits = json_object_get(o, "waits_for");
    *out = (struct case_part){ .no = bit_of(no) ? (unsigned)json_integer_value(no) : 0 };
    take_pair(out->name, json_object_get(o, "name"));
    take_pair(out->office, json_object_get(o, "office"));
    text_copy(out->state, sizeof(out->state), timeline_text(o, "state"));
    timeline_take_day(out->promised_by, o, "promised_by");
    timeline_take_day(out->paused_since, o, "paused_since");
    for (size_t i = 0; i < json_array_size(waits); i++)
        out->waits_for |= bit_of(json_array_get(waits, i));
    out->has_days_left = timeline_take_days_left(&out->days_left, o);
    text_copy(out->reason, sizeof(out->reason), timeline_text(o, "reason"));
    out->hand_out = timeline_hand_out(delivery);
    text_copy(out->code, sizeof(out->code), timeline_text(delivery, "code"));
    text_copy(out->counter, sizeof(out->counter), timeline_text(delivery, "counter"));
    text_copy(out->tracking, sizeof(out->tracking), timeline_text(delivery, "tracking"));
    timeline_take_posted(&out->posted, delivery);
    case_owner_read(&out->owner, json_object_get(o, "owner"));
    case_check_read(&out->check, json_object_get(o, "check"));
    case_visit_read(&out->visit, json_object_get(o, "visit"));
    out->owed_count = timeline_take_owed(out->owed, CASE_PART_PAPERS, json_object_get(o, "owed"));
    return out->no && *out->name[0] && *out->state;
}

void case_parts_read(struct case_parts *out, const json_t *list)
{
    out->count = 0;
    for (size_t i = 0; i < json_array_size(list) && out->count < CASE_PARTS_MAX; i++)
        out->count += read_part(&out->list[out->count], json_array_get(list, i));
}

void case_parts_count_down(struct case_parts *parts, const struct calendar *calendar,
                           const char *today)
{
    day now = today ? day_from_text(today) : DAY_NONE;
    for (size_t i = 0; calendar && now != DAY_NONE && i < parts->count; i++) {
        struct case_part *part = &parts->list[i];
        day by = day_from_text(part->promised_by);
        if (by == DAY_NONE || *part->paused_since || !timeline_is_running(part->state))
            continue;
        part->days_left = calendar_count(calendar, now, by);
        part->has_days_left = part->is_counted_here = true;
    }
}

/* ---- how they stand ------------------------------------------------------------------ */

static bool is_one_of(const char *state, const char *const *words)
{
    while (*words && strcmp(*words, state) != 0)
        words++;
    return *words != NULL;
}

enum case_part_end case_part_end(const struct case_part *part)
{
    static const char *const done[] = { "granted", "delivered", "rated", NULL }, *const failed[] = {
        "denied", "not_accepted", "revoked", "withdrawn", "terminated", "annulled", NULL
    };
    return is_one_of(part->state, done)     ? PART_DONE
           : is_one_of(part->state, failed) ? PART_FAILED
                                            : PART_OPEN;
}

bool case_is_refused(const char *state)
{
    static const char *const refused[] = { "denied", "not_accepted", "revoked", "annulled", NULL };
    return is_one_of(state, refused);
}

void case_parts_tally(unsigned out[PART_ENDS], const struct case_parts *parts)
{
    memset(out, 0, PART_ENDS * sizeof(*out));
    for (size_t i = 0; i < parts->count; i++)
        out[case_part_end(&parts->list[i])]++;
}

bool case_parts_are_partial(const struct case_parts *parts)
{
    unsigned count[PART_ENDS];
    case_parts_tally(count, parts);
    return !count[PART_OPEN] && count[PART_DONE] && count[PART_FAILED];
}

bool case_visit_held(const struct case_parts *parts)
{
    for (size_t i = 0; i < parts->count; i++) {
        enum visit_state state = parts->list[i].visit.state;
        bool is_held = state == VISIT_HELD || state == VISIT_CONFIRMED || state == VISIT_MOVED;
        if (is_held && case_part_end(&parts->list[i]) == PART_OPEN)
            return true;
    }
    return false;
}

/* ---- in words ------------------------------------------------------------------------ */

struct note {
    const struct session *s;
    enum language language;
    char *out;
};

__attribute__((format_arg(2))) static const char *say(const struct note *n, const char *msgid)
{
    return session_own(n->s, n->language, msgid);
}

static void add(const struct note *n, const char *text)
{
    size_t used = strlen(n->out);
    if (*text)
        snprintf(n->out + used, CASE_PART_NOTE - used, "%s%s", used ? " · " : "", text);
}

/* "3 Dec" of "20261203". */
static void short_day(char out[24], const struct note *n, const char *date)
{
    static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                          "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
    int m = (date[4] - '0') * 10 + date[5] - '0', d = (date[6] - '0') * 10 + date[7] - '0';
    bool is_zh = n->language == LANGUAGE_ZH;
    if (m < 1 || m > 12)
        out[0] = 0;
    else if (is_zh)
        snprintf(out, 24, "%d月%d日", m, d);
    else
        snprintf(out, 24, "%d %s", d, months[m - 1]);
}

static void add_waits(const struct note *n, const struct case_part *part)
{
    char numbers[64] = "", text[128];
    for (unsigned i = 0; i < CASE_PARTS_MAX; i++) {
        size_t used = strlen(numbers);
        if (part->waits_for & 1U << i)
            snprintf(numbers + used, sizeof(numbers) - used, "%s%u",
                     !used                        ? ""
                     : n->language == LANGUAGE_ZH ? "、"
                                                  : ", ",
                     i + 1);
    }
    snprintf(text, sizeof(text), say(n, N_("begins when no. %s is done")), numbers);
    add(n, text);
}

static void add_time(const struct note *n, const struct case_part *part)
{
    char text[128] = "", by[24];
    int left = part->days_left;
    bool is_running = part->has_days_left && timeline_is_running(part->state);
    if (*part->paused_since && part->has_days_left) {
        snprintf(text, sizeof(text), say(n, N_("clock stopped, working days left: %d")), left);
    } else if (is_running && left < 0) {
        snprintf(text, sizeof(text), say(n, N_("working days late: %d")), -left);
    } else if (is_running) {
        short_day(by, n, part->promised_by);
        snprintf(text, sizeof(text), say(n, N_("working days left: %d, until %s")), left, by);
    }
    add(n, text);
}

static void add_way_out(const struct note *n, const struct case_part *part)
{
    char text[160] = "";
    if (part->hand_out == HAND_OUT_POST && *part->tracking)
        snprintf(text, sizeof(text), say(n, N_("By post, number %s")), part->tracking);
    else if (part->hand_out == HAND_OUT_ELECTRONIC)
        snprintf(text, sizeof(text), "%s", say(n, N_("As an electronic document")));
    else if (part->hand_out == HAND_OUT_ACCOUNT)
        snprintf(text, sizeof(text), "%s", say(n, N_("Paid into the account")));
    add(n, text);
    if (part->hand_out == HAND_OUT_POST && part->posted.state > POSTED_UNKNOWN) {
        snprintf(text, sizeof(text), "%s", say(n, posted_words(part->posted.state)));
        add(n, text);
    }
}

/* What a part is called that a whole is not: nobody asks of one out of five whether it was "granted". */
static const char *title_of(const struct case_part *part)
{
    static const struct {
        const char *state, *title;
    } rows[] = { { "accepted", N_("Being worked on") },
                 { "denied", N_("Not approved") },
                 { "granted", N_("It is done") },
                 { "delivered", N_("It is done and handed over") } };
    const struct case_words *w = case_words_of(part->state);
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        if (!strcmp(rows[i].state, part->state))
            return rows[i].title;
    return w ? w->title : N_("The county has answered");
}

void session_case_part_why(const struct session *s, const struct case_part *part, int language,
                           char out[CASE_PART_WHY])
{
    const struct note n = { s, language ? LANGUAGE_EN : LANGUAGE_ZH, out };
    out[0] = 0;
    if (part->check.state != CHECK_NONE && part->hand_out != HAND_OUT_PICKUP)
        session_case_check(s, &part->check, part->reason, language, out);
    else if (*part->reason && case_part_end(part) == PART_FAILED)
        snprintf(out, CASE_PART_WHY, say(&n, N_("The reason: %s")), part->reason);
    else if (part->hand_out == HAND_OUT_PICKUP && !strcmp(part->state, "granted"))
        snprintf(out, CASE_PART_WHY, say(&n, N_("Pickup code %s, at: %s")), part->code,
                 part->counter);
}

void session_case_part_note(const struct session *s, const struct case_part *part, int language,
                            char out[CASE_PART_NOTE])
{
    const struct note n = { s, language ? LANGUAGE_EN : LANGUAGE_ZH, out };
    out[0] = 0;
    char owner[CASE_OWNER_TEXT];
    session_case_owner(&part->owner, language, owner);
    add(&n, say(&n, title_of(part)));
    add(&n, *part->owner.office[0] ? "" : part->office[language ? 1 : 0]);
    add(&n, owner);
    if (case_part_end(part) != PART_OPEN)
        add_way_out(&n, part);
    else if (part->waits_for)
        add_waits(&n, part);
    else
        add_time(&n, part);
}

void session_case_part_owed(const struct session *s, const struct case_part *part, int language,
                            char out[CASE_PART_NOTE])
{
    const struct note n = { s, language ? LANGUAGE_EN : LANGUAGE_ZH, out };
    out[0] = 0;
    for (size_t i = 0; i < part->owed_count; i++) {
        const struct words *name = catalogue_material_name(s->catalogue, part->owed[i].material);
        const char *paper = name ? name->in[n.language] : part->owed[i].material;
        char text[256], by[24];
        if (*part->owed[i].due) {
            short_day(by, &n, part->owed[i].due);
            snprintf(text, sizeof(text), say(&n, N_("Still owes by %s: %s")), by, paper);
        } else {
            snprintf(text, sizeof(text), say(&n, N_("Still owes: %s")), paper);
        }
        add(&n, text);
    }
}

void session_case_part_visit(const struct session *s, const struct case_part *part, int language,
                             char out[CASE_VISIT_TEXT])
{
    out[0] = 0;
    if (case_part_end(part) == PART_OPEN)
        session_case_visit(s, &part->visit, language, out);
}
