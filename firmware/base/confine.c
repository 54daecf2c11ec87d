#include "firmware/base/confine.h"

#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "firmware/base/log.h"

#if defined(__x86_64__)
#define OUR_MACHINE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define OUR_MACHINE AUDIT_ARCH_AARCH64
#endif

#ifdef OUR_MACHINE
/* Calls of the x32 interface have this bit: the same kernel by other numbers. */
enum { X32_BIT = 0x40000000 };

#define LOAD(member) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, member))
#define IF_EQUAL(value, yes, no) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (value), (yes), (no))
#define RETURN(what) BPF_STMT(BPF_RET | BPF_K, (what))
#define DENY RETURN(SECCOMP_RET_ERRNO | EPERM)

static struct sock_filter program[] = {
    LOAD(arch),
    IF_EQUAL(OUR_MACHINE, 1, 0),
    RETURN(SECCOMP_RET_KILL_PROCESS),
    LOAD(nr),
    BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, X32_BIT, 0, 1),
    DENY,
    IF_EQUAL(__NR_execve, 0, 1),
    DENY,
    IF_EQUAL(__NR_execveat, 0, 1),
    DENY,
    IF_EQUAL(__NR_socket, 1, 0),
    RETURN(SECCOMP_RET_ALLOW),
    /* The low half of the first argument, which the kernel takes as an int: both machines are
       little-endian. */
    LOAD(args[0]),
    IF_EQUAL(AF_UNIX, 0, 1),
    RETURN(SECCOMP_RET_ALLOW),
    DENY,
};

static int install(void)
{
    struct sock_fprog filter = { sizeof(program) / sizeof(program[0]), program };
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0))
        return -errno;
    return syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_TSYNC, &filter)
               ? -ENOTSUP
               : 0;
}
#else
static int install(void)
{
    return -ENOTSUP;
}
#endif

int confine_offline(void)
{
    int r = install();
    if (!r)
        return 0;
    log_line(LOG_ERROR, "confine", "the network cannot be shut out of this process: %s",
             strerrorname_np(errno));
    return fault_raise(-ENOTSUP);
}
