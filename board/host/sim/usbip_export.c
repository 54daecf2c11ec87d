#include "board/host/sim/usbip_export.h"

#include <stdio.h>
#include <string.h>

enum {
    VERSION = 0x0111,
    REQ_IMPORT = 0x8003,
    REP_IMPORT = 0x0003,
    REQ_LIST = 0x8005,
    REP_LIST = 0x0005
};
enum { STATUS_BUSY = 2, STATUS_NO_DEVICE = 4 };
enum {
    OPERATION = 8,
    BUSID = 32,
    RECORD = 312,
    IMPORT = OPERATION + BUSID,
    SPEED_FULL = 2,
    SPEED_HIGH = 3
};
enum { BUS = 1, INTERFACE = 4, ENDPOINT = 5 };

static void write_busid(char out[BUSID], size_t index)
{
    memset(out, 0, BUSID);
    snprintf(out, BUSID, "%d-%zu", BUS, index + 1);
}

static uint32_t speed_of(const struct sim_device *d)
{
    const uint8_t *p = d->configuration, *end = p + d->configuration_length;
    for (; end - p >= 2 && p[0] >= 2 && p[0] <= end - p; p += p[0])
        if (p[1] == ENDPOINT && p[0] >= 6 && get_le16(p + 4) > 64)
            return SPEED_HIGH;
    return SPEED_FULL;
}

static int put_record(struct bytes *out, const struct usbip_export *e, size_t index)
{
    const uint8_t *device = e->device->device_descriptor;
    uint8_t record[RECORD] = { 0 };
    char busid[BUSID];
    write_busid(busid, index);
    snprintf((char *)record, 256, "/sys/devices/simulated/%s", busid);
    memcpy(record + 256, busid, BUSID);
    put_be32(record + 288, BUS);
    put_be32(record + 292, e->number);
    put_be32(record + 296, speed_of(e->device));
    put_be16(record + 300, get_le16(device + 8));
    put_be16(record + 302, get_le16(device + 10));
    put_be16(record + 304, get_le16(device + 12));
    memcpy(record + 306, device + 4, 3); /* class, subclass, protocol */
    record[309] = e->settings.configuration;
    record[310] = device[17];
    record[311] = e->device->configuration[4];
    return bytes_append(out, record, sizeof(record));
}

/* Class, subclass and protocol of as many interfaces as the record has announced. */
static int put_interfaces(struct bytes *out, const struct sim_device *d)
{
    const uint8_t *p = d->configuration, *end = p + d->configuration_length;
    uint8_t left = d->configuration[4], none[4] = { 0 };
    int r = 0;
    for (; !r && left && end - p >= 2 && p[0] >= 2 && p[0] <= end - p; p += p[0]) {
        if (p[1] != INTERFACE || p[0] < 9 || p[3])
            continue;
        uint8_t entry[4] = { p[5], p[6], p[7] };
        r = bytes_append(out, entry, sizeof(entry));
        left--;
    }
    for (; !r && left; left--)
        r = bytes_append(out, none, sizeof(none));
    return r;
}

static int put_operation(struct bytes *out, uint16_t code, uint32_t status)
{
    uint8_t head[OPERATION];
    put_be16(head, VERSION);
    put_be16(head + 2, code);
    put_be32(head + 4, status);
    return bytes_append(out, head, sizeof(head));
}

static int list(const struct usbip_export *exports, size_t count, struct bytes *answer)
{
    uint32_t plugged = 0;
    for (size_t i = 0; i < count; i++)
        plugged += exports[i].device->is_plugged;
    int r = put_operation(answer, REP_LIST, 0);
    if (!r)
        r = bytes_append_be32(answer, plugged);
    for (size_t i = 0; !r && i < count; i++) {
        if (!exports[i].device->is_plugged)
            continue;
        r = put_record(answer, &exports[i], i);
        if (!r)
            r = put_interfaces(answer, exports[i].device);
    }
    return r ? r : USBIP_LISTED;
}

static int refuse(struct bytes *answer, uint32_t status)
{
    int r = put_operation(answer, REP_IMPORT, status);
    return r ? r : USBIP_REFUSED;
}

static int import(struct usbip_export **out, struct usbip_export *exports, size_t count,
                  const uint8_t *busid, struct bytes *answer)
{
    for (size_t i = 0; i < count; i++) {
        struct usbip_export *e = &exports[i];
        char own[BUSID];
        write_busid(own, i);
        if (!e->device->is_plugged || strncmp((const char *)busid, own, BUSID))
            continue;
        if (e->is_imported)
            return refuse(answer, STATUS_BUSY);
        int r = put_operation(answer, REP_IMPORT, 0);
        if (!r)
            r = put_record(answer, e, i);
        if (r)
            return r;
        *out = e;
        return USBIP_IMPORTED;
    }
    return refuse(answer, STATUS_NO_DEVICE);
}

int usbip_export_take(struct usbip_export **out, struct usbip_export *exports, size_t count,
                      struct bytes *in, struct bytes *answer)
{
    if (in->length < OPERATION)
        return USBIP_WAITS;
    uint16_t code = get_be16(in->data + 2);
    if (get_be16(in->data) != VERSION || (code != REQ_LIST && code != REQ_IMPORT))
        return -EBADMSG;
    if (code == REQ_IMPORT && in->length < IMPORT)
        return USBIP_WAITS;
    int r = code == REQ_LIST ? list(exports, count, answer)
                             : import(out, exports, count, in->data + OPERATION, answer);
    bytes_consume(in, code == REQ_LIST ? OPERATION : IMPORT);
    return r;
}

bool usbip_export_is_taken(const struct usbip_export *exports, size_t count, const struct bytes *in)
{
    if (in->length < IMPORT || get_be16(in->data + 2) != REQ_IMPORT)
        return false;
    for (size_t i = 0; i < count; i++) {
        char own[BUSID];
        write_busid(own, i);
        if (!strncmp((const char *)in->data + OPERATION, own, BUSID))
            return exports[i].device->is_plugged && exports[i].is_imported;
    }
    return false;
}
