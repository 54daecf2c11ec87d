/* Fingers on the keypad, codes before the scanner, and a stranger's keyboard. */
#include <string.h>

#include "board/host/sim/commands_inside.h"

enum { HOLD_MS_MAX = 24 * 3600 * 1000 };

json_t *sim_do_keypad(struct sim_world *w, const json_t *request, struct json_reader *r)
{
    const char *act = json_need_string(r, request, "act", SIM_NAME_BYTES);
    const char *key = json_need_string(r, request, "key", SIM_NAME_BYTES);
    int ms = (int)json_want_integer(r, request, "ms", 0, HOLD_MS_MAX, 0);
    bool is_done = false;
    if (!json_is_clean(r))
        return NULL;
    if (!strcmp(act, "press"))
        is_done =
            sim_keypad_press(w->keypad, key, ms ? ms : SIM_KEYPAD_TAP_MS, sim_world_now_ms(w));
    else if (!strcmp(act, "hold"))
        is_done = sim_keypad_press(w->keypad, key, ms, sim_world_now_ms(w));
    else if (!strcmp(act, "let-go"))
        is_done = sim_keypad_let_go(w->keypad, key, sim_world_now_ms(w));
    else
        json_complain(r, "act: must be press, hold or let-go");
    if (!is_done)
        json_complain(r, "key: the keypad has no such key, or it has too much to do already");
    return NULL;
}

json_t *sim_do_headphones(struct sim_world *w, const json_t *request, struct json_reader *r)
{
    const json_t *in = json_object_get(request, "in");
    if (!json_is_boolean(in))
        json_complain(r, "in: must be true or false");
    else
        sim_keypad_headphones(w->keypad, json_is_true(in), sim_world_now_ms(w));
    return NULL;
}

json_t *sim_do_scan(struct sim_world *w, const json_t *request, struct json_reader *r)
{
    const char *text = json_need_string(r, request, "text", SIM_SCANNER_TEXT);
    if (json_is_clean(r) && !sim_scanner_show(w->scanner, text))
        json_complain(r, "the scanner is still sending the code before");
    return NULL;
}

json_t *sim_do_type(struct sim_world *w, const json_t *request, struct json_reader *r)
{
    const char *text = json_need_string(r, request, "text", 256);
    if (json_is_clean(r))
        sim_keyboard_type(w->keyboard, text);
    return NULL;
}

void sim_input_state(json_t *state, const struct sim_world *w)
{
    const char *key;
    json_t *down = json_array();
    sim_keypad_tick(w->keypad, sim_world_now_ms(w));
    for (size_t i = 0; (key = sim_keypad_key(i)); i++)
        if (sim_keypad_is_down(w->keypad, key))
            json_array_append_new(down, json_string(key));
    json_object_set_new(state, "keys_down", down);
    json_object_set_new(state, "headphones", json_boolean(sim_keypad_has_headphones(w->keypad)));
    json_object_set_new(state, "keypad_reports",
                        json_integer((json_int_t)sim_keypad_reports(w->keypad)));
    json_object_set_new(state, "scanner_idle", json_boolean(sim_scanner_is_idle(w->scanner)));
    json_object_set_new(state, "scanner_reports",
                        json_integer((json_int_t)sim_scanner_reports(w->scanner)));
    json_object_set_new(state, "keyboard_reports",
                        json_integer((json_int_t)sim_keyboard_reports(w->keyboard)));
}
