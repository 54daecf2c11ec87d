/* What the files of this folder share. */
#pragma once

#include "firmware/base/bytes.h"
#include "firmware/base/json.h"
#include "firmware/session/course_inside.h"
#include "firmware/session/desk_inside.h"
#include "firmware/session/handoff.h"
#include "firmware/session/elsewhere.h"
#include "firmware/session/matters.h"
#include "firmware/session/fetch.h"
#include "firmware/session/precheck_inside.h"
#include "firmware/session/practice.h"
#include "firmware/session/session.h"
#include "firmware/slip/build.h"
#include "firmware/session/trips.h"

enum { INK_FIELDS = 2, INK_PAD_W = 984, INK_PAD_H = 420, SIGN_W = 920, SIGN_H = 360 };

struct answer {
    char text[ANSWER_BYTES];
};

/* What was said of the papers (checklist.h), by place in service->materials. */
struct checklist {
    unsigned char held[CHECKLIST_MAX]; /* enum held */
    int32_t due[CHECKLIST_MAX];        /* day until which a paper is promised, fixed when it was */
    bool is_provisional[CHECKLIST_MAX];
    bool is_single; /* one paper at a time: the one at `at` */
    size_t at;
    struct waived waived[CHECKLIST_MAX]; /* of HELD_WAIVED */
    uint32_t told;                       /* papers that the notice named; 0: none was given */
    int64_t told_ms;
    bool is_handing_in; /* those come to the window */
    struct paper_job slip;
};

/* Other evidence that is being accepted; see waive.h. */
struct waive {
    bool is_open;
    size_t material; /* place in service->materials */
    enum waive_step step;
    enum waive_trouble trouble;
    char pin[WAIVE_PIN_TEXT];
    struct waived now;
};

/* A report beside the matter; see aside.h. */
struct aside {
    enum aside_kind kind;
    enum aside_state state;
    enum aside_text typing;
    enum screen from; /* where to go back to */
    unsigned chosen;
    char words[ASIDE_WORDS_BYTES], phone[ASIDE_PHONE_BYTES];
    struct ink ink;
    bool has_ink, is_phone_wrong, is_provisional;
    const struct service *about;
    char about_receipt[RECEIPT_TEXT], receipt[RECEIPT_TEXT];
    char refusal[16];  /* what the kiosk itself had refused, if that was it */
    int32_t answer_by; /* days since 1 January 1970, DAY_NONE: not known */
    char token[TOKEN_TEXT];
    struct paper_job paper;
};

struct written {
    int field; /* index in the service, -1: free */
    struct ink ink;
};

/* All that is known of whoever is here, and nothing else: one wipe ends it. */
struct visit {
    enum screen screen, under, help_from, list;
    enum language language;
    struct preferences preferences;
    bool is_guest, has_person, is_card_present;
    enum card_trouble trouble;
    struct person person;
    char masked_name[MASKED_TEXT];

    const struct theme *theme;
    const struct service *service;
    char typed[TYPED_MAX]; /* search or receipt number */
    size_t found_count;
    const struct service *found[24];
    bool is_near;

    struct precheck precheck;
    struct leaflet leaflet;
    struct hints hints;
    /* draft */
    bool has_draft;
    char token[TOKEN_TEXT];
    size_t page;
    int focus;
    int only; /* see session_view */
    struct spelling spelling;
    enum way_in way_wish; /* how this visitor writes */
    bool has_way_wish;
    bool is_affirmed, has_errors_shown, has_consented, is_dirty;
    struct answer answers[FORM_FIELDS_MAX];
    struct written written[INK_FIELDS];
    struct ink signature;
    struct checklist papers;
    struct waive waive;
    struct fetched fetched;
    struct fetch_secret secret; /* of the question under way */
    int64_t revealed_until_ms;

