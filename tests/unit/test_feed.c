/* links: sync/feed sync/uplink sync/queue firmware/seal firmware/base */
#include <stdio.h>
#include <stdlib.h>

#include "firmware/base/json.h"
#include "firmware/base/log.h"
#include "sync/feed/feed.h"
#include "sync/feed/files.h"
#include "sync/queue/cases.h"
#include "sync/queue/docs.h"
#include "sync/queue/events.h"
#include "tests/support/check.h"
#include "tests/support/storm.h"
#include "tests/support/test_keys.h"

/* What comes down: documents that are believed or not, states of cases page by page, and that nobody spins while there is
 * nothing to be had. The county is a table of answers by path. */

enum { ANSWERS = 8, ASKED = 64, MINUTE = 60 * 1000, HOUR = 60 * MINUTE };

struct canned {
    const char *path; /* how it begins */
    enum transport transport;
    int status;
    char *body;                                  /* owned */
    bool is_signed, is_badly_signed, is_foreign; /* is_foreign: without the epoch */
    const char *etag;
};

static struct fake_clock machine;
static struct county_clock clock;
static struct disk disk;
static int space;
static struct store *store;
static struct link link;
static struct sender *sender;
static struct key_file key;
static struct feed *feed;
static struct test_county *keys;
static struct trust *trust;
static struct wire wire;
static struct request flying[LANE_END];
static bool is_flying[LANE_END];
static struct canned canned[ANSWERS];
static char asked[ASKED][WIRE_PATH + 40]; /* with If-None-Match behind it */
static size_t ask_count;
static unsigned case_pages, update_lists;

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

static int wire_send(struct wire *w, const struct request *r)
{
    (void)w;
    if (is_flying[r->lane])
        return -EBUSY;
    flying[r->lane] = *r;
    is_flying[r->lane] = true;
    return 0;
}

static void wire_cancel(struct wire *w, enum lane lane)
{
    (void)w;
    is_flying[lane] = false;
}

static int free_space(const struct disk *d)
{
    (void)d;
    return space;
}

static void cases_changed(void *context)
{
    (void)context;
    case_pages++;
}

static void updates_changed(void *context)
{
    (void)context;
    update_lists++;
}

static void open_again(void)
{
    struct store_options so = { .data = &disk,
                                .spool = &disk,
                                .folder = "/storm",
                                .clock = &clock.base,
                                .vfs = STORM_VFS,
                                .ballast_bytes = 4096 };
    struct feed_options fo = { .firmware = "0.1.0",
                               .folder = test_folder(),
                               .key = &key,
                               .link = &link,
                               .trust = trust,
                               .chance = &chance,
                               .watch = { .cases_changed = cases_changed,
                                          .updates_changed = updates_changed } };
    key.folder = test_folder();
    feed_free(feed);
    sender_free(sender);
    store_free(store);
    feed = NULL;
    sender = NULL;
    store = NULL;
    memset(is_flying, 0, sizeof(is_flying));
    CHECK_EQ(store_open(&store, &so), 0);
    link_begin(&link, &wire, &clock, &chance);
    CHECK_EQ(sender_new(&sender, store, &link, fo.install_id), 0);
    fo.store = store;
    fo.sender = sender;
    CHECK_EQ(feed_new(&feed, &fo), 0);
}

static void forget_answers(void)
{
    for (size_t i = 0; i < ANSWERS; i++)
        free(canned[i].body);
    memset(canned, 0, sizeof(canned));
    ask_count = 0;
}

/* The county's answer to paths that begin with `path` from now on. */
static struct canned *when(const char *path, int status, const char *body)
{
    size_t i = 0;
    while (i < ANSWERS - 1 && canned[i].path && strcmp(canned[i].path, path) != 0)
        i++;
    CHECK(!canned[i].path || !strcmp(canned[i].path, path)); /* else there are too many */
    free(canned[i].body);
    canned[i] = (struct canned){ .path = path,
                                 .transport = TRANSPORT_OK,
                                 .status = status,
                                 .body = strdup(body ? body : "{}"),
                                 .etag = "" };
    return &canned[i];
}

