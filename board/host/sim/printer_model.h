/* A receipt printer made of memory: USB printer class 07/01/02, ESC/POS, paper, cover, cutter and faults
 * (receipt-printer document, sections 1 and 2). What it "prints" can be read back as slips.
 *
 * Belongs to one thread, that of whoever drives the sim_device. It has no clock: time is what the device calls say, and
 * the setters below take effect at the next of them. As strict as real firmware: what would come out as garbage there
 * comes out as garbage here and is counted as a violation. */
#pragma once

#include "board/host/sim/device.h"
#include "firmware/base/fault.h"

struct sim_printer; /* body in printer_inside.h */

enum sim_paper { SIM_PAPER_OK, SIM_PAPER_NEAR_END, SIM_PAPER_END };

/* `width_dots` across the paper: 384 or 576, at 203 dpi. NULL without memory. */
struct sim_printer *sim_printer_new(uint16_t width_dots);
void sim_printer_free(struct sim_printer *p); /* wipes the slips; NULL is fine */
AUTO_DEFINE(struct sim_printer, sim_printer_free)
/* Be another model from the next plugging on: "80", "58", "epson-t88iii", "custom-kpm210", ... (printer_kind.c). It is
 * switched off and on by that, and loses its faults. False: no such model. */
bool sim_printer_be(struct sim_printer *p, const char *name);
const char *sim_printer_kind_name(size_t i); /* NULL behind the last */
/* VID:PID by model, OUT 01, IN 81 with 64-byte packets. Borrowed; lives as long as the model. */
struct sim_device *sim_printer_device(struct sim_printer *p);

void sim_printer_paper(struct sim_printer *p, enum sim_paper paper);
/* A roll with so much on it: it ends in mid-slip when that is too little; its last metre reads "near end" where the model
 * has the sensor. Setting the paper to ok makes it endless again. */
void sim_printer_roll(struct sim_printer *p, uint32_t left_mm);
/* Presenter models: a hand takes the slip that waits. Nothing when none does. */
void sim_printer_take(struct sim_printer *p);
/* Open: offline. Closed again: it goes on by itself where it stopped, as it does when paper is loaded. */
void sim_printer_cover(struct sim_printer *p, bool is_open);

/* Faults by name; `at` as told, otherwise 0. Several may be on together. Returns false for an unknown name.
 *   none              all faults off
 *   nak-after         takes `at` more bytes, then NAKs for ever
 *   unplug-after      takes `at` more bytes, then the cable is out (sim_device.is_plugged turns false)
 *   mute              IN is silent; the answers are lost
 *   flood             IN always has stray bytes, answers between them
 *   stall-once        OUT halts once after `at` more bytes, until clear-halt
 *   stall             OUT halts after `at` more bytes; clear-halt helps nothing
 *   short-writes      takes 1 byte a transfer
 *   no-process-id     does not know GS ( H and takes it for text (level R)
 *   no-reply          knows neither GS ( H nor GS r, but reports status (level S)
 *   no-clear          does not know DLE DC4 8
 *   cutter            the next cut jams: cutter error until "none" or a power cycle
 *   cutter-late       as cutter, but only after the cut has been made and before its process id
 *   head-hot          stops printing (auto-recoverable error) until "none"
 *   unrecoverable     stops for good
 *   paper-out-after   the roll ends after `at` more dot rows
 *   heat-after        the head is too hot after `at` more dot rows, for 8 s
 *   drops-bytes       takes bytes it has no room for and loses them, instead of NAK
 *   late              every answer comes 3 s late
 *   says-offline      reports itself offline while it prints
 *   constant-port-status, swapped-id, no-id      endpoint 0 lies (1.2)
 *   no-paper-left     Custom: 1D E1 stays unanswered
 *   broken-asb, half-block, foreign-id, bad-id, long-block, noise, bad-asb, xon, full-status
 *                     such bytes once, before the next answer (section 6, rows 14 to 22)
 *   take, roll (`at` mm), model-NAME             the hands below, by name
 *   power-off         off: neither plugged nor powered, buffers and settings are gone; "none" switches it on again */
bool sim_printer_fault(struct sim_printer *p, const char *name, uint32_t at);

/* 150 by default. 0 prints at once, whatever the time. */
void sim_printer_speed(struct sim_printer *p, unsigned mm_per_s);

/* ---- what came out ------------------------------------------------------------------- */
/* Where a slip went. Without a presenter it has fallen. */
enum sim_fate { SIM_FELL, SIM_INSIDE, SIM_WAITS, SIM_TAKEN, SIM_RETRACTED };

struct sim_slip {
    const uint8_t *raw; /* the ESC/POS bytes since the slip before, at most 256 KiB of them */
    size_t raw_len;
    const uint8_t *bits; /* rows * width / 8 bytes, most significant bit leftmost, 1 = black */
    uint16_t width;
    uint32_t rows;
    bool has_error; /* a violation happened on it */
    enum sim_fate fate;
};
/* Paper moves whether anybody speaks to the printer or not: do what is due by now, and say when more is (-1: nothing). */
int64_t sim_printer_work(struct sim_printer *p, int64_t now_ms);
/* Each cut ends a slip; the newest 16 are kept. Count of all since the start (older than 16 cannot be read). */
size_t sim_printer_slip_count(const struct sim_printer *p);
/* Slip `i`, counted from 0. Borrowed until the next device call. False when it is not there (any more). */
bool sim_printer_slip(const struct sim_printer *p, size_t i, struct sim_slip *out);
/* Paper that hangs out uncut, in dot rows. */
uint32_t sim_printer_uncut_rows(const struct sim_printer *p);
/* Things a real device would have turned to garbage: strips whose data is no data, unknown commands, characters printed
 * as text by accident. The last one in words, "" when there was none. */
size_t sim_printer_violations(const struct sim_printer *p);
const char *sim_printer_violation(const struct sim_printer *p);
/* Bytes taken on OUT since the start, and how many wait in the receive buffer. */
uint64_t sim_printer_taken(const struct sim_printer *p);
size_t sim_printer_waiting(const struct sim_printer *p);
