/* The service catalogue: what can be done here, in both languages, and the form of each matter.
 *
 * Loaded whole and checked whole from one JSON document (format: assets/catalogue/FORMAT.md); a new
 * service needs no C. Immutable after loading, so any thread may read it. Strings belong to the
 * catalogue. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "firmware/base/fault.h"
#include "firmware/catalogue/point.h"

enum {
    CATALOGUE_COMPLAINT = 320,
    CATALOGUE_BYTES_MAX = 16 * 1024 * 1024, /* of the JSON document */
    CATALOGUE_SERVICES_MAX = 5000,
    CATALOGUE_THEMES_MAX =
        8, /* the home screen has eight tiles: a ninth theme could not be reached */
    ANSWER_BYTES = 640,
    FIELD_NAME = 32,
    FORM_FIELDS_MAX = 24,
    PAGE_FIELDS_MAX = 4
};

enum field_kind {
    FIELD_TEXT,    /* one line, letters and digits */
    FIELD_HAN,     /* Chinese text: one line, or several with `lines` > 1; may be written by hand
                      (`may_ink`) */
    FIELD_NUMBER,  /* resident ID number, GB 11643 check digit */
    FIELD_PHONE,   /* mainland mobile (11 digits, 1[3-9]) or landline with area code */
    FIELD_DATE,    /* YYYYMMDD */
    FIELD_CHOICE,  /* one of `choices` */
    FIELD_AMOUNT,  /* yuan, at most two decimals: "1234.50" */
    FIELD_YES_NO,  /* "yes" | "no" */
    FIELD_ACCOUNT, /* bank account or card, 8 to 30 digits; 16 or 19 digits starting 62 carry a Luhn
                      digit */
    FIELD_ADDRESS, /* Chinese text up to 100 characters */
    FIELD_SIGNATURE, /* strokes on a pad: a signature other than the applicant's own, which every
                        form ends with */
    FIELD_KIND_COUNT,
};

/* What a card fills in by itself. */
enum prefill {
    PREFILL_NONE,
    PREFILL_NAME,
    PREFILL_ENGLISH_NAME,
    PREFILL_SEX,
    PREFILL_NATION,
    PREFILL_BIRTH,
    PREFILL_ADDRESS,
    PREFILL_NUMBER,
    PREFILL_AGENT_NAME, /* of whoever acts for the resident, from their own card; empty otherwise */
    PREFILL_AGENT_NUMBER,
};

/* How a value is masked wherever it is shown but not being typed (design: rules 4.4). */
enum field_mask { MASK_NONE, MASK_NAME, MASK_NUMBER, MASK_PHONE, MASK_ACCOUNT, MASK_OTHER };

struct choice {
    const char *value; /* [a-z0-9-]{1,24} */
    struct words label;
    struct words help; /* "" when there is none */
};

/* "visible when": the named field has one of the values. A field that is not visible has no value.
 */
struct condition {
    const char *field; /* NULL: always */
    size_t value_count;
    const char *const *values;
};

struct field {
    const char *name; /* [a-z0-9_]{1,31}, unique in its service */
    enum field_kind kind;
    struct words label, help;
    bool is_required;
    bool may_ink;   /* FIELD_HAN: handwriting kept as a picture is as good as typed text */
    bool is_locked; /* prefilled from the card and not to be changed here; open when the card lacks
                       it */
    int lines;      /* FIELD_HAN, 1 to 6 */
    int min_length, max_length;      /* characters */
    const char *min_date, *max_date; /* YYYYMMDD, "today", or NULL */
    int64_t min_fen, max_fen;        /* FIELD_AMOUNT; 1 yuan = 100 fen */
    enum prefill prefill;
    enum field_mask mask;
    struct condition visible;
    const struct expression *show_if, *need_if; /* rules beside the condition (rule.h), or NULL */
    size_t choice_count;
    const struct choice *choices;
    const char *preset; /* FIELD_CHOICE, FIELD_YES_NO: the answer when it is first shown, or NULL */
    const char
        *acting; /* the answer, and not to be changed, while an agent of the point acts, or NULL */
    const char *same_as; /* offers "same as ..." an earlier field of the form, or NULL */
};

/* A page on which no field is visible is left out. */
struct form_page {
    struct words title, help;
    size_t first_field, field_count; /* range in service->fields, at most PAGE_FIELDS_MAX */
};

enum material_how {
    MATERIAL_FETCHED, /* looked up by ID: not needed from the resident */
    MATERIAL_BRING,   /* must be shown or handed in */
    MATERIAL_LATER,   /* may follow within late_days (rules: never a main material) */
};

/* A value of a certificate, and the question of the form that it answers. */
struct material_fill {
    const char *value; /* [a-z0-9_]{1,31}, as the county names it */
    const char *field;
};

