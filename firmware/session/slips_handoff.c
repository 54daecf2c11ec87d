/* The slip of a form that goes on at home: code, page, until when. No name and no number of a person. */
#include <string.h>

#include "firmware/session/internal.h"

int slip_handoff(struct slip **out, const struct session *s, unsigned copy)
{
    const struct visit *v = &s->visit;
    char printed[SLIP_TIME], until[SLIP_TIME] = "", code[HANDOFF_SHOWN];
    struct slip_head head = slip_head_of(printed, s, copy);
    if (v->handoff.until_ms)
        slip_time(until, s, v->handoff.until_ms);
    handoff_show(code, v->handoff.code);
    struct slip_handoff_text text = {
        .code = code,
        .payload = v->handoff.address,
        .until = until,
        .matter = { v->service->name.in[LANGUAGE_ZH], v->service->name.in[LANGUAGE_EN] },
        .has_owner = v->has_person && !session_is_anonymous(s),
    };
    int r = slip_build_handoff(out, &head, &text);
    explicit_bzero(code, sizeof(code));
    return r;
}
