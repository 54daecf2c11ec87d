/* Slips about one case: receipt, accepted with gaps, what is missing, the short one. */
#include "firmware/slip/words.h"

static void add_matter(struct slip_writer *w, const struct slip_words *matter,
                       const struct slip_who *who)
{
    slip_add(w->slip, SLIP_RULE, NULL, "");
    writer_pair_words(w, WORD_MATTER, matter);
    writer_who(w, who);
}

/* The three columns of the one-time notice, one below the other: paper is narrow. */
static void add_materials(struct slip_writer *w, const struct slip_receipt_text *t)
{
    writer_list(w, WORD_NOT_NEEDED, SLIP_TICKED, &t->not_needed);
    writer_list(w, WORD_SHOWN, SLIP_TICKED, &t->shown);
    writer_list(w, WORD_LATER, SLIP_BOX, &t->later);
    writer_list(w, WORD_WAIVED, SLIP_TICKED, &t->waived);
    writer_list(w, WORD_HERE, SLIP_BOX, &t->here);
    writer_list(w, WORD_MISSING, SLIP_BOX, &t->missing);
    writer_list(w, WORD_OWED, SLIP_BOX, &t->owed);
    if (!t->owed.count)
        return;
    writer_paragraph(w, &t->hand_in);
    writer_block(w, WORD_IF_LATE, &t->if_late);
}

/* The children of a bundle below their parent's number, each with its own number, clock and delivery. */
static void add_parts(struct slip_writer *w, const struct slip_receipt_text *t)
{
    if (t->parts.count)
        writer_heading(w, WORD_PARTS);
    for (size_t i = 0; i < t->parts.count; i++) {
        writer_paragraph(w, &t->parts.items[i].what);
        slip_add(w->slip, SLIP_NOTE, NULL, writer_own(w, &t->parts.items[i].note));
    }
    writer_pair_words(w, WORD_COVERS, &t->covers);
}

static void add_promises(struct slip_writer *w, const struct slip_list *promises)
{
    if (promises->count)
        writer_heading(w, WORD_PROMISE);
    for (size_t i = 0; i < promises->count; i++) {
        writer_paragraph(w, &promises->items[i].what);
        if (*writer_own(w, &promises->items[i].note))
            slip_add(w->slip, SLIP_NOTE, NULL, writer_own(w, &promises->items[i].note));
    }
}

/* Who acted, how somebody helped, and the committee that knows the resident. */
static void add_helper(struct slip_writer *w, const struct slip_receipt_text *t)
{
    if (t->agent)
        writer_pair(w, WORD_AGENT, t->agent->name);
    if (t->agent && writer_own(w, &t->agent_role)[0])
        slip_add(w->slip, SLIP_SECOND, NULL, writer_own(w, &t->agent_role));
    writer_pair_words(w, WORD_HELP, &t->help);
    writer_pair_words(w, WORD_VILLAGE, &t->village);
}

/* The same slip for both, each marked with whose it is. */
static void add_holder(struct slip_writer *w, enum slip_holder holder)
{
    enum slip_word word = holder == SLIP_AGENTS_COPY ? WORD_AGENTS_COPY : WORD_RESIDENTS_COPY;
    const struct slip_words words = { slip_word(word, SLIP_ZH), slip_word(word, SLIP_EN) };
    if (holder == SLIP_ONLY_COPY)
        return;
    slip_add(w->slip, SLIP_STRONG, NULL, writer_own(w, &words));
    if (writer_second(w, &words))
        slip_add(w->slip, SLIP_SECOND, NULL, writer_second(w, &words));
}

/* The code is what opens the answer, so it is what a scanner reads; never inside an address, which would leave it in
 * the history of whichever telephone looked at the slip. */
static void add_claim(struct slip_writer *w, const char *claim, bool is_named)
{
    enum slip_word word = is_named ? WORD_CLAIM_NAMED : WORD_CLAIM_NOTE;
    const struct slip_words note = { slip_word(word, SLIP_ZH), slip_word(word, SLIP_EN) };
    writer_number(w, WORD_CLAIM, claim, NULL);
    writer_code(w, WORD_SCAN_CLAIM, claim);
    if (claim && *claim)
        writer_paragraph(w, &note);
}

