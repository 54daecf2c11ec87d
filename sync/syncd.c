/* kiosk-syncd: queue and sync. Builds its objects, wires them, runs the one loop. Never sees plaintext. */
#include <fcntl.h>
#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/signalfd.h>
#include <sys/stat.h>
#include <unistd.h>

#include "firmware/base/log.h"
#include "firmware/base/notify.h"
#include "sync/feed/feed.h"
#include "sync/feed/files.h"
#include "sync/local/server.h"
#include "sync/queue/cases.h"
#include "sync/queue/events.h"
#include "sync/queue/figures.h"
#include "sync/uplink/http.h"
#include "firmware/update/release.h"

enum {
    MOST_WAIT_MS = 60000,
    IDLE_MS = 2000,
    PATH_BYTES = 4096,
    OUTAGE_MS = 3600 * 1000,
    LATE_EVERY_MS = 60 * 1000,
    SETTLE_EVERY_MS = 10 * 1000,
    SETTLE_AGAIN_MS = 3600 * 1000 /* after one that failed */
};

struct options {
    const char *data, *socket, *platform, *ca, *trust, *release, *secret, *trial;
};

struct syncd {
    struct options options;
    char certificate[PATH_BYTES], key_path[PATH_BYTES], updates_path[PATH_BYTES];
    struct key_file key;
    int lock, signals;
    bool is_ending, is_key_settled;
    int64_t update_rate; /* 0: as it is */
    int64_t busy_ms;     /* boot time of the last submission */
    int64_t outage_ms;   /* boot time of the beginning of the last outage that was counted */
    int64_t late_ms;     /* boot time of the next look for late cases */
    int64_t settle_ms;   /* and of the next for a key in clear that may be replaced */
    struct folder folder, updates;
    struct release release;
    struct county_clock clock;
    struct store *store;
    struct trust *trust;
    struct http *http;
    struct link link;
    enum link_state link_before;
    struct sender *sender;
    struct feed *feed;
    struct updater *updater;
    struct question *question;
    struct server *server;
    struct service service;
    struct notify notify;
};

static int64_t now_ms(const struct syncd *d)
{
    return d->clock.base.boot_ms(&d->clock.base);
}

/* ---- wiring -------------------------------------------------------------------------- */

static void link_changed(void *context)
{
    struct syncd *d = context;
    /* An answer to a request that still bore the old certificate may have come behind the renewal:
     * who is let in again need not wait as long as one who is not. */
    if (d->link_before == LINK_BLOCKED && d->link.state == LINK_UP)
        sender_hurry(d->sender);
    d->link_before = d->link.state;
    sender_nudge(d->sender);
}

/* The first epoch is noted; another one means that the platform was restored: what it may have lost goes again. */
static void new_epoch(void *context, const char *before)
{
    struct syncd *d = context;
    int64_t county = county_clock_known_ms(&d->clock);
    int requeued = 0;
    int r = *before ? outbox_new_epoch(d->store, d->link.epoch,
                                       county - store_replay_window(d->store), &requeued)
                    : store_set_text(d->store, "server_epoch", d->link.epoch);
    if (r) {
        log_line(LOG_ERROR, "syncd", "the platform's epoch could not be stored (%d)", r);
        snprintf(d->link.epoch, sizeof(d->link.epoch), "%s",
                 before); /* the next answer brings it again */
        return;
    }
    if (!*before)
        return;
    log_line(LOG_NOTICE, "syncd", "the platform was restored: %d delivered items go again",
             requeued);
    events_add(d->store, "new-epoch", "%d items go again", requeued);
    feed_restart(d->feed);
    sender_restart(d->sender);
}

static void link_event(void *context, const char *what, const char *detail)
{
    struct syncd *d = context;
    events_add(d->store, what, "%s", detail);
}

static void identity_refused(void *context)
{
    feed_identity_refused(((struct syncd *)context)->feed);
}

static void identity_changed(void *context)
{
    http_new_identity(((struct syncd *)context)->http);
}

static void cases_changed(void *context)
{
    server_tell_cases(((struct syncd *)context)->server);
}

static void updates_changed(void *context)
{
    updater_hear(((struct syncd *)context)->updater);
}

static void update_rate(void *context, int64_t bytes_per_s)
{
    struct syncd *d = context;
    d->update_rate = bytes_per_s;
    if (d->updater) /* the stored configuration speaks before it is there */
        updater_set_rate(d->updater, bytes_per_s);
}

static void update_answered(void *context)
{
    feed_beat_soon(((struct syncd *)context)->feed);
}

