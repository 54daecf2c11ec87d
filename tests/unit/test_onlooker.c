/* links: board/common firmware/base */
#include "board/common/onlooker.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/support/check.h"

enum { DONE = 7, REQUEST = 0x1234, ANOTHER = 0x1235 };

/* In a child, since nothing gives the rights back. Returns its status; acts end with DONE. */
static int of_an_onlooker(void (*act)(void))
{
    int status = 0;
    pid_t child = fork();
    if (!child) {
        if (onlooker_become(REQUEST))
            _exit(99);
        act();
        _exit(98);
    }
    CHECK_EQ(waitpid(child, &status, 0), child);
    return status;
}

static bool is_ended(void (*act)(void))
{
    int status = of_an_onlooker(act);
    return WIFSIGNALED(status) && WTERMSIG(status) == SIGSYS;
}

/* Standard input is no display, so the kernel answers; the filter would not. */
static void look_and_sleep(void)
{
    for (int i = 0; i < 3; i++) {
        if (ioctl(STDIN_FILENO, REQUEST, NULL) >= 0)
            return;
        usleep(1000);
    }
    (void)syscall(SYS_exit_group, DONE); /* _exit() of a sanitizer makes calls of its own */
}

static void test_onlooker_looks_sleeps_and_ends(void **state)
{
    (void)state;
    int status = of_an_onlooker(look_and_sleep);
    CHECK(WIFEXITED(status));
    CHECK_EQ(WEXITSTATUS(status), DONE);
}

static void ask_another(void)
{
    (void)ioctl(STDIN_FILENO, ANOTHER, NULL);
}

static void open_a_file(void)
{
    (void)open("/dev/null", O_RDONLY | O_CLOEXEC);
}

static void write_a_byte(void)
{
    (void)!write(STDERR_FILENO, "x", 1);
}

static void start_a_program(void)
{
    char *const arguments[] = { NULL };
    execv("/bin/true", arguments);
}

static void have_a_child(void)
{
    (void)fork();
}

static void become_somebody(void)
{
    (void)!setuid(0);
}

static void test_onlooker_is_ended_by_anything_else(void **state)
{
    (void)state;
    static void (*const acts[])(void) = { ask_another,     open_a_file,  write_a_byte,
                                          start_a_program, have_a_child, become_somebody };
    for (size_t i = 0; i < sizeof(acts) / sizeof(acts[0]); i++)
        CHECK(is_ended(acts[i]));
}

RUN(T(test_onlooker_looks_sleeps_and_ends), T(test_onlooker_is_ended_by_anything_else))
