#include "drivers/printer/roll.h"

enum { UM_PER_MM = 1000, UM_PER_INCH = 25400 };

static int64_t um_of(size_t rows, unsigned dpi)
{
    return (int64_t)rows * UM_PER_INCH / (dpi ? dpi : 1);
}

void roll_load(struct paper_roll *r, uint32_t full_mm, enum roll_trust trust)
{
    r->full_mm = full_mm;
    r->trust = trust;
    r->left_um = (int64_t)full_mm * UM_PER_MM;
    r->used_um = 0;
    r->was_near_end = r->was_end = false;
}

void roll_use(struct paper_roll *r, size_t rows, unsigned dpi)
{
    int64_t um = um_of(rows, dpi);
    r->used_um += um;
    r->total_um += um;
    r->left_um = r->left_um > um ? r->left_um - um : 0;
}

void roll_hear(struct paper_roll *r, const struct printer_status *s)
{
    /* With the cover open the sensors look at the lid (2.6). */
    if (!s->is_known || s->is_cover_open)
        return;
    bool is_end = s->is_paper_end || s->is_stopped_by_paper, is_near = s->is_near_end || is_end;
    if ((r->was_end && !is_end) || (r->was_near_end && !is_near))
        roll_load(r, r->full_mm, ROLL_GUESSED);
    if (is_near && !r->was_near_end) {
        int64_t least = (int64_t)ROLL_NEAR_END_MM * UM_PER_MM;
        r->left_um = r->trust == ROLL_GUESSED || r->left_um > least ? least : r->left_um;
        r->trust = ROLL_MEASURED;
    }
    if (is_end)
        r->left_um = 0;
    r->was_near_end = is_near;
    r->was_end = is_end;
}

void roll_measure(struct paper_roll *r, uint32_t left_mm)
{
    r->left_um = (int64_t)left_mm * UM_PER_MM;
    r->trust = ROLL_MEASURED;
}

int64_t roll_left_mm(const struct paper_roll *r)
{
    return r->left_um / UM_PER_MM;
}

bool roll_fits(const struct paper_roll *r, size_t rows, unsigned dpi)
{
    return r->trust == ROLL_GUESSED ||
           um_of(rows, dpi) + (int64_t)ROLL_FEED_MM * UM_PER_MM <= r->left_um;
}