static void add_health(void *context, json_t *heartbeat)
{
    struct syncd *d = context;
    service_add_health(&d->service, heartbeat);
    json_object_set_new(heartbeat, "board", json_string(d->release.board));
}

/* ---- building ------------------------------------------------------------------------ */

static int take_lock(struct syncd *d)
{
    char path[PATH_BYTES];
    snprintf(path, sizeof(path), "%s/lock", d->options.data);
    d->lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (d->lock < 0) {
        log_line(LOG_ERROR, "syncd", "%s: %s", path, strerror(errno));
        return -errno;
    }
    if (!flock(d->lock, LOCK_EX | LOCK_NB))
        return 0;
    log_line(LOG_ERROR, "syncd", "another kiosk-syncd owns %s", d->options.data);
    return -EBUSY;
}

static void read_boot_id(uint8_t out[UUID_BYTES])
{
    char text[UUID_TEXT] = "";
    FILE *f = fopen("/proc/sys/kernel/random/boot_id", "re");
    bool is_read = f && fgets(text, sizeof(text), f) && !uuid_parse(out, text);
    if (f)
        fclose(f);
    if (!is_read)
        random_bytes(out, UUID_BYTES);
}

static int open_store(struct syncd *d)
{
    struct store_options o = { .data = &d->folder.base,
                               .spool = &d->folder.base,
                               .folder = d->options.data,
                               .clock = &d->clock.base };
    read_boot_id(o.boot_id);
    int r = folder_open(&d->folder, d->options.data);
    if (!r)
        r = store_open(&d->store, &o);
    if (r == STORE_OPEN_E_NEWER)
        log_line(LOG_ERROR, "syncd", "%s was written by a newer firmware", d->options.data);
    else if (r)
        log_line(LOG_ERROR, "syncd", "the store in %s cannot be opened (%d)", d->options.data, r);
    return r;
}

/* Firmware on trial may give way to one that reads a key in clear alone. Once it has proved itself nobody need start us anew. */
static void settle_key(struct syncd *d)
{
    if (d->is_key_settled || now_ms(d) < d->settle_ms)
        return;
    d->settle_ms = now_ms(d) + SETTLE_EVERY_MS;
    if (d->options.trial && !access(d->options.trial, F_OK))
        return;
    d->is_key_settled = !key_file_settle(&d->key);
    if (d->is_key_settled)
        return;
    d->settle_ms = now_ms(d) + SETTLE_AGAIN_MS;
    log_line(LOG_ERROR, "syncd", "the key lies in clear still: it could not be replaced");
}

/* Without the secret, or with one that does not fit, it is the feed that says so: the queue goes on. */
static int open_key(struct syncd *d)
{
    int r = key_file_open(&d->key, d->options.data, d->options.secret);
    if (!r)
        settle_key(d);
    return r;
}

static int read_key(void *context, struct bytes *pem)
{
    return fault_fold(key_file_read(pem, &((struct syncd *)context)->key));
}

static int open_wire(struct syncd *d)
{
    snprintf(d->certificate, sizeof(d->certificate), "%s/cert.pem", d->options.data);
    snprintf(d->key_path, sizeof(d->key_path), "%s/%s", d->options.data, KEY_FILE);
    struct http_options o = { d->options.platform,
                              d->options.ca,
                              d->certificate,
                              { read_key, d, d->key_path },
                              &d->clock.base };
    int r = http_new(&d->http, &o);
    if (r)
        log_line(LOG_ERROR, "syncd", "the platform's address must be an https URL, not %s",
                 d->options.platform);
    return r;
}

static void begin_link(struct syncd *d)
{
    link_begin(&d->link, http_wire(d->http), &d->clock, &kernel_chance);
    d->link.watch = (struct link_watch){ link_changed, new_epoch, link_event, d };
    if (store_get_text(d->store, "server_epoch", d->link.epoch, sizeof(d->link.epoch)))
        d->link.epoch[0] = 0;
}

static int open_feed(struct syncd *d)
{
    struct feed_options o = { .folder = d->options.data,
                              .key = &d->key,
                              .store = d->store,
                              .link = &d->link,
                              .sender = d->sender,
                              .trust = d->trust,
                              .chance = &kernel_chance,
                              .firmware = d->release.version,
                              .watch = { d, identity_changed, cases_changed, updates_changed,
                                         update_rate, add_health } };
    memcpy(o.install_id, d->service.install_id, UUID_BYTES);
    return feed_new(&d->feed, &o);
}

