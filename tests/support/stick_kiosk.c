#include "tests/support/stick_kiosk.h"

#include <stdlib.h>

#include "sync/feed/files.h"
#include "tests/support/check.h"
#include "tests/support/storm.h"

static uint32_t half_below(struct chance *chance, uint32_t limit)
{
    (void)chance;
    return limit / 2;
}

static bool is_never_synchronised(void)
{
    return false;
}

/* No network, ever. */
static int no_send(struct wire *w, const struct request *r)
{
    (void)w;
    (void)r;
    return -EBUSY;
}

static void no_cancel(struct wire *w, enum lane lane)
{
    (void)w;
    (void)lane;
}

static int open_feed(struct stick_kiosk *k, const char *folder, struct trust *trust)
{
    struct feed_options o = { .firmware = "0.1.0",
                              .folder = folder,
                              .key = &k->key,
                              .store = k->store,
                              .link = &k->link,
                              .trust = trust,
                              .chance = &k->chance };
    link_begin(&k->link, &k->wire, &k->clock, &k->chance);
    int r = sender_new(&k->sender, k->store, &k->link, o.install_id);
    o.sender = k->sender;
    return r ? r : feed_new(&k->feed, &o);
}

bool stick_kiosk_open(struct stick_kiosk *k, const char *folder, const struct stick_keys *keys,
                      struct trust *trust)
{
    *k = (struct stick_kiosk){ .machine = fake_clock_at(600000, 1795680000000),
                               .wire = { no_send, NULL, no_cancel },
                               .chance = { half_below } };
    k->clock = county_clock_new(&k->machine.base, is_never_synchronised);
    struct store_options so = { .data = storm_disk(),
                                .spool = storm_disk(),
                                .folder = "/storm",
                                .clock = &k->clock.base,
                                .vfs = STORM_VFS,
                                .segment_bytes = 32 * 1024,
                                .ballast_bytes = 4096 };
    CHECK_EQ(file_write(folder, "kiosk-id", "K0012", 5), 0);
    CHECK_EQ(file_write(folder, "key.pem", keys->kiosk_key.data, keys->kiosk_key.length), 0);
    CHECK_EQ(file_write(folder, "cert.pem", keys->kiosk_pem.data, keys->kiosk_pem.length), 0);
    k->key = (struct key_file){ .folder = folder };
    if (store_open(&k->store, &so) || open_feed(k, folder, trust)) {
        stick_kiosk_close(k);
        return false;
    }
    k->service = (struct service){ .store = k->store,
                                   .link = &k->link,
                                   .sender = k->sender,
                                   .feed = k->feed,
                                   .clock = &k->clock,
                                   .key = &k->key,
                                   .folder = folder,
                                   .trust = trust };
    return true;
}

void stick_kiosk_close(struct stick_kiosk *k)
{
    feed_free(k->feed);
    sender_free(k->sender);
    store_free(k->store);
    k->feed = NULL;
    k->sender = NULL;
    k->store = NULL;
}

void stick_kiosk_submit(struct stick_kiosk *k, unsigned count)
{
    for (unsigned n = 0; n < count; n++) {
        struct submission sub = { .kind = ITEM_RATING,
                                  .suite = SEAL_SUITE_CMS_P256,
                                  .key_id = "county-1" };
        struct reservation_given given;
        random_bytes(sub.token, sizeof(sub.token));
        if (outbox_reserve(k->store, &given, sub.token, CLOCK_RTC))
            return;
        memcpy(sub.id, given.id, UUID_BYTES);
        CHECK_EQ(bytes_append(&sub.body, sub.token, sizeof(sub.token)), 0);
        sha256(sub.sha256, sub.body.data, sub.body.length);
        outbox_submit(k->store, &sub, 1);
        bytes_clear(&sub.body);
    }
}

int stick_kiosk_ask(void *context, json_t *request, const void *body, size_t length,
                    struct message *reply)
{
    struct stick_kiosk *k = context;
    struct bytes in_out = { 0 };
    const char *error = "";
    char reason[FEED_REASON_TEXT] = "";
    *reply = (struct message){ 0 };
    operation run = errands_find(json_string_value(json_object_get(request, "op")));
    if (!run) {
        fail_msg("no such operation");
        return -EINVAL;
    }
    if (length)
        CHECK_EQ(bytes_append(&in_out, body, length), 0);
    reply->head = run(&k->service, request, &in_out, &error, reason);
    json_decref(request);
    if (reply->head)
        json_object_set_new(reply->head, "ok", json_true());
    else
        reply->head = json_pack("{sb, ss, ss}", "ok", false, "error", error, "message", reason);
    reply->body = in_out;
    return 0;
}
