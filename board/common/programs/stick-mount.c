/* stick-mount NAME: one USB stick, from plugged in to pulled out. Judges the file system on /dev/NAME, mounts it read-only
 * (nosuid, nodev, noexec, no links followed) without putting it into any tree, and hands it to the kiosk as a descriptor at
 * /run/onetrip-sticks/NAME. While the kiosk asks for it the stick can be written, no longer.
 *
 * On the line, a byte each way: the kiosk hears 'r' with the descriptor at once; it says 'w' (to write) or 'r' (enough) and
 * hears what holds then. When it hangs up, the stick is read-only again. Ends on SIGTERM, which comes when the device
 * goes; then the line ends too, and that is how the kiosk learns it.
 *
 * The only program of a board with a capability, CAP_SYS_ADMIN (onetrip-stick@.service). */
#include <fcntl.h>
#include <linux/fs.h>
#include <poll.h>
#include <pwd.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "board/common/stick_fs.h"
#include "firmware/base/fault.h"
#include "firmware/base/log.h"

static const char places[] = "/run/onetrip-sticks";
static const char reader[] = "onetrip-kiosk";

struct work {
    char device[32], place[64];
    struct stick_fs fs;
    uid_t uid; /* whose stick it becomes: the kiosk's */
    gid_t gid;
    int mount;
};

/* "sdb" or "sdb1": the name comes from udev, and still nothing else is opened. */
static bool is_name(const char *name)
{
    size_t length = strlen(name);
    return (length == 3 || length == 4) && !strncmp(name, "sd", 2) && name[2] >= 'a' &&
           name[2] <= 'z' && (length == 3 || (name[3] >= '1' && name[3] <= '9'));
}

static int complain(const struct work *w, const char *what)
{
    int r = -errno;
    log_line(LOG_ERROR, "stick", "%s: %s: %s", w->device, what, strerrorname_np(-r));
    return r ? r : -EIO;
}

/* ---- judging --------------------------------------------------------------------------- */

