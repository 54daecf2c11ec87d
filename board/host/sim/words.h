/* Commands of the simulator as a person writes them: "card lin-xiuying.json", "fault printer nak-after 6000". One line, one
 * request of the control socket. */
#pragma once

#include <jansson.h>

#include "firmware/base/json.h"

/* The request, owned by the caller. NULL: `complaint` says what is wrong with the line. */
json_t *sim_words_request(const char *line, char complaint[JSON_COMPLAINT]);
