/* county-platform: a county platform in a box. HTTPS with mutual TLS for kiosks, plain HTTP on
 * loopback for the desk. Holds no key that opens an application. */
#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "firmware/base/json.h"
#include "firmware/base/log.h"
#include "firmware/base/text.h"
#include "tests/platform/carrier.h"
#include "tests/platform/elsewhere.h"
#include "tests/platform/bells.h"
#include "tests/platform/desk.h"
#include "tests/platform/fleet.h"
#include "tests/platform/matter.h"
#include "tests/platform/parcels.h"
#include "tests/platform/measures.h"
#include "tests/platform/point.h"
#include "tests/platform/server.h"

enum { CODES_MAX = 16 };

struct options {
    const char *data, *keys, *catalogue, *config, *point, *desk, *token, *calendar, *updates;
    const char *issue_levels, *carrier;
    bool is_practice;
    int port, desk_port, carrier_every_s;
    const char *codes[CODES_MAX];
    size_t code_count;
};

static void usage(FILE *to)
{
    fputs(
        "usage: county-platform --keys DIR --data DIR --catalogue FILE [options]\n"
        "  --keys DIR                what make-keys wrote to platform/\n"
        "  --config FILE             configuration of the kiosks (JSON with a version)\n"
        "  --point FILE              what is where at the point, its calendars and its neighbours\n"
        "  --updates DIR             bundles that may be rolled out\n"
        "  --port N --desk-port N    0 or nothing: free ones\n"
        "  --enrol-code CODE=KIOSK   a one-time code, good for a day (may be given several times)\n"
        "  --desk-token HEX          32 digits; made if not said\n"
        "  --desk-dir DIR            the page's files\n"
        "  --calendar DIR            packs of holidays (assets/calendar)\n"
        "  --issue-levels FILE       which level an issue has, and who answers for it\n"
        "  --carrier URL             whoever carries results home (sync/api/carrier.yaml)\n"
        "  --carrier-every SECONDS   how often parcels are asked after (900)\n"
        "  --practice                the desk may turn days on\n"
        "       county-platform --routes\n"
        "  tells what it answers, as JSON\n",
        to);
}

/* ---- options
 * ------------------------------------------------------------------------------------- */

enum {
    OPT_KEYS = 1,
    OPT_DATA,
    OPT_CATALOGUE,
    OPT_CONFIG,
    OPT_POINT,
    OPT_UPDATES,
    OPT_CARRIER,
    OPT_DESK,
    OPT_TOKEN,
    OPT_PORT,
    OPT_DESK_PORT,
    OPT_CARRIER_EVERY,
    OPT_CODE,
    OPT_CALENDAR,
    OPT_ISSUE_LEVELS,
    OPT_PRACTICE,
    OPT_ROUTES,
    OPT_HELP
};

static const struct option longs[] = {
    { "keys", 1, NULL, OPT_KEYS },
    { "data", 1, NULL, OPT_DATA },
    { "catalogue", 1, NULL, OPT_CATALOGUE },
    { "config", 1, NULL, OPT_CONFIG },
    { "point", 1, NULL, OPT_POINT },
    { "desk-dir", 1, NULL, OPT_DESK },
    { "desk-token", 1, NULL, OPT_TOKEN },
    { "port", 1, NULL, OPT_PORT },
    { "desk-port", 1, NULL, OPT_DESK_PORT },
    { "enrol-code", 1, NULL, OPT_CODE },
    { "updates", 1, NULL, OPT_UPDATES },
    { "carrier", 1, NULL, OPT_CARRIER },
    { "carrier-every", 1, NULL, OPT_CARRIER_EVERY },
    { "calendar", 1, NULL, OPT_CALENDAR },
    { "issue-levels", 1, NULL, OPT_ISSUE_LEVELS },
    { "practice", 0, NULL, OPT_PRACTICE },
    { "routes", 0, NULL, OPT_ROUTES },
    { "help", 0, NULL, OPT_HELP },
    { NULL, 0, NULL, 0 },
};

static bool read_port(int *out, const char *text)
{
    return text_to_int(out, text) && *out >= 0 && *out <= 65535;
}

static bool is_token(const char *text)
{
    return strlen(text) == TOKEN_HEX - 1 && strspn(text, "0123456789abcdef") == TOKEN_HEX - 1;
}

static bool read_option(struct options *o, int id, const char *value)
{
    const char **texts[] = {
        [OPT_KEYS] = &o->keys,       [OPT_DATA] = &o->data,       [OPT_CATALOGUE] = &o->catalogue,
        [OPT_CONFIG] = &o->config,   [OPT_POINT] = &o->point,     [OPT_DESK] = &o->desk,
        [OPT_UPDATES] = &o->updates, [OPT_CARRIER] = &o->carrier, [OPT_TOKEN] = &o->token
    };
    if (id >= OPT_KEYS && id <= OPT_TOKEN) {
        *texts[id] = value;
        return id != OPT_TOKEN || is_token(value);
    }
    if (id == OPT_CALENDAR || id == OPT_ISSUE_LEVELS || id == OPT_PRACTICE) {
        o->is_practice |= id == OPT_PRACTICE;
        o->calendar = id == OPT_CALENDAR ? value : o->calendar;
        o->issue_levels = id == OPT_ISSUE_LEVELS ? value : o->issue_levels;
        return true;
    }
    if (id == OPT_CODE && o->code_count < CODES_MAX) {
        o->codes[o->code_count++] = value;
        return true;
    }
    if (id == OPT_CARRIER_EVERY)
        return text_to_int(&o->carrier_every_s, value) && o->carrier_every_s > 0;
    return (id == OPT_PORT && read_port(&o->port, value)) ||
           (id == OPT_DESK_PORT && read_port(&o->desk_port, value));
}

