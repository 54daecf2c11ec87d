/* links: tests/umock drivers/printer drivers/usb board/host/sim firmware/base */
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "board/host/sim/printer_model.h"
#include "drivers/printer/printer.h"
#include "tests/support/check.h"
#include "tests/umock/usbfs.h"

/* A receipt printer behind the machine's own libusb. The program runs itself twice more: "serve" holds the device (under
 * umockdev-wrapper) and looks at the paper afterwards, "drive" is its child and prints as kiosk would. */

enum { ROWS = 400, ROW_MOST = 104, PULL_AT = 9, SKIPPED = 77, SPOILT = 3 };

/* The page both sides know. */
static void draw_page(uint8_t *bits, size_t row_bytes)
{
    for (size_t i = 0; i < ROWS * row_bytes; i++)
        bits[i] = (uint8_t)(i * 7 + i / row_bytes) | 0x20; /* nothing that would be defused */
}

/* ---- serve: the device --------------------------------------------------------------- */

/* Did the page come out, dot for dot, whole and alone? */
static bool is_printed(const struct sim_printer *printer)
{
    static uint8_t bits[ROWS * ROW_MOST];
    struct sim_slip slip;
    if (sim_printer_slip_count(printer) != 1 || !sim_printer_slip(printer, 0, &slip) ||
        slip.rows < ROWS || sim_printer_violations(printer))
        return false;
    draw_page(bits, slip.width / 8u);
    return !memcmp(slip.bits, bits, (size_t)ROWS * slip.width / 8);
}

static int serve(const char *self, const char *kind, const char *what)
{
    struct sim_printer *printer = sim_printer_new(576);
    if (!printer || !sim_printer_be(printer, kind))
        return 1;
    sim_printer_speed(printer, 0);
    bool is_pull = !strcmp(what, "pull");
    const struct umock_script script = { .pull_at = is_pull ? PULL_AT : 0 };
    char *const program[] = { (char *)self, (char *)"drive", (char *)kind, (char *)what, NULL };
    /* The server's own libraries are not judged; the driver is, leaks and all. */
    setenv("ASAN_OPTIONS", "verify_asan_link_order=0:detect_leaks=1", 1);
    int r = umock_serve(sim_printer_device(printer), &script, program);
    if (!r && !is_pull && !is_printed(printer)) {
        fprintf(stderr, "the page did not come out as it was sent: %s\n",
                sim_printer_violation(printer));
        r = SPOILT;
    }
    sim_printer_free(printer);
    return r < 0 ? 1 : r;
}

/* ---- drive: what kiosk does ---------------------------------------------------------- */

static const char *kind;

static struct printer_outcome print_page(struct printer *p)
{
    static uint8_t bits[ROWS * ROW_MOST];
    size_t row_bytes = profile_row_bytes(printer_profile(p));
    draw_page(bits, row_bytes);
    return printer_print(
        p, &(struct printer_page){ .bits = bits, .row_bytes = row_bytes, .rows = ROWS });
}

static void open_it(struct usb_bus **bus, struct printer **p)
{
    struct usb_info info;
    uint8_t interface;
    CHECK_EQ(usb_bus_host(bus), 0);
    CHECK_EQ(printer_find(&info, &interface, *bus), 0);
    CHECK_EQ(printer_open(p, *bus, &info, interface, &system_clock), 0);
}

