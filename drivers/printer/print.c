/* One page: asked, sent, proven (sections 1.4, 2.10 and 5). */
#include "drivers/printer/inside.h"

enum {
    CHUNK = 4096,
    READY_MS = 3000,  /* everything before the first byte */
    FRESH_MS = 1000,  /* to answer before a page begins */
    PROOF_MS = 10000, /* longer than the page takes to print */
    QUIET_MS = 2000,  /* level S: clean status for this long after the last row */
    HOT_MS = 120000,  /* a print head that cools */
    CUT_MS = 1000,
    LOOK_MS = 200,      /* between two looks at whether the program ends */
    ASK_EVERY_MS = 500, /* while a proof is awaited */
    GET_PORT_STATUS = 1,
};

/* One page on its way. */
struct job {
    struct printer *p;
    const struct printer_page *page;
    struct page_stream stream;
    size_t at; /* accepted */
    bool has_stalled;
    int64_t moved_ms, prodded_ms, hot_ms;
};

static void job_end(struct job *j)
{
    stream_end(&j->stream);
}

/* 0: it goes on. */
static int ask_order(const struct job *j)
{
    static const int results[] = {
        [PRINTER_GO_ON] = 0, [PRINTER_DROP] = USB_E_TIMEOUT, [PRINTER_END] = -ECANCELED
    };
    return j->page->order ? results[j->page->order(j->page->context)] : 0;
}

static bool is_sent(const struct job *j)
{
    return j->stream.is_whole && !j->stream.data.length;
}

/* ---- sending ------------------------------------------------------------------------- */

/* The only question that needs no room in the printer's buffer; some go on only after it (1.4). Its answer is a hint, and
 * only where there is nothing better. */
static int prod(struct job *j)
{
    struct printer *p = j->p;
    uint8_t byte;
    size_t done;
    j->prodded_ms = printer_now(p);
    int r = usb_control(p->device, 0xa1, GET_PORT_STATUS, 0, p->interface, &byte, 1,
                        PRINTER_CONTROL_MS, &done);
    if (!r && done == 1 && !p->can_report)
        p->status.is_paper_end = port_status_of(byte) == PORT_PAPER_EMPTY;
    return r == USB_E_GONE ? r : 0;
}

/* Nothing moves. 0: wait on. */
static int stand_still(struct job *j)
{
    int64_t now = printer_now(j->p), still = now - j->moved_ms;
    if (j->p->status.is_hot && now - j->hot_ms < HOT_MS) {
        j->moved_ms = now; /* it resumes by itself */
        return 0;
    }
    if (still >= PRINTER_TROUBLE_MS && printer_trouble(j->p) != PRINTER_NO_TROUBLE)
        return USB_E_TIMEOUT;
    if (still >= PRINTER_STALL_MS)
        return USB_E_TIMEOUT;
    return still >= PRINTER_TROUBLE_MS && now - j->prodded_ms >= PRINTER_TROUBLE_MS ? prod(j) : 0;
}

/* The next piece. What was accepted is never sent again, whatever the result. */
static int send_piece(struct job *j)
{
    struct printer *p = j->p;
    struct bytes *data = &j->stream.data;
    size_t accepted = 0;
    int r = stream_fill(&j->stream, CHUNK);
    if (r)
        return r;
    r = usb_write(p->device, p->out, data->data, data->length < CHUNK ? data->length : CHUNK,
                  PRINTER_WRITE_MS, &accepted);
    j->at += accepted;
    bytes_consume(data, accepted);
    if (accepted)
        j->moved_ms = printer_now(p);
    if (!p->status.is_hot)
        j->hot_ms = printer_now(p);
    if (r == USB_E_STALL && !j->has_stalled) {
        j->has_stalled = true; /* once: the pipe goes on behind the last byte it took */
        r = usb_clear_halt(p->device, p->out);
    }
    return r == USB_E_TIMEOUT ? 0 : r;
}

