#include "drivers/printer/escpos.h"

#include <string.h>

enum { GS_V0_HEADER = 8, GS_LPAR_HEADER = 15, GS_LPAR_PRINT = 7, GS_LPAR_WORDS = 10, PAD_ROWS = 8 };

const uint8_t escpos_clear[ESCPOS_CLEAR_LENGTH] = { 0x10, 0x14, 0x08, 0x01, 0x03,
                                                    0x14, 0x01, 0x06, 0x02, 0x08 };
const uint8_t escpos_recover[ESCPOS_RECOVER_LENGTH] = { 0x10, 0x05, 0x02 };

int escpos_start(struct bytes *out)
{
    static const uint8_t start[] = { 0x1B, 0x40, 0x1C, 0x2E, 0x1B, 0x61, 0x00 };
    return bytes_append(out, start, sizeof(start));
}

int escpos_watch(struct bytes *out)
{
    static const uint8_t watch[] = { 0x1D, 0x61, 0xFF };
    return bytes_append(out, watch, sizeof(watch));
}

int escpos_process_id(struct bytes *out, const char id[ESCPOS_ID])
{
    uint8_t command[] = { 0x1D, 0x28, 0x48, 0x06, 0x00, 0x30, 0x30, 0, 0, 0, 0 };
    memcpy(command + sizeof(command) - ESCPOS_ID, id, ESCPOS_ID);
    return bytes_append(out, command, sizeof(command));
}

int escpos_ask_paper(struct bytes *out)
{
    static const uint8_t ask[] = { 0x1D, 0x72, 0x01 };
    return bytes_append(out, ask, sizeof(ask));
}

int escpos_ask_identity(struct bytes *out, uint8_t n)
{
    const uint8_t ask[] = { 0x1D, 0x49, n };
    return bytes_append(out, ask, sizeof(ask));
}

int escpos_ask_paper_left(struct bytes *out)
{
    static const uint8_t ask[] = { 0x1D, 0xE1 };
    return bytes_append(out, ask, sizeof(ask));
}

int escpos_command(struct bytes *out, const struct printer_command *command)
{
    return bytes_append(out, command->bytes, command->length);
}

void escpos_status(uint8_t out[ESCPOS_STATUS_LENGTH], uint8_t n)
{
    out[0] = 0x10;
    out[1] = 0x04;
    out[2] = n;
}

unsigned escpos_strip_rows(size_t left, unsigned most, size_t row_bytes)
{
    if (!left || !row_bytes)
        return 0;
    size_t limit = (ESCPOS_COMMAND_MAX - GS_LPAR_HEADER - GS_LPAR_PRINT) / row_bytes;
    limit = limit < ESCPOS_ROWS_MAX ? limit : ESCPOS_ROWS_MAX;
    limit = limit < most ? limit : most;
    size_t rows = left < limit ? left : limit;
    if (!rows || rows % ESCPOS_BAD_ROWS)
        return (unsigned)rows;
    /* White below the page costs 1 mm; in its middle it would show, so there the strip is shorter instead. */
    return (unsigned)(rows == left && rows + PAD_ROWS <= limit ? rows + PAD_ROWS : rows - PAD_ROWS);
}

static bool is_real_time(const uint8_t *at)
{
    return at[0] == 0x10 && (at[1] == 0x04 || at[1] == 0x05 || at[1] == 0x14);
}

size_t escpos_defuse(uint8_t *data, size_t length)
{
    size_t changed = 0;
    for (size_t i = 0; i + 1 < length; i++)
        if (is_real_time(data + i)) {
            data[i] = 0x18;
            changed++;
        }
    return changed;
}

/* GS v 0: x in bytes. The row count stays below 256, so the header ends in 00 and cannot pair with the data. */
static int put_v0_header(struct bytes *out, size_t row_bytes, unsigned rows)
{
    uint8_t header[GS_V0_HEADER] = { 0x1D, 0x76, 0x30, 0x00 };
    put_le16(header + 4, (uint16_t)row_bytes);
    put_le16(header + 6, (uint16_t)rows);
    return bytes_append(out, header, sizeof(header));
}

