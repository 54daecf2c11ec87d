/* links: drivers/idcard drivers/usb board/host/sim firmware/card firmware/base */
#include <fcntl.h>
#include <pthread.h>
#include <stdlib.h>
#include <termios.h>
#include <unistd.h>

#include "board/host/sim/person_file.h"
#include "drivers/idcard/connection.h"
#include "drivers/idcard/idcard.h"
#include "tests/support/check.h"
#include "tests/support/serial_bench.h"

/* A reader on a serial line, which here is a pseudo terminal. */

struct way {
    struct sim_reader *model;
    struct serial_bench *bench;
    struct sdt_uart uart;
};

static void way_start(struct way *w, int rate)
{
    uint8_t text[CARD_TEXT_BYTES];
    char complaint[JSON_COMPLAINT];
    *w = (struct way){ .model = sim_reader_new(SIM_READER_SERIAL), .uart = { .fd = -1 } };
    CHECK(w->model != NULL);
    CHECK_EQ(person_file_load(text, "tests/data/persons/ceshi-jia.json", complaint), 0);
    sim_reader_put_card(w->model, text);
    w->bench = serial_bench_start(w->model, rate);
}

static void way_end(struct way *w)
{
    sdt_uart_close(&w->uart);
    serial_bench_end(w->bench);
    sim_reader_free(w->model);
}

static void spoil(struct way *w, const char *fault, unsigned count)
{
    serial_bench_hold(w->bench);
    CHECK(sim_reader_fault(w->model, "none", 0));
    CHECK(sim_reader_fault(w->model, fault, count));
    serial_bench_go_on(w->bench);
}

/* A clock that runs so fast that nobody waits. */
static int64_t hasty_ms(const struct clock *clock)
{
    static int64_t now;
    (void)clock;
    return now += SDT_UART_ASK_MS - 20;
}
static const struct clock hasty = { hasty_ms, hasty_ms };

/* ---- the speed ----------------------------------------------------------------------- */

static void test_sdt_uart_finds_the_speed_and_reads_the_whole_card_at_each(void **state)
{
    (void)state;
    for (size_t i = 0; i < SDT_UART_RATES; i++) {
        struct way w;
        struct sdt_reply reply;
        struct person person;
        way_start(&w, sdt_uart_rates[i]);
        CHECK_EQ(sdt_uart_open(&w.uart, serial_bench_path(w.bench), &system_clock), 0);
        CHECK_EQ(w.uart.rate, sdt_uart_rates[i]);
        struct sdt_line line = { .port = sdt_uart_port(&w.uart), .clock = &system_clock };
        CHECK_EQ(line.port.bytes_a_second, sdt_uart_rates[i] / 10);
        CHECK_EQ(sdt_carry_out(&line, SDT_FIND, &reply), 0);
        CHECK_EQ(sdt_carry_out(&line, SDT_SELECT, &reply), 0);
        CHECK_EQ(sdt_carry_out(&line, SDT_READ, &reply), 0);
        CHECK_EQ(card_parse(&person, sdt_text(&reply)), 0);
        CHECK_STR(person.number, "339999199001010013");
        way_end(&w);
    }
}

static void test_sdt_uart_sets_eight_bits_no_parity_and_no_flow_control(void **state)
{
    (void)state;
    struct way w;
    struct termios t;
    way_start(&w, 19200);
    CHECK_EQ(sdt_uart_open(&w.uart, serial_bench_path(w.bench), &system_clock), 0);
    CHECK_EQ(tcgetattr(w.uart.fd, &t), 0);
    CHECK_EQ(t.c_cflag & (CSIZE | PARENB | CSTOPB | CRTSCTS), CS8);
    CHECK_EQ(t.c_iflag & (IXON | IXOFF | ICRNL | ISTRIP), 0);
    CHECK_EQ(t.c_lflag & (ICANON | ECHO | ISIG), 0);
    CHECK_EQ(t.c_oflag & OPOST, 0);
    CHECK_EQ(cfgetospeed(&t), B19200);
    CHECK_EQ(cfgetispeed(&t), B19200);
    way_end(&w);
}

