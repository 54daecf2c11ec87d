#include "tests/support/idcard_rig.h"

#include "tests/support/check.h"

struct rig rig;

static int port_write(void *context, const uint8_t *frame, size_t length, int wait_ms)
{
    struct sim_device *d = sim_reader_device(rig.model);
    (void)context;
    (void)wait_ms;
    if (rig.odd_request && rig.odd_request == ((unsigned)frame[7] << 8 | frame[8])) {
        const uint8_t reply[] = { 0xaa, 0xaa, 0xaa, 0x96,        0x69,           0,
                                  4,    0,    0,    rig.odd_sw3, rig.odd_sw3 ^ 4 };
        rig.odd_left = sizeof(reply);
        memcpy(rig.odd_reply, reply, sizeof(reply));
        return 0;
    }
    return rig.is_pulled                                      ? SDT_E_GONE
           : d->out(d, 0x01, frame, length, 0) == (int)length ? 0
                                                              : SDT_E_TIMEOUT;
}

static int port_read(void *context, uint8_t *data, size_t size, int wait_ms, size_t *got)
{
    struct sim_device *d = sim_reader_device(rig.model);
    (void)context;
    if (rig.is_pulled)
        return SDT_E_GONE;
    if (rig.odd_left) {
        *got = rig.odd_left;
        memcpy(data, rig.odd_reply, rig.odd_left);
        rig.odd_left = 0;
        return 0;
    }
    int n = d->in(d, 0x81, data, size < 64 ? size : 64, 0);
    if (n == SIM_STALL)
        d->clear_halt(d, 0x81);
    if (n < 0) {
        fake_clock_advance(&rig.clock, wait_ms);
        return SDT_E_TIMEOUT;
    }
    *got = (size_t)n;
    return 0;
}

static void port_drain(void *context, int quiet_ms)
{
    uint8_t piece[64];
    struct sim_device *d = sim_reader_device(rig.model);
    (void)context;
    (void)quiet_ms;
    while (!rig.is_pulled && d->in(d, 0x81, piece, sizeof(piece), 0) > 0)
        ;
}

int rig_setup(void **state)
{
    (void)state;
    const struct sdt_port port = { .write = port_write, .read = port_read, .drain = port_drain };
    rig = (struct rig){ .clock = fake_clock_at(1000, 0) };
    rig.model = sim_reader_new(SIM_READER_SINGLE);
    return rig.model ? idcard_new(&rig.card, &port, &rig.clock.base) : -1;
}

int rig_teardown(void **state)
{
    (void)state;
    idcard_free(rig.card);
    sim_reader_free(rig.model);
    return 0;
}

void rig_lay(const char *number)
{
    uint8_t text[CARD_TEXT_BYTES];
    struct person p = { .layout = CARD_RESIDENT, .sex = '1', .nation = "01" };
    memcpy(p.name, "测试甲", sizeof("测试甲"));
    memcpy(p.birth, "19900101", 9);
    memcpy(p.number, number, strlen(number) + 1);
    memcpy(p.authority, "测试市公安局", sizeof("测试市公安局"));
    memcpy(p.valid_from, "20200101", 9);
    p.is_long_term = true;
    CHECK_EQ(card_encode(text, &p), 0);
    sim_reader_put_card(rig.model, text);
}

void rig_lay_test_person(void)
{
    rig_lay("339999199001010013");
}

enum idcard_event rig_next(int limit_ms)
{
    int64_t end = rig.clock.boot + limit_ms;
    enum idcard_event e;
    do {
        e = idcard_step(rig.card, &rig.person, &rig.wait_ms);
        if (!e)
            fake_clock_advance(&rig.clock, rig.wait_ms);
    } while (!e && rig.clock.boot < end);
    return e;
}

void rig_begin(void)
{
    CHECK_EQ(rig_next(1000), IDCARD_READY);
}

void rig_answer_oddly(unsigned request, uint8_t sw3)
{
    rig.odd_request = request;
    rig.odd_sw3 = sw3;
}