static void drive_print(void **state)
{
    (void)state;
    static const struct {
        const char *kind, *profile, *level;
    } rows[] = { { "80", "80 mm", "P" },
                 { "epson-m30iii", "Epson TM-m30III", "P" },
                 { "epson-t88iii", "Epson TM-T88III, 180 dpi", "R" },
                 { "custom-kpm210", "Custom KPM210", "R" } };
    AUTO(usb_bus_free) struct usb_bus *bus = NULL;
    AUTO(printer_close) struct printer *p = NULL;
    open_it(&bus, &p);
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        if (strcmp(rows[i].kind, kind) != 0)
            continue;
        CHECK_STR(printer_profile(p)->name, rows[i].profile);
        CHECK_STR(printer_level_letter(printer_level(p)), rows[i].level);
    }
    struct printer_outcome o = print_page(p);
    CHECK_EQ(o.result, PRINTER_CONFIRMED);
    CHECK_EQ(o.trouble, PRINTER_NO_TROUBLE);
    CHECK(o.bytes > ROWS * profile_row_bytes(printer_profile(p)));
    CHECK_EQ(o.is_held, !strcmp(kind, "custom-kpm210"));
}

/* The cable comes out in mid-page: uncertain, gone, and nothing left behind. */
static void drive_pull(void **state)
{
    (void)state;
    AUTO(usb_bus_free) struct usb_bus *bus = NULL;
    AUTO(printer_close) struct printer *p = NULL;
    struct usb_info info;
    uint8_t interface;
    open_it(&bus, &p);
    struct printer_outcome o = print_page(p);
    for (int i = 0; i < 20 && !o.is_gone; i++)
        o = print_page(p);
    CHECK(o.is_gone);
    CHECK(o.result == PRINTER_UNCERTAIN || o.result == PRINTER_FAILED_CLEAN);
    CHECK_EQ(o.result == PRINTER_FAILED_CLEAN, o.bytes == 0);
    CHECK_EQ(printer_poll(p, 0), USB_E_GONE);
    CHECK_EQ(printer_find(&info, &interface, bus), -ENODEV);
}

static int run_drive(const char *what)
{
    const struct CMUnitTest prints[] = { cmocka_unit_test(drive_print) },
                            pulls[] = { cmocka_unit_test(drive_pull) };
    return strcmp(what, "pull") ? cmocka_run_group_tests(prints, NULL, NULL)
                                : cmocka_run_group_tests(pulls, NULL, NULL);
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

static void play(const char *model, const char *what)
{
    if (!umock_is_there()) {
        print_message("SKIP: built without umockdev (libumockdev-dev): 'make deps' installs it\n");
        skip();
    }
    pid_t pid = fork();
    if (pid == 0) {
        setenv("ASAN_OPTIONS", "verify_asan_link_order=0:detect_leaks=0", 1);
        execlp("umockdev-wrapper", "umockdev-wrapper", self_path, "serve", model, what,
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

static void test_umockdev_printer_prints_a_slip_dot_for_dot(void **state)
{
    (void)state;
    play("80", "print");
}

static void test_umockdev_printer_of_a_vendor_class_prints_by_graphics(void **state)
{
    (void)state;
    play("epson-m30iii", "print");
}

static void test_umockdev_printer_of_180_dpi_prints(void **state)
{
    (void)state;
    play("epson-t88iii", "print");
}

static void test_umockdev_presenter_holds_its_slip(void **state)
{
    (void)state;
    play("custom-kpm210", "print");
}

static void test_umockdev_printer_pulled_out_in_mid_page_is_gone(void **state)
{
    (void)state;
    play("80", "pull");
}

int main(int argc, char **argv)
{
    if (argc == 4 && !strcmp(argv[1], "serve"))
        return serve(argv[0], argv[2], argv[3]);
    if (argc == 4 && !strcmp(argv[1], "drive")) {
        kind = argv[2];
        return run_drive(argv[3]);
    }
    if (!realpath("/proc/self/exe", self_path))
        return 1;
    const struct CMUnitTest tests[] = {
        T(test_umockdev_printer_prints_a_slip_dot_for_dot),
        T(test_umockdev_printer_of_a_vendor_class_prints_by_graphics),
        T(test_umockdev_printer_of_180_dpi_prints),
        T(test_umockdev_presenter_holds_its_slip),
        T(test_umockdev_printer_pulled_out_in_mid_page_is_gone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
