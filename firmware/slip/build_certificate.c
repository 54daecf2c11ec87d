/* The slip that ends a course of practice. */
#include "firmware/slip/words.h"

int slip_build_certificate(struct slip **out, const struct slip_head *head,
                           const struct slip_certificate_text *t)
{
    const struct slip_words note = { slip_word(WORD_CERTIFICATE_NOTE, SLIP_ZH),
                                     slip_word(WORD_CERTIFICATE_NOTE, SLIP_EN) };
    struct slip_writer w;
    int r = writer_begin(&w, head);
    if (r)
        return r;
    writer_head(&w, WORD_CERTIFICATE);
    writer_pair(&w, WORD_CERTIFICATE_WHO, writer_word(&w, WORD_CERTIFICATE_LINE));
    writer_pair(&w, WORD_CERTIFICATE_DAY, t->day);
    writer_pair(&w, WORD_CERTIFICATE_PASS, t->pass);
    writer_heading(&w, WORD_CERTIFICATE_DONE);
    for (size_t i = 0; i < t->count; i++) {
        const struct slip_check *c = &t->done[i];
        const char *second = writer_second(&w, &c->what);
        slip_add(w.slip, SLIP_PAIR, writer_own(&w, &c->what), writer_own(&w, &c->state));
        if (second)
            slip_add(w.slip, SLIP_SECOND, NULL, second);
    }
    writer_paragraph(&w, &note);
    writer_foot(&w);
    return writer_end(&w, out);
}
