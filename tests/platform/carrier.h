/* The carrier (SS-51): whoever carries results home is asked for the number of a parcel and then how it stands. The interface is
 * sync/api/carrier.yaml; a county puts its own postal service behind it. An address goes to the carrier once, with the order, and is kept
 * nowhere here.
 *
 * A carrier that is down, slow, or answers rubbish costs the freshness of what is told and nothing else: it is asked on a thread of its
 * own, never inside the platform's lock, for at most CARRIER_MS. */
#pragma once

#include "tests/platform/matter.h"

enum { CARRIER_MS = 4000, CARRIER_NUMBER = 41 };

/* `url`: prefix of the carrier's interface, NULL: there is none and numbers are typed; `every_s`: how often parcels are asked after. */
NODISCARD int carrier_begin(struct platform *p, const char *url, int every_s);
void carrier_end(struct platform *p);

/* Before a case is delivered by post without a number: order one, to the address in the sealed application. True: `number` is
 * filled in. False: `r` is answered. Neither is kept; asked again for the same item, the carrier gives the same. Locks. */
bool carrier_order(struct platform *p, const char *item, int part, char number[CARRIER_NUMBER],
                   struct reply *r);
bool carrier_is_there(const struct platform *p);

/* Delivered by post: it is asked after from now on. Inside the lock. */
NODISCARD int carrier_follow(struct platform *p, const struct matter *m);
/* Into CaseDelivery: how the parcel stands, since when, and as of when. Inside the lock. */
void carrier_told(json_t *delivery, struct platform *p, const char *item);

/* GET /carrier of the clerk's page: is there one, when was it heard, how many parcels are under way. */
void carrier_get(struct platform *p, const struct request_in *q, struct reply *r);
/* POST /carrier: ask after all parcels now. Blocks as long as the carrier does. */
void carrier_ask_post(struct platform *p, const struct request_in *q, struct reply *r);
