/* What the staff screens show: how a shift stands, valid until the shift hears of anything more. Plain data; figures,
 * numbers of receipts and sentences, never who or what about. */
#pragma once

#include "firmware/base/touch_map.h"
#include "firmware/base/wired.h"
#include "firmware/point/figures.h"
#include "firmware/service/errand.h"
#include "firmware/service/firmware.h"
#include "firmware/service/handover.h"
#include "firmware/service/join.h"
#include "firmware/service/reach.h"
#include "firmware/service/ready.h"
#include "firmware/service/roles.h"
#include "firmware/service/staff.h"

enum shift_page {
    SHIFT_AWAY,     /* nothing of staff is shown: the kiosk is the residents' */
    SHIFT_REFUSED,  /* this stick opens nothing; says why */
    SHIFT_PIN,      /* who has a good stick proves that it is theirs */
    SHIFT_CHECKING, /* the PIN is being looked at */
    SHIFT_MENU,
    SHIFT_READINESS,
    SHIFT_PAPER,
    SHIFT_CLEAN, /* the glass is wiped: touches mean nothing for a while */
    SHIFT_SETTLE,
    SHIFT_CARRY,
    SHIFT_HANDOVER,
    SHIFT_PRACTICE,
    SHIFT_DEVICES,
    SHIFT_READER, /* tests, one button each */
    SHIFT_PRINTER,
    SHIFT_KEYPAD,
    SHIFT_SCANNER,
    SHIFT_SOUND,
    SHIFT_TOUCH,
    SHIFT_CALIBRATE, /* of the glass */
    SHIFT_COUNTERS,
    SHIFT_FIGURES,
    SHIFT_QUEUE,
    SHIFT_NETWORK,
    SHIFT_JOIN,  /* a county, by this stick */
    SHIFT_WIRED, /* from the network: how the cable is set up */
    SHIFT_UPDATE,
    SHIFT_LOGS,
    SHIFT_PULLED, /* the stick went in the middle of its work: what that means */
    SHIFT_PAGES,
};

/* How one thing that was asked for goes. */
enum shift_step { STEP_OFF, STEP_NOW, STEP_WELL, STEP_UNSURE, STEP_FAILED };

/* Devices as the workers know them now. Sentences are constants: what is wrong and what to do, "" when nothing is. */
struct shift_devices {
    enum ready_device reader, printer, screen, sound, keypad, scanner;
    const char *reader_zh, *reader_en, *printer_zh, *printer_en;
    char security_module[40]; /* of the reader; "" unknown */
    char printer_name[64];
    int64_t paper_left_mm, paper_used_mm, paper_total_mm; /* left -1: not known */
    bool is_left_measured;                                /* not only counted from a full roll */
    bool has_exercises;                                   /* there is something to practise */
    bool has_fonts, has_rare_fonts;                       /* every character can be drawn */
    bool has_holidays, needs_next_holidays;               /* of this year; of next, which is near */
};

/* The queue as kiosk-syncd knows it. */
struct shift_facts {
    bool is_known, is_joined, is_link_up;
    char link[16], refusal[16]; /* words of the local socket */
    enum clock_quality clock_quality;
    struct staff_counters counters;
    struct staff_update update;
    struct ready_medium medium;
    struct reach_facts way;
    struct point_figures figures;
    size_t slip_count, parked_count, handover_count;
    struct handover handovers[HANDOVER_OPEN];
    struct staff_slip slips[STAFF_SLIPS];
    struct staff_parked parked[STAFF_ITEMS];
};

/* The set-up of the cable, as it stands here or is being typed. */
struct shift_wired {
    bool is_known;   /* it was told how it stands */
    bool is_changed; /* staff have touched it since */
    struct wired typed;
    enum wired_field field; /* that keys go into */
    enum wired_trouble trouble;
    enum wired_field wrong; /* the field it is about */
    enum shift_step step;   /* of writing it down */
};

/* The calibration of the glass: four crosses to be touched, one to check by, then half a minute in which it is used and confirmed. */
enum { CROSS_CHECK = 4, CROSSES = 5, CALIBRATE_TRIAL_MS = 30000 };
enum calibrate_step {
    CALIBRATE_CROSSES, /* `cross` is waited for */
    CALIBRATE_TRIAL,   /* it holds, and goes by itself when nobody confirms it */
    CALIBRATE_KEEPING,
    CALIBRATE_KEPT,
    CALIBRATE_FELL_BACK,
};
enum calibrate_trouble {
    CALIBRATE_FINE,
    CALIBRATE_TOO_NEAR, /* the touches were no four corners */
    CALIBRATE_MISSED,   /* one was not on its cross */
    CALIBRATE_CHECKED,  /* the fifth was not */
};
struct shift_calibration {
    enum calibrate_step step;
    enum calibrate_trouble trouble; /* of the round before; it begins anew */
    int cross;
    int64_t left_ms; /* CALIBRATE_TRIAL */
};
/* Where a cross is on a glass of this size; both are canvas pixels. */
struct touch_point shift_cross_at(int cross, int width, int height);

enum { SHIFT_CLEAN_MS = 60000 };

enum shift_card { SHIFT_CARD_NONE, SHIFT_CARD_SEEN, SHIFT_CARD_READ, SHIFT_CARD_TROUBLE };
enum { SHIFT_CELLS = 15, SHIFT_SERIAL = 25 };

struct shift_view {
    uint64_t revision; /* another number, another picture */
    enum shift_page page;
    char serial[SHIFT_SERIAL]; /* of the stick; "" unless its token is good */
    enum role role;
    enum saying doubt; /* SAY_CLOCK or SAY_LIST: little is allowed; SAY_WELL: none */
    bool has_joined;
    unsigned may; /* bits 1 << enum staff_action */
    enum saying
        why; /* REFUSED, PIN (SAY_WELL: nothing wrong), PULLED; CARRY, READINESS, LOGS: how it ended */

    /* the PIN: how many digits stand there, what is left after wrong ones */
    int digits, tries_left; /* tries_left -1: not known yet */
    int64_t wait_ms;        /* 0: may try */

    struct shift_devices devices;
    struct shift_facts facts;

    bool is_busy; /* the stick is being worked on: it stays in */
    struct readiness readiness;
    enum shift_step certificate, kept, slip;
    struct errand_report errand;
    enum shift_step carry;
    unsigned log_files, log_events;
    enum shift_step log;
    struct firmware_offer firmware; /* on the stick, as far as it was looked at */
    enum shift_step firmware_seen, firmware_copied;
    int firmware_percent;
    struct reach way;
    struct shift_wired wired;
    struct join_report joining;
    enum shift_step join;
    int64_t tries_before; /* of the way, when a test was asked for */
    enum shift_step work; /* of the page: asked, done, failed */
    char copy_receipt
        [RECEIPT_TEXT]; /* a slip that did not come out: a copy may be printed; "" none */

    /* tests */
    enum ready_tried tried[READY_DEVICES]; /* of this shift */
    enum shift_card card;
    unsigned keys;          /* bits 1 << key of the keypad, 0 up to 9 softer */
    int scans, scan_length; /* codes read, and how long the last was */
    unsigned cells;         /* bits of the cells that were touched */
    struct shift_calibration calibration;
    int64_t clean_left_ms; /* SHIFT_CLEAN */
    bool is_spoken;
};
