#include "firmware/base/locked.h"

#include <jansson.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>

#include "firmware/base/log.h"

void *locked_new(size_t size)
{
    void *memory = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED) {
        (void)fault_raise(-ENOMEM);
        return NULL;
    }
    if (mlock(memory, size))
        log_line(LOG_WARNING, "locked", "%zu bytes stay unlocked: %s", size,
                 strerrorname_np(errno));
    madvise(memory, size, MADV_DONTDUMP);
    return memory;
}

void locked_free(void *memory, size_t size)
{
    if (!memory)
        return;
    explicit_bzero(memory, size);
    munmap(memory, size);
}

/* The size stands before the block, since free() is not told it. 16 bytes keep malloc's alignment.
 */
enum { HEAD = 16 };

static void *wiping_malloc(size_t size)
{
    char *block = size > SIZE_MAX - HEAD ? NULL : malloc(size + HEAD);
    if (!block)
        return NULL;
    memcpy(block, &size, sizeof(size));
    return block + HEAD;
}

static void wiping_free(void *memory)
{
    size_t size;
    if (!memory)
        return;
    char *block = (char *)memory - HEAD;
    memcpy(&size, block, sizeof(size));
    explicit_bzero(block, size + HEAD);
    free(block);
}

void locked_json(void)
{
    json_set_alloc_funcs(wiping_malloc, wiping_free);
    json_object_seed(0); /* now, while there is one thread */
}

void locked_process(void)
{
    const struct rlimit none = { 0, 0 };
    if (setrlimit(RLIMIT_CORE, &none))
        log_line(LOG_WARNING, "locked", "core files stay possible: %s", strerrorname_np(errno));
    prctl(PR_SET_DUMPABLE, 0);
    struct rlimit lock;
    /* With a small limit MCL_FUTURE would make later allocations fail: then only locked_new()
     * locks. */
    if (!getrlimit(RLIMIT_MEMLOCK, &lock) && lock.rlim_max == RLIM_INFINITY) {
        lock.rlim_cur = RLIM_INFINITY;
        if (!setrlimit(RLIMIT_MEMLOCK, &lock) && mlockall(MCL_CURRENT | MCL_FUTURE | MCL_ONFAULT))
            log_line(LOG_INFO, "locked", "pages are not all locked: %s", strerrorname_np(errno));
    }
}