struct material {
    const char *id; /* [a-z0-9-]{1,40}, one meaning in the whole catalogue */
    enum material_how how;
    struct words name, source, offline; /* offline: what happens when fetching is not possible */
    int late_days;                      /* working days */
    struct condition when;
    bool is_live;      /* the county says while the resident stands here whether it holds it */
    bool is_no_waiver; /* no other evidence stands in its place (regulation Art. 9) */
    size_t fill_count;
    const struct material_fill *fills;
};

struct expression;
struct service_rule;
struct service_hint;
struct service_elsewhere;
struct service_check;
struct department;
struct bundle_part;

/* A step at an office; the days of all steps fit the promise. */
struct service_step {
    struct words name, department;
    int days; /* working days */
};
/* Another speed at which it is offered ("80 days", "30 days on demand"). */
struct service_level {
    struct words name;
    int days;
};

enum service_reach { REACH_KIOSK, REACH_AGENT, REACH_BOOK, REACH_INFO, REACH_COUNT };
enum service_booking { BOOKING_NONE, BOOKING_WINDOW, BOOKING_HOME, BOOKING_COUNT };
enum service_delivery {
    DELIVERY_POST = 1,
    DELIVERY_PICKUP = 2,
    DELIVERY_ACCOUNT = 4,
    DELIVERY_ELECTRONIC = 8,
    DELIVERY_NONE = 16
};

struct service {
    const char *code; /* [A-Z][0-9]{2,} */
    const char *theme;
    const char *icon; /* name in the icon table of ui/text */
    struct words name, short_name, gives, who, department, fee, fee_basis, basis, next;
    /* gives: what one gets; who: who may apply; next: what happens after submitting */
    struct words promise;          /* the sentence signed at the end */
    int promised_days, legal_days; /* working days; 0 = on the spot; legal -1 = law names none */
    int minutes;                   /* what a first visit takes, for the list */
    bool needs_card;               /* false: may be done without a card */
    bool needs_consent;            /* separate consent for medical or account data (PIPL 29) */
    struct words consent;
    const struct condition *anonymous; /* while it holds, neither the resident nor a signature goes
                                          into the application; NULL: never */
    int age_from, age_to;              /* who it is offered to; 0 and 200 when anyone */
    enum service_reach reach;
    enum service_booking booking; /* the general booking of its kind, whatever the matter is */
    unsigned delivery;            /* of enum service_delivery */
    size_t keyword_count;
    const struct words *keywords; /* everyday words */
    size_t material_count;
    const struct material *materials;
    size_t page_count;
    const struct form_page *pages;
    size_t field_count;
    const struct field *fields;
    bool is_instant; /* decided as it comes in (即办): the slip waits a moment for the answer */
    bool
        is_no_return; /* 零跑: nothing is brought later and nothing collected; checked (check_form.c) */
    bool is_no_waiver;                 /* none of its papers may be waived, see struct material */
    bool is_urgent;                    /* papers may follow after help (a fast lane) */
    const char *valid_from, *reviewed; /* of the guide: YYYYMMDD, or NULL */
    size_t rule_count;                 /* who may apply, in words and checkable: rule.h */
    const struct service_rule *rules;
    const struct service_hint *hint;           /* NULL: nobody is told of it unasked */
    const struct service_elsewhere *elsewhere; /* county.h; NULL: only for this county */
    const struct service_check *check;         /* county.h; NULL: nothing rests on a promise */
    size_t step_count, level_count, replaces_count;
    const struct service_step *steps;
    const struct service_level *levels;
    const struct words *replaces; /* certificates or forms that this one covers */
    struct words life_event; /* of a bundle: what has happened when it is wanted; "" not said */
    size_t department_count, part_count; /* 0: no bundle; else bundle.h */
    const struct department *departments;
    const struct bundle_part *parts;
};

struct theme {
    const char *id; /* [a-z-]{1,20} */
    const char *icon;
    struct words name;
    struct words window; /* where to go for the matters of this theme that are not done here; ""
                            when all are */
    bool is_delicate; /* to want one of its matters already tells of disability, poverty or illness:
                         never spoken into the room */
};

/* Names that `icon` may have, sorted, NULL at the end; ui/text draws each of them. */
extern const char *const catalogue_icons[];

struct catalogue;

/* Parse and check `length` bytes. On failure `complaint` says in one sentence what is wrong and where
 * ("services[2] (E01).pages[0].fields[1].kind: must be one of text, han, ..."). 0, -EINVAL or
 * -ENOMEM. */
NODISCARD int catalogue_load(struct catalogue **out, const void *json, size_t length,
                             char complaint[CATALOGUE_COMPLAINT]);