static int begin(void **state)
{
    struct bytes pem AUTO_BYTES = { 0 };
    (void)state;
    log_set_level((enum log_level)0);
    machine = fake_clock_at(FRESH_BOOT_MS + 1000, INT64_C(1795600000000));
    clock = county_clock_new(&machine.base, is_synchronised);
    wire = (struct wire){ wire_send, NULL, wire_cancel };
    space = 9000;
    case_pages = update_lists = 0;
    forget_answers();
    storm_begin(1);
    disk = *storm_disk();
    disk.free_space = free_space;
    if (!keys) {
        keys = test_county_new(test_folder(), INT64_C(1795000000000), INT64_C(1802000000000));
        CHECK_EQ(trust_load(&trust, test_folder()), 0);
        CHECK_EQ(file_read(&pem, test_folder(), "county.pem"), 0);
        CHECK_EQ(file_write(test_folder(), "cert.pem", pem.data, pem.length), 0);
    }
    CHECK_EQ(file_write(test_folder(), "kiosk-id", "K0012", 5), 0);
    open_again();
    when("/v1/", 404, NULL);
    return 0;
}

static int end(void **state)
{
    (void)state;
    feed_free(feed);
    sender_free(sender);
    store_free(store);
    feed = NULL;
    sender = NULL;
    store = NULL;
    forget_answers();
    storm_end();
    return 0;
}

static void fill(struct answer *a, const struct canned *c)
{
    a->transport = c->transport;
    a->status = c->status;
    a->has_epoch = !c->is_foreign;
    snprintf(a->epoch, sizeof(a->epoch), "0191f000-0000-7000-8000-00000000000e");
    snprintf(a->etag, sizeof(a->etag), "%s", c->etag);
    snprintf(a->type, sizeof(a->type), "application/%s", c->status < 400 ? "json" : "problem+json");
    a->date_ms = machine.wall / 1000 * 1000;
    CHECK_EQ(bytes_append_text(&a->body, c->body), 0);
    if (c->is_signed)
        test_county_sign(keys, &a->signature, c->body, strlen(c->body));
    if (c->is_badly_signed)
        a->signature.data[a->signature.length - 3] ^= 1;
}

static void note_asked(const struct request *q)
{
    if (ask_count++ >= ASKED)
        return;
    char *line = asked[ask_count - 1];
    snprintf(line, sizeof(asked[0]), "%.*s", WIRE_PATH - 1, q->path);
    for (size_t i = 0; i < q->header_count; i++)
        if (!strncmp(q->headers[i], "If-None-Match: ", 15))
            snprintf(line + strlen(line), 40, " %.30s", q->headers[i] + 15);
}

static bool county_works(void)
{
    bool has_worked = false;
    for (int lane = 0; lane < LANE_END; lane++) {
        if (!is_flying[lane])
            continue;
        struct request q = flying[lane];
        struct answer a;
        const struct canned silent = { .transport = TRANSPORT_DOWN,
                                       .body = (char *)(uintptr_t) "",
                                       .etag = "" },
                            *c = &silent;
        for (size_t i = 0; i < ANSWERS && canned[i].path; i++)
            if (!strncmp(q.path, canned[i].path, strlen(canned[i].path)) &&
                (c == &silent || strlen(canned[i].path) > strlen(c->path)))
                c = &canned[i]; /* the most particular one */
        if (lane == LANE_FEED && strstr(q.path, "wait=50") && c->status == 200)
            fake_clock_advance(&machine, 50000); /* held */
        answer_begin(&a);
        a.sent_ms = a.came_ms = machine.boot;
        fill(&a, c);
        note_asked(&q);
        is_flying[lane] = false;
        q.done(q.context, &a);
        answer_clear(&a);
        has_worked = true;
    }
    return has_worked;
}

/* Let `ms` pass, doing what is due when it is due. */
static void live(int64_t ms)
{
    int64_t until = machine.boot + ms;
    for (unsigned idle = 0; machine.boot < until;) {
        store_tick(store, false, 0);
        link_tick(&link);
        feed_tick(feed);
        if (county_works()) {
            idle = 0;
            continue;
        }
        int64_t due = feed_next_ms(feed), other = link_next_ms(&link);
        due = due < other ? due : other;
        other = store_next_ms(store);
        due = due < other ? due : other;
        idle = due <= machine.boot ? idle + 1 : 0;
        if (idle > 3)
            fail_msg("it spins: nothing was done and yet it is due at once");
        due = due < until ? due : until;
        if (due > machine.boot)
            fake_clock_advance(&machine, due - machine.boot);
    }
}

static void page(const char *entries, const char *cursor, bool has_more)
{
    static char text[26000];
    snprintf(text, sizeof(text), "{\"cursor\":\"%s\",\"more\":%s,\"entries\":[%s]}", cursor,
             has_more ? "true" : "false", entries);
    when("/v1/status-feed", 200, text);
}

static const char *first_asked(const char *path)
{
    for (size_t i = 0; i < ask_count && i < ASKED; i++)
        if (!strncmp(asked[i], path, strlen(path)))
            return asked[i];
    return "(nothing)";
}

