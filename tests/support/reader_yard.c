#include "tests/support/reader_yard.h"

#include <stdio.h>

#include "tests/support/check.h"

struct yard yard;

/* ---- ports --------------------------------------------------------------------------- */

static int port_write(void *context, const uint8_t *frame, size_t length, int wait_ms)
{
    struct yard_reader *r = context;
    struct sim_device *d = sim_reader_device(r->model);
    (void)wait_ms;
    r->writes++;
    if (!r->is_plugged)
        return SDT_E_GONE;
    return d->out(d, 0x01, frame, length, 0) == (int)length ? 0 : SDT_E_TIMEOUT;
}

static int port_read(void *context, uint8_t *data, size_t size, int wait_ms, size_t *got)
{
    struct yard_reader *r = context;
    struct sim_device *d = sim_reader_device(r->model);
    if (!r->is_plugged)
        return SDT_E_GONE;
    int n = d->in(d, 0x81, data, size < 64 ? size : 64, 0);
    if (n <= 0) {
        fake_clock_advance(&yard.clock, wait_ms);
        return SDT_E_TIMEOUT;
    }
    *got = (size_t)n;
    return 0;
}

static void port_drain(void *context, int quiet_ms)
{
    struct yard_reader *r = context;
    struct sim_device *d = sim_reader_device(r->model);
    uint8_t piece[64];
    (void)quiet_ms;
    while (d->in(d, 0x81, piece, sizeof(piece), 0) > 0)
        ;
}

/* ---- the yard ------------------------------------------------------------------------ */

static struct yard_reader *reader_at(const char *path)
{
    for (size_t i = 0; i < YARD_READERS; i++)
        if (!strcmp(yard.readers[i].path, path))
            return &yard.readers[i];
    return NULL;
}

static int find(void *context, struct sdt_place *out, size_t max, size_t *count)
{
    (void)context;
    yard.finds++;
    *count = 0;
    for (size_t i = 0; i < YARD_READERS && *count < max; i++)
        if (yard.readers[i].is_plugged) {
            struct sdt_place *p = &out[(*count)++];
            *p = (struct sdt_place){ .style = SDT_STYLE_SINGLE };
            memcpy(p->path, yard.readers[i].path, SDT_PATH);
        }
    return 0;
}

static int open_reader(void *context, struct sdt_connection *out, const struct sdt_place *place)
{
    struct yard_reader *r = reader_at(place->path);
    (void)context;
    *out = (struct sdt_connection){ .place = *place };
    if (!r || !r->is_plugged)
        return USB_E_GONE;
    CHECK(!r->is_open);
    r->opens++;
    r->is_open = !r->open_fails;
    return r->open_fails;
}

static void close_reader(void *context, struct sdt_connection *c)
{
    struct yard_reader *r = reader_at(c->place.path);
    (void)context;
    if (r)
        r->is_open = false;
}

static struct sdt_port port_of(void *context, struct sdt_connection *c)
{
    (void)context;
    return (struct sdt_port){ .context = reader_at(c->place.path),
                              .write = port_write,
                              .read = port_read,
                              .drain = port_drain };
}

/* As a bus that tells, or one that has to be asked. */
static int rest_ms(void *context, unsigned looks)
{
    (void)context;
    return yard.tells ? looks > 1 ? 60000 : 1000 : looks > 2 ? 5000 : (int)looks * 1000;
}

static unsigned changes(void *context)
{
    (void)context;
    return yard.forgets_changes ? 0 : yard.changes;
}

/* ---- the ears ------------------------------------------------------------------------ */

static void say(void *context, enum event_kind kind, int number)
{
    (void)context;
    CHECK(yard.told_count < YARD_TOLD);
    yard.told[yard.told_count++] = (struct yard_told){ kind, number };
}

static void say_person(void *context, const struct person *person)
{
    yard.read = *person;
    say(context, EV_CARD_READ, 0);
}

static bool is_ending(void *context)
{
    (void)context;
    return yard.is_ending;
}

/* ---- for tests ----------------------------------------------------------------------- */

int yard_setup(void **state)
{
    static const struct reader_yard places = { NULL,    find,    open_reader, close_reader,
                                               port_of, changes, rest_ms };
    static const struct reader_ears ears = { NULL, say, say_person, is_ending };
    (void)state;
    yard = (struct yard){ .clock = fake_clock_at(1000, 0) };
    for (size_t i = 0; i < YARD_READERS; i++) {
        yard.readers[i].model = sim_reader_new(SIM_READER_SINGLE);
        if (!yard.readers[i].model)
            return -1;
        snprintf(yard.readers[i].path, SDT_PATH, "1-%zu", i + 1);
    }
    return readers_new(&yard.all, &places, &ears, &yard.clock.base, &yard.person);
}

int yard_teardown(void **state)
{
    (void)state;
    readers_free(yard.all);
    for (size_t i = 0; i < YARD_READERS; i++) {
        CHECK(!yard.readers[i].is_open); /* everything is given back */
        sim_reader_free(yard.readers[i].model);
    }
    return 0;
}

void yard_plug(size_t index, bool is_plugged)
{
    struct yard_reader *r = &yard.readers[index];
    struct sim_device *d = sim_reader_device(r->model);
    r->is_plugged = is_plugged;
    d->plugged(d, is_plugged, 0);
    yard.changes++;
    if (yard.tells)
        readers_hear(yard.all);
}

void yard_lay(size_t index, const char *number)
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
    sim_reader_put_card(yard.readers[index].model, text);
}

void yard_run(int64_t ms)
{
    int64_t end = yard.clock.boot + ms;
    while (yard.clock.boot < end) {
        int wait_ms = readers_step(yard.all);
        CHECK_BYTES(&yard.person, &(struct person){ 0 }, sizeof(yard.person)); /* wiped */
        int64_t left = end - yard.clock.boot;
        fake_clock_advance(&yard.clock, wait_ms < left ? wait_ms : left > 0 ? left : 0);
    }
}

void yard_expect(enum event_kind kind, int number)
{
    for (int i = 0; i < 100 && yard.taken == yard.told_count; i++)
        yard_run(100);
    CHECK(yard.taken < yard.told_count);
    CHECK_EQ(yard.told[yard.taken].kind, kind);
    CHECK_EQ(yard.told[yard.taken].number, number);
    if (++yard.taken == yard.told_count)
        yard.taken = yard.told_count = 0;
}

void yard_expect_nothing(int64_t ms)
{
    CHECK_EQ(yard.told_count, yard.taken);
    yard_run(ms);
    CHECK_EQ(yard.told_count, yard.taken);
}

struct reader_facts yard_facts(void)
{
    struct reader_facts facts;
    readers_tell_facts(yard.all, &facts);
    return facts;
}
