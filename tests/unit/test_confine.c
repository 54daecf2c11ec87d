/* links: firmware/base */
#include <errno.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "firmware/base/confine.h"
#include "tests/support/check.h"

/* In a child, since nothing gives the rights back. Returns its exit code: 0, or which claim failed.
 */
static int confined(int (*claims)(void))
{
    int status = 0;
    pid_t child = fork();
    if (!child)
        _exit(confine_offline() ? 99 : claims());
    CHECK_EQ(waitpid(child, &status, 0), child);
    CHECK(WIFEXITED(status));
    return WEXITSTATUS(status);
}

static int family_is_denied(int family, int type)
{
    errno = 0;
    return socket(family, type, 0) < 0 && errno == EPERM;
}

static int sockets_of_the_network(void)
{
    if (!family_is_denied(AF_INET, SOCK_STREAM))
        return 1;
    if (!family_is_denied(AF_INET6, SOCK_DGRAM))
        return 2;
    if (!family_is_denied(AF_NETLINK, SOCK_RAW))
        return 3;
    return family_is_denied(AF_PACKET, SOCK_RAW) ? 0 : 4;
}

static void test_confine_denies_sockets_of_the_network(void **state)
{
    (void)state;
    CHECK_EQ(confined(sockets_of_the_network), 0);
}

static int local_sockets(void)
{
    int pair[2];
    return socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0) >= 0 &&
                   !socketpair(AF_UNIX, SOCK_STREAM, 0, pair)
               ? 0
               : 1;
}

static void test_confine_leaves_local_sockets(void **state)
{
    (void)state;
    CHECK_EQ(confined(local_sockets), 0);
}

static int other_programs(void)
{
    char path[] = "/bin/true", *const argv[] = { path, NULL }, *const none[] = { NULL };
    execve(path, argv, none);
    return errno == EPERM ? 0 : 1;
}

static void test_confine_denies_other_programs(void **state)
{
    (void)state;
    CHECK_EQ(confined(other_programs), 0);
}

static int children(void)
{
    int status = 0;
    pid_t child = fork();
    if (!child)
        _exit(sockets_of_the_network());
    return waitpid(child, &status, 0) == child && WIFEXITED(status) ? WEXITSTATUS(status) : 98;
}

static void test_confine_holds_in_children(void **state)
{
    (void)state;
    CHECK_EQ(confined(children), 0);
}

RUN(T(test_confine_denies_sockets_of_the_network), T(test_confine_leaves_local_sockets),
    T(test_confine_denies_other_programs), T(test_confine_holds_in_children))
