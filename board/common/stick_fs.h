/* The file system of a stick by its first bytes, before the kernel is asked to believe it: which of three kinds it is, and
 * whether it fits into what is plugged in. Pure; every byte is foreign.
 *
 * FAT: Microsoft FAT32 File System Specification 1.03, "Boot Sector and BPB". exFAT: Microsoft exFAT specification, 3.1.
 * ext4: Linux Documentation/filesystems/ext4, "Super Block". */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum stick_fs_kind { STICK_FS_NONE, STICK_FS_VFAT, STICK_FS_EXFAT, STICK_FS_EXT4 };

enum { STICK_FS_HEAD = 4096 }; /* as many of the first bytes decide */

struct stick_fs {
    enum stick_fs_kind kind;
    uint64_t bytes; /* as it says itself */
    bool is_dirty;  /* ext4 with a journal to play back: it may only be read */
};

/* NULL: it may be mounted. Else why not, in English for the log; `out` is then of no use. `device_bytes` is what the medium
 * holds: a file system that claims more is refused, as are media above 2 TiB and ext4 with features that no stick of ours
 * has (encryption, another device's journal, inline data, ...). */
const char *stick_fs_judge(struct stick_fs *out, const uint8_t head[STICK_FS_HEAD],
                           uint64_t device_bytes);
