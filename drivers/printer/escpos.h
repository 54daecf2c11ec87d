/* ESC/POS as bytes: what is sent to a printer (receipt-printer document, sections 2.1, 2.2, 2.3, 2.7, 2.10). Pure builders that
 * append to a buffer; any thread. Each returns 0 or -ENOMEM. */
#pragma once

#include "drivers/printer/profile.h"
#include "firmware/base/bytes.h"

enum {
    ESCPOS_COMMAND_MAX =
        8192, /* of one raster command with its data, so that a run of zeros ends any (1.6) */
    ESCPOS_ROWS_MAX = 255, /* one firmware reads only the low byte of the row count */
    ESCPOS_BAD_ROWS = 48,  /* a multiple of it: another firmware prints garbage afterwards */
    ESCPOS_ID = 4,         /* bytes of a process id, each 20..7E */
    ESCPOS_ZEROS = ESCPOS_COMMAND_MAX + 64,
};

/* 1B 40 1C 2E 1B 61 00: initialise, leave two-byte mode, align left. */
NODISCARD int escpos_start(struct bytes *out);
/* 1D 61 FF: report every change unasked. ESC @ ends it, so it is due after each. */
NODISCARD int escpos_watch(struct bytes *out);
/* 1D 28 48 06 00 30 30 + id: answered once all before it is printed. */
NODISCARD int escpos_process_id(struct bytes *out, const char id[ESCPOS_ID]);
/* 1D 49 n: 65 firmware, 66 maker, 67 model, 68 serial number, 69 language; answered as a block of text. */
NODISCARD int escpos_ask_identity(struct bytes *out, uint8_t n);
/* 1D E1: how much paper is left; Custom answers "510cm". */
NODISCARD int escpos_ask_paper_left(struct bytes *out);
/* 1D 72 01: answered once the parser got here. */
NODISCARD int escpos_ask_paper(struct bytes *out);
NODISCARD int escpos_command(struct bytes *out, const struct printer_command *command);

/* Rows of the next raster command when `left` rows are still to print: from 1 to ESCPOS_ROWS_MAX, at most `most`, within
 * ESCPOS_COMMAND_MAX, never a multiple of ESCPOS_BAD_ROWS. More than `left` means white rows at the end of the page.
 * 0 when `left` is 0 or a row is longer than a command. */
unsigned escpos_strip_rows(size_t left, unsigned most, size_t row_bytes);
/* One raster command: `rows` rows of `row_bytes` bytes, of which `drawn` come from `bits` and the rest is white. */
NODISCARD int escpos_strip(struct bytes *out, enum printer_raster raster, const uint8_t *bits,
                           size_t row_bytes, unsigned drawn, unsigned rows);
/* The strip that begins at *row of a page, which moves on; nothing when *row is behind the last. -EINVAL as below. */
NODISCARD int escpos_next_strip(struct bytes *out, const struct printer_profile *profile,
                                const uint8_t *bits, size_t row_bytes, size_t rows, size_t *row);
/* A whole page in strips. `bits` holds rows * row_bytes bytes, most significant bit leftmost, 1 = black.
 * -EINVAL for a page without rows, or rows that do not fit the profile. */
NODISCARD int escpos_raster(struct bytes *out, const struct printer_profile *profile,
                            const uint8_t *bits, size_t row_bytes, size_t rows);

/* 10 before 04, 05 or 14 would act as a real-time command even inside image data: such a byte gets one more black dot
 * (18). Returns how many were changed. */
size_t escpos_defuse(uint8_t *data, size_t length);

/* Real-time commands; they act on reception. Fixed bytes. */
enum { ESCPOS_STATUS_LENGTH = 3, ESCPOS_CLEAR_LENGTH = 10, ESCPOS_RECOVER_LENGTH = 3 };
/* 10 04 n */
void escpos_status(uint8_t out[ESCPOS_STATUS_LENGTH], uint8_t n);
extern const uint8_t
    escpos_clear[ESCPOS_CLEAR_LENGTH]; /* 10 14 08 ...: drop all buffers, answer 37 25 00 */
extern const uint8_t escpos_recover[ESCPOS_RECOVER_LENGTH]; /* 10 05 02 */
