/* Acts of handing the screen to a helper and back (SS-15, SS-42). Nothing that was filled in is touched on the way. */
#include "firmware/session/acts.h"

static bool is_filling(enum screen screen)
{
    return screen == SCREEN_FORM || screen == SCREEN_REVIEW || screen == SCREEN_PAPERS;
}

enum screen act_helper_takes(struct session *s, const struct event *e)
{
    (void)e;
    return is_filling(s->visit.help_from) && !agency_is_acting(s) ? SCREEN_HELPER : stay();
}

enum screen act_help_mode(struct session *s, const struct event *e)
{
    enum help_mode mode = help_mode_named(e->value);
    if (mode == HELP_NONE || mode == HELP_ACT)
        return stay();
    s->visit.helper = (struct helper){ mode, s->visit.helper.service, true };
    return s->visit.help_from;
}

/* One of the five; the same again takes it back. */
enum screen act_help_service(struct session *s, const struct event *e)
{
    enum help_service said = help_service_named(e->value);
    s->visit.helper.service = said == s->visit.helper.service ? HELP_WITH_NONE : said;
    return stay();
}

/* From the help page back to what was being filled in; before signing, on to the review. */
enum screen act_helper_returns(struct session *s, const struct event *e)
{
    (void)e;
    if (!s->visit.helper.is_helping)
        return stay();
    s->visit.helper.is_helping = false;
    return s->visit.screen == SCREEN_HELPER_BACK ? SCREEN_REVIEW : s->visit.help_from;
}

enum screen act_leave_helper(struct session *s, const struct event *e)
{
    (void)e;
    if (s->visit.screen == SCREEN_HELPER)
        return SCREEN_HELP;
    return act_back_to_form(s, e);
}