static int print_routes(void)
{
    AUTO(json_release) json_t *list = json_array();
    kiosk_routes(list);
    desk_routes(list);
    char *text = json_canonical(list);
    bool is_out = text && puts(text) >= 0;
    json_text_free(text);
    return is_out ? 0 : 1;
}

/* The exit code, or -1 to go on. */
static int read_options(struct options *o, int argc, char **argv)
{
    int id;
    while ((id = getopt_long(argc, argv, "", longs, NULL)) != -1)
        if (id == OPT_ROUTES)
            return print_routes();
        else if (!read_option(o, id, optarg)) {
            usage(id == OPT_HELP ? stdout : stderr);
            return id == OPT_HELP ? 0 : 2;
        }
    if (optind == argc && o->keys && o->data && o->catalogue)
        return -1;
    usage(stderr);
    return 2;
}

/* ---- life
 * ---------------------------------------------------------------------------------------- */

/* What scripts need to know, one line. */
static void print_facts(const struct platform *p, const struct options *o, int port, int desk_port)
{
    char platform[64], desk[128];
    AUTO(json_release) json_t *codes = json_object();
    snprintf(platform, sizeof(platform), "https://127.0.0.1:%d", port);
    snprintf(desk, sizeof(desk), "http://127.0.0.1:%d/?token=%s", desk_port, p->token);
    for (size_t i = 0; i < o->code_count; i++) {
        const char *equals = strchr(o->codes[i], '=');
        char code[64];
        snprintf(code, sizeof(code), "%.*s", (int)(equals - o->codes[i]), o->codes[i]);
        json_object_set_new(codes, code, json_string(equals + 1));
    }
    AUTO(json_release)
    json_t *facts =
        json_pack("{ss, ss, sO}", "platform_url", platform, "desk_url", desk, "enrol_codes", codes);
    char *text = facts ? json_canonical(facts) : NULL;
    puts(text ? text : "{}");
    fflush(stdout);
    json_text_free(text);
}

static void set_of_ends(sigset_t *set)
{
    sigemptyset(set);
    sigaddset(set, SIGTERM);
    sigaddset(set, SIGINT);
}

/* Requests that are held open answer at once. */
static void release_waiting(struct platform *p)
{
    pthread_mutex_lock(&p->lock);
    p->is_ending = true;
    pthread_cond_broadcast(&p->news);
    pthread_mutex_unlock(&p->lock);
}

static int run(struct platform *p, const struct options *o)
{
    AUTO(server_stop) struct server *kiosks = NULL, *desk = NULL;
    sigset_t ends;
    int number;
    const struct timespec look = { 60, 0 }; /* has a new day begun? */
    int r = server_start_kiosks(&kiosks, p, kiosk_api, o->port);
    if (!r)
        r = server_start_desk(&desk, p, desk_api, o->desk_port);
    if (!r) {
        print_facts(p, o, server_port(kiosks), server_port(desk));
        set_of_ends(&ends);
        do {
            if (matter_days(p))
                log_line(LOG_ERROR, "county", "the day could not be begun; it is tried again");
            bells_pass(p);
            rollouts_tick(p);
            number = sigtimedwait(&ends, NULL, &look);
        } while (number < 0);
    }
    release_waiting(p);
    return r;
}

static void make_token(struct platform *p, const char *given)
{
    uint8_t random[TOKEN_HEX / 2];
    random_bytes(random, sizeof(random));
    hex_encode(p->token, random, sizeof(random));
    if (given)
        snprintf(p->token, sizeof(p->token), "%s", given);
}

static int begin(struct platform *p, const struct options *o)
{
    sigset_t ends;
    signal(SIGPIPE, SIG_IGN);
    set_of_ends(&ends);
    pthread_sigmask(SIG_BLOCK, &ends, NULL); /* inherited by every thread: run() takes them */
    umask(0077);
    mkdir(o->data, 0700);
    make_token(p, o->token);
    int r = calendar_begin(p, o->calendar);
    if (!r)
        r = store_begin(p);
    if (!r)
        r = parcels_begin(p);
    if (!r)
        r = documents_begin(p);
    if (!r)
        r = elsewhere_begin(p);
    if (!r)
        r = point_begin(p, o->point);
    if (!r)
        r = bells_begin(p);
    if (!r)
        r = calls_begin(p);
    if (!r)
        r = fleet_begin(p, o->updates);
    if (!r)
        r = measures_begin(p, o->issue_levels);
    if (!r)
        r = carrier_begin(p, o->carrier, o->carrier_every_s);
    for (size_t i = 0; !r && i < o->code_count; i++)
        r = enrol_add_code(p, o->codes[i]);
    return r;
}

int main(int argc, char **argv)
{
    static struct platform p = { .lock = PTHREAD_MUTEX_INITIALIZER,
                                 .news = PTHREAD_COND_INITIALIZER };
    struct options o = { .desk = "tests/platform/desk",
                         .calendar = "assets/calendar",
                         .issue_levels = "assets/county/issue-levels.json",
                         .carrier_every_s = 900 };
    int code = read_options(&o, argc, argv);
    if (code >= 0)
        return code;
    p.data = o.data;
    p.keys = o.keys;
    p.catalogue = o.catalogue;
    p.config = o.config;
    p.desk_dir = o.desk;
    p.is_practice = o.is_practice;
    p.ids.clock = &system_clock;
    int r = begin(&p, &o);
    if (!r)
        r = run(&p, &o);
    carrier_end(&p);
    phone_end(&p);
    documents_end(&p);
    point_end(&p);
    measures_end(&p);
    fleet_end(&p);
    sqlite3_close(p.db);
    return r ? 1 : 0;
}