int slip_build_receipt(struct slip **out, const struct slip_head *head,
                       const struct slip_receipt_text *t)
{
    const struct slip_words offline = { slip_word(WORD_OFFLINE, SLIP_ZH),
                                        slip_word(WORD_OFFLINE, SLIP_EN) },
                            ask = { slip_word(WORD_ASK, SLIP_ZH), slip_word(WORD_ASK, SLIP_EN) },
                            is_free = { slip_word(WORD_FREE_HELP, SLIP_ZH),
                                        slip_word(WORD_FREE_HELP, SLIP_EN) },
                            stay = { slip_word(WORD_NOTHING_MORE, SLIP_ZH),
                                     slip_word(WORD_NOTHING_MORE, SLIP_EN) };
    struct slip_writer w;
    int r = writer_begin(&w, head);
    if (r)
        return r;
    writer_head(&w, t->who ? WORD_RECEIPT : WORD_GUEST_RECEIPT);
    add_holder(&w, t->holder);
    bool has_claim = t->claim && *t->claim;
    writer_number(&w, WORD_NUMBER, t->number, has_claim ? NULL : t->payload);
    if (has_claim)
        add_claim(&w, t->claim, t->who);
    add_matter(&w, &t->matter, t->who);
    add_helper(&w, t);
    writer_pair(&w, WORD_SUBMITTED, t->submitted);
    writer_pair_words(&w, WORD_PROMISED, &t->promised);
    writer_pair_words(&w, WORD_DECIDED_BY, &t->decided_by);
    writer_pair_words(&w, WORD_FEE, &t->fee);
    add_parts(&w, t);
    add_materials(&w, t);
    writer_heading(&w, WORD_NEXT);
    writer_paragraph(&w, &t->next);
    if (t->needs_no_return)
        writer_paragraph(&w, &stay);
    if (t->was_offline)
        writer_paragraph(&w, &offline);
    if (!has_claim) /* its number answers nothing: the code does, and says so above */
        writer_paragraph(&w, &ask);
    add_promises(&w, &t->promises);
    if (t->agent)
        writer_paragraph(&w, &is_free);
    writer_foot(&w);
    return writer_end(&w, out);
}

int slip_build_withdrawal(struct slip **out, const struct slip_head *head,
                          const struct slip_withdrawal_text *t)
{
    const struct slip_words offline = { slip_word(WORD_OFFLINE, SLIP_ZH),
                                        slip_word(WORD_OFFLINE, SLIP_EN) },
                            ask = { slip_word(WORD_ASK, SLIP_ZH), slip_word(WORD_ASK, SLIP_EN) };
    struct slip_writer w;
    int r = writer_begin(&w, head);
    if (r)
        return r;
    writer_head(&w, WORD_WITHDRAWAL);
    writer_number(&w, WORD_NUMBER, t->number, t->payload);
    slip_add(w.slip, SLIP_RULE, NULL, "");
    writer_pair(&w, WORD_WITHDRAWN, t->about);
    writer_who(&w, t->who);
    writer_pair(&w, WORD_SUBMITTED, t->submitted);
    writer_heading(&w, WORD_NEXT);
    writer_paragraph(&w, &t->next);
    if (t->was_offline)
        writer_paragraph(&w, &offline);
    writer_paragraph(&w, &ask);
    writer_foot(&w);
    return writer_end(&w, out);
}

int slip_build_call(struct slip **out, const struct slip_head *head, const struct slip_call_text *t)
{
    const struct slip_words due = { t->due, NULL },
                            is_free = { slip_word(WORD_FREE_HELP, SLIP_ZH),
                                        slip_word(WORD_FREE_HELP, SLIP_EN) };
    struct slip_writer w;
    int r = writer_begin(&w, head);
    if (r)
        return r;
    writer_head(&w, WORD_CALL);
    writer_number(&w, WORD_NUMBER, t->number, t->payload);
    slip_add(w.slip, SLIP_RULE, NULL, "");
    writer_pair_words(&w, WORD_MATTER, &t->matter);
    writer_heading(&w, WORD_CALL_WHY);
    writer_paragraph(&w, &t->why);
    writer_block(&w, WORD_DEADLINE, &due);
    writer_list(&w, WORD_BRING, SLIP_BOX, &t->bring);
    slip_add(w.slip, SLIP_RULE, NULL, "");
    writer_pair_words(&w, WORD_WHERE, &t->where);
    writer_pair_words(&w, WORD_HOURS, &t->hours);
    writer_paragraph(&w, &is_free);
    writer_foot(&w);
    return writer_end(&w, out);
}

int slip_build_gap(struct slip **out, const struct slip_head *head, const struct slip_gap_text *t)
{
    struct slip_writer w;
    int r = writer_begin(&w, head);
    if (r)
        return r;
    writer_head(&w, WORD_GAP);
    writer_number(&w, WORD_NUMBER, t->number, t->payload);
    add_matter(&w, &t->matter, t->who);
    writer_pair(&w, WORD_ACCEPTED, t->accepted);
    writer_pair_words(&w, WORD_HAS_IT, &t->owner);
    writer_list(&w, WORD_OWED, SLIP_BOX, &t->owed);
    writer_heading(&w, WORD_HAND_IN);
    writer_paragraph(&w, &t->hand_in);
    writer_block(&w, WORD_IF_LATE, &t->if_late);
    writer_foot(&w);
    return writer_end(&w, out);
}

