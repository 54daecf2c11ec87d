#include "firmware/base/folder_watch.h"

#include <dirent.h>
#include <stdio.h>
#include <string.h>
#include <sys/inotify.h>
#include <unistd.h>

enum { PATH = 256, EVENTS = 4096 };

/* A device node is made first and given to its group by udev then: only after that can it be opened. */
static const uint32_t what = IN_CREATE | IN_DELETE | IN_MOVED_TO | IN_ATTRIB;
static const uint32_t above = IN_CREATE | IN_MOVED_TO;

/* Watching twice is watching once. */
static void watch_inner(int fd, const char *folder)
{
    char path[PATH];
    const struct dirent *e;
    DIR *d = opendir(folder);
    while (d && (e = readdir(d)))
        if (e->d_name[0] != '.' &&
            snprintf(path, sizeof(path), "%s/%s", folder, e->d_name) < (int)sizeof(path))
            (void)inotify_add_watch(fd, path, what | IN_ONLYDIR);
    if (d)
        closedir(d);
}

/* Into `path`, which becomes the folder that holds it. False: that is the root. */
static bool climb(char *path)
{
    char *slash = strrchr(path, '/');
    if (!slash || slash == path)
        return false;
    *slash = 0;
    return true;
}

/* What holds a folder that is missing. */
static int watch_above(int fd, const char *folder)
{
    char path[PATH];
    int r = -ENOENT;
    if (snprintf(path, sizeof(path), "%s", folder) >= (int)sizeof(path))
        return -ENAMETOOLONG;
    for (int i = 0; i < FOLDER_WATCH_DEEP && r && climb(path); i++)
        r = inotify_add_watch(fd, path, above | IN_ONLYDIR) < 0 ? -errno : 0;
    return r;
}

static int watch_itself(int fd, const char *folder)
{
    if (inotify_add_watch(fd, folder, what | IN_ONLYDIR) < 0)
        return -errno;
    watch_inner(fd, folder);
    return 0;
}

static int watch_all(int fd, const char *folder)
{
    int r = watch_itself(fd, folder);
    if (r != -ENOENT)
        return r;
    r = watch_above(fd, folder);
    if (!r)
        (void)!watch_itself(fd, folder); /* it may have come meanwhile */
    return r;
}

int folder_watch(const char *folder)
{
    int fd = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
    if (fd < 0)
        return -errno;
    int r = watch_all(fd, folder);
    if (!r)
        return fd;
    close(fd);
    return r;
}

bool folder_news(int fd, const char *folder)
{
    char events[EVENTS] __attribute__((aligned(8)));
    bool is_news = false;
    while (read(fd, events, sizeof(events)) > 0)
        is_news = true;
    if (is_news)
        (void)!watch_all(fd, folder);
    return is_news;
}
