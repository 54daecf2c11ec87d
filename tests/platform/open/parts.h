/* What the county may know of an opened application without reading it: the parts of a bundle, which and by whom; whether it
 * rests on a promise, which county it is for; which half-day was chosen or wished for a visit, and the end of the telephone
 * number that may give it back. Nothing else that was answered. Pure. */
#pragma once

#include <jansson.h>

/* {children, booking, rests_on_promise, county}; {} of no item (NULL). */
json_t *parts_told(const json_t *item);
