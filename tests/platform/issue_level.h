/* The level of an issue, 1 to 4 (分级, 四级响应; SS-59, SS-60): by how grave its cause is and how far it reaches, and one level
 * up whenever the level's own time is over and nothing is mended. The rule is the county's data
 * (assets/county/issue-levels.json): whoever answers for a level and in how many working days, what a cause begins with,
 * and what lifts it. Plain data, pure functions, any thread; nothing here is about a person. */
#pragma once

#include "firmware/base/json.h"
#include "firmware/calendar/calendar.h"

enum {
    ISSUE_LEVELS = 4,
    ISSUE_CAUSES = 32,
    ISSUE_REACHES = 16,
    ISSUE_WORD = 25,  /* with the NUL */
    ISSUE_OWNER = 121 /* bytes, with the NUL */
};

struct issue_layer {
    char owner[2][ISSUE_OWNER]; /* Chinese, English */
    bool is_of_matter;          /* the office of the matter, where it is known */
    int days;                   /* working days for an answer: 1 to 250 */
};

struct issue_rule {
    struct issue_layer layers[ISSUE_LEVELS];
    size_t cause_count, reach_count;
    struct {
        char source[ISSUE_WORD], cause[ISSUE_WORD]; /* "": any cause */
        int level;
    } causes[ISSUE_CAUSES]; /* the first that fits */
    struct {
        int64_t times, kiosks, returned; /* at least; 0: does not count */
        int level;
    } reaches[ISSUE_REACHES];
};

/* What is known of one issue. */
struct issue_facts {
    const char *source, *cause;
    int64_t times;    /* how often, which is how many people stood before it */
    int64_t kiosks;   /* at how many different ones */
    int64_t returned; /* how often it came again after it was mended */
};

/* Where it stands: at that level since that day. */
struct issue_stand {
    int level;
    day since;
};

/* 0, or -EBADMSG with a sentence in `complaint`. */
NODISCARD int issue_rule_read(struct issue_rule *out, const json_t *o,
                              char complaint[JSON_COMPLAINT]);
/* What it deserves whatever its age: the highest of its cause and of all that it reaches; 1 where nothing is said. */
int issue_level_of(const struct issue_rule *rule, const struct issue_facts *facts);
/* The last working day for an answer at this level. */
day issue_due(const struct issue_rule *rule, const struct calendar *cal, struct issue_stand s);
/* By today: each level whose time is over is missed and passes it on, from the day on which it should have answered.
 * `missed` (NULL: nobody asks) is called for each, lowest first; a non-zero answer of it ends this and is given back. The
 * last level keeps what it has. */
NODISCARD int issue_climb(struct issue_stand *s, const struct issue_rule *rule,
                          const struct calendar *cal, day today, void *context,
                          int (*missed)(void *context, struct issue_stand was, day due));
/* It deserves that level now: it goes up today, and never down while it is open. */
void issue_lift(struct issue_stand *s, int level, day today);