/* GS ( L, function 112: x in dots; the length counts ten bytes of the header. */
static void lpar_header(uint8_t header[GS_LPAR_HEADER], size_t row_bytes, unsigned rows)
{
    static const uint8_t form[GS_LPAR_HEADER] = { 0x1D, 0x28, 0x4C, 0, 0,   0x30,
                                                  0x70, 0x30, 1,    1, 0x31 };
    memcpy(header, form, GS_LPAR_HEADER);
    put_le16(header + 3, (uint16_t)(GS_LPAR_WORDS + row_bytes * rows));
    put_le16(header + 11, (uint16_t)(row_bytes * 8));
    put_le16(header + 13, (uint16_t)rows);
}

static int put_rows(struct bytes *out, const uint8_t *bits, size_t row_bytes, unsigned drawn,
                    unsigned rows)
{
    static const uint8_t white[ESCPOS_COMMAND_MAX];
    size_t at = out->length;
    int r = bytes_append(out, bits, row_bytes * drawn);
    if (!r && rows > drawn)
        r = bytes_append(out, white, row_bytes * (rows - drawn));
    if (!r)
        (void)escpos_defuse(out->data + at, out->length - at);
    return r;
}

int escpos_strip(struct bytes *out, enum printer_raster raster, const uint8_t *bits,
                 size_t row_bytes, unsigned drawn, unsigned rows)
{
    static const uint8_t print[GS_LPAR_PRINT] = { 0x1D, 0x28, 0x4C, 0x02, 0x00, 0x30, 0x32 };
    uint8_t header[GS_LPAR_HEADER];
    int r;
    if (raster == RASTER_GS_V0) {
        r = put_v0_header(out, row_bytes, rows);
        return r ? r : put_rows(out, bits, row_bytes, drawn, rows);
    }
    lpar_header(header, row_bytes, rows);
    r = bytes_append(out, header, sizeof(header));
    if (!r)
        r = put_rows(out, bits, row_bytes, drawn, rows);
    return r ? r : bytes_append(out, print, sizeof(print));
}

/* The length field of GS ( L can itself read as a real-time command (10 04 is 1040); then one row
 * less. */
static unsigned safe_rows(enum printer_raster raster, size_t left, unsigned most, size_t row_bytes)
{
    unsigned rows = escpos_strip_rows(left, most, row_bytes);
    uint8_t header[GS_LPAR_HEADER];
    if (raster == RASTER_GS_V0 || rows < 2)
        return rows;
    lpar_header(header, row_bytes, rows);
    return is_real_time(header + 3) ? escpos_strip_rows(left, rows - 1, row_bytes) : rows;
}

int escpos_next_strip(struct bytes *out, const struct printer_profile *profile, const uint8_t *bits,
                      size_t row_bytes, size_t rows, size_t *row)
{
    if (!rows || !row_bytes || row_bytes > profile_row_bytes(profile))
        return fault_raise(-EINVAL);
    size_t left = rows - *row;
    if (!left)
        return 0;
    unsigned strip = safe_rows(profile->raster, left, profile->strip_rows, row_bytes);
    if (!strip)
        return fault_raise(-EINVAL);
    unsigned drawn = strip < left ? strip : (unsigned)left;
    int r = escpos_strip(out, profile->raster, bits + *row * row_bytes, row_bytes, drawn, strip);
    if (!r)
        *row += drawn;
    return r;
}

int escpos_raster(struct bytes *out, const struct printer_profile *profile, const uint8_t *bits,
                  size_t row_bytes, size_t rows)
{
    size_t row = 0;
    int r = 0;
    do
        r = escpos_next_strip(out, profile, bits, row_bytes, rows, &row);
    while (!r && row < rows);
    return r;
}
