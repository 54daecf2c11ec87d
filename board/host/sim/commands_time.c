/* Scenarios, single lines of them, and time. */
#include <string.h>

#include "board/host/sim/commands_inside.h"
#include "board/host/sim/words.h"

enum { ADVANCE_MS_MAX = 24 * 3600 * 1000, LINE_BYTES = 2000 };

static json_t *port_command(void *context, const json_t *request)
{
    return sim_world_do(context, request);
}

static void port_jump(void *context, int64_t ms)
{
    sim_world_advance(context, ms);
}

int sim_world_play(struct sim_world *w, const char *file, char complaint[JSON_COMPLAINT])
{
    const struct scenario_ports ports = { w, port_command, w->is_fast ? port_jump : NULL };
    struct scenario *s = NULL;
    int r = scenario_load(&s, file, &ports, complaint);
    if (r)
        return r;
    scenario_free(w->scenario);
    w->scenario = s;
    return 0;
}

json_t *sim_do_scenario(struct sim_world *w, const json_t *request, struct json_reader *r)
{
    char complaint[JSON_COMPLAINT] = "no memory";
    const char *file = json_need_string(r, request, "file", SIM_PATH_BYTES);
    if (json_is_clean(r) && sim_world_play(w, file, complaint))
        json_complain(r, "%s", complaint);
    return NULL;
}

/* The same words as in a scenario. What the command says is passed on. */
json_t *sim_do_line(struct sim_world *w, const json_t *request, struct json_reader *r)
{
    char complaint[JSON_COMPLAINT];
    const char *line = json_need_string(r, request, "line", LINE_BYTES);
    AUTO(json_release)
    json_t *inner = json_is_clean(r) ? sim_words_request(line, complaint) : NULL;
    if (json_is_clean(r) && !inner)
        json_complain(r, "%s", complaint);
    json_t *reply = inner ? sim_world_do(w, inner) : NULL;
    if (reply && !json_is_true(json_object_get(reply, "ok")))
        json_complain(r, "%s", json_string_value(json_object_get(reply, "error")));
    return reply;
}

json_t *sim_do_advance(struct sim_world *w, const json_t *request, struct json_reader *r)
{
    int64_t ms = json_need_integer(r, request, "ms", 0, ADVANCE_MS_MAX);
    if (json_is_clean(r))
        sim_world_advance(w, ms);
    return NULL;
}

json_t *sim_do_picture(struct sim_world *w, const json_t *request, struct json_reader *r)
{
    const char *file = json_need_string(r, request, "file", SIM_PATH_BYTES);
    int failed = !json_is_clean(r) ? 0 : w->picture ? w->picture(w, file) : -ENOTSUP;
    if (failed)
        json_complain(r, "%s: %s", file, strerror(-failed));
    return NULL;
}

void sim_scenario_state(json_t *state, const struct sim_world *w)
{
    static const char *const words[] = { "running", "done", "failed" };
    const char *word = w->scenario ? words[scenario_state(w->scenario)] : "";
    json_object_set_new(state, "scenario", json_string(word));
    json_object_set_new(state, "scenario_line",
                        json_integer(w->scenario ? scenario_line(w->scenario) : 0));
    json_object_set_new(state, "scenario_says",
                        json_string(w->scenario ? scenario_says(w->scenario) : ""));
}
