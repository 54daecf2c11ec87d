/* The inside of a rule; known in this folder only. */
#pragma once

#include "firmware/catalogue/arena.h"
#include "firmware/catalogue/rule.h"

enum expression_op {
    OP_LITERAL,
    OP_CARD, /* `card` says which */
    OP_TODAY,
    OP_ANSWER, /* `text` is the field's name */
    OP_FACT,
    OP_NOT,
    OP_KNOWN,
    OP_AND,
    OP_OR,
    OP_EQUAL,
    OP_UNEQUAL,
    OP_LESS,
    OP_AT_MOST,
    OP_MORE,
    OP_AT_LEAST,
    OP_BEGINS,
};

enum card_value { CARD_AGE, CARD_BIRTH, CARD_SEX, CARD_DIVISION, CARD_ADDRESS, CARD_VALUES };

struct expression_node {
    unsigned char op, type; /* enum expression_op, enum rule_type */
    unsigned char a, b;     /* operands: places of earlier nodes */
    bool is_amount;         /* an answer in yuan, compared in fen */
    enum card_value card;
    int64_t number; /* of a number, a date (YYYYMMDD) or yes (1) and no (0) */
    const char *text;
    const char *name; /* "answer.kind", for saying what is missing */
};

struct expression {
    const char *source;
    size_t count; /* the last node is the result */
    const struct expression_node *nodes;
};

/* What names a rule may use. */
struct expression_scope {
    const struct field *fields; /* of the form, or those before a field */
    size_t field_count;
    const struct fact *facts;
    size_t fact_count;
};

/* Parse and check. NULL: `complaint` says what is wrong and at which character, or the arena is short. */
const struct expression *expression_parse(struct arena *arena, const char *text,
                                          const struct expression_scope *scope,
                                          char complaint[CATALOGUE_COMPLAINT]);
