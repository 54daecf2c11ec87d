/* Slips of the hall: a place in the queue, what was not settled, the morning's check. */
#include <stdio.h>

#include "firmware/slip/words.h"

enum { FIGURE_BYTES = 64 };

static void label_of(char out[FIGURE_BYTES * 2], const struct slip_writer *w, enum slip_word word)
{
    bool is_zh = w->head->language == SLIP_ZH;
    snprintf(out, FIGURE_BYTES * 2, "%s%s%s", writer_word(w, word), is_zh ? "" : " ",
             is_zh ? "" : slip_word(word, SLIP_ZH));
}

static void add_waiting(struct slip_writer *w, const struct slip_ticket_text *t)
{
    char people[FIGURE_BYTES], minutes[FIGURE_BYTES], ahead_label[FIGURE_BYTES * 2],
        wait_label[FIGURE_BYTES * 2];
    bool is_zh = w->head->language == SLIP_ZH;
    snprintf(people, sizeof(people), is_zh ? "%u 人" : "%u", t->ahead);
    snprintf(minutes, sizeof(minutes), is_zh ? "%u 分钟" : "%u min", t->minutes);
    label_of(ahead_label, w, WORD_AHEAD);
    label_of(wait_label, w, WORD_WAIT);
    const struct slip_cell cells[] = { { ahead_label, people }, { wait_label, minutes } };
    slip_add_columns(w->slip, cells, 2);
}

int slip_build_ticket(struct slip **out, const struct slip_head *head,
                      const struct slip_ticket_text *t)
{
    struct slip_writer w;
    int r = writer_begin(&w, head);
    if (r)
        return r;
    writer_head(&w, WORD_TICKET);
    slip_add(w.slip, SLIP_HUGE, NULL, t->ticket ? t->ticket : "");
    if (t->theme.zh)
        slip_add(w.slip, SLIP_STRONG, NULL, writer_own(&w, &t->theme));
    if (writer_second(&w, &t->theme))
        slip_add(w.slip, SLIP_SECOND, NULL, writer_second(&w, &t->theme));
    if (t->priority.zh)
        slip_add(w.slip, SLIP_BLOCK, NULL, writer_own(&w, &t->priority));
    if (writer_second(&w, &t->priority))
        slip_add(w.slip, SLIP_SECOND, NULL, writer_second(&w, &t->priority));
    if (!t->is_wait_unknown)
        add_waiting(&w, t);
    writer_pair_words(&w, WORD_WINDOW, &t->window);
    writer_pair(&w, WORD_TAKEN, t->taken);
    writer_list(&w, WORD_BRING, SLIP_BOX, &t->bring);
    writer_foot(&w);
    return writer_end(&w, out);
}

int slip_build_booking(struct slip **out, const struct slip_head *head,
                       const struct slip_booking_text *t)
{
    struct slip_writer w;
    int r = writer_begin(&w, head);
    if (r)
        return r;
    writer_head(&w, WORD_BOOKING);
    slip_add(w.slip, SLIP_STRONG, NULL, writer_own(&w, &t->matter));
    if (writer_second(&w, &t->matter))
        slip_add(w.slip, SLIP_SECOND, NULL, writer_second(&w, &t->matter));
    if (t->half.zh)
        slip_add(w.slip, SLIP_BLOCK, NULL, writer_own(&w, &t->half));
    if (writer_second(&w, &t->half))
        slip_add(w.slip, SLIP_SECOND, NULL, writer_second(&w, &t->half));
    slip_add(w.slip, SLIP_TEXT, NULL, writer_word(&w, WORD_PROVISIONAL));
    if (head->language != SLIP_ZH)
        slip_add(w.slip, SLIP_SECOND, NULL, slip_word(WORD_PROVISIONAL, SLIP_ZH));
    writer_number(&w, WORD_BOOKING_NUMBER, t->number, t->payload);
    writer_pair_words(&w, WORD_WHERE, &t->where);
    writer_who(&w, t->who);
    writer_pair(&w, WORD_SUBMITTED, t->submitted);
    if (t->was_offline)
        slip_add(w.slip, SLIP_TEXT, NULL, writer_word(&w, WORD_OFFLINE));
    writer_list(&w, WORD_BRING, SLIP_BOX, &t->bring);
    slip_add(w.slip, SLIP_TEXT, NULL, writer_word(&w, WORD_BOOKING_RULES));
    if (head->language != SLIP_ZH)
        slip_add(w.slip, SLIP_SECOND, NULL, slip_word(WORD_BOOKING_RULES, SLIP_ZH));
    writer_foot(&w);
    return writer_end(&w, out);
}

