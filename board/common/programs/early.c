/* early: the first program of the initramfs. Starts `splash`, which shows that the board starts and is waited for by nobody;
 * loads the modules that the root needs, opens the root partition of the slot that the boot loader chose through dm-verity,
 * and hands over to the service manager. Statically linked; no shell.
 *
 * /early/modules is a list of module files in the order of loading; /early/verity one line:
 *   DATA-BLOCKS HASH-START-BLOCK ROOT-HASH SALT
 * for blocks of 4096 bytes. The hash is part of the initramfs, so whoever vouches for the initramfs vouches for the root.
 * A block that does not match panics the kernel, which starts anew; after three starts the other slot's turn comes. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/dm-ioctl.h>
#include <sched.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/reboot.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "board/common/module_list.h"

enum { LINE = 2048, PATIENCE_MS = 20000, STEP_MS = 20, BLOCK = 4096, SECTOR = 512 };

static const char manager[] = "/usr/lib/systemd/systemd", splash[] = "/splash";

/* The console is all there is to tell. */
static _Noreturn void give_up(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    fputs("early: ", stderr);
    vfprintf(stderr, format, arguments);
    fprintf(stderr, ": %s; starting anew\n", strerror(errno));
    va_end(arguments);
    sleep(5);
    reboot(RB_AUTOBOOT);
    _exit(1);
}

static void must_mount(const char *what, const char *where, const char *type, unsigned long flags)
{
    mkdir(where, 0755);
    if (mount(what, where, type, flags, NULL) && errno != EBUSY)
        give_up("%s on %s", what, where);
}

static bool read_line(char line[LINE], const char *path)
{
    FILE *f = fopen(path, "re");
    bool is_read = f && fgets(line, LINE, f);
    if (f)
        fclose(f);
    if (is_read)
        line[strcspn(line, "\n")] = 0;
    return is_read;
}

/* In mounts of its own: the root will lie over these. */
static void start_splash(void)
{
    char *const arguments[] = { (char *)(uintptr_t)splash, NULL };
    if (syscall(SYS_clone, CLONE_NEWNS | SIGCHLD, 0, 0, 0, 0))
        return;
    execv(splash, arguments);
    _exit(1);
}

/* ---- the partition ------------------------------------------------------------------- */

static char chosen_slot(void)
{
    static const char name[] = "onetrip.slot=";
    char line[LINE] = "";
    const char *at = read_line(line, "/proc/cmdline") ? strstr(line, name) : NULL;
    char slot = at ? at[sizeof(name) - 1] : 0;
    if (slot != 'A' && slot != 'B') {
        errno = EINVAL;
        give_up("the boot loader named no slot");
    }
    return slot;
}

static bool has_label(const char *device, const char *label)
{
    char path[320], line[LINE];
    bool is_found = false;
    snprintf(path, sizeof(path), "/sys/class/block/%s/uevent", device);
    FILE *f = fopen(path, "re");
    while (f && !is_found && fgets(line, sizeof(line), f)) {
        line[strcspn(line, "\n")] = 0;
        is_found = !strncmp(line, "PARTNAME=", 9) && !strcmp(line + 9, label);
    }
    if (f)
        fclose(f);
    return is_found;
}

static bool find_once(char out[64], const char *label)
{
    DIR *d = opendir("/sys/class/block");
    struct dirent *e;
    bool is_found = false;
    while (d && !is_found && (e = readdir(d)))
        if (strlen(e->d_name) < 48 && has_label(e->d_name, label)) {
            snprintf(out, 64, "/dev/%.48s", e->d_name);
            is_found = !access(out, R_OK);
        }
    if (d)
        closedir(d);
    return is_found;
}

static void find_partition(char out[64], char slot)
{
    char label[32];
    snprintf(label, sizeof(label), "onetrip-root-%c", slot == 'A' ? 'a' : 'b');
    for (int waited = 0; waited < PATIENCE_MS; waited += STEP_MS) {
        if (find_once(out, label))
            return;
        usleep(STEP_MS * 1000);
    }
    errno = ENODEV;
    give_up("no partition %s", label);
}

