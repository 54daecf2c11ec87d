/* Inside ui/input/rare: the table's parts in mapped bytes. */
#pragma once

#include "ui/input/rare/rare.h"

enum {
    HEAD = 32,
    GROUP_BYTES = 4,
    CHAR_BYTES = 4,
    SOUND_BYTES = 16,
    FORM_BYTES = 40,
    ITEM_BYTES = 3
};

struct part {
    const uint8_t *at;
    size_t count;
};

struct rare {
    const uint8_t *data;
    size_t length;
    bool is_mapped;
    struct part groups, chars, sounds, forms, items;
};

struct group {
    uint8_t number, rest;
    bool is_simplified;
    size_t count;
};

struct character {
    uint32_t cp;
    unsigned strokes;
    int level;
};

struct group table_group(const struct rare *r, size_t n);
struct character table_char(const struct rare *r, size_t n);
uint32_t table_item(const struct rare *r, size_t n);
/* Set the parts and check all of them. 0 or -EBADMSG. */
NODISCARD int table_check(struct rare *r);
