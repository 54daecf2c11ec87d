/* Ways to the pages of bundles and papers; rows of `places`. */
#pragma once

#include "tests/golden/visits.h"

void place_guide_bundle(struct visits *v);
void place_form_bundle(struct visits *v);
void place_papers(struct visits *v);
void place_papers_errors(struct visits *v);
void place_papers_later(struct visits *v);
void place_notice(struct visits *v);
void place_notice_ask(struct visits *v);
void place_notice_failed(struct visits *v);
void place_review_bundle(struct visits *v);
void place_done_bundle(struct visits *v);
