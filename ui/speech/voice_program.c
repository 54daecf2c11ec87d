#include "ui/speech/voice_program.h"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "firmware/base/log.h"

enum { CHILD_FD = 3, FIRST_WAIT_MS = 100, LONGEST_WAIT_MS = 30000, ENVIRONMENT_MAX = 8 };

void program_init(struct program *p, const char *path, const char *assets)
{
    *p = (struct program){ .path = path, .assets = assets, .fd = -1 };
}

static int64_t wait_after(int deaths)
{
    int64_t wait = FIRST_WAIT_MS;
    for (int i = 1; i < deaths && wait < LONGEST_WAIT_MS; i++)
        wait *= 2;
    return wait < LONGEST_WAIT_MS ? wait : LONGEST_WAIT_MS;
}

/* Of the environment only what sound needs. */
static void pick_environment(char *out[ENVIRONMENT_MAX])
{
    static const char *const names[] = { "SDL_AUDIODRIVER=", "XDG_RUNTIME_DIR=",  "PULSE_SERVER=",
                                         "ONETRIP_LOG=",     "ALSA_CONFIG_PATH=", "ASAN_OPTIONS=" };
    size_t count = 0;
    for (char **e = environ; *e; e++)
        for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
            if (count < ENVIRONMENT_MAX - 1 && !strncmp(*e, names[i], strlen(names[i])))
                out[count++] = *e;
    out[count] = NULL;
}

static int spawn(struct program *p, int child_end)
{
    char fd[] = "3";
    char *arguments[] = { (char *)p->path,    (char *)"--fd",    fd,
                          (char *)"--assets", (char *)p->assets, NULL };
    char *environment[ENVIRONMENT_MAX];
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    sigset_t none;
    int r = posix_spawn_file_actions_init(&actions);
    if (r)
        return -r;
    sigemptyset(&none);
    pick_environment(environment);
    (void)posix_spawnattr_init(&attributes);
    (void)posix_spawnattr_setsigmask(&attributes, &none);
    (void)posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK);
    r = posix_spawn_file_actions_adddup2(&actions, child_end, CHILD_FD);
    if (!r)
        r = posix_spawn_file_actions_addclosefrom_np(&actions, CHILD_FD + 1);
    if (!r)
        r = posix_spawn(&p->pid, p->path, &actions, &attributes, arguments, environment);
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&attributes);
    return -r;
}

static void note_death(struct program *p, int64_t now_ms, const char *what)
{
    p->deaths++;
    p->due_ms = now_ms + wait_after(p->deaths);
    log_line(p->deaths == 1 ? LOG_WARNING : LOG_INFO, "voice",
             "the speech program %s; again in %lld ms", what, (long long)(p->due_ms - now_ms));
}

void program_start(struct program *p, int64_t now_ms)
{
    int ends[2];
    if (!p->path || p->fd >= 0 || now_ms < p->due_ms)
        return;
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends)) {
        note_death(p, now_ms, "has no socket");
        return;
    }
    int r = 0;
    /* dup2() onto itself would leave close-on-exec set. */
    if (ends[1] == CHILD_FD) {
        int moved = fcntl(ends[1], F_DUPFD_CLOEXEC, CHILD_FD + 1);
        close(ends[1]);
        ends[1] = moved;
        r = moved < 0 ? -EMFILE : 0;
    }
    if (!r)
        r = spawn(p, ends[1]);
    if (ends[1] >= 0)
        close(ends[1]);
    if (r) {
        close(ends[0]);
        p->pid = 0;
        note_death(p, now_ms, "cannot be started");
        return;
    }
    p->fd = ends[0];
}

void program_reap(struct program *p)
{
    for (size_t i = 0; i < PROGRAM_LEFTOVERS; i++)
        if (p->leftovers[i] && waitpid(p->leftovers[i], NULL, WNOHANG) != 0)
            p->leftovers[i] = 0;
}

static void remember(struct program *p, pid_t pid)
{
    for (size_t i = 0; i < PROGRAM_LEFTOVERS; i++) {
        if (p->leftovers[i])
            continue;
        p->leftovers[i] = pid;
        return;
    }
    (void)waitpid(pid, NULL, 0); /* killed: it is a matter of a few ms */
}

void program_end(struct program *p, int64_t now_ms, bool is_wanted)
{
    if (p->fd >= 0)
        close(p->fd);
    p->fd = -1;
    if (p->pid) {
        kill(p->pid, SIGKILL);
        program_reap(p);
        remember(p, p->pid);
        p->pid = 0;
        program_reap(p);
        if (!is_wanted)
            note_death(p, now_ms, "died or hung");
    }
    if (is_wanted)
        p->due_ms = 0;
}

bool program_send(struct program *p, const struct speech_request *r, int64_t now_ms)
{
    char data[SPEECH_REQUEST_MAX];
    if (p->fd < 0)
        return false;
    size_t length = speech_request_write(data, r);
    ssize_t sent = send(p->fd, data, length, MSG_DONTWAIT | MSG_NOSIGNAL);
    explicit_bzero(data, length);
    if (sent == (ssize_t)length && length)
        return true;
    program_end(p, now_ms, false);
    return false;
}

bool program_receive(struct program *p, struct speech_answer *out, int64_t now_ms)
{
    char data[SPEECH_ANSWER_MAX];
    program_reap(p);
    while (p->fd >= 0) {
        ssize_t n = recv(p->fd, data, sizeof(data), MSG_DONTWAIT);
        if (n < 0 && (errno == EAGAIN || errno == EINTR))
            return false;
        if (n > 0 && !speech_answer_read(out, data, (size_t)n)) {
            if (out->kind == SPEECH_READY)
                p->deaths = 0;
            return true;
        }
        program_end(p, now_ms, false); /* gone, or it says what it must not */
    }
    return false;
}
