/* What the files of the monkey share. */
#pragma once

#include "tests/golden/variants.h"

enum { CARDS = 5 };

struct staff_room {
    struct shift *shift;
    struct shift_devices devices;
    unsigned asked; /* bits 1 << enum shift_order_kind, and one for paper */
    size_t pages[SHIFT_PAGES];
};

enum { PLACES_MAX = 512 };

struct monkey {
    struct visits visits;
    struct stage *stage, *witness; /* witness: shows nothing but pages of nobody */
    struct staff_room staff;
    struct person cards[CARDS];
    unsigned cards_seen; /* bits: those that lay here in this visit */
    uint64_t chance;
    size_t acts, visits_ended, escapes, screens[SCREEN_COUNT], failures;
    size_t next_place; /* all places in turn, each turn in another order */
    unsigned short order[PLACES_MAX];
};

/* ---- monkey.c ------------------------------------------------------------------------ */
/* 0 to below - 1. */
uint32_t draw_lot(struct monkey *m, uint32_t below);
void complain(struct monkey *m, const char *what, const char *where);
/* Show what is new and look whether all holds. */
void settle(struct monkey *m);
void send_touch(struct monkey *m, struct touch t);
/* An event that a page or a device has: the session's or the shift's. */
void send_event(struct monkey *m, const struct event *e);

/* ---- monkey_watch.c: what must always hold ------------------------------------------- */
void watch_page(struct monkey *m);
/* A visit was over just now, and nobody is here. */
void watch_forgotten(struct monkey *m);
/* Leave by what the page offers alone, or by waiting alone: within a few steps nobody is here. */
void watch_escape(struct monkey *m, bool is_by_hand);
/* Which screens and staff pages were reached, and how often; true: all of them. */
bool watch_report(const struct monkey *m);

/* ---- monkey_drawing.c: nothing is left of the page before */
void watch_drawing(struct monkey *m);

/* ---- monkey_county.c: who answers ---------------------------------------------------- */
/* Answers one thing that was asked, well or badly; or says what nobody asked for. */
void county_answer(struct monkey *m);
void county_say_unasked(struct monkey *m);
void county_know_point(struct monkey *m);

/* ---- monkey_walk.c: how it comes in -------------------------------------------------- */
void cards_open(struct monkey *m);
void card_laid(struct monkey *m);
/* All places from now on, in another order than before. */
void begin_turn(struct monkey *m);
/* To the next of them, mostly by somebody new, now and then from wherever it is. */
void walk_in(struct monkey *m);
void change_catalogue(struct monkey *m);

/* ---- monkey_staff.c: a stick, a PIN, and what staff do ------------------------------- */
void shift_room_open(struct monkey *m);
void shift_room_close(struct monkey *m);
void shift_touch(struct monkey *m, const struct event *e);
void shift_happen(struct monkey *m);
/* Whoever has the stick and knows the PIN goes in. */
void shift_walk_in(struct monkey *m);
/* Time passes, and the screen changes hands. */
void shift_follow(struct monkey *m);
