/* The headings that slips print by themselves, in both languages: paper has no language button, so a slip that is not
 * Chinese carries both (SS-61). Shared by the builders only. */
#pragma once

#include "firmware/slip/build.h"

enum slip_word {
    WORD_RECEIPT,
    WORD_GUEST_RECEIPT,
    WORD_GAP,
    WORD_NOTICE,
    WORD_TICKET,
    WORD_BOOKING,
    WORD_BOOKING_NUMBER,
    WORD_PROVISIONAL,
    WORD_BOOKING_RULES,
    WORD_ESCALATION,
    WORD_READINESS,
    WORD_SHORT,
    WORD_STATUS,
    WORD_STATE,
    WORD_SINCE,
    WORD_LEGAL_BY,
    WORD_LEFT,
    WORD_OFFICE,
    WORD_GROUNDS,
    WORD_PICKUP,
    WORD_COUNTER,
    WORD_TRACKING,
    WORD_PARCEL,
    WORD_SO_FAR,
    WORD_EACH_PART,
    WORD_WAIVED,
    WORD_AS_OF,
    WORD_NO_RETURN,
    WORD_NOTHING_MORE,
    WORD_PROMISED_BY,
    WORD_GUIDE,
    WORD_CONDITIONS,
    WORD_BY_LAW,
    WORD_FEE_BASIS,
    WORD_ROUTE,
    WORD_UNMET,
    WORD_INSTEAD,
    WORD_HERE_AT,
    WORD_ELSEWHERE,
    WORD_ADDRESS,
    WORD_ROAD,
    WORD_INSIST,
    WORD_REPRINT,
    WORD_NUMBER,
    WORD_CLAIM,
    WORD_CLAIM_NOTE,
    WORD_CLAIM_NAMED,
    WORD_MATTER,
    WORD_APPLICANT,
    WORD_ID_NUMBER,
    WORD_AGENT,
    WORD_HELP,
    WORD_VILLAGE,
    WORD_RESIDENTS_COPY,
    WORD_AGENTS_COPY,
    WORD_WITHDRAWAL,
    WORD_WITHDRAWN,
    WORD_CALL,
    WORD_CALL_WHY,
    WORD_FREE_HELP,
    WORD_HANDOFF,
    WORD_HANDOFF_CODE,
    WORD_HANDOFF_SCAN,
    WORD_HANDOFF_UNTIL,
    WORD_HANDOFF_OWNER,
    WORD_HANDOFF_ANYBODY,
    WORD_PRACTICE,
    WORD_PRACTICE_NOTE,
    WORD_CERTIFICATE,
    WORD_CERTIFICATE_WHO,
    WORD_CERTIFICATE_LINE,
    WORD_CERTIFICATE_DAY,
    WORD_CERTIFICATE_PASS,
    WORD_CERTIFICATE_DONE,
    WORD_CERTIFICATE_NOTE,
    WORD_SUBMITTED,
    WORD_PROMISED,
    WORD_FEE,
    WORD_NOT_NEEDED,
    WORD_SHOWN,
    WORD_LATER,
    WORD_NEXT,
    WORD_OWED,
    WORD_HAND_IN,
    WORD_IF_LATE,
    WORD_ACCEPTED,
    WORD_MISSING,
    WORD_DEADLINE,
    WORD_WHERE,
    WORD_HOURS,
    WORD_BASIS,
    WORD_ONCE,
    WORD_AHEAD,
    WORD_WAIT,
    WORD_TAKEN,
    WORD_WINDOW,
    WORD_BRING,
    WORD_REASON,
    WORD_OWNER,
    WORD_OWNER_PHONE,
    WORD_HAS_IT,
    WORD_CHECK,
    WORD_DECIDED_BY,
    WORD_OPENED,
    WORD_ANSWER_BY,
    WORD_DONE_BY,
    WORD_DEVICES,
    WORD_PAPER,
    WORD_COUNTERS,
    WORD_WHO,
    WORD_STEPS,
    WORD_VERSION,
    WORD_SCAN,
    WORD_SCAN_CLAIM,
    WORD_ASK,
    WORD_PHONE,
    WORD_PRINTED,
    WORD_OFFLINE,
    WORD_PARTS,
    WORD_COVERS,
    WORD_HERE,
    WORD_PROMISE,
    WORD_COUNT,
};

/* Never NULL. */
const char *slip_word(enum slip_word word, enum slip_language language);

/* A slip in the making: what every builder does. A failure stays in the slip and shows in slip_finish(). */
struct slip_writer {
    struct slip *slip;
    const struct slip_head *head;
};

/* The text in the slip's language; the Chinese where there is no other. */
const char *writer_own(const struct slip_writer *w, const struct slip_words *words);
/* The same in Chinese when the slip speaks another language and the texts differ, else NULL. */
const char *writer_second(const struct slip_writer *w, const struct slip_words *words);
const char *writer_word(const struct slip_writer *w, enum slip_word word);

NODISCARD int writer_begin(struct slip_writer *w, const struct slip_head *head);
/* Mark of a reprint, name of the point, title. */
void writer_head(struct slip_writer *w, enum slip_word title);
/* Number with what it is, and the code that leads to it; "" or NULL leaves out either. */
void writer_number(struct slip_writer *w, enum slip_word what, const char *number,
                   const char *payload);
/* A code to scan alone; `what_for` stands below it. Nothing for "" or NULL. */
void writer_code(struct slip_writer *w, enum slip_word what_for, const char *payload);
void writer_heading(struct slip_writer *w, enum slip_word word);
/* A pair; nothing when the value is NULL or "". */
void writer_pair(struct slip_writer *w, enum slip_word label, const char *value);
void writer_pair_words(struct slip_writer *w, enum slip_word label, const struct slip_words *value);
void writer_who(struct slip_writer *w, const struct slip_who *who);
/* A paragraph in the slip's language, then smaller in Chinese. */
void writer_paragraph(struct slip_writer *w, const struct slip_words *words);
/* Heading and items; nothing when the list is empty. */
void writer_list(struct slip_writer *w, enum slip_word heading, enum slip_kind kind,
                 const struct slip_list *list);
void writer_block(struct slip_writer *w, enum slip_word heading, const struct slip_words *words);
void writer_foot(struct slip_writer *w);
/* Hands the slip over, or frees it. */
NODISCARD int writer_end(struct slip_writer *w, struct slip **out);
