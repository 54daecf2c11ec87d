/* links: firmware/base */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "firmware/base/folder_watch.h"
#include "tests/support/check.h"

/* /dev/bus/usb as the kernel and udev fill it, in a folder of the test's. */

struct place {
    char folder[64], bus[80], node[96];
    int fd;
};

static struct place start(void)
{
    struct place p = { .folder = "/tmp/onetrip-watch.XXXXXX" };
    CHECK(mkdtemp(p.folder) != NULL);
    snprintf(p.bus, sizeof(p.bus), "%s/001", p.folder);
    snprintf(p.node, sizeof(p.node), "%s/002", p.bus);
    p.fd = folder_watch(p.folder);
    CHECK(p.fd >= 0);
    return p;
}

static void finish(struct place *p)
{
    close(p->fd);
    (void)unlink(p->node);
    (void)rmdir(p->bus);
    CHECK_EQ(rmdir(p->folder), 0);
}

static void plug(const struct place *p)
{
    int fd = open(p->node, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    CHECK(fd >= 0);
    close(fd);
}

static void test_folder_watch_without_the_folder_is_a_fault(void **state)
{
    (void)state;
    CHECK_EQ(folder_watch("/nowhere/at/all"), -ENOENT);
}

static void test_folder_watch_says_nothing_while_nothing_happens(void **state)
{
    (void)state;
    struct place p = start();
    CHECK(!folder_news(p.fd, p.folder));
    finish(&p);
}

/* A device on a bus that was not there when watching began, its group a moment later, and its end: each is news once. */
static void test_folder_watch_tells_of_a_device_its_group_and_its_end(void **state)
{
    (void)state;
    struct place p = start();
    CHECK_EQ(mkdir(p.bus, 0755), 0);
    CHECK(folder_news(p.fd, p.folder));
    plug(&p);
    CHECK(folder_news(p.fd, p.folder));
    CHECK(!folder_news(p.fd, p.folder));
    CHECK_EQ(chmod(p.node, 0660), 0);
    CHECK(folder_news(p.fd, p.folder));
    CHECK_EQ(unlink(p.node), 0);
    CHECK(folder_news(p.fd, p.folder));
    CHECK(!folder_news(p.fd, p.folder));
    finish(&p);
}

/* A device that came with its bus, before anybody could watch that: the bus itself was the news, and its folder is
 * read after it. */
static void test_folder_watch_misses_no_device_of_a_new_bus(void **state)
{
    (void)state;
    struct place p = start();
    CHECK_EQ(mkdir(p.bus, 0755), 0);
    plug(&p);
    CHECK(folder_news(p.fd, p.folder));
    CHECK_EQ(chmod(p.node, 0660), 0);
    CHECK(folder_news(p.fd, p.folder));
    finish(&p);
}

/* Nothing is there yet but the folder two levels up: what comes below it is news, step by step. */
static void test_folder_watch_waits_for_a_folder_that_is_not_there(void **state)
{
    (void)state;
    char top[64] = "/tmp/onetrip-watch.XXXXXX", between[80], folder[96];
    struct place p = { 0 };
    CHECK(mkdtemp(top) != NULL);
    snprintf(between, sizeof(between), "%s/bus", top);
    snprintf(folder, sizeof(folder), "%s/usb", between);
    p.fd = folder_watch(folder);
    CHECK(p.fd >= 0);
    CHECK(!folder_news(p.fd, folder));
    CHECK_EQ(mkdir(between, 0755), 0);
    CHECK(folder_news(p.fd, folder));
    CHECK_EQ(mkdir(folder, 0755), 0);
    CHECK(folder_news(p.fd, folder));
    snprintf(p.node, sizeof(p.node), "%.80s/1", folder);
    plug(&p);
    CHECK(folder_news(p.fd, folder));
    CHECK_EQ(unlink(p.node), 0);
    CHECK_EQ(rmdir(folder), 0); /* a service that ends takes its folder along, and makes it anew */
    CHECK(folder_news(p.fd, folder));
    CHECK_EQ(mkdir(folder, 0755), 0);
    CHECK(folder_news(p.fd, folder));
    plug(&p);
    CHECK(folder_news(p.fd, folder));
    close(p.fd);
    CHECK_EQ(unlink(p.node) | rmdir(folder) | rmdir(between) | rmdir(top), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_folder_watch_without_the_folder_is_a_fault),
        cmocka_unit_test(test_folder_watch_waits_for_a_folder_that_is_not_there),
        cmocka_unit_test(test_folder_watch_says_nothing_while_nothing_happens),
        cmocka_unit_test(test_folder_watch_tells_of_a_device_its_group_and_its_end),
        cmocka_unit_test(test_folder_watch_misses_no_device_of_a_new_bus),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
