/* Visits without devices: a real session with a fake clock and everything around it faked, brought
 * by events into every screen and state that the view offers. What is random in a kiosk counts up
 * here, so that the same visit gives the same picture on every machine. One thread. */
#pragma once

#include "firmware/base/clock.h"
#include "firmware/service/shift.h"
#include "firmware/session/session.h"
#include "ui/input/rare/rare.h"

struct wishes {
    enum language language;
    bool is_contrast, is_elder, is_lowered;
};

/* What the session waits for; cleared by whoever answers. Bits. */
enum visits_asked {
    ASKED_RESERVE = 1,
    ASKED_SUBMIT = 2,
    ASKED_CASE = 4,
    ASKED_PRINT = 8,
    ASKED_NOTES = 16,
    ASKED_LETTERS = 32,
    ASKED_PARCEL = 64,
    ASKED_FIGURES = 128,
    ASKED_COUNTY = 256,
};

struct visits {
    struct session *session;
    struct shift *shift; /* of staff */
    struct shift_devices devices;
    bool is_new_kiosk; /* that it sees: it has joined no county */
    bool is_lost;      /* a page of staff was not reached */
    struct fake_clock clock;
    struct person person, other;
    struct wishes wishes;
    unsigned asked; /* enum visits_asked */
    char token[33], job[33], letters[40], parcel[33], receipt[RECEIPT_TEXT];
    bool is_forgotten; /* the session wiped a visit since this was last cleared */
    /* shared by all visits */
    struct catalogue *catalogue;
    struct exercises *exercises;
    struct trust *trust;
    struct rare *rare;
    char *keys; /* document */
};

/* Ends the program with a sentence when a file is missing. `root`: the repository. */
void visits_open(struct visits *v, const char *root);
void visits_close(struct visits *v);
/* Nobody is here, all devices work, and the next visitor wants it like this. */
void visits_begin(struct visits *v, struct wishes wishes);

void visits_event(struct visits *v, enum event_kind kind, const char *name, const char *value);
void visits_number(struct visits *v, enum event_kind kind, int number);
void visits_card(struct visits *v, const struct person *p);
void visits_link(struct visits *v, bool is_there, bool is_up);
/* From now on until the next visits_begin(), the county can be asked while somebody waits; or can not any more. */
void visits_let_ask(struct visits *v);
void visits_let_not_ask(struct visits *v);
/* The ports of a first visit: what is random begins anew. */
const struct session_ports *visits_ports_begin(void);

struct place {
    const char *name; /* <screen>-<state> */
    enum screen screen;
    void (*go)(struct visits *v);
    int wait_ms;   /* the picture is taken so long after it was first shown */
    bool is_staff; /* looks the same whatever a resident wished, but for language and height */
};
extern const struct place places[];
extern const size_t place_count;
