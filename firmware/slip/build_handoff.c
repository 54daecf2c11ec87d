/* The slip with which a form goes on at home. */
#include "firmware/slip/words.h"

int slip_build_handoff(struct slip **out, const struct slip_head *head,
                       const struct slip_handoff_text *t)
{
    enum slip_word who = t->has_owner ? WORD_HANDOFF_OWNER : WORD_HANDOFF_ANYBODY;
    const struct slip_words until = { t->until, NULL },
                            rule = { slip_word(who, SLIP_ZH), slip_word(who, SLIP_EN) };
    struct slip_writer w;
    int r = writer_begin(&w, head);
    if (r)
        return r;
    writer_head(&w, WORD_HANDOFF);
    writer_pair_words(&w, WORD_MATTER, &t->matter);
    writer_number(&w, WORD_HANDOFF_CODE, t->code, NULL);
    writer_code(&w, WORD_HANDOFF_SCAN, t->payload);
    writer_block(&w, WORD_HANDOFF_UNTIL, &until);
    writer_paragraph(&w, &rule);
    writer_foot(&w);
    return writer_end(&w, out);
}
