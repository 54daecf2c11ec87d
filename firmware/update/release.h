/* What runs here: /etc/os-release of a board's image (os-release(5)), ID=onetrip, VERSION_ID, VARIANT_ID. */
#pragma once

#include "firmware/update/manifest.h"

struct release {
    char version[UPDATE_VERSION]; /* that of these programs when the file names none */
    char board[UPDATE_BOARD];     /* "host" on a machine that is no board */
};
void release_read(struct release *out, const char *path);
