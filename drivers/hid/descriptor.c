#include "drivers/hid/item.h"

enum { MAIN_INPUT = 8, MAIN_OUTPUT = 9, MAIN_COLLECTION = 10, MAIN_FEATURE = 11, MAIN_END = 12 };
enum {
    GLOBAL_PAGE = 0,
    GLOBAL_LEAST = 1,
    GLOBAL_MOST = 2,
    GLOBAL_SIZE = 7,
    GLOBAL_ID = 8,
    GLOBAL_COUNT = 9,
    GLOBAL_PUSH = 10,
    GLOBAL_POP = 11
};
enum { LOCAL_USAGE = 0, LOCAL_FIRST = 1, LOCAL_LAST = 2, LOCAL_DELIMITER = 10 };
enum { FLAG_CONSTANT = 1, FLAG_VARIABLE = 2, APPLICATION = 1 };
enum { STACK_MAX = 8, DEPTH_MAX = 16, BITS_MAX = HID_REPORT_BYTES_MAX * 8, LOCALS_MAX = 64 };

struct globals {
    uint16_t page;
    int32_t logical_min, logical_max;
    uint32_t size, count;
    uint8_t id;
};

/* A usage as it stands in the descriptor: without a page it gets the one that rules when a main item uses it. */
struct local {
    uint32_t first, last;
    bool has_page;
};

struct parser {
    struct hid_map *map;
    struct globals now, stack[STACK_MAX];
    size_t pushed, depth;
    uint32_t application;
    size_t application_depth; /* 0: outside of one */
    struct local locals[LOCALS_MAX];
    size_t local_count;
    uint32_t range_first;
    bool has_first, first_has_page, is_in_set, has_set_usage;
};

/* ---- global and local items ---------------------------------------------------------- */

static bool take_stack(struct parser *p, bool is_push)
{
    if (is_push && p->pushed < STACK_MAX)
        p->stack[p->pushed++] = p->now;
    else if (!is_push && p->pushed)
        p->now = p->stack[--p->pushed];
    else
        return false;
    return true;
}

static bool take_global(struct parser *p, const struct hid_item *i)
{
    switch (i->tag) {
    case GLOBAL_PAGE:
        p->now.page = (uint16_t)i->value;
        return i->value <= UINT16_MAX;
    case GLOBAL_LEAST:
        p->now.logical_min = hid_item_signed(i);
        return true;
    case GLOBAL_MOST:
        /* 255 in one byte reads as -1; beside a least value of 0 it cannot be meant. */
        p->now.logical_max = hid_item_signed(i) < p->now.logical_min && p->now.logical_min >= 0 &&
                                     i->value <= INT32_MAX
                                 ? (int32_t)i->value
                                 : hid_item_signed(i);
        return true;
    case GLOBAL_SIZE:
        p->now.size = i->value;
        return i->value <= BITS_MAX;
    case GLOBAL_COUNT:
        p->now.count = i->value;
        return i->value <= BITS_MAX;
    case GLOBAL_ID:
        p->now.id = (uint8_t)i->value;
        p->map->has_ids = true;
        return i->value > 0 && i->value <= UINT8_MAX;
    case GLOBAL_PUSH:
    case GLOBAL_POP:
        return take_stack(p, i->tag == GLOBAL_PUSH);
    default:
        return true; /* physical extent and unit: nobody here measures anything */
    }
}

static void add_local(struct parser *p, uint32_t first, uint32_t last, bool has_page)
{
    /* Of the alternatives in a set the first is the preferred one (6.2.2.8). */
    if (p->is_in_set && p->has_set_usage)
        return;
    p->has_set_usage = true;
    if (p->local_count < LOCALS_MAX && first <= last)
        p->locals[p->local_count++] = (struct local){ first, last, has_page };
}

static bool take_local(struct parser *p, const struct hid_item *i)
{
    bool has_page = i->size == 4;
    switch (i->tag) {
    case LOCAL_USAGE:
        add_local(p, i->value, i->value, has_page);
        return true;
    case LOCAL_FIRST:
        p->range_first = i->value;
        p->first_has_page = has_page;
        p->has_first = true;
        return true;
    case LOCAL_LAST:
        if (p->has_first && p->first_has_page == has_page)
            add_local(p, p->range_first, i->value, has_page);
        p->has_first = false;
        return true;
    case LOCAL_DELIMITER:
        if (i->value > 1 || (i->value == 1) == p->is_in_set)
            return false;
        p->is_in_set = i->value == 1;
        p->has_set_usage = false;
        return true;
    default:
        return true; /* designators and strings */
    }
}

static void forget_locals(struct parser *p)
{
    p->local_count = 0;
    p->has_first = p->is_in_set = p->has_set_usage = false;
}

