/* Is the card that was read still on the plate? 30 03 tells it on most readers (id-reader document, section 1.6); some answer
 * 21 to it, or nothing. Of those, some find a card again that was read and some do not. Which kind a reader is shows right
 * after the first read, when the card is there for certain. */
#include "drivers/idcard/inside.h"
#include "firmware/base/log.h"

enum { MISSES = 2, RECHECK_MS = 50, BAD_COMMAND = 0x21, NO_PRIVILEGE = 0x23 };

enum sighting { THERE, NOT_THERE, ANOTHER, UNDECIDED, NO_ANSWER };

static bool is_answer(int r)
{
    return r == 0 || r == SDT_E_STATUS;
}

/* 30 03: an address, or "no such item", is a card. What it says of the person is dropped unread. */
static int ask_by_read(struct idcard *c, bool *is_there, bool *is_refused)
{
    int r = idcard_ask(c, SDT_NEW_ADDRESS);
    uint8_t sw3 = c->reply.sw3;
    *is_there = r == 0 || (r == SDT_E_STATUS && sw3 == SDT_NOTHING);
    /* A reader that does not know the command may also keep silent, or answer rubbish. */
    *is_refused = !is_answer(r) || sw3 == BAD_COMMAND || sw3 == NO_PRIVILEGE;
    sdt_reply_wipe(&c->reply);
    return r;
}

static void settle(struct idcard *c, enum idcard_presence presence)
{
    static const char *const words[] = { "unknown", "by 30 03", "by finding it again",
                                         "by the next card" };
    if (c->presence != presence)
        log_line(LOG_NOTICE, "idcard", "this reader tells a card's presence %s", words[presence]);
    c->presence = presence;
}

/* Right after a read. *r: the outcome when there is no answer. One command a step: each may take its deadlines. */
static enum sighting first_look(struct idcard *c, int *r)
{
    bool is_there = false, is_refused = true;
    if (c->presence != IDCARD_PRESENCE_BY_NEXT && !c->is_read_refused) {
        *r = ask_by_read(c, &is_there, &is_refused);
        if (*r < 0 || *r == SDT_E_GONE)
            return NO_ANSWER;
        if (is_there)
            settle(c, IDCARD_PRESENCE_BY_READ);
        c->is_read_refused = is_refused;
        return is_refused ? UNDECIDED : is_there ? THERE : NOT_THERE;
    }
    *r = idcard_find(c);
    if (!is_answer(*r))
        return NO_ANSWER;
    settle(c, *r == 0 ? IDCARD_PRESENCE_BY_FIND : IDCARD_PRESENCE_BY_NEXT);
    return THERE;
}

static enum sighting look(struct idcard *c, int *r)
{
    bool is_there = false, is_refused = false;
    switch (c->presence) {
    case IDCARD_PRESENCE_BY_NEXT:
        *r = idcard_ask(c, SDT_FIND);
        return *r == 0 ? ANOTHER : is_answer(*r) ? THERE : NO_ANSWER;
    case IDCARD_PRESENCE_BY_FIND:
        *r = idcard_find(c);
        return *r == 0 ? THERE : is_answer(*r) ? NOT_THERE : NO_ANSWER;
    default:
        *r = ask_by_read(c, &is_there, &is_refused);
        return is_there ? THERE : is_answer(*r) ? NOT_THERE : NO_ANSWER;
    }
}

static bool is_first_look_needed(const struct idcard *c)
{
    return c->is_first_look && c->presence != IDCARD_PRESENCE_BY_READ &&
           c->presence != IDCARD_PRESENCE_BY_FIND;
}

enum idcard_event idcard_watch(struct idcard *c, int *wait_ms)
{
    int r = 0;
    enum sighting s = is_first_look_needed(c) ? first_look(c, &r) : look(c, &r);
    *wait_ms = s == UNDECIDED ? 0 : IDCARD_POLL_MS;
    if (s == UNDECIDED)
        return IDCARD_NOTHING;
    if (s == NO_ANSWER)
        return idcard_trouble(c, r, wait_ms);
    c->is_first_look = false;
    c->misses = s == NOT_THERE ? c->misses + 1 : 0;
    if (s != ANOTHER && c->misses < MISSES) {
        *wait_ms = c->misses ? RECHECK_MS : IDCARD_POLL_MS;
        return IDCARD_NOTHING;
    }
    idcard_enter(c, WAITING);
    /* Another card waits to be read already. */
    *wait_ms = s == ANOTHER ? 0 : IDCARD_POLL_MS;
    return IDCARD_REMOVED;
}
