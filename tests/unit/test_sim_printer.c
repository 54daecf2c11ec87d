/* links: board/host/sim drivers/printer firmware/base */
#include "board/host/sim/printer_model.h"
#include "drivers/printer/escpos.h"
#include "tests/support/check.h"

/* The simulated printer is as strict as the worst real one: what it lets pass is safe. */

enum { WIDTH = 384, ROW = WIDTH / 8, NOW = 1000 };

struct rig {
    struct sim_printer *model;
    struct sim_device *device;
};

static struct rig rig_new(void)
{
    struct rig r = { .model = sim_printer_new(WIDTH) };
    CHECK(r.model != NULL);
    r.device = sim_printer_device(r.model);
    sim_printer_speed(r.model, 0);
    return r;
}

static void send(struct rig *r, const void *data, size_t length)
{
    CHECK_EQ(r->device->out(r->device, 1, data, length, NOW), (int)length);
}

#define SEND(r, text) send(r, text, sizeof(text) - 1)

static int receive(struct rig *r, uint8_t data[64])
{
    return r->device->in(r->device, 0x81, data, 64, NOW);
}

static void strip(struct rig *r, enum printer_raster raster, unsigned rows)
{
    static const uint8_t bits[ROW * 255] = { 0x81, [ROW] = 0x42 };
    struct bytes b AUTO_BYTES = { 0 };
    CHECK_EQ(escpos_strip(&b, raster, bits, ROW, rows, rows), 0);
    send(r, b.data, b.length);
}

static void check_clean(const struct rig *r)
{
    CHECK_STR(sim_printer_violation(r->model), "");
    CHECK_EQ(sim_printer_violations(r->model), 0);
    CHECK_EQ(sim_printer_waiting(r->model), 0);
}

static void test_sim_printer_draws_both_kinds_of_raster(void **state)
{
    (void)state;
    for (int kind = 0; kind < 2; kind++) {
        struct rig r = rig_new();
        struct sim_slip slip;
        strip(&r, (enum printer_raster)kind, 64);
        CHECK_EQ(sim_printer_uncut_rows(r.model), 64);
        SEND(&r, "\x1D\x56\x42\x00");
        check_clean(&r);
        CHECK_EQ(sim_printer_slip_count(r.model), 1);
        CHECK(sim_printer_slip(r.model, 0, &slip));
        CHECK_EQ(slip.width, WIDTH);
        CHECK(slip.rows > 64);
        CHECK_EQ(slip.bits[0], 0x81);
        CHECK_EQ(slip.bits[ROW], 0x42);
        CHECK_EQ(slip.bits[2 * ROW], 0);
        CHECK_BYTES(slip.raw + slip.raw_len - 4, "\x1D\x56\x42\x00", 4);
        CHECK(!slip.has_error);
        CHECK(!sim_printer_slip(r.model, 1, &slip));
        sim_printer_free(r.model);
    }
}

static void check_violation(const char *bytes, size_t length, const char *words)
{
    struct rig r = rig_new();
    static const uint8_t zeros[300 * ROW];
    send(&r, bytes, length);
    send(&r, zeros, sizeof(zeros));
    CHECK_STR(sim_printer_violation(r.model), words);
    CHECK(sim_printer_violations(r.model) >= 1);
    sim_printer_free(r.model);
}

#define CHECK_VIOLATION(bytes, words) check_violation(bytes, sizeof(bytes) - 1, words)

static void test_sim_printer_counts_what_real_ones_turn_to_garbage(void **state)
{
    (void)state;
    CHECK_VIOLATION("\x1Dv0\x00\x30\x00\x30\x00", "a raster strip of a multiple of 48 rows");
    CHECK_VIOLATION("\x1Dv0\x00\x30\x00\x02\x01", "a raster strip of more than 255 rows");
    CHECK_VIOLATION("\x1Dv0\x00\x30\x00\xFA\x00", "a raster command of more than 8 KiB");
    CHECK_VIOLATION("\x1Dv0\x00\x00\x00\x02\x00", "a raster command of an impossible size");
    CHECK_VIOLATION("\x1Dv0\x00\x30\x00\x02\x00\x10\x14", "a real-time command inside image data");
    CHECK_VIOLATION("\x1D(L\x0B\x00\x30\x70\x30\x01\x01\x31\x30\x00\x02\x00",
                    "a graphics command whose data has another size");
    CHECK_VIOLATION("text\n", "characters were printed as text");
    CHECK_VIOLATION("A\x1D\x56\x00", "characters were printed as text");
    CHECK_VIOLATION("\x1Bp\x00\x19\xFA", "a drawer pulse");
    CHECK_VIOLATION("\x1D\x01\x01", "an unknown GS command");
    CHECK_VIOLATION("\x1B\x01", "an unknown ESC command");
    CHECK_VIOLATION("\x1D(X\xFF\xFF\x00\x00", "a GS ( command of an impossible size");
}

