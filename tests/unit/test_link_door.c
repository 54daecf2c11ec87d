/* links: firmware/worker firmware/base */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "firmware/worker/link_door.h"
#include "tests/support/check.h"

/* kiosk-syncd away: how often it is looked for, and that its coming is heard. */

enum { HOUR_MS = 3600 * 1000, FOR_EVER = -1 };

struct house {
    char folder[64], path[96];
    int commands;
    struct link_door door;
};

static struct house start(void)
{
    struct house h = { .folder = "/tmp/onetrip-door.XXXXXX" };
    CHECK(mkdtemp(h.folder) != NULL);
    snprintf(h.path, sizeof(h.path), "%s/sync", h.folder);
    h.commands = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
    CHECK(h.commands >= 0);
    return h;
}

static void finish(struct house *h)
{
    link_door_close(&h->door);
    close(h->commands);
    (void)unlink(h->path);
    CHECK_EQ(rmdir(h->folder), 0);
}

static int serve_at(const char *path)
{
    struct sockaddr_un a = { .sun_family = AF_UNIX };
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    memcpy(a.sun_path, path, strlen(path));
    CHECK_EQ(bind(fd, (const struct sockaddr *)&a, sizeof(a)), 0);
    CHECK_EQ(listen(fd, 1), 0);
    return fd;
}

static int tries_in_an_hour(struct link_door *d)
{
    int tries = 0;
    for (int64_t passed = 0; passed < HOUR_MS; passed += link_door_rest_ms(d)) {
        CHECK(link_door_try(d) < 0);
        tries++;
    }
    return tries;
}

static void test_link_door_is_left_alone_while_nobody_is_there(void **state)
{
    (void)state;
    struct house h = start();
    h.door = link_door_at(h.path);
    int tries = tries_in_an_hour(&h.door);
    CHECK(tries >= 60 && tries <= 66);
    finish(&h);
}

static void test_link_door_without_a_folder_is_tried_every_two_seconds(void **state)
{
    (void)state;
    struct link_door d = link_door_at("/nowhere/at/all/sync");
    int tries = tries_in_an_hour(&d);
    CHECK(tries >= 1790 && tries <= 1810);
    link_door_close(&d);
}

/* The wait has no limit: only the news of the socket can end it. */
static void test_link_door_hears_of_a_socket_that_comes(void **state)
{
    (void)state;
    struct house h = start();
    h.door = link_door_at(h.path);
    for (int i = 0; i < 10; i++)
        CHECK(link_door_try(&h.door) < 0);
    CHECK_EQ(link_door_rest_ms(&h.door), LINK_DOOR_REST_MS);
    int server = serve_at(h.path);
    link_door_await(&h.door, h.commands, FOR_EVER);
    CHECK_EQ(link_door_rest_ms(&h.door), LINK_DOOR_SOON_MS);
    int fd = link_door_try(&h.door);
    CHECK(fd >= 0);
    CHECK(h.door.watch < 0); /* a connection needs no watching */
    close(fd);
    close(server);
    finish(&h);
}

static void test_link_door_wakes_for_a_command(void **state)
{
    (void)state;
    struct house h = start();
    h.door = link_door_at(h.path);
    CHECK(link_door_try(&h.door) < 0);
    CHECK_EQ(eventfd_write(h.commands, 1), 0);
    link_door_await(&h.door, h.commands, FOR_EVER);
    CHECK(h.door.tries > 0); /* that was no news */
    finish(&h);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(test_link_door_is_left_alone_while_nobody_is_there),
        T(test_link_door_without_a_folder_is_tried_every_two_seconds),
        T(test_link_door_hears_of_a_socket_that_comes),
        T(test_link_door_wakes_for_a_command),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
