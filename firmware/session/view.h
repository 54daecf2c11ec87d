/* What a screen may know of the session: read-only, valid until the next event is handled. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "firmware/base/ident.h"
#include "firmware/base/ink.h"
#include "firmware/catalogue/catalogue.h"
#include "firmware/session/checklist.h"
#include "firmware/session/course.h"
#include "firmware/session/desk.h"
#include "firmware/session/enrol.h"
#include "firmware/session/fetched.h"
#include "firmware/session/parts.h"
#include "firmware/session/precheck.h"
#include "firmware/session/progress.h"
#include "firmware/session/agency.h"
#include "firmware/session/helper.h"
#include "firmware/session/handoff.h"
#include "firmware/session/instant.h"
#include "firmware/session/aside.h"
#include "firmware/session/bell.h"
#include "firmware/session/spelling.h"
#include "firmware/session/timeline.h"
#include "firmware/session/withdrawal.h"

/* Every state of a session has one screen, so one list serves both. */
enum screen {
    SCREEN_ATTRACT,      /* nobody is here; no person data exists */
    SCREEN_READING,      /* a card is being read */
    SCREEN_CARD_TROUBLE, /* the card could not be used; says why and what to do */
    SCREEN_HOME,
    SCREEN_POINT,    /* at this point: what can be had and seen here */
    SCREEN_TICKET,   /* a number in the queue of people */
    SCREEN_CALENDAR, /* a half-day for a booking, before its form */
    SCREEN_PLACES,   /* what is where in the house, and other points */
    SCREEN_FIGURES,  /* the point's own numbers of the month */
    SCREEN_CANCEL,   /* give a booking back */
    SCREEN_WITHDRAW, /* take an application back */
    SCREEN_OWN,      /* the point's own matters */
    SCREEN_THEME,
    SCREEN_SEARCH,
    SCREEN_GUIDE,
    SCREEN_CONDITION, /* a condition is not met as far as can be told here: what works instead */
    SCREEN_NEED_CARD, /* this matter needs a card: tap it now */
    SCREEN_FETCHING,  /* the county is asked what it holds for this matter; may be skipped */
    SCREEN_FETCHED,   /* what it holds: right, or not? */
    SCREEN_FORM,
    SCREEN_REVIEW,     /* check and sign */
    SCREEN_PAPERS,     /* before it: which papers are here, which follow */
    SCREEN_WAIVE,      /* staff accept other evidence for one, and the resident agrees */
    SCREEN_WAIVE_TEXT, /* which evidence it is */
    SCREEN_NOTICE,     /* what is missing, said once and all at once */
    SCREEN_SUBMITTING,
    SCREEN_DONE,
    SCREEN_NOT_SAVED, /* it was certainly not stored, or the outcome is unknown: says which */
    SCREEN_RATING,    /* how was it? after the receipt, never before */
    SCREEN_PROGRESS,
    SCREEN_HELP,
    SCREEN_ASIDE,          /* it could not be done, the guide is wrong, here again: why? */
    SCREEN_ASIDE_TEXT,     /* words or a telephone number for it */
    SCREEN_ASIDE_KEPT,     /* its number, who answers, until when */
    SCREEN_LEAVE,          /* leave and forget what was filled in? */
    SCREEN_STILL_THERE,    /* idle question with a count-down */
    SCREEN_CARD_REMOVED,   /* the card was lifted: go on or end? */
    SCREEN_AGENT_CARD,     /* an agent: lay down your own card */
    SCREEN_AGENT_HOME,     /* proven: what they brought, and whom they help now */
    SCREEN_AGENT_RESIDENT, /* now the card of the resident */
    SCREEN_AGENT_CONSENT,  /* the resident reads and signs */
    SCREEN_AGENT_WRONG,    /* a card or a matter that does not belong here: says why */
    SCREEN_HELPER,         /* a helper takes the screen: how do they help? */
    SCREEN_HELPER_BACK,    /* and gives it back before anything is signed */
    SCREEN_TO_PHONE,       /* an unfinished form goes on at home */
    SCREEN_FROM_PHONE,     /* one that was filled in at home goes on here */
    SCREEN_COURSE,         /* practice with scores: the exercises, and the certificate */
    SCREEN_TASK,           /* one of them: who comes, and what they say */
    SCREEN_SCORE,          /* and what of it was right */
    SCREEN_COVERED,        /* somebody came near: nothing to see until it is touched */
    SCREEN_OUT_OF_SERVICE,
    SCREEN_ENROL, /* no identity yet: whoever sets it up types the county's code */
    SCREEN_STAFF, /* staff are at work, firmware/service: no resident is here, and none can begin */
    SCREEN_COUNT,
};

