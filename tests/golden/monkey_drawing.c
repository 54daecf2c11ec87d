/* What is drawn bit by bit, each time only what differs, is the picture that is drawn at once. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "board/host/robot.h"
#include "tests/golden/monkey_inside.h"

enum { LOOK_EVERY = 8 };

static void say_where(struct monkey *m, const uint32_t *before, const struct canvas *now)
{
    char where[96];
    size_t i = 0;
    while (before[i] == now->pixels[i])
        i++;
    snprintf(where, sizeof(where), "%s, from row %zu, column %zu on",
             robot_screen_word(session_view(m->visits.session)->screen), i / (size_t)now->width,
             i % (size_t)now->width);
    complain(m, "a part was not drawn again", where);
}

void watch_drawing(struct monkey *m)
{
    if (m->acts % LOOK_EVERY)
        return;
    const struct canvas *c = stage_canvas(m->stage);
    size_t bytes = (size_t)c->width * (size_t)c->height * sizeof(*c->pixels);
    uint32_t *before = malloc(bytes);
    if (!before)
        exit(2);
    memcpy(before, c->pixels, bytes);
    stage_damage_all(m->stage);
    (void)stage_update(m->stage, m->visits.session);
    if (memcmp(before, c->pixels, bytes) != 0)
        say_where(m, before, c);
    free(before);
}
