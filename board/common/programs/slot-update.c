/* slot-update install: what kiosk-syncd has fetched goes into the other boot slot; then this waits until nobody is at the
 * screen and the county's hours for updates have come, and ends with 0, upon which its unit starts the board anew.
 * slot-update test: after a start, whether the firmware serves people; after an update, as it did before. Ends with 5 when not.
 * slot-update settle: after a start, whether what was installed has proved itself. Ends with 4 when it has not; then its
 * unit starts the board anew, with the slot before.
 * Ends with 3 when there was nothing to do or it was refused. */
#include <fcntl.h>
#include <getopt.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "board/common/slot_update.h"
#include "firmware/base/clock.h"
#include "firmware/base/log.h"
#include "firmware/base/text.h"

enum { CODE_NOTHING = 3, CODE_BAD = 4, CODE_FAILED = 5, LOOK_S = 5, QUIET_S = 120 };

struct options {
    struct slot_update_places places;
    const char *occupied;
    int quiet_s;
};

static int usage(void)
{
    fputs("usage: slot-update [options] install|test|settle\n"
          "  --updates DIR     what was fetched; the answer goes there\n"
          "  --state DIR       what is on trial\n"
          "  --partitions DIR  by label\n"
          "  --cmdline FILE    of the kernel\n"
          "  --release FILE    what runs here\n"
          "  --trust DIR       CA certificates of the county\n"
          "  --socket PATH     of kiosk-syncd\n"
          "  --occupied FILE   locked while anybody is at the screen\n"
          "  --quiet S         nobody for so long before the board is started anew\n",
          stderr);
    return 2;
}

/* The kiosk holds the lock while anybody is there. A file that cannot be locked is nobody's. */
static bool is_occupied(int fd)
{
    if (fd < 0 || !flock(fd, LOCK_EX | LOCK_NB)) {
        if (fd >= 0)
            (void)flock(fd, LOCK_UN);
        return false;
    }
    return errno == EWOULDBLOCK;
}

static void wait_for_quiet(const struct options *o, const struct update *u)
{
    int fd = open(o->occupied, O_RDONLY | O_CLOEXEC), quiet = 0;
    while (quiet < o->quiet_s) {
        sleep(LOOK_S);
        int64_t now_ms = system_clock.wall_ms(&system_clock);
        quiet = is_occupied(fd) || !update_is_hour(u, now_ms) ? 0 : quiet + LOOK_S;
    }
    if (fd >= 0)
        close(fd);
}

/* What the self-test compares with. Noted twice, so that a cut while it waits leaves the first. */
static void note(const struct options *o)
{
    int r = slot_update_note(&o->places);
    if (r)
        log_line(LOG_WARNING, "update", "how the devices are is not known: %s",
                 strerrorname_np(-r));
}

/* An answer stays until kiosk-syncd has taken it; a slot on trial until it is settled. Then the path unit may look again. */
static int install(const struct options *o)
{
    struct update u;
    char reason[SLOT_UPDATE_REASON];
    int r = slot_update_install(&u, reason, &o->places);
    if (r == SLOT_UPDATE_NOTHING || r == SLOT_UPDATE_ON_TRIAL || r == SLOT_UPDATE_REFUSED) {
        if (o->quiet_s)
            sleep(LOOK_S * 6);
        return CODE_NOTHING;
    }
    if (r) {
        log_line(LOG_ERROR, "update", "not installed: %s", strerrorname_np(-r));
        return 1;
    }
    log_line(LOG_NOTICE, "update", "%s lies in the other slot", u.version);
    note(o);
    wait_for_quiet(o, &u);
    note(o);
    return 0;
}

static int test(const struct options *o)
{
    const char *why = slot_update_test(&o->places);
    log_line(why ? LOG_WARNING : LOG_NOTICE, "update", "self-test: %s", why ? why : "passed");
    return why ? CODE_FAILED : 0;
}

static int settle(const struct options *o)
{
    int r = slot_update_settle(&o->places);
    if (r == SLOT_UPDATE_BAD)
        return CODE_BAD;
    if (r)
        log_line(LOG_ERROR, "update", "not settled: %s", strerrorname_np(-r));
    return r ? 1 : 0;
}

int main(int argc, char **argv)
{
    static const struct option longs[] = { { "updates", required_argument, NULL, 'u' },
                                           { "state", required_argument, NULL, 's' },
                                           { "partitions", required_argument, NULL, 'p' },
                                           { "cmdline", required_argument, NULL, 'c' },
                                           { "release", required_argument, NULL, 'r' },
                                           { "trust", required_argument, NULL, 't' },
                                           { "socket", required_argument, NULL, 'k' },
                                           { "occupied", required_argument, NULL, 'o' },
                                           { "quiet", required_argument, NULL, 'q' },
                                           { NULL, 0, NULL, 0 } };
    struct options o = { { "/var/lib/onetrip/syncd/updates", "/var/lib/onetrip/update",
                           "/dev/disk/by-partlabel", "/proc/cmdline", "/etc/os-release",
                           "/etc/onetrip/trust", "/run/onetrip/syncd.sock" },
                         "/run/onetrip-occupied",
                         QUIET_S };
    const char **const texts[128] = {
        ['u'] = &o.places.updates,      ['s'] = &o.places.state,   ['p'] = &o.places.partitions,
        ['c'] = &o.places.command_line, ['r'] = &o.places.release, ['t'] = &o.places.trust,
        ['k'] = &o.places.socket,       ['o'] = &o.occupied
    };
    int id;
    while ((id = getopt_long(argc, argv, "", longs, NULL)) != -1) {
        if (id == 'q' && text_to_int(&o.quiet_s, optarg))
            continue;
        if (id <= 0 || id >= 128 || !texts[id])
            return usage();
        *texts[id] = optarg;
    }
    if (argc - optind != 1)
        return usage();
    if (!strcmp(argv[optind], "install"))
        return install(&o);
    if (!strcmp(argv[optind], "test"))
        return test(&o);
    return !strcmp(argv[optind], "settle") ? settle(&o) : usage();
}