static int send(struct job *j)
{
    j->moved_ms = j->prodded_ms = j->hot_ms = printer_now(j->p);
    int r = 0;
    while (!r && !is_sent(j)) {
        r = ask_order(j);
        if (!r)
            r = send_piece(j);
        if (!r)
            r = printer_hear(j->p, 0);
        if (!r && !is_sent(j))
            r = stand_still(j);
    }
    return r;
}

/* ---- proving ------------------------------------------------------------------------- */

int64_t printer_paper_ms(const struct printer *p, size_t rows)
{
    const struct printer_profile *f = p->profile;
    int64_t rows_per_s = (int64_t)f->mm_per_s * f->dpi * 10 / 254;
    return (int64_t)rows * 1000 / (rows_per_s > 0 ? rows_per_s : 1) + CUT_MS;
}

/* Until `is_proven`, until `end_ms`, or until a trouble has lasted. 0, USB_E_TIMEOUT (the trouble), -ECANCELED, ... */
static int watch(struct job *j, const bool *is_proven, int64_t end_ms)
{
    struct printer *p = j->p;
    int64_t fine_ms = printer_now(p), cool_ms = fine_ms, asked_ms = fine_ms;
    int r = 0;
    while (!r && !*is_proven && printer_now(p) < end_ms) {
        int64_t now = printer_now(p), left = end_ms - now;
        r = ask_order(j);
        if (!r)
            r = printer_hear(p, left < LOOK_MS ? (int)left : LOOK_MS);
        if (!r && now - asked_ms >= ASK_EVERY_MS) {
            asked_ms = now;
            r = printer_ask(p);
            if (r == USB_E_TIMEOUT)
                r = 0; /* its buffer is full: it is busy, and still speaks unasked */
        }
        if (!p->status.is_hot)
            cool_ms = now;
        else if (now - cool_ms < HOT_MS && end_ms < now + PROOF_MS)
            end_ms = now + PROOF_MS;
        if (printer_trouble(p) == PRINTER_NO_TROUBLE)
            fine_ms = now;
        else if (!r && now - fine_ms >= PRINTER_TROUBLE_MS)
            r = USB_E_TIMEOUT;
    }
    return r;
}

/* The status is clean, and was heard just now. */
static int is_clean(struct job *j, bool *out)
{
    int r = printer_refresh(j->p, FRESH_MS);
    *out = !r && printer_trouble(j->p) == PRINTER_NO_TROUBLE;
    return r;
}

static int prove_by_id(struct job *j, struct printer_outcome *o, int64_t out_ms)
{
    const struct proof *proof = &j->p->proof;
    int r = watch(j, &proof->is_proven[PROOF_CUT], out_ms + PROOF_MS);
    if (proof->is_proven[PROOF_LAST_ROW])
        o->result = PRINTER_CONFIRMED;
    o->has_cutter_warning = o->result == PRINTER_CONFIRMED && !proof->is_proven[PROOF_CUT];
    return r;
}

/* Silence lowers the level and fails nothing: one family answers on its serial port only. */
static int prove_by_status(struct job *j, struct printer_outcome *o, int64_t out_ms)
{
    static const bool never = false;
    struct printer *p = j->p;
    bool is_paper_byte = p->level == PRINTER_LEVEL_R, is_well = false;
    int r = is_paper_byte ? watch(j, &p->has_paper_byte, out_ms + PROOF_MS)
                          : watch(j, &never, out_ms + QUIET_MS);
    if (!r)
        r = is_clean(j, &is_well);
    if (is_well && is_paper_byte && !p->has_paper_byte)
        p->level = p->memory->level = o->level = PRINTER_LEVEL_S;
    if (is_well)
        o->result = PRINTER_CONFIRMED;
    return r;
}

static int prove(struct job *j, struct printer_outcome *o)
{
    int64_t out_ms = printer_now(j->p) + printer_paper_ms(j->p, j->page->rows);
    if (j->p->level == PRINTER_LEVEL_N) {
        o->result = PRINTER_SENT;
        return 0;
    }
    return j->p->level == PRINTER_LEVEL_P ? prove_by_id(j, o, out_ms)
                                          : prove_by_status(j, o, out_ms);
}

/* ---- the whole ----------------------------------------------------------------------- */

