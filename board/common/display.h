/* The glass of a board: a dumb buffer and the touch panels of its table. Defines board_open_display(). */
#pragma once

#include "ui/present/dumb.h"

/* Defined by the board. */
extern const struct dumb_panel this_panel;
