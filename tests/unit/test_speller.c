/* links: ui/input/pinyin firmware/base */
#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/support/check.h"
#include "ui/input/pinyin/wire.h"

/* This program is its own helper: started by another name it behaves as the name says. */
enum { SOCKET = 3, WORDS = 4 };

static void answer_with(const struct wire_question *q, const char *text)
{
    static uint8_t out[WIRE_ANSWER_MAX];
    struct speller_answer a = { .count = 1 };
    snprintf(a.list[0].text, sizeof(a.list[0].text), "%s", text);
    a.list[0].letters = 1;
    size_t length = wire_put_answer(out, q->serial, &a);
    if (send(SOCKET, out, length, MSG_NOSIGNAL) < 0)
        exit(1);
}

static void count_fds(char out[16])
{
    int count = 0;
    DIR *d = opendir("/proc/self/fd");
    while (d && readdir(d))
        count++;
    closedir(d);
    snprintf(out, 16, "%d", count - 3); /* . and .. and the folder's own */
}

static int behave(const char *as)
{
    struct wire_question q;
    uint8_t in[WIRE_QUESTION_MAX];
    ssize_t n;
    int asked = 0;
    while ((n = recv(SOCKET, in, sizeof(in), 0)) > 0) {
        char text[64] = "王";
        if (wire_get_question(&q, in, (size_t)n))
            return 1;
        if (!strcmp(as, "dies"))
            abort();
        if (!strcmp(as, "hangs-later") && asked++)
            pause();
        if (!strcmp(as, "garbage"))
            send(SOCKET, "A\1\0\1xxxxyyyyzzzz", 16, MSG_NOSIGNAL);
        if (!strcmp(as, "repeats"))
            q.serial--;
        if (!strcmp(as, "fds"))
            count_fds(text);
        if (!strcmp(as, "words") && pread(WORDS, text, 12, 0) > 0)
            text[12] = 0;
        answer_with(&q, text);
    }
    return 0;
}

static struct fake_clock clock_at;

static int open_speller(struct speller **out, const char *as, const char *words)
{
    static char path[256], own[256];
    ssize_t n = readlink("/proc/self/exe", own, sizeof(own) - 1);
    own[n > 0 ? n : 0] = 0;
    snprintf(path, sizeof(path), "%s/%s", test_folder(), as);
    if (symlink(own, path) && errno != EEXIST)
        return -errno;
    clock_at = fake_clock_at(1000, 0);
    const struct speller_config config = { .program = path,
                                           .clock = &clock_at.base,
                                           .words = words };
    return speller_new(out, &config);
}

static int ask(struct speller *s, struct speller_answer *out)
{
    return speller_ask(s, out, "wang", SPELLER_NAME, 5);
}

static bool is_alive(int pid)
{
    return pid > 0 && !kill(pid, 0);
}

/* A helper that fails so: gone, reaped, not started again before its pause, then again. */
static void check_gone_and_back(const char *as)
{
    AUTO(speller_free) struct speller *s = NULL;
    struct speller_answer a;
    CHECK_EQ(open_speller(&s, as, NULL), 0);
    int first = speller_pid(s);
    CHECK_EQ(ask(s, &a), SPELLER_E_GONE);
    CHECK_EQ(a.count, 0);
    CHECK_EQ(speller_pid(s), 0);
    CHECK(!is_alive(first) && waitpid(-1, NULL, WNOHANG) == -1 && errno == ECHILD);
    CHECK_EQ(ask(s, &a), SPELLER_E_GONE);
    CHECK_EQ(speller_pid(s), 0);
    fake_clock_advance(&clock_at, 1000);
    CHECK_EQ(ask(s, &a), SPELLER_E_GONE); /* a new one, no better */
    fake_clock_advance(&clock_at, 1000);
    CHECK_EQ(ask(s, &a), SPELLER_E_GONE);
    CHECK_EQ(speller_pid(s), 0); /* the pause has grown */
}

static void test_speller_survives_a_helper_that_dies(void **state)
{
    (void)state;
    check_gone_and_back("dies");
}

static void test_speller_ends_a_helper_that_talks_nonsense(void **state)
{
    (void)state;
    check_gone_and_back("garbage");
}

