/* Joining a county: a kiosk without an identity asks for the one-time code that the county's office made for it. No person is
 * here, and none can begin a visit; it goes into service by itself once kiosk-syncd says that it has joined. */
#pragma once

#include <stdbool.h>

enum { ENROL_CODE_MAX = 16 }; /* digits; those of the county's page are 12 */

enum enrol_trouble {
    ENROL_FINE,
    ENROL_SHORT,      /* fewer digits than any code has */
    ENROL_WRONG_CODE, /* unknown, used up, expired; or too many tries */
    ENROL_NO_ANSWER,  /* the county was not reached */
    ENROL_NOT_KEPT,   /* key or certificate could not be stored here */
};

struct enrol_view {
    bool is_moving; /* the county is being asked */
    enum enrol_trouble trouble;
};
