/* What differs between models of receipt printers, as data (receipt-printer document, sections 2 and 4). Pure; any thread. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "drivers/printer/ieee1284.h"

/* How far "it was printed" can be proven (2.10), weakest first. */
enum printer_level {
    PRINTER_LEVEL_N, /* the bytes left the host */
    PRINTER_LEVEL_S, /* status was clean before and after */
    PRINTER_LEVEL_R, /* the printer's parser got past the data */
    PRINTER_LEVEL_P, /* the data before a process id was printed */
};
const char *printer_level_letter(enum printer_level level); /* "N", "S", "R", "P" */

enum printer_raster {
    RASTER_GS_V0,   /* GS v 0 (2.2) */
    RASTER_GS_LPAR, /* GS ( L, functions 112 and 50 (2.3) */
};

/* A short command, kept as bytes. */
struct printer_command {
    uint8_t length, bytes[15];
};

struct printer_profile {
    const char *name;
    uint16_t vendor, product; /* 0: any */
    const char *maker,
        *model; /* how MFG and MDL of the IEEE 1284 id begin, case ignored; NULL: any */
    uint16_t width_dots, dpi;
    uint16_t
        mm_per_s; /* the slowest the model is known to print: bounds waiting, never shortens it */
    enum printer_raster raster;
    uint8_t strip_rows;            /* rows of one raster command */
    enum printer_level best_level; /* no more than this is probed for */
    bool has_cutter;
    bool
        has_near_end; /* a sensor for the end of the roll coming; not fitted reads as "adequate" (2.6) */
    bool has_full_status; /* Custom: DLE EOT 20 gives `10 0F` and four bytes of free bits */
    bool has_paper_left;  /* Custom: 1D E1 answers with the paper left as text */
    bool has_identity;    /* GS I 65 to 68 are answered; asked only where the manual says so */
    uint16_t roll_mm;     /* of a full roll of this width, until staff says otherwise */
    struct printer_command cut;     /* feed to the cutter and cut; without a cutter, only feed */
    struct printer_command present; /* hold the slip out, or let it fall; empty: the cutter does */
    struct printer_command retract; /* take a slip that is held back in; empty: it cannot */
};

/* The first row of the table that fits; the last fits everything: 576 dots, 203 dpi. Static storage. */
const struct printer_profile *profile_find(uint16_t vendor, uint16_t product,
                                           const struct ieee1284 *id);
/* Row `i` of the table, NULL behind the last. */
const struct printer_profile *profile_at(size_t i);
/* Bytes across one row of dots. */
size_t profile_row_bytes(const struct printer_profile *p);
