/* Walks to the pages of agents, helpers and practice (places.c lists them). */
#pragma once

#include "tests/golden/visits.h"

void place_agent_card(struct visits *v);
void place_agent_unlisted(struct visits *v);
void place_agent_empty(struct visits *v);
void place_agent_tasks(struct visits *v);
void place_agent_notice(struct visits *v);
void place_agent_resident(struct visits *v);
void place_agent_own_card(struct visits *v);
void place_agent_consent(struct visits *v);
void place_agent_signed(struct visits *v);
void place_acting_home(struct visits *v);
void place_agent_third(struct visits *v);
void place_acting_form(struct visits *v);
void place_acting_review(struct visits *v);
void place_acting_done(struct visits *v);
void place_helper_asked(struct visits *v);
void place_helper_form(struct visits *v);
void place_helper_back(struct visits *v);
void place_practice_home(struct visits *v);
void place_practice_done(struct visits *v);
void place_at_night(struct visits *v);
void place_night_help(struct visits *v);
