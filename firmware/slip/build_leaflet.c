/* Slips about a matter and nobody: its guide to take home, and where to go when one of its conditions does not fit. */
#include "firmware/slip/words.h"

static void add_matter(struct slip_writer *w, const struct slip_words *matter)
{
    slip_add(w->slip, SLIP_STRONG, NULL, writer_own(w, matter));
    if (writer_second(w, matter))
        slip_add(w->slip, SLIP_SECOND, NULL, writer_second(w, matter));
}

static void add_block_of_words(struct slip_writer *w, enum slip_word heading,
                               const struct slip_words *words)
{
    if (!words->zh || !*words->zh)
        return;
    writer_heading(w, heading);
    writer_paragraph(w, words);
}

int slip_build_guide(struct slip **out, const struct slip_head *head,
                     const struct slip_guide_text *t)
{
    struct slip_writer w;
    int r = writer_begin(&w, head);
    if (r)
        return r;
    writer_head(&w, WORD_GUIDE);
    add_matter(&w, &t->matter);
    add_block_of_words(&w, WORD_WHO, &t->who);
    writer_list(&w, WORD_CONDITIONS, SLIP_BOX, &t->conditions);
    writer_list(&w, WORD_NOT_NEEDED, SLIP_TICKED, &t->not_needed);
    writer_list(&w, WORD_BRING, SLIP_BOX, &t->bring);
    writer_list(&w, WORD_LATER, SLIP_BOX, &t->later);
    writer_list(&w, WORD_STEPS, SLIP_STEP, &t->steps);
    slip_add(w.slip, SLIP_RULE, NULL, "");
    writer_pair_words(&w, WORD_PROMISED, &t->promised);
    writer_pair_words(&w, WORD_BY_LAW, &t->by_law);
    writer_pair_words(&w, WORD_FEE, &t->fee);
    writer_pair_words(&w, WORD_FEE_BASIS, &t->fee_basis);
    writer_pair_words(&w, WORD_OFFICE, &t->office);
    writer_pair_words(&w, WORD_WHERE, &t->where);
    writer_pair_words(&w, WORD_HOURS, &t->hours);
    writer_pair_words(&w, WORD_BASIS, &t->basis);
    writer_pair(&w, WORD_VERSION, t->version);
    writer_number(&w, WORD_NUMBER, NULL, t->payload);
    writer_foot(&w);
    return writer_end(&w, out);
}

static void add_place(struct slip_writer *w, const struct slip_place *p)
{
    writer_pair_words(w, WORD_WHERE, &p->name);
    writer_pair_words(w, WORD_ADDRESS, &p->address);
    writer_pair_words(w, WORD_HOURS, &p->hours);
    writer_pair_words(w, WORD_ROAD, &p->road);
    writer_pair(w, WORD_PHONE, p->phone);
}

int slip_build_route(struct slip **out, const struct slip_head *head,
                     const struct slip_route_text *t)
{
    const struct slip_words insist = { slip_word(WORD_INSIST, SLIP_ZH),
                                       slip_word(WORD_INSIST, SLIP_EN) };
    struct slip_writer w;
    int r = writer_begin(&w, head);
    if (r)
        return r;
    writer_head(&w, WORD_ROUTE);
    add_matter(&w, &t->matter);
    add_block_of_words(&w, WORD_UNMET, &t->refusal);
    writer_pair_words(&w, WORD_CONDITIONS, &t->condition);
    writer_pair_words(&w, WORD_BASIS, &t->basis);
    writer_block(&w, WORD_INSTEAD, &t->instead);
    writer_heading(&w, WORD_HERE_AT);
    add_place(&w, &t->here);
    if (t->other.name.zh) {
        writer_heading(&w, WORD_ELSEWHERE);
        add_place(&w, &t->other);
    }
    slip_add(w.slip, SLIP_RULE, NULL, "");
    writer_paragraph(&w, &insist);
    writer_foot(&w);
    return writer_end(&w, out);
}
