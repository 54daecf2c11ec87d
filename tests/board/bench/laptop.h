/* A technician's laptop at the board's device port: the kernel's dummy_hcd is a cable with both ends in one machine, so the board is its
 * own laptop. It is a stranger too: a serial adapter that somebody plugs in, which the board must refuse. */
#pragma once

#include <stddef.h>

/* Plugs the cable in, waits for the board to offer its console there and to refuse what it sees of it, and then lets it in. `what`: what
 * was seen, for the console. Returns the laptop's serial line, raw, or -1; blocks for a minute at most. */
int laptop_plug(char *what, size_t size);
