/* bench: what the virtual board has for a test and no product has. Plugs the simulator's devices into the guest's own USB
 * (vhci_hcd), lays a line to the county's platform, and lets the kiosk join. Where all that is comes from QEMU (fw_cfg):
 * opt/onetrip/usbip and opt/onetrip/county are ports of the host, opt/onetrip/enrol a one-time code; at the host's port
 * opt/onetrip/syncd somebody speaks to kiosk-syncd as the kiosk would, at opt/onetrip/laptop as a technician at the device port (laptop.h),
 * from opt/onetrip/orders a test stops programs and makes them crash (orders.h); with opt/onetrip/journal the journal goes to the console,
 * and with opt/onetrip/facts a line of figures (facts.h) every few seconds. Called as `bench tpm`, before all that, it brings the board a
 * TPM whose other end is the host's port opt/onetrip/tpm (tpm.h).
 * One line on the console for each thing that is done. Statically linked. */
#include <arpa/inet.h>
#include <fcntl.h>
#include <poll.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/board/bench/facts.h"
#include "tests/board/bench/laptop.h"
#include "tests/board/bench/orders.h"
#include "tests/board/bench/tpm.h"
#include "tests/board/bench/wire.h"

#define SYNCD "/run/onetrip/syncd.sock"
#define VHCI "/sys/devices/platform/vhci_hcd.0/"

enum { COUNTY_PORT = 8443, DEVICES = 4, RECORD = 312, PORTS_MAX = 64, CHUNK = 65536 };

static void say(const char *what, const char *detail)
{
    FILE *console = fopen("/dev/ttyAMA0", "we");
    if (!console)
        return;
    fprintf(console, "BENCH %s %s\r\n", what, detail);
    fclose(console);
}

static bool told(char *out, size_t size, const char *name)
{
    char path[128];
    snprintf(path, sizeof(path), "/sys/firmware/qemu_fw_cfg/by_name/opt/onetrip/%s/raw", name);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t n = fd < 0 ? -1 : read(fd, out, size - 1);
    if (fd >= 0)
        close(fd);
    out[n > 0 ? n : 0] = 0;
    return n > 0;
}

static int call_host(uint16_t port)
{
    struct sockaddr_in host = { .sin_family = AF_INET,
                                .sin_port = htons(port),
                                .sin_addr.s_addr = htonl(0x0a000202) }; /* 10.0.2.2 */
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (fd >= 0 && !connect(fd, (struct sockaddr *)&host, sizeof(host)))
        return fd;
    if (fd >= 0)
        close(fd);
    return -1;
}

/* ---- the line to the county ------------------------------------------------------------ */

static bool carry(int from, int to)
{
    static char data[CHUNK];
    ssize_t n = read(from, data, sizeof(data));
    for (ssize_t done = 0; n > 0 && done < n;) {
        ssize_t w = write(to, data + done, (size_t)(n - done));
        if (w <= 0)
            return false;
        done += w;
    }
    return n > 0;
}

static _Noreturn void carry_both(int a, int b)
{
    struct pollfd polls[2] = { { .fd = a, .events = POLLIN }, { .fd = b, .events = POLLIN } };
    while (poll(polls, 2, -1) > 0)
        if ((polls[0].revents && !carry(a, b)) || (polls[1].revents && !carry(b, a)))
            break;
    _exit(0);
}

static _Noreturn void lay_line(uint16_t port)
{
    struct sockaddr_in here = { .sin_family = AF_INET,
                                .sin_port = htons(COUNTY_PORT),
                                .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    int one = 1, listener = socket(AF_INET, SOCK_STREAM, 0);
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one));
    if (bind(listener, (struct sockaddr *)&here, sizeof(here)) || listen(listener, 8))
        _exit(1);
    for (;;) {
        int near = accept(listener, NULL, NULL);
        if (near >= 0 && !fork()) {
            int far = call_host(port);
            if (far >= 0)
                carry_both(near, far);
            _exit(1);
        }
        if (near >= 0)
            close(near);
        while (waitpid(-1, NULL, WNOHANG) > 0)
            continue;
    }
}

/* One conversation after the other: the host hangs up to begin the next. */
static _Noreturn void lend_socket(uint16_t port)
{
    struct sockaddr_un syncd = { .sun_family = AF_UNIX, .sun_path = SYNCD };
    for (;;) {
        int near = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0), far = -1;
        if (near >= 0 && !connect(near, (struct sockaddr *)&syncd, sizeof(syncd)))
            far = call_host(port);
        pid_t pid = far >= 0 ? fork() : -1;
        if (!pid)
            carry_both(near, far);
        if (far >= 0)
            close(far);
        if (near >= 0)
            close(near);
        if (pid > 0)
            (void)waitpid(pid, NULL, 0);
        usleep(100 * 1000);
    }
}

static _Noreturn void lend_laptop(uint16_t port)
{
    char what[256];
    int line = laptop_plug(what, sizeof(what)), far = line < 0 ? -1 : call_host(port);
    say("laptop", what);
    if (far >= 0)
        carry_both(line, far);
    _exit(1);
}

static _Noreturn void take_orders(uint16_t port)
{
    for (;; usleep(100 * 1000)) {
        int far = call_host(port);
        if (far >= 0)
            orders_obey(far);
    }
}

/* ---- devices --------------------------------------------------------------------------- */