static size_t times_asked(const char *path)
{
    size_t n = 0;
    for (size_t i = 0; i < ask_count && i < ASKED; i++)
        n += !strncmp(asked[i], path, strlen(path));
    return n;
}

/* ---- nobody spins ------------------------------------------------------------------------- */

static void test_feed_sleeps_when_the_county_is_silent_for_days(void **state)
{
    (void)state;
    when("/v1/", 0, NULL)->transport = TRANSPORT_DOWN;
    live(3 * 24 * HOUR);
    CHECK(ask_count < 1200);
}

static void test_feed_sleeps_before_enrolment(void **state)
{
    (void)state;
    CHECK_EQ(file_write(test_folder(), "kiosk-id", "??", 2), 0);
    open_again();
    CHECK(!feed_is_enrolled(feed));
    live(3 * HOUR);
    CHECK_EQ(ask_count, 0);
}

static void test_feed_sleeps_while_the_store_is_down(void **state)
{
    (void)state;
    page("", "c1", false);
    storm_refuse(-EIO);
    CHECK(store_set_i64(store, "x", 1));
    CHECK(!store_is_up(store));
    live(HOUR);
    storm_refuse(0);
    live(5 * MINUTE);
    CHECK(store_is_up(store));
    CHECK(times_asked("/v1/status-feed") > 0);
}

static void test_feed_short_of_space_takes_keys_and_leaves_the_rest(void **state)
{
    (void)state;
    page("", "c1", false);
    space = 700;
    fake_clock_advance(&machine, 11000);
    live(2 * HOUR);
    CHECK(times_asked("/v1/keys") > 0);
    CHECK_EQ(times_asked("/v1/catalogue"), 0);
    ask_count = 0;
    space = 9000;
    live(HOUR);
    CHECK(times_asked("/v1/catalogue") > 0);
}

/* ---- documents ------------------------------------------------------------------------------ */

static void test_documents_are_believed_when_signed_and_kept_across_starts(void **state)
{
    char *text = test_county_keys(keys, 3, 1);
    struct canned *c = when("/v1/keys", 200, text);
    (void)state;
    c->is_signed = true;
    c->etag = "\"k3\"";
    c = when("/v1/catalogue", 200, "{\"version\":5,\"items\":[]}");
    c->is_signed = true;
    live(MINUTE);
    CHECK(feed_has_keys(feed));
    CHECK_EQ(feed_doc_version(feed, DOC_KEYS), 3);
    CHECK_EQ(feed_doc_version(feed, DOC_CATALOGUE), 5);
    open_again();
    CHECK(feed_has_keys(feed));
    CHECK_EQ(feed_doc_version(feed, DOC_CATALOGUE), 5);
    ask_count = 0;
    when("/v1/keys", 304, "");
    live(MINUTE);
    bool is_conditional = false;
    for (size_t i = 0; i < ask_count && i < ASKED; i++)
        is_conditional |= !strcmp(asked[i], "/v1/keys \"k3\"");
    CHECK(is_conditional);
    CHECK(feed_has_keys(feed));
    free(text);
}

/* F29, F35: the last good version stays. */
static void test_documents_that_are_not_to_be_believed_change_nothing(void **state)
{
    static const struct {
        const char *body;
        bool is_signed, is_badly_signed;
    } bad[] = {
        { "{\"version\":9,\"items\":[]}", false, false },
        { "{\"version\":9,\"items\":[]}", true, true },
        { "{\"version\":4,\"items\":[]}", true, false },
        { "{\"items\":[]}", true, false },
        { "{\"version\":-1,\"items\":[]}", true, false },
        { "{\"version\":\"9\",\"items\":[]}", true, false },
        { "<html>", true, false },
        { "", true, false },
    };
    (void)state;
    when("/v1/catalogue", 200, "{\"version\":5,\"items\":[]}")->is_signed = true;
    live(MINUTE);
    CHECK_EQ(feed_doc_version(feed, DOC_CATALOGUE), 5);
    for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
        struct canned *c = when("/v1/catalogue", 200, bad[i].body);
        c->is_signed = bad[i].is_signed;
        c->is_badly_signed = bad[i].is_badly_signed;
        live(HOUR);
        if (feed_doc_version(feed, DOC_CATALOGUE) != 5)
            fail_msg("document %zu was believed", i);
    }
    when("/v1/catalogue", 200, "{\"version\":4,\"rollback\":true,\"items\":[]}")->is_signed = true;
    live(HOUR);
    CHECK_EQ(feed_doc_version(feed, DOC_CATALOGUE), 4);
}

