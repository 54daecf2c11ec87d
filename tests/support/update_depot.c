#include "tests/support/update_depot.h"

#include <stdio.h>
#include <stdlib.h>

#include "firmware/base/json.h"
#include "firmware/base/log.h"
#include "sync/queue/docs.h"
#include "tests/support/check.h"

struct update_depot depot;
static uint8_t bundle[DEPOT_BUNDLE_BYTES];
static char bundle_sum[2 * SHA256_BYTES + 1];
static int64_t document_version;

static uint32_t half_below(struct chance *chance, uint32_t limit)
{
    (void)chance;
    return limit / 2;
}
static struct chance chance = { half_below };

static bool is_synchronised(void)
{
    return true;
}

/* ---- the county ---------------------------------------------------------------------- */

static int wire_send(struct wire *w, const struct request *r)
{
    (void)w;
    CHECK_EQ(r->lane, LANE_BULK);
    if (depot.is_flying)
        return -EBUSY;
    depot.flying = *r;
    depot.is_flying = true;
    return 0;
}

static void wire_cancel(struct wire *w, enum lane lane)
{
    (void)w;
    (void)lane;
    depot.is_flying = false;
}

static void set_range(struct answer *a, long long from, long long to, long long of)
{
    char line[100];
    snprintf(line, sizeof(line), "Content-Range: bytes %lld-%lld/%lld", from, to, of);
    CHECK_EQ(answer_header(a, line, strlen(line)), 0);
}

static void spoil(struct answer *a, enum twist how, long long from, long long to)
{
    static const int statuses[TWIST_COUNT] = {
        [TWIST_WHOLE] = 200,  [TWIST_SHORTER] = 416, [TWIST_ELSEWHERE] = 302,
        [TWIST_ABSENT] = 404, [TWIST_REFUSED] = 403, [TWIST_BUSY] = 503
    };
    a->status = statuses[how] ? statuses[how] : a->status;
    switch (how) {
    case TWIST_BYTE:
        a->body.data[a->body.length / 2] ^= 1;
        break;
    case TWIST_SHORT:
        a->body.length -= 7;
        break;
    case TWIST_LONG:
        CHECK_EQ(bytes_append_text(&a->body, "more"), 0);
        break;
    case TWIST_ENDLESS:
        a->transport = TRANSPORT_TOO_LARGE;
        break;
    case TWIST_RANGE:
        set_range(a, from ? 0 : 1, to, DEPOT_BUNDLE_BYTES);
        break;
    case TWIST_NO_RANGE:
        a->range_of = -1;
        break;
    case TWIST_OTHER_SIZE:
        set_range(a, from, to, DEPOT_BUNDLE_BYTES + 1);
        break;
    case TWIST_BUSY:
        a->retry_after_ms = 5000;
        break;
    case TWIST_PORTAL:
        a->has_epoch = false;
        break;
    case TWIST_DEAD:
        a->transport = TRANSPORT_DOWN;
        break;
    default:
        break;
    }
}

static bool county_works(void)
{
    struct answer a;
    long long from = -1, to = -1;
    if (!depot.is_flying)
        return false;
    struct request q = depot.flying;
    CHECK(strstr(q.path, bundle_sum) != NULL);
    static const char range[] = "Range: bytes=";
    char *end = NULL;
    CHECK(!strncmp(q.headers[0], range, sizeof(range) - 1));
    from = strtoll(q.headers[0] + sizeof(range) - 1, &end, 10);
    CHECK_EQ(*end, '-');
    to = strtoll(end + 1, &end, 10);
    CHECK_EQ(*end, 0);
    CHECK(from >= 0 && to >= from && to < DEPOT_BUNDLE_BYTES &&
          to - from < (long long)q.answer_max);
    depot.first_byte = from;
    answer_begin(&a);
    a.transport = TRANSPORT_OK;
    a.has_epoch = true;
    a.status = 206;
    CHECK_EQ(bytes_append(&a.body, bundle + from, (size_t)(to - from + 1)), 0);
    set_range(&a, from, to, DEPOT_BUNDLE_BYTES);
    int n = depot.asked++;
    bool is_hit = n >= depot.twist_from &&
                  (depot.twist_count < 0 || n < depot.twist_from + depot.twist_count);
    spoil(&a, is_hit ? depot.twist : TWIST_NONE, from, to);
    depot.served += !is_hit;
    depot.is_flying = false;
    q.done(q.context, &a);
    answer_clear(&a);
    return true;
}

static void answered(void *context)
{
    (void)context;
    depot.answers++;
}

/* ---- the kiosk ----------------------------------------------------------------------- */

static void start(void)
{
    struct store_options so = { .data = storm_disk(),
                                .spool = storm_disk(),
                                .folder = "/storm",
                                .clock = &depot.clock.base,
                                .vfs = STORM_VFS,
                                .ballast_bytes = 4096 };
    struct updater_options uo = { .disk = storm_disk(),
                                  .link = &depot.link,
                                  .chance = &chance,
                                  .answered = answered,
                                  .board = depot.board,
                                  .version = depot.version };
    CHECK_EQ(store_open(&depot.store, &so), 0);
    store_set_kiosk(depot.store, "K0012");
    link_begin(&depot.link, &depot.wire, &depot.clock, &chance);
    depot.link.is_enrolled = true;
    uo.store = depot.store;
    CHECK_EQ(updater_new(&depot.updater, &uo), 0);
    updater_set_rate(depot.updater, 10 * 1024 * 1024);
}

