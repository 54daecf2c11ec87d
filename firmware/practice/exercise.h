/* Exercises for practice (SS-43): somebody who does not exist comes with a matter; what is to be done, and what counts as
 * right. Data (assets/practice/exercises.json, FORMAT.md beside it), read strictly; whether it fits a catalogue is another
 * question, since the county's catalogue changes. Plain data; pure; any thread.
 *
 * Nobody real can stand in it: a person is a name, a sex, an age and an address, and their ID number is made here, of a
 * division that does not exist. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "firmware/base/fault.h"
#include "firmware/card/person.h"
#include "firmware/catalogue/catalogue.h"

enum {
    EXERCISES_MAX = 12,
    EXERCISES_BYTES_MAX = 64 * 1024,
    EXERCISE_COMPLAINT = 320,
    EXERCISE_ID = 25, /* with the NUL, as all of these */
    EXERCISE_TITLE = 97,
    EXERCISE_STORY = 601,
    EXERCISE_NAME = 41, /* of a field, a paper, a condition */
    EXERCISE_VALUE = 121,
    EXERCISE_ANSWERS = 12,
    EXERCISE_PAPERS = 6,
};

struct exercise_title {
    char in[LANGUAGE_COUNT][EXERCISE_TITLE];
};
struct exercise_text {
    char in[LANGUAGE_COUNT][EXERCISE_STORY];
};

/* How it has to end. */
enum exercise_end {
    EXERCISE_RECEIPT, /* it is handed in */
    EXERCISE_NOTICE,  /* something is missing that may not follow: told once, all at once */
    EXERCISE_REFUSED, /* a condition is not met: the reason is found, and nothing is handed in */
};

struct exercise_answer {
    char field[EXERCISE_NAME], value[EXERCISE_VALUE];
};

/* What is to be said of a paper: it is here, it follows, it is missing and may not follow. */
enum exercise_held { EXERCISE_HERE = 1, EXERCISE_LATER, EXERCISE_NOT };
struct exercise_paper {
    char material[EXERCISE_NAME];
    enum exercise_held held;
};

struct exercise {
    char id[EXERCISE_ID];
    struct exercise_title title;
    struct exercise_text story, lesson; /* what they say; told with the score */
    char name[64], address[144], sex;   /* '1' or '2' */
    int age;                            /* in years, whenever it is practised */
    char matter[EXERCISE_NAME];         /* code of the service */
    enum exercise_end end;
    char condition[EXERCISE_NAME]; /* EXERCISE_REFUSED: id of the rule that is not met; else "" */
    size_t answer_count, paper_count;
    struct exercise_answer answers[EXERCISE_ANSWERS]; /* those that count; others are free */
    struct exercise_paper papers[EXERCISE_PAPERS];
};

struct exercises {
    int pass; /* points of 100 that each needs for the certificate */
    size_t count;
    struct exercise list[EXERCISES_MAX];
};

/* 0 (the caller owns *out), -EBADMSG with a sentence in `complaint`, or -ENOMEM. */
NODISCARD int exercises_parse(struct exercises **out, const void *text, size_t length,
                              char complaint[EXERCISE_COMPLAINT]);
/* The same from a file. */
NODISCARD int exercises_load_file(struct exercises **out, const char *path,
                                  char complaint[EXERCISE_COMPLAINT]);
void exercises_free(struct exercises *s); /* NULL is fine */
AUTO_DEFINE(struct exercises, exercises_free)

/* Whoever comes, as a card would say it. `today` YYYYMMDD; NULL: no clock is set, and the year is taken to be 2026. */
void exercise_person(struct person *out, const struct exercise *s, const char *today);
/* Can it be practised with this catalogue, and does it end as it says? False: `complaint` says why in a sentence. */
bool exercise_fits(const struct exercise *s, const struct catalogue *c, const char *today,
                   char complaint[EXERCISE_COMPLAINT]);
/* What was asked for, or NULL. Borrowed from the catalogue. */
const struct field *exercise_field(const struct service *service, const char *name);
const struct material *exercise_material(const struct service *service, const char *id);