static void test_speller_ends_a_helper_that_answers_another_question(void **state)
{
    (void)state;
    check_gone_and_back("repeats");
}

static void test_speller_ends_a_helper_that_hangs_in_time(void **state)
{
    (void)state;
    AUTO(speller_free) struct speller *s = NULL;
    struct speller_answer a;
    CHECK_EQ(open_speller(&s, "hangs-later", NULL), 0);
    CHECK_EQ(ask(s, &a), 0);
    int pid = speller_pid(s);
    int64_t begin = system_clock.boot_ms(&system_clock);
    CHECK_EQ(ask(s, &a), SPELLER_E_GONE);
    int64_t took = system_clock.boot_ms(&system_clock) - begin;
    CHECK(took >= SPELLER_DEADLINE_MS - 1 && took < 10 * SPELLER_DEADLINE_MS);
    CHECK(!is_alive(pid));
    fake_clock_advance(&clock_at, 1000);
    CHECK_EQ(ask(s, &a), 0); /* usable again */
    CHECK_STR(a.list[0].text, "王");
}

static void test_speller_without_the_program_is_an_outcome_not_a_fault(void **state)
{
    (void)state;
    AUTO(speller_free) struct speller *s = NULL;
    struct speller_answer a;
    const struct speller_config config = { .program = "/nowhere/pinyin", .clock = &system_clock };
    CHECK_EQ(speller_new(&s, &config), 0);
    CHECK_EQ(ask(s, &a), SPELLER_E_GONE);
    speller_end(s);
    CHECK_EQ(speller_ask(s, &a, "Wang", 0, 5), -EINVAL);
}

static void test_speller_end_kills_and_starts_afresh(void **state)
{
    (void)state;
    AUTO(speller_free) struct speller *s = NULL;
    struct speller_answer a;
    CHECK_EQ(open_speller(&s, "good", NULL), 0);
    CHECK_EQ(ask(s, &a), 0);
    int first = speller_pid(s);
    speller_end(s);
    int second = speller_pid(s);
    CHECK(!is_alive(first) && is_alive(second) && first != second);
    CHECK_EQ(ask(s, &a), 0);
    CHECK_EQ(speller_pid(s), second);
    speller_free(TAKE(s));
    CHECK(!is_alive(second));
}

static void test_speller_helper_inherits_nothing_else(void **state)
{
    (void)state;
    AUTO(speller_free) struct speller *s = NULL;
    struct speller_answer a;
    int leak = open("/dev/null", O_RDONLY); /* not close-on-exec */
    CHECK(leak >= 0);
    CHECK_EQ(open_speller(&s, "fds", NULL), 0);
    CHECK_EQ(ask(s, &a), 0);
    CHECK_STR(a.list[0].text, "4"); /* 0, 1, 2 and the socket */
    close(leak);
}

static void test_speller_every_helper_reads_the_words_of_the_kiosk(void **state)
{
    (void)state;
    AUTO(speller_free) struct speller *s = NULL;
    struct speller_answer a;
    CHECK_EQ(open_speller(&s, "words", "护理补贴\thlbt\n"), 0);
    for (int visit = 0; visit < 3; visit++) {
        CHECK_EQ(ask(s, &a), 0);
        CHECK_STR(a.list[0].text, "护理补贴");
        speller_end(s);
    }
}

static int run(void)
{
    const struct CMUnitTest tests[] = {
        T(test_speller_survives_a_helper_that_dies),
        T(test_speller_ends_a_helper_that_talks_nonsense),
        T(test_speller_ends_a_helper_that_answers_another_question),
        T(test_speller_ends_a_helper_that_hangs_in_time),
        T(test_speller_without_the_program_is_an_outcome_not_a_fault),
        T(test_speller_end_kills_and_starts_afresh),
        T(test_speller_helper_inherits_nothing_else),
        T(test_speller_every_helper_reads_the_words_of_the_kiosk),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

int main(int argc, char **argv)
{
    const char *name = strrchr(argv[0], '/');
    return argc > 1 && !strcmp(argv[1], "--socket") ? behave(name ? name + 1 : argv[0]) : run();
}
