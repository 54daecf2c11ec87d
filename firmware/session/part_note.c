/* What is said of a part before it is handed in, in one line: on the screen as on the slip. */
#include "firmware/session/parts.h"

#include <stdio.h>
#include <string.h>

#include "firmware/session/internal.h"
#include "firmware/session/own.h"

#define N_(msgid) msgid

static void join(char *out, size_t size, const char *between, const char *part)
{
    size_t used = strlen(out);
    if (*part)
        snprintf(out + used, size - used, "%s%s", used ? between : "", part);
}

static void add_days(char out[PART_NOTE_BYTES], const struct session *s, enum language language,
                     const struct part_row *row)
{
    char days[64];
    if (row->part->promised_days > 0)
        snprintf(days, sizeof(days), session_own(s, language, N_("%d working days")),
                 row->part->promised_days);
    else
        snprintf(days, sizeof(days), "%s",
                 session_own(s, language, N_("on the spot, once checked")));
    join(out, PART_NOTE_BYTES, " · ", days);
}

static void add_after(char out[PART_NOTE_BYTES], const struct session *s, enum language language,
                      const struct parts_view *parts, const struct part_row *row)
{
    char numbers[64] = "", after[128];
    for (size_t i = 0; i < parts->count; i++) {
        char no[8];
        if (!(row->after & 1U << i))
            continue;
        snprintf(no, sizeof(no), "%u", parts->rows[i].no);
        join(numbers, sizeof(numbers), language == LANGUAGE_ZH ? "、" : ", ", no);
    }
    if (!*numbers)
        return;
    snprintf(after, sizeof(after), session_own(s, language, N_("after no. %s")), numbers);
    join(out, PART_NOTE_BYTES, " · ", after);
}

static void add_deliveries(char out[PART_NOTE_BYTES], const struct session *s,
                           enum language language, unsigned bits)
{
    static const char *const words[] = { N_("by post"), N_("collect it yourself"),
                                         N_("paid to your account"), N_("electronic"),
                                         N_("nothing to collect") };
    char ways[160] = "";
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
        if (bits & 1U << i)
            join(ways, sizeof(ways), language == LANGUAGE_ZH ? "或" : " or ",
                 session_own(s, language, words[i]));
    join(out, PART_NOTE_BYTES, " · ", ways);
}

void session_part_note(const struct session *s, const struct parts_view *parts,
                       const struct part_row *row, enum language language,
                       char out[PART_NOTE_BYTES])
{
    char visit[VISIT_BYTES];
    snprintf(out, PART_NOTE_BYTES, "%s", session_words(s, language, &row->part->department->name));
    add_days(out, s, language, row);
    add_after(out, s, language, parts, row);
    add_deliveries(out, s, language, row->delivery);
    if (row->part->is_visit && parts_have_answers(s)) {
        desk_visit_words(s, row->part, language, visit);
        join(out, PART_NOTE_BYTES, " · ", visit);
    }
}