    /* submission */
    bool is_reserving, has_reservation, is_sent;
    struct reservation reservation;
    char refusal[16];
    bool is_unknown_outcome, was_offline;
    char receipt[RECEIPT_TEXT];
    struct paper_job paper;
    struct rating_view rating;
    char rating_token[TOKEN_TEXT];
    struct desk_visit desk;
    struct case_view asked;
    struct progress_visit progress;
    struct withdrawal withdrawal;
    struct agency agency;
    struct helper helper;
    struct bell bell;
    struct handoff handoff;
    struct matters matters;
    struct elsewhere elsewhere;
    bool is_practice;
    bool is_strict; /* nobody was there to help when it began: less patience, a lower voice */
    struct aside aside;
    char claim[RECEIPT_TEXT]; /* code that opens the answer, see claim.c */
    struct instant instant;
    int trips_before;
    bool is_asked_again;
    const struct service *counted; /* this visit's trip for it is noted already */

    int64_t touched_ms, entered_ms;
};

struct session {
    struct session_config config;
    struct practice practice;
    const struct exercises *exercises; /* NULL: nothing to practise with scores */
    struct course course;
    const struct catalogue *catalogue;
    struct seal_keys *keys;
    struct point_news *point; /* NULL: nothing is known */
    struct point_figures figures;
    struct link_facts link;
    struct enrol_view enrol;
    bool has_reader, has_printer;
    struct staff_pass pass;
    uint64_t revision;
    struct session_view view;
    struct trips trips; /* names nobody; see trips.h */
    struct visit visit; /* person data */
};

/* ---- session.c ----------------------------------------------------------------------- */
int64_t session_now(const struct session *s);
/* Go to a screen: the idle time starts anew. */
void session_enter(struct session *s, enum screen to);
void session_forget(struct session *s);
/* A visit in which nothing has happened yet. */
void session_clean(struct visit *v);
/* The person of the visit's card. */
void visit_take_person(struct session *s, const struct person *p);
const char *session_tr(const struct session *s, enum language language, const char *msgid)
    __attribute__((format_arg(3)));
/* The service point's calendar day as YYYYMMDD, or NULL when the clock is not to be trusted. `out`
 * holds 9 bytes. */
const char *session_today(const struct session *s, char out[9]);
bool session_can_submit(const struct session *s);

/* ---- draft.c ------------------------------------------------------------------------- */
void draft_open(struct session *s);
void draft_prefill(struct session *s);
struct answer *draft_answer(struct session *s, const struct field *f);
const struct field *draft_focused(const struct session *s);
/* Index of the field with that name, or -1. */
int draft_find(const struct session *s, const char *name);
/* Its answer as it stands ("": none, no such question); `context` is the session. For conditions and rules. */
const char *draft_value(const void *context, const char *name);
const struct form_page *draft_page(const struct session *s);
/* Show a page: all its questions, or with few at a time the one that `from` names. The first that
 * is to be typed opens. */
enum draft_from { DRAFT_FIRST, DRAFT_FIRST_OPEN, DRAFT_LAST };
void draft_show_page(struct session *s, size_t page, enum draft_from from);
/* The next step (1) or the one before (-1): false when there is none. */
bool draft_step(struct session *s, int step);
/* The first field of what is shown with a problem, or -1. */
int draft_first_problem(const struct session *s, size_t page);
void draft_focus(struct session *s, int field);
/* The first field of the page that is typed, visible, free and still empty; -1: none, or a choice
 * that comes before it is still open. */
int draft_first_empty(const struct session *s);
void draft_type(struct session *s, const char *text);
void draft_erase(struct session *s);
void draft_clear(struct session *s);
void draft_choose(struct session *s, const char *field, const char *value);
/* Handwriting of the field with the focus; NULL when both places are taken or it may not be
 * written. */
struct ink *draft_ink(struct session *s, bool create);
/* Forget answers of fields that are no longer asked. */
void draft_prune(struct session *s);

