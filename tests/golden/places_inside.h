/* What the files of places share. */
#pragma once

#include "tests/golden/places_agent.h"
#include "tests/golden/places_aside.h"
#include "tests/golden/places_bundle.h"
#include "tests/golden/places_desk.h"
#include "tests/golden/places_done.h"
#include "tests/golden/places_fetched.h"
#include "tests/golden/places_form.h"
#include "tests/golden/places_handoff.h"
#include "tests/golden/places_idle.h"
#include "tests/golden/places_matters.h"
#include "tests/golden/places_parts.h"
#include "tests/golden/places_visit.h"
#include "tests/golden/places_precheck.h"
#include "tests/golden/places_progress.h"
#include "tests/golden/places_staff.h"
#include "tests/golden/places_waive.h"
#include "tests/golden/visits.h"

static inline void tap(struct visits *v, enum event_kind kind)
{
    visits_event(v, kind, "", "");
}

static inline const struct session_view *view(const struct visits *v)
{
    return session_view(v->session);
}

static inline void later(struct visits *v, int64_t ms)
{
    fake_clock_advance(&v->clock, ms);
    tap(v, EV_TIME);
}

/* ---- places.c ------------------------------------------------------------------------ */
void place_guide(struct visits *v);
