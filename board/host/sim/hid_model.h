/* What simulated HID devices share: one interface with one interrupt IN endpoint (81), a report descriptor, class requests
 * and the ways in which the electronics go wrong. What is reported is the owner's business. */
#pragma once

#include "board/host/sim/device.h"

enum { SIM_HID_REPORT = 64, SIM_HID_CONFIGURATION = 34 };

struct sim_hid {
    struct sim_device device;
    uint8_t device_descriptor[18], configuration[SIM_HID_CONFIGURATION];
    const uint8_t *descriptor; /* of reports */
    size_t descriptor_length;
    void *owner;
    /* The next report that is due: its length, or SIM_NAK. */
    int (*next)(void *owner, uint8_t report[SIM_HID_REPORT], int64_t now_ms);
    /* A report by id as it stands (GET_REPORT): its length, or SIM_STALL. NULL: the device does not answer this. */
    int (*level)(void *owner, uint8_t id, uint8_t report[SIM_HID_REPORT]);
    /* When the next report is due; -1: never. */
    int64_t (*due)(void *owner, int64_t now_ms);
    uint64_t given; /* reports that a host has fetched */
    uint32_t noise;
    bool is_halted, stalls, is_mute, is_babbling, is_short;
};

struct sim_hid_about {
    uint16_t vendor, product;
    const char *maker, *name;
    bool is_keyboard; /* boot interface subclass, protocol 1 */
    const uint8_t *descriptor;
    size_t descriptor_length;
};

/* Fills everything but owner, next, level and due. */
void sim_hid_init(struct sim_hid *h, const struct sim_hid_about *about);
/* Faults by name; false for an unknown one.
 *   none     all off                           stall-once  IN halts once, until clear-halt
 *   stall    IN halts again after each clear   silence     nothing is reported
 *   babble   IN always has a report of noise   short       reports lack their last byte */
bool sim_hid_fault(struct sim_hid *h, const char *name);