/* ---- what is no reader --------------------------------------------------------------- */

static void test_sdt_uart_says_why_it_cannot_open(void **state)
{
    (void)state;
    struct sdt_uart u = { .fd = -1 };
    struct way w;
    way_start(&w, 115200);
    spoil(&w, "silence", 0);
    CHECK_EQ(sdt_uart_open(&u, "/nonesuch", &hasty), -ENOENT);
    CHECK_EQ(sdt_uart_open(&u, "/dev/null", &hasty), -ENOTTY);
    CHECK_EQ(sdt_uart_open(&u, serial_bench_path(w.bench), &hasty), -ETIMEDOUT);
    CHECK_EQ(reader_cause_of_open(-ENOTTY), READER_WRONG_PORT);
    CHECK_EQ(reader_cause_of_open(-ETIMEDOUT), READER_WRONG_PORT);
    CHECK_EQ(u.fd, -1);
    sdt_uart_close(&u);
    way_end(&w);
}

/* ---- faults -------------------------------------------------------------------------- */

static void test_sdt_uart_stays_in_step_after_any_fault(void **state)
{
    (void)state;
    static const char *const faults[] = { "checksum",    "stale",       "too-long", "too-short",
                                          "junk-before", "junk-behind", "bytewise", "inner-lie" };
    static const enum sdt_command_id ids[] = { SDT_FIND, SDT_SELECT, SDT_READ };
    struct way w;
    struct sdt_reply reply;
    struct person person;
    way_start(&w, 115200);
    CHECK_EQ(sdt_uart_open(&w.uart, serial_bench_path(w.bench), &system_clock), 0);
    struct sdt_line line = { .port = sdt_uart_port(&w.uart), .clock = &system_clock };
    for (size_t i = 0; i < sizeof(faults) / sizeof(faults[0]); i++) {
        for (size_t k = 0; k < 3; k++) {
            spoil(&w, faults[i], 1);
            (void)!sdt_carry_out(&line, ids[k], &reply);
        }
        spoil(&w, "refind", 0);
        for (size_t k = 0; k < 3; k++) {
            int r = sdt_carry_out(&line, ids[k], &reply);
            if (r)
                print_error("%s: %d at %zu\n", faults[i], r, k);
            CHECK_EQ(r, 0);
        }
        CHECK_EQ(card_parse(&person, sdt_text(&reply)), 0);
        CHECK_STR(person.number, "339999199001010013");
    }
    way_end(&w);
}

static void test_sdt_uart_pulled_out_is_gone(void **state)
{
    (void)state;
    struct way w;
    struct sdt_reply reply;
    uint8_t byte;
    size_t got;
    way_start(&w, 57600);
    CHECK_EQ(sdt_uart_open(&w.uart, serial_bench_path(w.bench), &system_clock), 0);
    struct sdt_line line = { .port = sdt_uart_port(&w.uart), .clock = &system_clock };
    CHECK_EQ(sdt_carry_out(&line, SDT_STATUS, &reply), 0);
    serial_bench_pull(w.bench);
    CHECK_EQ(line.port.read(line.port.context, &byte, 1, 5000, &got), SDT_E_GONE);
    CHECK_EQ(sdt_carry_out(&line, SDT_STATUS, &reply), SDT_E_GONE);
    line.port.drain(line.port.context, 20);
    way_end(&w);
}

static void *pull_soon(void *bench)
{
    serial_bench_pull(bench);
    return NULL;
}

/* M14 on a line: the answer is waited for when the cable goes. */
static void test_sdt_uart_pulled_out_while_waited_for_is_gone_at_once(void **state)
{
    (void)state;
    struct way w;
    uint8_t byte;
    size_t got;
    pthread_t thread;
    way_start(&w, 115200);
    CHECK_EQ(sdt_uart_open(&w.uart, serial_bench_path(w.bench), &system_clock), 0);
    struct sdt_port port = sdt_uart_port(&w.uart);
    int64_t before = system_clock.boot_ms(&system_clock);
    CHECK_EQ(pthread_create(&thread, NULL, pull_soon, w.bench), 0);
    CHECK_EQ(port.read(port.context, &byte, 1, 20000, &got), SDT_E_GONE);
    CHECK(system_clock.boot_ms(&system_clock) - before < 10000);
    pthread_join(thread, NULL);
    way_end(&w);
}

