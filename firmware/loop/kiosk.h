/* All that `kiosk` is made of, and the parts of its loop. Inside firmware/loop and firmware/kiosk.c
 * only; everything runs on the main thread. */
#pragma once

#include <pthread.h>
#include <stdatomic.h>
#include <time.h>

#include "board/board.h"
#include "board/host/robot.h"
#include "firmware/loop/brief.h"
#include "firmware/loop/faults.h"
#include "firmware/loop/glass.h"
#include "firmware/base/notify.h"
#include "firmware/base/tongue.h"
#include "firmware/calendar/calendar.h"
#include "firmware/loop/occupied.h"
#include "firmware/loop/options.h"
#include "firmware/worker/keypad.h"
#include "firmware/worker/link.h"
#include "firmware/worker/paper.h"
#include "firmware/worker/printing.h"
#include "firmware/worker/reader.h"
#include "firmware/worker/scanner.h"
#include "firmware/worker/spelling.h"
#include "firmware/worker/stick.h"
#include "ui/input/handwriting/handwriting.h"
#include "ui/input/rare/rare.h"
#include "ui/present/present.h"
#include "ui/screen/stage.h"
#include "ui/speech/narrate.h"
#include "ui/speech/voice.h"

/* The system's clocks, which a robot may put forward. Read by every thread. */
struct kiosk_clock {
    struct clock base;
    _Atomic int64_t offset_ms;
};

/* Speech, and what it has told of the page so far. */
struct reading {
    struct voice *voice; /* NULL while nobody wants it */
    struct narrator narrator;
    struct slip *slip; /* what was printed in this visit, to be read out; NULL: nothing */
    bool is_on, has_headphones;
};

/* Staff at the machine: their shift, its stick, and what they print. */
struct staffing {
    struct shift *shift;
    struct stick_worker *stick;
    char job[33]; /* of what was printed last for them */
    bool has_keypad, has_scanner;
    bool is_practice_next; /* the shift ends with it */
    bool is_proving; /* a PIN of a resident's visit is being checked (SS-72), not that of a shift */
};

/* What is to be printed as soon as the picture is drawn. */
struct slips {
    struct slip *waiting; /* NULL: nothing */
    char job[POST_NAME], receipt[RECEIPT_TEXT];
    bool is_reprint, is_warming;
    int warmed; /* fonts that this review has opened ahead */
};

/* The file of an editor, as it was when it was read last. */
struct preview {
    bool is_read;
    int64_t due_ms, size; /* boot clock: when to look again; bytes, -1: there was none */
    struct timespec changed;
    uint64_t inode;
};

struct kiosk {
    struct options options;
    struct kiosk_clock clock;
    struct queue *inbox;
    struct presenter *presenter;
    struct glass glass;
    struct stage *stage;
    struct session *session;
    struct trust *trust;
    struct catalogue *catalogue, *next_catalogue;
    struct tongues tongues;   /* languages beside Chinese and English */
    struct calendar calendar; /* working days; a year without a pack has its weekends */
    struct link *link;
    struct reader *reader;
    struct paper *paper;
    struct printing *printing;
    struct spelling_worker *spelling;
    struct handwriting *handwriting;
    struct rare *rare;
    struct keypad_worker *keypad;
    struct scanner_worker *scanner;
    struct reading reading;
    struct exercises *exercises; /* NULL: nothing to practise with scores */
    struct staffing staff;
    struct faults faults;
    struct occupied occupied;
    struct brief brief;
    struct slips slips;
    struct preview preview;
    struct robot *robot;
    struct notify notify;
    pthread_t signal_thread;
    struct post *next; /* what begins the next visit, while the last slip is on its way */
    int64_t health_ms,
        health_told_ms; /* boot clock: when the devices are looked at again; when kiosk-syncd was told last */
    struct link_health health; /* what it was told */
    bool is_forgetting, has_signal_thread;
    _Atomic bool is_ending;
};

/* ---- ports.c: what the session asks for ------------------------------------------------------- */
extern const struct session_ports kiosk_ports;

/* ---- slips.c: what goes to paper ---------------------------------------------------------------- */
/* Draw and print once the picture is drawn; takes the slip. What comes of it comes back as EV_PRINT_STATE of `job`. */
void kiosk_print(struct kiosk *k, struct slip *slip, const char *job, const char *receipt,
                 bool is_reprint);
/* What waits is drawn and goes to the printer's thread; some 10 ms. */
void slips_start(struct kiosk *k);
void slips_drop(struct kiosk *k);
/* One waits, or is being printed: nobody else's visit begins. */
bool slips_are_on_their_way(const struct kiosk *k);
/* While somebody reviews: the next of the receipt's fonts is opened, some 6 ms. */
void slips_warm(struct kiosk *k);
int64_t slips_deadline_ms(const struct kiosk *k);

