/* What a report beside the matter holds, and what the county reads of it (sync/api/sealed-item.md). */
#include <string.h>

#include "firmware/base/text.h"
#include "firmware/card/person_json.h"
#include "firmware/case/case.h"
#include "firmware/session/internal.h"

enum { PAD_W = INK_PAD_W, PAD_H = INK_PAD_H };

/* ---- what is typed ------------------------------------------------------------------- */

/* As fields of a form, so that keys, hand and checks are those of every other field. */
static const struct field words_field = {
    .name = "words", .kind = FIELD_HAN, .may_ink = true, .lines = 4, .max_length = ASIDE_WORDS_MAX
};
static const struct field phone_field = { .name = "phone", .kind = FIELD_PHONE, .lines = 1 };

const struct field *aside_field(const struct session *s)
{
    enum aside_text typing = s->visit.aside.typing;
    if (s->visit.screen != SCREEN_ASIDE_TEXT || typing == ASIDE_NO_TEXT)
        return NULL;
    return typing == ASIDE_WORDS ? &words_field : &phone_field;
}

static char *text_of(struct session *s, size_t *room)
{
    struct aside *a = &s->visit.aside;
    bool is_phone = a->typing == ASIDE_PHONE;
    *room = is_phone ? sizeof(a->phone) : sizeof(a->words);
    return is_phone ? a->phone : a->words;
}

void aside_type(struct session *s, const char *text)
{
    const struct field *f = aside_field(s);
    size_t room, left = strlen(text);
    char *out = text_of(s, &room);
    size_t used = strlen(out);
    uint32_t cp;
    if (!f || s->visit.spelling.way == WAY_PICTURE)
        return;
    for (size_t n; left; text += n, left -= n) {
        n = text_decode(&cp, text, left);
        bool fits = used + n < room && text_count(out) < answer_length_limit(f);
        if (!answer_accepts(f, cp) || !fits)
            continue;
        memcpy(out + used, text, n);
        used += n;
        out[used] = 0;
    }
}

void aside_erase(struct session *s)
{
    size_t room, keep;
    char *out = text_of(s, &room);
    size_t length = strlen(out), count = text_count(out);
    keep = count ? text_offset(out, count - 1) : 0;
    explicit_bzero(out + keep, length - keep);
}

struct ink *aside_ink(struct session *s, bool create)
{
    struct aside *a = &s->visit.aside;
    if (a->typing != ASIDE_WORDS)
        return NULL;
    if (create && !a->has_ink) {
        a->has_ink = true;
        a->ink.width = PAD_W;
        a->ink.height = PAD_H;
    }
    return a->has_ink ? &a->ink : NULL;
}

/* ---- the promise --------------------------------------------------------------------- */

/* What is missing, and what a machine did, can be said at once; several offices must be asked one by one. */
static enum escalation_weight weight_of(enum unsettled_reason reason)
{
    static const enum escalation_weight weights[UNSETTLED_REASONS] = {
        [UNSETTLED_PAPERS] = ESCALATION_SIMPLE,     [UNSETTLED_CONDITIONS] = ESCALATION_ORDINARY,
        [UNSETTLED_OFFICES] = ESCALATION_DIFFICULT, [UNSETTLED_SYSTEM] = ESCALATION_SIMPLE,
        [UNSETTLED_RULES] = ESCALATION_ORDINARY,    [UNSETTLED_OTHER] = ESCALATION_ORDINARY,
    };
    return weights[reason];
}

static const char *weight_word(enum unsettled_reason reason)
{
    static const char *const words[ESCALATION_WEIGHTS] = { "simple", "ordinary", "difficult" };
    return words[weight_of(reason)];
}

int aside_answer_days(enum unsettled_reason reason)
{
    static const int days[ESCALATION_WEIGHTS] = { 1, 5, 10 };
    return days[weight_of(reason)];
}

static enum unsettled_reason reason_of(const struct aside *a)
{
    for (int i = 0; i < UNSETTLED_REASONS; i++)
        if (a->chosen & 1u << i)
            return (enum unsettled_reason)i;
    return UNSETTLED_OTHER;
}

int32_t aside_answer_by(const struct session *s, bool *is_provisional)
{
    static const struct calendar weekends;
    const struct calendar *c = s->config.calendar ? s->config.calendar : &weekends;
    char text[9];
    const char *today = session_today(s, text);
    *is_provisional = false;
    if (!today)
        return DAY_NONE;
    struct escalation e = { .weight = weight_of(reason_of(&s->visit.aside)),
                            .opened = day_from_text(today),
                            .answered = DAY_NONE,
                            .level = 1 };
    return escalation_due(&e, c, is_provisional);
}

