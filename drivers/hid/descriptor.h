/* HID report descriptors (Device Class Definition for HID 1.11, section 6.2.2): what the bits of a report mean. Pure and
 * total: whatever bytes a device sends, the answer is a map within the limits below or -EBADMSG. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "firmware/base/fault.h"

enum {
    HID_DESCRIPTOR_MAX = 4096,
    HID_FIELDS_MAX = 64,
    HID_RANGES_MAX = 160,
    HID_REPORTS_MAX = 16,
    HID_REPORT_BYTES_MAX = 1024, /* with the report's id */
};

/* A usage is its page << 16 | its id (HID Usage Tables 1.5). */
enum {
    HID_PAGE_DESKTOP = 0x01,
    HID_PAGE_KEYBOARD = 0x07,
    HID_PAGE_TELEPHONY = 0x0b,
    HID_PAGE_CONSUMER = 0x0c,
    HID_PAGE_SCANNER = 0x8c, /* HID Point of Sale Usage Tables 1.02 */
};

static inline uint32_t hid_usage(uint16_t page, uint16_t id)
{
    return (uint32_t)page << 16 | id;
}

struct hid_range {
    uint32_t first, last; /* usages; both belong to it */
};

/* One input item: `count` elements of `bits` each. */
struct hid_field {
    uint8_t report_id;    /* 0: the device has only one report, without an id */
    uint32_t application; /* usage of the outermost collection */
    uint32_t at_bit;      /* behind the id */
    uint8_t bits;         /* of an element, 1 to 32 */
    uint16_t count;
    bool
        is_variable; /* each element has its own usage; otherwise each names the usage that is on */
    int32_t logical_min, logical_max;
    uint16_t range_at, range_count;
};

struct hid_report {
    uint8_t id;
    uint32_t bits; /* without the id */
};

struct hid_map {
    bool has_ids;
    size_t field_count, range_count, report_count;
    struct hid_field fields[HID_FIELDS_MAX];
    struct hid_range ranges[HID_RANGES_MAX];
    struct hid_report reports[HID_REPORTS_MAX]; /* input reports */
};

/* 0, or -EBADMSG: cut short, unbalanced, or more than the limits. Padding and what has no usage is measured, not kept. */
NODISCARD int hid_parse(struct hid_map *out, const uint8_t *descriptor, size_t length);
/* Bytes of the report that begins with `first`, its id included; 0: there is no such report. */
size_t hid_report_bytes(const struct hid_map *map, uint8_t first);
/* Usage of the element `index` of a variable field; of an array, the usage of its value `index` (counted from its least
 * value). 0: none. */
uint32_t hid_field_usage(const struct hid_map *map, const struct hid_field *field, size_t index);
/* Is this usage anywhere among the input fields? */
bool hid_has_usage(const struct hid_map *map, uint32_t usage);
/* Is there an input field below an application collection of this usage? */
bool hid_has_application(const struct hid_map *map, uint32_t usage);
