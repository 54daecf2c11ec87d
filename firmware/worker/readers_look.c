#include <string.h>

#include "firmware/base/log.h"
#include "firmware/worker/readers_inside.h"

enum {
    LOOK_MS = 1000,
    RELOOK_MS = 5000,  /* for another reader, while one works */
    RECALL_MS = 60000, /* although nothing seems to have changed: a serial line tells nobody */
    STEADY_MS = 5000,  /* a reader that worked for less is not to be counted on */
    SLICE_MS = 100,    /* how long a wait for bytes stays deaf to the program's end */
};

static size_t count_open(const struct readers *r)
{
    size_t count = 0;
    for (size_t i = 0; i < READERS_MAX; i++)
        count += r->seats[i].card != NULL;
    return count;
}

/* ---- the port: in slices ------------------------------------------------------------- */

static int port_write(void *context, const uint8_t *frame, size_t length, int wait_ms)
{
    const struct seat *s = context;
    return s->inner.write(s->inner.context, frame, length, wait_ms);
}

/* A step may wait for several deadlines one after the other, and whoever ends the program should not. */
static int port_read(void *context, uint8_t *data, size_t size, int wait_ms, size_t *got)
{
    const struct seat *s = context;
    int r = SDT_E_TIMEOUT;
    for (int left = wait_ms; r == SDT_E_TIMEOUT && left > 0; left -= SLICE_MS) {
        if (s->all->ears.is_ending(s->all->ears.context))
            return SDT_E_GONE;
        r = s->inner.read(s->inner.context, data, size, left < SLICE_MS ? left : SLICE_MS, got);
    }
    return r;
}

static void port_drain(void *context, int quiet_ms)
{
    const struct seat *s = context;
    s->inner.drain(s->inner.context, quiet_ms);
}

/* ---- places that failed -------------------------------------------------------------- */

static struct shunned *find_shunned(struct readers *r, const char *path)
{
    struct shunned *oldest = &r->shunned[0];
    for (size_t i = 0; i < SDT_PLACES_MAX; i++) {
        if (!strcmp(r->shunned[i].path, path))
            return &r->shunned[i];
        if (r->shunned[i].until_ms < oldest->until_ms)
            oldest = &r->shunned[i];
    }
    *oldest = (struct shunned){ 0 };
    memcpy(oldest->path, path, strlen(path) + 1);
    return oldest;
}

static void shun(struct readers *r, const char *path, enum reader_cause cause)
{
    struct shunned *s = find_shunned(r, path);
    int most = readers_count_ready(r) ? READERS_RESERVE_MOST_MS : READERS_LOOK_MOST_MS;
    s->wait_ms = s->wait_ms ? s->wait_ms * 2 : LOOK_MS;
    s->wait_ms = s->wait_ms > most ? most : s->wait_ms;
    s->until_ms = readers_now_ms(r) + s->wait_ms;
    s->cause = cause;
    r->cause = cause;
}

static void forgive(struct readers *r, const char *path)
{
    *find_shunned(r, path) = (struct shunned){ 0 };
}

/* ---- opening and closing ------------------------------------------------------------- */

static void open_place(struct readers *r, const struct sdt_place *place)
{
    struct seat *s = NULL;
    for (size_t i = 0; i < READERS_MAX && !s; i++)
        s = r->seats[i].card ? NULL : &r->seats[i];
    if (!s)
        return;
    *s = (struct seat){ .all = r, .due_ms = readers_now_ms(r) };
    int failed = r->yard.open(r->yard.context, &s->link, place);
    if (failed) {
        log_line(LOG_WARNING, "reader", "the ID reader at %s cannot be opened (%d): %s",
                 place->path, failed, reader_cause_id(reader_cause_of_open(failed)));
        shun(r, place->path, reader_cause_of_open(failed));
        return;
    }
    s->inner = r->yard.port(r->yard.context, &s->link);
    const struct sdt_port port = { s, port_write, port_read, port_drain, s->inner.bytes_a_second };
    if (idcard_new(&s->card, &port, r->clock)) {
        r->yard.close(r->yard.context, &s->link);
        return;
    }
    log_line(LOG_NOTICE, "reader", "ID reader at %s, style %s", place->path,
             sdt_style_word(place->style));
}

