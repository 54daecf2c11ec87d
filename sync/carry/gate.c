#include "sync/carry/gate.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "firmware/base/bytes.h"
#include "firmware/seal/seal.h"
#include "sync/queue/events.h"

enum { KEY_TEXT = 40, ROW_TEXT = 120 };
static const int64_t minute_ms = 60 * 1000, hour_ms = 60 * 60 * 1000;

struct count {
    char key[KEY_TEXT];
    int wrong;
    int64_t lock_ms, since_ms; /* since_ms: boot clock of the boot below */
    uint8_t boot_id[UUID_BYTES];
};

/* How long to wait behind the n-th wrong PIN in a row. */
static int64_t lock_behind(int wrong)
{
    static const int minutes[GATE_TRIES] = { 0, 0, 1, 5, 30, 240, 1440, 1440, 1440, 1440 };
    return wrong < 1 ? 0 : minute_ms * minutes[wrong > GATE_TRIES ? GATE_TRIES - 1 : wrong - 1];
}

static bool is_serial(const char *serial)
{
    size_t length = strspn(serial, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-");
    return length >= 4 && length < GATE_SERIAL && !serial[length];
}

/* ---- rows ---------------------------------------------------------------------------- */

/* A number and the blank behind it. */
static bool take_number(int64_t *out, char **at)
{
    char *end;
    errno = 0;
    *out = strtoll(*at, &end, 10);
    bool is_good = !errno && end > *at && *end == ' ' && *out >= 0;
    *at = end + is_good;
    return is_good;
}

static bool read_row(struct count *c, char *row)
{
    int64_t wrong = 0;
    if (!take_number(&wrong, &row) || !take_number(&c->lock_ms, &row) ||
        !take_number(&c->since_ms, &row) || strlen(row) != (size_t)2 * UUID_BYTES ||
        hex_decode(c->boot_id, UUID_BYTES, row))
        return false;
    c->wrong = wrong < INT32_MAX ? (int)wrong : INT32_MAX;
    return true;
}

static int load(struct count *c, struct store *s, const char *key)
{
    char row[ROW_TEXT] = "";
    *c = (struct count){ 0 };
    snprintf(c->key, sizeof(c->key), "%s", key);
    int r = store_get_text(s, c->key, row, sizeof(row));
    if (r == STORE_E_NONE)
        return 0;
    if (!r && !read_row(c, row)) {
        /* A row that cannot be read is no reason to let anybody try more often. */
        c->wrong = GATE_TRIES - 1;
        c->lock_ms = hour_ms;
        c->since_ms = 0;
    }
    return r;
}

static int save(struct count *c, struct store *s)
{
    char row[ROW_TEXT], boot[2 * UUID_BYTES + 1];
    hex_encode(boot, c->boot_id, UUID_BYTES);
    snprintf(row, sizeof(row), "%d %" PRId64 " %" PRId64 " %s", c->wrong, c->lock_ms, c->since_ms,
             boot);
    return store_set_text(s, c->key, row);
}

static int64_t wait_of(const struct count *c, const struct moment *now)
{
    bool is_same_boot = !memcmp(c->boot_id, now->boot_id, UUID_BYTES);
    int64_t until = (is_same_boot ? c->since_ms : 0) + c->lock_ms;
    return c->lock_ms && until > now->boot_ms ? until - now->boot_ms : 0;
}

/* One wrong PIN more, which a right one takes back. */
static int count_try(struct count *c, struct store *s, const struct moment *now, int64_t lock_ms)
{
    c->wrong++;
    c->lock_ms = lock_ms;
    c->since_ms = now->boot_ms;
    memcpy(c->boot_id, now->boot_id, UUID_BYTES);
    return save(c, s);
}

static int load_both(struct count *stick, struct count *kiosk, struct store *s, const char *serial)
{
    char key[KEY_TEXT];
    if (!is_serial(serial))
        return GATE_E_SERIAL;
    snprintf(key, sizeof(key), "gate:%s", serial);
    int r = load(stick, s, key);
    if (!r)
        r = load(kiosk, s, "gate");
    return r > 0 ? GATE_E_DOWN : r;
}

/* ---- trying -------------------------------------------------------------------------- */

/* May there be a next try, and when? */
static void tell(struct gate_answer *out, const struct count *stick, const struct count *kiosk,
                 const struct moment *now)
{
    int64_t wait = wait_of(stick, now), kiosk_wait = wait_of(kiosk, now);
    out->is_blocked = stick->wrong >= GATE_TRIES;
    out->wait_ms = wait > kiosk_wait ? wait : kiosk_wait;
    out->left = out->is_blocked ? 0 : GATE_TRIES - stick->wrong;
    out->may = !out->is_blocked && !out->wait_ms;
}

int gate_begin(struct gate_answer *out, struct store *s, const char *serial)
{
    struct count stick, kiosk;
    struct moment now = store_now(s, CLOCK_UNSET);
    *out = (struct gate_answer){ 0 };
    int r = load_both(&stick, &kiosk, s, serial);
    if (r)
        return r;
    tell(out, &stick, &kiosk, &now);
    if (!out->may) {
        events_add(s, "staff-locked", "%s%s", serial, out->is_blocked ? " blocked" : "");
        return 0;
    }
    bool is_due = (kiosk.wrong + 1) % GATE_KIOSK_TRIES == 0;
    r = count_try(&kiosk, s, &now, is_due ? hour_ms : 0);
    if (!r)
        r = count_try(&stick, s, &now, lock_behind(stick.wrong + 1));
    if (r)
        return r > 0 ? GATE_E_DOWN : r;
    out->left = GATE_TRIES - stick.wrong;
    events_add(s, "staff-try", "%s", serial);
    return 0;
}

int gate_end(struct gate_answer *out, struct store *s, const char *serial, bool was_right)
{
    struct count stick, kiosk;
    struct moment now = store_now(s, CLOCK_UNSET);
    *out = (struct gate_answer){ 0 };
    int r = load_both(&stick, &kiosk, s, serial);
    if (r)
        return r;
    events_add(s, was_right ? "staff-in" : "staff-wrong-pin", "%s", serial);
    tell(out, &stick, &kiosk, &now);
    if (!was_right || !stick.wrong || stick.wrong > GATE_TRIES)
        return 0;
    *out = (struct gate_answer){ .may = true, .left = GATE_TRIES };
    stick.wrong = kiosk.wrong = 0;
    stick.lock_ms = kiosk.lock_ms = 0;
    r = save(&stick, s);
    if (!r)
        r = save(&kiosk, s);
    return r > 0 ? GATE_E_DOWN : r;
}
