#include "drivers/usb/watch.h"

#include <dirent.h>
#include <stdio.h>
#include <sys/inotify.h>
#include <unistd.h>

enum { PATH = 128, EVENTS = 4096 };

/* A device node is made first and given to its group by udev then: only after that can it be opened. */
static const uint32_t what = IN_CREATE | IN_DELETE | IN_ATTRIB;

/* Watching twice is watching once. */
static void watch_buses(int fd, const char *folder)
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

int usb_watch_open(const char *folder)
{
    int fd = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
    if (fd >= 0 && inotify_add_watch(fd, folder, what | IN_ONLYDIR) >= 0) {
        watch_buses(fd, folder);
        return fd;
    }
    int r = -errno;
    if (fd >= 0)
        close(fd);
    return r;
}

bool usb_watch_news(int fd, const char *folder)
{
    char events[EVENTS] __attribute__((aligned(8)));
    bool is_news = false;
    while (read(fd, events, sizeof(events)) > 0)
        is_news = true;
    if (is_news)
        watch_buses(fd, folder);
    return is_news;
}
