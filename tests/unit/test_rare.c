/* links: ui/input/rare firmware/base */
#include <stdlib.h>
#include <stdio.h>

#include "firmware/base/bytes.h"
#include "tests/support/check.h"
#include "ui/input/rare/rare.h"

static const char path[] = "assets/input/rare.bin";
static const struct rare_page all = { 0 };

static struct rare *table(void)
{
    struct rare *r = NULL;
    CHECK_EQ(rare_open(&r, path), 0);
    return r;
}

static bool has(const uint32_t *list, size_t count, uint32_t cp)
{
    for (size_t i = 0; i < count; i++)
        if (list[i] == cp)
            return true;
    return false;
}

/* The table's bytes, to be spoilt; free() them. */
static uint8_t *bytes_of_table(size_t *length)
{
    char *data = test_file("../assets/input/rare.bin", length);
    return (uint8_t *)data;
}

static void sum_again(uint8_t *data, size_t length)
{
    put_le32(data + 28, crc32c(0, data + 32, length - 32));
}

static int open_spoilt(const uint8_t *data, size_t length)
{
    AUTO(rare_free) struct rare *r = NULL;
    return rare_open_bytes(&r, data, length);
}

static void test_rare_refuses_a_table_that_is_cut_or_changed(void **state)
{
    (void)state;
    size_t length;
    uint8_t *data = bytes_of_table(&length);
    CHECK_EQ(open_spoilt(data, length), 0);
    for (size_t cut = 0; cut < 64; cut++)
        CHECK_EQ(open_spoilt(data, cut), -EBADMSG);
    CHECK_EQ(open_spoilt(data, length - 1), -EBADMSG);
    data[length / 2] ^= 1;
    CHECK_EQ(open_spoilt(data, length), -EBADMSG);
    free(data);
}

/* What the sum does not show: a table that was made so. */
static void test_rare_refuses_a_table_that_lies(void **state)
{
    (void)state;
    static const struct {
        size_t at;
        uint8_t value;
    } lies[] = {
        { 8, 0xff },  /* groups */
        { 12, 0xff }, /* characters */
        { 32, 0 },    /* radical 0 */
        { 32, 215 },  /* radical 215 */
        { 34, 0xff }, /* one group longer than the others leave it */
    };
    for (size_t i = 0; i < sizeof(lies) / sizeof(lies[0]); i++) {
        size_t length;
        uint8_t *data = bytes_of_table(&length);
        data[lies[i].at] = lies[i].value;
        sum_again(data, length);
        CHECK_EQ(open_spoilt(data, length), -EBADMSG);
        free(data);
    }
    AUTO(rare_free) struct rare *r = NULL;
    CHECK_EQ(rare_open(&r, "/nowhere/rare.bin"), -ENOENT);
}

static void test_rare_finds_characters_by_radical_and_further_strokes(void **state)
{
    (void)state;
    static const struct {
        uint32_t cp;
        uint8_t number, rest;
        bool is_simplified;
    } known[] = {
        { U'喆', 30, 9, false }, { U'堃', 32, 8, false }, { U'翀', 124, 4, false },
        { U'玥', 96, 4, false }, { U'㛃', 38, 6, false }, { 0x2CB4E, 167, 7, true }, /* 𬭎 */
    };
    AUTO(rare_free) struct rare *r = table();
    uint32_t list[2000];
    for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
        size_t n = rare_by_radical(r, known[i].number, known[i].is_simplified, known[i].rest, &all,
                                   list, 2000);
        CHECK(has(list, n, known[i].cp));
        CHECK(rare_rests(r, known[i].number, known[i].is_simplified) & UINT64_C(1)
                                                                           << known[i].rest);
    }
    CHECK_EQ(rare_by_radical(r, 0, false, RARE_ANY, &all, list, 2000), 0);
    CHECK_EQ(rare_by_radical(r, 214, false, 60, &all, list, 2000), 0);
}

static void test_rare_shows_standard_characters_first(void **state)
{
    (void)state;
    AUTO(rare_free) struct rare *r = table();
    uint32_t list[3000];
    size_t n = rare_by_radical(r, 85, false, 5, &all, list, 3000), last = 1;
    CHECK(n > 40 && n < 3000);
    for (size_t i = 0; i < n; i++) {
        int level = rare_level(r, list[i]);
        size_t order = level ? (size_t)level : 4;
        CHECK(order >= last);
        last = order;
    }
    n = rare_by_strokes(r, 12, &all, list, 3000);
    CHECK_EQ(rare_level(r, list[0]), 1);
    for (size_t i = 1; i < n; i++)
        CHECK(list[i] != list[i - 1]);
}

static bool is_in_the_basic_plane(void *context, uint32_t cp)
{
    ++*(size_t *)context;
    return cp <= 0xffff;
}

static void test_rare_gives_back_only_what_can_be_drawn_in_pages(void **state)
{
    (void)state;
    AUTO(rare_free) struct rare *r = table();
    size_t asked = 0, got = 0;
    struct rare_page page = { .can_draw = is_in_the_basic_plane, .context = &asked };
    uint32_t whole[3000], list[7];
    size_t count = rare_by_strokes(r, 30, &page, whole, 3000);
    CHECK(count > 7);
    CHECK(asked > count); /* some were refused */
    for (size_t n; (n = rare_by_strokes(r, 30, &page, list, 7)) > 0; page.skip += n)
        for (size_t i = 0; i < n; i++)
            CHECK(list[i] <= 0xffff && list[i] == whole[got++]);
    CHECK_EQ(got, count);
}

static void test_rare_finds_characters_by_reading(void **state)
{
    (void)state;
    AUTO(rare_free) struct rare *r = table();
    uint32_t list[500];
    size_t n = rare_by_reading(r, "zhe", &all, list, 500);
    CHECK(has(list, n, U'喆') && has(list, n, U'哲'));
    n = rare_by_reading(r, "lv", &all, list, 500);
    CHECK(has(list, n, U'绿') && has(list, n, U'吕'));
    n = rare_by_reading(r, "yan", &all, list, 500);
    CHECK(has(list, n, U'䶮'));
    CHECK_EQ(rare_by_reading(r, "", &all, list, 500), 0);
    CHECK_EQ(rare_by_reading(r, "zhezhezhe", &all, list, 500), 0);
}

static void test_rare_lists_every_radical_with_a_name(void **state)
{
    (void)state;
    AUTO(rare_free) struct rare *r = table();
    bool is_there[RARE_RADICALS + 1] = { false };
    uint8_t strokes = 1;
    for (size_t i = 0; i < rare_radical_count(r); i++) {
        struct rare_radical f = rare_radical(r, i);
        CHECK(*f.form && *f.name && f.strokes >= strokes);
        CHECK(rare_rests(r, f.number, f.is_simplified) != 0);
        strokes = f.strokes;
        is_there[f.number] = true;
    }
    for (size_t i = 1; i <= RARE_RADICALS; i++)
        CHECK(is_there[i]);
}

RUN(T(test_rare_refuses_a_table_that_is_cut_or_changed), T(test_rare_refuses_a_table_that_lies),
    T(test_rare_finds_characters_by_radical_and_further_strokes),
    T(test_rare_shows_standard_characters_first),
    T(test_rare_gives_back_only_what_can_be_drawn_in_pages),
    T(test_rare_finds_characters_by_reading), T(test_rare_lists_every_radical_with_a_name))
