/* board-settings: keeps what staff set at the screen (board/common/settings.h) for a kiosk that can write nothing. On a board systemd
 * listens for it (onetrip-settings.socket), for the kiosk's group alone, and starts it with the first question; on a desktop it
 * listens itself. It writes into its own folder; what is to happen with that is systemd's. Ends when nobody has asked for a while.
 *
 * With --show it says what is kept, in the log, and ends. */
#include <getopt.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "board/common/settings.h"
#include "firmware/base/json.h"
#include "firmware/base/log.h"
#include "firmware/base/message.h"

enum { FIRST_FD = 3, ASK_MS = 5000, QUIET_MS = 60000 };

/* ---- where it listens ----------------------------------------------------------------------- */

/* sd_listen_fds(3), without the library. */
static int socket_of_systemd(void)
{
    const char *pid = getenv("LISTEN_PID"), *count = getenv("LISTEN_FDS");
    bool is_ours = pid && count && strtol(pid, NULL, 10) == getpid() && !strcmp(count, "1");
    return is_ours ? FIRST_FD : -1;
}

static int listen_at(const char *path)
{
    struct sockaddr_un at = { .sun_family = AF_UNIX };
    if (strlen(path) >= sizeof(at.sun_path))
        return -1;
    memcpy(at.sun_path, path, strlen(path) + 1);
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    (void)unlink(path);
    if (fd >= 0 && !bind(fd, (struct sockaddr *)&at, sizeof(at)) && !listen(fd, 4))
        return fd;
    if (fd >= 0)
        close(fd);
    return -1;
}

/* ---- whoever asks --------------------------------------------------------------------------- */

/* One line at a time: there is one kiosk, and every answer is at hand. */
static void serve(int line, const char *folder)
{
    struct bytes pending AUTO_BYTES = { 0 };
    for (;;) {
        struct message request AUTO_MESSAGE = { 0 };
        if (message_receive(&request, line, &pending, ASK_MS))
            return;
        AUTO(json_release) json_t *reply = settings_answer(folder, request.head);
        if (!reply || message_send(line, reply, NULL, 0, ASK_MS))
            return;
    }
}

static int run(int listener, const char *folder, int quiet_ms)
{
    struct pollfd p = { .fd = listener, .events = POLLIN };
    while (poll(&p, 1, quiet_ms) == 1) {
        int line = accept4(listener, NULL, NULL, SOCK_CLOEXEC);
        if (line < 0)
            return 1;
        serve(line, folder);
        close(line);
    }
    return 0;
}

static int show(const char *folder)
{
    AUTO(json_release) json_t *request = json_pack("{ss}", "op", "settings");
    AUTO(json_release) json_t *reply = request ? settings_answer(folder, request) : NULL;
    char *text = reply ? json_canonical(reply) : NULL;
    if (text)
        log_line(LOG_NOTICE, "settings", "%s", text);
    json_text_free(text);
    return text ? 0 : 1;
}

int main(int argc, char **argv)
{
    static const struct option longs[] = { { "folder", 1, NULL, 'f' },
                                           { "socket", 1, NULL, 's' },
                                           { "show", 0, NULL, 'w' },
                                           { NULL, 0, NULL, 0 } };
    const char *folder = NULL, *path = NULL;
    bool is_shown = false;
    int id;
    while ((id = getopt_long(argc, argv, "", longs, NULL)) != -1) {
        folder = id == 'f' ? optarg : folder;
        path = id == 's' ? optarg : path;
        is_shown |= id == 'w';
        if (id == '?')
            folder = NULL;
    }
    if (!folder || optind != argc) {
        fputs("usage: board-settings --folder DIR [--socket PATH | --show]\n", stderr);
        return 2;
    }
    signal(SIGPIPE, SIG_IGN);
    if (is_shown)
        return show(folder);
    int listener = path ? listen_at(path) : socket_of_systemd();
    if (listener < 0) {
        log_line(LOG_ERROR, "settings", "nothing to listen at");
        return 1;
    }
    return run(listener, folder, path ? -1 : QUIET_MS);
}
