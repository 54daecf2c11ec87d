#include "board/common/stick_fs.h"

#include <string.h>

#include "firmware/base/bytes.h"

static const uint64_t most_bytes = (uint64_t)2 << 40;

enum { SECTOR_MIN = 512, SECTOR_MAX = 4096, EXT = 1024 };

/* s_feature_incompat. The first three every ext4 may have; the journal's is looked at apart. */
enum {
    EXT_FILETYPE = 0x2,
    EXT_RECOVER = 0x4,
    EXT_EXTENTS = 0x40,
    EXT_64BIT = 0x80,
    EXT_FLEX_BG = 0x200,
    EXT_CSUM_SEED = 0x2000,
    EXT_KNOWN = EXT_FILETYPE | EXT_RECOVER | EXT_EXTENTS | EXT_64BIT | EXT_FLEX_BG | EXT_CSUM_SEED,
};

static uint64_t get_le64(const uint8_t *p)
{
    return get_le32(p) | (uint64_t)get_le32(p + 4) << 32;
}

static bool is_sector(uint64_t bytes)
{
    return bytes >= SECTOR_MIN && bytes <= SECTOR_MAX && !(bytes & (bytes - 1));
}

static const char *judge_fat(struct stick_fs *out, const uint8_t *head)
{
    uint64_t sector = get_le16(head + 11), count = get_le16(head + 19);
    if (!count)
        count = get_le32(head + 32);
    if (!is_sector(sector) || !count || !head[13] || !head[16])
        return "a FAT that no one writes";
    *out = (struct stick_fs){ .kind = STICK_FS_VFAT, .bytes = sector * count };
    return NULL;
}

static const char *judge_exfat(struct stick_fs *out, const uint8_t *head)
{
    uint64_t count = get_le64(head + 72);
    unsigned shift = head[108];
    if (shift < 9 || shift > 12 || !count || count > most_bytes >> shift)
        return "an exFAT that no one writes";
    *out = (struct stick_fs){ .kind = STICK_FS_EXFAT, .bytes = count << shift };
    return NULL;
}

static const char *judge_ext(struct stick_fs *out, const uint8_t *super)
{
    uint32_t shift = get_le32(super + 0x18), features = get_le32(super + 0x60);
    uint64_t count = get_le32(super + 4);
    if (features & EXT_64BIT)
        count |= (uint64_t)get_le32(super + 0x150) << 32;
    if (features & ~(uint32_t)EXT_KNOWN)
        return "an ext4 with features that no stick has";
    if (shift > 2 || !count || count > most_bytes >> (10 + shift))
        return "an ext4 that no one writes";
    *out = (struct stick_fs){ .kind = STICK_FS_EXT4,
                              .bytes = count << (10 + shift),
                              .is_dirty = features & EXT_RECOVER };
    return NULL;
}

/* A kind is told by marks that exclude each other: exFAT has zeros where FAT has its table (head[11] to 63). */
static const char *judge_kind(struct stick_fs *out, const uint8_t *head)
{
    bool is_boot_sector = head[510] == 0x55 && head[511] == 0xaa;
    if (is_boot_sector && !memcmp(head + 3, "EXFAT   ", 8))
        return judge_exfat(out, head);
    if (is_boot_sector && (!memcmp(head + 82, "FAT32   ", 8) || !memcmp(head + 54, "FAT1", 4)))
        return judge_fat(out, head);
    if (get_le16(head + EXT + 0x38) == 0xef53)
        return judge_ext(out, head + EXT);
    return "no FAT, exFAT or ext4";
}

const char *stick_fs_judge(struct stick_fs *out, const uint8_t head[STICK_FS_HEAD],
                           uint64_t device_bytes)
{
    *out = (struct stick_fs){ 0 };
    if (device_bytes > most_bytes)
        return "larger than any stick";
    const char *why = judge_kind(out, head);
    if (!why && out->bytes > device_bytes)
        why = "a file system that claims more than there is";
    return why;
}
