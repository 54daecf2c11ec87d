/* The commands that move the simulated world: cards, paper, cables (kiosk-sim(1)). The control socket and the bench window
 * both come here. */
#pragma once

#include <jansson.h>

#include "board/host/sim/world.h"

/* Carry out a request. Returns {"ok":true,...} or {"ok":false,"error":...}, owned by the caller; NULL without memory. */
json_t *sim_world_do(struct sim_world *w, const json_t *request);
/* Begin a scenario; one that runs is given up. 0, or a fault and what is wrong with the file. */
NODISCARD int sim_world_play(struct sim_world *w, const char *file, char complaint[JSON_COMPLAINT]);
