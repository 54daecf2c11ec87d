#include "firmware/loop/occupied.h"

#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "firmware/base/log.h"

void occupied_open(struct occupied *o, const char *path)
{
    *o = (struct occupied){ .fd = path ? open(path, O_RDONLY | O_CLOEXEC) : -1 };
    if (path && o->fd < 0)
        log_line(LOG_WARNING, "kiosk", "%s: %s", path, strerrorname_np(errno));
}

/* Never waits: whoever holds it alone starts the board anew in a moment. It is tried again at the next turn. */
void occupied_say(struct occupied *o, bool is_anybody_here)
{
    if (o->fd < 0 || o->is_held == is_anybody_here)
        return;
    if (!flock(o->fd, is_anybody_here ? LOCK_SH | LOCK_NB : LOCK_UN))
        o->is_held = is_anybody_here;
}

void occupied_close(struct occupied *o)
{
    if (o->fd >= 0)
        close(o->fd);
    o->fd = -1;
}
