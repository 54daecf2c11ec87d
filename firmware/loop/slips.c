/* Slips, from the session to the printer's thread. The picture goes first: a resident reads the number on the screen while
 * the fonts of the paper are still being opened. */
#include <stdlib.h>

#include "firmware/base/log.h"
#include "firmware/base/text.h"
#include "firmware/loop/kiosk.h"
#include "ui/text/slip_page.h"

static struct slip_paper paper_of(const struct kiosk *k)
{
    return (struct slip_paper){ paper_width_dots(k->paper), paper_dpi(k->paper) };
}

/* The page as the printer's thread takes it. NULL when the slip cannot be drawn. */
static struct paper_page *draw_slip(struct kiosk *k, const struct slip *slip, const char *job)
{
    struct slip_page drawn;
    struct paper_page *page = calloc(1, sizeof(*page));
    int r = page ? slip_page_print(&drawn, stage_text(k->stage), slip, paper_of(k)) : -ENOMEM;
    if (r) {
        log_line(LOG_ERROR, "kiosk", "a slip could not be drawn: %d", r);
        free(page);
        return NULL;
    }
    text_copy(page->job, sizeof(page->job), job);
    page->width_dots = drawn.width_dots;
    page->rows = drawn.rows;
    page->bits = drawn.bits;
    return page;
}

void slips_start(struct kiosk *k)
{
    struct slips *s = &k->slips;
    if (!s->waiting)
        return;
    struct paper_page *page = draw_slip(k, s->waiting, s->job);
    /* A slip that cannot be finished is not begun: number, code and where to ask fit nearly always. */
    AUTO(slip_free) struct slip *brief = NULL;
    if (page && !paper_has_room(k->paper, page->rows) && !slip_shorten(&brief, s->waiting, NULL)) {
        paper_page_free(page);
        page = draw_slip(k, brief, s->job);
    }
    slips_drop(k);
    if (page)
        printing_start(k->printing, page, s->receipt, s->is_reprint);
    else
        post_send(k->inbox, post_event(EV_PRINT_STATE, s->job, "", PAPER_FAILED));
}

void slips_drop(struct kiosk *k)
{
    slip_free(k->slips.waiting);
    k->slips.waiting = NULL;
}

void kiosk_print(struct kiosk *k, struct slip *slip, const char *job, const char *receipt,
                 bool is_reprint)
{
    struct slips *s = &k->slips;
    slips_start(k);
    s->waiting = slip;
    s->is_reprint = is_reprint;
    text_copy(s->job, sizeof(s->job), job);
    text_copy(s->receipt, sizeof(s->receipt), receipt);
}

bool slips_are_on_their_way(const struct kiosk *k)
{
    return k->slips.waiting || printing_is_busy(k->printing);
}

/* ---- fonts ahead of their use ------------------------------------------------------------------ */

/* One reads what one is about to send, and signs: time enough for the fonts of its receipt, one a turn of the loop. */
void slips_warm(struct kiosk *k)
{
    struct slips *s = &k->slips;
    const struct session_view *v = session_view(k->session);
    bool is_wanted = v->screen == SCREEN_REVIEW;
    if (!is_wanted)
        s->warmed = 0;
    s->is_warming = is_wanted && slip_page_warm(stage_text(k->stage), paper_of(k),
                                                v->preferences.is_elder, s->warmed);
    s->warmed += s->is_warming;
}

int64_t slips_deadline_ms(const struct kiosk *k)
{
    return k->slips.is_warming ? k->clock.base.boot_ms(&k->clock.base) : INT64_MAX;
}
