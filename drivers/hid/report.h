/* HID input reports (HID 1.11, 5.6 and 8): bytes to usages, and which usages are held. Pure. */
#pragma once

#include "drivers/hid/descriptor.h"

enum hid_outcome {
    HID_E_UNKNOWN =
        1, /* no report of this map: an id that does not exist, or shorter than it must be */
    HID_E_ROLLOVER, /* the keyboard cannot tell which keys are down: nothing has changed */
};

struct hid_value {
    uint32_t usage;
    int32_t value; /* 1 for a usage that an array names */
};

enum { HID_HELD_MAX = 32, HID_CHANGES_MAX = 2 * HID_HELD_MAX };

/* The element `index` of a field; 0 where the report ends before it. `report` begins with the id, if there are ids. */
int32_t hid_element(const struct hid_map *map, const struct hid_field *field, const uint8_t *report,
                    size_t length, size_t index);
/* The usages in a report, at most `max`; of arrays only those that are on. 0 or HID_E_UNKNOWN. */
NODISCARD int hid_decode(struct hid_value *out, size_t max, size_t *count,
                         const struct hid_map *map, const uint8_t *report, size_t length);

/* What is down now. A report speaks only of the fields of its own id. */
struct hid_held {
    size_t count;
    struct {
        uint32_t usage;
        uint8_t report_id;
    } keys[HID_HELD_MAX];
};

struct hid_change {
    uint32_t usage;
    bool is_down;
};

/* What has changed with this report: releases first. 0, HID_E_UNKNOWN or HID_E_ROLLOVER. More than HID_HELD_MAX at once
 * are not kept. */
NODISCARD int hid_held_take(struct hid_held *held, struct hid_change out[HID_CHANGES_MAX],
                            size_t *count, const struct hid_map *map, const uint8_t *report,
                            size_t length);