static void test_documents_a_new_list_of_updates_is_told_and_an_old_one_is_not(void **state)
{
    (void)state;
    when("/v1/updates", 200, "{\"version\":3,\"updates\":[]}")->is_signed = true;
    live(MINUTE);
    CHECK_EQ(feed_doc_version(feed, DOC_UPDATES), 3);
    CHECK_EQ(update_lists, 1);
    when("/v1/updates", 200, "{\"version\":2,\"updates\":[]}")->is_signed = true;
    live(HOUR);
    when("/v1/updates", 200, "{\"version\":9,\"updates\":[]}");
    live(HOUR);
    CHECK_EQ(feed_doc_version(feed, DOC_UPDATES), 3);
    CHECK_EQ(update_lists, 1);
}

/* Also when one is on its way, written before it happened. */
static void test_heartbeat_goes_at_once_when_there_is_news(void **state)
{
    (void)state;
    page("", "c1", false);
    when("/v1/heartbeats", 200, "{}");
    live(MINUTE);
    CHECK_EQ(times_asked("/v1/heartbeats"), 1);
    feed_beat_soon(feed);
    feed_tick(feed); /* it flies */
    feed_beat_soon(feed);
    live(MINUTE);
    CHECK_EQ(times_asked("/v1/heartbeats"), 3);
}

/* A county that rolls nothing out is no wrong server. */
static void test_documents_that_a_county_need_not_have_are_not_missed(void **state)
{
    struct event events[20];
    size_t count = 0;
    (void)state;
    page("", "c1", false);
    when("/v1/keys", 304, "");
    when("/v1/catalogue", 304, "");
    when("/v1/config", 304, "");
    when("/v1/heartbeats", 200, "{}");
    live(3 * HOUR);
    CHECK(times_asked("/v1/updates") > 0 && times_asked("/v1/point") > 0);
    CHECK_EQ(events_list(store, events, 20, &count, 0, false), 0);
    for (size_t i = 0; i < count; i++)
        CHECK(strcmp(events[i].what, "wrong-server") != 0);
}

static void test_documents_keys_of_no_use_leave_the_old_ones(void **state)
{
    char *text = test_county_keys(keys, 3, 1);
    (void)state;
    when("/v1/keys", 200, text)->is_signed = true;
    live(MINUTE);
    when("/v1/keys", 200, "{\"version\":8,\"keys\":[]}")->is_signed = true;
    live(HOUR);
    CHECK_EQ(feed_doc_version(feed, DOC_KEYS), 3);
    CHECK(feed_has_keys(feed));
    fake_clock_advance(&machine, INT64_C(100) * 24 * HOUR); /* and they run out */
    CHECK(!feed_has_keys(feed));
    free(text);
}

static void test_documents_config_raises_the_floor_and_bears_nonsense(void **state)
{
    struct reservation_given r;
    uint8_t token[UUID_BYTES] = { 1 };
    (void)state;
    when("/v1/config", 200,
         "{\"version\":2,\"seq_floor\":900,\"heartbeat_seconds\":60,\"max_batch_items\":10}")
        ->is_signed = true;
    live(MINUTE);
    CHECK_EQ(feed_doc_version(feed, DOC_CONFIG), 2);
    CHECK_EQ(outbox_reserve(store, &r, token, CLOCK_NTP), 0);
    CHECK_EQ(r.seq, 901);
    when("/v1/config", 200, "{\"version\":3,\"seq_floor\":\"x\",\"heartbeat_seconds\":0}")
        ->is_signed = true;
    live(HOUR);
    token[0] = 2;
    CHECK_EQ(outbox_reserve(store, &r, token, CLOCK_NTP), 0);
    CHECK_EQ(r.seq, 902);
}

/* ---- states of cases ---------------------------------------------------------------------------- */

static const char *hash_of(const char *receipt)
{
    static char text[2 * SHA256_BYTES + 1];
    uint8_t sum[SHA256_BYTES];
    sha256(sum, receipt, strlen(receipt));
    hex_encode(text, sum, sizeof(sum));
    return text;
}

static const char *entry(const char *receipt, const char *state)
{
    static char text[800];
    snprintf(text, sizeof(text),
             "{\"receipt_hash\":\"%s\",\"state\":\"%s\",\"changed_at\":\"2026-11-24T08:30:00Z\","
             "\"missing\":[\"id-copy\"],\"note\":\"带存折\"}",
             hash_of(receipt), state);
    return text;
}

static const char *state_of(const char *receipt)
{
    static struct case_entry e;
    return cases_find(store, &e, receipt) ? "(none)" : e.state;
}

