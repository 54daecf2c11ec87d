/* links: tests/umock drivers/idcard drivers/usb board/host/sim firmware/card firmware/base */
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "board/host/sim/person_file.h"
#include "board/host/sim/reader_model.h"
#include "drivers/idcard/connection.h"
#include "drivers/idcard/idcard.h"
#include "tests/support/check.h"
#include "tests/umock/usbfs.h"

/* ID readers behind the machine's own libusb. The program runs itself twice more: "serve" holds the device (under
 * umockdev-wrapper), "drive" is its child and uses it as kiosk would. */

enum { LIFT_AFTER = 8, STEPS = 4000, PULL_AT = 7, SKIPPED = 77 };

/* ---- serve: the device --------------------------------------------------------------- */

struct scene {
    struct sim_reader *reader;
    unsigned reads_seen_at;
    uint32_t seed;
    int (*true_in)(struct sim_device *d, uint8_t endpoint, uint8_t *data, size_t size, int64_t now);
};
static struct scene scene;

/* The card is lifted once it has been read and watched for a while. */
static void lift_later(void *context, unsigned outs)
{
    struct scene *s = context;
    if (!s->reads_seen_at && sim_reader_reads(s->reader))
        s->reads_seen_at = outs;
    if (s->reads_seen_at && outs - s->reads_seen_at > LIFT_AFTER)
        sim_reader_lift(s->reader);
}

static uint32_t draw(void)
{
    return scene.seed = scene.seed * 1664525u + 1013904223u;
}

/* A device that means harm: whatever it has to say is bent, lengthened or replaced. */
static int hostile_in(struct sim_device *d, uint8_t endpoint, uint8_t *data, size_t size,
                      int64_t now)
{
    int n = scene.true_in(d, endpoint, data, size, now);
    if (n <= 0)
        return n;
    uint32_t way = draw() >> 28;
    if (way < 6)
        data[draw() % (uint32_t)n] ^= (uint8_t)(1u << (draw() >> 29));
    else if (way < 9)
        for (size_t i = 0; i < size; i++)
            data[i] = (uint8_t)(draw() >> 24);
    return way >= 6 && way < 9 ? (int)size : way == 9 ? SIM_STALL : n;
}

static int serve(const char *self, const char *style_name, const char *what)
{
    enum sim_reader_style style;
    uint8_t text[CARD_TEXT_BYTES];
    char complaint[JSON_COMPLAINT];
    if (!sim_reader_style_of(&style, style_name) ||
        person_file_load(text, "tests/data/persons/chen-xun.json", complaint))
        return 1;
    scene.reader = sim_reader_new(style);
    if (!scene.reader)
        return 1;
    struct sim_device *d = sim_reader_device(scene.reader);
    sim_reader_put_card(scene.reader, text);
    scene.seed = 20261126;
    if (!strcmp(what, "hostile")) {
        scene.true_in = d->in;
        d->in = hostile_in;
        sim_reader_fault(scene.reader, "refind", 0);
    }
    bool is_pull = !strcmp(what, "pull"), is_read = !strcmp(what, "read");
    const struct umock_script script = { .pull_at = is_pull ? PULL_AT : 0,
                                         .context = &scene,
                                         .moved = is_read ? lift_later : NULL };
    char *const program[] = { (char *)self, (char *)"drive", (char *)style_name, (char *)what,
                              NULL };
    /* The server's own libraries are not judged; the driver is, leaks and all. */
    setenv("ASAN_OPTIONS", "verify_asan_link_order=0:detect_leaks=1", 1);
    int r = umock_serve(d, &script, program);
    sim_reader_free(scene.reader);
    return r < 0 ? 1 : r;
}

/* ---- drive: what kiosk does ---------------------------------------------------------- */

static struct drive {
    const char *style, *what;
    struct usb_bus *bus;
    struct sdt_connection link;
    struct sdt_port port;
    struct idcard *card;
    struct person person;
} drive;

static void drive_start(void)
{
    struct sdt_place place;
    size_t count = 0;
    CHECK_EQ(usb_bus_host(&drive.bus), 0);
    CHECK_EQ(sdt_find_places(&place, 1, &count, drive.bus, NULL), 0);
    CHECK_EQ(count, 1);
    CHECK_STR(sdt_style_word(place.style), drive.style);
    CHECK_STR(place.path, "1-1");
    CHECK_EQ(sdt_connect(&drive.link, drive.bus, &place, &system_clock), 0);
    drive.port = sdt_connection_port(&drive.link);
    CHECK_EQ(idcard_new(&drive.card, &drive.port, &system_clock), 0);
}

static void drive_end(void)
{
    person_wipe(&drive.person);
    idcard_free(drive.card);
    sdt_disconnect(&drive.link);
    usb_bus_free(drive.bus);
}

/* The next thing that happens; the driver's pauses are left out. */
static enum idcard_event next(void)
{
    enum idcard_event e = IDCARD_NOTHING;
    int wait_ms;
    for (int i = 0; i < STEPS && e == IDCARD_NOTHING; i++)
        e = idcard_step(drive.card, &drive.person, &wait_ms);
    return e;
}