/* A line has no halt: the reply is lost, the next one comes. */
static void test_sdt_uart_lost_reply_is_asked_for_again(void **state)
{
    (void)state;
    struct way w;
    struct sdt_reply reply;
    way_start(&w, 115200);
    CHECK_EQ(sdt_uart_open(&w.uart, serial_bench_path(w.bench), &system_clock), 0);
    struct sdt_line line = { .port = sdt_uart_port(&w.uart), .clock = &system_clock };
    spoil(&w, "stall", 1);
    CHECK_EQ(sdt_carry_out(&line, SDT_STATUS, &reply), 0);
    way_end(&w);
}

/* Somebody changes the speed behind our back: noise, and then an error, never a card. */
static void test_sdt_uart_at_another_speed_hears_noise(void **state)
{
    (void)state;
    struct way w;
    struct sdt_reply reply;
    struct termios t;
    way_start(&w, 115200);
    CHECK_EQ(sdt_uart_open(&w.uart, serial_bench_path(w.bench), &system_clock), 0);
    struct sdt_line line = { .port = sdt_uart_port(&w.uart), .clock = &hasty };
    CHECK_EQ(tcgetattr(w.uart.fd, &t), 0);
    CHECK_EQ(cfsetspeed(&t, B9600), 0);
    CHECK_EQ(tcsetattr(w.uart.fd, TCSANOW, &t), 0);
    int r = sdt_carry_out(&line, SDT_SAM_NUMBER, &reply);
    CHECK(r == SDT_E_PREAMBLE || r == SDT_E_TIMEOUT);
    CHECK_BYTES(&reply, &(struct sdt_reply){ 0 }, sizeof(reply));
    way_end(&w);
}

/* ---- among the other places ---------------------------------------------------------- */

static void test_sdt_uart_is_a_place_like_any_other(void **state)
{
    (void)state;
    struct way w;
    struct usb_bus *bus;
    struct sdt_place places[2];
    struct sdt_connection c;
    struct sdt_reply reply;
    size_t count = 0;
    char longer[SDT_PATH + 10];
    memset(longer, 'x', sizeof(longer));
    longer[sizeof(longer) - 1] = 0;
    way_start(&w, 38400);
    const char *ttys[] = { longer, "/nonesuch", serial_bench_path(w.bench), NULL };
    CHECK_EQ(usb_bus_usbip(&bus, "127.0.0.1:1"), 0);
    CHECK_EQ(sdt_find_places(places, 2, &count, bus, ttys), 0);
    CHECK_EQ(count, 1);
    CHECK_EQ(places[0].style, SDT_STYLE_UART);
    CHECK_STR(places[0].path, serial_bench_path(w.bench));
    CHECK_EQ(sdt_connect(&c, bus, &places[0], &system_clock), 0);
    struct sdt_line line = { .port = sdt_connection_port(&c), .clock = &system_clock };
    CHECK_EQ(sdt_carry_out(&line, SDT_SAM_NUMBER, &reply), 0);
    sdt_disconnect(&c);
    sdt_disconnect(&c);
    CHECK_EQ(sdt_find_places(places, 2, &count, bus, NULL), 0);
    CHECK_EQ(count, 0);
    usb_bus_free(bus);
    way_end(&w);
}

RUN(T(test_sdt_uart_finds_the_speed_and_reads_the_whole_card_at_each),
    T(test_sdt_uart_sets_eight_bits_no_parity_and_no_flow_control),
    T(test_sdt_uart_says_why_it_cannot_open), T(test_sdt_uart_stays_in_step_after_any_fault),
    T(test_sdt_uart_pulled_out_is_gone),
    T(test_sdt_uart_pulled_out_while_waited_for_is_gone_at_once),
    T(test_sdt_uart_lost_reply_is_asked_for_again), T(test_sdt_uart_at_another_speed_hears_noise),
    T(test_sdt_uart_is_a_place_like_any_other))
