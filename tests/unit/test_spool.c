/* links: sync/queue firmware/seal firmware/base */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "firmware/base/log.h"
#include "sync/queue/spool.h"
#include "tests/support/check.h"

/* The spool log on a real folder: what is appended is found again, and whatever else lies there costs at most itself. */

enum { SEGMENT = 16 * 1024, SEEN_MAX = 64 };

struct seen {
    size_t count;
    struct spool_record of[SEEN_MAX];
};

static struct folder folder;
static char path[256];

/* A fresh folder for each test. */
static int begin(void **state)
{
    static int n;
    (void)state;
    log_set_level((enum log_level)0);
    snprintf(path, sizeof(path), "%s/spool-%d", test_folder(), n++);
    return folder_open(&folder, path);
}

static int note(void *context, const struct spool_record *record)
{
    struct seen *seen = context;
    CHECK(seen->count < SEEN_MAX);
    seen->of[seen->count++] = *record;
    return 0;
}

static struct spool *open_spool(struct seen *seen, unsigned *damaged)
{
    struct spool *s = NULL;
    *seen = (struct seen){ 0 };
    CHECK_EQ(spool_open(&s, &folder.base, SEGMENT), 0);
    CHECK_EQ(spool_scan(s, note, seen, damaged), 0);
    return s;
}

static void fill(struct bytes *body, int64_t seq, size_t size)
{
    CHECK_EQ(bytes_reserve(body, size), 0);
    body->length = size;
    for (size_t i = 0; i < size; i++)
        body->data[i] = (uint8_t)(i * 31 + (size_t)seq * 7 + 1);
}

static struct spool_record item_of(int64_t seq, const struct bytes *body)
{
    struct spool_record r = {
        .kind = SPOOL_ITEM,
        .item = { .seq = seq,
                  .kind = ITEM_RATING,
                  .suite = 1,
                  .has_chain = true,
                  .size = body->length,
                  .key_id = "county-1",
                  .when = { .boot_ms = 5, .wall_ms = 6, .quality = CLOCK_RTC } },
        .body = body->data
    };
    memset(r.item.id, (int)seq, UUID_BYTES);
    memset(r.item.token, (int)seq + 100, UUID_BYTES);
    memset(r.item.chain, 3, UUID_BYTES);
    sha256(r.item.sha256, body->data, body->length);
    receipt_format(r.item.receipt, "K0012", (uint64_t)seq);
    return r;
}

static int append(struct spool *s, int64_t seq, size_t size)
{
    struct bytes body AUTO_BYTES = { 0 };
    fill(&body, seq, size);
    struct spool_record r = item_of(seq, &body);
    return spool_append(s, &r, 1, seq + 64);
}

static void damage(const char *name, long at, const void *with, size_t length)
{
    char file[512];
    snprintf(file, sizeof(file), "%s/%s", path, name);
    int fd = open(file, O_RDWR | O_CREAT, 0600);
    CHECK(fd >= 0);
    CHECK_EQ(pwrite(fd, with, length, at), length);
    close(fd);
}

static void flip(const char *name, long at)
{
    char file[512];
    uint8_t byte;
    snprintf(file, sizeof(file), "%s/%s", path, name);
    int fd = open(file, O_RDWR);
    CHECK(fd >= 0);
    CHECK_EQ(pread(fd, &byte, 1, at), 1);
    byte ^= 4;
    CHECK_EQ(pwrite(fd, &byte, 1, at), 1);
    close(fd);
}

/* Items only, in order. */
static size_t items(const struct seen *seen, int64_t seqs[SEEN_MAX])
{
    size_t count = 0;
    for (size_t i = 0; i < seen->count; i++)
        if (seen->of[i].kind == SPOOL_ITEM)
            seqs[count++] = seen->of[i].item.seq;
    return count;
}

static void check_body(struct spool *s, const struct item *i)
{
    struct bytes want AUTO_BYTES = { 0 }, got AUTO_BYTES = { 0 };
    fill(&want, i->seq, i->size);
    CHECK_EQ(spool_read(s, i->position, &got), 0);
    CHECK_EQ(got.length, want.length);
    CHECK_BYTES(got.data, want.data, want.length);
}

/* ---- what is appended is there ------------------------------------------------------- */