/* Why a card could not be used. */
enum card_trouble {
    TROUBLE_NONE,
    TROUBLE_AGAIN,      /* lift it and place it again */
    TROUBLE_LIFT,       /* repeated failure: lift it first */
    TROUBLE_NOT_ID,     /* not a resident ID card */
    TROUBLE_TYPE,       /* a kind of card this firmware does not know */
    TROUBLE_UNVERIFIED, /* the reader cannot verify it */
    TROUBLE_EXPIRED,
    TROUBLE_OTHER_CARD, /* not the card of this session */
};

/* What does not work at the moment, in words on the attract screen. Bits. */
enum impairment {
    IMPAIRED_READER = 1,  /* no reader, or out of service */
    IMPAIRED_PRINTER = 2, /* no printer, no paper, cover open */
    IMPAIRED_NETWORK = 4, /* offline: applications are kept and sent later */
    IMPAIRED_SUBMIT =
        8, /* nothing can be accepted now (no key, disk, not enrolled, queue process away) */
};

/* What becomes of the glass while nobody comes. */
enum rest {
    REST_NONE,
    REST_CHANGE, /* another picture for a minute: the usual one must not wear itself into the panel */
    REST_DARK,   /* by night, and while the house is closed */
};

enum case_where {
    CASE_UNASKED,
    CASE_ASKING,
    CASE_HERE,
    CASE_SENT,
    CASE_COUNTY,
    CASE_NOT_FOUND,
    CASE_BAD_NUMBER,
    CASE_UNAVAILABLE
};

/* How this visitor wants the kiosk; back to the default for the next one. */
struct preferences {
    bool is_elder;     /* few choices, large, one question a page, twice the time */
    bool is_contrast;  /* black background */
    bool is_lowered;   /* everything to touch in the lower part: wheelchairs, small people */
    bool is_still;     /* nothing moves by itself */
    bool is_speech_on; /* the screen is read out */
    int volume;        /* of speech: 0 to VOLUME_MAX */
    int tongue; /* another language of the screens, counted from 1 in `tongues`; 0: `language` itself */
};

enum { VOLUME_MAX = 10, VOLUME_DEFAULT = 5 };

/* "Good or bad" (好差评): five grades, once for each application. */
enum rating_state { RATING_OPEN, RATING_SENDING, RATING_THANKED, RATING_FAILED };
enum { RATING_BEST = 5, RATING_TAGS = 6 };

struct rating_view {
    enum rating_state state;
    int level;     /* 1 very dissatisfied to RATING_BEST; 0: none chosen yet */
    unsigned tags; /* bits of the reasons that were chosen */
};

enum { CASE_MISSING_MAX = 8, CASE_FACTS_MAX = 16, TYPED_MAX = 64 };

/* What the county says of this kind of matter besides: "counter" is "3". */
struct case_fact {
    char name[24], value[201];
};

struct case_view {
    enum case_where where;
    char receipt[RECEIPT_TEXT];
    char kind[16];  /* of the item: "application", "appointment", "ticket"; "" not known here */
    char state[24]; /* CaseState word of the interface, "" unless CASE_COUNTY */
    char server_ref[64];
    char note[256];                       /* from the clerk; may be personal: shown, never kept */
    int64_t changed_ms, as_of_ms, due_ms; /* wall; 0 unknown */
    size_t missing_count;
    char missing[CASE_MISSING_MAX][48]; /* material ids */
    size_t fact_count;
    struct case_fact facts[CASE_FACTS_MAX];
    struct timeline timeline;
};

/* From foreign JSON (StatusEntry of sync/api/county-platform.yaml), into a zeroed view; what is not well formed is left out.
 * `where`, `receipt` and `as_of_ms` are the caller's. Pure. */
void case_read(struct case_view *c, const json_t *o);
/* A UTC time of it in wall ms; 0 when it is none. */
int64_t case_read_wall(const json_t *o, const char *key);
/* "" when the county has not said it. Valid as long as the view. */
const char *case_fact(const struct case_view *c, const char *name);

struct session_view {
    uint64_t revision;         /* another number, another picture */
    enum screen screen, under; /* under: what a question lies over */
    enum language language;
    struct preferences preferences;
    const struct tongues *tongues; /* or NULL */
    const struct catalogue *catalogue;
    const struct theme *theme;     /* SCREEN_THEME */
    const struct service *service; /* SCREEN_GUIDE to SCREEN_DONE */
    unsigned impaired;             /* of enum impairment */
    char refusal[16];              /* why nothing is accepted: word of the local socket */

