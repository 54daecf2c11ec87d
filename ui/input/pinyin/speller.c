#include "ui/input/pinyin/speller.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "firmware/base/locked.h"
#include "firmware/base/log.h"
#include "ui/input/pinyin/wire.h"

enum { HELPER_SOCKET = 3, HELPER_WORDS = 4 };
enum { PAUSE_MS = 1000, PAUSE_MOST_MS = 30000 };

/* What a resident typed; in locked memory. */
struct typed {
    struct wire_question question;
    uint8_t out[WIRE_QUESTION_MAX];
    uint8_t in[WIRE_ANSWER_MAX + 1]; /* one more: a longer datagram shows */
};

struct speller {
    const struct clock *clock;
    struct typed *typed;
    char *program;
    int words; /* a memfd, or -1 */
    int socket;
    pid_t pid;         /* 0: none */
    bool has_answered; /* since its start */
    uint32_t serial;
    int64_t not_before_ms; /* boot clock: no start earlier */
    int64_t pause_ms;      /* after the next failure */
};

static int64_t now_ms(void)
{
    return system_clock.boot_ms(&system_clock);
}

/* ---- the process ------------------------------------------------------------------------------- */

/* fds of ours are close-on-exec; those that it may have are put where it expects them, above both
 * places first so that neither dup2 hits the other. */
static int spawn(struct speller *s, int theirs)
{
    char by_socket[] = "--socket", with_words[] = "--words-here", locale[] = "LC_ALL=C.UTF-8";
    char *arguments[] = { s->program, by_socket, s->words < 0 ? NULL : with_words, NULL };
    char *environment[] = { locale, NULL };
    posix_spawn_file_actions_t actions;
    int high = fcntl(theirs, F_DUPFD_CLOEXEC, 10), r;
    int words = s->words < 0 ? -1 : fcntl(s->words, F_DUPFD_CLOEXEC, 10);
    r = high < 0 || (s->words >= 0 && words < 0) ? -EMFILE : 0;
    if (!r && posix_spawn_file_actions_init(&actions))
        r = -ENOMEM;
    if (!r) {
        r = -posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
        r = r ? r : -posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
        r = r ? r : -posix_spawn_file_actions_adddup2(&actions, high, HELPER_SOCKET);
        if (!r && words >= 0)
            r = -posix_spawn_file_actions_adddup2(&actions, words, HELPER_WORDS);
        r = r ? r : -posix_spawn_file_actions_addclosefrom_np(&actions, words < 0 ? 4 : 5);
        r = r ? r : -posix_spawn(&s->pid, s->program, &actions, NULL, arguments, environment);
        posix_spawn_file_actions_destroy(&actions);
    }
    if (high >= 0)
        close(high);
    if (words >= 0)
        close(words);
    if (r)
        s->pid = 0;
    return r;
}

static void pause_longer(struct speller *s)
{
    s->not_before_ms = s->clock->boot_ms(s->clock) + s->pause_ms;
    s->pause_ms = 2 * s->pause_ms < PAUSE_MOST_MS ? 2 * s->pause_ms : PAUSE_MOST_MS;
}

static int start(struct speller *s)
{
    int pair[2];
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair))
        return fault_raise(-errno);
    int r = spawn(s, pair[1]);
    close(pair[1]);
    if (r) {
        close(pair[0]);
        log_line(LOG_ERROR, "speller", "the pinyin engine does not start: %s", strerrorname_np(-r));
        return r;
    }
    s->socket = pair[0];
    s->has_answered = false;
    return 0;
}

static void stop(struct speller *s)
{
    if (s->socket >= 0)
        close(s->socket);
    s->socket = -1;
    if (s->pid > 0) {
        kill(s->pid, SIGKILL);
        while (waitpid(s->pid, NULL, 0) < 0 && errno == EINTR)
            ;
    }
    s->pid = 0;
}

static bool is_running(struct speller *s)
{
    if (s->pid)
        return true;
    if (s->clock->boot_ms(s->clock) < s->not_before_ms)
        return false;
    if (!start(s))
        return true;
    pause_longer(s);
    return false;
}

/* ---- questions --------------------------------------------------------------------------------- */