static void test_spool_gives_back_every_field_and_every_byte(void **state)
{
    struct seen seen;
    unsigned damaged = 9;
    (void)state;
    static const size_t sizes[] = { 1, 191, 192, 193, 703, 704, 705, 5000, 9000, 40000 };
    struct spool *s = open_spool(&seen, &damaged);
    for (size_t i = 0; i < sizeof(sizes) / sizeof(*sizes); i++)
        CHECK_EQ(append(s, (int64_t)i + 1, sizes[i]), 0);
    spool_free(s);
    s = open_spool(&seen, &damaged);
    CHECK_EQ(damaged, 0);
    size_t n = 0;
    for (size_t i = 0; i < seen.count; i++) {
        const struct item *item = &seen.of[i].item;
        if (seen.of[i].kind != SPOOL_ITEM)
            continue;
        CHECK_EQ(item->seq, n + 1);
        CHECK_EQ(item->size, sizes[n++]);
        CHECK_EQ(item->kind, ITEM_RATING);
        CHECK(item->has_chain && !item->has_after);
        CHECK_EQ(item->id[3], item->seq);
        CHECK_EQ(item->token[3], item->seq + 100);
        CHECK_EQ(item->chain[15], 3);
        CHECK_STR(item->key_id, "county-1");
        CHECK_EQ(item->when.wall_ms, 6);
        CHECK_EQ(item->when.quality, CLOCK_RTC);
        check_body(s, item);
    }
    CHECK_EQ(n, sizeof(sizes) / sizeof(*sizes));
    spool_free(s);
}

static void test_spool_names_the_floor_in_each_new_segment(void **state)
{
    struct seen seen;
    unsigned damaged;
    (void)state;
    struct spool *s = open_spool(&seen, &damaged);
    for (int64_t seq = 1; seq <= 12; seq++)
        CHECK_EQ(append(s, seq, 6000), 0);
    CHECK(spool_segment_count(s) >= 5);
    size_t segments = spool_segment_count(s);
    spool_free(s);
    s = open_spool(&seen, &damaged);
    size_t floors = 0;
    for (size_t i = 0; i < seen.count; i++)
        floors += seen.of[i].kind == SPOOL_FLOOR;
    CHECK_EQ(floors, segments);
    spool_free(s);
}

static void test_spool_makes_a_segment_of_its_own_for_a_record_larger_than_one(void **state)
{
    struct seen seen;
    unsigned damaged;
    (void)state;
    struct spool *s = open_spool(&seen, &damaged);
    CHECK_EQ(append(s, 1, 100), 0);
    CHECK_EQ(append(s, 2, 5 * SEGMENT), 0);
    CHECK_EQ(append(s, 3, 100), 0);
    spool_free(s);
    s = open_spool(&seen, &damaged);
    CHECK_EQ(damaged, 0);
    int64_t seqs[SEEN_MAX];
    CHECK_EQ(items(&seen, seqs), 3);
    for (size_t i = 0; i < seen.count; i++)
        if (seen.of[i].kind == SPOOL_ITEM)
            check_body(s, &seen.of[i].item);
    spool_free(s);
}

static void test_spool_goes_on_behind_the_last_record_after_a_clean_end(void **state)
{
    struct seen seen;
    unsigned damaged;
    (void)state;
    struct spool *s = open_spool(&seen, &damaged);
    CHECK_EQ(append(s, 1, 1000), 0);
    spool_free(s);
    s = open_spool(&seen, &damaged);
    CHECK_EQ(append(s, 2, 1000), 0);
    CHECK_EQ(spool_segment_count(s), 1);
    spool_free(s);
}

/* ---- damage -------------------------------------------------------------------------- */

/* A write torn at each sector: the whole record is there or it is not believed, earlier ones stay, and the segment takes
 * no more. */
static void test_spool_cuts_a_torn_tail(void **state)
{
    (void)state;
    for (int torn = 0; torn < 6; torn++) {
        struct seen seen;
        unsigned damaged;
        int64_t seqs[SEEN_MAX];
        uint8_t zeros[8 * SPOOL_SECTOR] = { 0 };
        begin(state);
        struct spool *s = open_spool(&seen, &damaged);
        CHECK_EQ(append(s, 1, 1000), 0);
        CHECK_EQ(append(s, 2, 2000), 0); /* five sectors, from 512 + 1536 on */
        spool_free(s);
        damage("00000001.seg", 2048 + torn * SPOOL_SECTOR, zeros,
               (size_t)(5 - torn) * SPOOL_SECTOR);
        s = open_spool(&seen, &damaged);
        size_t count = items(&seen, seqs);
        struct bytes body AUTO_BYTES = { 0 };
        CHECK_EQ(count, torn ? 2 : 1);
        if (torn)
            CHECK_EQ(spool_read(s, seen.of[seen.count - 1].item.position, &body),
                     torn == 5 ? 0 : SPOOL_E_DAMAGED);
        CHECK_EQ(append(s, 3, 500), 0);
        spool_free(s);
        s = open_spool(&seen, &damaged);
        CHECK_EQ(items(&seen, seqs), count + 1);
        spool_free(s);
    }
}

