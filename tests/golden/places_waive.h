/* Places of accepting other evidence in place of a paper. */
#pragma once

struct visits;
void place_papers_waivable(struct visits *v);
void place_papers_waived(struct visits *v);
void place_waive_stick(struct visits *v);
void place_waive_may_not(struct visits *v);
void place_waive_pin(struct visits *v);
void place_waive_checking(struct visits *v);
void place_waive_wrong(struct visits *v);
void place_waive_evidence(struct visits *v);
void place_waive_unsaid(struct visits *v);
void place_waive_words(struct visits *v);
void place_waive_agree(struct visits *v);
