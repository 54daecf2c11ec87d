#include "tests/board/bench/programs.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void program_name(char out[PROGRAM_NAME], const char *pid)
{
    char path[64];
    snprintf(path, sizeof(path), "/proc/%.20s/comm", pid);
    FILE *f = fopen(path, "re");
    if (!f || !fgets(out, PROGRAM_NAME, f))
        *out = 0;
    out[strcspn(out, "\n")] = 0;
    if (f)
        fclose(f);
}

pid_t program_find(const char *name)
{
    DIR *d = opendir("/proc");
    const struct dirent *e;
    pid_t found = 0;
    while (d && !found && (e = readdir(d))) {
        char its[PROGRAM_NAME] = "";
        if (*e->d_name >= '1' && *e->d_name <= '9')
            program_name(its, e->d_name);
        if (!strcmp(its, name))
            found = (pid_t)strtol(e->d_name, NULL, 10);
    }
    if (d)
        closedir(d);
    return found;
}
