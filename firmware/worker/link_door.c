#include "firmware/worker/link_door.h"

#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "firmware/base/folder_watch.h"
#include "firmware/base/message.h"

enum { DOUBLINGS_MOST = 5 };

struct link_door link_door_at(const char *path)
{
    struct link_door d = { .path = path, .watch = -1 };
    const char *slash = strrchr(path, '/');
    size_t length = slash ? (size_t)(slash - path) : 0;
    if (slash && length < sizeof(d.folder))
        snprintf(d.folder, sizeof(d.folder), "%.*s", (int)length, path);
    else
        snprintf(d.folder, sizeof(d.folder), ".");
    return d;
}

void link_door_close(struct link_door *d)
{
    if (d->watch >= 0)
        close(d->watch);
    d->watch = -1;
}

int link_door_try(struct link_door *d)
{
    /* Watched before it is tried: what comes in between is news. */
    if (d->watch < 0)
        d->watch = folder_watch(d->folder);
    int fd = message_connect(d->path);
    d->tries++;
    if (fd < 0)
        return fd;
    link_door_close(d);
    d->tries = 0;
    return fd;
}

int link_door_rest_ms(const struct link_door *d)
{
    int wait = LINK_DOOR_SOON_MS << (d->tries < DOUBLINGS_MOST ? d->tries : DOUBLINGS_MOST);
    if (wait < LINK_DOOR_ASKED_MS)
        return wait;
    return d->watch >= 0 ? LINK_DOOR_REST_MS : LINK_DOOR_ASKED_MS;
}

void link_door_await(struct link_door *d, int commands, int limit_ms)
{
    struct pollfd both[] = { { .fd = commands, .events = POLLIN },
                             { .fd = d->watch, .events = POLLIN } };
    if (poll(both, 2, limit_ms) > 0 && both[1].revents && folder_news(d->watch, d->folder))
        d->tries = 0;
}
