/* What has become of a slip that was to be printed. */
#pragma once

enum paper_state {
    PAPER_OFF, /* no slip wanted (yet) */
    PAPER_PRINTING,
    PAPER_DONE,   /* take it */
    PAPER_ASK,    /* did a complete slip come out? */
    PAPER_FAILED, /* nothing came out; the number on the screen is enough */
};