/* ---- checklist.c --------------------------------------------------------------------- */
/* Is there a paper to be asked about, with these answers? */
bool checklist_is_asked(const struct session *s);
/* As answered now, nothing is to be brought and nothing to be collected (SS-49). */
bool session_needs_no_return(const struct session *s);
enum checklist_from { CHECKLIST_FIRST, CHECKLIST_FIRST_OPEN, CHECKLIST_LAST };
void checklist_show(struct session *s, enum checklist_from from);
/* One paper on or back; false when there is none. */
bool checklist_step(struct session *s, int step);
/* Has what is shown been answered? */
bool checklist_is_answered(const struct session *s);
/* Papers that are not here and may not follow: bits of places in service->materials. */
uint32_t checklist_missing(const struct session *s);
void checklist_look(struct checklist_view *out, const struct session *s);
/* `days` working days from today as YYYYMMDD; "" while the clock is not to be trusted. */
void session_day_after(const struct session *s, int days, char out[9], bool *is_provisional);
/* What names the wording of a promise: the same words, the same version. */
void promise_version(char out[PROMISE_VERSION], const char *zh, const char *en);
void gap_promise_version(const struct session *s, char out[PROMISE_VERSION]);

/* ---- waive.c ------------------------------------------------------------------------- */
/* May staff accept other evidence for that paper now? */
bool waive_is_offered(const struct session *s, size_t i);
enum evidence evidence_named(const char *word);
/* Which evidence it is, as it is typed; NULL on any other screen. */
const struct field *waive_field(const struct session *s);
void waive_type(struct session *s, const char *text);
void waive_erase(struct session *s);
void waive_look(struct waive_view *out, const struct session *s);
/* For the slip: what kind of evidence it was and whose stick. Which one in particular may name somebody: not on paper. */
enum { WAIVE_NOTE = 256 };
void waive_note(char out[WAIVE_NOTE], const struct session *s, enum language language,
                const struct waived *w);
/* What the item says of it; NULL when no paper was waived. */
json_t *waive_json(const struct session *s);

/* ---- parts.c ------------------------------------------------------------------------- */
void parts_look(struct parts_view *out, const struct session *s);

/* ---- submit_parts.c ------------------------------------------------------------------ */
json_t *submit_materials(const struct session *s);
/* Papers that follow, each with its promise; an empty list when none does. */
json_t *submit_gaps(const struct session *s);
/* The notice that was given; NULL when none was. */
json_t *submit_notice(const struct session *s);
/* The children of a bundle; NULL for any other matter. */
json_t *submit_children(const struct session *s);

/* ---- spelling.c ---------------------------------------------------------------------- */
/* A field opens, or the search (NULL). */
void spelling_begin(struct session *s, const struct field *f);
void spelling_clear(struct session *s);
/* The last letter goes; false when there is none. */
bool spelling_erase(struct session *s);
/* Are letters left that are no characters yet? Then the page says so. */
bool spelling_is_pending(struct session *s);
/* The pad for one character, when it is that which is written on; else NULL. */
struct ink *spelling_ink(struct session *s);
void spelling_stroke_begins(struct session *s, int x);
void spelling_recognise(struct session *s);

/* ---- submit.c ------------------------------------------------------------------------ */
/* The item's plaintext (sync/api/sealed-item.md). 0 or -ENOMEM. */
NODISCARD int submit_write(struct bytes *out, const struct session *s);
/* Reserve a number if there is none yet; seal and hand over as soon as there is one. */
void submit_start(struct session *s);
void submit_reserve(struct session *s);

/* The manifest of an item of `kind` that has this number; `code`: the matter it is about, "" for none. */
json_t *submit_manifest_about(const struct session *s, const struct reservation *r,
                              const char *kind, const char *code);
/* About the matter in hand. */
json_t *submit_manifest(const struct session *s, const struct reservation *r, const char *kind);
/* The item as canonical JSON; NULL is an item without memory. 0 or -ENOMEM. */
NODISCARD int submit_append(struct bytes *out, const json_t *item);
json_t *ink_json(const struct ink *ink);
/* What is handed in beside an application: a reservation came, so it is written, sealed and handed over under its token.
 * False: nothing was, and the log says so. */