static int judge(struct work *w)
{
    uint8_t head[STICK_FS_HEAD];
    uint64_t bytes = 0;
    struct stat st;
    int fd = open(w->device, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    bool is_read = fd >= 0 && !fstat(fd, &st) && S_ISBLK(st.st_mode) &&
                   !ioctl(fd, BLKGETSIZE64, &bytes) &&
                   pread(fd, head, sizeof(head), 0) == (ssize_t)sizeof(head);
    int r = is_read ? 0 : complain(w, "cannot be read");
    if (fd >= 0)
        close(fd);
    const char *why = r ? NULL : stick_fs_judge(&w->fs, head, bytes);
    if (why)
        log_line(LOG_WARNING, "stick", "%s is refused: %s", w->device, why);
    return why ? -EBADMSG : r;
}

/* ---- mounting -------------------------------------------------------------------------- */

static bool set(int fs, const char *key, const char *format, ...)
{
    char value[64];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(value, sizeof(value), format, arguments);
    va_end(arguments);
    return !fsconfig(fs, FSCONFIG_SET_STRING, key, value, 0);
}

static bool flag(int fs, const char *key)
{
    return !fsconfig(fs, FSCONFIG_SET_FLAG, key, NULL, 0);
}

/* FAT knows no owners: everything on it is the kiosk's. */
static bool set_owner(const struct work *w, int fs)
{
    return set(fs, "uid", "%u", w->uid) && set(fs, "gid", "%u", w->gid) && set(fs, "umask", "077");
}

static bool configure(const struct work *w, int fs)
{
    bool is_done = set(fs, "source", "%s", w->device) && flag(fs, "ro");
    switch (w->fs.kind) {
    case STICK_FS_VFAT:
        return is_done && set_owner(w, fs) && set(fs, "codepage", "437") &&
               set(fs, "iocharset", "ascii") && set(fs, "errors", "remount-ro");
    case STICK_FS_EXFAT:
        return is_done && set_owner(w, fs) && set(fs, "errors", "remount-ro");
    case STICK_FS_EXT4: /* a journal is not played back: that would write */
        return is_done && (!w->fs.is_dirty || flag(fs, "noload")) &&
               set(fs, "errors", "remount-ro");
    case STICK_FS_NONE:
        break;
    }
    return false;
}

static int mount_it(struct work *w)
{
    static const char *const kinds[] = {
        [STICK_FS_VFAT] = "vfat", [STICK_FS_EXFAT] = "exfat", [STICK_FS_EXT4] = "ext4"
    };
    int fs = fsopen(kinds[w->fs.kind], FSOPEN_CLOEXEC), r = 0;
    if (fs < 0 || !configure(w, fs) || fsconfig(fs, FSCONFIG_CMD_CREATE, NULL, NULL, 0))
        r = complain(w, "cannot be mounted");
    if (!r) {
        w->mount = fsmount(fs, FSMOUNT_CLOEXEC,
                           MOUNT_ATTR_RDONLY | MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV |
                               MOUNT_ATTR_NOEXEC | MOUNT_ATTR_NOSYMFOLLOW | MOUNT_ATTR_NOATIME);
        r = w->mount < 0 ? complain(w, "cannot be mounted") : 0;
    }
    if (fs >= 0)
        close(fs);
    return r;
}

static bool reconfigure(const struct work *w, const char *how)
{
    int fs = fspick(w->mount, "", FSPICK_EMPTY_PATH | FSPICK_CLOEXEC);
    bool is_done =
        fs >= 0 && flag(fs, how) && !fsconfig(fs, FSCONFIG_CMD_RECONFIGURE, NULL, NULL, 0);
    if (fs >= 0)
        close(fs);
    return is_done;
}

/* Both the file system and the mount, in the order in which neither is ever more than was asked for. */
static bool allow_writing(const struct work *w)
{
    struct mount_attr open = { .attr_clr = MOUNT_ATTR_RDONLY };
    return !w->fs.is_dirty && reconfigure(w, "rw") &&
           !mount_setattr(w->mount, "", AT_EMPTY_PATH, &open, sizeof(open));
}

static bool end_writing(const struct work *w)
{
    struct mount_attr closed = { .attr_set = MOUNT_ATTR_RDONLY };
    return !mount_setattr(w->mount, "", AT_EMPTY_PATH, &closed, sizeof(closed)) &&
           reconfigure(w, "ro");
}

/* ---- the kiosk's line ------------------------------------------------------------------- */

static int listen_at(const char *place)
{
    struct sockaddr_un at = { .sun_family = AF_UNIX };
    snprintf(at.sun_path, sizeof(at.sun_path), "%s", place);
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    (void)unlink(place);
    if (fd >= 0 && !bind(fd, (struct sockaddr *)&at, sizeof(at)) && !listen(fd, 4))
        return fd;
    int r = -errno;
    if (fd >= 0)
        close(fd);
    return r;
}

static bool is_kiosk(const struct work *w, int line)
{
    struct ucred peer;
    socklen_t size = sizeof(peer);
    return !getsockopt(line, SOL_SOCKET, SO_PEERCRED, &peer, &size) && peer.uid == w->uid;
}

static bool hand_over(const struct work *w, int line)
{
    union {
        char bytes[CMSG_SPACE(sizeof(int))];
        struct cmsghdr aligned;
    } control = { 0 };
    char word = 'r';
    struct iovec io = { .iov_base = &word, .iov_len = 1 };
    struct msghdr m = { .msg_iov = &io,
                        .msg_iovlen = 1,
                        .msg_control = control.bytes,
                        .msg_controllen = sizeof(control.bytes) };
    struct cmsghdr *c = CMSG_FIRSTHDR(&m);
    c->cmsg_level = SOL_SOCKET;
    c->cmsg_type = SCM_RIGHTS;
    c->cmsg_len = CMSG_LEN(sizeof(int));
    memcpy(CMSG_DATA(c), &w->mount, sizeof(int));
    return sendmsg(line, &m, MSG_NOSIGNAL) == 1;
}

/* -1, or the line, which is served alone: others wait. */
static int take_caller(const struct work *w, int listener)
{
    int line = accept4(listener, NULL, NULL, SOCK_CLOEXEC);
    if (line >= 0 && is_kiosk(w, line) && hand_over(w, line))
        return line;
    log_line(LOG_WARNING, "stick", "%s is not for whoever asked", w->device);
    if (line >= 0)
        close(line);
    return -1;
}

/* False: it has hung up, or says what nobody says. */
static bool answer(const struct work *w, int line)
{
    char word, said;
    if (recv(line, &word, 1, 0) != 1 || (word != 'w' && word != 'r'))
        return false;
    if (word == 'w')
        said = allow_writing(w) ? 'w' : 'r';
    else
        said = end_writing(w) ? 'r' : 'w';
    if (said != word)
        log_line(LOG_WARNING, "stick", "%s stays as it is: %s", w->device, strerrorname_np(errno));
    return send(line, &said, 1, MSG_NOSIGNAL) == 1;
}

static void serve(const struct work *w, int listener, int signals)
{
    int line = -1;
    for (;;) {
        struct pollfd polls[2] = { { .fd = signals, .events = POLLIN },
                                   { .fd = line < 0 ? listener : line, .events = POLLIN } };
        if (poll(polls, 2, -1) < 0 || polls[0].revents)
            break;
        if (line < 0) {
            line = take_caller(w, listener);
        } else if (!answer(w, line)) {
            close(line);
            line = -1;
            (void)end_writing(w);
        }
    }
    if (line >= 0)
        close(line);
}

static int open_signals(void)
{
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGINT);
    sigprocmask(SIG_BLOCK, &set, NULL);
    return signalfd(-1, &set, SFD_CLOEXEC);
}

int main(int argc, char **argv)
{
    struct work w = { .mount = -1 };
    const struct passwd *kiosk = getpwnam(reader);
    int signals = open_signals();
    if (argc != 2 || !is_name(argv[1]) || !kiosk || signals < 0) {
        fputs("usage: stick-mount NAME    a stick, as sdb1; there must be a user onetrip-kiosk\n",
              stderr);
        return 2;
    }
    w.uid = kiosk->pw_uid;
    w.gid = kiosk->pw_gid;
    snprintf(w.device, sizeof(w.device), "/dev/%.8s", argv[1]);
    snprintf(w.place, sizeof(w.place), "%s/%.8s", places, argv[1]);
    if (judge(&w) || mount_it(&w))
        return 1;
    int listener = listen_at(w.place);
    if (listener < 0) {
        errno = -listener;
        complain(&w, "no place for it");
        return 1;
    }
    log_line(LOG_NOTICE, "stick", "%s is there%s", w.device, w.fs.is_dirty ? ", read-only" : "");
    serve(&w, listener, signals);
    (void)unlink(w.place);
    return 0;
}
