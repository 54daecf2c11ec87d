#include "board/host/sim/endpoint0.h"

#include <string.h>

#include "firmware/base/bytes.h"
#include "firmware/base/text.h"

enum {
    TO_DEVICE = 0x00,
    TO_INTERFACE = 0x01,
    TO_ENDPOINT = 0x02,
    FROM_DEVICE = 0x80,
    FROM_INTERFACE,
    FROM_ENDPOINT
};
enum {
    GET_STATUS = 0,
    CLEAR_FEATURE = 1,
    SET_FEATURE = 3,
    GET_DESCRIPTOR = 6,
    GET_CONFIGURATION = 8,
    SET_CONFIGURATION = 9,
    GET_INTERFACE = 10,
    SET_INTERFACE = 11
};
enum { DEVICE = 1, CONFIGURATION = 2, STRING = 3, INTERFACE = 4, ENDPOINT = 5 };
enum {
    ENDPOINT_HALT = 0,
    SELF_POWERED_BIT = 6,
    DEVICE_BYTES = 18,
    STRING_UNITS_MAX = 126,
    LANGUAGE_ENGLISH = 0x0409
};

uint32_t sim_endpoint_bit(uint8_t endpoint)
{
    return 1u << ((endpoint & 0x0f) + (endpoint & 0x80 ? 16 : 0));
}

/* The next descriptor of this type whose byte `at` is `value`; NULL when there is none. */
static const uint8_t *find_descriptor(const struct sim_device *d, uint8_t type, size_t at,
                                      uint8_t value)
{
    const uint8_t *p = d->configuration, *end = p + d->configuration_length;
    for (; end - p >= 2 && p[0] >= 2 && p[0] <= end - p; p += p[0])
        if (p[1] == type && p[0] > at && p[at] == value)
            return p;
    return NULL;
}

const uint8_t *sim_find_endpoint(const struct sim_device *d, uint8_t endpoint)
{
    return find_descriptor(d, ENDPOINT, 2, endpoint);
}

struct sim_settings sim_settings_plugged(const struct sim_device *d)
{
    return (struct sim_settings){ .configuration = d->configuration[5] };
}

static int give(uint8_t *data, const uint8_t *what, size_t length, uint16_t wanted)
{
    size_t n = length < wanted ? length : wanted;
    memcpy(data, what, n);
    return (int)n;
}

static int give_string(const struct sim_device *d, uint8_t index, uint8_t *data, uint16_t wanted)
{
    struct bytes units AUTO_BYTES = { 0 };
    uint8_t out[2 + 2 * STRING_UNITS_MAX] = { 4, STRING };
    if (!index) {
        put_le16(out + 2, LANGUAGE_ENGLISH);
        return give(data, out, 4, wanted);
    }
    if (index >= sizeof(d->strings) / sizeof(d->strings[0]) || !d->strings[index] ||
        text_to_utf16le(&units, d->strings[index]) || units.length / 2 > STRING_UNITS_MAX)
        return SIM_STALL;
    if (units.length)
        memcpy(out + 2, units.data, units.length);
    out[0] = (uint8_t)(2 + units.length);
    return give(data, out, out[0], wanted);
}

static int give_descriptor(const struct sim_device *d, uint16_t value, uint8_t *data,
                           uint16_t wanted)
{
    uint8_t type = (uint8_t)(value >> 8), index = (uint8_t)value;
    if (type == DEVICE && !index)
        return give(data, d->device_descriptor, DEVICE_BYTES, wanted);
    if (type == CONFIGURATION && !index)
        return give(data, d->configuration, d->configuration_length, wanted);
    if (type == STRING)
        return give_string(d, index, data, wanted);
    return SIM_STALL; /* a qualifier among them: the device knows one speed only */
}

/* A new configuration or setting starts with no endpoint halted (USB 2.0, 9.1.1.5). */
static void end_halts(struct sim_device *d, struct sim_settings *s)
{
    for (unsigned bit = 0; bit < 32; bit++)
        if (d->clear_halt && (s->halted & 1u << bit))
            d->clear_halt(d, (uint8_t)(bit < 16 ? bit : (bit - 16) | 0x80));
    s->halted = 0;
}

