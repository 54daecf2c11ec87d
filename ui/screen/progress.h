/* The files of the progress screen. Inside ui/screen only. */
#pragma once

#include "ui/screen/frame.h"

/* progress_case.c: what is known of the case that was asked about. */
void progress_add_answer(struct scene *s);

/* progress_lanes.c: what was done, in three lanes (SS-06); what is owed; the days that are left. Each adds its part at s->y
 * with the gap behind it, or nothing. */
void progress_add_lanes(struct scene *s);
void progress_add_owed(struct scene *s);
void progress_add_clock(struct scene *s);
/* progress_out.c */
void progress_add_pickup(struct scene *s);
void progress_add_comfort(struct scene *s);
void progress_add_reason(struct scene *s);
void progress_add_paper(struct scene *s);
/* "10 December 2026" of "20261210". */
const char *progress_day(struct scene *s, const char *day);