/* One bit anywhere in the middle record of three costs that record, at most. */
static void test_spool_finds_the_records_behind_a_flipped_bit(void **state)
{
    (void)state;
    for (long at = 0; at < 2560; at += 61) {
        struct seen seen;
        unsigned damaged = 0;
        int64_t seqs[SEEN_MAX];
        begin(state);
        struct spool *s = open_spool(&seen, &damaged);
        for (int64_t seq = 1; seq <= 3; seq++)
            CHECK_EQ(append(s, seq, 2000), 0);
        spool_free(s);
        flip("00000001.seg", 512 + 2560 + at);
        s = open_spool(&seen, &damaged);
        size_t count = items(&seen, seqs);
        struct bytes body AUTO_BYTES = { 0 };
        CHECK(count >= 2 && seqs[0] == 1 && seqs[count - 1] == 3);
        if (at < SPOOL_HEADER)
            CHECK(count == 2 && damaged == 1);
        else
            CHECK_EQ(spool_read(s, seen.of[2].item.position, &body),
                     at < SPOOL_HEADER + 2000 ? SPOOL_E_DAMAGED : 0);
        check_body(s, &seen.of[seen.count - 1].item);
        CHECK_EQ(append(s, 4, 100), 0);
        spool_free(s);
    }
}

static void test_spool_survives_a_segment_of_any_length(void **state)
{
    (void)state;
    for (off_t length = 0; length <= 5000; length += 250) {
        struct seen seen;
        unsigned damaged;
        int64_t seqs[SEEN_MAX];
        char file[512];
        begin(state);
        struct spool *s = open_spool(&seen, &damaged);
        CHECK_EQ(append(s, 1, 1000), 0);
        CHECK_EQ(append(s, 2, 2000), 0);
        spool_free(s);
        snprintf(file, sizeof(file), "%s/00000001.seg", path);
        CHECK_EQ(truncate(file, length), 0);
        s = open_spool(&seen, &damaged);
        size_t count = items(&seen, seqs);
        CHECK_EQ(count, length >= 2048 + 2560 ? 2 : length >= 2048 ? 1 : 0);
        CHECK_EQ(append(s, 3, 500), 0); /* in a new segment: this one may end anywhere */
        CHECK_EQ(spool_segment_count(s), 2);
        spool_free(s);
    }
}

static void test_spool_does_not_believe_a_header_that_lies(void **state)
{
    (void)state;
    struct bytes body AUTO_BYTES = { 0 };
    struct spool_record out;
    uint8_t sector[SPOOL_SECTOR] = { 0 };
    fill(&body, 1, 100);
    struct spool_record good = item_of(1, &body);
    spool_header_write(sector, &good);
    CHECK_EQ(spool_header_parse(&out, sector), 0);
    for (size_t bit = 0; bit < SPOOL_HEADER * 8; bit++) {
        sector[bit / 8] ^= (uint8_t)(1 << bit % 8);
        CHECK_EQ(spool_header_parse(&out, sector), -EINVAL);
        sector[bit / 8] ^= (uint8_t)(1 << bit % 8);
    }
    /* Whole, with a right sum, and senseless. */
    struct spool_record bad[6];
    for (size_t i = 0; i < 6; i++)
        bad[i] = good;
    bad[0].item.size = 0;
    bad[1].item.size = 64 * 1024 * 1024;
    bad[2].item.seq = 0;
    bad[3].item.kind = (enum item_kind)99;
    bad[4].kind = (enum spool_kind)4;
    bad[5].kind = SPOOL_VOID; /* has a body */
    for (size_t i = 0; i < 6; i++) {
        spool_header_write(sector, &bad[i]);
        CHECK_EQ(spool_header_parse(&out, sector), -EINVAL);
    }
}

static int64_t (*good_read)(struct disk_file *file, uint64_t at, void *out, size_t length);

/* A medium with one bad block of 4 KiB. */
static int64_t read_around_bad_block(struct disk_file *file, uint64_t at, void *out, size_t length)
{
    return at < 8192 && at + length > 4096 ? -EIO : good_read(file, at, out, length);
}

static void test_spool_reads_around_a_bad_block(void **state)
{
    struct seen seen;
    unsigned damaged;
    int64_t seqs[SEEN_MAX];
    (void)state;
    struct spool *s = open_spool(&seen, &damaged);
    for (int64_t seq = 1; seq <= 6; seq++)
        CHECK_EQ(append(s, seq, 2000), 0);
    spool_free(s);
    good_read = folder.base.read;
    folder.base.read = read_around_bad_block;
    s = open_spool(&seen, &damaged);
    CHECK_EQ(damaged, 1);
    /* They begin at 512 + n * 2560: the third in the block, and the second reaches into it. */
    size_t count = items(&seen, seqs);
    struct bytes body AUTO_BYTES = { 0 };
    CHECK(count == 5 && seqs[0] == 1 && seqs[1] == 2 && seqs[2] == 4 && seqs[4] == 6);
    check_body(s, &seen.of[1].item);
    CHECK_EQ(spool_read(s, seen.of[2].item.position, &body), SPOOL_E_DAMAGED);
    check_body(s, &seen.of[seen.count - 1].item);
    CHECK_EQ(append(s, 7, 100), 0);
    spool_free(s);
}