int slip_build_notice(struct slip **out, const struct slip_head *head,
                      const struct slip_notice_text *t)
{
    const struct slip_words deadline = { t->deadline, NULL },
                            once = { slip_word(WORD_ONCE, SLIP_ZH), slip_word(WORD_ONCE, SLIP_EN) };
    struct slip_writer w;
    int r = writer_begin(&w, head);
    if (r)
        return r;
    writer_head(&w, WORD_NOTICE);
    writer_number(&w, WORD_NUMBER, t->number, t->payload);
    add_matter(&w, &t->matter, t->who);
    writer_list(&w, WORD_MISSING, SLIP_BOX, &t->missing);
    writer_block(&w, WORD_DEADLINE, &deadline);
    writer_paragraph(&w, &once);
    slip_add(w.slip, SLIP_RULE, NULL, "");
    writer_pair_words(&w, WORD_WHERE, &t->where);
    writer_pair_words(&w, WORD_HOURS, &t->hours);
    writer_pair_words(&w, WORD_HAS_IT, &t->owner);
    writer_pair_words(&w, WORD_BASIS, &t->basis);
    writer_foot(&w);
    return writer_end(&w, out);
}

/* The code first: it is what one stands at the counter with. */
static void add_way_out(struct slip_writer *w, const struct slip_status_text *t)
{
    const struct slip_words stay = { slip_word(WORD_NO_RETURN, SLIP_ZH),
                                     slip_word(WORD_NO_RETURN, SLIP_EN) };
    writer_number(w, WORD_PICKUP, t->code, NULL);
    writer_pair(w, WORD_COUNTER, t->counter);
    writer_pair(w, WORD_TRACKING, t->tracking);
    writer_pair_words(w, WORD_PARCEL, &t->parcel);
    if (t->needs_no_return)
        writer_paragraph(w, &stay);
}

/* Each as a line of its own: what it is, how it stands, and why not. */
static void add_standing(struct slip_writer *w, const struct slip_status_text *t)
{
    if (t->parts.count)
        writer_heading(w, WORD_EACH_PART);
    for (size_t i = 0; i < t->parts.count; i++) {
        writer_paragraph(w, &t->parts.items[i].what);
        slip_add(w->slip, SLIP_NOTE, NULL, writer_own(w, &t->parts.items[i].note));
        if (t->reasons && *writer_own(w, &t->reasons[i]))
            slip_add(w->slip, SLIP_NOTE, NULL, writer_own(w, &t->reasons[i]));
    }
    if (t->remedy.zh)
        writer_paragraph(w, &t->remedy);
}

int slip_build_status(struct slip **out, const struct slip_head *head,
                      const struct slip_status_text *t)
{
    struct slip_writer w;
    int r = writer_begin(&w, head);
    if (r)
        return r;
    writer_head(&w, WORD_STATUS);
    writer_number(&w, WORD_NUMBER, t->number, t->payload);
    slip_add(w.slip, SLIP_RULE, NULL, "");
    writer_pair_words(&w, WORD_STATE, &t->state);
    writer_pair(&w, WORD_SINCE, t->since);
    writer_pair_words(&w, WORD_LEFT, &t->left);
    writer_pair(&w, WORD_PROMISED_BY, t->promised_by);
    writer_pair(&w, WORD_LEGAL_BY, t->legal_by);
    writer_pair_words(&w, WORD_OFFICE, &t->office);
    writer_pair_words(&w, WORD_HAS_IT, &t->owner);
    if (t->elsewhere.zh)
        writer_paragraph(&w, &t->elsewhere);
    if (t->check.zh)
        writer_block(&w, WORD_CHECK, &t->check);
    if (t->reason.zh && *t->reason.zh)
        writer_block(&w, WORD_GROUNDS, &t->reason);
    add_way_out(&w, t);
    writer_list(&w, WORD_OWED, SLIP_BOX, &t->owed);
    writer_list(&w, WORD_WAIVED, SLIP_TICKED, &t->waived);
    add_standing(&w, t);
    writer_list(&w, WORD_SO_FAR, SLIP_TICKED, &t->steps);
    slip_add(w.slip, SLIP_RULE, NULL, "");
    writer_pair(&w, WORD_AS_OF, t->as_of);
    writer_foot(&w);
    return writer_end(&w, out);
}

int slip_build_short(struct slip **out, const struct slip_head *head,
                     const struct slip_short_text *t)
{
    const struct slip_words ask = { slip_word(WORD_ASK, SLIP_ZH), slip_word(WORD_ASK, SLIP_EN) };
    struct slip_writer w;
    int r = writer_begin(&w, head);
    if (r)
        return r;
    w.slip->is_double_size = false; /* the letters of an elder slip would need twice the paper */
    writer_head(&w, WORD_SHORT);
    writer_number(&w, WORD_NUMBER, t->number, t->payload);
    writer_paragraph(&w, t->ask.zh ? &t->ask : &ask);
    writer_foot(&w);
    return writer_end(&w, out);
}
