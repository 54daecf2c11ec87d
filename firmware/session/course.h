/* A course (SS-43): exercises one after the other in practice, each with its score, and a certificate once all are passed. Part of the session's
 * view. It names nobody but people who do not exist; whoever practises writes their name on the paper by hand. Nothing
 * of it is kept: it ends with the course. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "firmware/practice/exercise.h"
#include "firmware/session/paper.h"

/* What is looked at. */
enum course_check {
    CHECK_MATTER, /* the right matter was begun first */
    CHECK_ANSWER, /* `at`: place in the exercise's answers */
    CHECK_PAPER,  /* `at`: place in its papers */
    CHECK_END,    /* it ended as it had to */
    CHECK_SLIP,   /* the slip that says what works instead was printed */
};

enum { COURSE_ROWS = 3 + EXERCISE_ANSWERS + EXERCISE_PAPERS };

struct course_row {
    enum course_check check;
    size_t at;
    bool is_right;
};

struct course_task {
    const struct exercise *exercise;
    int best; /* points of 100; -1: not tried */
};

struct course_view {
    bool is_on;
    int pass; /* points that each needs */
    size_t count;
    struct course_task tasks[EXERCISES_MAX];
    const struct exercise *now; /* the one in hand; NULL: none */
    bool is_running;            /* its visit goes on */
    size_t row_count;           /* SCREEN_SCORE */
    struct course_row rows[COURSE_ROWS];
    int points;
    bool is_passed;         /* all of them */
    enum paper_state paper; /* the certificate's */
    bool can_print;
};
