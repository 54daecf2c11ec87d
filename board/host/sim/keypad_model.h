/* A tactile keypad made of memory: arrows, select, back, repeat, help, volume and a headphone jack, as a USB HID device in
 * two layouts. Belongs to one thread; time is what it is told. */
#pragma once

#include "board/host/sim/hid_model.h"
#include "firmware/base/fault.h"

enum sim_keypad_layout {
    SIM_KEYPAD_PLAIN, /* 0483:5750: keyboard arrows, Enter, Escape; consumer volume; telephony hook */
    SIM_KEYPAD_FUNCTIONS, /* 2047:09d0: function keys from F13 on, the jack too */
};

enum { SIM_KEYPAD_TAP_MS = 80 };

struct sim_keypad; /* body in keypad_model.c */

struct sim_keypad *sim_keypad_new(enum sim_keypad_layout layout);
void sim_keypad_free(struct sim_keypad *k); /* NULL is fine */
AUTO_DEFINE(struct sim_keypad, sim_keypad_free)
/* Borrowed; lives as long as the model. */
struct sim_device *sim_keypad_device(struct sim_keypad *k);

/* Let fingers that are due move, also while nobody listens. */
void sim_keypad_tick(struct sim_keypad *k, int64_t now_ms);
/* A finger on a key: "up", "down", "left", "right", "select", "back", "repeat", "help", "louder", "softer". It goes up
 * again after `for_ms`; 0: when it is let go. False: no such key, or too much is planned already. */
bool sim_keypad_press(struct sim_keypad *k, const char *key, int for_ms, int64_t now_ms);
bool sim_keypad_let_go(struct sim_keypad *k, const char *key, int64_t now_ms);
bool sim_keypad_is_down(const struct sim_keypad *k, const char *key);
/* Name of key `i`; NULL behind the last. */
const char *sim_keypad_key(size_t i);
/* The plug in the jack. */
void sim_keypad_headphones(struct sim_keypad *k, bool are_in, int64_t now_ms);
bool sim_keypad_has_headphones(const struct sim_keypad *k);
/* Faults of hid_model.h, and
 *   rollover  reports that too many keys are down, until "none"
 *   bounce    each contact opens and closes three times */
bool sim_keypad_fault(struct sim_keypad *k, const char *name);
/* Reports that a host has fetched. */
uint64_t sim_keypad_reports(const struct sim_keypad *k);