NODISCARD int catalogue_load_file(struct catalogue **out, const char *path,
                                  char complaint[CATALOGUE_COMPLAINT]);
void catalogue_free(struct catalogue *c);
AUTO_DEFINE(struct catalogue, catalogue_free)

int64_t catalogue_version(const struct catalogue *c);
const struct point *catalogue_point(const struct catalogue *c);
size_t catalogue_theme_count(const struct catalogue *c);
const struct theme *catalogue_theme(const struct catalogue *c, size_t i);
size_t catalogue_service_count(const struct catalogue *c);
const struct service *catalogue_service(const struct catalogue *c, size_t i);
/* NULL when there is none. */
const struct service *catalogue_find(const struct catalogue *c, const char *code);
const struct theme *catalogue_find_theme(const struct catalogue *c, const char *id);
/* The service that books a window or a visit at home, for any matter; NULL: none does. */
const struct service *catalogue_booking(const struct catalogue *c, enum service_booking kind);
/* The bundle with a life event in which that matter is done along with others (SS-08), or NULL. */
const struct service *catalogue_bundle_with(const struct catalogue *c, const struct service *s);
/* How many services of a theme (NULL: of all) are done here, finished by a clerk, booked or only told of:
 * counted by enum service_reach into `out`. Returns their sum. */
size_t catalogue_count_reach(const struct catalogue *c, const char *theme, size_t out[REACH_COUNT]);
/* Name of a material wherever it stands in the catalogue, or NULL. */
const struct words *catalogue_material_name(const struct catalogue *c, const char *material_id);

/* Services that fit what was typed, best first: parts of the name, keywords, code, and pinyin
 * initials of Chinese names and keywords (hlbt -> 护理补贴), any case, spaces ignored. Empty text:
 * nothing. With no hit, *is_near is set and the nearest three by shared characters come back.
 * Returns how many were written. No allocation. */
size_t catalogue_search(const struct catalogue *c, const char *typed, const struct service **out,
                        size_t max, bool *is_near);
/* What many people do here, of an age that fits (age -1: not known), at most `max`. */
size_t catalogue_popular(const struct catalogue *c, int age, const struct service **out,
                         size_t max);

/* Where a matter goes that could not be settled (兜底, SS-13): a service of the catalogue, and the
 * answer that says so. `service` NULL: this county has none. */
struct unsettled {
    const struct service *service;
    const char *field, *value;
    struct words
        owner; /* who is asked first and answers for it (首问责任, SS-12); "" not said: the point's window */
    const char *phone; /* "" not said: the point's */
};
struct unsettled catalogue_unsettled(const struct catalogue *c);

/* ---- answers ------------------------------------------------------------------------- */
enum answer_outcome {
    ANSWER_E_EMPTY = 1, /* required and missing */
    ANSWER_E_SHORT,     /* fewer characters than it takes */
    ANSWER_E_LONG,
    ANSWER_E_CHARACTER, /* a character that cannot stand here */
    ANSWER_E_FORMAT,    /* no phone number, no amount ... */
    ANSWER_E_DATE,      /* no such day */
    ANSWER_E_EARLY,     /* before min_date */
    ANSWER_E_LATE,      /* after max_date */
    ANSWER_E_CHECK,     /* check digit: one digit is probably mistyped */
    ANSWER_E_CHOICE,    /* not one of the choices */
    ANSWER_E_SMALL,     /* amount under the least */
    ANSWER_E_LARGE,
};
/* Check one typed answer. `today` is YYYYMMDD or NULL when the clock is not trusted (date bounds by
 * today are then not judged). 0 or ANSWER_E_... Empty and not required is 0. Not for what a card
 * filled in (a card is never refused for its contents) nor for ink, which stands outside `value`:
 * the caller skips both. */
NODISCARD int answer_check(const struct field *f, const char *value, const char *today);
/* Is the field to be asked? `value_of` gives the current answer of another field ("" for none). */
bool condition_holds(const struct condition *when,
                     const char *(*value_of)(const void *context, const char *field),
                     const void *context);
/* Can `typed` character stand in this field at all (typing is filtered by it)? */
bool answer_accepts(const struct field *f, uint32_t cp);
/* Most characters that an answer here can have: further keys do nothing. */
size_t answer_length_limit(const struct field *f);
/* As shown: choices by label, dates as 2026年11月24日 / 24 Nov 2026, amounts with separators. `out` holds ANSWER_BYTES. */
void answer_show(char out[ANSWER_BYTES], const struct field *f, const char *value,
                 enum language language);
/* The same, masked by f->mask; ID numbers by the ordinary rule, as pages need. Paper masks more. */
void answer_show_masked(char out[ANSWER_BYTES], const struct field *f, const char *value,
                        enum language language);