typedef int (*submit_writer)(struct bytes *out, const struct session *s,
                             const struct reservation *r);
bool submit_beside(struct session *s, const struct reservation *r, const char *kind,
                   submit_writer write);
/* Seal `plain` and hand it over under `token`. 0, SEAL_E_NO_KEY or a fault. */
NODISCARD int submit_sealed(struct session *s, const char *token, const struct reservation *r,
                            const char *kind, const struct bytes *plain);

/* ---- rating.c ------------------------------------------------------------------------ */
/* A number for the rating came. False: it is not the rating's. */
bool rating_reserved(struct session *s, const struct reservation *r);
/* The rating was stored, or was not. */
bool rating_stored(struct session *s, const char *token, bool is_stored);

/* ---- act_withdraw.c ------------------------------------------------------------------ */
struct withdrawal_view withdrawal_look(const struct session *s);
/* A card that is laid down now is meant for it. */
bool withdrawal_waits_for_card(const struct session *s);
/* One that was not confirmed is forgotten. */
void withdrawal_drop(struct session *s);
/* True: it was about the withdrawal. `receipt` NULL: it was not stored. */
bool withdrawal_reserved(struct session *s, const struct reservation *r);
bool withdrawal_stored(struct session *s, const char *token, const char *receipt);
bool withdrawal_printed(struct session *s, const struct event *e);

/* ---- act_progress.c ------------------------------------------------------------------ */
/* Is the slip about a case meant? Then its state is noted. */
bool progress_print_state(struct session *s, const struct event *e);
/* Another case: the slip was about the last one. */
void progress_turn_page(struct session *s);
void progress_look(struct progress_view *view, const struct session *s);
/* ---- agency.c ------------------------------------------------------------------------ */
/* Look for the agent whose card `p` is. AGENCY_FINE: the visit knows them now. Takes as long as agent_mark(). */
enum agency_trouble agency_prove(struct session *s, const struct person *p);
/* May this agent bring that matter? */
bool agency_covers(const struct agency *a, const struct service *service);
static inline bool agency_is_acting(const struct session *s)
{
    return s->visit.agency.step == AGENCY_ACTING;
}
/* Everything of the resident goes, the agent stays: the next resident finds nothing. */
void agency_release(struct session *s);
/* What the sealed item says of it; NULL when nobody acts. */
json_t *agency_json(const struct session *s);
/* Note the stored application among the agent's own. */
void agency_remember(struct session *s);
void agency_ask_tasks(struct session *s);
void agency_look(struct agency_view *out, const struct session *s);
/* A card during an agent's visit; see act_agency.c. */
enum screen agency_card_again(struct session *s, const struct event *e);
/* How the draft was helped with: HELP_ACT while an agent acts. */
enum help_mode session_help_mode(const struct session *s);

/* ---- handoff.c, act_handoff.c -------------------------------------------------------- */
struct handoff_draft;
/* Draw a code and hand the open form over under it. */
enum handoff_trouble handoff_send(struct session *s);
/* Open what was fetched, with the card's number; kept in the visit until the county knows that it was used. */
enum handoff_trouble handoff_open(struct session *s, const struct bytes *parcel);
/* Fill the open form with what fits it; what the card says is never overwritten. */
void handoff_fill(struct session *s, const struct handoff_draft *draft);
void handoff_look(struct handoff_view *out, const struct session *s);
bool handoff_can_print(const struct session *s);
/* Is its slip meant? Then its state is noted. */
bool handoff_printed(struct session *s, const struct event *e);
NODISCARD int slip_handoff(struct slip **out, const struct session *s, unsigned copy);

/* Those notes that this mark opens. */
void agency_read_notes(struct agency_tasks *out, const struct agent_mark *mark,
                       const struct agency_notes *notes);
/* ---- matters.c ----------------------------------------------------------------------- */
/* Note the stored application among those of its card. */
void matters_remember(struct session *s);
/* The reminder that is due: it takes the main thread as long as the card's mark does (agent_mark.h). */
void matters_settle(struct session *s);
bool matters_are_due(const struct session *s);
void matters_ask(struct session *s);

