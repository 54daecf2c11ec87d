/* Between the files of kioskctl stick. */
#pragma once

#include "drivers/stick/stick.h"
#include "firmware/ctl/ctl.h"
#include "firmware/service/words.h"

/* NAME=VALUE words. The value of `name` in `argv`, or NULL. */
const char *ctl_value(int argc, char **argv, const char *name);
/* Is every word one of the names in the NULL-terminated list, and each given once? Complains of the first that is not. */
bool ctl_values_are_known(int argc, char **argv, const char *const *names);
/* Open the stick at `mount`; 0, or 1 after saying why not. */
int ctl_open_stick(struct stick **out, const char *mount);
/* "kioskctl: <what>: <sentence>". Returns 1. */
int ctl_say(const char *what, enum saying s);

/* Signed by key= and certificate= of the county's signer of documents. 0, or 1 after saying why not. */
int ctl_stick_sign(struct bytes *signature, const struct bytes *document, int argc, char **argv);

int ctl_stick_make(const struct ctl *c, const char *mount, int argc, char **argv);
int ctl_stick_check(const struct ctl *c, const char *mount, int argc, char **argv);
int ctl_stick_update(const struct ctl *c, const char *mount, int argc, char **argv);
int ctl_stick_carry(const struct ctl *c, const char *mount, int argc, char **argv);
