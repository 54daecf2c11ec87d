#include "board/host/sim/person_file.h"

#include <stdio.h>
#include <string.h>

#include "firmware/base/bytes.h"

enum { FILE_BYTES_MAX = 64 * 1024, RAW_DIGITS = 2 * CARD_TEXT_BYTES };

struct member {
    const char *key;
    uint16_t at, size; /* in struct person; one byte: the character itself */
};
#define MEMBER(name)                                                                \
    {                                                                               \
#name, offsetof(struct person, name), sizeof(((struct person *)NULL)->name) \
    }

static const struct member members[] = {
    MEMBER(name),           MEMBER(english_name),  MEMBER(sex),
    MEMBER(nation),         MEMBER(birth),         MEMBER(address),
    MEMBER(number),         MEMBER(authority),     MEMBER(valid_from),
    MEMBER(valid_to),       MEMBER(permit_number), MEMBER(issue_count),
    MEMBER(nationality),    MEMBER(renewals),      MEMBER(old_number_link),
    MEMBER(layout_version),
};
enum { MEMBERS = sizeof(members) / sizeof(members[0]) };

static const char long_term[] = "长期";

/* A text of at most `most` bytes; "" when it is absent. */
static const char *text_of(struct json_reader *r, const json_t *person, const char *key,
                           size_t most)
{
    const json_t *value = json_object_get(person, key);
    if (json_is_string(value) && !json_string_length(value))
        return "";
    return json_want_string(r, person, key, most, "");
}

static void take_member(struct person *p, const struct member *m, const char *value)
{
    if (m->at == offsetof(struct person, valid_to) && !strcmp(value, long_term))
        p->is_long_term = true;
    else if (m->size == 1)
        *((char *)p + m->at) = *value;
    else
        memcpy((char *)p + m->at, value, strlen(value) + 1);
}

/* Each member by itself first, so that the one which does not fit can be named. */
static void read_member(struct json_reader *r, struct person *p, const json_t *person,
                        const struct member *m)
{
    struct person alone = { .layout = p->layout };
    uint8_t text[CARD_TEXT_BYTES];
    size_t most = m->size == 1 ? 1 : m->size - 1u;
    const char *value = text_of(r, person, m->key, most);
    if (!json_is_clean(r) || !*value)
        return;
    json_enter(r, m->key);
    take_member(&alone, m, value);
    if (card_encode(text, &alone))
        json_complain(r, "does not fit on a card of layout %c", p->layout);
    json_leave(r);
    take_member(p, m, value);
    person_wipe(&alone);
    explicit_bzero(text, sizeof(text));
}

static enum card_layout read_layout(struct json_reader *r, const json_t *person)
{
    const char *letter = json_need_string(r, person, "layout", 1);
    if (!json_is_clean(r))
        return CARD_NONE;
    json_enter(r, "layout");
    if (!strchr("CJIY", *letter))
        json_complain(r, "must be one of C, J, I, Y");
    json_leave(r);
    return (enum card_layout) * letter;
}

static void read_fields(struct json_reader *r, uint8_t text[CARD_TEXT_BYTES], const json_t *person)
{
    const char *keys[MEMBERS + 2] = { "layout" };
    for (size_t i = 0; i < MEMBERS; i++)
        keys[i + 1] = members[i].key;
    struct person p = { .layout = read_layout(r, person) };
    json_no_others(r, person, keys);
    for (size_t i = 0; i < MEMBERS && json_is_clean(r); i++)
        read_member(r, &p, person, &members[i]);
    if (json_is_clean(r) && card_encode(text, &p))
        json_complain(r, "does not fit on a card");
    person_wipe(&p);
}

static void read_raw(struct json_reader *r, uint8_t text[CARD_TEXT_BYTES], const json_t *person)
{
    static const char *const keys[] = { "raw_hex", NULL };
    const char *hex = json_need_string(r, person, "raw_hex", RAW_DIGITS);
    json_no_others(r, person, keys);
    if (!json_is_clean(r))
        return;
    json_enter(r, "raw_hex");
    if (strlen(hex) != RAW_DIGITS || hex_decode(text, CARD_TEXT_BYTES, hex))
        json_complain(r, "must be %d hexadecimal digits", RAW_DIGITS);
    json_leave(r);
}

int person_file_parse(uint8_t text[CARD_TEXT_BYTES], const json_t *person,
                      char complaint[JSON_COMPLAINT])
{
    struct json_reader r = { 0 };
    memset(text, 0, CARD_TEXT_BYTES);
    if (!json_is_object(person))
        json_complain(&r, "must be one object");
    else if (json_object_get(person, "raw_hex"))
        read_raw(&r, text, person);
    else
        read_fields(&r, text, person);
    memcpy(complaint, r.complaint, JSON_COMPLAINT);
    if (json_is_clean(&r))
        return 0;
    explicit_bzero(text, CARD_TEXT_BYTES);
    return -EINVAL;
}

int person_file_load(uint8_t text[CARD_TEXT_BYTES], const char *path,
                     char complaint[JSON_COMPLAINT])
{
    AUTO(json_release) json_t *person = json_parse_file(path, FILE_BYTES_MAX, complaint);
    char inner[JSON_COMPLAINT];
    memset(text, 0, CARD_TEXT_BYTES);
    if (!person)
        return -EINVAL;
    int r = person_file_parse(text, person, inner);
    if (r)
        snprintf(complaint, JSON_COMPLAINT, "%.150s: %.160s", path, inner);
    return r;
}
