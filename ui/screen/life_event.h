/* Questions that lead from what has happened to its bundle. Inside ui/screen only. */
#pragma once

#include "ui/screen/scene.h"

/* Those of a theme under one heading, with the heading of what follows behind them; nothing when it has none. */
void life_events_add(struct scene *s, const struct theme *theme);
/* Is a service asked for that way, and so not in the list below? */
bool life_event_is_asked(const struct service *service);
/* On a guide: the bundle that this matter is a part of. */
void life_event_add_guide(struct scene *s);
