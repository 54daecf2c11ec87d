/* The commands of kioskctl. Each prints to standard output and returns the exit code: 0 done, 1 failed (a sentence is on
 * standard error), 2 wrong usage. One thread; blocks as long as the thing asked takes, at most 30 s. */
#pragma once

#include <jansson.h>
#include <stdbool.h>

struct ctl {
    const char *socket; /* of kiosk-syncd */
    const char *usbip;  /* HOST:PORT of simulated devices, NULL: real USB */
    bool is_json;
    int wait_ms;   /* for a card, a code, keys */
    bool has_wait; /* --wait was given */
};

struct ctl_command {
    const char *words; /* "queue list" */
    const char *argument, *help;
    int (*run)(const struct ctl *c, const char *argument);
};

/* ---- asking kiosk-syncd (ask.c) ------------------------------------------------------ */
int ctl_status(const struct ctl *c, const char *argument);
int ctl_queue_list(const struct ctl *c, const char *state);
int ctl_queue_sync(const struct ctl *c, const char *argument);
int ctl_queue_release(const struct ctl *c, const char *seq);
int ctl_enrol(const struct ctl *c, const char *code);
int ctl_events(const struct ctl *c, const char *from);

/* ---- devices, while kiosk is stopped (devices.c, card.c, contact.c, print.c, inputs.c) ------------------------------------- */
int ctl_devices(const struct ctl *c, const char *argument);
int ctl_devices_watch(const struct ctl *c, const char *argument);
int ctl_card_read(const struct ctl *c, const char *argument);
int ctl_card_contact(const struct ctl *c, const char *argument);
int ctl_print_test(const struct ctl *c, const char *argument);
int ctl_printer(const struct ctl *c, const char *argument);
int ctl_keypad(const struct ctl *c, const char *argument);
int ctl_scanner(const struct ctl *c, const char *argument);

/* ---- shared -------------------------------------------------------------------------- */
/* One line of JSON on standard output. Takes the value. */
void ctl_print_json(json_t *value);
/* "kioskctl: ..." on standard error. Returns 1. */
int ctl_fail(const char *format, ...) __attribute__((format(printf, 1, 2)));
