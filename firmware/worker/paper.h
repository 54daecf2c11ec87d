/* The printer's thread: one job at a time, in order, each reported as it goes (receipt-printer
 * document, section 5). */
#pragma once

#include "firmware/worker/post.h"

struct paper; /* body in paper.c */

/* One page to print. Owned by whoever holds it; paper_page_free() wipes. */
struct paper_page {
    char job[POST_NAME];
    uint16_t width_dots;
    uint32_t rows;
    uint8_t *bits; /* malloc'ed, rows * width_dots / 8 */
};
void paper_page_free(struct paper_page *p); /* NULL is fine */

NODISCARD int paper_start(struct paper **out, const char *usbip, const struct clock *clock,
                          struct queue *to);
void paper_stop(struct paper *p); /* joins; a job under way ends as uncertain */
/* Takes the page. Progress comes as POST_PRINT. */
void paper_print(struct paper *p, struct paper_page *page);
/* Dots across the paper of the printer now connected; 576 when none is. */
uint16_t paper_width_dots(struct paper *p);
