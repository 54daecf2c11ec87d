/* Who helps, and how (SS-15, SS-42): the four ways of a shop-keeper. Chosen by whoever takes over the screen. */
#pragma once

#include <stdbool.h>

enum help_mode {
    HELP_NONE,
    HELP_GUIDE,  /* 引办: shown the way, the resident fills in */
    HELP_ASSIST, /* 协办: filled in together */
    HELP_ACT, /* 代办: an agent acts, with consent; never chosen, it follows from the agent's card */
    HELP_DO, /* 帮办: staff fill it in for them */
    HELP_MODES
};

struct helper {
    enum help_mode mode; /* of the present draft */
    bool is_helping;     /* the screen is in the helper's hands now */
};

/* "guide", "assist", "act", "do"; "" for none. Words of the sealed item. */
const char *help_mode_word(enum help_mode mode);
/* The reverse; HELP_NONE for anything else. */
enum help_mode help_mode_named(const char *word);
