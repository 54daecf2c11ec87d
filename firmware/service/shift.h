/* A shift: staff at the machine, from a stick that is plugged in to its end. A table-driven state machine of its own
 * beside the resident's session, with nothing of a resident in it. Main thread; never blocks: what takes time is ordered
 * from the stick's thread and comes back as news.
 *
 * It ends by hand, when the stick is pulled, and after three minutes without a touch. Every action leaves a note among
 * the kiosk's events. The PIN stands in locked memory and is wiped when it is handed on. */
#pragma once

#include "firmware/service/shift_view.h"
#include "firmware/service/token.h"

struct shift; /* body in shift_inside.h */

/* What a finger or a device does, named by the verbs of the screens' widgets. */
enum shift_event {
    SHIFT_TOUCHED,
    SHIFT_DIGIT, /* value; on the page of the cable also "." */
    SHIFT_ERASE,
    SHIFT_ENTER,
    SHIFT_OPEN, /* value: word of a page, shift_page_word() */
    SHIFT_BACK,
    SHIFT_END,
    SHIFT_DO,       /* the primary action of the page */
    SHIFT_CAME_OUT, /* value: attempt of a slip */
    SHIFT_NOT_OUT,
    SHIFT_COPY,       /* print a marked copy of the last that did not */
    SHIFT_RELEASE,    /* value: seq of an item */
    SHIFT_LEAVE_NOTE, /* value: word of a ready sentence */
    SHIFT_NOTE_DONE,  /* value: n of a note */
    SHIFT_CELL,       /* value: number of a cell that was touched */
    SHIFT_MODE,       /* value: "dhcp" or "fixed" */
    SHIFT_FIELD,      /* value: number of a field that is typed into */
    SHIFT_FELT,       /* number: shift_felt(), where the panel felt a finger that met no button */
    SHIFT_CARD,       /* number: enum shift_card */
    SHIFT_KEY,        /* number: 0 up to 9 softer */
    SHIFT_SCAN,       /* number: length */
    SHIFT_PRINTED,    /* number: enum shift_step */
    SHIFT_TIME,       /* shift_deadline_ms() may have come */
    /* news */
    SHIFT_STICK,     /* one is in: token, or why it is refused; has_joined */
    SHIFT_GONE,      /* it was pulled */
    SHIFT_PIN_SAID,  /* pin */
    SHIFT_FACTS,     /* facts */
    SHIFT_CARRIED,   /* errand so far; is_over: its end */
    SHIFT_CERTIFIED, /* the certificate: signed or not, and kept or why not */
    SHIFT_LOGGED,
    SHIFT_JOINED,          /* join: how it ended */
    SHIFT_FIRMWARE_SEEN,   /* firmware, percent so far; is_over: its end, with said */
    SHIFT_FIRMWARE_COPIED, /* the same */
    SHIFT_ANSWERED,        /* settle, release and try now: done or refused */
    SHIFT_SETTINGS,        /* wired, touch: as they are kept; said */
    SHIFT_KEPT,            /* what staff set: done or refused */
    SHIFT_EVENTS,
};

/* From the stick's thread; the members that its kind names. */
struct shift_news {
    enum shift_event kind;
    enum saying said;
    struct token token;
    struct {
        bool is_right, is_blocked;
        int left; /* tries */
        int64_t wait_ms;
    } pin;
    struct shift_facts facts;
    struct errand_report errand;
    struct join_report join;
    struct firmware_offer firmware;
    struct wired wired;
    struct touch_maps touch;
    int percent;
    bool is_over, is_signed, has_joined;
    unsigned files, events;
};

/* What the stick's thread is asked to do, one after the other. */
enum shift_order_kind {
    ORDER_PIN, /* pin: count the try, check it, say how it ended */
    ORDER_FACTS,
    ORDER_SETTLE,     /* number: attempt, answer */
    ORDER_RELEASE,    /* number: seq */
    ORDER_LEAVE_NOTE, /* action: its word */
    ORDER_NOTE_DONE,  /* number: n */
    ORDER_SYNC,
    ORDER_SETTINGS,
    ORDER_WIRED, /* wired: write it down */
    ORDER_TOUCH, /* panel, map: the same */
    ORDER_CARRY,
    ORDER_JOIN,
    ORDER_CERTIFY, /* report */
    ORDER_LOG,
    ORDER_FIRMWARE_LOOK,
    ORDER_FIRMWARE_COPY, /* what was looked at last */
    ORDER_NOTE,          /* action, detail */
};
enum { ORDER_WORD = 25, ORDER_DETAIL = 101 };
struct shift_order {
    enum shift_order_kind kind;
    char pin[PIN_TEXT];
    int64_t number;
    enum settle_answer answer;
    char action[ORDER_WORD], detail[ORDER_DETAIL];
    struct wired wired;
    char panel[TOUCH_PANEL_NAME];
    struct touch_map map;
    json_t *report;
};

enum shift_paper { SHIFT_PAPER_TEST, SHIFT_PAPER_READINESS, SHIFT_PAPER_FIGURES, SHIFT_PAPER_COPY };

/* The glass that staff stand at. */
struct shift_glass {
    int width, height; /* canvas pixels */
    char panel[TOUCH_PANEL_NAME];
};

/* Effects; each returns at once. */
struct shift_ports {
    /* Copies; `report` belongs to the callee. */
    void (*order)(void *context, const struct shift_order *order);
    void (*look)(void *context, struct shift_devices *out);
    /* Comes back as SHIFT_PRINTED. `receipt`: of a copy, else "". */
    void (*print)(void *context, enum shift_paper what, const char *receipt);
    void (*load_roll)(void *context); /* a full one of the usual length is in */
    /* The shift ends, and practice begins in its place. */
    void (*practise)(void *context);
    void (*speak)(void *context); /* one sentence, to hear whether it can be heard */
    void (*glass)(void *context, struct shift_glass *out);
    /* From now on fingers are where `map` says; NULL: where what is kept says. */
    void (*calibrate)(void *context, const struct touch_map *map);
};

NODISCARD int shift_new(struct shift **out, const struct clock *clock,
                        const struct shift_ports *ports, void *context);
void shift_free(struct shift *s); /* wipes */
AUTO_DEFINE(struct shift, shift_free)

/* `value` "" where the event has none. */
void shift_handle(struct shift *s, enum shift_event event, const char *value, int64_t number);
/* Both in one number. */
int64_t shift_felt(int x, int y);
void shift_hear(struct shift *s, const struct shift_news *news);
/* Does it want the screen? It gets it when no resident is here; until then its time stands still. */
bool shift_wants_screen(const struct shift *s);
void shift_set_shown(struct shift *s, bool is_shown);
const struct shift_view *shift_view(const struct shift *s);
int64_t shift_deadline_ms(const struct shift *s); /* boot clock; INT64_MAX never */

/* "menu", "readiness": for screens, notes and robots. */
const char *shift_page_word(enum shift_page page);
/* What a page is about; ACTION_END for those that need no permission. */
enum staff_action shift_page_action(enum shift_page page);
/* Where a page is opened from, and where its way back leads. */
enum shift_page shift_page_parent(enum shift_page page);
