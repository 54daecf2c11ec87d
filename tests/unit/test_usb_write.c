/* links: drivers/usb board/host/sim firmware/base */
#include "tests/support/check.h"
#include "tests/support/puppet.h"

/* ---- speaking ------------------------------------------------------------------------ */

static void test_usb_write_writes_long_data_whole(void **state)
{
    (void)state;
    struct stage s = stage_start();
    static uint8_t data[50000];
    size_t accepted;
    for (size_t i = 0; i < sizeof(data); i++)
        data[i] = (uint8_t)(i ^ i >> 8);
    CHECK_EQ(usb_write(s.device, OUT, data, sizeof(data), WAIT, &accepted), 0);
    CHECK_EQ(accepted, sizeof(data));
    usb_bench_hold(s.bench);
    CHECK_EQ(s.puppet->taken, sizeof(data));
    CHECK_BYTES(s.puppet->got, data, sizeof(data));
    usb_bench_go_on(s.bench);
    stage_end(&s);
}

static void test_usb_write_counts_a_cancelled_write_exactly(void **state)
{
    (void)state;
    static const size_t rooms[] = { 0, 1, 63, 4095, 4096, 4097, 9000 };
    static uint8_t data[10000];
    for (size_t i = 0; i < sizeof(rooms) / sizeof(rooms[0]); i++) {
        struct stage s = stage_start();
        size_t accepted;
        usb_bench_hold(s.bench);
        s.puppet->room = rooms[i];
        usb_bench_go_on(s.bench);
        CHECK_EQ(usb_write(s.device, OUT, data, sizeof(data), SHORT, &accepted), USB_E_TIMEOUT);
        CHECK_EQ(accepted, rooms[i]);
        /* Nothing of the cancelled piece arrives later. */
        usb_bench_hold(s.bench);
        s.puppet->room = SIZE_MAX;
        usb_bench_go_on(s.bench);
        CHECK_EQ(
            usb_write(s.device, OUT, data + accepted, sizeof(data) - accepted, WAIT, &accepted), 0);
        usb_bench_hold(s.bench);
        CHECK_EQ(s.puppet->taken, sizeof(data));
        usb_bench_go_on(s.bench);
        stage_end(&s);
    }
}

static void test_usb_write_goes_on_when_there_is_room_again(void **state)
{
    (void)state;
    struct stage s = stage_start();
    static uint8_t data[3000];
    size_t accepted;
    usb_bench_hold(s.bench);
    s.puppet->room = 100;
    usb_bench_go_on(s.bench);
    CHECK_EQ(usb_write(s.device, OUT, data, sizeof(data), 0, &accepted), USB_E_TIMEOUT);
    CHECK(accepted == 0 || accepted == 100);
    usb_bench_hold(s.bench);
    CHECK_EQ(s.puppet->taken, accepted);
    s.puppet->room = SIZE_MAX;
    usb_bench_go_on(s.bench);
    CHECK_EQ(usb_write(s.device, OUT, data, sizeof(data), WAIT, &accepted), 0);
    stage_end(&s);
}

static void test_usb_write_stalls_until_the_halt_is_cleared(void **state)
{
    (void)state;
    struct stage s = stage_start();
    uint8_t got[4];
    size_t n;
    CHECK_EQ(usb_listen(s.device, IN), 0);
    usb_bench_hold(s.bench);
    s.puppet->stalls_out = s.puppet->stalls_in = true;
    usb_bench_go_on(s.bench);
    CHECK_EQ(usb_write(s.device, OUT, "x", 1, WAIT, &n), USB_E_STALL);
    CHECK_EQ(n, 0);
    CHECK_EQ(usb_read(s.device, IN, got, sizeof(got), WAIT, &n), USB_E_STALL);
    CHECK_EQ(usb_clear_halt(s.device, OUT), 0);
    CHECK_EQ(usb_write(s.device, OUT, "x", 1, WAIT, &n), 0);
    CHECK_EQ(usb_read(s.device, IN, got, sizeof(got), SHORT, &n),
             USB_E_STALL); /* each endpoint its own */
    CHECK_EQ(usb_clear_halt(s.device, IN), 0);
    stage_say(&s, "ok", 2, 0);
    CHECK_EQ(usb_read(s.device, IN, got, sizeof(got), WAIT, &n), 0);
    CHECK_EQ(n, 2);
    usb_bench_hold(s.bench);
    CHECK_EQ(s.puppet->halts_cleared, 2);
    usb_bench_go_on(s.bench);
    stage_end(&s);
}

