/* The state of one ID reader, shared by the files of the state machine: what happens on the plate (idcard.c), and whether the
 * card that was read is still there (presence.c). */
#pragma once

#include "drivers/idcard/idcard.h"

enum { IDCARD_STRIKES = 3, IDCARD_RETRY_MS = 500 };

enum idcard_state { CHECKING, WAITING, READING, HELD, REFUSED };

struct idcard {
    struct sdt_line line;
    enum idcard_state state;
    enum idcard_presence presence;
    unsigned strikes;   /* of the card now on the plate */
    unsigned silences;  /* of the reader, in a row */
    unsigned misses;    /* presence checks in a row that found nothing */
    unsigned oddities;  /* searches in a row whose answer says nothing about a card */
    bool is_first_look; /* the card was read this moment: it is there, whatever the reader says */
    bool
        is_read_refused; /* the first look has asked by 30 03 and goes on by finding, a step later */
    bool is_hung;
    uint8_t sick_sw3; /* 0: well */
    int64_t since_ms;
    char sam[SAM_NUMBER_TEXT];
    uint8_t photo[CARD_PHOTO_BYTES]; /* between IDCARD_PERSON and the next step */
    size_t photo_length;
    struct sdt_reply reply; /* may hold a card between two lines of read_card() only */
};

/* One command into c->reply, as sdt_carry_out(); counts silences. */
NODISCARD int idcard_ask(struct idcard *c, enum sdt_command_id id);
/* 20 01; "nobody there" is believed only the second time (section 1.6). */
NODISCARD int idcard_find(struct idcard *c);
void idcard_enter(struct idcard *c, enum idcard_state state);
/* A reader that does not answer: a few times may happen (IDCARD_NOTHING), then IDCARD_GONE. */
enum idcard_event idcard_trouble(struct idcard *c, int r, int *wait_ms);
/* The step of the state HELD. */
enum idcard_event idcard_watch(struct idcard *c, int *wait_ms);
