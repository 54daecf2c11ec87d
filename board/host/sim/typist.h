/* A US keyboard typing: bytes to boot reports (HID 1.11, appendix B), and its report descriptor. */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "board/host/sim/hid_model.h"

enum { TYPIST_REPORT = 8 };

extern const uint8_t typist_descriptor[];
extern const size_t typist_descriptor_length;

/* The report with the keys of one character down. A line feed is Enter; what the keyboard does not have is Control+A. */
void typist_keys(uint8_t byte, uint8_t report[TYPIST_REPORT]);

/* ---- a keyboard that does not belong here -------------------------------------------- */
/* 046d:c31c. A passer-by plugs it in and types; the kiosk must never hear it. */
struct sim_keyboard; /* body in typist.c */

struct sim_keyboard *sim_keyboard_new(void);
void sim_keyboard_free(struct sim_keyboard *k); /* NULL is fine */
struct sim_device *sim_keyboard_device(struct sim_keyboard *k);
/* At most 256 bytes more. */
void sim_keyboard_type(struct sim_keyboard *k, const char *text);
/* Reports that a host has fetched: 0 on a kiosk that is well. */
uint64_t sim_keyboard_reports(const struct sim_keyboard *k);
