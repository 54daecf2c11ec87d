/* Joining a county by the stick that is in. */
#include "firmware/base/text.h"
#include "firmware/worker/stick_inside.h"

/* Behind it what the county gave along: keys, configuration and catalogue, so that it can be used without a network too. */
void stick_join(struct stick_worker *w)
{
    struct shift_news news = { .kind = SHIFT_JOINED, .said = SAY_PULLED };
    const struct errand_ports ports = { stick_ask_errand, NULL, w };
    w->was_cut = false;
    stick_begin_writing(w);
    if (stick_is_there(w))
        news.said = join_run(&news.join, w->stick, &ports);
    if (news.said == SAY_WELL && news.join.step == JOIN_DONE) {
        text_copy(w->kiosk, sizeof(w->kiosk), news.join.kiosk);
        news.said = errand_run(&news.errand, w->stick, w->kiosk, &ports);
    }
    if (w->was_cut || (news.said != SAY_WELL && !stick_is_there(w)))
        news.said = SAY_PULLED;
    stick_end_writing(w);
    stick_post(w, &news);
}
