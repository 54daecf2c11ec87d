#include "drivers/hid/report.h"

enum { VALUES_MAX = 256 };

static const uint32_t ROLL_OVER = 0x00070001, KEYBOARD_ERROR_LAST = 0x00070003;

static uint32_t bits_at(const uint8_t *data, size_t length, size_t at, unsigned count)
{
    uint32_t value = 0;
    for (unsigned i = 0; i < count; i++, at++)
        if (at / 8 < length && (data[at / 8] >> at % 8 & 1))
            value |= 1u << i;
    return value;
}

int32_t hid_element(const struct hid_map *map, const struct hid_field *field, const uint8_t *report,
                    size_t length, size_t index)
{
    size_t at = (map->has_ids ? 8u : 0u) + field->at_bit + index * field->bits;
    uint32_t value = bits_at(report, length, at, field->bits);
    bool is_negative =
        field->logical_min < 0 && field->bits && field->bits < 32 && value >> (field->bits - 1) & 1;
    return (int32_t)(is_negative ? value | ~0u << field->bits : value);
}

static bool is_of_report(const struct hid_map *map, const struct hid_field *f,
                         const uint8_t *report)
{
    return !map->has_ids || f->report_id == report[0];
}

/* Usage 0 of an array: nothing is on. */
static struct hid_value value_of(const struct hid_map *map, const struct hid_field *f,
                                 const uint8_t *report, size_t length, size_t index)
{
    int32_t element = hid_element(map, f, report, length, index);
    if (f->is_variable)
        return (struct hid_value){ hid_field_usage(map, f, index), element };
    if (element < f->logical_min || element > f->logical_max)
        return (struct hid_value){ 0 };
    size_t at = (size_t)((int64_t)element - f->logical_min);
    return (struct hid_value){ hid_field_usage(map, f, at), 1 };
}

int hid_decode(struct hid_value *out, size_t max, size_t *count, const struct hid_map *map,
               const uint8_t *report, size_t length)
{
    *count = 0;
    size_t wanted = length ? hid_report_bytes(map, report[0]) : 0;
    if (!wanted || length < wanted)
        return HID_E_UNKNOWN;
    for (size_t i = 0; i < map->field_count; i++) {
        const struct hid_field *f = &map->fields[i];
        if (!is_of_report(map, f, report))
            continue;
        for (size_t k = 0; k < f->count && *count < max; k++) {
            struct hid_value v = value_of(map, f, report, length, k);
            if (v.usage & 0xffff) /* id 0 of every page means "none" */
                out[(*count)++] = v;
        }
    }
    return 0;
}

/* ---- what is held -------------------------------------------------------------------- */

static bool is_on(const struct hid_value *values, size_t count, uint32_t usage)
{
    for (size_t i = 0; i < count; i++)
        if (values[i].usage == usage && values[i].value)
            return true;
    return false;
}

static bool is_held(const struct hid_held *held, uint32_t usage)
{
    for (size_t i = 0; i < held->count; i++)
        if (held->keys[i].usage == usage)
            return true;
    return false;
}

static bool has_rolled_over(const struct hid_value *values, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (values[i].usage >= ROLL_OVER && values[i].usage <= KEYBOARD_ERROR_LAST &&
            values[i].value)
            return true;
    return false;
}

static void release(struct hid_held *held, struct hid_change out[HID_CHANGES_MAX], size_t *count,
                    uint8_t id, const struct hid_value *values, size_t value_count)
{
    for (size_t i = held->count; i-- > 0;) {
        if (held->keys[i].report_id != id || is_on(values, value_count, held->keys[i].usage))
            continue;
        out[(*count)++] = (struct hid_change){ held->keys[i].usage, false };
        held->keys[i] = held->keys[--held->count];
    }
}

int hid_held_take(struct hid_held *held, struct hid_change out[HID_CHANGES_MAX], size_t *count,
                  const struct hid_map *map, const uint8_t *report, size_t length)
{
    struct hid_value values[VALUES_MAX];
    size_t value_count;
    *count = 0;
    int r = hid_decode(values, VALUES_MAX, &value_count, map, report, length);
    if (r)
        return r;
    if (has_rolled_over(values, value_count))
        return HID_E_ROLLOVER;
    uint8_t id = map->has_ids ? report[0] : 0;
    release(held, out, count, id, values, value_count);
    for (size_t i = 0; i < value_count; i++) {
        if (!values[i].value || is_held(held, values[i].usage) || held->count == HID_HELD_MAX)
            continue;
        held->keys[held->count].usage = values[i].usage;
        held->keys[held->count++].report_id = id;
        out[(*count)++] = (struct hid_change){ values[i].usage, true };
    }
    return 0;
}