static void stop(void)
{
    updater_free(depot.updater);
    store_free(depot.store);
    depot.updater = NULL;
    depot.store = NULL;
    depot.is_flying = false;
}

void depot_restart(void)
{
    stop();
    start();
}

void depot_cut(void)
{
    if (!storm_is_dark())
        storm_cut_at(1);
    stop();
    storm_light();
    start();
}

void depot_begin(uint64_t seed)
{
    uint8_t sum[SHA256_BYTES];
    log_set_level((enum log_level)0);
    for (size_t i = 0; i < sizeof(bundle); i++)
        bundle[i] = (uint8_t)(i * 2654435761u >> 13);
    sha256(sum, bundle, sizeof(bundle));
    hex_encode(bundle_sum, sum, sizeof(sum));
    storm_begin(seed);
    document_version = 0;
    depot = (struct update_depot){ .board = "virt-arm64", .version = "1.3.0" };
    depot.machine =
        fake_clock_at(FRESH_BOOT_MS + 1000, INT64_C(1795629600000)); /* 02:00 in the county */
    depot.clock = county_clock_new(&depot.machine.base, is_synchronised);
    county_clock_hear(&depot.clock, depot.machine.wall, depot.machine.boot, depot.machine.boot);
    depot.wire = (struct wire){ wire_send, NULL, wire_cancel };
    start();
}

void depot_end(void)
{
    stop();
    storm_end();
}

static void publish(const char *entries)
{
    char text[2000];
    struct bytes body AUTO_BYTES = { 0 }, signature AUTO_BYTES = { 0 };
    struct doc_facts facts = { .version = ++document_version };
    snprintf(text, sizeof(text), "{\"version\":%lld,\"updates\":[%s]}", (long long)document_version,
             entries);
    CHECK_EQ(bytes_append_text(&body, text), 0);
    CHECK_EQ(bytes_append_text(&signature, "signature"), 0);
    if (docs_put(depot.store, "updates", &facts, &body, &signature))
        return; /* dark */
    updater_hear(depot.updater);
}

void depot_offer(const char *version, const char *more)
{
    char entry[1500];
    snprintf(entry, sizeof(entry),
             "{\"kind\":\"firmware\",\"version\":\"%s\",\"board\":\"virt-arm64\",\"size\":%d,"
             "\"sha256\":\"%s\"%s%s}",
             version, DEPOT_BUNDLE_BYTES, bundle_sum,
             strstr(more, "percent") ? "" : ",\"percent\":100", more);
    publish(entry);
}

void depot_offer_nothing(void)
{
    publish("");
}

void depot_live(int64_t ms)
{
    int64_t until = depot.machine.boot + ms;
    for (unsigned idle = 0; depot.machine.boot < until && !storm_is_dark();) {
        enum updater_state before = updater_state(depot.updater);
        store_tick(depot.store, false, 0);
        updater_tick(depot.updater);
        if (county_works() || before == UPDATER_CHECKING ||
            updater_state(depot.updater) != before) {
            idle = 0;
            continue;
        }
        int64_t due = updater_next_ms(depot.updater), other = store_next_ms(depot.store);
        due = due < other ? due : other;
        idle = due <= depot.machine.boot ? idle + 1 : 0;
        if (idle > 3)
            fail_msg("it spins: nothing was done and yet it is due at once");
        due = due < until ? due : until;
        if (due > depot.machine.boot)
            fake_clock_advance(&depot.machine, due - depot.machine.boot);
    }
}

/* ---- looking ------------------------------------------------------------------------- */

const char *depot_says(const char *member)
{
    static char text[300];
    AUTO(json_release) json_t *o = updater_json(depot.updater);
    const json_t *value = json_object_get(o, member);
    if (!value)
        value = json_object_get(json_object_get(o, "last"), member);
    if (json_is_integer(value))
        snprintf(text, sizeof(text), "%lld", (long long)json_integer_value(value));
    else
        snprintf(text, sizeof(text), "%s", value ? json_string_value(value) : "");
    return text;
}

bool depot_bundle_is_whole(void)
{
    struct bytes there AUTO_BYTES = { 0 };
    return !place_get(storm_disk(), PLACE_BUNDLE, &there, 2 * DEPOT_BUNDLE_BYTES) &&
           there.length == DEPOT_BUNDLE_BYTES && !memcmp(there.data, bundle, DEPOT_BUNDLE_BYTES);
}

const uint8_t *depot_bundle(void)
{
    return bundle;
}

bool depot_has_file(const char *name)
{
    struct bytes there AUTO_BYTES = { 0 };
    return place_get(storm_disk(), name, &there, 2 * DEPOT_BUNDLE_BYTES) != -ENOENT;
}

void depot_put_file(const char *name, const char *text)
{
    CHECK_EQ(place_put(storm_disk(), name, text, strlen(text)), 0);
}

int depot_events(const char *what)
{
    static struct event events[200];
    size_t count = 0;
    int found = 0;
    CHECK_EQ(events_list(depot.store, events, 200, &count, 0, false), 0);
    for (size_t i = 0; i < count; i++)
        found += !strcmp(events[i].what, what);
    return found;
}

const char *depot_sum(void)
{
    return bundle_sum;
}
