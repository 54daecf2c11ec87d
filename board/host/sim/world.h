/* Everything that kiosk-sim simulates: the reader and the printer on their USB/IP server, the cable to the county, the slips
 * that came out. One thread. */
#pragma once

#include "board/host/sim/printer_model.h"
#include "board/host/sim/reader_model.h"
#include "board/host/sim/relay.h"
#include "board/host/sim/slip_file.h"
#include "board/host/sim/usbip_server.h"

/* Devices of the server, by index. */
enum { SIM_READER_INDEX, SIM_PRINTER_INDEX };

enum { SIM_CARD_NAME = 128 };

struct sim_world {
    struct sim_reader *reader;
    struct sim_printer *printer;
    struct usbip_server *server;
    struct relay *relay; /* NULL: no cable to the county */
    struct slip_drawer *drawer;
    const char *persons; /* folder of person files; NULL: none */
    bool is_over;        /* told to quit */
    /* as told last */
    char card[SIM_CARD_NAME]; /* file on the plate, "(inline)", or "" */
    enum sim_paper paper;
    bool is_cover_open;
    /* when bytes moved, CLOCK_MONOTONIC in us; 0: never */
    struct usbip_watch watch;
    int64_t reader_last_in_us, printer_first_out_us, burst_us, last_out_us;
    size_t burst_bytes, slips_before;
    bool is_slip_begun;
};

struct sim_choice {
    enum sim_reader_style style;
    uint16_t port;       /* of the USB/IP server; 0: a free one */
    const char *persons; /* NULL: none */
    const char *out;     /* folder for slips; NULL: none */
    const char *county;  /* HOST:PORT to carry; NULL: none */
};

/* `w` must stay where it is until sim_world_end(). 0 or a fault. */
NODISCARD int sim_world_start(struct sim_world *w, const struct sim_choice *choice);
void sim_world_end(struct sim_world *w); /* also after a start that failed */
/* Keep the slips that have been cut since the last call. Cheap when there are none. */
void sim_world_collect(struct sim_world *w);