static const char *with_facts(const char *receipt, const char *facts)
{
    static char text[1200];
    snprintf(
        text, sizeof(text),
        "{\"receipt_hash\":\"%s\",\"state\":\"called\",\"changed_at\":\"2026-11-24T08:30:00Z\","
        "\"facts\":%s}",
        hash_of(receipt), facts);
    return text;
}

static const char *facts_of(const char *receipt)
{
    static struct case_entry e;
    return cases_find(store, &e, receipt) ? "(none)" : e.facts;
}

static void test_facts_come_through_and_none_that_are_no_texts(void **state)
{
    (void)state;
    page(with_facts("K0012-000003-7", "{\"counter\":\"3\",\"ahead\":\"0\"}"), "c3", true);
    live(100);
    CHECK_STR(facts_of("K0012-000003-7"), "{\"ahead\":\"0\",\"counter\":\"3\"}");
    static const char *const unfit[] = {
        "{\"counter\":3}",
        "[]",
        "{\"a-name-longer-than-twenty-three\":\"x\"}",
        "{\"1\":\"\",\"2\":\"\",\"3\":\"\",\"4\":\"\",\"5\":\"\",\"6\":\"\",\"7\":\"\",\"8\":\"\","
        "\"9\":"
        "\"\",\"10\":\"\",\"11\":\"\",\"12\":\"\",\"13\":\"\",\"14\":\"\",\"15\":\"\",\"16\":\"\","
        "\"17\":\"\"}",
    };
    for (size_t i = 0; i < sizeof(unfit) / sizeof(unfit[0]); i++) {
        page(with_facts("K0012-000004-7", unfit[i]), "c4", false);
        live(100);
        CHECK_STR(facts_of("K0012-000004-7"), "(none)");
    }
    /* The next word of the county without facts leaves none of the old ones. */
    page(entry("K0012-000003-7", "closed"), "c5", false);
    live(HOUR);
    CHECK_STR(facts_of("K0012-000003-7"), "{}");
}

/* What the county says of a case, with `timeline` in it; and what is kept of that. */
static const char *kept_of(const char *timeline)
{
    static char text[25000], cursor[16];
    static int pages;
    static struct case_entry e;
    snprintf(text, sizeof(text),
             "{\"receipt_hash\":\"%s\",\"state\":\"granted\",\"changed_at\":"
             "\"2026-11-24T08:30:00Z\",\"timeline\":%s}",
             hash_of("K0012-000005-7"), timeline);
    snprintf(cursor, sizeof(cursor), "t%d", ++pages);
    page(text, cursor, false);
    live(HOUR);
    CHECK_EQ(cases_find(store, &e, "K0012-000005-7"), 0);
    CHECK_STR(e.state, "granted");
    return e.timeline;
}

static void test_timeline_comes_through_whole(void **state)
{
    static const char whole[] =
        "{\"article\":\"Art. "
        "13\",\"days_left\":-2,\"delivery\":{\"code\":\"004211\",\"counter\":\"3\","
        "\"kind\":\"pickup\",\"parcel\":{\"as_of\":\"2026-11-28T02:00:00Z\",\"at\":"
        "\"2026-11-27T01:00:00Z\",\"state\":\"under_way\"},\"tracking\":\"EX1\"},\"is_"
        "provisional\":true,\"legal_by\":\"2026-12-"
        "20\","
        "\"no_return\":true,\"office\":{\"en\":\"Office\",\"zh\":\"\\u6c11\\u653f\"},"
        "\"owed\":[{\"due\":\"2026-12-01\",\"material\":\"photo\"}],\"paused_since\":\"2026-11-"
        "30\","
        "\"promised_by\":\"2026-12-10\",\"reason\":\"r\",\"steps\":[{\"day\":\"2026-11-24\","
        "\"lane\":"
        "\"front\",\"what\":\"received\"}]}";
    char complaint[JSON_COMPLAINT];
    (void)state;
    AUTO(json_release) json_t *sent = json_parse(whole, strlen(whole), complaint);
    const char *kept = kept_of(whole);
    AUTO(json_release) json_t *got = json_parse(kept, strlen(kept), complaint);
    CHECK(sent && json_equal(sent, got));
}

