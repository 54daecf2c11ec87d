/* kioskctl catalogue; known to its own files only. */
#pragma once

#include "firmware/catalogue/catalogue.h"
#include "firmware/ctl/ctl.h"

/* 0, or 1 after a sentence on standard error. */
NODISCARD int ctl_load(struct catalogue **out, const char *path);
/* catalogue_show.c; the words behind the command, which returns its exit status. */
int ctl_catalogue_list(const struct ctl *c, char **argv);
int ctl_catalogue_show(const struct ctl *c, char **argv);
/* catalogue_point.c */
int ctl_catalogue_point(const struct ctl *c, char **argv);
/* catalogue_practice.c */
int ctl_catalogue_practice(const struct ctl *c, char **argv);
/* Today by the machine's clock and zone as YYYYMMDD, "" when it has none. */
void ctl_today(char out[9]);
