#include <string.h>

#include "firmware/base/text.h"
#include "firmware/catalogue/load.h"
#include "firmware/catalogue/rule_parse.h"

static size_t parse_or(struct rule_parser *p);

static size_t parse_operand(struct rule_parser *p)
{
    rule_skip_blanks(p);
    if (*p->at == '\'' || (*p->at >= '0' && *p->at <= '9'))
        return rule_parse_literal(p);
    if (!rule_take_sign(p, "("))
        return rule_parse_name(p);
    if (++p->depth > RULE_DEPTH)
        return rule_complain(p, "more than %d brackets in one another", RULE_DEPTH);
    size_t inner = parse_or(p);
    p->depth--;
    if (inner != RULE_NO_NODE && !rule_take_sign(p, ")"))
        return rule_complain(p, "a closing bracket was expected");
    return inner;
}

/* ---- comparisons ---------------------------------------------------------------------- */

/* A choice that is compared with what it can never be is a slip of the editor. */
static bool is_possible(struct rule_parser *p, size_t left, size_t right)
{
    const struct expression_node *n = &p->nodes[left], *value = &p->nodes[right];
    const struct field *f =
        n->op == OP_ANSWER ? find_field(p->scope->fields, p->scope->field_count, n->text) : NULL;
    if (!f || f->kind != FIELD_CHOICE || value->op != OP_LITERAL ||
        field_has_choice(f, value->text))
        return true;
    rule_complain(p, "'%s' is not one of the choices of %s", value->text, n->text);
    return false;
}

static size_t compare(struct rule_parser *p, enum expression_op op, size_t left, size_t right)
{
    if (left == RULE_NO_NODE || right == RULE_NO_NODE)
        return RULE_NO_NODE;
    struct expression_node *a = &p->nodes[left], *b = &p->nodes[right];
    bool is_order = op >= OP_LESS && op <= OP_AT_LEAST;
    if (a->type != b->type)
        return rule_complain(p, "%s cannot be compared with %s", rule_type_names[a->type],
                             rule_type_names[b->type]);
    if (is_order && a->type != RULE_NUMBER && a->type != RULE_DATE)
        return rule_complain(p, "only numbers and dates have an order, not %s",
                             rule_type_names[a->type]);
    if (op == OP_BEGINS && a->type != RULE_TEXT)
        return rule_complain(p, "only a text can begin with something");
    if (a->is_amount != b->is_amount) { /* yuan are written, fen are compared */
        struct expression_node *literal = a->is_amount ? b : a;
        if (literal->op != OP_LITERAL)
            return rule_complain(p,
                                 "an amount can only be compared with a number or another amount");
        literal->number *= 100;
    }
    if (op != OP_BEGINS && !is_possible(p, left, right))
        return RULE_NO_NODE;
    return rule_add(p, (struct expression_node){ .op = (unsigned char)op,
                                                 .type = RULE_YES_NO,
                                                 .a = (unsigned char)left,
                                                 .b = (unsigned char)right });
}

/* x in (a, b) is x = a or x = b. */
static size_t parse_list(struct rule_parser *p, size_t left)
{
    size_t any = RULE_NO_NODE;
    if (!rule_take_sign(p, "("))
        return rule_complain(p, "a list in brackets was expected");
    do {
        size_t one =
            compare(p, OP_EQUAL, left, left == RULE_NO_NODE ? RULE_NO_NODE : parse_operand(p));
        if (one == RULE_NO_NODE)
            return RULE_NO_NODE;
        any = any == RULE_NO_NODE
                  ? one
                  : rule_add(p, (struct expression_node){ .op = OP_OR,
                                                          .type = RULE_YES_NO,
                                                          .a = (unsigned char)any,
                                                          .b = (unsigned char)one });
    } while (any != RULE_NO_NODE && rule_take_sign(p, ","));
    return any == RULE_NO_NODE || rule_take_sign(p, ")")
               ? any
               : rule_complain(p, "a closing bracket was expected");
}

