#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "firmware/catalogue/load.h"
#include "firmware/catalogue/rule_parse.h"

enum { WORD_MAX = 48 };

const char *const rule_type_names[] = { "yes or no", "a number", "a date", "a text" };

/* Only the first complaint is kept. Returns RULE_NO_NODE, the node that is none. */
size_t rule_complain(struct rule_parser *p, const char *format, ...)
{
    char words[160];
    va_list args;
    va_start(args, format);
    vsnprintf(words, sizeof(words), format, args);
    va_end(args);
    if (!*p->complaint)
        snprintf(p->complaint, CATALOGUE_COMPLAINT, "at character %zu: %s",
                 (size_t)(p->at - p->text) + 1, words);
    return RULE_NO_NODE;
}

size_t rule_add(struct rule_parser *p, struct expression_node n)
{
    if (p->count == RULE_NODES)
        return rule_complain(p, "the rule has more than %d parts", RULE_NODES);
    p->nodes[p->count] = n;
    return p->count++;
}

/* ---- tokens ---------------------------------------------------------------------------- */

static bool is_word_character(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '.';
}

void rule_skip_blanks(struct rule_parser *p)
{
    while (*p->at == ' ')
        p->at++;
}

/* Length of the word that begins here. */
static size_t word_length(struct rule_parser *p)
{
    size_t length = 0;
    rule_skip_blanks(p);
    while (is_word_character(p->at[length]))
        length++;
    return length;
}

bool rule_take_word(struct rule_parser *p, const char *word)
{
    size_t length = word_length(p);
    if (length != strlen(word) || memcmp(p->at, word, length) != 0)
        return false;
    p->at += length;
    return true;
}

bool rule_take_sign(struct rule_parser *p, const char *sign)
{
    rule_skip_blanks(p);
    if (strncmp(p->at, sign, strlen(sign)) != 0)
        return false;
    p->at += strlen(sign);
    return true;
}

/* ---- operands ------------------------------------------------------------------------- */

static size_t parse_text(struct rule_parser *p)
{
    const char *begin = p->at + 1, *end = strchr(begin, '\'');
    if (!end)
        return rule_complain(p, "a text has no closing '");
    size_t length = (size_t)(end - begin);
    struct expression_node n = { .op = OP_LITERAL, .type = RULE_TEXT };
    n.text = arena_text(p->arena, begin, length);
    p->at = end + 1;
    return rule_add(p, n);
}

static size_t parse_number(struct rule_parser *p)
{
    char digits[9];
    struct expression_node n = { .op = OP_LITERAL, .type = RULE_NUMBER };
    size_t length = strspn(p->at, "0123456789");
    bool is_date = length == 4 && p->at[4] == '-' && strspn(p->at + 5, "0123456789") == 2 &&
                   p->at[7] == '-' && strspn(p->at + 8, "0123456789") == 2;
    if (length > 12)
        return rule_complain(p, "a number has at most 12 digits");
    if (is_date) {
        snprintf(digits, sizeof(digits), "%.4s%.2s%.2s", p->at, p->at + 5, p->at + 8);
        if (!date_is_real(digits))
            return rule_complain(p, "there is no such day");
        n.type = RULE_DATE;
        n.number = strtoll(digits, NULL, 10);
        p->at += 10;
        return rule_add(p, n);
    }
    n.number = strtoll(p->at, NULL, 10);
    p->at += length;
    return rule_add(p, n);
}

static size_t parse_card(struct rule_parser *p, const char *name, struct expression_node n)
{
    static const struct {
        const char *name;
        enum rule_type type;
    } values[CARD_VALUES] = {
        [CARD_AGE] = { "card.age", RULE_NUMBER },
        [CARD_BIRTH] = { "card.birth", RULE_DATE },
        [CARD_SEX] = { "card.sex", RULE_TEXT },
        [CARD_DIVISION] = { "card.division", RULE_TEXT },
        [CARD_ADDRESS] = { "card.address", RULE_TEXT },
    };
    for (unsigned i = 0; i < CARD_VALUES; i++)
        if (!strcmp(values[i].name, name)) {
            n.op = OP_CARD;
            n.type = (unsigned char)values[i].type;
            n.card = (enum card_value)i;
            return rule_add(p, n);
        }
    return rule_complain(p, "a card says age, birth, sex, division and address, nothing else");
}

static enum rule_type type_of_field(const struct field *f)
{
    return f->kind == FIELD_YES_NO   ? RULE_YES_NO
           : f->kind == FIELD_AMOUNT ? RULE_NUMBER
           : f->kind == FIELD_DATE   ? RULE_DATE
                                     : RULE_TEXT;
}

static size_t parse_answer(struct rule_parser *p, const char *name, struct expression_node n)
{
    const struct field *f = find_field(p->scope->fields, p->scope->field_count, name);
    if (!f)
        return rule_complain(p, "no field named %s stands before", name);
    if (f->kind == FIELD_SIGNATURE)
        return rule_complain(p, "a signature has no value to compare");
    n.op = OP_ANSWER;
    n.type = (unsigned char)type_of_field(f);
    n.is_amount = f->kind == FIELD_AMOUNT;
    n.text = f->name;
    return rule_add(p, n);
}

static size_t parse_fact(struct rule_parser *p, const char *name, struct expression_node n)
{
    for (size_t i = 0; i < p->scope->fact_count; i++)
        if (!strcmp(p->scope->facts[i].name, name)) {
            n.op = OP_FACT;
            n.type = (unsigned char)p->scope->facts[i].type;
            n.text = p->scope->facts[i].name;
            return rule_add(p, n);
        }
    return rule_complain(p, "there is no fact named %s in this catalogue", name);
}

size_t rule_parse_name(struct rule_parser *p)
{
    char word[WORD_MAX];
    size_t length = word_length(p);
    struct expression_node n = { .op = OP_LITERAL, .type = RULE_YES_NO };
    if (!length)
        return rule_complain(p, *p->at ? "a value was expected" : "it ends too early");
    if (length >= WORD_MAX)
        return rule_complain(p, "the name is too long");
    memcpy(word, p->at, length);
    word[length] = 0;
    n.number = !strcmp(word, "yes");
    if (n.number || !strcmp(word, "no"))
        return p->at += length, rule_add(p, n);
    n.name = arena_text(p->arena, word, length);
    size_t made = RULE_NO_NODE;
    if (!strcmp(word, "today")) {
        n.op = OP_TODAY;
        n.type = RULE_DATE;
        made = rule_add(p, n);
    } else if (!strncmp(word, "card.", 5)) {
        made = parse_card(p, word, n);
    } else if (!strncmp(word, "answer.", 7)) {
        made = parse_answer(p, word + 7, n);
    } else if (!strncmp(word, "fact.", 5)) {
        made = parse_fact(p, word + 5, n);
    } else {
        rule_complain(p, "the word %s is not known; names begin with card., answer. or fact.",
                      word);
    }
    p->at += made == RULE_NO_NODE ? 0 : length;
    return made;
}

size_t rule_parse_literal(struct rule_parser *p)
{
    return *p->at == '\'' ? parse_text(p) : parse_number(p);
}