    bool has_card;        /* a person is known */
    bool is_card_present; /* on the plate now */
    char name[160];       /* masked, for the header; "" without a card */
    int age;              /* -1 unknown */
    enum card_trouble trouble;

    struct precheck_view precheck;
    struct leaflet_view leaflet;
    const struct service *hint; /* SCREEN_HOME: what the resident seems entitled to, or NULL */
    bool needs_no_return;       /* as answered now: nothing to bring, nothing to collect */
    bool is_elsewhere;          /* the service in hand is not done at this point (SS-40) */
    bool is_hinted;             /* the service in hand is what the hint led to */

    /* form */
    size_t page;
    int only;  /* index in service->fields of the one question that is shown (elder),
                              -1: the whole page */
    int focus; /* index in service->fields, -1: no keyboard */
    const struct spelling *spelling; /* how the focused field, or the search, is filled in */
    bool is_ink_focus;     /* the focused field is written by hand and kept as a picture */
    bool is_revealed;      /* masked values are shown in full for a moment */
    bool has_errors_shown; /* errors of this page are shown since "next" was refused */
    bool has_consented;
    bool is_affirmed; /* confirmed by keys instead of signed */
    const struct ink *signature;

    struct checklist_view papers; /* while a draft is open */
    struct waive_view waive;      /* SCREEN_WAIVE */
    const struct fetched *fetched;
    size_t spared; /* papers that need not be handed in, as they are looked up and confirmed */
    struct parts_view parts; /* of a bundle */

    /* typing outside a form */
    char typed[TYPED_MAX]; /* search text or receipt number */
    size_t found_count;
    const struct service *found[24];
    bool is_near;

    /* done */
    char receipt[RECEIPT_TEXT];
    char token_hex[33]; /* shown when the outcome is unknown */
    bool is_unknown_outcome;
    bool is_offline; /* stored here, not sent yet */
    enum paper_state paper;
    bool is_reprint;
    bool can_print_again; /* the printer works and there are tries left */

    struct instant instant;
    struct rating_view rating;
    struct desk_view desk;
    struct case_view asked;
    struct progress_view progress;
    struct withdrawal_view withdrawal;
    struct aside_view aside;
    char claim[RECEIPT_TEXT]; /* opens the answer to what was said without a name; "" for none */
    int trips_before;         /* for this matter in the last weeks, as far as this kiosk can tell */
    bool is_asked_again;      /* "why again?" was answered */
    struct agency_view agency;
    struct helper helper;
    struct bell bell;
    struct handoff_view handoff;
    struct enrol_view enrol; /* SCREEN_ENROL; the code is in `typed` */
    bool can_be_helped;      /* on the help page: a form waits behind it */
    bool can_be_agent;       /* on the help page: nothing has been begun */
    struct course_view course;
    bool is_practice;   /* nothing of this visit is kept or sent */
    bool is_unattended; /* no staff at this hour: none may be promised */
    enum rest rest;     /* SCREEN_ATTRACT */
    int64_t ends_ms;    /* boot clock: when a question ends the session */
};

/* The current answer of a field ("" for none), its ink (NULL: none) and the problem to show (0:
 * none). */
struct session;
const char *session_answer(const struct session *s, const struct field *f);
const struct ink *session_ink(const struct session *s, const struct field *f);
int session_problem(const struct session *s, const struct field *f);
/* By its condition and its rules (catalogue's show_if, need_if): is it asked, must it be answered? */
bool session_field_is_visible(const struct session *s, const struct field *f);
bool session_field_is_needed(const struct session *s, const struct field *f);
/* Ways in that what is being filled in takes: bits 1 << enum way_in; 0: nothing is. */
unsigned session_ways(const struct session *s);
/* Filled in from the card and not to be changed here; open when the card does not say it. */
bool session_field_is_locked(const struct session *s, const struct field *f);
/* A booking is no application: nothing is signed. */
bool session_needs_signature(const struct session *s);
/* As answered now, neither the resident nor a signature goes into the application. */
bool session_is_anonymous(const struct session *s);
/* Is anything asked on this page of the form? */
bool session_page_is_asked(const struct session *s, size_t page);
/* Does the review come after what is shown now? */
bool session_is_last_step(const struct session *s);