/* ---- main items ---------------------------------------------------------------------- */

static uint32_t with_page(const struct parser *p, const struct local *l, uint32_t usage)
{
    return l->has_page ? usage : hid_usage(p->now.page, (uint16_t)usage);
}

static struct hid_report *report_of(struct parser *p)
{
    struct hid_map *m = p->map;
    for (size_t i = 0; i < m->report_count; i++)
        if (m->reports[i].id == p->now.id)
            return &m->reports[i];
    if (m->report_count == HID_REPORTS_MAX)
        return NULL;
    m->reports[m->report_count] = (struct hid_report){ .id = p->now.id };
    return &m->reports[m->report_count++];
}

/* Ranges of the usages that stand before this item. False: the table is full. */
static bool add_ranges(struct parser *p, struct hid_field *f)
{
    struct hid_map *m = p->map;
    f->range_at = (uint16_t)m->range_count;
    for (size_t i = 0; i < p->local_count; i++) {
        const struct local *l = &p->locals[i];
        if (m->range_count == HID_RANGES_MAX)
            return false;
        m->ranges[m->range_count++] =
            (struct hid_range){ with_page(p, l, l->first), with_page(p, l, l->last) };
    }
    f->range_count = (uint16_t)p->local_count;
    return true;
}

static bool take_input(struct parser *p, uint32_t flags)
{
    struct hid_map *m = p->map;
    struct hid_report *r = report_of(p);
    /* Both are at most BITS_MAX, so the product does not overflow. */
    uint32_t bits = p->now.size * p->now.count;
    if (!r || bits > BITS_MAX - 8 - r->bits)
        return false;
    uint32_t at = r->bits;
    r->bits += bits;
    bool is_of_use = !(flags & FLAG_CONSTANT) && p->local_count && p->now.count && p->now.size &&
                     p->now.size <= 32;
    if (!is_of_use)
        return true;
    if (m->field_count == HID_FIELDS_MAX)
        return false;
    struct hid_field *f = &m->fields[m->field_count];
    *f = (struct hid_field){ .report_id = p->now.id,
                             .application = p->application,
                             .at_bit = at,
                             .bits = (uint8_t)p->now.size,
                             .count = (uint16_t)p->now.count,
                             .is_variable = flags & FLAG_VARIABLE,
                             .logical_min = p->now.logical_min,
                             .logical_max = p->now.logical_max };
    if (!add_ranges(p, f))
        return false;
    m->field_count++;
    return true;
}

static bool take_collection(struct parser *p, uint32_t type)
{
    if (p->depth == DEPTH_MAX)
        return false;
    p->depth++;
    if (type == APPLICATION && !p->application_depth) {
        p->application_depth = p->depth;
        p->application = p->local_count ? with_page(p, &p->locals[0], p->locals[0].first) : 0;
    }
    return true;
}

static bool take_end(struct parser *p)
{
    if (!p->depth)
        return false;
    if (p->application_depth == p->depth) {
        p->application_depth = 0;
        p->application = 0;
    }
    p->depth--;
    return true;
}

static bool take_main(struct parser *p, const struct hid_item *i)
{
    bool is_well = true;
    if (p->is_in_set)
        return false;
    if (i->tag == MAIN_INPUT)
        is_well = take_input(p, i->value);
    else if (i->tag == MAIN_COLLECTION)
        is_well = take_collection(p, i->value);
    else if (i->tag == MAIN_END)
        is_well = take_end(p);
    forget_locals(p);
    return is_well; /* output, feature and what is not known yet say nothing about input */
}

/* With ids every report has one; a report before the first id would have no length. */
static bool are_ids_sound(const struct hid_map *m)
{
    for (size_t i = 0; m->has_ids && i < m->report_count; i++)
        if (!m->reports[i].id)
            return false;
    return true;
}

int hid_parse(struct hid_map *out, const uint8_t *descriptor, size_t length)
{
    struct parser p = { .map = out };
    *out = (struct hid_map){ 0 };
    if (!length || length > HID_DESCRIPTOR_MAX)
        return -EBADMSG;
    const uint8_t *at = descriptor, *end = descriptor + length;
    bool is_well = true;
    while (is_well && at < end) {
        struct hid_item i;
        if (!hid_item_next(&i, &at, end))
            is_well = false;
        else if (i.type == TYPE_MAIN)
            is_well = take_main(&p, &i);
        else if (i.type == TYPE_GLOBAL)
            is_well = take_global(&p, &i);
        else if (i.type == TYPE_LOCAL)
            is_well = take_local(&p, &i);
    }
    if (is_well && !p.depth && are_ids_sound(out))
        return 0;
    *out = (struct hid_map){ 0 };
    return -EBADMSG;
}
