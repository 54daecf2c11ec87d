/* A person is called from a kiosk (SS-11): what kiosk and county count by alike. No I/O. */
#pragma once

/* Whoever is called answers within so long; after that the call is one of those things that could not be done, and gets
 * an owner. */
enum { BELL_ANSWER_MS = 3 * 60 * 1000, BELL_NAME_BYTES = 61 };
