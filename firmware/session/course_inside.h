/* The course as the session holds it. Inside firmware/session only. */
#pragma once

#include "firmware/session/course.h"
#include "firmware/session/paper_job.h"

struct session;
struct event;
struct slip;

/* All zero: there is none. */
struct course {
    bool is_on, is_running;
    const struct exercise *now;
    int best[EXERCISES_MAX]; /* by place in session->exercises; -1: not tried */
    bool is_fitting[EXERCISES_MAX];
    /* of the one in hand */
    bool is_begun, is_handed_in, is_noticed, is_insisted, is_slip_printed, is_scored_slip;
    bool is_condition_met; /* the page that says why was reached */
    size_t row_count;
    struct course_row rows[COURSE_ROWS];
    struct paper_job paper;
};

/* ---- course.c ------------------------------------------------------------------------------ */
/* An exercise is taken in hand: nothing of it is right yet. */
void course_take(struct session *s, const struct exercise *e);
/* After every event: what has been done so far. */
void course_watch(struct session *s);
/* The visit of an exercise is over: wiped and scored. */
void course_score(struct session *s);
void course_look(struct course_view *out, const struct session *s);
/* What the exercise in hand has for that question; "" for nothing. */
const char *course_answer(const struct session *s, const char *field);

/* The visit of an exercise goes on. */
bool course_is_running(const struct session *s);

/* ---- act_course.c -------------------------------------------------------------------------- */
/* Is the certificate meant? Then its state is noted. */
bool course_printed(struct session *s, const struct event *e);

/* ---- slips_course.c ------------------------------------------------------------------------ */
NODISCARD int slip_certificate(struct slip **out, const struct session *s, unsigned copy);
