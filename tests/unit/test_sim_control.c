/* links: board/host/sim firmware/card firmware/base */
#include <stdio.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "board/host/sim/control.h"
#include "firmware/base/json.h"
#include "tests/support/check.h"

/* A port that counts, and says what it was asked. */
struct echo {
    unsigned calls;
};

static json_t *answer(void *context, const json_t *request)
{
    struct echo *e = context;
    e->calls++;
    return json_pack("{sb sO sI}", "ok", 1, "you", request, "calls", (json_int_t)e->calls);
}

struct stage {
    struct echo echo;
    struct control *control;
    char path[100];
};

static void start(struct stage *s)
{
    *s = (struct stage){ 0 };
    snprintf(s->path, sizeof(s->path), "%s/sim.sock", test_folder());
    CHECK_EQ(control_new(&s->control, s->path, &(struct control_port){ &s->echo, answer }), 0);
}

static int client(const struct stage *s)
{
    struct sockaddr_un there = { .sun_family = AF_UNIX };
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    snprintf(there.sun_path, sizeof(there.sun_path), "%s", s->path);
    CHECK_EQ(connect(fd, (const struct sockaddr *)&there, sizeof(there)), 0);
    return fd;
}

/* Let the server do all it can without waiting for anything. */
static void settle(struct stage *s)
{
    struct pollfd polls[CONTROL_POLLS];
    for (;;) {
        size_t count = control_polls(s->control, polls);
        if (poll(polls, count, 0) <= 0)
            return;
        control_turn(s->control, polls, count);
    }
}

static void tell(int fd, const char *text)
{
    CHECK_EQ(send(fd, text, strlen(text), MSG_NOSIGNAL), strlen(text));
}

/* What has been answered up to now. */
static const char *hear(int fd)
{
    static char said[4096];
    ssize_t n = recv(fd, said, sizeof(said) - 1, MSG_DONTWAIT);
    said[n > 0 ? n : 0] = 0;
    return said;
}

static void test_sim_control_answers_each_line_with_a_line(void **state)
{
    (void)state;
    struct stage s;
    start(&s);
    int fd = client(&s);
    tell(fd, "{\"do\":\"a\"}\n{\"do\":\"b\"}\n{\"do\":");
    settle(&s);
    CHECK_STR(hear(fd), "{\"calls\":1,\"ok\":true,\"you\":{\"do\":\"a\"}}\n"
                        "{\"calls\":2,\"ok\":true,\"you\":{\"do\":\"b\"}}\n");
    tell(fd, "\"c\"}\n");
    settle(&s);
    CHECK_STR(hear(fd), "{\"calls\":3,\"ok\":true,\"you\":{\"do\":\"c\"}}\n");
    close(fd);
    control_free(s.control);
}

static void test_sim_control_has_several_clients(void **state)
{
    (void)state;
    struct stage s;
    int fds[CONTROL_CLIENTS];
    start(&s);
    for (size_t i = 0; i < CONTROL_CLIENTS; i++) {
        fds[i] = client(&s);
        settle(&s);
    }
    for (size_t i = 0; i < CONTROL_CLIENTS; i++)
        tell(fds[i], "{}\n");
    settle(&s);
    for (size_t i = 0; i < CONTROL_CLIENTS; i++) {
        CHECK(strstr(hear(fds[i]), "\"ok\":true") != NULL);
        close(fds[i]);
    }
    settle(&s);
    int again = client(&s); /* their places are free again */
    tell(again, "{}\n");
    settle(&s);
    CHECK(strstr(hear(again), "\"ok\":true") != NULL);
    close(again);
    control_free(s.control);
}

static void test_sim_control_says_what_is_wrong_with_a_line(void **state)
{
    (void)state;
    static const struct {
        const char *line, *says;
    } rows[] = {
        { "\n", "{\"error\":\"line 1, column 0: no JSON" },
        { "nonsense\n", "no JSON" },
        { "[1]\n", "a request is one JSON object" },
        { "{\"a\":1,\"a\":2}\n", "a key stands twice" },
    };
    struct stage s;
    start(&s);
    int fd = client(&s);
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        tell(fd, rows[i].line);
        settle(&s);
        const char *said = hear(fd);
        CHECK(strstr(said, rows[i].says) != NULL);
        CHECK(strstr(said, "\"ok\":false") != NULL);
    }
    CHECK_EQ(s.echo.calls, 0);
    close(fd);
    control_free(s.control);
}

static void test_sim_control_hangs_up_on_a_line_without_end(void **state)
{
    (void)state;
    struct stage s;
    static char noise[64 * 1024];
    memset(noise, ' ', sizeof(noise) - 1);
    start(&s);
    int fd = client(&s);
    for (int i = 0; i < 5; i++) {
        (void)!send(fd, noise, sizeof(noise) - 1, MSG_NOSIGNAL | MSG_DONTWAIT);
        settle(&s);
    }
    CHECK_EQ(send(fd, "x", 1, MSG_NOSIGNAL), -1);
    close(fd);
    control_free(s.control);
}

static void test_sim_control_socket_is_for_its_owner_only(void **state)
{
    (void)state;
    struct stage s;
    struct stat st;
    start(&s);
    CHECK_EQ(stat(s.path, &st), 0);
    CHECK_EQ(st.st_mode & 07777, 0600);
    control_free(s.control);
    CHECK_EQ(stat(s.path, &st), -1);
}

static void test_sim_control_replaces_a_socket_and_nothing_else(void **state)
{
    (void)state;
    struct stage s;
    struct control *second = NULL;
    char file[128], longest[200];
    start(&s);
    CHECK_EQ(control_new(&second, s.path, &(struct control_port){ &s.echo, answer }), 0);
    control_free(second);
    control_free(s.control);
    snprintf(file, sizeof(file), "%s/precious", test_folder());
    FILE *f = fopen(file, "w");
    CHECK(f != NULL);
    fclose(f);
    CHECK_EQ(control_new(&second, file, &(struct control_port){ &s.echo, answer }), -EEXIST);
    CHECK_EQ(access(file, F_OK), 0);
    memset(longest, 'x', sizeof(longest) - 1);
    longest[sizeof(longest) - 1] = 0;
    CHECK_EQ(control_new(&second, longest, &(struct control_port){ &s.echo, answer }),
             -ENAMETOOLONG);
}

RUN(T(test_sim_control_answers_each_line_with_a_line), T(test_sim_control_has_several_clients),
    T(test_sim_control_says_what_is_wrong_with_a_line),
    T(test_sim_control_hangs_up_on_a_line_without_end),
    T(test_sim_control_socket_is_for_its_owner_only),
    T(test_sim_control_replaces_a_socket_and_nothing_else))
