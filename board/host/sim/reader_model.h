/* An ID reader made of memory: SDT frames over USB in both pipe styles and in HID reports, or over a line, a plate for one card, and every way in which real
 * readers answer badly (id-reader document, sections 1 and 7.3). Belongs to whoever drives the sim_device; no clock. */
#pragma once

#include "board/host/sim/device.h"
#include "firmware/base/fault.h"

enum sim_reader_style {
    SIM_READER_SPLIT,
    SIM_READER_SINGLE,
    SIM_READER_HID,    /* reports of 64 bytes */
    SIM_READER_SERIAL, /* not on USB at all: reader_serial.h */
};

struct sim_reader; /* body in reader_model.c */

enum { SIM_CARD_TEXT = 256 };

/* VID:PID 0400:C35A, of a HID reader 2B8B:2721. NULL without memory. */
struct sim_reader *sim_reader_new(enum sim_reader_style style);
void sim_reader_free(struct sim_reader *r); /* wipes; NULL is fine */
AUTO_DEFINE(struct sim_reader, sim_reader_free)
/* Borrowed; lives as long as the model. */
struct sim_device *sim_reader_device(struct sim_reader *r);

/* "split", "single", "hid" or "serial"; false for any other word. */
bool sim_reader_style_of(enum sim_reader_style *out, const char *name);
const char *sim_reader_style_name(const struct sim_reader *r);
/* Another kind of reader in its place, the card still on the plate. Only while it is unplugged. */
void sim_reader_set_style(struct sim_reader *r, enum sim_reader_style style);

/* Lay a card with these text bytes on the plate; another one is taken away first. Its photo is the byte pattern of
 * section 7.2. */
void sim_reader_put_card(struct sim_reader *r, const uint8_t text[SIM_CARD_TEXT]);
void sim_reader_lift(struct sim_reader *r);
bool sim_reader_has_card(const struct sim_reader *r);

/* Faults by name; the next `count` replies suffer (0: all of them until "none"). False for an unknown name.
 *   none         all faults off
 *   silence      no reply                       checksum     last byte wrong
 *   truncated    cut in the middle              too-long     Len FFFF
 *   too-short    Len 0                          stale        a reply to another command
 *   junk-before  00 FF in front                 junk-behind  padded with zeros
 *   stall        IN halts until clear-halt      inner-lie    text length 0101 in a 30 01 reply
 *   auth-fail    SW3 31 to reads                read-fail    SW3 41 to reads
 *   wrong-card   SW3 40 to reads                sam-sick     SW3 66 to 11 FF
 *   sam-failed   SW3 60 to 11 FF
 * Until "none", whatever `count` says:
 *   bytewise     one byte a transfer            refind        finds a card again that was read
 *   no-presence  SW3 21 to 30 03                mute-presence no reply to 30 03 */
bool sim_reader_fault(struct sim_reader *r, const char *name, unsigned count);
/* Replies to 30 01 with a card in them since the start. */
unsigned sim_reader_reads(const struct sim_reader *r);
