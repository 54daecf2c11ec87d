/* The certificate of practice: which exercises, how many points each, on which day. Nobody's name. */
#include <stdio.h>

#include "firmware/session/internal.h"

enum { POINTS = 16 };

int slip_certificate(struct slip **out, const struct session *s, unsigned copy)
{
    char printed[SLIP_TIME], pass[POINTS], said[EXERCISES_MAX][POINTS];
    struct slip_check done[EXERCISES_MAX];
    struct slip_head head = slip_head_of(printed, s, copy);
    struct course_view view;
    course_look(&view, s);
    for (size_t i = 0; i < view.count; i++) {
        const struct exercise_title *title = &view.tasks[i].exercise->title;
        snprintf(said[i], sizeof(said[i]), "%d / 100", view.tasks[i].best);
        done[i] = (struct slip_check){ .what = { title->in[LANGUAGE_ZH], title->in[LANGUAGE_EN] },
                                       .state = { said[i], NULL },
                                       .is_well = true };
    }
    snprintf(pass, sizeof(pass), "%d / 100", view.pass);
    char day[11] = "";
    snprintf(day, sizeof(day), "%.10s", printed);
    struct slip_certificate_text text = {
        .day = day, .pass = pass, .count = view.count, .done = done
    };
    return slip_build_certificate(out, &head, &text);
}