static void test_parts_of_a_bundle_come_through_and_nothing_else_does(void **state)
{
    static const char sent[] =
        "{\"parts\":[{\"no\":1,\"name\":{\"zh\":\"a\",\"ja\":\"b\"},\"state\":\"granted\","
        "\"owner\":\"*\","
        "\"since\":\"2026-11-26\",\"waits_for\":[2,0,17,\"x\"],\"steps\":[],\"days_left\":1,"
        "\"delivery\":{\"kind\":\"post\",\"tracking\":\"EX1\"}},{\"no\":0,\"name\":{\"zh\":\"a\"},"
        "\"state\":\"granted\"},{\"no\":2,\"state\":\"granted\"},{\"no\":3,\"name\":{\"zh\":\"a\"}}"
        ",9]}";
    (void)state;
    CHECK_STR(
        kept_of(sent),
        "{\"owed\":[],\"parts\":[{\"days_left\":1,\"delivery\":{\"kind\":\"post\",\"tracking\":"
        "\"EX1\"},\"name\":{\"zh\":\"a\"},\"no\":1,\"since\":\"2026-11-26\",\"state\":\"granted\","
        "\"waits_for\":[2]}],\"steps\":[]}");
    CHECK_STR(kept_of("{\"parts\":{\"no\":1}}"), "{\"owed\":[],\"steps\":[]}");
}

static void test_visit_of_a_part_comes_through_and_nothing_else_does(void **state)
{
    (void)state;
    CHECK_STR(
        kept_of("{\"parts\":[{\"no\":1,\"name\":{\"zh\":\"a\"},\"state\":\"received\",\"visit\":"
                "{\"state\":\"held\",\"day\":\"2026-11-30\",\"half\":\"am\",\"hours\":"
                "\"09:00–11:30\",\"by\":\"*\"}},{\"no\":2,\"name\":{\"zh\":\"b\"},\"state\":"
                "\"received\",\"visit\":{\"day\":\"2026-11-30\"}},{\"no\":3,\"name\":{\"zh\":"
                "\"c\"},\"state\":\"received\",\"visit\":{\"state\":\"asked\",\"day\":\"soon\","
                "\"half\":\"morning\"}}]}"),
        "{\"owed\":[],\"parts\":[{\"name\":{\"zh\":\"a\"},\"no\":1,\"state\":\"received\","
        "\"visit\":{\"day\":\"2026-11-30\",\"half\":\"am\",\"hours\":\"09:00–11:30\","
        "\"state\":\"held\"}},{\"name\":{\"zh\":\"b\"},\"no\":2,\"state\":\"received\"},"
        "{\"name\":{\"zh\":\"c\"},\"no\":3,\"state\":\"received\",\"visit\":{\"state\":"
        "\"asked\"}}],\"steps\":[]}");
}

static void test_other_evidence_comes_through_and_who_accepted_it_does_not(void **state)
{
    (void)state;
    CHECK_STR(
        kept_of(
            "{\"waived\":[{\"paper\":\"p\",\"evidence\":\"e\",\"by\":\"*\",\"day\":\"2026-11-26\"},"
            "{\"paper\":\"p\"},3]}"),
        "{\"owed\":[],\"steps\":[],\"waived\":[{\"day\":\"2026-11-26\",\"evidence\":\"e\","
        "\"paper\":\"p\"}]}");
}

/* How each part stands is never left out for the words about it. */
static void test_parts_that_say_too_much_lose_their_reasons_and_keep_their_states(void **state)
{
    char many[24000] = "{\"parts\":[", filler[601], complaint[JSON_COMPLAINT];
    (void)state;
    memset(filler, 'x', sizeof(filler) - 1);
    filler[600] = 0;
    for (int i = 1; i <= 20; i++)
        snprintf(many + strlen(many), sizeof(many) - strlen(many),
                 "%s{\"no\":%d,\"name\":{\"zh\":\"%.200s\",\"en\":\"%.200s\"},\"state\":\"denied\","
                 "\"reason\":\"%s\"}",
                 i > 1 ? "," : "", i, filler, filler, filler);
    snprintf(many + strlen(many), sizeof(many) - strlen(many), "]}");
    const char *kept = kept_of(many);
    AUTO(json_release) json_t *got = json_parse(kept, strlen(kept), complaint);
    const json_t *parts = json_object_get(got, "parts");
    CHECK_EQ(json_array_size(parts), 16);
    CHECK(!json_object_get(json_array_get(parts, 0), "reason"));
    CHECK_EQ(json_string_length(json_object_get(json_array_get(parts, 15), "reason")), 600);
}

