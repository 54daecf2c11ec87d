#include "board/common/creds.h"

#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

enum { MOST = 16 * 1024, ARGUMENTS = 10, OPTION = 300 };

/* The child: its end of the line is what it reads and writes. Nothing of it is ever in a file or in its arguments. */
static _Noreturn void become(int line, const char *const argv[])
{
    if (dup2(line, STDIN_FILENO) < 0 || dup2(line, STDOUT_FILENO) < 0)
        _exit(127);
    execv(argv[0], (char *const *)(uintptr_t)argv);
    _exit(127);
}

static int hear(struct bytes *out, int line)
{
    uint8_t piece[1024];
    ssize_t n;
    int r = 0;
    while (!r && (n = read(line, piece, sizeof(piece))) > 0)
        r = out->length + (size_t)n > MOST ? -EFBIG : bytes_append(out, piece, (size_t)n);
    explicit_bzero(piece, sizeof(piece));
    return r;
}

/* What goes in is small enough to lie in the line until it is read. */
static int converse(struct bytes *out, int line, const void *in, size_t length)
{
    if (send(line, in, length, MSG_NOSIGNAL) != (ssize_t)length || shutdown(line, SHUT_WR))
        return fault_raise(-EIO);
    return hear(out, line);
}

static int run(struct bytes *out, const char *const argv[], const void *in, size_t length)
{
    int line[2], status = 1;
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, line))
        return fault_raise(-errno);
    pid_t pid = fork();
    if (!pid)
        become(line[1], argv);
    close(line[1]);
    int r = pid < 0 ? -errno : converse(out, line[0], in, length);
    close(line[0]);
    if (pid > 0 && (waitpid(pid, &status, 0) != pid || status) && !r)
        r = -EIO;
    return r ? fault_raise(r) : 0;
}

int creds_seal(struct bytes *sealed, const struct creds *c, const void *secret, size_t length)
{
    char device[OPTION];
    const char *const argv[ARGUMENTS] = {
        c->program, "encrypt", "--with-key=tpm2", "--tpm2-pcrs=7", "--name=device-secret", device,
        "-",        "-"
    };
    snprintf(device, sizeof(device), "--tpm2-device=%s", c->tpm);
    return run(sealed, argv, secret, length);
}

int creds_unseal(struct bytes *secret, const struct creds *c, const struct bytes *sealed)
{
    char device[OPTION];
    const char *const argv[ARGUMENTS] = { c->program, "decrypt", "--name=device-secret",
                                          device,     "-",       "-" };
    snprintf(device, sizeof(device), "--tpm2-device=%s", c->tpm);
    return run(secret, argv, sealed->data, sealed->length);
}
