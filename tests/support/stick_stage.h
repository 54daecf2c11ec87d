/* A kiosk, a stick and all that may be wrong between them, for tables of cases. One at a time; the test's thread. */
#pragma once

#include "firmware/service/token.h"
#include "tests/support/stick_kiosk.h"

extern struct stick_keys keys;
extern struct trust *trust;
extern char mount[512], other_mount[600]; /* the second one is not there unless a case makes it */
extern struct stick_kiosk kiosk;
extern struct token token; /* what stage_put_token() writes */
extern struct token_scene scene;
extern struct stick_calls calls; /* the machine; a case may spoil it */
extern struct errand_report report;

static const int64_t day = INT64_C(24) * 3600 * 1000, now = INT64_C(1795680000000);

/* ---- writing what is on the stick ---------------------------------------------------- */
void stage_path(char out[700], const char *name);
void stage_put(const char *name, const void *data, size_t length);
void stage_put_signed(const char *name, const char *text, const struct bytes *key,
                      const struct bytes *pem);
void stage_put_document(const char *name, const char *text);
void stage_put_token_by(const struct bytes *key, const struct bytes *pem);
void stage_put_token(void);
void stage_put_answer(const char *name, const char *for_kiosk, const char *more);

/* ---- what a kiosk does with it ------------------------------------------------------- */
/* The staff screen's way: find the stick, read its token, admit it. */
enum saying stage_enter(void);
/* An errand; what became of single files when it went well as a whole. */
enum saying stage_carry(void);

/* ---- the table ----------------------------------------------------------------------- */
struct stage_case {
    const char *what;
    enum saying want;
    enum saying (*happen)(void);
};
/* Each on a fresh stage. Fails the test at the first that ends otherwise, or without a sentence. */
void stage_play(const struct stage_case *cases, size_t count);
/* Of a group of tests. */
int stick_stage_start(void **state);
int stick_stage_stop(void **state);
