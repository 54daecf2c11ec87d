/* Reading a rule; known in this folder only. */
#pragma once

#include "firmware/catalogue/expression.h"

enum { RULE_NO_NODE = RULE_NODES }; /* stands for "there is none, and a complaint was made" */

struct rule_parser {
    const char *text, *at;
    struct arena *arena;
    const struct expression_scope *scope;
    char *complaint;
    int depth;
    size_t count;
    struct expression_node nodes[RULE_NODES];
};

extern const char *const rule_type_names[];

/* Only the first complaint is kept, with the character where it arose. Returns RULE_NO_NODE. */
size_t rule_complain(struct rule_parser *p, const char *format, ...) PRINTF_LIKE(2, 3);
/* The place of a new node, or RULE_NO_NODE. */
size_t rule_add(struct rule_parser *p, struct expression_node n);
void rule_skip_blanks(struct rule_parser *p);
bool rule_take_word(struct rule_parser *p, const char *word);
bool rule_take_sign(struct rule_parser *p, const char *sign);

/* rule_operand.c: a literal or a name; not an expression in brackets. */
size_t rule_parse_literal(struct rule_parser *p);
size_t rule_parse_name(struct rule_parser *p);
