/* What can happen to a session. Screens name these as the verbs of their widgets. */
#pragma once

enum event_kind {
    /* the resident's finger */
    EV_NONE,
    EV_TOUCHED,  /* anything was touched: the idle time starts anew */
    EV_BEGIN,    /* go on without a card */
    EV_LANGUAGE, /* value: "zh", "en" or "" for the other one */
    EV_ELDER,    /* on or off, as the next four */
    EV_CONTRAST,
    EV_LOWER,
    EV_SPEECH,
    EV_STILL,        /* no motion */
    EV_VOLUME,       /* number: 1 louder, -1 softer */
    EV_OPEN_THEME,   /* name */
    EV_OPEN_OWN,     /* what this point has of its own (SS-46) */
    EV_OPEN_SERVICE, /* name: code */
    EV_SAY_FACT,     /* name: a fact that a condition asks for, value: "yes", "no" */
    EV_TAKE_ROUTE,   /* to the matter that works instead */
    EV_TAKE_BUNDLE,  /* from a guide to the bundle that does this matter and others at once */
    EV_INSIST,       /* apply all the same: a person decides */
    EV_TAKE_HINT,    /* to the guide of what one seems entitled to */
    EV_HIDE_HINT,
    EV_PRINT_LEAFLET, /* the guide, or the way that works instead */
    EV_OPEN_POINT,    /* at this point: queue, bookings, places, numbers */
    EV_OPEN_TICKET,   /* a number in the queue of people */
    EV_OPEN_PLACES,   /* where else it can be done */
    EV_OPEN_FIGURES,  /* the point's own numbers */
    EV_OPEN_CANCEL,   /* of the booking that is looked up */
    EV_OPEN_WITHDRAW, /* of the application that is looked up */
    EV_OPEN_SEARCH,
    EV_OPEN_PROGRESS,
    EV_OPEN_MATTER, /* name: receipt; one of those that the card found */
    EV_PRINT_CASE,  /* the slip about the case that is shown */
    EV_OPEN_HELP,
    EV_RING,           /* a person is to come here (SS-11) */
    EV_OPEN_UNSETTLED, /* what could not be done here is handed on and gets a number (SS-13) */
    EV_OPEN_MISMATCH,  /* the guide is not as things are */
    EV_OPEN_AGAIN,     /* why here again for the same matter? */
    EV_ASIDE_CHOOSE,   /* number: a choice of the report */
    EV_ASIDE_TYPE,     /* value: "words", "phone" or "" for done */
    EV_BACK,
    EV_EXIT,
    EV_OPEN_AGENT,     /* "I help somebody": by whoever is an agent of this point */
    EV_AGENT_REFUSE,   /* the resident does not agree */
    EV_AGENT_NOTICE,   /* name: receipt; print the slip that tells the resident */
    EV_AGENT_NOTES,    /* notes: what kiosk-syncd keeps for an agent; no finger's */
    EV_HELPER_TAKES,   /* somebody helps to fill in */
    EV_HELP_MODE,      /* value: "guide", "assist", "do" */
    EV_HELP_SERVICE,   /* value: "form", "online", "phone", "upload", "whole" */
    EV_HELPER_RETURNS, /* the screen goes back to the resident */
    EV_OPEN_TASK,      /* name: id of an exercise (SS-43) */
    EV_PRINT_CERTIFICATE,
    EV_TO_PHONE,        /* the form goes on at the county's phone page (SS-48) */
    EV_OPEN_FROM_PHONE, /* or came from there */
    EV_PRINT_HANDOFF,
    EV_COVER,    /* hide everything at once */
    EV_NEXT,     /* the primary action of the screen */
    EV_CONTINUE, /* answers to a question */
    EV_END,
    EV_FOCUS, /* name: field; "" closes the keyboard */
    EV_TYPE,  /* value: text to append */
    EV_ERASE, /* the last character */
    EV_CLEAR,
    EV_CHOOSE,    /* name: field, value: choice */
    EV_PICK_DATE, /* value: the date of the field with the focus as far as it is chosen: "", YYYY, YYYYMM or YYYYMMDD */
    EV_USE_WAY,   /* value: "pinyin", "hand", "latin", "date", "digits", "rare", "picture" */
    EV_LETTER,    /* value: letters of pinyin */
    EV_PICK,      /* number: candidate */
    EV_INK_BEGIN, /* x, y on the pad now shown */
    EV_INK_MOVE,
    EV_INK_END,
    EV_INK_UNDO,
    EV_INK_CLEAR,
    EV_CONSENT,
    EV_SAY_CERTIFICATE, /* name: paper; value: "right", or "wrong", "old", "value", "other" */
    EV_ANSWER_PAPER,    /* name: material, value: "here", "later" or "not" */
    EV_OPEN_WAIVE,      /* name: material; staff accept other evidence */
    EV_WAIVE_CHOOSE,    /* value: word of an evidence */
    EV_WAIVE_WORDS,     /* which one it is */
    EV_OPEN_PAPERS,     /* from the review */
    EV_HAND_IN,         /* what is missing comes to the window; the application goes in today */
    EV_AFFIRM,          /* instead of a signature, by keys: the pad cannot be seen */
    EV_EDIT,            /* number: page of the form, from the review */
    EV_REVEAL,
    EV_SLIP_GOOD, /* a complete slip came out */
    EV_READ_SLIP, /* aloud; the session has nothing to do with it */
    EV_STAFF,     /* number: enum shift_event, value; the session has nothing to do with it */
    EV_SLIP_BAD,  /* it did not: print again, marked */
    EV_OPEN_RATING,
    EV_RATE,     /* number: 1 to 5 */
    EV_RATE_TAG, /* number: a reason, chosen or not any more */
    /* staff, once no resident is here */
    EV_STAFF_BEGIN,
    EV_STAFF_END,
    /* devices */
    EV_READER, /* number: 1 works, 0 does not */
    EV_CARD_COMING,
    EV_CARD_READ, /* person (copied; the sender wipes its own) */
    EV_CARD_GONE,
    EV_MAKE_WAY,     /* the card of somebody else is there: the visit that goes on is over */
    EV_CARD_TROUBLE, /* number: enum card_trouble */
    EV_PASS,         /* number: enum pass_right, value: serial of the service stick that is in */
    EV_PIN_SAID,     /* number: enum pin_said */
    EV_PRINTER,      /* number: 1 can print, 0 cannot */
    EV_PRINT_STATE,  /* name: job, number: enum paper_state */
    EV_SCANNED,      /* value: a receipt number was held before the scanner */
    EV_SCANNED_CODE, /* value: the code of a form that was filled in on a phone */
    /* the queue process */
    EV_LINK,          /* link */
    EV_ENROLLED,      /* value: "" joined, or the word of the local socket why not */
    EV_RESERVED,      /* reservation */
    EV_SUBMITTED,     /* name: token, value: receipt */
    EV_NOT_SUBMITTED, /* name: token, value: word of the local socket's errors */
    EV_CASE,          /* answer */
    EV_PARCEL, /* name: label, value: "well" or why not; parcel: its bytes when it was fetched */
    EV_CASES,  /* the county has answered something: ask again */
    EV_COUNTY_REPLY, /* name: id of the question; reply */
    EV_FIGURES,      /* figures: what this kiosk has counted this month */
    /* the pinyin engine */
    EV_CANDIDATES, /* name: the letters they are for; number: 1, or 0 when the engine is away */
    /* time */
    EV_TIME, /* the deadline of session_deadline_ms() may have come */
    EV_COUNT,
};
