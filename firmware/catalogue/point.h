/* Where a kiosk stands, and what holds there: hours as data, who may act for others, villages served. Part of the
 * catalogue document, so that the county signs and changes it. Immutable after loading; strings belong to the
 * catalogue. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum language { LANGUAGE_ZH, LANGUAGE_EN, LANGUAGE_COUNT };

/* One text in every language; the loader refuses a catalogue in which one is missing. */
struct words {
    const char *in[LANGUAGE_COUNT];
};

/* Some hours of some days of every week. */
struct times {
    unsigned days;        /* bit 0: Monday to bit 6: Sunday; bit 7: holidays, with all of them */
    int from_min, to_min; /* of the day, `to` not included: 510, 690 is 8:30 to 11:30 */
};

struct timetable {
    size_t count; /* 0: nobody has said */
    const struct times *list;
};

/* Does the timetable hold on that day (0: Monday, 7: a holiday) at that minute? One that says nothing always does. */
bool timetable_holds(const struct timetable *t, int weekday, int minute);

enum { AGENT_SALT_BYTES = 16, AGENT_TAG_BYTES = 32 };

/* A village agent (代办员), as the county's list names them: by a slow salted hash over their ID card
 * (firmware/seal/agent_mark.h), so that the list reveals nobody. Their name is read from the card itself. */
struct agent_entry {
    uint8_t tag[AGENT_TAG_BYTES];
    struct words role;  /* "峡山村代办员": shown to the resident who is to agree */
    const char *until;  /* YYYYMMDD, the last day, or NULL */
    size_t theme_count; /* 0: matters of every theme */
    const char *const *themes;
};

struct agent_list {
    uint8_t salt[AGENT_SALT_BYTES];
    size_t count; /* 0: nobody acts for others here */
    const struct agent_entry *list;
};

/* A village that this point serves besides its own (SS-38). */
struct village {
    const char *id; /* [a-z0-9-]{1,24}, for statistics */
    struct words name, committee;
    const char *address; /* an address on a card that holds this text lies in it */
    size_t road_count;
    const struct words *roads; /* roads, lanes and hamlets in it, as they follow the address */
};

struct point {
    struct words name, address, hours, staff_hours, window;
    const char *phone;
    struct timetable open, staffed; /* the same hours as data */
    struct agent_list agents;
    size_t village_count;
    const struct village *villages;
};

/* The village in which an address lies, or NULL. */
const struct village *point_village(const struct point *p, const char *address);
