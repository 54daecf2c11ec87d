/* What the builders share. */
#include <stdio.h>
#include <string.h>

#include "firmware/slip/words.h"

enum { LABEL_BYTES = 160 };

static bool has(const char *text)
{
    return text && *text;
}

static bool has_words(const struct slip_words *words)
{
    return has(words->zh) || has(words->en);
}

/* In the language that stands in English's place. */
static const char *in_own(const struct slip_writer *w, const char *english)
{
    bool is_other = w->head->language == SLIP_EN && w->head->own && has(english);
    return is_other ? w->head->own(w->head->own_context, english) : english;
}

const char *writer_own(const struct slip_writer *w, const struct slip_words *words)
{
    const char *own = w->head->language == SLIP_EN ? in_own(w, words->en) : words->zh;
    return has(own) ? own : has(words->zh) ? words->zh : words->en ? words->en : "";
}

const char *writer_second(const struct slip_writer *w, const struct slip_words *words)
{
    bool is_second = w->head->language != SLIP_ZH && has(words->zh) && has(words->en);
    return is_second && strcmp(words->zh, words->en) != 0 ? words->zh : NULL;
}

static struct slip_words both(enum slip_word word)
{
    return (struct slip_words){ slip_word(word, SLIP_ZH), slip_word(word, SLIP_EN) };
}

const char *writer_word(const struct slip_writer *w, enum slip_word word)
{
    return w->head->language == SLIP_ZH ? slip_word(word, SLIP_ZH)
                                        : in_own(w, slip_word(word, SLIP_EN));
}

int writer_begin(struct slip_writer *w, const struct slip_head *head)
{
    *w = (struct slip_writer){ .head = head };
    int r = slip_new(&w->slip);
    if (!r)
        w->slip->is_double_size = head->is_double_size;
    return r;
}

static void add_words(struct slip_writer *w, enum slip_kind kind, const struct slip_words *words)
{
    slip_add(w->slip, kind, writer_second(w, words), writer_own(w, words));
}

/* "Matter 事项" on a slip that is not Chinese. */
static void label_of(char out[LABEL_BYTES], const struct slip_writer *w, enum slip_word word)
{
    struct slip_words words = both(word);
    const char *second = writer_second(w, &words);
    snprintf(out, LABEL_BYTES, "%s%s%s", writer_own(w, &words), second ? " " : "",
             second ? second : "");
}

/* A reprint says so before anything else, with its number and its time. */
static void add_mark(struct slip_writer *w)
{
    char mark[LABEL_BYTES], second[LABEL_BYTES], copy[32];
    if (!w->head->copy)
        return;
    snprintf(mark, sizeof(mark), "%s %s", slip_word(WORD_REPRINT, SLIP_ZH),
             slip_word(WORD_REPRINT, SLIP_EN));
    snprintf(copy, sizeof(copy), w->head->language == SLIP_ZH ? "第 %u 次补打" : "copy %u",
             w->head->copy);
    snprintf(second, sizeof(second), "%s%s%s", copy, has(w->head->printed) ? "  " : "",
             has(w->head->printed) ? w->head->printed : "");
    slip_add(w->slip, SLIP_MARK, second, mark);
}

/* What was only practised says so where a reprint would. */
static void add_practice(struct slip_writer *w)
{
    char mark[LABEL_BYTES];
    if (!w->head->is_practice)
        return;
    snprintf(mark, sizeof(mark), "%s %s", slip_word(WORD_PRACTICE, SLIP_ZH),
             slip_word(WORD_PRACTICE, SLIP_EN));
    slip_add(w->slip, SLIP_MARK, writer_word(w, WORD_PRACTICE_NOTE), mark);
}

void writer_head(struct slip_writer *w, enum slip_word title)
{
    struct slip_words words = both(title);
    const char *second = writer_second(w, &w->head->point);
    add_practice(w);
    add_mark(w);
    if (has_words(&w->head->point))
        slip_add(w->slip, SLIP_SMALL, NULL, writer_own(w, &w->head->point));
    if (second)
        slip_add(w->slip, SLIP_SECOND, NULL, second);
    add_words(w, SLIP_TITLE, &words);
}