static void test_usb_write_control_answers_requests_on_endpoint_0(void **state)
{
    (void)state;
    struct stage s = stage_start();
    uint8_t data[64];
    size_t done;
    CHECK_EQ(usb_control(s.device, 0xc0, 7, 0, 0, data, sizeof(data), WAIT, &done), 0);
    CHECK_EQ(done, 3);
    CHECK_EQ(usb_control(s.device, 0xc0, 7, 0, 0, data, 2, WAIT, &done), 0);
    CHECK_EQ(done, 2);
    CHECK_EQ(usb_control(s.device, 0xc0, 8, 0, 0, data, sizeof(data), WAIT, &done), USB_E_STALL);
    CHECK_EQ(usb_control(s.device, 0x80, 6, 0x0600, 0, data, 10, WAIT, &done),
             USB_E_STALL); /* no qualifier */
    CHECK_EQ(usb_control(s.device, 0x80, 0, 0, 0, data, 2, WAIT, &done), 0);
    CHECK_EQ(done, 2);
    stage_end(&s);
}

/* ---- the cable ----------------------------------------------------------------------- */

static void test_usb_write_says_gone_when_the_cable_is_pulled(void **state)
{
    (void)state;
    struct stage s = stage_start();
    uint8_t got[4];
    size_t n;
    CHECK_EQ(usb_listen(s.device, IN), 0);
    stage_say(&s, "last", 4, 0);
    CHECK_EQ(usb_read(s.device, IN, got, 2, WAIT, &n), 0);
    usb_bench_plug(s.bench, 0, false);
    CHECK_EQ(usb_read(s.device, IN, got, sizeof(got), WAIT, &n),
             0); /* what had come is still there */
    CHECK_EQ(n, 2);
    CHECK_EQ(usb_read(s.device, IN, got, sizeof(got), WAIT, &n), USB_E_GONE);
    CHECK_EQ(usb_write(s.device, OUT, "x", 1, WAIT, &n), USB_E_GONE);
    CHECK_EQ(usb_control(s.device, 0xc0, 7, 0, 0, got, 3, WAIT, &n), USB_E_GONE);
    CHECK_EQ(usb_clear_halt(s.device, OUT), USB_E_GONE);
    usb_drain(s.device, IN, WAIT); /* does not wait for anything */
    stage_end(&s);
}

static void test_usb_write_counts_what_was_taken_before_the_cable_was_pulled(void **state)
{
    (void)state;
    struct stage s = stage_start();
    static uint8_t data[9000];
    size_t accepted;
    CHECK_EQ(usb_listen(s.device, IN), 0);
    usb_bench_hold(s.bench);
    s.puppet->pulls_after = 5000;
    usb_bench_go_on(s.bench);
    CHECK_EQ(usb_write(s.device, OUT, data, sizeof(data), WAIT, &accepted), USB_E_GONE);
    CHECK_EQ(accepted, 5000);
    stage_end(&s);
}

RUN(T(test_usb_write_writes_long_data_whole), T(test_usb_write_counts_a_cancelled_write_exactly),
    T(test_usb_write_goes_on_when_there_is_room_again),
    T(test_usb_write_stalls_until_the_halt_is_cleared),
    T(test_usb_write_control_answers_requests_on_endpoint_0),
    T(test_usb_write_says_gone_when_the_cable_is_pulled),
    T(test_usb_write_counts_what_was_taken_before_the_cable_was_pulled))