/* ---- dm-verity ----------------------------------------------------------------------- */

struct request {
    struct dm_ioctl head;
    struct dm_target_spec target;
    char parameters[LINE];
};

static void ask(int control, unsigned long what, struct request *r, uint32_t flags)
{
    r->head.version[0] = DM_VERSION_MAJOR;
    r->head.data_size = sizeof(*r);
    r->head.data_start = sizeof(r->head);
    r->head.flags = flags;
    snprintf(r->head.name, sizeof(r->head.name), "onetrip-root");
    if (ioctl(control, what, r))
        give_up("dm-verity");
}

static void open_verity(char out[64], const char *partition)
{
    char line[LINE], hash[129], salt[129], *rest = line;
    if (!read_line(line, "/early/verity"))
        give_up("/early/verity");
    unsigned long long blocks = strtoull(rest, &rest, 10), hash_start = strtoull(rest, &rest, 10);
    if (!blocks || !hash_start || sscanf(rest, "%128s %128s", hash, salt) != 2)
        give_up("/early/verity");
    struct request r = { 0 };
    int control = open("/dev/mapper/control", O_RDWR | O_CLOEXEC);
    if (control < 0)
        give_up("/dev/mapper/control");
    ask(control, DM_DEV_CREATE, &r, DM_READONLY_FLAG);
    snprintf(out, 64, "/dev/dm-%u", (unsigned)(r.head.dev & 0xff));
    r = (struct request){ .target = { .length = blocks * (BLOCK / SECTOR) } };
    r.head.target_count = 1;
    snprintf(r.target.target_type, sizeof(r.target.target_type), "verity");
    snprintf(r.parameters, sizeof(r.parameters),
             "1 %s %s 4096 4096 %llu %llu sha256 %s %s 1 panic_on_corruption", partition, partition,
             blocks, hash_start, hash, salt);
    ask(control, DM_TABLE_LOAD, &r, DM_READONLY_FLAG);
    r = (struct request){ 0 };
    ask(control, DM_DEV_SUSPEND, &r, 0); /* without the flag to suspend it resumes */
    close(control);
}

/* ---- handing over -------------------------------------------------------------------- */

static void enter(const char *device)
{
    static const char *const moved[] = { "/dev", "/proc", "/sys" };
    char to[32];
    for (int waited = 0; access(device, R_OK) && waited < PATIENCE_MS; waited += STEP_MS)
        usleep(STEP_MS * 1000);
    must_mount(device, "/root", "squashfs", MS_RDONLY | MS_NODEV);
    for (size_t i = 0; i < sizeof(moved) / sizeof(moved[0]); i++) {
        snprintf(to, sizeof(to), "/root%s", moved[i]);
        if (mount(moved[i], to, NULL, MS_MOVE, NULL))
            give_up("moving %s", moved[i]);
    }
    unlink("/early/verity");
    unlink("/init");
    if (chdir("/root") || mount(".", "/", NULL, MS_MOVE, NULL) || chroot(".") || chdir("/"))
        give_up("entering the root");
}

int main(void)
{
    char partition[64], device[64];
    char *const arguments[] = { (char *)(uintptr_t)manager, NULL };
    must_mount("dev", "/dev", "devtmpfs", MS_NOSUID);
    must_mount("proc", "/proc", "proc", MS_NOSUID | MS_NODEV | MS_NOEXEC);
    must_mount("sys", "/sys", "sysfs", MS_NOSUID | MS_NODEV | MS_NOEXEC);
    start_splash();
    module_list_load("/early/modules");
    find_partition(partition, chosen_slot());
    open_verity(device, partition);
    enter(device);
    execv(manager, arguments);
    give_up("%s", manager);
}
