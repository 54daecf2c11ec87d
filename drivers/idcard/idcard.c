#include "drivers/idcard/idcard.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "drivers/idcard/inside.h"
#include "firmware/base/bytes.h"
#include "firmware/base/log.h"

enum {
    SICK_MS = 5000,
    HUNG_MS = 5000,  /* a card that cannot be read holds the field: reopen */
    SHOWN_MS = 3000, /* a refusal stays readable although the reader lost the card at once */
};

int idcard_new(struct idcard **out, const struct sdt_port *port, const struct clock *clock)
{
    struct idcard *c = calloc(1, sizeof(*c));
    if (!c)
        return fault_raise(-ENOMEM);
    c->line.port = *port;
    c->line.clock = clock;
    *out = c;
    return 0;
}

void idcard_free(struct idcard *c)
{
    if (!c)
        return;
    explicit_bzero(c, sizeof(*c));
    free(c);
}

size_t idcard_take_photo(struct idcard *c, uint8_t out[CARD_PHOTO_BYTES])
{
    size_t length = c->photo_length;
    memcpy(out, c->photo, length);
    explicit_bzero(c->photo, sizeof(c->photo));
    c->photo_length = 0;
    return length;
}

bool idcard_is_occupied(const struct idcard *c)
{
    return c->state == READING || c->state == HELD || c->state == REFUSED;
}

uint8_t idcard_sick_status(const struct idcard *c)
{
    return c->sick_sw3;
}

enum idcard_presence idcard_presence(const struct idcard *c)
{
    return c->presence;
}

const char *idcard_sam_number(const struct idcard *c)
{
    return c->sam;
}

void idcard_format_sam(char out[SAM_NUMBER_TEXT], const uint8_t n[SAM_NUMBER_BYTES])
{
    snprintf(out, SAM_NUMBER_TEXT, "%02u.%02u-%08u-%010u-%010u", get_le16(n), get_le16(n + 2),
             get_le32(n + 4), get_le32(n + 8), get_le32(n + 12));
}

static int64_t now_ms(const struct idcard *c)
{
    return c->line.clock->boot_ms(c->line.clock);
}

void idcard_enter(struct idcard *c, enum idcard_state state)
{
    c->state = state;
    c->since_ms = now_ms(c);
    c->misses = 0;
    c->is_first_look = state == HELD;
    c->is_read_refused = false;
}

int idcard_ask(struct idcard *c, enum sdt_command_id id)
{
    int r = sdt_carry_out(&c->line, id, &c->reply);
    c->silences = r == 0 || r == SDT_E_STATUS ? 0 : c->silences + 1;
    return r;
}

/* A reader that does not answer: a few times may happen, then it is opened anew. */
enum idcard_event idcard_trouble(struct idcard *c, int r, int *wait_ms)
{
    *wait_ms = IDCARD_RETRY_MS;
    if (r != SDT_E_GONE && r > 0 && c->silences < IDCARD_STRIKES)
        return IDCARD_NOTHING;
    log_line(LOG_WARNING, "idcard", "the reader does not answer (%d): it will be opened again", r);
    return IDCARD_GONE;
}

/* ---- steps --------------------------------------------------------------------------- */

static enum idcard_event sick(struct idcard *c, int *wait_ms)
{
    if (!c->sick_sw3)
        log_line(LOG_ERROR, "idcard", "the reader's security module is out of order (%02x)",
                 c->reply.sw3);
    c->sick_sw3 = c->reply.sw3;
    *wait_ms = SICK_MS;
    return IDCARD_SICK;
}

static enum idcard_event check(struct idcard *c, int *wait_ms)
{
    int r = idcard_ask(c, SDT_STATUS);
    if (r == SDT_E_STATUS && (c->reply.sw3 == SDT_SAM_SICK || c->reply.sw3 == SDT_SAM_UNAUTHORISED))
        return sick(c, wait_ms);
    if (!r)
        r = idcard_ask(c, SDT_SAM_NUMBER);
    if (r && r != SDT_E_STATUS)
        return idcard_trouble(c, r, wait_ms);
    if (!r)
        idcard_format_sam(c->sam, c->reply.data);
    c->sick_sw3 = 0;
    idcard_enter(c, WAITING);
    *wait_ms = 0;
    return IDCARD_READY;
}

/* "Nobody there" is believed only the second time. */
int idcard_find(struct idcard *c)
{
    int r = idcard_ask(c, SDT_FIND);
    if (r == SDT_E_STATUS && c->reply.sw3 == SDT_NO_CARD)
        r = idcard_ask(c, SDT_FIND);
    return r;
}

static enum idcard_event refuse(struct idcard *c, enum idcard_event why, bool is_hung, int *wait_ms)
{
    c->is_hung = is_hung;
    c->strikes = 0;
    idcard_enter(c, REFUSED);
    *wait_ms = IDCARD_POLL_MS;
    return why;
}

/* The card could not be read: say so once, try by ourselves, then ask for a hand. */
static enum idcard_event strike(struct idcard *c, enum idcard_event at_last, int *wait_ms)
{
    log_line(LOG_INFO, "idcard", "a card could not be read: status %02x%02x %02x", c->reply.sw1,
             c->reply.sw2, c->reply.sw3);
    if (++c->strikes >= IDCARD_STRIKES)
        return refuse(c, at_last, true, wait_ms);
    idcard_enter(c, WAITING);
    *wait_ms = IDCARD_POLL_MS;
    return c->strikes == 1 ? IDCARD_AGAIN : IDCARD_NOTHING;
}