static int set_configuration(struct sim_device *d, struct sim_settings *s, uint16_t value)
{
    if (value && value != d->configuration[5])
        return SIM_STALL;
    end_halts(d, s);
    *s = (struct sim_settings){ .configuration = (uint8_t)value };
    return 0;
}

static bool has_setting(const struct sim_device *d, uint16_t interface, uint16_t alternate)
{
    const uint8_t *p = d->configuration, *end = p + d->configuration_length;
    for (; end - p >= 2 && p[0] >= 2 && p[0] <= end - p; p += p[0])
        if (p[1] == INTERFACE && p[0] >= 4 && p[2] == interface && p[3] == alternate)
            return true;
    return false;
}

static int set_interface(struct sim_device *d, struct sim_settings *s, uint16_t interface,
                         uint16_t alternate)
{
    if (!has_setting(d, interface, alternate))
        return SIM_STALL;
    end_halts(d, s);
    s->alternate = (uint8_t)alternate;
    return 0;
}

static int halt(struct sim_device *d, struct sim_settings *s, const uint8_t setup[8])
{
    uint8_t endpoint = setup[4];
    if (get_le16(setup + 2) != ENDPOINT_HALT || !sim_find_endpoint(d, endpoint))
        return SIM_STALL;
    if (setup[1] == SET_FEATURE) {
        s->halted |= sim_endpoint_bit(endpoint);
        return 0;
    }
    s->halted &= ~sim_endpoint_bit(endpoint);
    if (d->clear_halt)
        d->clear_halt(d, endpoint);
    return 0;
}

static int give_status(const struct sim_device *d, const struct sim_settings *s,
                       const uint8_t setup[8], uint8_t *data)
{
    uint8_t status[2] = { 0 }, endpoint = setup[4];
    if (setup[0] == FROM_DEVICE)
        status[0] = (d->configuration[7] >> SELF_POWERED_BIT) & 1;
    else if (setup[0] == FROM_ENDPOINT && (endpoint & 0x0f) && !sim_find_endpoint(d, endpoint))
        return SIM_STALL;
    else if (setup[0] == FROM_ENDPOINT)
        status[0] = (s->halted & sim_endpoint_bit(endpoint)) != 0;
    return give(data, status, sizeof(status), get_le16(setup + 6));
}

static int standard(struct sim_device *d, struct sim_settings *s, const uint8_t setup[8],
                    uint8_t *data)
{
    uint16_t value = get_le16(setup + 2), index = get_le16(setup + 4), wanted = get_le16(setup + 6);
    switch (setup[0] << 8 | setup[1]) {
    case FROM_DEVICE << 8 | GET_DESCRIPTOR:
        return give_descriptor(d, value, data, wanted);
    case FROM_DEVICE << 8 | GET_CONFIGURATION:
        return give(data, &s->configuration, 1, wanted);
    case FROM_INTERFACE << 8 | GET_INTERFACE:
        return give(data, &s->alternate, 1, wanted);
    case FROM_DEVICE << 8 | GET_STATUS:
    case FROM_INTERFACE << 8 | GET_STATUS:
    case FROM_ENDPOINT << 8 | GET_STATUS:
        return give_status(d, s, setup, data);
    case TO_DEVICE << 8 | SET_CONFIGURATION:
        return set_configuration(d, s, value);
    case TO_INTERFACE << 8 | SET_INTERFACE:
        return set_interface(d, s, index, value);
    case TO_ENDPOINT << 8 | CLEAR_FEATURE:
    case TO_ENDPOINT << 8 | SET_FEATURE:
        return halt(d, s, setup);
    default:
        return SIM_STALL;
    }
}

int sim_control(struct sim_device *d, struct sim_settings *s, const uint8_t setup[8], uint8_t *data,
                int64_t now_ms)
{
    int wanted = get_le16(setup + 6), n;
    /* The descriptor of a report belongs to a class, though the request is a standard one (HID 1.11, 7.1.1). */
    bool is_standard =
        !(setup[0] & 0x60) && (setup[0] << 8 | setup[1]) != (FROM_INTERFACE << 8 | GET_DESCRIPTOR);
    if (is_standard)
        n = standard(d, s, setup, data);
    else
        n = d->control ? d->control(d, setup, data, now_ms) : SIM_STALL;
    if (n < 0)
        return SIM_STALL;
    return setup[0] & 0x80 ? (n < wanted ? n : wanted) : 0;
}
