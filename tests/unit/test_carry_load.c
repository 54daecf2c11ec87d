/* links: sync/carry sync/queue firmware/seal firmware/base */
#include <stdlib.h>

#include "sync/carry/load.h"
#include "tests/support/check.h"
#include "tests/support/stick_keys.h"

/* One load file, and everything that can be done to it on the way. */

static struct stick_keys keys;

static struct item item_of(int64_t seq, const void *body, size_t size)
{
    struct item i = { .seq = seq,
                      .kind = ITEM_APPLICATION,
                      .suite = SEAL_SUITE_CMS_P256,
                      .key_id = "county-1",
                      .size = size,
                      .when = { .boot_ms = 5, .wall_ms = 1795680000000, .quality = CLOCK_RTC } };
    memset(i.id, (int)seq, UUID_BYTES);
    memset(i.token, 0x77, UUID_BYTES);
    sha256(i.sha256, body, size);
    receipt_format(i.receipt, "K0012", (uint64_t)seq);
    return i;
}

static void make(struct bytes *file, struct load_facts *f, int items)
{
    struct bytes records AUTO_BYTES = { 0 };
    *f =
        (struct load_facts){ .kiosk = "K0012", .sent = { .boot_ms = 9, .wall_ms = 1795680000000 } };
    for (int n = 1; n <= items; n++) {
        uint8_t body[3000];
        memset(body, n, sizeof(body));
        struct item i = item_of(n, body, (size_t)(100 + n * 37 % 2900));
        sha256(i.sha256, body, i.size);
        CHECK_EQ(load_add(&records, &i, body), 0);
    }
    load_measure(f, &records);
    CHECK_EQ(f->count, items);
    CHECK_EQ(load_write(file, f, &records, &keys.kiosk_key, &keys.kiosk_pem), 0);
    CHECK_EQ(file->length, load_file_bytes(f));
}

static void test_a_load_comes_back_as_it_was_written_without_its_tokens(void **state)
{
    struct bytes file AUTO_BYTES = { 0 };
    struct load_facts wrote, read;
    struct spool_record record;
    size_t at = 0;
    (void)state;
    make(&file, &wrote, 20);
    CHECK_EQ(load_read(&read, file.data, file.length), 0);
    CHECK_EQ(load_verify(&read, file.data, &keys.kiosk_ca, 0), 0);
    CHECK_STR(read.kiosk, "K0012");
    CHECK_EQ(read.first, 1);
    CHECK_EQ(read.last, 20);
    for (int n = 1; n <= 20; n++) {
        CHECK_EQ(load_next(&record, &at, &read, file.data), 0);
        CHECK_EQ(record.item.seq, n);
        CHECK_EQ(((const uint8_t *)record.body)[record.item.size - 1], n);
    }
    CHECK_EQ(load_next(&record, &at, &read, file.data), LOAD_E_END);
    uint8_t token[UUID_BYTES];
    memset(token, 0x77, sizeof(token));
    CHECK(!memmem(file.data, file.length, token, sizeof(token)));
}

static void test_the_same_items_have_the_same_name_whenever_they_are_written(void **state)
{
    struct bytes one AUTO_BYTES = { 0 }, two AUTO_BYTES = { 0 }, three AUTO_BYTES = { 0 };
    struct load_facts a, b, c;
    char first[LOAD_NAME], second[LOAD_NAME], third[LOAD_NAME];
    (void)state;
    make(&one, &a, 5);
    make(&two, &b, 5);
    make(&three, &c, 6);
    load_name(first, &a);
    load_name(second, &b);
    load_name(third, &c);
    CHECK_STR(first, second);
    CHECK(strcmp(first, third) != 0);
    CHECK_EQ(one.length, two.length);
}

static void test_a_load_cut_anywhere_is_not_taken(void **state)
{
    struct bytes file AUTO_BYTES = { 0 };
    struct load_facts f;
    (void)state;
    make(&file, &f, 6);
    for (size_t length = 0; length < file.length; length += 101)
        CHECK(load_read(&f, file.data, length) != 0);
    CHECK_EQ(load_read(&f, file.data, file.length - 1), LOAD_E_DAMAGED);
}

static void test_a_bit_flipped_anywhere_is_found(void **state)
{
    struct bytes file AUTO_BYTES = { 0 };
    struct load_facts f;
    unsigned missed = 0;
    (void)state;
    make(&file, &f, 6);
    size_t signed_bytes = file.length - LOAD_SIGNATURE;
    for (size_t at = 0; at < signed_bytes; at += 7) {
        file.data[at] ^= 0x10;
        if (!load_read(&f, file.data, file.length) &&
            !load_verify(&f, file.data, &keys.kiosk_ca, 0))
            missed++;
        file.data[at] ^= 0x10;
    }
    CHECK_EQ(missed, 0);
    CHECK_EQ(load_read(&f, file.data, file.length), 0);
}

static void test_a_load_signed_by_another_kiosk_or_by_nobody_is_refused(void **state)
{
    struct bytes file AUTO_BYTES = { 0 }, records AUTO_BYTES = { 0 };
    struct load_facts f;
    (void)state;
    make(&file, &f, 3);
    CHECK_EQ(load_read(&f, file.data, file.length), 0);
    CHECK_EQ(load_verify(&f, file.data, &keys.other_ca, 0), LOAD_E_SIGNATURE);
    CHECK_EQ(bytes_append(&records, file.data + LOAD_HEADER, (size_t)f.record_bytes), 0);
    file.length = 0;
    CHECK_EQ(load_write(&file, &f, &records, &keys.other_key, &keys.other_pem), 0);
    CHECK_EQ(load_read(&f, file.data, file.length), 0);
    CHECK_EQ(load_verify(&f, file.data, &keys.kiosk_ca, 0), LOAD_E_SIGNATURE);
    put_be32(file.data + file.length - LOAD_SIGNATURE, UINT32_MAX);
    CHECK_EQ(load_verify(&f, file.data, &keys.kiosk_ca, 0), LOAD_E_SIGNATURE);
    CHECK_EQ(load_write(&file, &f, &records, &keys.kiosk_key, &keys.other_pem), SEAL_E_FORMAT);
}

static int start(void **state)
{
    (void)state;
    stick_keys_make(&keys);
    return 0;
}

static int stop(void **state)
{
    (void)state;
    stick_keys_clear(&keys);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(test_a_load_comes_back_as_it_was_written_without_its_tokens),
        T(test_the_same_items_have_the_same_name_whenever_they_are_written),
        T(test_a_load_cut_anywhere_is_not_taken),
        T(test_a_bit_flipped_anywhere_is_found),
        T(test_a_load_signed_by_another_kiosk_or_by_nobody_is_refused),
    };
    return cmocka_run_group_tests(tests, start, stop);
}
