#include "firmware/practice/exercise.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "firmware/base/json.h"
#include "firmware/base/text.h"

/* ---- reading ----------------------------------------------------------------------------- */

/* `out` holds LANGUAGE_COUNT texts of `capacity` bytes, one behind the other. */
static void read_words(struct json_reader *r, char *out, size_t capacity, const json_t *o,
                       const char *key)
{
    static const char *const members[] = { "zh", "en", NULL };
    const json_t *words = json_need_object(r, o, key);
    json_enter(r, key);
    json_no_others(r, words, members);
    json_need_line(r, out, capacity, words, "zh");
    json_need_line(r, out + capacity, capacity, words, "en");
    json_leave(r);
}

static int read_one_of(struct json_reader *r, const json_t *o, const char *key,
                       const char *const *words, int count)
{
    const char *word = json_need_string(r, o, key, 20);
    for (int i = 0; i < count; i++)
        if (!strcmp(words[i], word))
            return i;
    json_complain(r, "%s must be one of %s, %s, %s", key, words[0], words[1],
                  count > 2 ? words[2] : words[1]);
    return 0;
}

static void read_person(struct json_reader *r, struct exercise *s, const json_t *o)
{
    static const char *const members[] = { "name", "sex", "age", "address", NULL };
    static const char *const sexes[] = { "male", "female" };
    const json_t *person = json_need_object(r, o, "person");
    json_enter(r, "person");
    json_no_others(r, person, members);
    json_need_line(r, s->name, sizeof(s->name), person, "name");
    json_need_line(r, s->address, sizeof(s->address), person, "address");
    s->sex = (char)('1' + read_one_of(r, person, "sex", sexes, 2));
    s->age = (int)json_need_integer(r, person, "age", 0, 110);
    json_leave(r);
}

static void read_answers(struct json_reader *r, struct exercise *s, const json_t *o)
{
    static const char *const members[] = { "field", "value", NULL };
    const json_t *list = json_want_array(r, o, "answers", EXERCISE_ANSWERS), *each;
    size_t i;
    json_enter(r, "answers");
    json_array_foreach(list, i, each)
    {
        json_enter_index(r, i);
        json_no_others(r, each, members);
        json_need_line(r, s->answers[i].field, EXERCISE_NAME, each, "field");
        json_need_line(r, s->answers[i].value, EXERCISE_VALUE, each, "value");
        json_leave(r);
    }
    json_leave(r);
    s->answer_count = json_array_size(list);
}

static void read_papers(struct json_reader *r, struct exercise *s, const json_t *o)
{
    static const char *const members[] = { "material", "held", NULL };
    static const char *const words[] = { "here", "later", "not" };
    const json_t *list = json_want_array(r, o, "papers", EXERCISE_PAPERS), *each;
    size_t i;
    json_enter(r, "papers");
    json_array_foreach(list, i, each)
    {
        json_enter_index(r, i);
        json_no_others(r, each, members);
        json_need_line(r, s->papers[i].material, EXERCISE_NAME, each, "material");
        s->papers[i].held =
            (enum exercise_held)(EXERCISE_HERE + read_one_of(r, each, "held", words, 3));
        json_leave(r);
    }
    json_leave(r);
    s->paper_count = json_array_size(list);
}

static void read_end(struct json_reader *r, struct exercise *s, const json_t *o)
{
    static const char *const words[] = { "receipt", "notice", "refused" };
    s->end = (enum exercise_end)read_one_of(r, o, "end", words, 3);
    bool is_said = json_object_get(o, "condition") != NULL;
    if (is_said)
        json_need_line(r, s->condition, sizeof(s->condition), o, "condition");
    if (is_said != (s->end == EXERCISE_REFUSED))
        json_complain(r, "condition must be there when end is refused, and only then");
}