static int wait_for_answer(struct speller *s, ssize_t *length)
{
    int64_t end = now_ms() + (s->has_answered ? SPELLER_DEADLINE_MS : SPELLER_START_MS);
    for (;;) {
        int64_t left = end - now_ms();
        struct pollfd p = { .fd = s->socket, .events = POLLIN };
        int n = left > 0 ? poll(&p, 1, (int)left) : 0;
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return -ETIMEDOUT;
        *length = recv(s->socket, s->typed->in, sizeof(s->typed->in), MSG_DONTWAIT);
        if (*length < 0 && (errno == EINTR || errno == EAGAIN))
            continue;
        return *length > 0 ? 0 : -EPIPE;
    }
}

static int exchange(struct speller *s, struct speller_answer *out)
{
    struct typed *t = s->typed;
    ssize_t length = 0;
    size_t size = wire_put_question(t->out, &t->question);
    if (send(s->socket, t->out, size, MSG_NOSIGNAL | MSG_DONTWAIT) != (ssize_t)size)
        return -EPIPE;
    int r = wait_for_answer(s, &length);
    return r ? r : wire_get_answer(out, t->in, (size_t)length, &t->question);
}

int speller_ask(struct speller *s, struct speller_answer *out, const char *letters, unsigned flags,
                size_t most)
{
    struct wire_question *q = &s->typed->question;
    explicit_bzero(out, sizeof(*out));
    if (!wire_letters_are_good(letters) || !most)
        return -EINVAL;
    if (!is_running(s))
        return SPELLER_E_GONE;
    q->serial = ++s->serial;
    q->flags = flags & (SPELLER_NAME | SPELLER_FIRST | SPELLER_FUZZY_NG);
    q->most = most < SPELLER_CANDIDATES_MAX ? most : SPELLER_CANDIDATES_MAX;
    memcpy(q->letters, letters, strlen(letters) + 1);
    int r = exchange(s, out);
    explicit_bzero(s->typed, sizeof(*s->typed));
    if (!r) {
        s->has_answered = true;
        s->pause_ms = PAUSE_MS;
        return 0;
    }
    log_line(LOG_WARNING, "speller", "the pinyin engine was ended: %s", strerrorname_np(-r));
    stop(s);
    pause_longer(s);
    return SPELLER_E_GONE;
}

void speller_end(struct speller *s)
{
    bool may_start = s->pid || s->clock->boot_ms(s->clock) >= s->not_before_ms;
    stop(s);
    explicit_bzero(s->typed, sizeof(*s->typed));
    if (may_start && start(s))
        pause_longer(s);
}

int speller_pid(const struct speller *s)
{
    return s->pid;
}

/* ---- from first to last ------------------------------------------------------------------------ */

/* In memory that no one can change any more: every helper that starts gets the same words. */
static int keep_words(struct speller *s, const char *words)
{
    size_t length = strlen(words);
    s->words = memfd_create("words", MFD_CLOEXEC | MFD_ALLOW_SEALING);
    if (s->words < 0)
        return fault_raise(-errno);
    if (write(s->words, words, length) != (ssize_t)length ||
        fcntl(s->words, F_ADD_SEALS, F_SEAL_WRITE | F_SEAL_GROW | F_SEAL_SHRINK))
        return fault_raise(-EIO);
    return 0;
}

int speller_new(struct speller **out, const struct speller_config *config)
{
    AUTO(speller_free) struct speller *s = calloc(1, sizeof(*s));
    if (!s)
        return fault_raise(-ENOMEM);
    s->words = s->socket = -1;
    s->clock = config->clock;
    s->pause_ms = PAUSE_MS;
    s->program = strdup(config->program);
    s->typed = locked_new(sizeof(*s->typed));
    if (!s->program || !s->typed)
        return fault_raise(-ENOMEM);
    int r = config->words ? keep_words(s, config->words) : 0;
    if (r)
        return r;
    if (start(s))
        pause_longer(s); /* the kiosk runs without it: other ways to write remain */
    *out = TAKE(s);
    return 0;
}

void speller_free(struct speller *s)
{
    if (!s)
        return;
    stop(s);
    if (s->words >= 0)
        close(s->words);
    if (s->typed)
        locked_free(s->typed, sizeof(*s->typed));
    free(s->program);
    free(s);
}
