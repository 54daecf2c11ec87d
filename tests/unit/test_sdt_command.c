/* links: drivers/idcard drivers/usb firmware/card firmware/base */
#include <stdlib.h>

#include "drivers/idcard/command.h"
#include "tests/support/check.h"

/* A reader that answers each request with the next line of a script, and time that passes only in waits. */
static struct replay {
    struct fake_clock clock;
    const char *lines[3]; /* hex; ".." is the preamble, a "!" at the end pulls the cable */
    size_t step;          /* bytes to one read */
    int write_ms;         /* how long a write takes */
    uint8_t data[1400];
    size_t length, at;
    bool is_gone;
    unsigned requests, drains, waited_for_quiet, dropped;
} replay;

static const uint8_t preamble[] = { 0xaa, 0xaa, 0xaa, 0x96, 0x69 };

static size_t bytes_of(uint8_t *out, const char *text, bool *is_gone)
{
    size_t count = 0;
    *is_gone = false;
    while (*text) {
        char pair[3] = { text[0], text[1], 0 };
        if (*text == '!')
            *is_gone = true;
        if (*text == ' ' || *text == '!') {
            text++;
            continue;
        }
        if (*text == '.') {
            memcpy(out + count, preamble, sizeof(preamble));
            count += sizeof(preamble);
        } else {
            out[count++] = (uint8_t)strtoul(pair, NULL, 16);
        }
        text += 2;
    }
    return count;
}

static int replay_write(void *context, const uint8_t *frame, size_t length, int wait_ms)
{
    (void)context;
    (void)wait_ms;
    CHECK_EQ(length, 10);
    CHECK_BYTES(frame, "\xaa\xaa\xaa\x96\x69\x00\x03", 7);
    CHECK_EQ(replay.at, replay.length); /* nothing old may be left when a request goes out */
    fake_clock_advance(&replay.clock, replay.write_ms);
    const char *line = replay.requests < 2 ? replay.lines[replay.requests] : NULL;
    CHECK(line != NULL); /* asked more often than it may */
    replay.requests++;
    replay.at = 0;
    replay.length = bytes_of(replay.data, line ? line : "", &replay.is_gone);
    return 0;
}

static int replay_read(void *context, uint8_t *data, size_t size, int wait_ms, size_t *got)
{
    size_t left = replay.length - replay.at, most = replay.step < size ? replay.step : size;
    (void)context;
    CHECK(wait_ms > 0);
    if (!left && replay.is_gone)
        return SDT_E_GONE;
    if (!left) {
        fake_clock_advance(&replay.clock, wait_ms);
        return SDT_E_TIMEOUT;
    }
    *got = left < most ? left : most;
    memcpy(data, replay.data + replay.at, *got);
    replay.at += *got;
    return 0;
}

static void replay_drain(void *context, int quiet_ms)
{
    (void)context;
    replay.waited_for_quiet += quiet_ms > 0;
    replay.drains++;
    replay.dropped += (unsigned)(replay.length - replay.at);
    replay.at = replay.length;
}

static void replay_start(struct sdt_line *line, const char *first, const char *second, size_t step)
{
    replay = (struct replay){ .clock = fake_clock_at(1000, 0),
                              .lines = { first, second },
                              .step = step };
    *line = (struct sdt_line){ .port = { NULL, replay_write, replay_read, replay_drain },
                               .clock = &replay.clock.base };
}

#define OK ".. 00 04 00 00 90 94"
#define FOUND ".. 00 08 00 00 9F 00 00 00 00 97"
#define CHOSEN ".. 00 0C 00 00 90 00 00 00 00 00 00 00 00 9C"
#define NO_CARD ".. 00 04 00 00 80 84"

/* Vectors M1 to M14, and their neighbours: what one command makes of them. */
static const struct {
    const char *name;
    enum sdt_command_id id;
    const char *first, *second; /* NULL: there must be no second request */
    int want, ms;               /* ms: how long it takes */
} rows[] = {
    { "good", SDT_STATUS, OK, NULL, 0, 0 },
    { "an honest no", SDT_FIND, NO_CARD, NULL, SDT_E_STATUS, 0 },
    { "M1 once", SDT_STATUS, ".. 00 04 00 00 90 95", OK, 0, 0 },
    { "M1 twice", SDT_STATUS, ".. 00 04 00 00 90 95", ".. 00 04 00 00 90 95", SDT_E_CHECKSUM, 0 },
    { "M2", SDT_FIND, ".. 00 08 00 00 9F 00 00", ".. 00 08 00 00 9F 00 00", SDT_E_TIMEOUT, 2000 },
    { "M2 once", SDT_FIND, ".. 00 08 00 00 9F 00 00", FOUND, 0, 1000 },
    { "M3", SDT_STATUS, ".. FF FF 00 00 90", NULL, SDT_E_LENGTH, 0 },
    { "M3 for this command", SDT_STATUS, FOUND, NULL, SDT_E_LENGTH, 0 },
    { "M4", SDT_STATUS, ".. 00 00", NULL, SDT_E_LENGTH, 0 },
    { "M4 with a true checksum", SDT_STATUS, ".. 00 03 00 00 03", NULL, SDT_E_LENGTH, 0 },
    { "M5", SDT_STATUS, "AA AA AB 96 69 00 04 00 00 90 94", "AA AA AB 96 69", SDT_E_PREAMBLE,
      2000 },
    { "M6", SDT_STATUS, OK " 00 00 00", NULL, 0, 0 },
    { "M7", SDT_STATUS, "00 FF " OK, NULL, 0, 0 },
    { "M8", SDT_STATUS, "AA " OK, NULL, 0, 0 },
    { "M10", SDT_READ, ".. 00 0C 00 00 90 FF FF FF FF 00 00 00 00 9C", NULL, SDT_E_PAYLOAD, 0 },
    { "M11 once", SDT_SELECT, FOUND, CHOSEN, 0, 0 },
    { "M11 twice", SDT_SELECT, FOUND, FOUND, SDT_E_UNEXPECTED, 0 },
    { "M12", SDT_STATUS, OK " " FOUND, NULL, 0, 0 },
    { "M13", SDT_STATUS, "", "", SDT_E_TIMEOUT, 2000 },
    { "M13 of a read", SDT_READ, "", "", SDT_E_TIMEOUT, 6000 },
    { "M14", SDT_FIND, ".. 00 08 00 00 9F 00 !", NULL, SDT_E_GONE, 0 },
    { "M14 at once", SDT_FIND, "!", NULL, SDT_E_GONE, 0 },
    { "M14 at the second request", SDT_STATUS, ".. 00 04 00 00 90 95", "!", SDT_E_GONE, 0 },
    { "the reader received it broken", SDT_STATUS, ".. 00 04 00 00 10 14", OK, 0, 0 },
    { "the reader received it short", SDT_STATUS, ".. 00 04 00 00 11 15", ".. 00 04 00 00 11 15",
      SDT_E_STATUS, 0 },
};