/* ---- documents.c: keys and catalogue of the county -------------------------------------------- */
void documents_take(struct kiosk *k, const struct post *p);
/* A new catalogue waits until nobody is in the middle of the old one. */
void documents_change_catalogue(struct kiosk *k);

/* ---- preview.c: an item of a catalogue as it is being written ---------------------------------- */
void preview_follow(struct kiosk *k);
int64_t preview_deadline_ms(const struct kiosk *k);

/* ---- hands.c: finger, keypad, scanner, robot -------------------------------------------------- */
extern const struct robot_hands kiosk_robot_hands; /* `context` is to be filled in */
void hands_take_input(struct kiosk *k, const struct input *input);
void hands_take_key(struct kiosk *k, const struct post *p);
void hands_take_scan(struct kiosk *k, const struct post *p);

/* ---- reading.c: the screen read out ----------------------------------------------------------- */
/* After the page was built: say what is new in it. */
void reading_tell(struct kiosk *k);
void reading_repeat(struct kiosk *k);
/* Keep a copy of what goes to paper, until the visit ends. */
void reading_keep_slip(struct kiosk *k, const struct slip *slip);
void reading_tell_slip(struct kiosk *k);
void reading_hush(struct kiosk *k);
void reading_set_headphones(struct kiosk *k, bool is_in);
void reading_forget(struct kiosk *k);
int64_t reading_deadline_ms(const struct kiosk *k);

/* Start the voice, which speaks only when it is told to; it ends with the visit. */
void reading_begin(struct kiosk *k);
bool reading_can_speak(const struct kiosk *k);
/* One sentence of no one, to hear whether the voice can be heard. */
void reading_try(struct kiosk *k);
/* Staff are called aloud, in the language of the room. */
void reading_call_out(struct kiosk *k);

/* ---- staff.c: a shift and what it asks for ------------------------------------------------------ */
NODISCARD int staff_open(struct kiosk *k);  /* before the first picture */
NODISCARD int staff_start(struct kiosk *k); /* the stick's thread */
void staff_close(struct kiosk *k);
/* The screen is theirs while they want it and no resident is here, and the residents' again behind them. */
void staff_follow(struct kiosk *k);
/* A finger on their screen. */
void staff_finger(struct kiosk *k, const struct event *event);
/* Where the panel felt a finger that met no button. */
void staff_felt(struct kiosk *k, int x, int y);
/* News of the stick's thread. */
void staff_hear_news(struct kiosk *k, const struct shift_news *news);
/* An event that the session is told of too: a card, a slip. True: it was about a slip of theirs. */
bool staff_hear_event(struct kiosk *k, const struct event *event);
/* True: their page took the key. */
bool staff_hear_key(struct kiosk *k, enum keypad_event key);
/* From the stick's thread. */
void staff_hear_news(struct kiosk *k, const struct shift_news *n);
/* What a visit asks of a window clerk: the PIN of the stick that is in, and a line of the audit log. */
void staff_prove(struct kiosk *k, const char *pin);
void staff_note(struct kiosk *k, const char *action, const char *detail);
void staff_hear_scan(struct kiosk *k, const struct post *p);
int64_t staff_deadline_ms(const struct kiosk *k);

/* ---- staff_slip.c: what they print -------------------------------------------------------------- */
/* 0 or a fault. */
NODISCARD int staff_slip_make(struct slip **out, struct kiosk *k, enum shift_paper what,
                              const char *receipt);

/* ---- staff_device.c: devices as the workers know them ------------------------------------------- */
void staff_look(struct kiosk *k, struct shift_devices *out);
/* The same without the sound, which would have to be started for it. */
void staff_look_quietly(struct kiosk *k, struct shift_devices *out);

/* ---- health.c: the same for the county ----------------------------------------------------------- */
void health_tell(struct kiosk *k); /* when it is time */
void health_soon(
    struct kiosk *k); /* something was heard: look again within a quarter of a minute */
int64_t health_deadline_ms(const struct kiosk *k);

/* ---- next.c: one visit behind the other -------------------------------------------------------- */
/* True: this begins a visit and has to wait; it is kept and owned from now on. */
bool next_keeps(struct kiosk *k, struct post *p);
/* The same for an event of a hand; one that need not wait is the session's at once. */
void next_tell(struct kiosk *k, const struct event *event);
/* What was kept happens, once the slip has an end. */
void next_follow(struct kiosk *k);
int64_t next_deadline_ms(struct kiosk *k);

/* ---- run.c ------------------------------------------------------------------------------------ */
/* Turns until it is told to end. */
void kiosk_run(struct kiosk *k);
/* Draw what has changed, let go of what is over. */
void kiosk_settle(struct kiosk *k);
