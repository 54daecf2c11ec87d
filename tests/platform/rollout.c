#include "tests/platform/rollout.h"

int rollout_percent(int stage)
{
    static const int percents[ROLLOUT_STAGES] = {
        [ROLLOUT_FIRST] = 0, [ROLLOUT_TEN] = 10, [ROLLOUT_ALL] = 100
    };
    return stage > 0 && stage < ROLLOUT_STAGES ? percents[stage] : 0;
}

/* Ten percent of a small county may be nobody: then its time alone counts. The first kiosk and the last stage must really be
 * there. */
enum rollout_move rollout_judge(const struct rollout_facts *f)
{
    bool is_ripe = f->stage_s >= f->hold_s && f->installed >= f->offered;
    if (f->failed >= f->limit)
        return ROLLOUT_STOP;
    if (!is_ripe || (!f->offered && f->stage != ROLLOUT_TEN))
        return ROLLOUT_STAY;
    return f->stage < ROLLOUT_ALL ? ROLLOUT_NEXT : ROLLOUT_DONE;
}
