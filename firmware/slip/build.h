/* The slips of the kiosk, each from a plain struct of texts that are worded, masked and formatted already. Pure; any
 * thread. Nothing is kept: texts are copied. Every text may be NULL or "": its line is left out then.
 *
 * Each returns 0 (the caller owns *out), -EPERM (a whole ID number stands on it: rules 4.4), -E2BIG or -ENOMEM. */
#pragma once

#include "firmware/slip/slip.h"

enum slip_language { SLIP_ZH, SLIP_EN, SLIP_LANGUAGES };

/* The same in both languages; `en` NULL where the Chinese stands for both (names of places). */
struct slip_words {
    const char *zh, *en;
};

/* What every slip begins and ends with. */
struct slip_head {
    enum slip_language language; /* SLIP_EN prints both, English first (SS-61) */
    bool is_double_size;
    struct slip_words point; /* name of the service point */
    const char *phone;       /* of the point */
    const char *printed;     /* local time; "" while the clock is not set */
    unsigned copy;    /* 0: the first print; n: the n-th reprint, marked (section 5, rule 4) */
    bool is_practice; /* marked before anything else: it is worth nothing */
    /* SLIP_EN in another language of the screens: the English text in it, or itself; NULL: English */
    const char *(*own)(const void *context, const char *english);
    const void *own_context;
};

/* Whose of two copies it is, when somebody acted for the resident. */
enum slip_holder { SLIP_ONLY_COPY, SLIP_RESIDENTS_COPY, SLIP_AGENTS_COPY };

/* Strong masks only: *秀英, 3****************5. */
struct slip_who {
    const char *name, *number;
};

/* A thing to bring, a step, a device. */
struct slip_item {
    struct slip_words what, note; /* note: a smaller line below; zh NULL: none */
    const char *due;              /* a date, or NULL */
};
struct slip_list {
    size_t count;
    const struct slip_item *items;
};

/* 收件回执: the case is durable (SS-02, SS-62). */
struct slip_receipt_text {
    const char *number, *payload; /* of the case; what its code leads to */
    struct slip_words matter, promised, fee, next;
    struct slip_words decided_by;       /* another county; zh NULL: this one */
    const struct slip_who *who, *agent; /* NULL: guest; nobody acted for them (SS-33) */
    const char *submitted;
    struct slip_list not_needed, shown, later;
    struct slip_list here, owed,
        missing;             /* brought along; to follow by its date; told of (SS-20, SS-21) */
    struct slip_list waived; /* paper; the evidence in its place as note (SS-72) */
    struct slip_words hand_in, if_late; /* of what is owed */
    struct slip_list parts;             /* of a bundle: what, office, clock and delivery (SS-27) */
    struct slip_words covers;           /* what this one application stands for (SS-04) */
    struct slip_list promises;          /* a copy of what was signed; note: its version (SS-22) */
    bool was_offline;                   /* stored here, not sent yet */
    bool needs_no_return;               /* nothing is to be brought or collected (SS-49) */
    enum slip_holder holder;
    struct slip_words agent_role, help; /* what the agent is here; how somebody helped (SS-15) */
    struct slip_words village;          /* committee of the resident's own village (SS-38) */
    const char *claim; /* code that alone opens the answer; it stands nowhere else (SS-55) */
};
NODISCARD int slip_build_receipt(struct slip **out, const struct slip_head *head,
                                 const struct slip_receipt_text *t);

/* 请到场通知: an agent takes it to the resident (SS-36). Names nobody: number and matter say enough to who knows. */
struct slip_call_text {
    const char *number, *payload, *due; /* due: a date, or NULL */
    struct slip_words matter, why;      /* why: what the resident is to come for */
    struct slip_words where, hours;
    struct slip_list bring;
};
NODISCARD int slip_build_call(struct slip **out, const struct slip_head *head,
                              const struct slip_call_text *t);

/* 手机接着办: an unfinished form goes on at the county's phone page (SS-48). Names nobody. */
struct slip_handoff_text {
    const char *code, *payload,
        *until; /* the code in groups; the page's address with it; a local time, "" not known */
    struct slip_words matter;
    bool has_owner; /* it opens with an ID number alone */
};
NODISCARD int slip_build_handoff(struct slip **out, const struct slip_head *head,
                                 const struct slip_handoff_text *t);

/* 容缺受理单: accepted with gaps (SS-20). `owed` items carry their dates. */
struct slip_gap_text {
    const char *number, *payload, *accepted;
    struct slip_words owner; /* who has it, by name and telephone; zh NULL: nobody is named */
    struct slip_words matter, hand_in, if_late;
    const struct slip_who *who;
    struct slip_list owed;
};
NODISCARD int slip_build_gap(struct slip **out, const struct slip_head *head,
                             const struct slip_gap_text *t);

/* 一次性告知单: all that is missing, at once (SS-21). */
struct slip_notice_text {
    const char *number, *payload, *deadline;
    struct slip_words owner; /* as of a gap */
    struct slip_words matter, where, hours, basis;
    const struct slip_who *who;
    struct slip_list missing;
};
NODISCARD int slip_build_notice(struct slip **out, const struct slip_head *head,
                                const struct slip_notice_text *t);