static int open_updater(struct syncd *d)
{
    struct updater_options o = { .disk = &d->updates.base,
                                 .store = d->store,
                                 .link = &d->link,
                                 .chance = &kernel_chance,
                                 .answered = update_answered,
                                 .context = d,
                                 .board = d->release.board,
                                 .version = d->release.version };
    snprintf(d->updates_path, sizeof(d->updates_path), "%s/updates", d->options.data);
    int r = folder_open(&d->updates, d->updates_path);
    if (!r)
        r = updater_new(&d->updater, &o);
    if (!r && d->update_rate)
        updater_set_rate(d->updater, d->update_rate);
    d->service.updater = d->updater;
    return r;
}

static int build(struct syncd *d)
{
    struct uuid_source ids = { .clock = &d->clock.base };
    struct sender_watch watch = { identity_refused, NULL, d };
    int r = open_store(d);
    if (!r)
        r = feed_install_id(d->service.install_id, d->options.data, &ids);
    if (!r)
        r = open_key(d);
    if (!r)
        r = open_wire(d);
    if (r)
        return r;
    begin_link(d);
    if (trust_load(&d->trust, d->options.trust))
        log_line(LOG_ERROR, "syncd",
                 "no CA certificates in %s: no document of the county is believed",
                 d->options.trust);
    r = sender_new(&d->sender, d->store, &d->link, d->service.install_id);
    if (r)
        return r;
    sender_set_watch(d->sender, &watch);
    r = open_feed(d);
    if (!r)
        r = open_updater(d);
    if (!r)
        r = question_new(&d->question, &d->link);
    d->service.store = d->store;
    d->service.link = &d->link;
    d->service.sender = d->sender;
    d->service.feed = d->feed;
    d->service.question = d->question;
    d->service.clock = &d->clock;
    d->service.folder = d->options.data;
    d->service.key = &d->key;
    d->service.trust = d->trust;
    d->service.platform = d->options.platform;
    if (!r)
        r = server_new(&d->server, d->options.socket, &d->service);
    if (r)
        log_line(LOG_ERROR, "syncd", "cannot start: %s", strerrorname_np(-r));
    return r;
}

static void take_down(struct syncd *d)
{
    server_free(d->server);
    updater_free(d->updater);
    question_free(d->question);
    feed_free(d->feed);
    json_decref(d->service.health);
    sender_free(d->sender);
    http_free(d->http);
    trust_free(d->trust);
    store_free(d->store);
    key_file_close(&d->key);
    if (d->signals >= 0)
        close(d->signals);
    if (d->lock >= 0)
        close(d->lock);
}

/* ---- the loop ------------------------------------------------------------------------ */

static int64_t earlier(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

static int patience_ms(struct syncd *d)
{
    int64_t due = earlier(earlier(sender_next_ms(d->sender), feed_next_ms(d->feed)),
                          earlier(link_next_ms(&d->link), store_next_ms(d->store)));
    due = earlier(due, updater_next_ms(d->updater));
    int64_t left = due - now_ms(d);
    int alive = notify_tick(&d->notify, now_ms(d));
    if (alive >= 0)
        left = earlier(left, alive);
    return left < 0 ? 0 : left > MOST_WAIT_MS ? MOST_WAIT_MS : (int)left;
}

/* An hour without the county is a fault of this kiosk's network: counted once for each time. */
static void count_outage(struct syncd *d)
{
    const struct link *l = &d->link;
    bool is_long = l->state != LINK_UP && now_ms(d) - l->since_ms >= OUTAGE_MS;
    if (l->is_enrolled && is_long && l->since_ms != d->outage_ms &&
        !figures_add(d->store, "fault", "", "network", 1))
        d->outage_ms = l->since_ms;
}

/* Nobody has to come and ask: the kiosk says by itself what was promised and is late (SS-14). */
static void raise_late(struct syncd *d)
{
    int64_t county = county_clock_known_ms(&d->clock);
    unsigned raised = 0;
    if (!county || now_ms(d) < d->late_ms)
        return;
    d->late_ms = now_ms(d) + LATE_EVERY_MS;
    if (cases_raise_late(d->store, county, &raised))
        log_line(LOG_WARNING, "syncd", "it could not be seen which cases are late");
}

static void tick(struct syncd *d)
{
    count_outage(d);
    raise_late(d);
    settle_key(d);
    bool is_idle = now_ms(d) - d->busy_ms > IDLE_MS;
    store_tick(d->store, is_idle, county_clock_known_ms(&d->clock));
    link_tick(&d->link);
    feed_tick(d->feed);
    sender_tick(d->sender);
    updater_tick(d->updater);
    server_tell_status(d->server);
}

static int run(struct syncd *d)
{
    struct pollfd polls[SERVER_POLLS + 1];
    notify_ready(&d->notify);
    while (!d->is_ending) {
        size_t count = server_polls(d->server, polls);
        polls[count] = (struct pollfd){ d->signals, POLLIN, 0 };
        int r = http_run(d->http, polls, count + 1, patience_ms(d));
        if (r)
            return r;
        d->is_ending = polls[count].revents != 0;
        if (server_take(d->server, polls, count)) {
            d->busy_ms = now_ms(d);
            sender_nudge(d->sender);
        }
        tick(d);
    }
    return 0;
}

/* ---- start --------------------------------------------------------------------------- */

static int catch_signals(struct syncd *d)
{
    sigset_t set;
    signal(SIGPIPE, SIG_IGN);
    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGINT);
    if (sigprocmask(SIG_BLOCK, &set, NULL))
        return fault_raise(-errno);
    d->signals = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
    return d->signals < 0 ? fault_raise(-errno) : 0;
}

