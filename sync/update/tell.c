/* How an update stands, in words for status, heartbeat and staff. */
#include "firmware/base/json.h"
#include "sync/update/inside.h"

enum updater_state updater_state(const struct updater *u)
{
    return u->state;
}

static json_t *last_json(const struct updater *u)
{
    char complaint[JSON_COMPLAINT];
    json_t *last = json_parse(u->last.data, u->last.length, complaint);
    json_object_del(last, "sha256");
    json_object_del(last, "open");
    json_object_del(last, "times");
    return last;
}

json_t *updater_json(const struct updater *u)
{
    static const char *const words[UPDATER_STATES] = { "none",     "waiting", "fetching",
                                                       "checking", "ready",   "stuck" };
    int percent = u->state >= UPDATER_CHECKING && u->state != UPDATER_STUCK ? 100
                  : u->has_wanted ? (int)(u->part.have * 100 / u->wanted.size)
                                  : 0;
    json_t *o = json_pack("{ss, ss, si, ss}", "state", words[u->state], "version",
                          u->has_wanted ? u->wanted.version : "", "percent", percent, "trouble",
                          u->trouble);
    json_t *last = o ? last_json(u) : NULL;
    if (last)
        json_object_set_new(o, "last", last);
    return o;
}
