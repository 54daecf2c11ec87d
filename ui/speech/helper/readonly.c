#include "ui/speech/helper/readonly.h"

#include <fcntl.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "firmware/base/log.h"

#define LOAD(member) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, member))
#define ALLOW BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW)
#define REFUSE(error) BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | (error))
/* Refuse call `number` whatever its arguments. */
#define NEVER(number) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (number), 0, 1), REFUSE(EACCES)
/* Refuse it with any of `bits` in argument `index`. Both machines of ours are little-endian. */
#define NEVER_WITH(number, index, bits)                                     \
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (number), 0, 4), LOAD(args[index]), \
        BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, (bits), 0, 1), REFUSE(EACCES), ALLOW

enum { WRITING = O_WRONLY | O_RDWR | O_CREAT | O_TRUNC | O_APPEND };

/* Another machine's calls were shut out by confine_offline(). */
static struct sock_filter program[] = {
    LOAD(nr),
    NEVER_WITH(__NR_openat, 2, WRITING),
#ifdef __NR_open
    NEVER_WITH(__NR_open, 1, WRITING),
    NEVER(__NR_creat),
    NEVER(__NR_unlink),
    NEVER(__NR_rename),
    NEVER(__NR_mkdir),
    NEVER(__NR_link),
    NEVER(__NR_symlink),
#endif
    NEVER(__NR_openat2),
    NEVER(__NR_truncate),
    NEVER(__NR_unlinkat),
#ifdef __NR_renameat
    NEVER(__NR_renameat),
#endif
    NEVER(__NR_renameat2),
    NEVER(__NR_mkdirat),
    NEVER(__NR_linkat),
    NEVER(__NR_symlinkat),
    ALLOW,
};

int readonly_confine(void)
{
    struct sock_fprog filter = { sizeof(program) / sizeof(program[0]), program };
    if (!prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) &&
        !syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_TSYNC, &filter))
        return 0;
    log_line(LOG_ERROR, "speech", "files cannot be shut out of this process: %s",
             strerrorname_np(errno));
    return fault_raise(-ENOTSUP);
}