/* ---- what is sealed ------------------------------------------------------------------ */

static const char *const reasons[ASIDE_KINDS][ASIDE_CHOICES] = {
    [ASIDE_UNSETTLED] = { "papers", "conditions", "offices", "system", "rules", "other" },
    [ASIDE_MISMATCH] = { "days", "papers", "fee", "place", "other" },
    [ASIDE_AGAIN] = { "papers", "sent-elsewhere", "no-answer", "another-matter", "first-time" },
};

const char *aside_item_kind(enum aside_kind kind)
{
    static const char *const kinds[ASIDE_KINDS] = { "", "escalation", "mismatch", "repeat" };
    return kinds[kind];
}

static void set_text(json_t *o, const char *name, const char *text)
{
    if (*text)
        json_object_set_new(o, name, json_string(text));
}

static json_t *chosen_words(const struct aside *a)
{
    json_t *list = json_array();
    for (int i = 0; i < ASIDE_CHOICES; i++)
        if (a->chosen & 1u << i && reasons[a->kind][i])
            json_array_append_new(list, json_string(reasons[a->kind][i]));
    return list;
}

/* Who says that something could not be done wants to be helped, so it comes with the person, if a card said who that is.
 * The other reports are about the office: they name nobody. */
static void add_escalation(json_t *item, const struct session *s)
{
    const struct aside *a = &s->visit.aside;
    char day_text[9];
    day_to_text(day_text, a->answer_by);
    json_object_set_new(item, "reason", json_string(reasons[a->kind][reason_of(a)]));
    json_object_set_new(item, "weight", json_string(weight_word(reason_of(a))));
    set_text(item, "answer_by", day_text);
    if (a->is_provisional)
        json_object_set_new(item, "is_provisional", json_true());
    set_text(item, "phone", a->phone);
    set_text(item, "refusal", a->refusal);
    if (s->visit.has_person)
        json_object_set_new(item, "resident", person_json(&s->visit.person));
}

int aside_write(struct bytes *out, const struct session *s, const struct reservation *r)
{
    const struct aside *a = &s->visit.aside;
    AUTO(json_release)
    json_t *item = json_pack(
        "{s:i, s:o, s:n}", "schema", 1, "manifest",
        submit_manifest_about(s, r, aside_item_kind(a->kind), a->about ? a->about->code : ""),
        "resident");
    set_text(item, "case", a->about_receipt);
    set_text(item, "words", a->words);
    if (a->has_ink && ink_is_written(&a->ink))
        json_object_set_new(item, "ink", json_pack("{s:o}", "words", ink_json(&a->ink)));
    if (a->kind == ASIDE_UNSETTLED)
        add_escalation(item, s);
    else if (a->kind == ASIDE_MISMATCH)
        json_object_set_new(item, "differs", chosen_words(a));
    else
        json_object_set_new(item, "reason", json_string(reasons[a->kind][reason_of(a)]));
    if (a->kind == ASIDE_AGAIN)
        json_object_set_new(item, "trips", json_integer(s->visit.trips_before + 1));
    return submit_append(out, item);
}

/* ---- what a screen sees -------------------------------------------------------------- */

static int64_t wall_of(const struct session *s, day d)
{
    return d == DAY_NONE ? 0
                         : (int64_t)d * 86400000 - (int64_t)s->config.utc_offset_minutes * 60000;
}

struct aside_view aside_look(const struct session *s)
{
    const struct aside *a = &s->visit.aside;
    bool has_words = a->has_ink && (a->typing == ASIDE_WORDS || ink_is_written(&a->ink));
    return (struct aside_view){ .kind = a->kind,
                                .state = a->state,
                                .typing = a->typing,
                                .chosen = a->chosen,
                                .words = a->words,
                                .phone = a->phone,
                                .ink = has_words ? &a->ink : NULL,
                                .is_phone_wrong = a->is_phone_wrong,
                                .about = a->about,
                                .about_receipt = a->about_receipt,
                                .receipt = a->receipt,
                                .answer_by_ms = a->kind ? wall_of(s, a->answer_by) : 0,
                                .answer_days = aside_answer_days(reason_of(a)),
                                .is_provisional = a->is_provisional,
                                .paper = a->paper.state,
                                .can_print_again = paper_job_can_print(s, &a->paper) };
}
