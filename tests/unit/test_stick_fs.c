/* links: board/common firmware/base */
#include <string.h>

#include "board/common/stick_fs.h"
#include "tests/support/check.h"

/* First bytes as mkfs.vfat, mkfs.exfat and mkfs.ext4 write them, as far as they are looked at. */

enum { MIB = 1 << 20 };

static void put16(uint8_t *p, unsigned v)
{
    p[0] = (uint8_t)v;
    p[1] = (uint8_t)(v >> 8);
}

static void put32(uint8_t *p, uint32_t v)
{
    put16(p, v & 0xffff);
    put16(p + 2, v >> 16);
}

static void make_fat32(uint8_t *head, uint32_t sectors)
{
    memset(head, 0, STICK_FS_HEAD);
    put16(head + 11, 512);
    head[13] = 8;
    head[16] = 2;
    put32(head + 32, sectors);
    memcpy(head + 82, "FAT32   ", 8);
    put16(head + 510, 0xaa55);
}

static void make_exfat(uint8_t *head, uint32_t sectors, uint8_t shift)
{
    memset(head, 0, STICK_FS_HEAD);
    memcpy(head + 3, "EXFAT   ", 8);
    put32(head + 72, sectors);
    head[108] = shift;
    put16(head + 510, 0xaa55);
}

static void make_ext4(uint8_t *head, uint32_t blocks, uint32_t features)
{
    memset(head, 0, STICK_FS_HEAD);
    put32(head + 1024 + 4, blocks);
    put32(head + 1024 + 0x18, 2);
    put16(head + 1024 + 0x38, 0xef53);
    put32(head + 1024 + 0x60, features);
}

static void test_stick_fs_refuses_what_is_no_file_system(void **state)
{
    (void)state;
    uint8_t head[STICK_FS_HEAD] = { 0 };
    struct stick_fs fs;
    CHECK_STR(stick_fs_judge(&fs, head, MIB), "no FAT, exFAT or ext4");
    memcpy(head, "hsqs", 4); /* squashfs, which the kernel of a board knows */
    CHECK(stick_fs_judge(&fs, head, MIB) != NULL);
    memset(head, 0xff, sizeof(head));
    CHECK(stick_fs_judge(&fs, head, MIB) != NULL);
}

static void test_stick_fs_knows_the_three_kinds(void **state)
{
    (void)state;
    uint8_t head[STICK_FS_HEAD];
    struct stick_fs fs;
    make_fat32(head, 2048);
    CHECK(!stick_fs_judge(&fs, head, MIB));
    CHECK_EQ(fs.kind, STICK_FS_VFAT);
    CHECK_EQ(fs.bytes, MIB);
    make_exfat(head, 2048, 9);
    CHECK(!stick_fs_judge(&fs, head, MIB));
    CHECK_EQ(fs.kind, STICK_FS_EXFAT);
    make_ext4(head, 256, 0x2c2);
    CHECK(!stick_fs_judge(&fs, head, MIB));
    CHECK_EQ(fs.kind, STICK_FS_EXT4);
    CHECK_EQ(fs.bytes, MIB);
    CHECK(!fs.is_dirty);
}

static void test_stick_fs_refuses_more_than_there_is(void **state)
{
    (void)state;
    uint8_t head[STICK_FS_HEAD];
    struct stick_fs fs;
    make_fat32(head, 2049);
    CHECK_STR(stick_fs_judge(&fs, head, MIB), "a file system that claims more than there is");
    make_exfat(head, 2049, 9);
    CHECK(stick_fs_judge(&fs, head, MIB) != NULL);
    make_ext4(head, 257, 0x2c2);
    CHECK(stick_fs_judge(&fs, head, MIB) != NULL);
    /* High half of the count of blocks. */
    make_ext4(head, 256, 0x2c2);
    put32(head + 1024 + 0x150, 1);
    CHECK(stick_fs_judge(&fs, head, MIB) != NULL);
    make_fat32(head, 2048);
    CHECK_STR(stick_fs_judge(&fs, head, ((uint64_t)2 << 40) + 512), "larger than any stick");
}

static void test_stick_fs_refuses_figures_that_nobody_writes(void **state)
{
    (void)state;
    uint8_t head[STICK_FS_HEAD];
    struct stick_fs fs;
    make_fat32(head, 2048);
    put16(head + 11, 0);
    CHECK(stick_fs_judge(&fs, head, MIB) != NULL);
    put16(head + 11, 600);
    CHECK(stick_fs_judge(&fs, head, MIB) != NULL);
    make_fat32(head, 0);
    CHECK(stick_fs_judge(&fs, head, MIB) != NULL);
    make_exfat(head, 2048, 200);
    CHECK(stick_fs_judge(&fs, head, MIB) != NULL);
    make_ext4(head, 256, 0x2c2);
    put32(head + 1024 + 0x18, 0xffffffff);
    CHECK(stick_fs_judge(&fs, head, MIB) != NULL);
}

static void test_stick_fs_refuses_features_of_ext4_that_no_stick_has(void **state)
{
    (void)state;
    uint8_t head[STICK_FS_HEAD];
    struct stick_fs fs;
    /* Compression, a journal's own device, meta_bg, mmp, ea_inode, inline_data, encrypt, casefold. */
    static const uint32_t strange[] = { 0x1, 0x8, 0x10, 0x100, 0x400, 0x8000, 0x10000, 0x20000 };
    for (size_t i = 0; i < sizeof(strange) / sizeof(strange[0]); i++) {
        make_ext4(head, 256, 0x2c2 | strange[i]);
        CHECK_STR(stick_fs_judge(&fs, head, MIB), "an ext4 with features that no stick has");
    }
}

static void test_stick_fs_says_when_a_journal_waits(void **state)
{
    (void)state;
    uint8_t head[STICK_FS_HEAD];
    struct stick_fs fs;
    make_ext4(head, 256, 0x2c6);
    CHECK(!stick_fs_judge(&fs, head, MIB));
    CHECK(fs.is_dirty);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_stick_fs_refuses_what_is_no_file_system),
        cmocka_unit_test(test_stick_fs_knows_the_three_kinds),
        cmocka_unit_test(test_stick_fs_refuses_more_than_there_is),
        cmocka_unit_test(test_stick_fs_refuses_figures_that_nobody_writes),
        cmocka_unit_test(test_stick_fs_refuses_features_of_ext4_that_no_stick_has),
        cmocka_unit_test(test_stick_fs_says_when_a_journal_waits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
