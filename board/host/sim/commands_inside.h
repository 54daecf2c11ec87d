/* Between the files of commands. */
#pragma once

#include "board/host/sim/commands.h"
#include "firmware/base/json.h"

enum { SIM_NAME_BYTES = 64, SIM_PATH_BYTES = 400, SIM_COUNT_MAX = 1 << 30 };

/* Carries out one request; what is wrong goes into `r`. Returns what the reply says besides "ok", or NULL. */
typedef json_t *sim_command(struct sim_world *w, const json_t *request, struct json_reader *r);

sim_command sim_do_reader_style;
/* What the state says of the reader's kind. */
void sim_reader_state(json_t *state, const struct sim_world *w);
sim_command sim_do_keypad, sim_do_headphones, sim_do_scan, sim_do_type;
sim_command sim_do_scenario, sim_do_line, sim_do_advance, sim_do_picture;
/* What the state says of keypad, scanner and keyboard. */
void sim_input_state(json_t *state, const struct sim_world *w);
/* ... and of the scenario. */
void sim_scenario_state(json_t *state, const struct sim_world *w);
