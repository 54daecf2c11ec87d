/* Loading: from checked JSON to structs. Everything here complains through the reader and goes on
 * with a harmless value, so that no caller has to ask; catalogue_load() asks once at the end. */
#pragma once

#include "firmware/base/json.h"
#include "firmware/catalogue/doc.h"
#include "firmware/catalogue/parts.h"

/* Where findings go when all of them are wanted, not only the first. */
struct load_sink {
    void (*take)(void *context, const char *sentence); /* "services[2] (E01).fee: is missing" */
    void *context;
};

struct loader {
    struct json_reader reader;
    const struct load_sink *sink; /* NULL: the first complaint ends it */
    size_t findings, settled; /* handed to the sink so far; when load_settle() was last called */
    struct arena *arena;
    struct catalogue *catalogue;
};

enum { TEXT_MAX = 600, DAYS_MAX = 365 };

/* ---- load_place.c: places and complaints --------------------------------------------- */

/* Hand a complaint to the sink, if there is one, and go on as if all were well. True: the place since the
 * last call was not without fault. */
bool load_settle(struct loader *l);
/* The same for a part of a place: the place itself stays at fault until load_settle(). */
void load_collect(struct loader *l);
/* Complain about member `key` of where the reader stands; key NULL: about the place itself. */
void complain_about(struct loader *l, const char *key, const char *format, ...) PRINTF_LIKE(3, 4);
/* Enter a member or an element; json_leave() leaves either. */
void load_enter(struct loader *l, const char *key);
void load_enter_index(struct loader *l, size_t index);
/* No other members than these. Cheaper than doc_no_others() while all is well. */
void load_no_others(struct loader *l, const struct node *object, const char *const *keys);
/* The object or list that `value` must be; NULL after a complaint. */
const struct node *load_object(struct loader *l, const struct node *value);

/* ---- load_text.c: texts, names, words from a list ------------------------------------ */

/* Texts are 1 to TEXT_MAX bytes without control characters and without blanks at the ends. */
struct words load_words(struct loader *l, const struct node *object, const char *key);
struct words load_words_if_any(struct loader *l, const struct node *object,
                               const char *key); /* "" when absent */
struct words load_these_words(struct loader *l,
                              const struct node *value); /* the reader stands in them */
/* Words that can be searched for: with pinyin initials. Fills two terms. key NULL: `object` is the
 * name. */
struct words load_name(struct loader *l, const struct node *object, const char *key,
                       struct term terms[2]);
void load_term(struct loader *l, struct term *out, const char *text, const char *initials);

/* An identifier of 1 to `max` characters out of `set`. */
const char *load_id(struct loader *l, const struct node *object, const char *key, const char *set,
                    size_t max);
bool is_id(const char *text, const char *set, size_t max);
/* The place of a word in a list of `count` names; `otherwise` when the member is absent, -1: it is
 * needed. */
int load_word(struct loader *l, const struct node *object, const char *key,
              const char *const *names, size_t count, int otherwise);
/* A list of such words, each at most once, as bits by place. */
unsigned load_word_set(struct loader *l, const struct node *object, const char *key,
                       const char *const *names, size_t count);
/* Strings borrowed from JSON -> the arena; NULL stays NULL. */
const char *load_keep(struct loader *l, const char *text);
const char *load_icon(struct loader *l, const struct node *object);

/* ---- load_field.c, load_form.c, load_material.c, load_service.c ---------------------- */

extern const char LETTERS_DIGITS_DASH[], LETTERS_DIGITS_UNDERSCORE[], LETTERS_DASH[];

/* A condition on one of the fields `before`. The reader stands inside the member that is `value`.
 */
void load_condition(struct loader *l, struct condition *out, const struct node *value,
                    const struct field *before, size_t count);
/* The same for member `key` if it is there. */
void load_condition_if_any(struct loader *l, struct condition *out, const struct node *object,
                           const char *key, const struct field *before, size_t count);
const struct field *find_field(const struct field *fields, size_t count, const char *name);
bool field_has_choice(const struct field *f, const char *value);

/* One field; `before` are the fields of the form that stand before it. */
void load_field(struct loader *l, struct field *out, const struct node *json,
                const struct field *before, size_t count);
/* Pages and fields of a service. */
void load_form(struct loader *l, struct service *s, const struct node *json);
void load_materials(struct loader *l, struct service *s, const struct node *json);
void load_service(struct loader *l, struct service *s, struct terms *terms,
                  const struct node *json);

/* load_service.c: days and deliveries of a part of a bundle, as of a service. */
void load_part_days(struct loader *l, struct bundle_part *p, const struct node *json);
unsigned load_deliveries(struct loader *l, const struct node *json);

/* ---- load_rule.c, load_more.c, load_bundle.c ------------------------------------------ */
void load_facts(struct loader *l, const struct node *document);
const struct expression *load_expression(struct loader *l, const struct node *object,
                                         const char *key, const struct field *fields, size_t count);
const struct expression *load_expression_if_any(struct loader *l, const struct node *object,
                                                const char *key, const struct field *fields,
                                                size_t count);
void load_rules(struct loader *l, struct service *s, const struct node *json);
void load_more(struct loader *l, struct service *s, const struct node *json);
void load_bundle(struct loader *l, struct service *s, const struct node *json);

/* ---- load_county.c: other counties; what of a service is forwarded, what is checked later -- */
void load_counties(struct loader *l, const struct node *document);
void load_beyond(struct loader *l, struct service *s, const struct node *json);

/* ---- load_point.c: where the kiosk stands ---------------------------------------------- */
void load_point(struct loader *l, const struct node *document);
/* Themes that agents are listed for must be there. */
void check_agents(struct loader *l);

/* ---- load_refs.c: what one service says of another ------------------------------------ */
void check_references(struct loader *l);

/* ---- load_index.c: what takes the whole catalogue to know ---------------------------- */
void index_codes(struct loader *l);
void index_materials(struct loader *l);
