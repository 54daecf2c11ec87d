#include "firmware/base/notify.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "firmware/base/log.h"

enum { LEAST_MS = 100 };

/* A path, or with '@' in front a name that is in no folder (unix(7), abstract). */
static bool parse_address(struct notify *n, const char *name)
{
    size_t length = strlen(name);
    if ((name[0] != '/' && name[0] != '@') || length < 2 || length >= sizeof(n->to.sun_path))
        return false;
    n->to.sun_family = AF_UNIX;
    memcpy(n->to.sun_path, name, length + 1);
    bool is_abstract = name[0] == '@';
    if (is_abstract)
        n->to.sun_path[0] = 0;
    n->to_bytes =
        (uint32_t)(offsetof(struct sockaddr_un, sun_path) + length + (is_abstract ? 0 : 1));
    return true;
}

/* Only for this process, if the manager says for whom it is. */
static int64_t watchdog_ms(void)
{
    const char *microseconds = getenv("WATCHDOG_USEC"), *pid = getenv("WATCHDOG_PID");
    if (!microseconds || (pid && strtoll(pid, NULL, 10) != getpid()))
        return 0;
    char *end;
    errno = 0;
    long long value = strtoll(microseconds, &end, 10);
    return errno || *end || value <= 0 ? 0 : value / 1000;
}

void notify_start(struct notify *n)
{
    *n = (struct notify){ .fd = -1 };
    const char *name = getenv("NOTIFY_SOCKET");
    if (name && !parse_address(n, name))
        log_line(LOG_WARNING, "notify", "the manager's socket has no usable name");
    else if (name)
        n->fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    int64_t patience = n->fd >= 0 ? watchdog_ms() : 0;
    n->every_ms = patience && patience / 3 < LEAST_MS ? LEAST_MS : patience / 3;
    unsetenv("NOTIFY_SOCKET");
    unsetenv("WATCHDOG_USEC");
    unsetenv("WATCHDOG_PID");
}

/* A manager that does not listen must not hold up the loop: its watchdog will say so. */
static void say(struct notify *n, const char *words)
{
    if (n->fd >= 0 && sendto(n->fd, words, strlen(words), MSG_DONTWAIT | MSG_NOSIGNAL,
                             (const struct sockaddr *)&n->to, n->to_bytes) < 0)
        log_line(LOG_DEBUG, "notify", "not heard: %s", strerrorname_np(errno));
}

void notify_ready(struct notify *n)
{
    say(n, "READY=1");
}

int notify_tick(struct notify *n, int64_t boot_ms)
{
    if (!n->every_ms)
        return -1;
    if (boot_ms >= n->due_ms) {
        say(n, "WATCHDOG=1");
        n->due_ms = boot_ms + n->every_ms;
    }
    int64_t left = n->due_ms - boot_ms;
    return left > 3600000 ? 3600000 : (int)left;
}

void notify_end(struct notify *n)
{
    say(n, "STOPPING=1");
    if (n->fd >= 0)
        close(n->fd);
    *n = (struct notify){ .fd = -1 };
}
