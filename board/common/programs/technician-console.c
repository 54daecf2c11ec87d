/* The console of a technician's laptop (a USB gadget's CDC ACM line, onetrip-console.service): runs commands of kioskctl from a
 * table, one after the other, and nothing else. Each is noted among the kiosk's events before it is begun; what cannot be noted is
 * not done. No shell is in the image, none is called here, and what is typed reaches a program only as a word of the table or as
 * digits. */
#include <fcntl.h>
#include <getopt.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include "board/common/console.h"
#include "board/common/places.h"
#include "firmware/base/clock.h"
#include "firmware/base/message.h"

enum { NOTE_MS = 5000, RUN_MS = 30000, OUTPUT_MOST = 256 * 1024, PIECE = 4096 };

struct console {
    const char *kioskctl, *syncd;
    int64_t n;
};

/* ---- the line ------------------------------------------------------------------------ */

static bool say_bytes(const char *text, size_t length)
{
    while (length) {
        ssize_t n = write(STDOUT_FILENO, text, length);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return false;
        text += n;
        length -= (size_t)n;
    }
    return true;
}

static bool say(const char *text)
{
    return say_bytes(text, strlen(text));
}

/* No signals from the keyboard, no echo of the kernel's: every byte comes here and is judged here. */
static void make_raw(void)
{
    struct termios t;
    if (tcgetattr(STDIN_FILENO, &t))
        return;
    cfmakeraw(&t);
    (void)tcsetattr(STDIN_FILENO, TCSAFLUSH, &t);
}

/* ---- the audit log ------------------------------------------------------------------- */

static bool note(struct console *c, const char *detail)
{
    struct message reply AUTO_MESSAGE = { 0 };
    struct bytes pending AUTO_BYTES = { 0 };
    json_t *o = json_pack("{ss, sI, ss, ss, ss}", "op", "staff-note", "n", (json_int_t)++c->n,
                          "serial", "CONSOLE", "action", "console", "detail", detail);
    int fd = o ? message_connect(c->syncd) : -ENOMEM;
    int r = fd < 0 ? fd : message_send(fd, o, NULL, 0, NOTE_MS);
    if (!r)
        r = message_receive(&reply, fd, &pending, NOTE_MS);
    if (fd >= 0)
        close(fd);
    json_decref(o);
    return !r && json_is_true(json_object_get(reply.head, "ok"));
}

/* ---- one command --------------------------------------------------------------------- */

static void become(const struct console *c, const struct console_command *command, int out)
{
    const char *argv[CONSOLE_WORDS + 5] = { c->kioskctl, "--syncd", c->syncd };
    static const char *const environment[] = { "LC_ALL=C.UTF-8", NULL };
    size_t n = 3;
    int nothing = open("/dev/null", O_RDONLY | O_CLOEXEC);
    for (size_t i = 0; i < command->count; i++)
        argv[n++] = command->words[i];
    if (*command->argument)
        argv[n++] = command->argument;
    if (nothing < 0 || dup2(nothing, STDIN_FILENO) < 0 || dup2(out, STDOUT_FILENO) < 0 ||
        dup2(out, STDERR_FILENO) < 0)
        _exit(127);
    execve(c->kioskctl, (char *const *)(uintptr_t)argv, (char *const *)(uintptr_t)environment);
    _exit(127);
}

/* What it prints, made harmless, until it ends, says too much or takes too long. */
static void pass_on(int from, int64_t until_ms)
{
    char piece[PIECE], clean[2 * PIECE];
    size_t total = 0;
    while (total < OUTPUT_MOST) {
        struct pollfd p = { .fd = from, .events = POLLIN };
        int64_t left = until_ms - system_clock.boot_ms(&system_clock);
        if (left <= 0 || poll(&p, 1, (int)left) != 1) {
            say("... that takes too long\r\n");
            return;
        }
        ssize_t n = read(from, piece, sizeof(piece));
        if (n <= 0)
            return;
        total += (size_t)n;
        if (!say_bytes(clean, console_clean(clean, piece, (size_t)n)))
            return;
    }
    say("... and more\r\n");
}

static void run(const struct console *c, const struct console_command *command)
{
    int ends[2], status;
    if (pipe2(ends, O_CLOEXEC)) {
        say("it cannot be begun\r\n");
        return;
    }
    pid_t child = fork();
    if (!child)
        become(c, command, ends[1]);
    close(ends[1]);
    if (child > 0) {
        pass_on(ends[0], system_clock.boot_ms(&system_clock) + RUN_MS);
        kill(child, SIGKILL);
        while (waitpid(child, &status, 0) < 0 && errno == EINTR)
            ;
    }
    close(ends[0]);
}

/* ---- the loop ------------------------------------------------------------------------ */

static void help(void)
{
    for (size_t i = 0; console_help(i); i++) {
        say(console_help(i));
        say("\r\n");
    }
}

/* False: it is left. */
static bool take_line(struct console *c, const struct console_line *line)
{
    struct console_command command;
    enum console_verdict verdict = console_parse(&command, line);
    say("\r\n");
    switch (verdict) {
    case CONSOLE_HELP:
        help();
        break;
    case CONSOLE_LEAVE:
        return false;
    case CONSOLE_REFUSED:
        (void)note(c, command.note);
        say("not understood: only what `help` lists, as it stands there\r\n");
        break;
    case CONSOLE_RUN:
        if (note(c, command.note))
            run(c, &command);
        else
            say("it cannot be noted, so it is not done: kiosk-syncd does not answer\r\n");
        break;
    case CONSOLE_EMPTY:
        break;
    }
    return say("onetrip> ");
}

static bool take_byte(struct console *c, struct console_line *line, unsigned char byte)
{
    bool goes_on = true;
    switch (console_key(line, byte)) {
    case CONSOLE_ECHO:
        goes_on = say_bytes((const char *)&byte, 1);
        break;
    case CONSOLE_ERASED:
        goes_on = say("\b \b");
        break;
    case CONSOLE_CLEARED:
        goes_on = say("\r\nonetrip> ");
        break;
    case CONSOLE_DONE:
        goes_on = take_line(c, line);
        console_line_clear(line);
        break;
    case CONSOLE_NOTHING:
        break;
    }
    return goes_on;
}

static int serve(struct console *c)
{
    struct console_line line = { 0 };
    unsigned char bytes[256];
    bool goes_on = say("\r\nOneTrip. `help` lists what can be asked.\r\nonetrip> ");
    while (goes_on) {
        ssize_t n = read(STDIN_FILENO, bytes, sizeof(bytes));
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            break;
        for (ssize_t i = 0; goes_on && i < n; i++)
            goes_on = take_byte(c, &line, bytes[i]);
    }
    explicit_bzero(&line, sizeof(line));
    return 0;
}

int main(int argc, char **argv)
{
    static const struct option longs[] = { { "kioskctl", required_argument, NULL, 'k' },
                                           { "syncd", required_argument, NULL, 's' },
                                           { NULL, 0, NULL, 0 } };
    struct console c = { "/usr/lib/onetrip/bin/kioskctl", BOARD_SOCKET, 0 };
    int id;
    while ((id = getopt_long(argc, argv, "", longs, NULL)) != -1) {
        if (id != 'k' && id != 's') {
            fputs("usage: technician-console [--kioskctl FILE] [--syncd SOCKET]\n", stderr);
            return 2;
        }
        *(id == 'k' ? &c.kioskctl : &c.syncd) = optarg;
    }
    signal(SIGPIPE, SIG_IGN);
    make_raw();
    return serve(&c);
}
