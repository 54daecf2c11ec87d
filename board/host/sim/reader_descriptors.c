/* What each style of the simulated ID reader shows of itself (USB 2.0, 9.6; HID 1.11, 6.2.1). */
#include "board/host/sim/reader_inside.h"

static const uint8_t pipes_device[18] = { 18,   1,    0x00, 0x02, 0,    0, 0, 64, 0x00,
                                          0x04, 0x5a, 0xc3, 0x00, 0x01, 1, 2, 0,  1 };

static const uint8_t hid_device[18] = { 18,   1,    0x00, 0x02, 0,    0, 0, 64, 0x8b,
                                        0x2b, 0x21, 0x27, 0x00, 0x01, 1, 2, 0,  1 };

static const uint8_t split_configuration[] = {
    9, 2, 46, 0, 1,    1, 0,  0xe0, 50, 9, 4, 0,    0, 4,  0xff, 0, 0, 0, 7,    5, 0x02, 2, 64,
    0, 0, 7,  5, 0x06, 2, 64, 0,    0,  7, 5, 0x81, 2, 64, 0,    0, 7, 5, 0x85, 2, 64,   0, 0,
};

static const uint8_t single_configuration[] = {
    9, 2, 32, 0, 1,    1, 0,  0xe0, 50, 9, 4, 0,    0, 2,  0xff, 0,
    0, 0, 7,  5, 0x01, 2, 64, 0,    0,  7, 5, 0x81, 2, 64, 0,    0,
};

/* Reports of 64 bytes both ways, every 4 ms. */
static const uint8_t hid_configuration[] = {
    9, 2,  41,   0, 1,  1, 0,  0xe0, 50, /* one interface, */
    9, 4,  0,    0, 2,  3, 0,  0,    0,  /* HID, no boot protocol */
    9, 33, 0x11, 1, 0,  1, 34, 27,   0,  /* whose report descriptor has 27 bytes */
    7, 5,  0x01, 3, 64, 0, 4,            /* out */
    7, 5,  0x81, 3, 64, 0, 4,            /* in */
};

void sim_reader_describe(struct sim_reader *r, enum sim_reader_style style)
{
    r->style = style;
    r->device.device_descriptor = style == SIM_READER_HID ? hid_device : pipes_device;
    switch (style) {
    case SIM_READER_SPLIT:
        r->device.configuration = split_configuration;
        r->device.configuration_length = sizeof(split_configuration);
        break;
    case SIM_READER_HID:
        r->device.configuration = hid_configuration;
        r->device.configuration_length = sizeof(hid_configuration);
        break;
    case SIM_READER_SINGLE:
    case SIM_READER_SERIAL: /* its USB plug is never in */
        r->device.configuration = single_configuration;
        r->device.configuration_length = sizeof(single_configuration);
        break;
    }
}
