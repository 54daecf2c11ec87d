/* When a roll-out goes on and when it stops by itself: one kiosk, then ten percent, then all. Pure. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

enum { ROLLOUT_FIRST = 1, ROLLOUT_TEN, ROLLOUT_ALL, ROLLOUT_STAGES };

struct rollout_facts {
    int stage;
    int offered; /* kiosks of this board that the stage reaches and that were heard within a week */
    int installed;   /* of them */
    int failed;      /* fell back or refused, of all kiosks and stages */
    int limit;       /* so many are enough to stop */
    int64_t stage_s; /* since the stage began */
    int64_t hold_s;  /* a stage lasts at least so long */
};
enum rollout_move { ROLLOUT_STAY, ROLLOUT_NEXT, ROLLOUT_STOP, ROLLOUT_DONE };
enum rollout_move rollout_judge(const struct rollout_facts *f);
/* Percent of the kiosks in a stage. */
int rollout_percent(int stage);
