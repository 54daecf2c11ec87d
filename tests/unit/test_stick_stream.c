/* links: drivers/stick firmware/base */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "drivers/stick/inside.h"
#include "tests/support/check.h"

/* A file too large for the memory, read piece by piece from a stick that may go, shrink or grow meanwhile. */

enum { BYTES = 1000 };

static struct rig {
    char mount[32];
    struct stick *stick;
    struct stick_calls calls;
    int64_t most;   /* that one call reads; 0: as asked */
    int64_t says;   /* size that the file claims; 0: its own */
    int reads_left; /* until the stick is pulled; -1: never */
    int seek_fails, open_count;
} rig;

static int open_counted(int folder, const char *name, int flags, unsigned mode)
{
    int fd = stick_system.open(folder, name, flags, mode);
    rig.open_count += fd >= 0;
    return fd;
}

static void close_counted(int fd)
{
    rig.open_count--;
    stick_system.close(fd);
}

static int look_claims(int fd, struct stat *out)
{
    int r = stick_system.look(fd, out);
    if (rig.says && S_ISREG(out->st_mode))
        out->st_size = rig.says;
    return r;
}

static int64_t read_little(int fd, void *out, size_t length)
{
    if (!rig.reads_left)
        return -ENODEV;
    rig.reads_left -= rig.reads_left > 0;
    return stick_system.read(fd, out,
                             rig.most && length > (size_t)rig.most ? (size_t)rig.most : length);
}

static int seek_maybe(int fd, int64_t at)
{
    return rig.seek_fails ? -rig.seek_fails : stick_system.seek(fd, at);
}

static void setup(void)
{
    uint8_t data[BYTES];
    rig = (struct rig){ .mount = "/tmp/stick-stream.XXXXXX",
                        .calls = stick_system,
                        .reads_left = -1 };
    rig.calls.open = open_counted;
    rig.calls.close = close_counted;
    rig.calls.look = look_claims;
    rig.calls.read = read_little;
    rig.calls.seek = seek_maybe;
    for (size_t i = 0; i < BYTES; i++)
        data[i] = (uint8_t)(i * 7);
    CHECK(mkdtemp(rig.mount) != NULL);
    CHECK_EQ(stick_prepare(rig.mount), 0);
    CHECK_EQ(stick_open(&rig.stick, rig.mount, &rig.calls), 0);
    CHECK_EQ(stick_write(rig.stick, STICK_BUNDLE_NAME, data, BYTES), 0);
    rig.open_count = 0;
}

static void teardown(void)
{
    char folder[64];
    CHECK_EQ(rig.open_count, 0); /* no descriptor is left open, whatever happened */
    CHECK_EQ(stick_remove(rig.stick, STICK_BUNDLE_NAME), 0);
    stick_free(rig.stick);
    snprintf(folder, sizeof(folder), "%s/" STICK_FOLDER, rig.mount);
    CHECK(!rmdir(folder) && !rmdir(rig.mount));
}

static void test_stream_gives_the_file_in_pieces_and_from_any_place(void **state)
{
    (void)state;
    struct stick_stream t;
    uint8_t piece[300];
    size_t got, sum = 0;
    setup();
    rig.most = 64; /* a medium that gives less than it is asked for */
    CHECK_EQ(stick_stream_open(&t, rig.stick, STICK_BUNDLE_NAME), 0);
    CHECK_EQ(t.size, BYTES);
    do {
        CHECK_EQ(stick_stream_read(&t, piece, sizeof(piece), &got), 0);
        for (size_t i = 0; i < got; i++)
            CHECK_EQ(piece[i], (uint8_t)((sum + i) * 7));
        sum += got;
    } while (got == sizeof(piece));
    CHECK_EQ(sum, BYTES);
    CHECK_EQ(stick_stream_seek(&t, 990), 0);
    CHECK_EQ(stick_stream_read(&t, piece, sizeof(piece), &got), 0);
    CHECK(got == 10 && piece[0] == (uint8_t)(990 * 7));
    CHECK_EQ(stick_stream_seek(&t, BYTES + 1), -EINVAL);
    CHECK_EQ(stick_stream_seek(&t, -1), -EINVAL);
    stick_stream_close(&t);
    stick_stream_close(&t); /* again is fine */
    teardown();
}

static void test_stream_of_a_stick_that_is_pulled_is_gone(void **state)
{
    (void)state;
    struct stick_stream t;
    uint8_t piece[100];
    size_t got;
    setup();
    CHECK_EQ(stick_stream_open(&t, rig.stick, STICK_BUNDLE_NAME), 0);
    rig.reads_left = 1;
    CHECK_EQ(stick_stream_read(&t, piece, sizeof(piece), &got), 0);
    CHECK_EQ(stick_stream_read(&t, piece, sizeof(piece), &got), STICK_E_GONE);
    CHECK_EQ(got, 0);
    rig.seek_fails = EIO;
    CHECK_EQ(stick_stream_seek(&t, 0), STICK_E_GONE);
    CHECK_EQ(t.at, 100); /* it stands where it stood */
    stick_stream_close(&t);
    teardown();
}

static void test_stream_believes_no_size_that_the_file_does_not_have(void **state)
{
    (void)state;
    static const struct {
        int64_t says;
        int want;
    } rows[] = { { BYTES + 1, STICK_E_GONE }, { BYTES - 1, STICK_E_LARGE } };
    uint8_t piece[BYTES + 100];
    struct stick_stream t;
    size_t got;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        setup();
        rig.says = rows[i].says;
        CHECK_EQ(stick_stream_open(&t, rig.stick, STICK_BUNDLE_NAME), 0);
        CHECK_EQ(stick_stream_read(&t, piece, sizeof(piece), &got), rows[i].want);
        stick_stream_close(&t);
        teardown();
    }
}

static void test_stream_opens_nothing_that_is_foreign_or_too_large(void **state)
{
    (void)state;
    struct stick_stream t;
    setup();
    CHECK_EQ(stick_kind_of(STICK_BUNDLE_NAME), STICK_BUNDLE);
    CHECK_EQ(stick_stream_open(&t, rig.stick, "readme.txt"), STICK_E_ABSENT);
    CHECK_EQ(stick_stream_open(&t, rig.stick, "stick.json"), STICK_E_ABSENT);
    for (int i = 0; i < 2; i++) {
        rig.says = i ? -1 : (int64_t)STICK_BUNDLE_MAX + 1;
        CHECK_EQ(stick_stream_open(&t, rig.stick, STICK_BUNDLE_NAME), STICK_E_LARGE);
        CHECK(!t.stick && t.fd == -1);
    }
    teardown();
}

RUN(T(test_stream_gives_the_file_in_pieces_and_from_any_place),
    T(test_stream_of_a_stick_that_is_pulled_is_gone),
    T(test_stream_believes_no_size_that_the_file_does_not_have),
    T(test_stream_opens_nothing_that_is_foreign_or_too_large))
