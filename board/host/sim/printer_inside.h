/* The state of the simulated printer, shared by its files: device, status, commands, paper. */
#pragma once

#include "board/host/sim/printer_model.h"

enum {
    PRINTER_BUFFER = 64 * 1024,
    PRINTER_RAW_MAX = 256 * 1024,
    PRINTER_ROWS_MAX = 16 * 1024,
    PRINTER_ANSWERS = 4096,
    PRINTER_SLIPS = 16,
    PRINTER_WORDS = 96,
    FEED_ROWS = 96, /* from the head to the cutter */
};

/* What a model is and knows (receipt-printer document, section 4). */
struct sim_printer_kind {
    const char *name, *id; /* GET_DEVICE_ID */
    uint16_t vendor, product, width_dots, dpi;
    bool is_vendor_class, is_one_way,
        is_silent; /* silent: two-way by its descriptor, and never answers */
    bool has_no_process_id, has_no_reply;
    bool has_near_end, has_identity;
    bool has_full_status, has_paper_left; /* Custom */
    bool has_presenter, has_retract;
};
const struct sim_printer_kind *printer_kind_of(const char *name); /* NULL: unknown */
const struct sim_printer_kind *printer_kind_at(size_t i);

struct sim_sheet {
    uint8_t *raw, *bits;
    size_t raw_len, bits_size;
    uint32_t rows;
    uint16_t width;
    enum sim_fate fate;
    bool has_error;
};

struct sim_printer {
    struct sim_device device;
    const struct sim_printer_kind *kind;
    uint8_t descriptor[18], configuration[32];
    char id[96];
    uint16_t width;
    unsigned mm_per_s;
    int64_t now_ms, busy_until_ms;
    bool is_waiting; /* for bytes, paper or a hand */

    /* what is in front of the user */
    enum sim_paper paper;
    int64_t roll_rows; /* left on the roll; -1: no end */
    bool is_cover_open;

    /* faults */
    int64_t nak_after, unplug_after, stall_after, paper_out_after; /* -1: off */
    bool is_mute, is_flooding, stalls_once, stalls, is_byte_by_byte, has_no_id, has_no_reply,
        has_no_clear;
    bool drops_bytes, says_offline, has_constant_port, has_swapped_id, has_no_id_text,
        has_no_paper_left;
    bool is_late;                                     /* answers come 3 s after they were due */
    int64_t answers_from_ms, heat_after, cools_at_ms; /* heat_after: rows, -1 off */
    const char *inject; /* sent before the next answer: what a decoder must survive */
    size_t inject_length;
    bool jams_next, jams_late, is_jammed, is_hot, is_dead, is_off, is_halted;

    /* receive buffer and real-time scanner */
    uint8_t buffer[PRINTER_BUFFER];
    size_t used;
    uint8_t recent[10];
    uint64_t taken;

    /* answers */
    uint8_t answers[PRINTER_ANSWERS];
    size_t answer_used, answer_sent;
    uint8_t watch;         /* GS a */
    uint8_t process_id[4]; /* the latest that nobody has fetched yet */
    bool has_process_id, is_flood_turn;
    uint8_t told[4];

    /* the sheet that hangs out, and those that fell */
    struct sim_sheet sheet, slips[PRINTER_SLIPS];
    size_t slip_count;
    size_t violations;
    char violation[PRINTER_WORDS];
    uint8_t *stored; /* GS ( L: what function 112 keeps */
    size_t stored_row;
    uint32_t stored_rows;
    unsigned characters; /* in the line buffer */
    uint32_t strip_at; /* rows of the command at the front of the buffer that are printed already */
};

/* ---- device (printer_model.c) -------------------------------------------------------- */
void printer_become(struct sim_printer *p, const struct sim_printer_kind *kind);

/* ---- faults (printer_fault.c) -------------------------------------------------------- */
/* The cable was out for a moment and power was off: everything in it is gone. */
void printer_power_off(struct sim_printer *p);

/* ---- status (printer_status.c) ------------------------------------------------------- */
void printer_answer(struct sim_printer *p, const void *data, size_t length);
bool printer_is_offline(const struct sim_printer *p);
void printer_tell_changes(struct sim_printer *p);
void printer_hear_realtime(struct sim_printer *p, uint8_t byte);
void printer_send_process_id(struct sim_printer *p);
void printer_identify(struct sim_printer *p, uint8_t n);
void printer_tell_paper_left(struct sim_printer *p);

/* ---- commands (printer_command.c) ---------------------------------------------------- */
/* Carry out what the buffer holds, as far as time, paper and cover allow. */
void printer_advance(struct sim_printer *p);
void printer_drop_buffers(struct sim_printer *p);

/* ---- paper (printer_paper.c) --------------------------------------------------------- */
void printer_violate(struct sim_printer *p, const char *what);
void printer_feed(struct sim_printer *p, unsigned rows);
void printer_take_letter(struct sim_printer *p);
void printer_print_letters(struct sim_printer *p);
void printer_need_empty_line(struct sim_printer *p);
/* `rows` rows of `length` bytes, from where it stopped. False: the roll ended, the rest waits. */
bool printer_print_strip(struct sim_printer *p, const uint8_t *dots, size_t length, uint32_t rows);
void printer_cut(struct sim_printer *p);
/* GS e: 3 hold out, 5 let fall, 2 take back. */
void printer_eject(struct sim_printer *p, uint8_t n);
/* One row of the roll; false: there is none. */
bool printer_use_row(struct sim_printer *p);
bool printer_has_slip_out(const struct sim_printer *p);
/* The first bytes of the buffer have been carried out. */
void printer_keep_raw(struct sim_printer *p, size_t length);
void printer_sheet_free(struct sim_sheet *s);