/* 0, or why nothing may be sent. */
static int make_ready(struct job *j, struct printer_outcome *o)
{
    struct printer *p = j->p;
    p->deadline_ms = printer_now(p) + READY_MS;
    int r = printer_hear(p, 0);
    if (!r && p->is_held)
        r = printer_retract(p);
    if (!r && p->needs_recovery)
        r = printer_recover(p);
    else if (!r && p->can_report)
        r = printer_refresh(p, FRESH_MS);
    if (!r)
        r = printer_probe(p);
    p->deadline_ms = 0;
    o->trouble = printer_trouble(p);
    if (!r && o->trouble == PRINTER_NO_TROUBLE &&
        !roll_fits(&p->memory->roll, j->page->rows, p->profile->dpi))
        o->trouble = PRINTER_PAPER_SHORT;
    if (!r && (reply_is_nonsense(&p->replies) || o->trouble != PRINTER_NO_TROUBLE))
        r = USB_E_TIMEOUT;
    stream_begin(&j->stream, p, j->page);
    return r ? r : stream_fill(&j->stream, CHUNK);
}

static void begin_proof(struct printer *p)
{
    p->has_paper_byte = false;
    reply_forget(&p->replies);
    p->awaited = 0;
    if (p->level == PRINTER_LEVEL_R)
        (void)reply_expect(&p->replies, REPLY_ASKED_PAPER); /* just emptied: there is room */
}

/* Whatever is still inside must not come out with the next one's page, nor when paper is loaded. */
static int clean_up(struct job *j, struct printer_outcome *o, int r)
{
    bool is_stuck = o->result == PRINTER_UNCERTAIN || o->has_cutter_warning;
    bool is_begun = j->stream.row && j->at > j->stream.drawn_at;
    o->has_fragment = is_stuck && (is_begun || j->page->cuts_first);
    o->has_fragment |= o->result == PRINTER_FAILED_CLEAN && j->page->cuts_first;
    j->p->needs_recovery |= is_stuck;
    if (!is_stuck || r == -ECANCELED || r == USB_E_GONE)
        return r; /* a program that ends, or the next cable, finds it so: printer_open() begins with it */
    return printer_recover(j->p);
}

/* Rows that may be on paper, and the slip that now waits in the mouth. */
static void note_paper(struct job *j, struct printer_outcome *o)
{
    struct printer *p = j->p;
    enum { FEED_TENTHS = ROLL_FEED_MM * 10 };
    if (j->at > j->stream.drawn_at)
        roll_use(&p->memory->roll, j->stream.row + FEED_TENTHS * p->profile->dpi / 254u,
                 p->profile->dpi);
    p->is_held = o->is_held = o->result == PRINTER_CONFIRMED && p->profile->retract.length &&
                              p->status.is_known && p->status.is_ticket_out;
}

struct printer_outcome printer_print(struct printer *p, const struct printer_page *page)
{
    struct job j __attribute__((cleanup(job_end))) = { .p = p, .page = page };
    struct printer_outcome o = { .result = PRINTER_FAILED_CLEAN };
    int r = make_ready(&j, &o);
    o.level = p->level;
    if (!r) {
        begin_proof(p);
        r = send(&j);
        o.bytes = j.at;
        o.result = j.at ? PRINTER_UNCERTAIN : PRINTER_FAILED_CLEAN;
        /* It stopped, but behind the last row, and the printer has said so. */
        if (r && p->proof.is_proven[PROOF_LAST_ROW]) {
            o.result = PRINTER_CONFIRMED;
            o.has_cutter_warning = true;
        }
        if (!r && page->sent)
            page->sent(page->context, o.bytes);
        if (!r)
            r = prove(&j, &o);
        o.trouble = printer_trouble(p);
        if (o.trouble == PRINTER_NO_TROUBLE && !p->can_report && p->status.is_paper_end)
            o.trouble = PRINTER_PAPER_END;
        note_paper(&j, &o);
    }
    r = clean_up(&j, &o, r);
    if (!r && o.result == PRINTER_CONFIRMED)
        r = printer_measure(p);
    o.is_gone = r == USB_E_GONE;
    return o;
}