/* 办件进度单: how a case stands (SS-53). Days are texts ("2026-12-10"); `steps` are what was done, the first first. */
struct slip_status_text {
    const char *number, *payload;
    struct slip_words state, left, office, reason;
    const char *since, *promised_by, *legal_by, *as_of;
    const char *code, *counter, *tracking; /* of the way out */
    struct slip_words parcel; /* how it stands, as the carrier said; zh NULL: nothing is known */
    bool needs_no_return;
    struct slip_list owed, steps;
    struct slip_list waived; /* paper; the evidence in its place as note */
    struct slip_list
        parts; /* of a bundle: name; how it stands, and why below (`reasons`, as many or NULL) */
    const struct slip_words *reasons;
    struct slip_words remedy; /* zh NULL: nothing was refused */
    struct slip_words owner;  /* as of a gap */
    struct slip_words check,
        elsewhere; /* of a promise; which county it lies with; zh NULL: neither */
};
NODISCARD int slip_build_status(struct slip **out, const struct slip_head *head,
                                const struct slip_status_text *t);

/* 排队号: a place in the queue (SS-07). */
struct slip_ticket_text {
    const char *ticket;
    struct slip_words theme, window, priority; /* priority zh NULL: none */
    unsigned ahead, minutes;
    bool is_wait_unknown; /* nothing is said about the wait then */
    const char *taken;
    struct slip_list bring;
};
NODISCARD int slip_build_ticket(struct slip **out, const struct slip_head *head,
                                const struct slip_ticket_text *t);

/* 预约单: a half-day at the window or at home, provisional until the county has confirmed it (SS-39, SS-50). */
struct slip_booking_text {
    const char *number, *payload, *submitted;
    struct slip_words matter, half, where; /* half: day and half-day; zh NULL: still to be agreed */
    const struct slip_who *who;
    struct slip_list bring;
    bool was_offline;
};
NODISCARD int slip_build_booking(struct slip **out, const struct slip_head *head,
                                 const struct slip_booking_text *t);

/* 办不成事登记单: the bottom-line window owns it now (SS-13). `owner` is staff. */
struct slip_escalation_text {
    const char *number, *payload, *opened, *answer_by, *done_by, *owner, *owner_phone;
    struct slip_words reason;
};
NODISCARD int slip_build_escalation(struct slip **out, const struct slip_head *head,
                                    const struct slip_escalation_text *t);

/* 撤回申请回执: the applicant took an application back; the county has the last word (services 1.0). */
struct slip_withdrawal_text {
    const char *number, *payload; /* of the withdrawal */
    const char *about;            /* number of the application */
    const char *submitted;
    const struct slip_who *who;
    struct slip_words next;
    bool was_offline;
};
NODISCARD int slip_build_withdrawal(struct slip **out, const struct slip_head *head,
                                    const struct slip_withdrawal_text *t);

/* 上岗检查单: for staff, in the morning. Numbers only, no cases. */
struct slip_check {
    struct slip_words what, state;
    bool is_well;
};
struct slip_readiness_text {
    size_t check_count;
    const struct slip_check *checks;
    int64_t paper_mm; /* left on the roll; negative: not known */
    size_t counter_count;
    const struct slip_check *counters; /* state = figure */
};
NODISCARD int slip_build_readiness(struct slip **out, const struct slip_head *head,
                                   const struct slip_readiness_text *t);

/* 简要回执: when paper is short: number, where to ask, code. */
struct slip_short_text {
    const char *number, *payload;
    struct slip_words ask;
};
NODISCARD int slip_build_short(struct slip **out, const struct slip_head *head,
                               const struct slip_short_text *t);

/* 办事指南: one page of one matter (SS-23). */
struct slip_guide_text {
    struct slip_words matter, who, promised, by_law, fee, fee_basis, office, where, hours, basis;
    struct slip_list conditions, not_needed, bring, later, steps;
    const char *version, *payload;
};
NODISCARD int slip_build_guide(struct slip **out, const struct slip_head *head,
                               const struct slip_guide_text *t);

/* A place to go to. name.zh NULL: none. */
struct slip_place {
    struct slip_words name, address, hours, road;
    const char *phone;
};
/* 练习证明: what was practised, and how well (SS-43). It names nobody: the name is written by hand. */
struct slip_certificate_text {
    const char *day;  /* "" while the clock is not set */
    const char *pass; /* "80 / 100" */
    size_t count;
    const struct slip_check *done; /* state = points */
};
NODISCARD int slip_build_certificate(struct slip **out, const struct slip_head *head,
                                     const struct slip_certificate_text *t);

/* 去哪里办: a condition does not fit as far as the kiosk can tell; what works instead (SS-44). It says nothing of who was
 * here but which condition it was. */
struct slip_route_text {
    struct slip_words matter, condition, refusal, basis, instead;
    struct slip_place here, other;
};
NODISCARD int slip_build_route(struct slip **out, const struct slip_head *head,
                               const struct slip_route_text *t);
