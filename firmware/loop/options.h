/* The command line of `kiosk`. */
#pragma once

#include <stdbool.h>

struct options {
    const char *socket, *assets, *catalogue, *preview, *item, *trust, *locale, *usbip, *robot,
        *case_url, *phone_url;
    const char *reader_ttys[2]; /* the ID reader's serial line, NULL behind it */
    const char *sticks;         /* folder under which service sticks are mounted; NULL: none are */
    const char *settings;       /* socket of whoever keeps what staff set, or NULL */
    const char *occupied;       /* file that is locked while anybody is here, or NULL */
    const char *not_fitted;     /* devices that this kiosk has none of: "keypad,scanner" */
    const char *panel;          /* name in panel_named(), or NULL for the board's */
    bool is_headless, is_mute, begins;
    int scale_percent;
};

/* 0 go on, 1 end well, 2 wrong usage; both say so. */
int options_read(struct options *o, int argc, char **argv);
