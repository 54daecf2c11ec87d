#include "board/common/module_list.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

void module_list_load(const char *list)
{
    char name[256];
    FILE *f = fopen(list, "re");
    while (f && fgets(name, sizeof(name), f)) {
        name[strcspn(name, "\n")] = 0;
        int fd = open(name, O_RDONLY | O_CLOEXEC);
        if (fd < 0 || (syscall(SYS_finit_module, fd, "", 0) && errno != EEXIST && errno != ENODEV))
            fprintf(stderr, "early: %s: %s\n", name, strerror(errno));
        if (fd >= 0)
            close(fd);
        unlink(name);
    }
    if (f)
        fclose(f);
    unlink(list);
}