static void test_sdt_command_answers_every_malformed_reply_as_it_must(void **state)
{
    (void)state;
    static const size_t steps[] = { 1, 3, 64, 1400 };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        for (size_t k = 0; k < sizeof(steps) / sizeof(steps[0]); k++) {
            struct sdt_line line;
            struct sdt_reply reply;
            replay_start(&line, rows[i].first, rows[i].second, steps[k]);
            int r = sdt_carry_out(&line, rows[i].id, &reply);
            if (r != rows[i].want)
                print_error("%s, %zu at a time\n", rows[i].name, steps[k]);
            CHECK_EQ(r, rows[i].want);
            CHECK_EQ(replay.requests, rows[i].second ? 2 : 1);
            CHECK(replay.drains >= replay.requests); /* before every request */
            CHECK_EQ(replay.clock.boot - 1000, rows[i].ms);
            if (r && r != SDT_E_STATUS)
                CHECK_BYTES(&reply, &(struct sdt_reply){ 0 }, sizeof(reply));
        }
}

static void test_sdt_command_takes_nothing_of_the_second_frame(void **state)
{
    (void)state;
    struct sdt_line line;
    struct sdt_reply reply;
    replay_start(&line, OK " " FOUND, NO_CARD, 5);
    CHECK_EQ(sdt_carry_out(&line, SDT_STATUS, &reply), 0);
    CHECK_EQ(sdt_carry_out(&line, SDT_FIND, &reply), SDT_E_STATUS);
    CHECK_EQ(reply.sw3, SDT_NO_CARD);
    CHECK(replay.dropped > 0);
}

/* Out of step is every reader at first and after a broken reply; only then time is spent on draining. */
static void test_sdt_command_waits_for_quiet_only_when_out_of_step(void **state)
{
    (void)state;
    struct sdt_line line;
    struct sdt_reply reply;
    replay_start(&line, OK, NO_CARD, 64);
    CHECK_EQ(sdt_carry_out(&line, SDT_STATUS, &reply), 0);
    CHECK_EQ(replay.waited_for_quiet, 1);
    CHECK_EQ(sdt_carry_out(&line, SDT_FIND, &reply), SDT_E_STATUS);
    CHECK_EQ(replay.waited_for_quiet, 1);
    replay_start(&line, ".. FF FF 00 00 90", OK, 64);
    CHECK_EQ(sdt_carry_out(&line, SDT_STATUS, &reply), SDT_E_LENGTH);
    CHECK_EQ(sdt_carry_out(&line, SDT_STATUS, &reply), 0);
    CHECK_EQ(replay.waited_for_quiet, 2);
}

/* Writing and reading share one deadline. */
static void test_sdt_command_slow_write_leaves_less_time_to_read(void **state)
{
    (void)state;
    struct sdt_line line;
    struct sdt_reply reply;
    replay_start(&line, "", "", 64);
    replay.write_ms = 900;
    CHECK_EQ(sdt_carry_out(&line, SDT_STATUS, &reply), SDT_E_TIMEOUT);
    CHECK_EQ(replay.clock.boot - 1000, 2000);
}

static void test_sdt_command_gone_reader_leaves_nothing_in_the_parser(void **state)
{
    (void)state;
    struct sdt_line line;
    struct sdt_reply reply;
    replay_start(&line, ".. 05 08 00 00 90 01 00 04 00 31 32 33 34 35 36 37 38 !", NULL, 64);
    CHECK_EQ(sdt_carry_out(&line, SDT_READ, &reply), SDT_E_GONE);
    CHECK_BYTES(&line.parser, &(struct sdt_parser){ 0 }, sizeof(line.parser));
}

RUN(T(test_sdt_command_answers_every_malformed_reply_as_it_must),
    T(test_sdt_command_takes_nothing_of_the_second_frame),
    T(test_sdt_command_waits_for_quiet_only_when_out_of_step),
    T(test_sdt_command_slow_write_leaves_less_time_to_read),
    T(test_sdt_command_gone_reader_leaves_nothing_in_the_parser))