/* A strip one byte short eats the command behind it: the rest comes out as text or not at all. */
static void test_sim_printer_short_strip_eats_what_follows(void **state)
{
    (void)state;
    struct rig r = rig_new();
    uint8_t black[ROW * 2 - 1];
    memset(black, 0xFF, sizeof(black));
    SEND(&r, "\x1Dv0\x00\x30\x00\x02\x00");
    send(&r, black, sizeof(black));
    CHECK_EQ(sim_printer_uncut_rows(r.model), 0);
    SEND(&r, "\x1D\x56\x42\x00");
    CHECK_EQ(sim_printer_slip_count(r.model), 0);
    SEND(&r, "\x1D\x56\x42\x00");
    CHECK_EQ(sim_printer_slip_count(r.model), 1);
    CHECK_STR(sim_printer_violation(r.model), "characters were printed as text");
    sim_printer_free(r.model);
}

static void test_sim_printer_forgets_text_at_initialise(void **state)
{
    (void)state;
    struct rig r = rig_new();
    CHECK(sim_printer_fault(r.model, "no-process-id", 0));
    SEND(&r, "\x1D(H\x06\x00\x30\x30"
             "A001\x1B@\x1D\x72\x01");
    uint8_t data[64];
    CHECK_EQ(receive(&r, data), 1);
    check_clean(&r);
    CHECK_EQ(sim_printer_uncut_rows(r.model), 0);
    sim_printer_free(r.model);
}

static void test_sim_printer_answers(void **state)
{
    (void)state;
    struct rig r = rig_new();
    uint8_t data[64];
    CHECK_EQ(receive(&r, data), SIM_NAK);
    SEND(&r, "\x10\x04\x01\x10\x04\x02\x10\x04\x03\x10\x04\x04");
    CHECK_EQ(receive(&r, data), 4);
    CHECK_BYTES(data, "\x12\x12\x12\x12", 4);
    SEND(&r, "\x1D\x61\xFF");
    CHECK_EQ(receive(&r, data), 4);
    CHECK_BYTES(data, "\x10\x00\x00\x0F", 4);
    sim_printer_cover(r.model, true);
    CHECK_EQ(receive(&r, data), 4);
    CHECK_BYTES(data, "\x38\x00\x00\x0F", 4);
    sim_printer_cover(r.model, false);
    CHECK_EQ(receive(&r, data), 4);
    SEND(&r, "\x1D(H\x06\x00\x30\x30"
             "A001\x1D(H\x06\x00\x30\x30"
             "A002");
    CHECK_EQ(receive(&r, data), 7); /* the latest alone */
    CHECK_BYTES(data,
                "\x37\x22"
                "A002\0",
                7);
    CHECK_EQ(receive(&r, data), SIM_NAK);
    SEND(&r, "\x1D(H\x06\x00\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08");
    CHECK_EQ(receive(&r, data), 3);
    CHECK_BYTES(data, "\x37\x25\x00", 3);
    check_clean(&r);
    sim_printer_free(r.model);
}

static void test_sim_printer_says_who_it_is(void **state)
{
    (void)state;
    struct rig r = rig_new();
    uint8_t data[1024];
    struct ieee1284 id;
    static const uint8_t setup[8] = { 0xA1, 0, 0, 0, 0, 0, 0x00, 0x04 };
    int n = r.device->control(r.device, setup, data, NOW);
    CHECK(n > 2);
    CHECK_EQ(ieee1284_parse(&id, data, (size_t)n), 0);
    CHECK_STR(id.commands, "ESC/POS");
    CHECK_EQ(profile_find(0x0416, 0x5011, &id)->width_dots, WIDTH);
    CHECK(!sim_printer_fault(r.model, "no such fault", 0));
    sim_printer_free(r.model);
}

static void test_sim_printer_prints_no_faster_than_its_speed(void **state)
{
    (void)state;
    struct rig r = rig_new();
    uint8_t data[64];
    sim_printer_speed(r.model, 100); /* 800 rows a second */
    strip(&r, RASTER_GS_V0, 80);
    strip(&r, RASTER_GS_V0, 80);
    SEND(&r, "\x1D(H\x06\x00\x30\x30"
             "A001");
    CHECK_EQ(r.device->due_ms(r.device, NOW), NOW + 100);
    CHECK_EQ(r.device->in(r.device, 0x81, data, 64, NOW + 199), SIM_NAK);
    CHECK_EQ(r.device->in(r.device, 0x81, data, 64, NOW + 200), 7);
    CHECK_EQ(sim_printer_uncut_rows(r.model), 160);
    sim_printer_free(r.model);
}

RUN(T(test_sim_printer_draws_both_kinds_of_raster),
    T(test_sim_printer_counts_what_real_ones_turn_to_garbage),
    T(test_sim_printer_short_strip_eats_what_follows),
    T(test_sim_printer_forgets_text_at_initialise), T(test_sim_printer_answers),
    T(test_sim_printer_says_who_it_is), T(test_sim_printer_prints_no_faster_than_its_speed))