/* Finding, selecting or reading was answered with a no. */
static enum idcard_event refused(struct idcard *c, int *wait_ms)
{
    switch (c->reply.sw3) {
    case SDT_WRONG_CARD:
        return refuse(c, IDCARD_NOT_ID, false, wait_ms);
    case SDT_SAM_REFUSED:
    case SDT_CARD_REFUSED:
    case SDT_CARD_DOUBTFUL:
        return strike(c, IDCARD_UNVERIFIED, wait_ms);
    case SDT_SAM_SICK:
    case SDT_SAM_UNAUTHORISED:
        idcard_enter(c, CHECKING);
        *wait_ms = 0;
        return IDCARD_NOTHING;
    default:
        return strike(c, IDCARD_LIFT, wait_ms);
    }
}

/* A search answered with neither a card nor "nobody there": nothing to trouble the resident with, unless it stays so. */
static enum idcard_event odd(struct idcard *c, int *wait_ms)
{
    if (++c->oddities < IDCARD_STRIKES) {
        *wait_ms = IDCARD_RETRY_MS;
        return IDCARD_NOTHING;
    }
    log_line(LOG_WARNING, "idcard",
             "the reader answers %02x to every search: it will be opened again", c->reply.sw3);
    return IDCARD_GONE;
}

static bool is_senseless(uint8_t sw3)
{
    static const uint8_t known[] = { SDT_SAM_REFUSED, SDT_CARD_REFUSED,     SDT_CARD_DOUBTFUL,
                                     SDT_WRONG_CARD,  SDT_READ_FAILED,      SDT_RANDOM_FAILED,
                                     SDT_SAM_SICK,    SDT_SAM_UNAUTHORISED, SDT_SELECT_FAILED };
    return !memchr(known, sw3, sizeof(known));
}

static enum idcard_event wait_for_card(struct idcard *c, int *wait_ms)
{
    int r = idcard_find(c);
    *wait_ms = IDCARD_POLL_MS;
    if (r == SDT_E_STATUS && c->reply.sw3 == SDT_NO_CARD) {
        c->strikes = c->oddities = 0;
        return IDCARD_NOTHING;
    }
    if (r == SDT_E_STATUS && is_senseless(c->reply.sw3))
        return odd(c, wait_ms);
    c->oddities = 0;
    if (!r)
        r = idcard_ask(c, SDT_SELECT);
    if (r == SDT_E_STATUS)
        return refused(c, wait_ms);
    if (r)
        return idcard_trouble(c, r, wait_ms);
    idcard_enter(c, READING);
    *wait_ms = 0;
    return IDCARD_COMING;
}

static enum idcard_event read_card(struct idcard *c, struct person *person, int *wait_ms)
{
    int r = idcard_ask(c, SDT_READ);
    if (r == SDT_E_STATUS)
        return refused(c, wait_ms);
    if (r == SDT_E_GONE)
        return idcard_trouble(c, r, wait_ms);
    if (r)
        return strike(c, IDCARD_LIFT, wait_ms);
    const uint8_t *photo = sdt_photo(&c->reply, &c->photo_length);
    memcpy(c->photo, photo, c->photo_length);
    r = card_parse(person, sdt_text(&c->reply));
    sdt_reply_wipe(&c->reply);
    if (r == CARD_E_TYPE)
        return refuse(c, IDCARD_TYPE, false, wait_ms);
    if (r)
        return strike(c, IDCARD_UNVERIFIED, wait_ms);
    c->strikes = 0;
    idcard_enter(c, HELD);
    /* While the card is certainly still there: what the reader says now shows what kind it is. */
    *wait_ms = 0;
    return IDCARD_PERSON;
}

static enum idcard_event watch_refused(struct idcard *c, int *wait_ms)
{
    int64_t shown = now_ms(c) - c->since_ms;
    int r = idcard_find(c);
    *wait_ms = IDCARD_POLL_MS;
    if (r && r != SDT_E_STATUS)
        return idcard_trouble(c, r, wait_ms);
    bool is_empty = r == SDT_E_STATUS && c->reply.sw3 == SDT_NO_CARD;
    if (is_empty && shown >= SHOWN_MS) {
        idcard_enter(c, WAITING);
        return IDCARD_REMOVED;
    }
    if (!is_empty && c->is_hung && shown >= HUNG_MS) {
        log_line(LOG_NOTICE, "idcard", "a card holds the reader's field: it is opened again");
        return IDCARD_GONE;
    }
    return IDCARD_NOTHING;
}

enum idcard_event idcard_step(struct idcard *c, struct person *person, int *wait_ms)
{
    person_wipe(person);
    if (c->photo_length)
        explicit_bzero(c->photo, sizeof(c->photo));
    c->photo_length = 0;
    switch (c->state) {
    case CHECKING:
        return check(c, wait_ms);
    case WAITING:
        return wait_for_card(c, wait_ms);
    case READING:
        return read_card(c, person, wait_ms);
    case HELD:
        return idcard_watch(c, wait_ms);
    case REFUSED:
        return watch_refused(c, wait_ms);
    }
    return IDCARD_NOTHING;
}
