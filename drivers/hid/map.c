/* Questions about a report descriptor that has been read. */
#include "drivers/hid/descriptor.h"

size_t hid_report_bytes(const struct hid_map *map, uint8_t first)
{
    for (size_t i = 0; i < map->report_count; i++)
        if (!map->has_ids || map->reports[i].id == first)
            return (map->reports[i].bits + 7) / 8 + map->has_ids;
    return 0;
}

uint32_t hid_field_usage(const struct hid_map *map, const struct hid_field *field, size_t index)
{
    const struct hid_range *r = &map->ranges[field->range_at];
    for (size_t i = 0; i < field->range_count; i++) {
        size_t size = (size_t)(r[i].last - r[i].first) + 1;
        if (index < size)
            return r[i].first + (uint32_t)index;
        index -= size;
    }
    /* Elements beyond the usages have the last one (6.2.2.8); values of an array beyond them mean nothing. */
    return field->is_variable && field->range_count ? r[field->range_count - 1].last : 0;
}

bool hid_has_usage(const struct hid_map *map, uint32_t usage)
{
    for (size_t i = 0; i < map->field_count; i++) {
        const struct hid_field *f = &map->fields[i];
        for (size_t k = 0; k < f->range_count; k++) {
            const struct hid_range *r = &map->ranges[f->range_at + k];
            if (usage >= r->first && usage <= r->last)
                return true;
        }
    }
    return false;
}

bool hid_has_application(const struct hid_map *map, uint32_t usage)
{
    for (size_t i = 0; i < map->field_count; i++)
        if (map->fields[i].application == usage)
            return true;
    return false;
}
