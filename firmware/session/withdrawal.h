/* The applicant's own will: an application that is under way is withdrawn with the card it was made with. What a visit holds
 * of it, and what its screens may know. In struct visit: locked memory, wiped with it. */
#pragma once

#include "firmware/base/ident.h"
#include "firmware/catalogue/catalogue.h"
#include "firmware/session/paper_job.h"

enum withdrawal_state {
    WITHDRAWAL_OPEN, /* read, and confirmed or left */
    WITHDRAWAL_SENDING,
    WITHDRAWAL_KEPT,   /* durable: it has its number, and the county decides what comes of it */
    WITHDRAWAL_FAILED, /* nothing was stored */
};

/* All zero: nobody thought of one. */
struct withdrawal {
    enum withdrawal_state state;
    char about[RECEIPT_TEXT];   /* the application */
    char receipt[RECEIPT_TEXT]; /* of the withdrawal itself, once it is kept */
    char token[TOKEN_TEXT];
    struct paper_job paper;
};

/* Texts are borrowed from the visit. */
struct withdrawal_view {
    bool is_offered;    /* what the page of progress shows may be withdrawn */
    bool is_on_its_way; /* and it was, in this visit */
    enum withdrawal_state state;
    const char *about, *receipt;
    const struct service *service; /* of the application; NULL: not known here */
    enum paper_state paper;
    bool can_print_again;
};
