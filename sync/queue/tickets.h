/* Numbers of queue tickets: a count of its own that begins anew each day, kept where nothing else may write. A number is on
 * the disk before anybody sees it, so none comes twice in a day, not across a power cut and not from a clock that goes back.
 * When the count of the day was lost with the database, the rest of that day goes by four digits taken from the kiosk's
 * sequence, which the spool log keeps as well. */
#pragma once

#include "sync/queue/store.h"

enum { TICKET_DAY = 9, TICKET_LOST_FROM = 5000 };

struct ticket_count {
    char day[TICKET_DAY]; /* YYYYMMDD; "": no number was given with a clock that is set */
    int64_t last;
    bool has_undated; /* numbers were given without a day since */
    bool is_lost;     /* of this day */
};

/* The count after one more ticket on `day` ("" while no clock is set). Pure. */
void tickets_next(struct ticket_count *c, const char *day);

/* The number of the ticket that was reserved under `token`; the same token gets the same number. 0, STORE_E_NONE (it was
 * not reserved since this process started), STORE_E_DOWN, STORE_E_FULL or a fault. */
NODISCARD int tickets_take(struct store *s, int64_t *number, const uint8_t token[UUID_BYTES],
                           const char *day);
