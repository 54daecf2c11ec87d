/* What the board holds in memory and has written to its medium, for whoever measures it (make board-check). */
#include <arpa/inet.h>
#include <dirent.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/board/bench/facts.h"
#include "tests/board/bench/programs.h"

#define DATA "/dev/disk/by-partlabel/onetrip-data"

/* The number behind `name` in /proc/PID/status, KiB; 0: there is none. */
static long status_of(const char *pid, const char *name)
{
    char path[64], line[256];
    long value = 0;
    snprintf(path, sizeof(path), "/proc/%.20s/status", pid);
    FILE *f = fopen(path, "re");
    while (f && !value && fgets(line, sizeof(line), f))
        if (!strncmp(line, name, strlen(name)))
            value = strtol(line + strlen(name), NULL, 10);
    if (f)
        fclose(f);
    return value;
}

static void add_programs(char *out, size_t size)
{
    static const char *const ours[] = { "kiosk", "kiosk-syncd", "pinyin", "speech", "splash" };
    size_t used = strlen(out);
    DIR *d = opendir("/proc");
    const struct dirent *e;
    while (d && (e = readdir(d))) {
        char name[PROGRAM_NAME] = "";
        if (*e->d_name >= '1' && *e->d_name <= '9')
            program_name(name, e->d_name);
        for (size_t i = 0; *name && i < sizeof(ours) / sizeof(ours[0]) && used < size; i++)
            if (!strcmp(name, ours[i]))
                used += (size_t)snprintf(out + used, size - used, " %s=%ld", name,
                                         status_of(e->d_name, "VmRSS:"));
    }
    if (d)
        closedir(d);
}

/* Linux Documentation/admin-guide/iostats.rst: the seventh field, of 512 bytes. */
static long long written(void)
{
    char target[256] = "", path[320], line[256];
    long long sectors = -1;
    char *real = realpath(DATA, NULL);
    const char *disk = real ? strrchr(real, '/') : NULL;
    snprintf(target, sizeof(target), "%s", disk ? disk + 1 : "");
    free(real);
    snprintf(path, sizeof(path), "/sys/class/block/%s/stat", target);
    FILE *f = fopen(path, "re");
    char *at = f ? fgets(line, sizeof(line), f) : NULL;
    for (int i = 0; at && i < 7; i++)
        sectors = strtoll(at, &at, 10);
    if (f)
        fclose(f);
    return sectors < 0 ? -1 : sectors * 512;
}

/* Of the whole system, what cannot be given back, KiB. */
static long in_use(void)
{
    char line[128];
    long total = 0, available = 0;
    FILE *f = fopen("/proc/meminfo", "re");
    while (f && fgets(line, sizeof(line), f)) {
        if (!strncmp(line, "MemTotal:", 9))
            total = strtol(line + 9, NULL, 10);
        if (!strncmp(line, "MemAvailable:", 13))
            available = strtol(line + 13, NULL, 10);
    }
    if (f)
        fclose(f);
    return total - available;
}

/* Of the first interface that has one and leads out; "none". */
static void address(char out[INET_ADDRSTRLEN])
{
    struct ifaddrs *all = NULL;
    snprintf(out, INET_ADDRSTRLEN, "none");
    if (getifaddrs(&all))
        return;
    for (const struct ifaddrs *i = all; i; i = i->ifa_next) {
        const struct sockaddr_in *at = (const struct sockaddr_in *)(const void *)i->ifa_addr;
        if (at && at->sin_family == AF_INET && !(i->ifa_flags & IFF_LOOPBACK) &&
            inet_ntop(AF_INET, &at->sin_addr, out, INET_ADDRSTRLEN))
            break;
    }
    freeifaddrs(all);
}

void facts_tell(char *out, size_t size)
{
    char at[INET_ADDRSTRLEN];
    address(at);
    snprintf(out, size, "written=%lld in-use=%ld address=%s", written(), in_use(), at);
    add_programs(out, size);
}

static void tell_rights(char *out, size_t size, pid_t pid)
{
    static const char *const told[] = { "Uid", "CapPrm", "NoNewPrivs", "Seccomp" };
    char path[64], line[256], value[32];
    snprintf(path, sizeof(path), "/proc/%ld/status", (long)pid);
    FILE *f = fopen(path, "re");
    while (f && fgets(line, sizeof(line), f))
        for (size_t i = 0; i < sizeof(told) / sizeof(told[0]); i++)
            if (!strncmp(line, told[i], strlen(told[i])) && line[strlen(told[i])] == ':' &&
                sscanf(line + strlen(told[i]) + 1, "%31s", value) == 1)
                snprintf(out + strlen(out), size - strlen(out), "%s%s=%s", *out ? " " : "", told[i],
                         value);
    if (f)
        fclose(f);
}

void facts_rights(char *out, size_t size, const char *program)
{
    pid_t pid = program_find(program);
    *out = 0;
    if (pid)
        tell_rights(out, size, pid);
    if (!*out)
        snprintf(out, size, "none");
}