void readers_close_seat(struct readers *r, struct seat *s)
{
    idcard_free(s->card);
    r->yard.close(r->yard.context, &s->link);
    s->card = NULL;
    s->is_ready = false;
}

/* It died or hung. Whoever is here is asked whether to go on: the card can no longer be seen. */
void readers_lose(struct readers *r, struct seat *s)
{
    char path[SDT_PATH];
    bool was_steady = s->is_ready && readers_now_ms(r) - s->ready_ms >= STEADY_MS;
    memcpy(path, s->link.place.path, sizeof(path));
    if (r->holder == s)
        readers_say_card_gone(r);
    readers_close_seat(r, s);
    if (was_steady) {
        forgive(r, path);
        r->look_ms = r->recall_ms = readers_now_ms(r);
        return;
    }
    shun(r, path, READER_SILENT);
    if (!count_open(r))
        r->look_ms = find_shunned(r, path)->until_ms;
    if (!readers_count_ready(r))
        readers_say_state(r, SAID_MISSING);
}

/* ---- looking ------------------------------------------------------------------------- */

static bool is_open(const struct readers *r, const char *path)
{
    for (size_t i = 0; i < READERS_MAX; i++)
        if (r->seats[i].card && !strcmp(r->seats[i].link.place.path, path))
            return true;
    return false;
}

static bool is_shunned(const struct readers *r, const char *path)
{
    for (size_t i = 0; i < SDT_PLACES_MAX; i++)
        if (r->shunned[i].wait_ms && !strcmp(r->shunned[i].path, path))
            return readers_now_ms(r) < r->shunned[i].until_ms;
    return false;
}

/* For one that is there and of no use. */
static int backoff_ms(unsigned looks)
{
    int wait = LOOK_MS << (looks > 3 ? 3 : looks - 1);
    return wait > READERS_LOOK_MOST_MS ? READERS_LOOK_MOST_MS : wait;
}

/* When to look again: soon while nothing is open, for a place that failed when its time has come. */
static void plan_look(struct readers *r, size_t found)
{
    int64_t now = readers_now_ms(r);
    r->looks = count_open(r) ? 0 : r->looks + 1;
    if (count_open(r)) {
        r->look_ms = now + RELOOK_MS;
        return;
    }
    if (!found)
        r->cause = READER_NOT_FOUND;
    readers_say_state(r, SAID_MISSING);
    r->look_ms = now + (found ? backoff_ms(r->looks) : r->yard.rest_ms(r->yard.context, r->looks));
}

/* A place that failed may be tried again. */
static bool is_any_due(const struct readers *r)
{
    for (size_t i = 0; i < SDT_PLACES_MAX; i++) {
        const struct shunned *s = &r->shunned[i];
        if (s->wait_ms && readers_now_ms(r) >= s->until_ms && !is_open(r, s->path))
            return true;
    }
    return false;
}

/* What is not there any more starts anew when it comes back. */
static void forget_vanished(struct readers *r, const struct sdt_place *places, size_t count)
{
    for (size_t i = 0; i < SDT_PLACES_MAX; i++) {
        bool is_there = false;
        for (size_t k = 0; k < count; k++)
            is_there |= !strcmp(places[k].path, r->shunned[i].path);
        if (!is_there)
            r->shunned[i] = (struct shunned){ 0 };
    }
}

void readers_hear(struct readers *r)
{
    r->look_ms = r->recall_ms = readers_now_ms(r);
    r->looks = 0;
}

void readers_look(struct readers *r)
{
    struct sdt_place places[SDT_PLACES_MAX];
    size_t found = 0;
    unsigned changes = r->yard.changes(r->yard.context);
    bool is_news = changes != r->changes || readers_now_ms(r) >= r->recall_ms || is_any_due(r);
    if (count_open(r) && !is_news) {
        r->look_ms = readers_now_ms(r) + RELOOK_MS;
        return;
    }
    r->changes = changes;
    r->recall_ms = readers_now_ms(r) + RECALL_MS;
    if (r->yard.find(r->yard.context, places, SDT_PLACES_MAX, &found))
        found = 0;
    forget_vanished(r, places, found);
    for (size_t i = 0; i < found; i++)
        if (!is_open(r, places[i].path) && !is_shunned(r, places[i].path))
            open_place(r, &places[i]);
    plan_look(r, found);
}
