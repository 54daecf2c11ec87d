/* A page turned into bytes strip by strip, while the strips before it are on their way. */
#include "drivers/printer/inside.h"

enum part { CUT_BEFORE, START, ROWS, PROOF_OF_ROWS, CUT, PRESENT, PROOF_OF_CUT, ASK, WHOLE };

void stream_begin(struct page_stream *s, struct printer *p, const struct printer_page *page)
{
    *s = (struct page_stream){ .printer = p, .page = page };
    proof_begin(&p->proof, p->serial++);
}

void stream_end(struct page_stream *s)
{
    bytes_clear(&s->data);
}

static int add_start(struct page_stream *s)
{
    int r = escpos_start(&s->data);
    return r || !s->printer->in ? r : escpos_watch(&s->data);
}

/* A piece of an earlier page hangs out: it falls before this one begins. */
static int add_cut_before(struct page_stream *s)
{
    int r = s->page->cuts_first ? escpos_start(&s->data) : 0;
    return r || !s->page->cuts_first ? r : escpos_command(&s->data, &s->printer->profile->cut);
}

static int add_proof(struct page_stream *s, enum proof_mark mark)
{
    const struct printer *p = s->printer;
    return p->level == PRINTER_LEVEL_P ? escpos_process_id(&s->data, p->proof.ids[mark]) : 0;
}

static int add_part(struct page_stream *s)
{
    const struct printer_profile *f = s->printer->profile;
    const struct printer_page *g = s->page;
    switch ((enum part)s->part) {
    case CUT_BEFORE:
        return add_cut_before(s);
    case START:
        return add_start(s);
    case ROWS:
        return escpos_next_strip(&s->data, f, g->bits, g->row_bytes, g->rows, &s->row);
    case PROOF_OF_ROWS:
        return add_proof(s, PROOF_LAST_ROW);
    case CUT:
        return escpos_command(&s->data, &f->cut);
    case PRESENT:
        return escpos_command(&s->data, &f->present);
    case PROOF_OF_CUT:
        return add_proof(s, PROOF_CUT);
    case ASK:
        return s->printer->level == PRINTER_LEVEL_R ? escpos_ask_paper(&s->data) : 0;
    case WHOLE:
        break;
    }
    return 0;
}

int stream_fill(struct page_stream *s, size_t count)
{
    while (!s->is_whole && s->data.length < count) {
        size_t before = s->data.length;
        if (s->part == ROWS && !s->row)
            s->drawn_at = s->made;
        int r = add_part(s);
        if (r)
            return r;
        s->made += s->data.length - before;
        if (s->part != ROWS || s->row == s->page->rows)
            s->part++;
        s->is_whole = s->part == WHOLE;
    }
    return 0;
}