/* ---- what does not belong there ------------------------------------------------------ */

static void make_foreign(const char *name, int kind)
{
    char file[512];
    uint8_t noise[3000];
    snprintf(file, sizeof(file), "%s/%s", path, name);
    for (size_t i = 0; i < sizeof(noise); i++)
        noise[i] = (uint8_t)(i * i >> 3);
    if (kind == 0)
        damage(name, 0, noise, sizeof(noise));
    else if (kind == 1)
        CHECK_EQ(mkdir(file, 0700), 0);
    else
        CHECK_EQ(symlink("/etc/hostname", file), 0);
}

static void test_spool_works_beside_files_that_are_no_segments(void **state)
{
    (void)state;
    static const char *const names[] = { "notes.txt",    "0000000g.seg", "00000002.seg.bak",
                                         "2.seg",        "0000000A.seg", "00000000.seg",
                                         "ffffffff.seg", "00000005.seg" };
    for (int kind = 0; kind < 3; kind++) {
        struct seen seen;
        unsigned damaged;
        int64_t seqs[SEEN_MAX];
        begin(state);
        struct spool *s = open_spool(&seen, &damaged);
        CHECK_EQ(append(s, 1, 1000), 0);
        spool_free(s);
        for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
            make_foreign(names[i], kind);
        s = open_spool(&seen, &damaged);
        CHECK_EQ(items(&seen, seqs), 1);
        CHECK_EQ(append(s, 2, 1000), 0);
        spool_free(s);
        s = open_spool(&seen, &damaged);
        CHECK_EQ(items(&seen, seqs), 2);
        spool_free(s);
    }
}

/* ---- growing and ending -------------------------------------------------------------- */

static void test_spool_prepares_the_next_segment_before_it_is_needed(void **state)
{
    struct seen seen;
    unsigned damaged;
    (void)state;
    struct spool *s = open_spool(&seen, &damaged);
    CHECK_EQ(append(s, 1, 1000), 0);
    spool_prepare(s);
    CHECK_EQ(spool_segment_count(s), 1);
    CHECK_EQ(append(s, 2, 12000), 0);
    spool_prepare(s);
    spool_prepare(s);
    CHECK_EQ(spool_segment_count(s), 2);
    CHECK_EQ(append(s, 3, 12000), 0);
    CHECK_EQ(spool_segment_count(s), 2);
    spool_free(s);
    s = open_spool(&seen, &damaged);
    CHECK_EQ(damaged, 0);
    spool_free(s);
}

static int is_done(void *context, int64_t from, int64_t to)
{
    int64_t first_needed = *(int64_t *)context;
    (void)from;
    return to < first_needed;
}

static void test_spool_retires_what_nobody_needs_and_never_what_it_writes(void **state)
{
    struct seen seen;
    unsigned damaged, retired;
    int64_t seqs[SEEN_MAX], needed = INT64_MAX;
    (void)state;
    struct spool *s = open_spool(&seen, &damaged);
    for (int64_t seq = 1; seq <= 8; seq++)
        CHECK_EQ(append(s, seq, 6000), 0);
    size_t before = spool_segment_count(s);
    CHECK_EQ(spool_retire(s, is_done, &needed, &retired), 0);
    CHECK_EQ(retired, before - 1);
    CHECK_EQ(spool_segment_count(s), 1);
    CHECK_EQ(append(s, 9, 100), 0);
    spool_free(s);
    s = open_spool(&seen, &damaged);
    CHECK(items(&seen, seqs) >= 1);
    CHECK_EQ(seqs[items(&seen, seqs) - 1], 9);
    CHECK(spool_has(s, seen.of[0].item.position) && !spool_has(s, INT64_C(1) << 32));
    spool_free(s);
}

#define F(name) cmocka_unit_test_setup(name, begin)
RUN(F(test_spool_gives_back_every_field_and_every_byte),
    F(test_spool_names_the_floor_in_each_new_segment),
    F(test_spool_makes_a_segment_of_its_own_for_a_record_larger_than_one),
    F(test_spool_goes_on_behind_the_last_record_after_a_clean_end), F(test_spool_cuts_a_torn_tail),
    F(test_spool_finds_the_records_behind_a_flipped_bit),
    F(test_spool_survives_a_segment_of_any_length), F(test_spool_reads_around_a_bad_block),
    T(test_spool_does_not_believe_a_header_that_lies),
    F(test_spool_works_beside_files_that_are_no_segments),
    F(test_spool_prepares_the_next_segment_before_it_is_needed),
    F(test_spool_retires_what_nobody_needs_and_never_what_it_writes))
