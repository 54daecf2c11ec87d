/* Makes the board's USB device port a serial line (CDC ACM, USB CDC 1.2 PSTN 3.6.1) for a technician's laptop: configfs as in Linux
 * Documentation/usb/gadget_configfs.rst. Nothing else is offered there: no network, no storage. Ends at once; begun twice it
 * changes nothing. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PATH = 512 };

static const char *config = "/sys/kernel/config/usb_gadget", *ports = "/sys/class/udc";

static int complain(const char *name)
{
    fprintf(stderr, "usb-gadget: %s: %s\n", name, strerrorname_np(errno));
    return 1;
}

static int make_folder(const char *name)
{
    char path[PATH];
    snprintf(path, sizeof(path), "%s/onetrip%s", config, name);
    return mkdir(path, 0755) && errno != EEXIST ? complain(path) : 0;
}

static int put(const char *name, const char *value)
{
    char path[PATH];
    snprintf(path, sizeof(path), "%s/onetrip/%s", config, name);
    int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0644);
    bool is_put = fd >= 0 && write(fd, value, strlen(value)) == (ssize_t)strlen(value);
    int r = is_put || errno == EBUSY ? 0 : complain(path);
    if (fd >= 0)
        close(fd);
    return r;
}

static int link_function(void)
{
    char from[PATH], to[PATH];
    snprintf(from, sizeof(from), "%s/onetrip/functions/acm.console", config);
    snprintf(to, sizeof(to), "%s/onetrip/configs/c.1/acm.console", config);
    return symlink(from, to) && errno != EEXIST ? complain(to) : 0;
}

/* The first device port; boards have one. */
static int find_port(char out[256])
{
    DIR *d = opendir(ports);
    const struct dirent *e;
    *out = 0;
    while (d && !*out && (e = readdir(d)))
        if (e->d_name[0] != '.')
            snprintf(out, 256, "%s", e->d_name);
    if (d)
        closedir(d);
    errno = ENODEV;
    return *out ? 0 : complain(ports);
}

int main(int argc, char **argv)
{
    static const char *const folders[] = { "", "/strings/0x409", "/configs/c.1",
                                           "/configs/c.1/strings/0x409", "/functions/acm.console" };
    static const char *const values[][2] = {
        { "idVendor", "0x1d6b" }, /* Linux Foundation, multifunction composite gadget */
        { "idProduct", "0x0104" },
        { "bDeviceClass", "0x02" }, /* communications */
        { "strings/0x409/manufacturer", "OneTrip" },
        { "strings/0x409/product", "OneTrip technician's console" },
        { "configs/c.1/strings/0x409/configuration", "console" },
        { "configs/c.1/bmAttributes", "0xc0" }, /* it draws nothing from the laptop */
        { "configs/c.1/MaxPower", "0" },
    };
    char port[256];
    if (argc == 3) { /* for tests: other folders */
        config = argv[1];
        ports = argv[2];
    }
    if (find_port(port))
        return 1;
    for (size_t i = 0; i < sizeof(folders) / sizeof(folders[0]); i++)
        if (make_folder(folders[i]))
            return 1;
    for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++)
        if (put(values[i][0], values[i][1]))
            return 1;
    return link_function() || put("UDC", port);
}