/* The state counts all the same; what is not well formed, or not of the interface, leaves no trace. */
static void test_timeline_keeps_nothing_that_the_interface_does_not_name(void **state)
{
    static const char *const unfit[] = {
        "[]",
        "\"granted\"",
        "null",
    };
    char many[9000] = "{\"steps\":[";
    (void)state;
    for (size_t i = 0; i < sizeof(unfit) / sizeof(unfit[0]); i++)
        CHECK_STR(kept_of(unfit[i]), "{}");
    CHECK_STR(kept_of("{\"name\":\"*\",\"promised_by\":\"soon\",\"days_left\":\"3\",\"reason\":7,"
                      "\"delivery\":{\"door\":\"1\"},\"owed\":[{\"due\":\"2026-12-01\"},3],"
                      "\"steps\":[{\"what\":\"accept\"},null,{\"what\":\"a\",\"lane\":\"b\","
                      "\"day\":\"1\"}]}"),
              "{\"owed\":[],\"steps\":[]}");
    for (int i = 0; i < 60; i++) /* only so many lines fit on a page */
        snprintf(many + strlen(many), sizeof(many) - strlen(many),
                 "%s{\"what\":\"late\",\"lane\":\"departments\",\"day\":\"2026-11-24\"}",
                 i ? "," : "");
    snprintf(many + strlen(many), sizeof(many) - strlen(many), "]}");
    char complaint[JSON_COMPLAINT];
    const char *kept = kept_of(many);
    AUTO(json_release) json_t *got = json_parse(kept, strlen(kept), complaint);
    CHECK_EQ(json_array_size(json_object_get(got, "steps")), 24);
}

static void test_status_pages_are_stored_with_their_cursor(void **state)
{
    char cursor[64];
    (void)state;
    page(entry("K0012-000001-7", "granted"), "c/1 é", true);
    live(100);
    CHECK_STR(state_of("K0012-000001-7"), "granted");
    CHECK_STR(state_of("K0012-000002-7"), "(none)");
    CHECK_EQ(store_get_text(store, "feed_cursor", cursor, sizeof(cursor)), 0);
    CHECK_STR(cursor, "c/1 é");
    CHECK(case_pages >= 1);
    page("", "c2", false);
    ask_count = 0;
    open_again();
    live(100);
    bool is_there = false;
    for (size_t i = 0; i < ask_count && i < ASKED; i++)
        is_there |= strstr(asked[i], "cursor=c%2F1%20%C3%A9") != NULL;
    CHECK(is_there);
    CHECK(feed_as_of_ms(feed) > 0);
}

/* F34 */
static void test_status_cursor_of_the_past_begins_anew(void **state)
{
    (void)state;
    page(entry("K0012-000001-7", "granted"), "c1", false);
    live(MINUTE);
    when("/v1/status-feed", 410, NULL);
    ask_count = 0;
    live(MINUTE); /* also to the snapshot: it must not ask without end */
    CHECK(ask_count < 30);
    page(entry("K0012-000001-7", "denied"), "n1", false);
    ask_count = 0;
    live(5 * MINUTE);
    CHECK(times_asked("/v1/status-feed") && !strstr(first_asked("/v1/status-feed"), "cursor="));
    CHECK_STR(state_of("K0012-000001-7"), "denied");
}

static void test_status_page_that_is_none_moves_no_cursor(void **state)
{
    static const char *const bad[] = { "",
                                       "null",
                                       "<html>",
                                       "{}",
                                       "{\"cursor\":\"x\"}",
                                       "{\"entries\":[],\"more\":false}",
                                       "{\"cursor\":5,\"entries\":[],\"more\":false}",
                                       "{\"cursor\":\"x\",\"entries\":{},\"more\":false}" };
    char cursor[64];
    (void)state;
    page(entry("K0012-000001-7", "granted"), "c1", false);
    live(MINUTE);
    for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
        when("/v1/status-feed", 200, bad[i]);
        live(HOUR);
        CHECK_EQ(store_get_text(store, "feed_cursor", cursor, sizeof(cursor)), 0);
        CHECK_STR(cursor, "c1");
    }
    when("/v1/status-feed", 200, "{\"cursor\":\"x\",\"entries\":[],\"more\":false}")->is_foreign =
        true;
    live(HOUR);
    CHECK_EQ(store_get_text(store, "feed_cursor", cursor, sizeof(cursor)), 0);
    CHECK_STR(cursor, "c1");
}

static void test_status_one_bad_entry_does_not_hide_the_others(void **state)
{
    char entries[2000];
    (void)state;
    snprintf(entries, sizeof(entries),
             "7,{},{\"receipt_hash\":\"zz\",\"state\":\"granted\"},{\"receipt_hash\":\"%s\","
             "\"state\":\"lost\"},%s",
             hash_of("K0012-000009-7"), entry("K0012-000001-7", "in_review"));
    page(entries, "c1", false);
    live(MINUTE);
    CHECK_STR(state_of("K0012-000001-7"), "in_review");
    CHECK_STR(state_of("K0012-000009-7"), "(none)");
}

