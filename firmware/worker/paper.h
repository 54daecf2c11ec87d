/* The printer's thread: one job at a time, in order, each reported as it goes (receipt-printer
 * document, section 5). */
#pragma once

#include "drivers/printer/cause.h"
#include "firmware/worker/post.h"

struct paper; /* body in paper.c */

/* More that POST_PRINT may carry as its number, behind those of enum print_progress: presenter models hold a slip. */
enum paper_progress {
    PAPER_PROGRESS_HELD = PRINT_FAILED_CLEAN + 1, /* printed and proven, waits to be taken */
    PAPER_PROGRESS_TAKEN,
    PAPER_PROGRESS_VOIDED, /* not taken in time, or the visit ended: taken back in; nobody has it */
};

enum {
    PAPER_HOLD_MS = 60000, /* a slip waits no longer than this */
    PAPER_GRACE_MS =
        5000, /* behind a visit, and as long as the paper moves: a slip that still hangs then is dropped */
};

/* One page to print. Owned by whoever holds it; paper_page_free() wipes. */
struct paper_page {
    char job[POST_NAME];
    uint16_t width_dots;
    uint32_t rows;
    uint8_t *bits; /* malloc'ed, rows * width_dots / 8 */
    int64_t
        late_ms; /* boot clock: its visit is over, and after this nobody may have it; 0: somebody waits for it */
};
void paper_page_free(struct paper_page *p); /* NULL is fine */

NODISCARD int paper_start(struct paper **out, const char *usbip, const struct clock *clock,
                          struct queue *to);
void paper_stop(struct paper *p); /* joins; a job under way ends as uncertain */
/* Takes the page. Progress comes as POST_PRINT. */
void paper_print(struct paper *p, struct paper_page *page);
/* Dots across the paper of the printer now connected; 576 when none is. Any thread. */
uint16_t paper_width_dots(struct paper *p);
/* Dots an inch of the printer now connected; 203 when none is. Any thread. */
uint16_t paper_dpi(struct paper *p);
/* The visit is over: a slip that still waits in the mouth is taken back, and its job voided. Pages that are not out have
 * PAPER_GRACE_MS from the first call since a page came; then they are dropped, out of the printer too. Never waits. */
void paper_end_visit(struct paper *p);
/* Is there paper for a page of so many rows? False only when the printer knows better: print slip_shorten() instead.
 * Any thread. */
bool paper_has_room(struct paper *p, uint32_t rows);

/* For staff: what it is and how long the paper lasts. */
struct paper_figures {
    bool is_connected, is_held;
    enum printer_cause cause;
    char profile[64], level[2];
    int64_t left_mm, used_mm,
        total_mm; /* used: of this roll; total: since the program began. left -1: not known */
    bool
        is_left_measured; /* by a sensor or the printer itself; otherwise counted from a full roll */
};
/* As of the last look, at most 1 s old. Any thread. */
void paper_figures(struct paper *p, struct paper_figures *out);
/* Staff loaded a roll of so many millimetres; 0: a full one of the usual length. Any thread. */
void paper_load_roll(struct paper *p, uint32_t full_mm);
