#include "firmware/worker/readers.h"

#include <stdlib.h>
#include <string.h>

#include "firmware/base/log.h"
#include "firmware/seal/seal.h"
#include "firmware/worker/readers_inside.h"

int64_t readers_now_ms(const struct readers *r)
{
    return r->clock->boot_ms(r->clock);
}

size_t readers_count_ready(const struct readers *r)
{
    size_t count = 0;
    for (size_t i = 0; i < READERS_MAX; i++)
        count += r->seats[i].card && r->seats[i].is_ready;
    return count;
}

/* ---- telling ------------------------------------------------------------------------- */

void readers_say_state(struct readers *r, enum said said)
{
    if (r->said != said)
        r->ears.say(r->ears.context, EV_READER, said == SAID_WORKS);
    r->said = said;
}

void readers_say_card_gone(struct readers *r)
{
    if (r->holder)
        r->ears.say(r->ears.context, EV_CARD_GONE, 0);
    r->holder = NULL;
}

static void say_trouble(struct readers *r, enum card_trouble trouble)
{
    r->ears.say(r->ears.context, EV_CARD_TROUBLE, (int)trouble);
}

/* ---- steps --------------------------------------------------------------------------- */

static void take_ready(struct readers *r, struct seat *s)
{
    log_line(LOG_NOTICE, "reader", "security module %s at %s", idcard_sam_number(s->card),
             s->link.place.path);
    if (!s->is_ready)
        s->ready_ms = readers_now_ms(r);
    s->is_ready = true;
    readers_say_state(r, SAID_WORKS);
}

static void take_sick(struct readers *r, struct seat *s)
{
    s->is_ready = false;
    r->cause = idcard_sick_status(s->card) == SDT_SAM_UNAUTHORISED ? READER_SAM_UNAUTHORISED
                                                                   : READER_SAM_SICK;
    if (!readers_count_ready(r))
        readers_say_state(r, SAID_MISSING);
}

/* A card on this plate; of another one that was told of before nobody can say any more whether it is there. */
static void take_coming(struct readers *r, struct seat *s)
{
    if (r->holder && r->holder != s)
        readers_say_card_gone(r);
    r->holder = s;
    r->ears.say(r->ears.context, EV_CARD_COMING, 0);
}

/* Of the picture nothing but its digest goes on. */
static void take_chip(struct readers *r, struct seat *s)
{
    uint8_t photo[CARD_PHOTO_BYTES];
    size_t length = idcard_take_photo(s->card, photo);
    if (length)
        sha256(r->person->chip, photo, length);
    explicit_bzero(photo, sizeof(photo));
}

static void take(struct readers *r, struct seat *s, enum idcard_event event)
{
    switch (event) {
    case IDCARD_NOTHING:
        break;
    case IDCARD_READY:
        take_ready(r, s);
        break;
    case IDCARD_COMING:
        take_coming(r, s);
        break;
    case IDCARD_PERSON:
        take_chip(r, s);
        r->ears.say_person(r->ears.context, r->person);
        break;
    case IDCARD_AGAIN:
        say_trouble(r, TROUBLE_AGAIN);
        break;
    case IDCARD_LIFT:
        say_trouble(r, TROUBLE_LIFT);
        break;
    case IDCARD_NOT_ID:
        say_trouble(r, TROUBLE_NOT_ID);
        break;
    case IDCARD_TYPE:
        say_trouble(r, TROUBLE_TYPE);
        break;
    case IDCARD_UNVERIFIED:
        say_trouble(r, TROUBLE_UNVERIFIED);
        break;
    case IDCARD_REMOVED:
        if (r->holder == s)
            readers_say_card_gone(r);
        break;
    case IDCARD_SICK:
        take_sick(r, s);
        break;
    case IDCARD_GONE:
        readers_lose(r, s);
        break;
    }
}

/* The reader whose card is being read or lies there; the others wait. NULL: all are asked. One that cannot see its card
 * leave does not keep the others waiting for ever. */
static const struct seat *find_occupied(const struct readers *r)
{
    for (size_t i = 0; i < READERS_MAX; i++) {
        const struct seat *s = &r->seats[i];
        if (s->card && idcard_is_occupied(s->card) &&
            idcard_presence(s->card) != IDCARD_PRESENCE_BY_NEXT)
            return s;
    }
    return NULL;
}

static void step_seat(struct readers *r, struct seat *s)
{
    int wait_ms = 0;
    enum idcard_event event = idcard_step(s->card, r->person, &wait_ms);
    s->due_ms = readers_now_ms(r) + wait_ms;
    take(r, s, event);
    person_wipe(r->person);
}

int readers_step(struct readers *r)
{
    const struct seat *occupied = find_occupied(r);
    if (readers_now_ms(r) >= r->look_ms && !occupied)
        readers_look(r);
    for (size_t i = 0; i < READERS_MAX; i++) {
        struct seat *s = &r->seats[i];
        occupied = find_occupied(r);
        if (s->card && (!occupied || occupied == s) && readers_now_ms(r) >= s->due_ms)
            step_seat(r, s);
    }
    occupied = find_occupied(r);
    int64_t next = occupied ? occupied->due_ms : r->look_ms;
    for (size_t i = 0; i < READERS_MAX && !occupied; i++)
        if (r->seats[i].card && r->seats[i].due_ms < next)
            next = r->seats[i].due_ms;
    int64_t left = next - readers_now_ms(r);
    return left > 0 ? (int)left : 0;
}

/* ---- the rest ------------------------------------------------------------------------ */

void readers_tell_facts(const struct readers *r, struct reader_facts *out)
{
    const struct seat *first = NULL;
    size_t ready = readers_count_ready(r);
    for (size_t i = 0; i < READERS_MAX; i++) {
        const struct seat *s = &r->seats[i];
        if (s->card && s->is_ready && (!first || r->holder == s))
            first = s;
    }
    *out = (struct reader_facts){ .cause = first ? READER_WORKS : r->cause,
                                  .reserves = ready ? (unsigned)ready - 1 : 0 };
    if (!first)
        return;
    out->style = first->link.place.style;
    out->presence = idcard_presence(first->card);
    memcpy(out->path, first->link.place.path, sizeof(out->path));
    memcpy(out->security_module, idcard_sam_number(first->card), SAM_NUMBER_TEXT);
}

int readers_new(struct readers **out, const struct reader_yard *yard,
                const struct reader_ears *ears, const struct clock *clock, struct person *person)
{
    struct readers *r = calloc(1, sizeof(*r));
    if (!r)
        return fault_raise(-ENOMEM);
    *r = (struct readers){
        .yard = *yard, .ears = *ears, .clock = clock, .person = person, .cause = READER_NOT_FOUND
    };
    *out = r;
    return 0;
}

void readers_free(struct readers *r)
{
    for (size_t i = 0; r && i < READERS_MAX; i++)
        if (r->seats[i].card)
            readers_close_seat(r, &r->seats[i]);
    free(r);
}
