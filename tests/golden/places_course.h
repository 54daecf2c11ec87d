/* Walks to the pages of practice with scores (places.c lists them). */
#pragma once

#include "tests/golden/visits.h"

void place_course(struct visits *v);
void place_course_tried(struct visits *v);
void place_course_passed(struct visits *v);
void place_course_printed(struct visits *v);
void place_task(struct visits *v);
void place_task_help(struct visits *v);
void place_score(struct visits *v);
void place_score_wrong(struct visits *v);
void place_score_refused(struct visits *v);
