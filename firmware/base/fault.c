#include "firmware/base/fault.h"

#include <string.h>

#include "firmware/base/log.h"

int fault_trace(int negative_errno, const char *what, const char *file, int line)
{
    log_line(LOG_WARNING, "fault", "%s %s at %s:%d", what, strerrorname_np(-negative_errno), file,
             line);
    return negative_errno;
}

int fault_fold_at(int r, const char *file, int line)
{
    if (r <= 0)
        return r;
    log_line(LOG_WARNING, "fault", "outcome %d was not planned for", r);
    return fault_trace(-ENOTRECOVERABLE, "fold", file, line);
}
