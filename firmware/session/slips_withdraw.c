/* The slip of a withdrawal. */
#include <stdio.h>
#include <string.h>

#include "firmware/session/internal.h"
#include "firmware/session/slip_both.h"

#define N_(msgid) msgid

int slip_withdrawal(struct slip **out, const struct session *s)
{
    const struct visit *v = &s->visit;
    const struct withdrawal *w = &v->withdrawal;
    char printed[SLIP_TIME], submitted[SLIP_TIME] = "", payload[160], name[MASKED_TEXT],
                             number[MASKED_TEXT];
    struct slip_head head = slip_head_of(printed, s, paper_job_copy(&w->paper));
    const struct slip_who who = { name, number };
    if (s->link.clock_quality != CLOCK_UNSET)
        slip_time(submitted, s, s->config.clock->wall_ms(s->config.clock));
    snprintf(payload, sizeof(payload), "%s%s", s->config.case_url, w->receipt);
    mask_name(name, *v->person.name ? v->person.name : v->person.english_name);
    mask_number_strong(number, v->person.number);
    const struct slip_withdrawal_text text = {
        .number = w->receipt,
        .payload = payload,
        .about = w->about,
        .submitted = submitted,
        .who = &who,
        .next = slip_said(s, N_("The county compares your card with the application, stops the "
                                "work and confirms it. You can apply again at any time.")),
        .was_offline = !s->link.is_up,
    };
    int failed = slip_build_withdrawal(out, &head, &text);
    explicit_bzero(name, sizeof(name));
    explicit_bzero(number, sizeof(number));
    return failed;
}