static void read_exercise(struct json_reader *r, struct exercise *s, const json_t *o)
{
    static const char *const members[] = { "id",      "title",  "story", "lesson",
                                           "person",  "matter", "end",   "condition",
                                           "answers", "papers", NULL };
    json_no_others(r, o, members);
    json_need_line(r, s->id, sizeof(s->id), o, "id");
    if (strspn(s->id, "abcdefghijklmnopqrstuvwxyz0123456789-") != strlen(s->id))
        json_complain(r, "id must be of small letters, digits and dashes");
    read_words(r, s->title.in[0], EXERCISE_TITLE, o, "title");
    read_words(r, s->story.in[0], EXERCISE_STORY, o, "story");
    read_words(r, s->lesson.in[0], EXERCISE_STORY, o, "lesson");
    json_need_line(r, s->matter, sizeof(s->matter), o, "matter");
    read_person(r, s, o);
    read_end(r, s, o);
    read_answers(r, s, o);
    read_papers(r, s, o);
}

static void read_all(struct json_reader *r, struct exercises *all, const json_t *document)
{
    static const char *const members[] = { "format", "pass", "exercises", NULL };
    const json_t *list = json_need_array(r, document, "exercises", 1, EXERCISES_MAX), *each;
    size_t i;
    json_no_others(r, document, members);
    (void)json_need_integer(r, document, "format", 1, 1);
    all->pass = (int)json_need_integer(r, document, "pass", 1, 100);
    json_enter(r, "exercises");
    json_array_foreach(list, i, each)
    {
        json_enter_index(r, i);
        read_exercise(r, &all->list[i], each);
        for (size_t k = 0; k < i; k++)
            if (!strcmp(all->list[k].id, all->list[i].id))
                json_complain(r, "id %s stands twice", all->list[i].id);
        json_leave(r);
    }
    json_leave(r);
    all->count = json_array_size(list);
}

static int take(struct exercises **out, const json_t *document, char complaint[EXERCISE_COMPLAINT])
{
    struct json_reader r = { .complaint = "" };
    struct exercises *all = calloc(1, sizeof(*all));
    if (!all)
        return fault_raise(-ENOMEM);
    read_all(&r, all, document);
    snprintf(complaint, EXERCISE_COMPLAINT, "%s", r.complaint);
    if (!json_is_clean(&r)) {
        free(all);
        return -EBADMSG;
    }
    *out = all;
    return 0;
}

int exercises_parse(struct exercises **out, const void *text, size_t length,
                    char complaint[EXERCISE_COMPLAINT])
{
    AUTO(json_release) json_t *document = json_parse(text, length, complaint);
    *out = NULL;
    return document ? take(out, document, complaint) : -EBADMSG;
}

int exercises_load_file(struct exercises **out, const char *path,
                        char complaint[EXERCISE_COMPLAINT])
{
    AUTO(json_release)
    json_t *document = json_parse_file(path, EXERCISES_BYTES_MAX, complaint);
    *out = NULL;
    return document ? take(out, document, complaint) : -EBADMSG;
}

void exercises_free(struct exercises *s)
{
    free(s);
}

/* ---- whoever comes ------------------------------------------------------------------------- */

void exercise_person(struct person *out, const struct exercise *s, const char *today)
{
    enum { YEAR_UNKNOWN = 2026 };
    char year[5] = "";
    int now = YEAR_UNKNOWN;
    *out = (struct person){ .layout = CARD_RESIDENT,
                            .sex = s->sex,
                            .nation = "01",
                            .authority = "演示县公安局",
                            .valid_from = "20200101",
                            .is_long_term = true };
    if (today)
        snprintf(year, sizeof(year), "%.4s", today);
    if (*year && !text_to_int(&now, year))
        now = YEAR_UNKNOWN;
    text_copy(out->name, sizeof(out->name), s->name);
    text_copy(out->address, sizeof(out->address), s->address);
    unsigned born = (unsigned)(now - s->age) % 10000;
    snprintf(out->birth, sizeof(out->birth), "%04u0101", born);
    /* The division 339999 does not exist; odd numbers are men's. */
    snprintf(out->number, sizeof(out->number), "339999%s00%c", out->birth, s->sex);
    out->number[17] = number_check_character(out->number);
}