/* F38: a page cut off by a proxy is an empty poll, and the next one does not wait. */
static void test_status_poll_that_is_cut_is_asked_again_without_waiting(void **state)
{
    (void)state;
    page("", "c1", false);
    live(MINUTE);
    when("/v1/status-feed", 504, NULL)->is_foreign = true;
    live(MINUTE);
    ask_count = 0;
    page("", "c1", false);
    live(5 * MINUTE);
    CHECK(strstr(first_asked("/v1/status-feed"), "wait=0"));
}

/* ---- the heartbeat ---------------------------------------------------------------------------------- */

static void test_heartbeat_tells_each_event_until_the_county_has_it(void **state)
{
    struct event events[10];
    size_t count;
    (void)state;
    page("", "c1", false);
    events_add(store, "disk-low", "12 percent free");
    when("/v1/heartbeats", 200, "{\"events_stored_to\":0}");
    live(MINUTE);
    CHECK_EQ(events_list(store, events, 10, &count, 0, true), 0);
    CHECK_EQ(count, 1);
    when("/v1/heartbeats", 200, "{\"events_stored_to\":1}");
    live(10 * MINUTE);
    CHECK_EQ(events_list(store, events, 10, &count, 0, true), 0);
    CHECK_EQ(count, 0);
}

static void test_heartbeat_names_a_newer_document_and_it_is_fetched(void **state)
{
    (void)state;
    page("", "c1", false);
    when("/v1/catalogue", 200, "{\"version\":5,\"items\":[]}")->is_signed = true;
    when("/v1/heartbeats", 200, "{}");
    live(MINUTE);
    when("/v1/catalogue", 200, "{\"version\":6,\"items\":[]}")->is_signed = true;
    when("/v1/heartbeats", 200, "{\"catalogue_version\":6}");
    live(6 * MINUTE); /* sooner than the quarter of an hour of its own */
    CHECK_EQ(feed_doc_version(feed, DOC_CATALOGUE), 6);
    when("/v1/heartbeats", 200, "{\"catalogue_version\":\"new\"}");
    live(HOUR);
}

/* F26 */
static void test_heartbeat_two_boards_with_one_identity_are_told_once_an_hour(void **state)
{
    struct event events[10];
    size_t count;
    (void)state;
    page("", "c1", false);
    when("/v1/heartbeats", 409, "{\"type\":\"urn:problem:kiosk-identity-conflict\"}");
    live(50 * MINUTE);
    CHECK_EQ(events_list(store, events, 10, &count, 0, true), 0);
    CHECK_EQ(count, 1);
    CHECK_STR(events[0].what, "identity-conflict");
    live(HOUR);
    CHECK_EQ(events_list(store, events, 10, &count, 0, true), 0);
    CHECK_EQ(count, 2);
    CHECK(link_is_open(&link));
}

#define F(name) cmocka_unit_test_setup_teardown(name, begin, end)
RUN(F(test_feed_sleeps_when_the_county_is_silent_for_days), F(test_feed_sleeps_before_enrolment),
    F(test_feed_sleeps_while_the_store_is_down),
    F(test_feed_short_of_space_takes_keys_and_leaves_the_rest),
    F(test_documents_are_believed_when_signed_and_kept_across_starts),
    F(test_documents_that_are_not_to_be_believed_change_nothing),
    F(test_documents_keys_of_no_use_leave_the_old_ones),
    F(test_heartbeat_goes_at_once_when_there_is_news),
    F(test_documents_that_a_county_need_not_have_are_not_missed),
    F(test_documents_a_new_list_of_updates_is_told_and_an_old_one_is_not),
    F(test_documents_config_raises_the_floor_and_bears_nonsense),
    F(test_facts_come_through_and_none_that_are_no_texts), F(test_timeline_comes_through_whole),
    F(test_parts_of_a_bundle_come_through_and_nothing_else_does),
    F(test_visit_of_a_part_comes_through_and_nothing_else_does),
    F(test_other_evidence_comes_through_and_who_accepted_it_does_not),
    F(test_parts_that_say_too_much_lose_their_reasons_and_keep_their_states),
    F(test_timeline_keeps_nothing_that_the_interface_does_not_name),
    F(test_status_pages_are_stored_with_their_cursor),
    F(test_status_cursor_of_the_past_begins_anew), F(test_status_page_that_is_none_moves_no_cursor),
    F(test_status_one_bad_entry_does_not_hide_the_others),
    F(test_status_poll_that_is_cut_is_asked_again_without_waiting),
    F(test_heartbeat_tells_each_event_until_the_county_has_it),
    F(test_heartbeat_two_boards_with_one_identity_are_told_once_an_hour),
    F(test_heartbeat_names_a_newer_document_and_it_is_fetched))
