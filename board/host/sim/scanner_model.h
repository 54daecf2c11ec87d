/* A 2D code scanner made of memory, in the three styles that scanners have. Belongs to one thread; time is what it is
 * told. */
#pragma once

#include "board/host/sim/hid_model.h"
#include "firmware/base/fault.h"

enum sim_scanner_style {
    SIM_SCANNER_KEYBOARD, /* 1eab:0003: types on a US keyboard */
    SIM_SCANNER_POS,      /* 1eab:0010: HID Point of Sale */
    SIM_SCANNER_SERIAL,   /* 1eab:0006: CDC ACM */
};

enum { SIM_SCANNER_TEXT = 4096 };

struct sim_scanner; /* body in scanner_model.c */

struct sim_scanner *sim_scanner_new(enum sim_scanner_style style);
void sim_scanner_free(struct sim_scanner *s); /* wipes; NULL is fine */
AUTO_DEFINE(struct sim_scanner, sim_scanner_free)
/* Borrowed; lives as long as the model. */
struct sim_device *sim_scanner_device(struct sim_scanner *s);
/* Hold a code before it. False: it is still sending the one before, or the text is too long. Characters that a US keyboard
 * does not have come out as Control+A in that style. */
bool sim_scanner_show(struct sim_scanner *s, const char *text);
/* Has everything been sent? */
bool sim_scanner_is_idle(const struct sim_scanner *s);
/* Faults of hid_model.h (not in serial style, but stall-once, stall and silence), and
 *   flood    the same code again and again        endless  a code without end
 *   binary   the next code is bytes, not text     half     the next code breaks off in its middle
 *   half-unplug  likewise, and the cable is out then */
bool sim_scanner_fault(struct sim_scanner *s, const char *name);
uint64_t sim_scanner_reports(const struct sim_scanner *s);
