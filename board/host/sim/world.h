/* Everything that kiosk-sim simulates: reader, printer, keypad and scanner on their USB/IP server, a stranger's keyboard, the
 * cable to the county, the slips that came out. One thread. */
#pragma once

#include "board/host/sim/keypad_model.h"
#include "board/host/sim/printer_model.h"
#include "board/host/sim/reader_model.h"
#include "board/host/sim/reader_serial.h"
#include "board/host/sim/relay.h"
#include "board/host/sim/scanner_model.h"
#include "board/host/sim/scenario.h"
#include "board/host/sim/slip_file.h"
#include "board/host/sim/typist.h"
#include "board/host/sim/usbip_server.h"

/* Devices of the server, by index. */
enum {
    SIM_READER_INDEX,
    SIM_PRINTER_INDEX,
    SIM_KEYPAD_INDEX,
    SIM_SCANNER_INDEX,
    SIM_KEYBOARD_INDEX, /* a stranger's; out until it is plugged in */
    SIM_DEVICES
};
/* "reader", ...; NULL behind the last. */
const char *sim_device_name(size_t index);

enum { SIM_CARD_NAME = 128, SIM_FAULT_NAME = 32 };

/* The system's clock, which may be put forward: paper moves at once then, and fingers let go. */
struct sim_clock {
    struct clock base;
    int64_t offset_ms;
};

struct sim_world {
    struct sim_clock clock;
    struct sim_reader *reader;
    struct sim_printer *printer;
    struct sim_keypad *keypad;
    struct sim_scanner *scanner;
    struct sim_keyboard *keyboard;
    struct usbip_server *server;
    struct relay *relay;     /* NULL: no cable to the county */
    struct sim_serial *line; /* of a reader of serial style that is plugged in; NULL: none */
    int line_rate;           /* bits a second; 0: 115200 */
    struct slip_drawer *drawer;
    struct scenario *scenario; /* the one that runs or ran last; NULL: none */
    bool is_fast;              /* scenarios in simulated time */
    bool is_english;           /* the bench's words; otherwise Chinese */
    const char *persons;       /* folder of person files; NULL: none */
    /* Writes the bench as PNG; NULL: this program has no bench. */
    int (*picture)(struct sim_world *w, const char *path);
    bool is_over; /* told to quit */
    /* as told last */
    char card[SIM_CARD_NAME]; /* file on the plate, "(inline)", or "" */
    enum sim_paper paper;
    bool is_cover_open;
    char faults[SIM_DEVICES][SIM_FAULT_NAME]; /* "" or "none": none */
    /* when bytes moved, CLOCK_MONOTONIC in us; 0: never */
    struct usbip_watch watch;
    int64_t reader_last_in_us, printer_first_out_us, burst_us, last_out_us;
    size_t burst_bytes, slips_before;
    bool is_slip_begun;
};

struct sim_choice {
    enum sim_reader_style style;
    enum sim_keypad_layout keypad;
    enum sim_scanner_style scanner;
    bool is_fast;                       /* scenarios do not wait for their offsets */
    bool has_no_keypad, has_no_scanner; /* out at first */
    uint16_t port;                      /* of the USB/IP server; 0: a free one */
    const char *persons;                /* NULL: none */
    const char *out;                    /* folder for slips; NULL: none */
    const char *county;                 /* HOST:PORT to carry; NULL: none */
};

/* `w` must stay where it is until sim_world_end(). 0 or a fault. */
NODISCARD int sim_world_start(struct sim_world *w, const struct sim_choice *choice);
void sim_world_end(struct sim_world *w); /* also after a start that failed */
int64_t sim_world_now_ms(const struct sim_world *w);
/* Put the clock forward. */
void sim_world_advance(struct sim_world *w, int64_t ms);
struct sim_device *sim_world_device(const struct sim_world *w, size_t index);
/* The reader's cable, USB or line, as its style wants it. 0 or a fault. */
NODISCARD int sim_world_plug_reader(struct sim_world *w, bool is_plugged);
/* What to poll for the line, and what to do then. */
size_t sim_world_line_polls(const struct sim_world *w, struct pollfd polls[SIM_SERIAL_POLLS]);
void sim_world_turn_line(struct sim_world *w);
/* The printer works on, plugged in or not. Returns when to call again, in ms from now; -1: when something else happens. */
int sim_world_work(struct sim_world *w);
/* Keep the slips that have been cut since the last call. Cheap when there are none. */
void sim_world_collect(struct sim_world *w);