/* ---- act_bell.c ---------------------------------------------------------------------- */
/* Was it the bell's alone? Asked before the table, since an answer may come on any page. */
bool bell_took(struct session *s, const struct event *e);
/* True once, when nobody has answered in time. */
bool bell_is_late(struct session *s);

/* ---- hours.c ------------------------------------------------------------------------- */
/* By which offices go today (calendar_hours_day()); 0 while no clock is set. */
int hours_weekday(const struct session *s);
/* Is nobody of the staff there at this hour? False while the clock is not to be trusted. */
bool hours_are_unattended(const struct session *s);
/* What a visit that begins now is given: volume and patience. */
void hours_begin(struct session *s);

/* ---- rest.c -------------------------------------------------------------------------- */
/* REST_NONE while the clock is not to be trusted. */
enum rest rest_now(const struct session *s);

/* ---- act_aside.c, aside.c ------------------------------------------------------------ */
/* A number for the report came; it was stored, or was not; its slip. False: it is not the report's. */
bool aside_reserved(struct session *s, const struct reservation *r);
bool aside_stored(struct session *s, const char *token, const char *receipt);
bool aside_printed(struct session *s, const struct event *e);
/* What is being typed, as a field; NULL while nothing of a report is. */
const struct field *aside_field(const struct session *s);
void aside_type(struct session *s, const char *text);
void aside_erase(struct session *s);
struct ink *aside_ink(struct session *s, bool create);
struct aside_view aside_look(const struct session *s);
/* The sealed item's plaintext. 0 or -ENOMEM. */
NODISCARD int aside_write(struct bytes *out, const struct session *s, const struct reservation *r);
const char *aside_item_kind(enum aside_kind kind);
/* The day by which an answer is promised; DAY_NONE while the clock is not set. */
int32_t aside_answer_by(const struct session *s, bool *is_provisional);
int aside_answer_days(enum unsettled_reason reason);

/* ---- claim.c ------------------------------------------------------------------------- */
/* Draw the code of what is being handed over, if its answer needs one. */
void claim_make(struct session *s);
/* What the county gets of it, to address the answer by. NULL: this matter has none. */
json_t *claim_json(const struct session *s);

/* ---- act_instant.c ------------------------------------------------------------------- */
/* It was stored. True: its slip waits for the county's answer (SS-16). */
bool instant_begin(struct session *s);
/* The slip waits no longer: the visit ends, another matter begins, or time is over. */
void instant_settle(struct session *s);
bool instant_is_due(const struct session *s);

/* ---- slips.c ------------------------------------------------------------------------- */
/* The notice of what is missing. 0 or a fault. */
NODISCARD int slip_notice(struct slip **out, const struct session *s, unsigned copy);
/* The receipt of what was just stored. 0 or a fault. */
NODISCARD int slip_receipt(struct slip **out, const struct session *s);
/* Head of any slip of this visit; `printed` keeps its time. */
enum { SLIP_TIME = 20 };
struct slip_head slip_head_of(char printed[SLIP_TIME], const struct session *s, unsigned copy);
void slip_time(char out[SLIP_TIME], const struct session *s, int64_t wall_ms);

/* ---- slips_case.c -------------------------------------------------------------------- */
/* About the case that is shown: the one-time notice, what may follow, or how it stands. 0 or a fault. */
NODISCARD int slip_case(struct slip **out, const struct session *s, unsigned copy);
/* What an agent takes to a resident whose matter waits for them. No name, no number of a person. 0 or a fault. */
NODISCARD int slip_call(struct slip **out, const struct session *s, const struct agency_task *task);
/* Of an application that was taken back (slips_withdraw.c). */
NODISCARD int slip_withdrawal(struct slip **out, const struct session *s);
/* The numbered slip of what could not be done. */
NODISCARD int slip_unsettled(struct slip **out, const struct session *s);
