/* Reading foreign JSON about cases: what timelines and parts share. Inside firmware/session only. */
#pragma once

#include "firmware/session/timeline.h"

/* "" when it is not there or no text. */
const char *timeline_text(const json_t *o, const char *key);
/* "2026-12-10" -> "20261210"; "" when there is no such day. */
void timeline_take_day(char out[TIMELINE_DAY], const json_t *o, const char *key);
/* At most `max`; returns how many. */
size_t timeline_take_owed(struct timeline_paper *out, size_t max, const json_t *list);
/* The `parcel` of a delivery. */
void timeline_take_posted(struct posted *out, const json_t *delivery);
enum hand_out timeline_hand_out(const json_t *delivery);
/* False when it says none that is likely. */
bool timeline_take_days_left(int *out, const json_t *o);
/* Is the clock of a case that stands there running? */
bool timeline_is_running(const char *state);
