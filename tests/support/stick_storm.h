/* A stick on the storm's platter (storm.h): system calls of drivers/stick that lose power. `mount` given to stick_open() must
 * be any real folder. */
#pragma once

#include "drivers/stick/stick.h"

extern const struct stick_calls stick_storm_calls;
/* After storm_begin() or storm_light(): files left open in the dark are forgotten. */
void stick_storm_reset(void);
