#include "tests/board/bench/laptop.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#define DEVICES "/sys/bus/usb/devices"
#define LINE "/dev/ttyACM0"

enum { PATH = 400, WORD = 128, NAME = 64, LIMIT = 600, STEP_US = 100000, INTERFACES_MAX = 8 };

struct seen {
    char product[WORD], names[INTERFACES_MAX][NAME], classes[INTERFACES_MAX][8];
    int interfaces, refused;
};

static void load(const char *list)
{
    char program[] = "/usr/lib/systemd/systemd-modules-load", file[PATH];
    char *arguments[] = { program, file, NULL };
    snprintf(file, sizeof(file), "%s", list);
    pid_t pid = fork();
    if (!pid) {
        execv(program, arguments);
        _exit(127);
    }
    (void)waitpid(pid, NULL, 0);
}

static bool read_word(char out[WORD], const char *device, const char *name)
{
    char path[PATH];
    snprintf(path, sizeof(path), DEVICES "/%s/%s", device, name);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t n = fd < 0 ? -1 : read(fd, out, WORD - 1);
    if (fd >= 0)
        close(fd);
    out[n > 0 ? n : 0] = 0;
    out[strcspn(out, "\n")] = 0;
    return n > 0;
}

static void write_word(const char *path, const char *word)
{
    int fd = open(path, O_WRONLY | O_CLOEXEC);
    if (fd < 0)
        return;
    if (write(fd, word, strlen(word)) < 0)
        perror(path);
    close(fd);
}

/* "2-1" of "2-1:1.0". */
static bool is_of_the_console(const char *interface, char product[WORD])
{
    char device[NAME], vendor[WORD];
    snprintf(device, sizeof(device), "%.60s", interface);
    device[strcspn(device, ":")] = 0;
    return read_word(vendor, device, "idVendor") && !strcmp(vendor, "1d6b") &&
           read_word(product, device, "product") && strstr(product, "console");
}

static struct seen look(void)
{
    struct seen s = { 0 };
    char word[WORD], product[WORD];
    DIR *d = opendir(DEVICES);
    const struct dirent *e;
    while (d && (e = readdir(d)) && s.interfaces < INTERFACES_MAX) {
        if (!strchr(e->d_name, ':') || !is_of_the_console(e->d_name, product))
            continue;
        snprintf(s.product, sizeof(s.product), "%s", product);
        snprintf(s.names[s.interfaces], NAME, "%.60s", e->d_name);
        if (read_word(word, e->d_name, "bInterfaceClass"))
            snprintf(s.classes[s.interfaces], 8, "%.7s", word);
        s.refused += read_word(word, e->d_name, "authorized") && !strcmp(word, "0");
        s.interfaces++;
    }
    if (d)
        closedir(d);
    return s;
}

static void let_in(const struct seen *s)
{
    char path[PATH];
    for (int i = 0; i < s->interfaces; i++) {
        snprintf(path, sizeof(path), DEVICES "/%s/authorized", s->names[i]);
        write_word(path, "1");
    }
    for (int i = 0; i < s->interfaces; i++)
        write_word("/sys/bus/usb/drivers_probe", s->names[i]);
}

static int open_line(void)
{
    struct termios t;
    int fd = -1;
    for (int left = LIMIT; fd < 0 && left; left--) {
        fd = open(LINE, O_RDWR | O_NOCTTY | O_CLOEXEC);
        usleep(STEP_US);
    }
    if (fd >= 0 && !tcgetattr(fd, &t)) {
        cfmakeraw(&t);
        tcsetattr(fd, TCSANOW, &t);
    }
    return fd;
}

int laptop_plug(char *what, size_t size)
{
    struct seen s = { 0 };
    load("/etc/onetrip-bench/laptop.conf");
    for (int left = LIMIT; left && (!s.interfaces || s.refused < s.interfaces); left--) {
        usleep(STEP_US);
        s = look();
    }
    bool has_line = !access(LINE, F_OK);
    int n = snprintf(what, size, "%s,", s.product);
    for (int i = 0; i < s.interfaces && n < (int)size; i++)
        n += snprintf(what + n, size - (size_t)n, " %s", s.classes[i]);
    if (n < (int)size)
        snprintf(what + n, size - (size_t)n, ", refused %d of %d%s", s.refused, s.interfaces,
                 has_line ? ", and yet a line" : "");
    if (!s.interfaces || s.refused < s.interfaces || has_line)
        return -1;
    let_in(&s);
    return open_line();
}
