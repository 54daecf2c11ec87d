/* Screens about cards: being read, trouble, and a matter that needs one. */
#include "ui/screen/scene.h"

void screen_reading(struct scene *s)
{
    scene_brand(s, s->room.y + scene_header_h(s));
    s->y = s->room.y + scene_header_h(s);
    scene_message_between(s, scene_bottom(s), 100, STYLE_QUIET, "contactless",
                          tr("Reading your card"), tr("Please leave it where it is for a moment."));
    flow_spinner(s);
}

struct trouble_text {
    const char *icon, *title, *text;
};

static struct trouble_text trouble_text(enum card_trouble trouble)
{
    static const struct trouble_text texts[] = {
        [TROUBLE_AGAIN] = { "contactless", N_("Please place the card again"),
                            N_("It could not be read. Lift it, then lay it flat on the middle of "
                               "the reader.") },
        [TROUBLE_LIFT] = { "contactless", N_("Please lift the card"),
                           N_("Take it off the reader, wait two seconds, and lay it down again.") },
        [TROUBLE_NOT_ID] = { "badge", N_("This is not a resident ID card"),
                             N_("Please use your ID card, residence permit for Hong Kong, Macao "
                                "and Taiwan residents, or "
                                "permanent residence card.") },
        [TROUBLE_TYPE] = { "badge", N_("This kind of card is not known here yet"),
                           N_("You can go on without a card, or go to the counter.") },
        [TROUBLE_UNVERIFIED] = { "badge", N_("This card cannot be verified"),
                                 N_("The reader cannot confirm that the card is genuine. Please go "
                                    "to the counter.") },
        [TROUBLE_OTHER_CARD] = { "badge", N_("This is another card"),
                                 N_("What was begun belongs to the card from before. Please lay "
                                    "that one down, or finish first.") },
        [TROUBLE_EXPIRED] = { "event", N_("This card has expired"),
                              N_("Matters that need a valid card cannot be done with it. You can "
                                 "read all guides, and the "
                                 "police office issues a new one.") },
    };
    bool is_known = trouble < sizeof(texts) / sizeof(texts[0]) && texts[trouble].title;
    return is_known ? texts[trouble] : texts[TROUBLE_AGAIN];
}

void screen_card_trouble(struct scene *s)
{
    struct trouble_text t = trouble_text(s->view->trouble);
    int bottom = scene_actions_top(s);
    scene_header(s, tr("ID card"), 0);
    flow_begin(s, bottom);
    scene_message_between(s, bottom, 0, STYLE_WARNING, t.icon, tr(t.title), tr(t.text));
    flow_end(s, bottom);
    struct button_spec other = { "exit-card", tr("Finish"), "logout", EV_END, "", "" };
    struct button_spec primary = { "primary", tr("Go on without a card"), "", EV_BEGIN, "", "" };
    scene_actions(s, &primary, &other);
}

void screen_need_card(struct scene *s)
{
    bool is_broken = s->view->impaired & IMPAIRED_READER;
    scene_header(s, scene_words(s, &s->view->service->short_name), EV_BACK);
    int bottom = scene_actions_top(s);
    flow_begin(s, bottom);
    scene_message_between(s, bottom, is_broken ? 140 : 0, STYLE_QUIET, "contactless",
                          tr("Now tap your ID card"),
                          tr("This matter is done in your name, so the kiosk must know who you "
                             "are. Lay the card on the reader and "
                             "leave it there."));
    if (is_broken)
        flow_notice(s, STYLE_WARNING, "credit_card",
                    tr("The card reader does not work at the moment. Please go to the counter for "
                       "this matter."));
    flow_end(s, bottom);
    struct button_spec back = { "other", tr("Back"), "arrow_back", EV_BACK, "", "" };
    scene_actions(s, NULL, &back);
}
