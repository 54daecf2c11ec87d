#include "ui/input/pinyin/engine/cage.h"

#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <malloc.h>
#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "firmware/base/log.h"

int cage_begin(int last_fd)
{
    const struct rlimit none = { 0, 0 };
    /* free() fills what it takes back: letters do not stay behind in libpinyin's heap. */
    mallopt(M_PERTURB, 0x5a);
    if (prctl(PR_SET_PDEATHSIG, SIGKILL) || setrlimit(RLIMIT_CORE, &none))
        return fault_raise(-errno);
    if (close_range((unsigned)last_fd + 1, ~0u, 0))
        return fault_raise(-errno);
    return 0;
}

/* ---- memory ------------------------------------------------------------------------------------ */

struct map {
    unsigned long from, to;
    bool is_table, is_writable;
};

/* Loading reads whole tables once to check their sums; afterwards a question touches few of their pages.
 * A table without a page of its own (Anonymous: 0) is given up: the page cache keeps it. */
static size_t settle_map(const struct map *m, unsigned long own_kb)
{
    void *start = (void *)m->from; /* NOLINT(performance-no-int-to-ptr): the kernel just named it */
    size_t length = m->to - m->from;
    if (m->is_table && !own_kb)
        madvise(start, length, MADV_DONTNEED);
    return !m->is_table && m->is_writable && mlock2(start, length, MLOCK_ONFAULT) ? length : 0;
}

/* "55d0c8a00000-55d0c8a21000 rw-p ... path": the first line about a map. */
static bool read_map(struct map *m, const char *line, const char *tables)
{
    char *at = NULL, *end = NULL;
    unsigned long from = strtoul(line, &at, 16);
    if (at == line || *at != '-')
        return false;
    unsigned long to = strtoul(at + 1, &end, 16);
    if (*end != ' ')
        return false;
    *m = (struct map){ from, to, strstr(line, tables) != NULL, end[1] == 'r' && end[2] == 'w' };
    return true;
}

static void settle_memory(const char *tables)
{
    static const char own[] = "Anonymous:";
    char line[512];
    struct map m = { 0 };
    size_t unlocked = 0;
    malloc_trim(0);
    FILE *maps = fopen("/proc/self/smaps", "re");
    while (maps && fgets(line, sizeof(line), maps))
        if (!read_map(&m, line, tables) && !strncmp(line, own, strlen(own)))
            unlocked += settle_map(&m, strtoul(line + strlen(own), NULL, 10));
    if (maps)
        fclose(maps);
    if (unlocked)
        log_line(LOG_INFO, "pinyin", "%zu bytes stay unlocked", unlocked);
}

/* ---- system calls ------------------------------------------------------------------------------ */

#if defined(__x86_64__)
#define OUR_MACHINE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define OUR_MACHINE AUDIT_ARCH_AARCH64
#endif

#ifdef OUR_MACHINE
#define LOAD(member) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, member))
#define RETURN(what) BPF_STMT(BPF_RET | BPF_K, (what))
#define MAY(call) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, __NR_##call, 0, 1), RETURN(SECCOMP_RET_ALLOW)

/* x32's numbers carry a bit of their own and so match none of these. */
static struct sock_filter program[] = {
    LOAD(arch),
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, OUR_MACHINE, 1, 0),
    RETURN(SECCOMP_RET_KILL_PROCESS),
    LOAD(nr),
    MAY(read),
    MAY(write),
    MAY(pread64), /* tables, by libdb */
    MAY(lseek),
    MAY(recvfrom),
    MAY(sendto),
    MAY(brk),
    MAY(mmap),
    MAY(munmap),
    MAY(mremap),
    MAY(mprotect),
    MAY(madvise),
    MAY(futex),
    MAY(clock_gettime),
    MAY(getpid),
    MAY(close),
    MAY(rt_sigreturn),
    MAY(rt_sigprocmask),
    MAY(gettid),
    MAY(tgkill), /* abort() of an assert */
    MAY(exit),
    MAY(exit_group),
    RETURN(SECCOMP_RET_ERRNO | EPERM),
};

static int install(void)
{
    struct sock_fprog filter = { sizeof(program) / sizeof(program[0]), program };
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0))
        return -errno;
    return syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &filter) ? -ENOTSUP : 0;
}
#else
static int install(void)
{
    return -ENOTSUP;
}
#endif

int cage_close(const char *tables, bool is_silent)
{
    const struct rlimit none = { 0, 0 };
    settle_memory(tables);
    /* A log that is a file: lines are lost, the helper is not. */
    signal(SIGXFSZ, SIG_IGN);
    if (prctl(PR_SET_DUMPABLE, 0) || (is_silent && setrlimit(RLIMIT_FSIZE, &none)) ||
        setrlimit(RLIMIT_NOFILE, &none))
        return fault_raise(-errno);
#ifndef ONETRIP_SANITIZED
    int r = install();
    if (r) {
        log_line(LOG_ERROR, "pinyin", "the filter of system calls is not there");
        return fault_raise(r);
    }
#else
    (void)install; /* the sanitizers' own calls are not foreseen */
#endif
    return 0;
}
