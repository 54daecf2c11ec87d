/* The guide of one service as words, for a screen, a page to print or a voice: what stands where is the
 * caller's. Words belong to the catalogue; a guide holds no person data. Pure; any thread. */
#pragma once

#include "firmware/catalogue/rule.h"

enum guide_section {
    GUIDE_NAME,
    GUIDE_GIVES,
    GUIDE_WHO,
    GUIDE_RULE,    /* one condition; `truth` when facts were given */
    GUIDE_FETCHED, /* a paper that is looked up */
    GUIDE_BRING,
    GUIDE_LATER,    /* `days`: within so many working days */
    GUIDE_PROMISED, /* `days`; no words */
    GUIDE_LEGAL,    /* `days`; only when a law names any */
    GUIDE_STEP,     /* `days`, `extra`: the office */
    GUIDE_LEVEL,    /* another speed: `days` */
    GUIDE_PART,     /* of a bundle: `days`, `extra`: the office */
    GUIDE_REPLACES,
    GUIDE_FEE,
    GUIDE_FEE_BASIS,
    GUIDE_OFFICE,
    GUIDE_BASIS,
    GUIDE_NEXT,
    GUIDE_SECTIONS,
};

struct guide_line {
    enum guide_section section;
    struct words words, extra; /* "" where the section has none */
    int days;                  /* working days; -1: none */
    enum truth truth;
};

enum guide_freshness {
    GUIDE_FRESH,
    GUIDE_STALE,   /* not looked through for longer than the catalogue's review_days */
    GUIDE_EARLY,   /* valid from a day to come */
    GUIDE_UNDATED, /* no date, or the clock is not trusted */
};

enum { GUIDE_LINES_MAX = 120 };

/* In the order in which a guide is read. `facts` may be NULL. Returns the number of lines written. */
size_t guide_lines(const struct catalogue *c, const struct service *s,
                   const struct rule_facts *facts, struct guide_line *out, size_t max);
/* *age_days (if not NULL): since it was last looked through; -1 when not known. */
enum guide_freshness guide_freshness(const struct catalogue *c, const struct service *s,
                                     const char *today, int *age_days);
