/* links: board/host/sim firmware/base */
#include <stdlib.h>
#include <string.h>

#include "board/host/sim/usbip_export.h"

/* What a USB/IP client says to the simulator, before and after it has imported a device that echoes. */

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const uint8_t device_descriptor[18] = { 18, 1, 0, 2, 0, 0, 0, 64, 9,
                                               12, 1, 0, 0, 1, 1, 2, 3,  1 };
static const uint8_t configuration[] = { 9,  2, 32, 0,    1, 1,    0, 0x80, 50, 9, 4,
                                         0,  0, 2,  0xff, 0, 0,    0, 7,    5,  1, 2,
                                         64, 0, 0,  7,    5, 0x81, 2, 64,   0,  0 };
static uint8_t kept[4096];
static size_t used;

static int take_out(struct sim_device *d, uint8_t endpoint, const uint8_t *data, size_t length,
                    int64_t now_ms)
{
    (void)d, (void)endpoint, (void)now_ms;
    size_t n = length < sizeof(kept) - used ? length : sizeof(kept) - used;
    memcpy(kept + used, data, n);
    used += n;
    return (int)n;
}

static int give_in(struct sim_device *d, uint8_t endpoint, uint8_t *data, size_t size,
                   int64_t now_ms)
{
    (void)d, (void)endpoint, (void)now_ms;
    size_t n = size < used ? size : used;
    memcpy(data, kept, n);
    memmove(kept, kept + n, used - n);
    used -= n;
    return n ? (int)n : SIM_NAK;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct sim_device device = { .device_descriptor = device_descriptor,
                                 .configuration = configuration,
                                 .configuration_length = sizeof(configuration),
                                 .strings = { NULL, "A", "B", "C" },
                                 .is_plugged = true,
                                 .out = take_out,
                                 .in = give_in };
    struct usbip_export export = { .device = &device, .settings = sim_settings_plugged(&device) };
    struct usbip_export *taken = NULL;
    struct usbip_session s = { .export = &export };
    used = 0;
    int r = bytes_append(&s.in, data, size);
    if (!r && size && data[0] == 1)
        r = usbip_export_take(&taken, &export, 1, &s.in, &s.out);
    if (r >= 0 && r != USBIP_WAITS)
        r = usbip_session_take(&s, 1);
    if (r >= 0 && usbip_session_unplug(&s))
        abort();
    usbip_session_end(&s);
    return 0;
}
