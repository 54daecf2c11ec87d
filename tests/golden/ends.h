/* Nothing of a visit can be seen after its end: from every place, by every way there is to an end, the picture that is
 * drawn at once is the one of a machine at which nobody has ever been. */
#pragma once

#include "tests/golden/visits.h"

/* Returns how many ends left something to be seen; each is told with a sentence. `only`: part of a place's name, or NULL. */
size_t ends_run(struct visits *v, const char *only);
