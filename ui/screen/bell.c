/* Calling a person: the way to ring, and how the call stands (SS-11). */
#include "ui/screen/bell.h"

static const char *phone_of(const struct scene *s)
{
    return s->view->catalogue ? catalogue_point(s->view->catalogue)->phone : "12345";
}

const char *bell_words(const struct scene *s)
{
    const struct bell *b = &s->view->bell;
    switch (b->state) {
    case BELL_RINGING:
        return b->is_offline ? page_format(s->page, tr("No network: please phone %s"), phone_of(s))
                             : tr("Staff are being called");
    case BELL_COMING:
        return page_format(s->page, tr("%s is coming"), b->by);
    case BELL_UNANSWERED:
        return page_format(s->page, tr("Nobody has come: please phone %s"), phone_of(s));
    default:
        return "";
    }
}

static void add_ring(struct scene *s, const char *label, const char *detail)
{
    flow_row(s, (struct widget){ .id = "ring",
                                 .icon = "notifications",
                                 .label = label,
                                 .detail = detail,
                                 .action = scene_action(EV_RING, "", "") });
    flow_gap(s, 24);
}

static const char *ringing(const struct scene *s)
{
    const struct bell *b = &s->view->bell;
    if (!b->is_offline)
        return tr("Staff are being called, here in the room and on their screen. Please wait a "
                  "moment; the "
                  "answer appears here.");
    return page_format(
        s->page,
        tr("The network is down: staff were called aloud, here in the room alone. If nobody "
           "comes, please phone %s."),
        phone_of(s));
}

static const char *unanswered(const struct scene *s)
{
    const struct bell *b = &s->view->bell;
    if (!b->is_kept)
        return page_format(s->page,
                           tr("Nobody has answered. Please phone %s, or 12345 at any time."),
                           phone_of(s));
    return page_format(
        s->page,
        tr("Nobody has answered. Please phone %s. Your call is noted as something that could not "
           "be done, under %s: somebody has to answer for it."),
        phone_of(s), b->receipt);
}

void bell_add(struct scene *s)
{
    const struct bell *b = &s->view->bell;
    if (s->view->is_practice || !point_has(s->view->desk.news, POINT_BELL))
        return;
    if (b->state == BELL_QUIET) {
        add_ring(s, tr("Call somebody here"),
                 s->view->is_unattended
                     ? tr("Perhaps nobody comes at this hour. Then somebody answers for your call.")
                     : tr("One touch. It costs nothing and asks for nothing."));
        return;
    }
    flow_notice(s, b->state == BELL_COMING ? STYLE_SUCCESS : STYLE_WARNING,
                b->state == BELL_COMING ? "check_circle" : "notifications",
                b->state == BELL_RINGING ? ringing(s)
                : b->state == BELL_COMING
                    ? page_format(s->page,
                                  tr("%s has answered and is coming to you. Please stay here."),
                                  b->by)
                    : unanswered(s));
    flow_gap(s, 24);
    if (b->state == BELL_UNANSWERED)
        add_ring(s, tr("Call again"), "");
}
