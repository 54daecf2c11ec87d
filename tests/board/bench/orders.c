#include "tests/board/bench/orders.h"

#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include "tests/board/bench/programs.h"

#define FREEZER "/sys/fs/cgroup/init.scope/cgroup.freeze"

enum { WAITS = 600, WAIT_US = 100 * 1000 };

static bool send_signal(const char *name, int number)
{
    pid_t pid = 0;
    for (int left = WAITS; left && !(pid = program_find(name)); left--)
        usleep(WAIT_US);
    return pid > 0 && !kill(pid, number);
}

static bool freeze(void)
{
    int fd = open(FREEZER, O_WRONLY | O_CLOEXEC);
    bool is_done = fd >= 0 && write(fd, "1", 1) == 1;
    if (fd >= 0)
        close(fd);
    return is_done;
}

static bool obey(char *line)
{
    char *name = line + strcspn(line, " \n");
    if (*name)
        *name++ = 0;
    name[strcspn(name, "\n")] = 0;
    if (!strcmp(line, "stop"))
        return send_signal(name, SIGSTOP);
    if (!strcmp(line, "crash"))
        return send_signal(name, SIGSEGV);
    return !strcmp(line, "freeze") && freeze();
}

void orders_obey(int fd)
{
    char line[64];
    const struct timeval patience = { .tv_sec = 2 };
    FILE *f = fdopen(fd, "r");
    if (!setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience)) && f &&
        fgets(line, sizeof(line), f)) {
        const char *answer = obey(line) ? "done\n" : "no\n";
        (void)!write(fd, answer, strlen(answer));
    }
    if (f)
        fclose(f);
}