/* Free ports of the full and high speed hub are in state 4 (Linux usbip_common.h: VDEV_ST_NULL). */
static int states(int state[PORTS_MAX])
{
    char line[256];
    int count = 0;
    FILE *f = fopen(VHCI "status", "re");
    while (f && fgets(line, sizeof(line), f)) {
        char *rest = line + 2, *end;
        long port = strncmp(line, "hs ", 3) ? -1 : strtol(rest, &rest, 10);
        long now = strtol(rest, &end, 10);
        if (port < 0 || port >= PORTS_MAX || end == rest)
            continue;
        state[port] = (int)now;
        count = (int)port + 1 > count ? (int)port + 1 : count;
    }
    if (f)
        fclose(f);
    return count;
}

static int free_port(void)
{
    int state[PORTS_MAX] = { 0 }, count = states(state);
    for (int i = 0; i < count; i++)
        if (state[i] == 4)
            return i;
    return -1;
}

static bool hand_over(int fd, int port, const uint8_t *record)
{
    char words[64];
    uint32_t bus = wire_u32(record + 288), device = wire_u32(record + 292),
             speed = wire_u32(record + 296);
    int n = snprintf(words, sizeof(words), "%d %d %u %u", port, fd, bus << 16 | device, speed);
    int attach = open(VHCI "attach", O_WRONLY | O_CLOEXEC);
    bool is_done = attach >= 0 && write(attach, words, (size_t)n) == n;
    if (attach >= 0)
        close(attach);
    return is_done;
}

/* USB/IP's OP_REQ_IMPORT. Returns the port, or -1. */
static int plug(uint16_t server, const char *busid)
{
    uint8_t ask[40] = { 0x01, 0x11, 0x80, 0x03 }, answer[8 + RECORD];
    int port = free_port(), fd = call_host(server);
    snprintf((char *)ask + 8, sizeof(ask) - 8, "%s", busid);
    bool is_done = fd >= 0 && port >= 0 && write(fd, ask, sizeof(ask)) == sizeof(ask) &&
                   wire_read(fd, answer, 8) && !wire_u32(answer + 4) &&
                   wire_read(fd, answer + 8, RECORD) && hand_over(fd, port, answer + 8);
    if (fd >= 0)
        close(fd); /* the kernel has its own */
    if (is_done)
        say("plugged", busid);
    return is_done ? port : -1;
}

/* What was pulled out comes back when it is plugged in again. */
static void look_after(uint16_t server, int ports[DEVICES])
{
    static const char *const busids[DEVICES] = { "1-1", "1-2", "1-3", "1-4" };
    int state[PORTS_MAX] = { 0 };
    states(state);
    for (int i = 0; i < DEVICES; i++) {
        if (ports[i] >= 0 && state[ports[i]] == 4) {
            say("gone", busids[i]);
            ports[i] = -1;
        }
        if (ports[i] < 0)
            ports[i] = plug(server, busids[i]);
    }
}

/* ---- joining --------------------------------------------------------------------------- */

static bool join_county(char *code)
{
    char program[] = "/usr/lib/onetrip/bin/kioskctl", option[] = "--syncd", at[] = SYNCD,
         command[] = "enrol";
    char *arguments[] = { program, option, at, command, code, NULL };
    pid_t pid = fork();
    if (!pid) {
        execv(program, arguments);
        _exit(127);
    }
    int status = 1;
    return waitpid(pid, &status, 0) == pid && !status;
}

/* What the board says of itself, for whoever looks for a fault. */
static void show_journal(void)
{
    char program[] = "/usr/bin/journalctl", follow[] = "-f", all[] = "-n100", brief[] = "-ocat";
    char *arguments[] = { program, follow, all, brief, NULL };
    if (fork())
        return;
    int console = open("/dev/ttyAMA0", O_WRONLY | O_CLOEXEC);
    if (console < 0 || dup2(console, STDOUT_FILENO) < 0)
        _exit(1);
    execv(program, arguments);
    _exit(127);
}

static _Noreturn void tell_facts(void)
{
    for (;; sleep(5)) {
        char line[256];
        facts_tell(line, sizeof(line));
        say("facts", line);
    }
}

/* 0: none. */
static uint16_t port_of(const char *text)
{
    unsigned long port = strtoul(text, NULL, 10);
    return port <= UINT16_MAX ? (uint16_t)port : 0;
}

/* The network is as young as we are. */
static int begin_tpm(void)
{
    char text[64];
    if (!told(text, sizeof(text), "tpm"))
        return 0;
    for (int left = 600; left; left--) {
        int swtpm = call_host(port_of(text));
        if (swtpm >= 0)
            return tpm_bring(swtpm);
        usleep(100 * 1000);
    }
    return 1;
}

int main(int argc, char **argv)
{
    char text[64], code[64], rights[128];
    int ports[DEVICES] = { -1, -1, -1, -1 };
    if (argc == 2 && !strcmp(argv[1], "tpm"))
        return begin_tpm();
    setenv("PATH", "/usr/bin", 1);
    say("begins", "");
    facts_rights(rights, sizeof(rights), "splash"); /* what still shows that the board starts */
    say("splash", rights);
    if (told(text, sizeof(text), "county") && !fork())
        lay_line(port_of(text));
    if (told(text, sizeof(text), "syncd") && !fork())
        lend_socket(port_of(text));
    if (told(text, sizeof(text), "laptop") && !fork())
        lend_laptop(port_of(text));
    if (told(text, sizeof(text), "orders") && !fork())
        take_orders(port_of(text));
    if (told(text, sizeof(text), "journal"))
        show_journal();
    if (told(text, sizeof(text), "facts") && !fork())
        tell_facts();
    bool has_code = told(code, sizeof(code), "enrol"), is_joined = false;
    uint16_t server = told(text, sizeof(text), "usbip") ? port_of(text) : 0;
    for (;;) {
        if (server)
            look_after(server, ports);
        if (has_code && !is_joined && (is_joined = join_county(code)))
            say("joined", "");
        usleep(500 * 1000);
    }
}
