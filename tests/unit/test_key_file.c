/* links: sync/feed sync/uplink sync/queue firmware/seal firmware/base */
#include "sync/feed/key_file.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "firmware/seal/seal.h"
#include "sync/feed/files.h"
#include "tests/support/check.h"

/* A data folder with a key in clear, as a board without a TPM has it, and secrets of devices. */
struct yard {
    char folder[300], secret[320], old[320];
    struct bytes key;
    struct key_file file;
};

static void begin(struct yard *y)
{
    static int number;
    struct bytes csr AUTO_BYTES = { 0 };
    struct key_file clear = { 0 };
    *y = (struct yard){ 0 };
    snprintf(y->folder, sizeof(y->folder), "%s/%d", test_folder(), number++);
    snprintf(y->secret, sizeof(y->secret), "%s/secret", test_folder());
    snprintf(y->old, sizeof(y->old), "%s/old", y->folder);
    CHECK_EQ(mkdir(y->folder, 0700), 0);
    CHECK_EQ(identity_create(&y->key, &csr, "K0012"), 0);
    CHECK_EQ(key_file_open(&clear, y->folder, NULL), 0);
    CHECK_EQ(key_file_write(&clear, &y->key), 0);
}

static void end(struct yard *y)
{
    key_file_close(&y->file);
    bytes_clear(&y->key);
}

/* Another start, on a device whose secret is `length` times this byte. */
static void start(struct yard *y, char secret, size_t length)
{
    char text[100];
    memset(text, secret, sizeof(text));
    CHECK_EQ(file_write(test_folder(), "secret", text, length), 0);
    key_file_close(&y->file);
    CHECK_EQ(key_file_open(&y->file, y->folder, y->secret), 0);
}

static bool lies_in_clear(const struct yard *y)
{
    struct bytes found AUTO_BYTES = { 0 };
    CHECK_EQ(file_read(&found, y->folder, KEY_FILE), 0);
    return found.length == y->key.length && !memcmp(found.data, y->key.data, found.length);
}

static void check_reads(const struct yard *y)
{
    struct bytes got AUTO_BYTES = { 0 };
    CHECK_EQ(key_file_read(&got, &y->file), 0);
    CHECK_EQ(got.length, y->key.length);
    CHECK_BYTES(got.data, y->key.data, got.length);
}

static void test_key_file_without_a_secret_stays_as_it_is(void **state)
{
    (void)state;
    struct yard y;
    begin(&y);
    CHECK_EQ(key_file_open(&y.file, y.folder, "/nowhere/secret"), 0);
    CHECK_EQ(key_file_settle(&y.file), 0);
    CHECK(!y.file.secret && lies_in_clear(&y));
    check_reads(&y);
    static const size_t lengths[] = { 0, 4, KEY_SECRET_BYTES - 1, KEY_SECRET_BYTES + 1 };
    for (size_t i = 0; i < sizeof(lengths) / sizeof(lengths[0]); i++) {
        start(&y, 'a', lengths[i]);
        CHECK(!y.file.secret);
    }
    end(&y);
}

static void test_key_file_in_clear_is_kept_under_a_secret_that_has_appeared(void **state)
{
    (void)state;
    struct yard y;
    struct bytes found AUTO_BYTES = { 0 };
    struct stat st;
    char path[400];
    begin(&y);
    start(&y, 'a', KEY_SECRET_BYTES);
    CHECK_EQ(key_file_settle(&y.file), 0);
    CHECK(!lies_in_clear(&y));
    check_reads(&y);
    CHECK_EQ(file_read(&found, y.folder, KEY_FILE), 0);
    CHECK(identity_is_locked(found.data, found.length));
    snprintf(path, sizeof(path), "%s/" KEY_FILE, y.folder);
    CHECK(!stat(path, &st) && (st.st_mode & 0777) == 0600);
    bytes_clear(&found);
    CHECK_EQ(key_file_settle(&y.file), 0); /* once */
    check_reads(&y);
    end(&y);
}

static void test_key_file_that_is_replaced_leaves_zeros_where_it_was(void **state)
{
    (void)state;
    struct yard y;
    struct bytes left AUTO_BYTES = { 0 };
    char path[400];
    begin(&y);
    snprintf(path, sizeof(path), "%s/" KEY_FILE, y.folder);
    CHECK_EQ(link(path, y.old), 0); /* the old file's bytes, wherever they are */
    start(&y, 'a', KEY_SECRET_BYTES);
    CHECK_EQ(key_file_settle(&y.file), 0);
    CHECK_EQ(file_read(&left, y.folder, "old"), 0);
    CHECK_EQ(left.length, y.key.length);
    for (size_t i = 0; i < left.length; i++)
        CHECK_EQ(left.data[i], 0);
    end(&y);
}

static void test_key_file_of_a_cut_while_it_was_replaced_is_whole(void **state)
{
    (void)state;
    struct yard y;
    begin(&y);
    start(&y, 'a', KEY_SECRET_BYTES);
    CHECK_EQ(file_write(y.folder, KEY_FILE ".new", "-----BEGIN ENCRYPTED", 20), 0);
    check_reads(&y);
    CHECK_EQ(key_file_settle(&y.file), 0);
    check_reads(&y);
    CHECK(!lies_in_clear(&y));
    end(&y);
}

static void test_key_file_is_closed_to_every_other_device(void **state)
{
    (void)state;
    struct yard y;
    struct bytes got AUTO_BYTES = { 0 };
    begin(&y);
    start(&y, 'a', KEY_SECRET_BYTES);
    CHECK_EQ(key_file_settle(&y.file), 0);
    start(&y, 'b', KEY_SECRET_BYTES);
    CHECK_EQ(key_file_settle(&y.file), 0); /* it may come back to its own board: left as it is */
    CHECK_EQ(key_file_read(&got, &y.file), KEY_FILE_E_CLOSED);
    start(&y, 'b', 4);
    CHECK_EQ(key_file_settle(&y.file), 0);
    CHECK_EQ(key_file_read(&got, &y.file), KEY_FILE_E_CLOSED);
    CHECK_EQ(got.length, 0);
    start(&y, 'a', KEY_SECRET_BYTES);
    check_reads(&y);
    end(&y);
}

static void test_key_file_that_is_new_is_never_in_clear_where_there_is_a_secret(void **state)
{
    (void)state;
    struct yard y;
    struct bytes got AUTO_BYTES = { 0 };
    char path[400];
    begin(&y);
    snprintf(path, sizeof(path), "%s/" KEY_FILE, y.folder);
    CHECK_EQ(unlink(path), 0);
    start(&y, 'a', KEY_SECRET_BYTES);
    CHECK_EQ(key_file_settle(&y.file), 0);
    CHECK_EQ(key_file_read(&got, &y.file), -ENOENT);
    CHECK_EQ(key_file_write(&y.file, &y.key), 0);
    CHECK(!lies_in_clear(&y));
    check_reads(&y);
    end(&y);
}

RUN(T(test_key_file_without_a_secret_stays_as_it_is),
    T(test_key_file_in_clear_is_kept_under_a_secret_that_has_appeared),
    T(test_key_file_that_is_replaced_leaves_zeros_where_it_was),
    T(test_key_file_of_a_cut_while_it_was_replaced_is_whole),
    T(test_key_file_is_closed_to_every_other_device),
    T(test_key_file_that_is_new_is_never_in_clear_where_there_is_a_secret))
