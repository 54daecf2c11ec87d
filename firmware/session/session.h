/* The session: one table-driven state machine from the first touch or tap to the wipe, and the only
 * owner of person data. Runs on the main thread; never blocks (sealing takes well under 1 ms).
 *
 * Events go in, the view comes out, effects leave through ports. All that a visit knows lies in one
 * struct in locked memory that is wiped on every way back to the attract screen. No row in the
 * table for an event means it came too late (a worker's reply after the visit ended) and it is
 * dropped. */
#pragma once

#include "firmware/base/clock.h"
#include "firmware/card/person.h"
#include "firmware/catalogue/catalogue.h"
#include "firmware/seal/seal.h"
#include "firmware/session/event.h"
#include "firmware/session/view.h"
#include "firmware/slip/slip.h"

struct calendar;

/* Status of the queue process, as the session needs it. */
struct link_facts {
    bool is_there; /* connected to kiosk-syncd */
    bool is_up;    /* the county was reached lately */
    bool is_accepting;
    char refusal[16];
    char kiosk_id[KIOSK_ID_MAX + 1];
    enum clock_quality clock_quality;
};

/* Reply to reserve: what the manifest of the item says. */
struct reservation {
    char token[33], id[UUID_TEXT], receipt[RECEIPT_TEXT], kiosk_id[KIOSK_ID_MAX + 1],
        install_id[UUID_TEXT], boot_id[UUID_TEXT];
    int64_t seq, boot_ms, wall_ms;
    int ticket; /* number in the queue of people; 0: none was asked for */
    enum clock_quality clock_quality;
};

struct event {
    enum event_kind kind;
    const char *name, *value;
    int number, x, y;
    const struct person *person;
    const struct link_facts *link;
    const struct reservation *reservation;
    const struct case_view *answer;
    const struct candidates *candidates;
    const struct agency_notes *notes;
    const struct bytes *parcel;
    const struct bytes *reply; /* the county's sealed answer; NULL or empty: there is none */
    const struct point_figures *figures;
};

/* What is handed to the queue process; borrowed for the call. */
struct submission {
    const char *token, *id, *kind, *key_id;
    const uint8_t *sha256; /* 32 bytes, over `sealed` */
    const struct bytes *sealed;
};

/* A sealed question to the county; borrowed for the call. */
struct live_question {
    const char *id, *key_id;
    const struct bytes *sealed;
};