/* Who owns it, and by when: the time line of the promise. */
int slip_build_escalation(struct slip **out, const struct slip_head *head,
                          const struct slip_escalation_text *t)
{
    const struct {
        enum slip_kind kind;
        enum slip_word what;
        const char *when;
    } steps[] = { { SLIP_STEP_DONE, WORD_OPENED, t->opened },
                  { SLIP_STEP, WORD_ANSWER_BY, t->answer_by },
                  { SLIP_STEP, WORD_DONE_BY, t->done_by } };
    struct slip_writer w;
    int r = writer_begin(&w, head);
    if (r)
        return r;
    writer_head(&w, WORD_ESCALATION);
    writer_number(&w, WORD_NUMBER, t->number, t->payload);
    writer_heading(&w, WORD_REASON);
    writer_paragraph(&w, &t->reason);
    slip_add(w.slip, SLIP_RULE, NULL, "");
    writer_pair(&w, WORD_OWNER, t->owner);
    writer_pair(&w, WORD_OWNER_PHONE, t->owner_phone);
    writer_heading(&w, WORD_NEXT);
    for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++) {
        char text[FIGURE_BYTES * 2];
        bool is_zh = head->language == SLIP_ZH;
        snprintf(text, sizeof(text), "%s%s%s", writer_word(&w, steps[i].what), is_zh ? "" : " ",
                 is_zh ? "" : slip_word(steps[i].what, SLIP_ZH));
        if (steps[i].when)
            slip_add(w.slip, steps[i].kind, steps[i].when, text);
    }
    const struct slip_words ask = { slip_word(WORD_ASK, SLIP_ZH), slip_word(WORD_ASK, SLIP_EN) };
    writer_paragraph(&w, &ask);
    writer_foot(&w);
    return writer_end(&w, out);
}

static void add_checks(struct slip_writer *w, enum slip_word heading,
                       const struct slip_check *checks, size_t count)
{
    if (count)
        writer_heading(w, heading);
    for (size_t i = 0; i < count; i++)
        slip_add(w->slip, checks[i].is_well ? SLIP_WELL : SLIP_ILL, writer_own(w, &checks[i].state),
                 writer_own(w, &checks[i].what));
}

int slip_build_readiness(struct slip **out, const struct slip_head *head,
                         const struct slip_readiness_text *t)
{
    struct slip_writer w;
    int r = writer_begin(&w, head);
    if (r)
        return r;
    writer_head(&w, WORD_READINESS);
    add_checks(&w, WORD_DEVICES, t->checks, t->check_count);
    if (t->counter_count || t->paper_mm >= 0)
        writer_heading(&w, WORD_COUNTERS);
    if (t->paper_mm >= 0) {
        char metres[FIGURE_BYTES];
        snprintf(metres, sizeof(metres),
                 head->language == SLIP_ZH ? "约 %lld.%lld 米" : "about %lld.%lld m",
                 (long long)t->paper_mm / 1000, (long long)t->paper_mm / 100 % 10);
        writer_pair(&w, WORD_PAPER, metres);
    }
    for (size_t i = 0; i < t->counter_count; i++)
        slip_add(w.slip, SLIP_PAIR, writer_own(&w, &t->counters[i].what),
                 writer_own(&w, &t->counters[i].state));
    writer_foot(&w);
    return writer_end(&w, out);
}
