/* What staff set at the screen, to and from whoever keeps it. */
#include "firmware/worker/settings.h"
#include "firmware/worker/stick_inside.h"

bool stick_tell_settings(struct stick_worker *w)
{
    struct settings kept;
    int r = settings_read(&kept, w->config.settings);
    stick_post(w, &(struct shift_news){ .kind = SHIFT_SETTINGS,
                                        .said = r ? SAY_NO_SETTINGS : SAY_WELL,
                                        .wired = kept.wired,
                                        .touch = kept.touch });
    return !r;
}

static int keep(struct stick_worker *w, const struct shift_order *order)
{
    if (order->kind == ORDER_WIRED)
        return settings_set_wired(w->config.settings, &order->wired);
    int r = settings_set_touch(w->config.settings, order->panel, &order->map);
    /* Whoever places fingers knows it before it is said to be kept. */
    return r ? r : stick_tell_settings(w) ? 0 : -EIO;
}

void stick_settings_order(struct stick_worker *w, const struct shift_order *order)
{
    if (order->kind == ORDER_SETTINGS)
        (void)stick_tell_settings(w);
    else
        stick_post(w, &(struct shift_news){ .kind = SHIFT_KEPT,
                                            .said = keep(w, order) ? SAY_NO_SETTINGS : SAY_WELL });
}