static void drive_read(void **state)
{
    (void)state;
    drive_start();
    CHECK_EQ(next(), IDCARD_READY);
    CHECK_STR(idcard_sam_number(drive.card), "05.01-20200101-0000000042-0123456789");
    CHECK_EQ(next(), IDCARD_COMING);
    CHECK_EQ(next(), IDCARD_PERSON);
    CHECK_STR(drive.person.name, "陈𬭎");
    CHECK_EQ(next(), IDCARD_REMOVED);
    drive_end();
}

static void drive_pull(void **state)
{
    (void)state;
    enum idcard_event e;
    struct sdt_place place;
    size_t count = 9;
    drive_start();
    while ((e = next()) != IDCARD_GONE)
        CHECK(e == IDCARD_READY || e == IDCARD_COMING || e == IDCARD_PERSON);
    drive_end();
    CHECK_EQ(usb_bus_host(&drive.bus), 0);
    CHECK_EQ(sdt_find_places(&place, 1, &count, drive.bus, NULL), 0);
    CHECK_EQ(count, 0);
    usb_bus_free(drive.bus);
}

/* Nothing is proven but that the driver survives it, and shows nobody but the one person there is. */
static void drive_hostile(void **state)
{
    (void)state;
    int64_t end = system_clock.boot_ms(&system_clock) + 4000;
    unsigned seen = 0;
    while (system_clock.boot_ms(&system_clock) < end) {
        drive_start();
        enum idcard_event e = IDCARD_NOTHING;
        for (int i = 0, wait_ms; i < 200 && e != IDCARD_GONE; i++) {
            e = idcard_step(drive.card, &drive.person, &wait_ms);
            seen++;
            if (e == IDCARD_PERSON)
                CHECK_STR(drive.person.number[0] ? "somebody" : "nobody", "somebody");
            if (system_clock.boot_ms(&system_clock) >= end)
                break;
        }
        drive_end();
    }
    CHECK(seen > 0);
}

static int run_drive(const char *style, const char *what)
{
    drive.style = style;
    drive.what = what;
    const struct CMUnitTest reads[] = { cmocka_unit_test(drive_read) },
                            pulls[] = { cmocka_unit_test(drive_pull) },
                            hostiles[] = { cmocka_unit_test(drive_hostile) };
    if (!strcmp(what, "read"))
        return cmocka_run_group_tests(reads, NULL, NULL);
    if (!strcmp(what, "pull"))
        return cmocka_run_group_tests(pulls, NULL, NULL);
    return cmocka_run_group_tests(hostiles, NULL, NULL);
}

/* ---- the tests ----------------------------------------------------------------------- */

static char self_path[PATH_MAX];

static int wait_for(pid_t pid)
{
    int status = -1;
    CHECK(pid > 0);
    CHECK_EQ(waitpid(pid, &status, 0), pid);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void play(const char *style, const char *what)
{
    if (!umock_is_there()) {
        print_message("SKIP: built without umockdev (libumockdev-dev): 'make deps' installs it\n");
        skip();
    }
    pid_t pid = fork();
    if (pid == 0) {
        setenv("ASAN_OPTIONS", "verify_asan_link_order=0:detect_leaks=0", 1);
        execlp("umockdev-wrapper", "umockdev-wrapper", self_path, "serve", style, what,
               (char *)NULL);
        _exit(SKIPPED);
    }
    int code = wait_for(pid);
    if (code == SKIPPED) {
        print_message("SKIP: umockdev-wrapper is not installed: 'make deps' installs it\n");
        skip();
    }
    CHECK_EQ(code, 0);
}

static void test_umockdev_split_reader_is_read_by_libusb(void **state)
{
    (void)state;
    play("split", "read");
}

static void test_umockdev_single_reader_is_read_by_libusb(void **state)
{
    (void)state;
    play("single", "read");
}

static void test_umockdev_hid_reader_is_read_by_libusb(void **state)
{
    (void)state;
    play("hid", "read");
}

static void test_umockdev_pulled_out_reader_is_gone(void **state)
{
    (void)state;
    play("split", "pull");
    play("single", "pull");
    play("hid", "pull");
}

static void test_umockdev_hostile_reader_does_no_harm(void **state)
{
    (void)state;
    play("split", "hostile");
    play("hid", "hostile");
}

int main(int argc, char **argv)
{
    if (argc == 4 && !strcmp(argv[1], "serve"))
        return serve(argv[0], argv[2], argv[3]);
    if (argc == 4 && !strcmp(argv[1], "drive"))
        return run_drive(argv[2], argv[3]);
    if (!realpath(argv[0], self_path))
        return 1;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_umockdev_split_reader_is_read_by_libusb),
        cmocka_unit_test(test_umockdev_single_reader_is_read_by_libusb),
        cmocka_unit_test(test_umockdev_hid_reader_is_read_by_libusb),
        cmocka_unit_test(test_umockdev_pulled_out_reader_is_gone),
        cmocka_unit_test(test_umockdev_hostile_reader_does_no_harm),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
