/* How the monkey comes in: cards, and whole walks to a page. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/golden/monkey_inside.h"

/* ---- cards --------------------------------------------------------------------------- */

void cards_open(struct monkey *m)
{
    m->cards[0] = m->visits.person;
    m->cards[1] = m->visits.other;
    m->cards[2] = (struct person){ .layout = CARD_RESIDENT,
                                   .name = "周建国",
                                   .sex = '1',
                                   .nation = "01",
                                   .birth = "19680512",
                                   .address = "浙江省测试市样例县样例镇长寿村21号",
                                   .number = "339999196805120070",
                                   .authority = "测试市公安局",
                                   .valid_from = "20150301",
                                   .valid_to = "20350301" };
    m->cards[3] = m->visits.person; /* read by a reader that tells the chip's picture */
    memset(m->cards[3].chip, 7, sizeof(m->cards[3].chip));
    m->cards[4] = m->visits.other; /* expired */
    m->cards[4].is_long_term = false;
    snprintf(m->cards[4].valid_to, sizeof(m->cards[4].valid_to), "20200101");
    if (!catalogue_point(m->visits.catalogue)->agents.count)
        exit(2);
}

void card_laid(struct monkey *m)
{
    static const unsigned char lots[] = { 0, 0, 0, 0, 1, 1, 2, 2, 3, 4 };
    uint32_t card = lots[draw_lot(m, sizeof(lots))];
    m->cards_seen |= 1u << card;
    visits_card(&m->visits, &m->cards[card]);
}

/* ---- walks --------------------------------------------------------------------------- */

/* The catalogue may go and come only while nobody is here. */
void change_catalogue(struct monkey *m)
{
    if (!session_is_busy(m->visits.session))
        session_set_catalogue(m->visits.session, draw_lot(m, 3) ? m->visits.catalogue : NULL);
}

void begin_turn(struct monkey *m)
{
    m->next_place = 0;
    if (place_count > PLACES_MAX) {
        fprintf(stderr, "monkey: there are %zu places: raise PLACES_MAX\n", place_count);
        exit(2);
    }
    for (size_t i = 0; i < place_count; i++)
        m->order[i] = (unsigned short)i;
    for (size_t i = place_count - 1; i > 0; i--) {
        size_t j = draw_lot(m, (uint32_t)i + 1);
        unsigned short kept = m->order[i];
        m->order[i] = m->order[j];
        m->order[j] = kept;
    }
}

/* All devices work again. */
static void mend(struct monkey *m)
{
    if (!session_is_busy(m->visits.session))
        session_set_catalogue(m->visits.session, m->visits.catalogue);
    visits_link(&m->visits, true, true);
    visits_number(&m->visits, EV_READER, 1);
    visits_number(&m->visits, EV_PRINTER, 1);
    visits_let_not_ask(&m->visits); /* a place that asks says so itself */
}

/* A whole walk: mostly by somebody new, now and then from wherever it is. Staff's own walks go with its shift. */
void walk_in(struct monkey *m)
{
    if (m->next_place >= place_count)
        begin_turn(m);
    const struct place *place = &places[m->order[m->next_place++]];
    if (draw_lot(m, 4))
        visits_event(&m->visits, EV_MAKE_WAY, "", "");
    settle(m);
    if (place->is_staff)
        shift_walk_in(m);
    else if (place->screen == SCREEN_OUT_OF_SERVICE)
        change_catalogue(m);
    else {
        mend(m);
        m->cards_seen |= (1u << CARDS) - 1; /* whose cards they are is the place's */
        place->go(&m->visits);
    }
}
