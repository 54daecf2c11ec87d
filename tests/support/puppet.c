#include "tests/support/puppet.h"

#include <stdlib.h>

#include "tests/support/check.h"

static const uint8_t device_descriptor[18] = { 18, 1,    0x00, 0x02, 0,    0, 0, 64, 0x09,
                                               12, 0x01, 0x00, 0x34, 0x12, 1, 2, 3,  1 };
static const uint8_t configuration[] = {
    9, 2, 39,  0, 1,      1,    0, 0x80, 50, /* one interface */
    9, 4, 0,   0, 3,      0xff, 0, 0,    0,  /* of vendor class */
    7, 5, OUT, 2, PACKET, 0,    0, 7,    5,  IN, 2, PACKET, 0, 0, 7, 5, IN_OTHER, 3, 8, 0, 10,
};

static int take_out(struct sim_device *d, uint8_t endpoint, const uint8_t *data, size_t length,
                    int64_t now_ms)
{
    struct puppet *p = d->model;
    (void)now_ms;
    if (endpoint != OUT || p->stalls_out)
        return SIM_STALL;
    size_t n = length < p->room ? length : p->room;
    if (p->pulls_after && p->taken + n >= p->pulls_after) {
        n = p->pulls_after - p->taken;
        d->is_plugged = false;
    }
    memcpy(p->got + p->taken, data, n);
    p->taken += n;
    p->room -= n;
    return (int)n;
}

static int give_in(struct sim_device *d, uint8_t endpoint, uint8_t *data, size_t size,
                   int64_t now_ms)
{
    struct puppet *p = d->model;
    (void)now_ms;
    if (p->stalls_in)
        return SIM_STALL;
    if (endpoint != IN)
        return SIM_NAK;
    if (p->is_flooding) {
        memset(data, 0x55, size);
        p->flood += size;
        return (int)size;
    }
    size_t n = size < p->says_left ? size : p->says_left;
    n = p->most && n > p->most ? p->most : n;
    if (n)
        memcpy(data, p->says, n);
    p->says += n;
    p->says_left -= n;
    return n ? (int)n : SIM_NAK;
}

static int answer_vendor(struct sim_device *d, const uint8_t setup[8], uint8_t *data,
                         int64_t now_ms)
{
    (void)d, (void)now_ms;
    if (setup[0] != 0xc0 || setup[1] != 7)
        return SIM_STALL;
    memcpy(data, (const uint8_t[]){ 1, 2, 3 }, 3);
    return 3;
}

static void forgive(struct sim_device *d, uint8_t endpoint)
{
    struct puppet *p = d->model;
    (void)endpoint;
    p->stalls_out = p->stalls_in = false;
    p->halts_cleared++;
}

void puppet_init(struct puppet *p)
{
    *p = (struct puppet){
        .device = { .device_descriptor = device_descriptor,
                    .configuration = configuration,
                    .configuration_length = sizeof(configuration),
                    .strings = { NULL, "Example", "Puppet", "序号-7" },
                    .is_plugged = true,
                    .control = answer_vendor,
                    .out = take_out,
                    .in = give_in,
                    .clear_halt = forgive },
        .room = SIZE_MAX,
    };
    p->device.model = p;
}

struct stage stage_start(void)
{
    struct stage s = { .puppet = malloc(sizeof(*s.puppet)) };
    struct usb_info info[4];
    size_t count;
    puppet_init(s.puppet);
    s.bench = usb_bench_start((struct sim_device *[]){ &s.puppet->device }, 1);
    CHECK_EQ(usb_bus_usbip(&s.bus, usb_bench_address(s.bench)), 0);
    CHECK_EQ(usb_list(s.bus, info, 4, &count), 0);
    CHECK_EQ(count, 1);
    CHECK_EQ(usb_open(&s.device, s.bus, &info[0], 0), 0);
    return s;
}

void stage_end(struct stage *s)
{
    usb_close(s->device);
    usb_bus_free(s->bus);
    usb_bench_end(s->bench);
    free(s->puppet);
}

void stage_say(struct stage *s, const void *what, size_t length, size_t most)
{
    usb_bench_hold(s->bench);
    s->puppet->says = what;
    s->puppet->says_left = length;
    s->puppet->most = most;
    usb_bench_go_on(s->bench);
}
