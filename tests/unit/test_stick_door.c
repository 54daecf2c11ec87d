/* links: firmware/worker firmware/base */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "firmware/worker/stick_door.h"
#include "tests/support/check.h"

/* Both ends of the line in one process: the test is whoever mounted the stick, a folder with one file. */

struct stage {
    char folder[64], socket[80], file[80];
    int listener;
};

static struct stage start(void)
{
    struct stage s = { .folder = "/tmp/onetrip-door.XXXXXX" };
    struct sockaddr_un at = { .sun_family = AF_UNIX };
    CHECK(mkdtemp(s.folder) != NULL);
    snprintf(s.socket, sizeof(s.socket), "%s/sdb1", s.folder);
    snprintf(s.file, sizeof(s.file), "%s/file", s.folder);
    memcpy(at.sun_path, s.socket, sizeof(s.socket));
    s.listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    CHECK_EQ(bind(s.listener, (struct sockaddr *)&at, sizeof(at)), 0);
    CHECK_EQ(listen(s.listener, 1), 0);
    int fd = open(s.file, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    CHECK(fd >= 0);
    close(fd);
    return s;
}

static void finish(struct stage *s)
{
    close(s->listener);
    CHECK_EQ(unlink(s->socket), 0);
    CHECK_EQ(unlink(s->file), 0);
    CHECK_EQ(rmdir(s->folder), 0);
}

/* The other end has sent what it has to say before anybody listens, so one thread is enough. */
static void send_descriptor(int line, int fd)
{
    union {
        char bytes[CMSG_SPACE(sizeof(int))];
        struct cmsghdr aligned;
    } control = { 0 };
    struct iovec io = { .iov_base = (char[]){ 'r' }, .iov_len = 1 };
    struct msghdr m = { .msg_iov = &io,
                        .msg_iovlen = 1,
                        .msg_control = control.bytes,
                        .msg_controllen = sizeof(control.bytes) };
    struct cmsghdr *c = CMSG_FIRSTHDR(&m);
    c->cmsg_level = SOL_SOCKET;
    c->cmsg_type = SCM_RIGHTS;
    c->cmsg_len = CMSG_LEN(sizeof(int));
    memcpy(CMSG_DATA(c), &fd, sizeof(fd));
    CHECK_EQ(sendmsg(line, &m, 0), 1);
}

/* As stick_door_open(), with a child at the other end that hands over `path` ("" nothing) and then does `script`: 'w' hears
 * a word and grants it, 'n' hears one and does not, '-' waits for the end. */
static int open_to(struct stick_door *door, const struct stage *s, const char *path,
                   const char *script)
{
    if (!fork()) {
        char word;
        int line = accept(s->listener, NULL, NULL), fd = *path ? open(path, O_RDONLY) : -1;
        if (fd >= 0)
            send_descriptor(line, fd);
        else
            (void)!write(line, "r", 1);
        for (const char *c = script; *c; c++) {
            if (read(line, &word, 1) == 1 && *c != '-')
                (void)!write(line, *c == 'w' ? &word : "x", 1);
        }
        _exit(0);
    }
    return stick_door_open(door, s->socket);
}

static void test_stick_door_without_anybody_is_a_fault(void **state)
{
    (void)state;
    struct stick_door d = { -1, -1, "" };
    CHECK(stick_door_open(&d, "/nowhere/at/all") < 0);
    CHECK_EQ(d.line, -1);
}

static void test_stick_door_takes_nothing_but_a_folder(void **state)
{
    (void)state;
    struct stage s = start();
    struct stick_door d = { -1, -1, "" };
    CHECK_EQ(open_to(&d, &s, "", "-"), -EBADMSG);
    CHECK_EQ(open_to(&d, &s, s.file, "-"), -ENOTDIR);
    CHECK_EQ(d.line, -1);
    finish(&s);
}

static void test_stick_door_names_what_was_handed_over(void **state)
{
    (void)state;
    struct stage s = start();
    struct stick_door d = { -1, -1, "" };
    struct stat here, there;
    CHECK_EQ(open_to(&d, &s, s.folder, "-"), 0);
    CHECK(stick_door_is_held(&d));
    CHECK_EQ(stat(d.path, &there), 0);
    CHECK_EQ(stat(s.folder, &here), 0);
    CHECK(here.st_ino == there.st_ino && here.st_dev == there.st_dev);
    stick_door_close(&d);
    CHECK(!stick_door_is_held(&d));
    stick_door_close(&d); /* twice is once */
    finish(&s);
}

static void test_stick_door_is_writable_only_when_that_was_granted(void **state)
{
    (void)state;
    struct stage s = start();
    struct stick_door d = { -1, -1, "" };
    CHECK_EQ(open_to(&d, &s, s.folder, "wwn-"), 0);
    CHECK(stick_door_write(&d, true));
    CHECK(stick_door_write(&d, false));
    CHECK(!stick_door_write(&d, true));
    stick_door_close(&d);
    finish(&s);
}

static void test_stick_door_hears_when_the_stick_is_pulled(void **state)
{
    (void)state;
    struct stage s = start();
    struct stick_door d = { -1, -1, "" };
    CHECK_EQ(open_to(&d, &s, s.folder, "w"), 0); /* answers once, then the line ends */
    CHECK(stick_door_write(&d, true));
    CHECK(!stick_door_write(&d, false));
    CHECK(!stick_door_is_held(&d));
    stick_door_close(&d);
    finish(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_stick_door_without_anybody_is_a_fault),
        cmocka_unit_test(test_stick_door_takes_nothing_but_a_folder),
        cmocka_unit_test(test_stick_door_names_what_was_handed_over),
        cmocka_unit_test(test_stick_door_is_writable_only_when_that_was_granted),
        cmocka_unit_test(test_stick_door_hears_when_the_stick_is_pulled),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
