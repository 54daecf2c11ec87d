/* A person as JSON: the members of a person file (kiosk-sim(1)), which sealed items and `kioskctl card
 * read --json` use too. Absent means blank. */
#pragma once

#include <jansson.h>

#include "firmware/card/person.h"

/* NULL without memory. Person data: jansson's allocator must be one that wipes (locked_json()). */
json_t *person_json(const struct person *p);
