#include "tests/golden/places_handoff.h"

#include <string.h>

#include "firmware/seal/parcel.h"

static const char code[] = "1234567890123450";

static void tap(struct visits *v, enum event_kind kind)
{
    visits_event(v, kind, "", "");
}

static void answered(struct visits *v, const char *word)
{
    visits_event(v, EV_PARCEL, v->parcel, word);
}

/* ---- to a phone ------------------------------------------------------------------------------- */

static void leave_form(struct visits *v)
{
    visits_card(v, &v->person);
    visits_event(v, EV_OPEN_SERVICE, "D01", "");
    tap(v, EV_NEXT);
    visits_event(v, EV_CHOOSE, "kind", "limb");
    tap(v, EV_EXIT);
}

void place_to_phone_moving(struct visits *v)
{
    leave_form(v);
    tap(v, EV_TO_PHONE);
}

void place_to_phone(struct visits *v)
{
    place_to_phone_moving(v);
    answered(v, "well");
}

void place_to_phone_away(struct visits *v)
{
    visits_link(v, true, false);
    place_to_phone_moving(v);
}

void place_to_phone_slip(struct visits *v)
{
    place_to_phone(v);
    tap(v, EV_PRINT_HANDOFF);
    visits_number(v, EV_PRINT_STATE, PAPER_ASK);
}

/* ---- from a phone ----------------------------------------------------------------------------- */

void place_from_phone(struct visits *v)
{
    visits_card(v, &v->person);
    tap(v, EV_OPEN_FROM_PHONE);
    visits_event(v, EV_TYPE, "", "123456");
}

void place_from_phone_card(struct visits *v)
{
    visits_event(v, EV_SCANNED_CODE, "", code);
}

void place_from_phone_bad(struct visits *v)
{
    place_from_phone(v);
    visits_event(v, EV_TYPE, "", "7890123457");
    tap(v, EV_NEXT);
}

void place_from_phone_moving(struct visits *v)
{
    place_from_phone(v);
    visits_event(v, EV_TYPE, "", code + 6);
    tap(v, EV_NEXT);
}

void place_from_phone_used(struct visits *v)
{
    place_from_phone_moving(v);
    answered(v, "used");
}

static void fetched(struct visits *v, const char *owner)
{
    static const char draft[] =
        "{\"schema\":1,\"item_code\":\"D01\",\"answers\":{\"kind\":\"limb\","
        "\"grade\":\"1\",\"care\":\"family\"}}";
    struct parcel_keys keys;
    struct bytes parcel AUTO_BYTES = { 0 };
    struct event e = { .kind = EV_PARCEL, .name = v->parcel, .value = "well", .parcel = &parcel };
    if (!parcel_keys(&keys, code) && !parcel_seal(&parcel, &keys, owner, draft, strlen(draft)))
        session_handle(v->session, &e);
}

void place_from_phone_other(struct visits *v)
{
    place_from_phone_moving(v);
    fetched(v, v->other.number);
}

void place_from_phone_form(struct visits *v)
{
    place_from_phone_moving(v);
    fetched(v, v->person.number);
    answered(v, "well");
}