static size_t parse_comparison(struct rule_parser *p)
{
    static const struct {
        const char *sign;
        enum expression_op op;
    } signs[] = { { "<=", OP_AT_MOST }, { ">=", OP_AT_LEAST }, { "!=", OP_UNEQUAL },
                  { "<", OP_LESS },     { ">", OP_MORE },      { "=", OP_EQUAL } };
    size_t left = parse_operand(p);
    if (left == RULE_NO_NODE)
        return RULE_NO_NODE;
    if (rule_take_word(p, "in"))
        return parse_list(p, left);
    if (rule_take_word(p, "begins"))
        return compare(p, OP_BEGINS, left, parse_operand(p));
    for (size_t i = 0; i < sizeof(signs) / sizeof(signs[0]); i++)
        if (rule_take_sign(p, signs[i].sign))
            return compare(p, signs[i].op, left, parse_operand(p));
    return left;
}

/* ---- not, and, or --------------------------------------------------------------------- */

static size_t want_yes_no(struct rule_parser *p, size_t n)
{
    if (n == RULE_NO_NODE || p->nodes[n].type == RULE_YES_NO)
        return n;
    return rule_complain(p, "%s stands where yes or no was expected",
                         rule_type_names[p->nodes[n].type]);
}

static size_t parse_known(struct rule_parser *p)
{
    if (!rule_take_sign(p, "("))
        return rule_complain(p, "known wants a name in brackets");
    size_t name = rule_parse_name(p);
    if (name != RULE_NO_NODE && !rule_take_sign(p, ")"))
        return rule_complain(p, "a closing bracket was expected");
    return name == RULE_NO_NODE
               ? RULE_NO_NODE
               : rule_add(p, (struct expression_node){
                                 .op = OP_KNOWN, .type = RULE_YES_NO, .a = (unsigned char)name });
}

static size_t parse_not(struct rule_parser *p)
{
    if (rule_take_word(p, "known"))
        return parse_known(p);
    if (!rule_take_word(p, "not"))
        return parse_comparison(p);
    if (++p->depth > RULE_DEPTH)
        return rule_complain(p, "more than %d words \"not\" in one another", RULE_DEPTH);
    size_t inner = want_yes_no(p, parse_not(p));
    p->depth--;
    return inner == RULE_NO_NODE
               ? RULE_NO_NODE
               : rule_add(p, (struct expression_node){
                                 .op = OP_NOT, .type = RULE_YES_NO, .a = (unsigned char)inner });
}

static size_t parse_chain(struct rule_parser *p, const char *word, enum expression_op op,
                          size_t (*parse)(struct rule_parser *p))
{
    size_t left = parse(p);
    while (left != RULE_NO_NODE && rule_take_word(p, word)) {
        left = want_yes_no(p, left);
        size_t right = left == RULE_NO_NODE ? RULE_NO_NODE : want_yes_no(p, parse(p));
        if (right == RULE_NO_NODE)
            return RULE_NO_NODE;
        left = rule_add(p, (struct expression_node){ .op = (unsigned char)op,
                                                     .type = RULE_YES_NO,
                                                     .a = (unsigned char)left,
                                                     .b = (unsigned char)right });
    }
    return left;
}

static size_t parse_and(struct rule_parser *p)
{
    return parse_chain(p, "and", OP_AND, parse_not);
}

static size_t parse_or(struct rule_parser *p)
{
    return parse_chain(p, "or", OP_OR, parse_and);
}

/* ---- the whole ------------------------------------------------------------------------ */

const struct expression *expression_parse(struct arena *arena, const char *text,
                                          const struct expression_scope *scope,
                                          char complaint[CATALOGUE_COMPLAINT])
{
    struct rule_parser p = {
        .text = text, .at = text, .arena = arena, .scope = scope, .complaint = complaint
    };
    complaint[0] = 0;
    if (strlen(text) > RULE_BYTES || !text_is_valid(text, strlen(text))) {
        rule_complain(&p, "a rule is UTF-8 of at most %d bytes", RULE_BYTES);
        return NULL;
    }
    size_t root = want_yes_no(&p, parse_or(&p));
    rule_skip_blanks(&p);
    if (root != RULE_NO_NODE && *p.at)
        rule_complain(&p, "the rule was over, but something follows");
    if (*complaint)
        return NULL;
    struct expression_node *nodes = arena_take(arena, p.count, sizeof(*nodes));
    struct expression *e = arena_take(arena, 1, sizeof(*e));
    if (!nodes || !e)
        return NULL;
    memcpy(nodes, p.nodes, p.count * sizeof(*nodes));
    *e = (struct expression){ arena_text(arena, text, strlen(text)), p.count, nodes };
    return e;
}