/* Effects. Each returns at once; what comes of it comes back as an event. */
struct session_ports {
    void (*reserve)(void *context, const char *token);
    /* The same with a number in the queue of people; `day` YYYYMMDD, "" while no clock is set. */
    void (*reserve_ticket)(void *context, const char *token, const char *day);
    void (*submit)(void *context, const struct submission *submission);
    void (*ask_case)(void *context, const char *receipt);
    /* Say aloud in the room that a person is asked for. */
    void (*call_out)(void *context);
    /* Ask the county while the resident waits: once, never kept. Comes back as EV_COUNTY_REPLY, if at all. NULL: there is
     * nobody to ask. */
    void (*ask_county)(void *context, const struct live_question *question);
    /* Nobody waits for the answer to that question any longer. */
    void (*drop_question)(void *context, const char *id);
    /* `slip` belongs to the callee; `job` (32 hex) names it in EV_PRINT_STATE. */
    void (*print)(void *context, struct slip *slip, const char *job, const char *receipt,
                  bool is_reprint);
    /* Ask what pinyin letters may mean; `is_name`: of a person, `is_first`: its first character.
     * Comes back as EV_CANDIDATES. */
    void (*spell)(void *context, const char *letters, bool is_name, bool is_first);
    /* What one handwritten character may be, the likeliest first; at most 5 ms. Returns how many. */
    size_t (*recognise)(void *context, const struct ink *ink, struct candidate *out, size_t most);
    /* Keep `note` (sealed by agent_note_seal()) for the agent of that label beside `receipt`, and ask for all that
     * was kept: comes back as EV_AGENT_TASKS. Labels and notes say nothing to whoever keeps them. */
    void (*keep_note)(void *context, const uint8_t label[AGENT_MARK_LABEL], const char *receipt,
                      const struct bytes *note);
    void (*ask_notes)(void *context, const uint8_t label[AGENT_MARK_LABEL]);
    /* A parcel to the county (at most PARCEL_MAX bytes, for so many hours), one from there, and word that it was opened, by
     * whom: comes back as EV_PARCEL within 20 s. `label`: 32 hex. */
    void (*put_parcel)(void *context, const char *label, int hours, const struct bytes *parcel);
    void (*get_parcel)(void *context, const char *label);
    void (*end_parcel)(void *context, const char *label, const char *taker);
    /* Join the county with its one-time code: comes back as EV_ENROLLED within 20 s. */
    void (*enrol)(void *context, const char *code);
    /* Add to a figure of this month (docs/figures.md): words of letters, digits and dashes, never of a person; `by` is 1
     * to 1000. */
    void (*count)(void *context, const char *what, const char *about, const char *detail, int by);
    /* What this kiosk has counted this month: comes back as EV_FIGURES. */
    void (*ask_figures)(void *context);
    /* Check the PIN of the service stick that is plugged in: comes back as EV_PIN_SAID. NULL: there are no sticks here.
     * And note what its holder did: words of letters, digits and dashes, never of a person. */
    void (*prove_staff)(void *context, const char *pin);
    void (*note_staff)(void *context, const char *action, const char *detail);
    /* The visit is over and wiped here: caches of text, pages and masks must go now. */
    void (*forgotten)(void *context);
    /* A text of the kiosk's own in a language (gettext). */
    const char *(*translate)(void *context, enum language language, const char *msgid)
        __attribute__((format_arg(3)));
    /* An English text in another language of the screens, by its code; itself where that language has none. NULL: there are
     * no others. */
    const char *(*in_tongue)(void *context, const char *code, const char *english)
        __attribute__((format_arg(3)));
};

struct calendar;
struct tongues;
struct session_config {
    const struct clock *clock;
    const struct session_ports *ports;
    void *context;
    int utc_offset_minutes;        /* of the service point: 480 */
    const struct tongues *tongues; /* other languages of the screens, borrowed; NULL: none */
    const char *case_url;          /* prefix of the QR on the slip, "" for the number alone */
    const char *phone_url;         /* the county's phone page; "" or NULL: it has none */
    const struct calendar
        *calendar; /* working days, borrowed; NULL: weekends alone, and a day is provisional */
};

NODISCARD int session_new(struct session **out, const struct session_config *config);
void session_free(struct session *s); /* wipes */
AUTO_DEFINE(struct session, session_free)

/* Borrowed; NULL: out of service. Only while nobody is here (session_is_busy() is false). */
void session_set_catalogue(struct session *s, const struct catalogue *c);
/* The session owns the keys from now on; NULL forgets them. */
void session_set_keys(struct session *s, struct seal_keys *keys);

/* What the county says of this point; the session owns it from now on. NULL: nothing is known. */
void session_set_point(struct session *s, struct point_news *point);
/* Practice and inspection (SS-26, SS-43): a visit of a person who does not exist, to be walked through as any other.
 * What it would keep, send or ask goes nowhere; every page and slip says so. It ends as visits end, or when a real
 * card is laid down. For staff to begin; false (and nothing happens) unless the kiosk is idle. */
bool session_begin_practice(struct session *s);
/* For editors: whatever visit there is ends, and practice begins with this catalogue at the guide of that service, in the
 * language that was in use. False when the catalogue has no such service: then practice stands at its home. */
bool session_preview(struct session *s, const struct catalogue *c, const char *code);

void session_handle(struct session *s, const struct event *e);
/* Valid until the next call of session_handle() or session_set_...(). */
const struct session_view *session_view(const struct session *s);
/* Boot clock: when EV_TIME is due; INT64_MAX when nothing waits. */
int64_t session_deadline_ms(const struct session *s);
/* Would this begin somebody's visit: the first, or that of somebody else than the person who is here? Then what the last
 * visit left behind must be gone first. */
bool session_begins(const struct session *s, const struct event *e);
/* Is a visit going on (person data may exist), or are staff at work? Then nothing else may begin. */
bool session_is_busy(const struct session *s);
