/* The notice of what is missing: all of it, at once. */
#include "firmware/session/slip_both.h"
#include "firmware/session/slip_parts.h"

#include <stdio.h>
#include <string.h>

struct notice {
    struct slip_item missing[CHECKLIST_MAX];
    struct slip_papers papers;
    char masked_name[MASKED_TEXT], masked_number[MASKED_TEXT], printed[20];
    struct slip_who who;
};

/* What is not here, and what may follow besides: the whole list. */
static void list_missing(struct slip_notice_text *t, struct notice *n, const struct session *s)
{
    struct checklist_view papers;
    checklist_look(&papers, s);
    for (size_t i = 0; i < papers.count; i++) {
        const struct paper_row *row = &papers.rows[i];
        struct slip_item item = { .what = slip_both(&row->material->name) };
        if (row->held != HELD_NOT && row->held != HELD_LATER)
            continue;
        if (row->held == HELD_LATER)
            slip_set_due(&item, &n->papers, i, s, row);
        n->missing[t->missing.count++] = item;
        t->missing.items = n->missing;
    }
}

int slip_notice(struct slip **out, const struct session *s, unsigned copy)
{
    const struct visit *v = &s->visit;
    const struct point *point = catalogue_point(s->catalogue);
    struct notice n = { 0 };
    struct slip_head head = slip_head_of(n.printed, s, copy);
    struct slip_notice_text t = { .matter = slip_both(&v->service->name),
                                  .where = slip_both(&point->window),
                                  .hours = slip_both(&point->staff_hours),
                                  .basis = slip_both(&v->service->basis) };
    if (v->has_person) {
        mask_name(n.masked_name, *v->person.name ? v->person.name : v->person.english_name);
        mask_number_strong(n.masked_number, v->person.number);
        n.who = (struct slip_who){ n.masked_name, n.masked_number };
        t.who = &n.who;
    }
    list_missing(&t, &n, s);
    int failed = slip_build_notice(out, &head, &t);
    explicit_bzero(&n, sizeof(n));
    return failed;
}