void writer_number(struct slip_writer *w, enum slip_word what, const char *number,
                   const char *payload)
{
    char label[LABEL_BYTES];
    label_of(label, w, what);
    if (has(number))
        slip_add(w->slip, SLIP_NUMBER, label, number);
    writer_code(w, WORD_SCAN, payload);
}

void writer_code(struct slip_writer *w, enum slip_word what_for, const char *payload)
{
    char caption[LABEL_BYTES];
    label_of(caption, w, what_for);
    if (has(payload))
        slip_add(w->slip, SLIP_QR, caption, payload);
}

void writer_heading(struct slip_writer *w, enum slip_word word)
{
    struct slip_words words = both(word);
    add_words(w, SLIP_HEADING, &words);
}

void writer_pair(struct slip_writer *w, enum slip_word label, const char *value)
{
    char text[LABEL_BYTES];
    label_of(text, w, label);
    if (has(value))
        slip_add(w->slip, SLIP_PAIR, text, value);
}

void writer_pair_words(struct slip_writer *w, enum slip_word label, const struct slip_words *value)
{
    const char *second = writer_second(w, value);
    if (!has_words(value))
        return;
    writer_pair(w, label, writer_own(w, value));
    if (second)
        slip_add(w->slip, SLIP_SECOND, NULL, second);
}

void writer_who(struct slip_writer *w, const struct slip_who *who)
{
    char label[LABEL_BYTES];
    if (!who)
        return;
    label_of(label, w, WORD_APPLICANT);
    if (has(who->name))
        slip_add(w->slip, SLIP_NAME, label, who->name);
    writer_pair(w, WORD_ID_NUMBER, who->number);
}

void writer_paragraph(struct slip_writer *w, const struct slip_words *words)
{
    const char *second = writer_second(w, words);
    if (!has_words(words))
        return;
    slip_add(w->slip, SLIP_TEXT, NULL, writer_own(w, words));
    if (second)
        slip_add(w->slip, SLIP_SECOND, NULL, second);
}

/* A thing, when it is due, what to mind, and the same in Chinese. */
static void add_item(struct slip_writer *w, enum slip_kind kind, const struct slip_item *item)
{
    char below[SLIP_TEXT_MAX], due[64] = "";
    const char *second = writer_second(w, &item->what), *note = writer_own(w, &item->note);
    if (has(item->due))
        snprintf(due, sizeof(due), w->head->language == SLIP_ZH ? "%s 前" : "by %s", item->due);
    snprintf(below, sizeof(below), "%s%s%s", due, *due && *note ? "  " : "", note);
    slip_add(w->slip, kind, *below ? below : NULL, writer_own(w, &item->what));
    if (second)
        slip_add(w->slip, SLIP_SECOND, NULL, second);
}

void writer_list(struct slip_writer *w, enum slip_word heading, enum slip_kind kind,
                 const struct slip_list *list)
{
    if (!list->count)
        return;
    writer_heading(w, heading);
    for (size_t i = 0; i < list->count; i++)
        add_item(w, kind, &list->items[i]);
}

void writer_block(struct slip_writer *w, enum slip_word heading, const struct slip_words *words)
{
    char label[LABEL_BYTES];
    const char *second = writer_second(w, words);
    if (!has_words(words))
        return;
    label_of(label, w, heading);
    slip_add(w->slip, SLIP_BLOCK, label, writer_own(w, words));
    if (second)
        slip_add(w->slip, SLIP_SECOND, NULL, second);
}

void writer_foot(struct slip_writer *w)
{
    char label[LABEL_BYTES];
    label_of(label, w, WORD_PHONE);
    slip_add(w->slip, SLIP_FOOTER, label, has(w->head->phone) ? w->head->phone : "12345");
    if (has(w->head->printed) && !w->head->copy) {
        char text[LABEL_BYTES];
        snprintf(text, sizeof(text), "%s %s", writer_word(w, WORD_PRINTED), w->head->printed);
        slip_add(w->slip, SLIP_SECOND, NULL, text);
    }
}

int writer_end(struct slip_writer *w, struct slip **out)
{
    int r = slip_finish(w->slip);
    if (r)
        slip_free(w->slip);
    else
        *out = w->slip;
    w->slip = NULL;
    return r;
}