static void usage(FILE *to)
{
    fputs("usage: kiosk-syncd --data DIR --platform URL --ca FILE --trust DIR [--socket PATH]\n"
          "  --data DIR      queue, identity and documents; one kiosk-syncd for each\n"
          "  --platform URL  https address of the county platform\n"
          "  --ca FILE       the CA of the platform's certificate, PEM\n"
          "  --trust DIR     sealing-ca.pem and document-ca.pem\n"
          "  --socket PATH   local socket; DIR/syncd.sock if not said\n"
          "  --release FILE  what runs here; /etc/os-release if not said\n"
          "  --secret FILE   32 bytes that its key is kept under; not there: no secret\n"
          "  --trial FILE    while it is there, a key in clear stays: this firmware is on trial\n",
          to);
}

/* 0 go on, 1 end well, 2 wrong usage. */
static int read_options(struct options *o, int argc, char **argv)
{
    enum {
        OPT_DATA = 1,
        OPT_SOCKET,
        OPT_PLATFORM,
        OPT_CA,
        OPT_TRUST,
        OPT_RELEASE,
        OPT_SECRET,
        OPT_TRIAL,
        OPT_HELP
    };
    static const struct option longs[] = {
        { "data", required_argument, NULL, OPT_DATA },
        { "socket", required_argument, NULL, OPT_SOCKET },
        { "platform", required_argument, NULL, OPT_PLATFORM },
        { "ca", required_argument, NULL, OPT_CA },
        { "trust", required_argument, NULL, OPT_TRUST },
        { "release", required_argument, NULL, OPT_RELEASE },
        { "secret", required_argument, NULL, OPT_SECRET },
        { "trial", required_argument, NULL, OPT_TRIAL },
        { "help", no_argument, NULL, OPT_HELP },
        { NULL, 0, NULL, 0 },
    };
    const char **texts[] = {
        [OPT_DATA] = &o->data,     [OPT_SOCKET] = &o->socket, [OPT_PLATFORM] = &o->platform,
        [OPT_CA] = &o->ca,         [OPT_TRUST] = &o->trust,   [OPT_RELEASE] = &o->release,
        [OPT_SECRET] = &o->secret, [OPT_TRIAL] = &o->trial
    };
    int id;
    while ((id = getopt_long(argc, argv, "", longs, NULL)) != -1) {
        if (id < OPT_DATA || id > OPT_TRIAL) {
            usage(id == OPT_HELP ? stdout : stderr);
            return id == OPT_HELP ? 1 : 2;
        }
        *texts[id] = optarg;
    }
    if (optind == argc && o->data && o->platform && o->ca && o->trust)
        return 0;
    usage(stderr);
    return 2;
}

int main(int argc, char **argv)
{
    static struct syncd d = { .lock = -1, .signals = -1, .outage_ms = -1 };
    char socket[PATH_BYTES];
    int code = read_options(&d.options, argc, argv);
    if (code)
        return code == 1 ? 0 : 2;
    if (!d.options.socket) {
        snprintf(socket, sizeof(socket), "%s/syncd.sock", d.options.data);
        d.options.socket = socket;
    }
    umask(0077);
    release_read(&d.release, d.options.release ? d.options.release : "/etc/os-release");
    notify_start(&d.notify);
    d.clock = county_clock_new(&system_clock, system_is_synchronised);
    int r = folder_open(&d.folder, d.options.data);
    if (!r)
        r = catch_signals(&d);
    if (!r)
        r = take_lock(&d);
    if (!r)
        r = build(&d);
    if (!r)
        r = run(&d);
    notify_end(&d.notify);
    take_down(&d);
    return r ? 1 : 0;
}
