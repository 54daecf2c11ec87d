#include "tests/board/bench/tpm.h"

#include <fcntl.h>
#include <linux/vtpm_proxy.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "tests/board/bench/wire.h"

enum { HEAD = 10, MOST = 4096, LIMIT_S = 120 };

static const uint32_t set_locality = 0x20001000; /* the kernel's own, to whoever plays the TPM */
static const uint8_t well[HEAD] = { 0x80, 0x01, 0, 0, 0, HEAD };

/* TPM 2.0 part 1, 18: a command and its answer begin with two bytes of tag and four of how long they are as a whole. */
static size_t ask(int swtpm, uint8_t data[MOST], size_t length)
{
    if (write(swtpm, data, length) != (ssize_t)length || !wire_read(swtpm, data, HEAD))
        return 0;
    size_t whole = wire_u32(data + 2);
    return whole >= HEAD && whole <= MOST && wire_read(swtpm, data + HEAD, whole - HEAD) ? whole
                                                                                         : 0;
}

static void play(int device, int swtpm)
{
    uint8_t data[MOST];
    ssize_t n;
    while ((n = read(device, data, sizeof(data))) >= HEAD) {
        size_t length = HEAD;
        if (wire_u32(data + 6) == set_locality)
            memcpy(data, well, HEAD);
        else
            length = ask(swtpm, data, (size_t)n);
        if (!length || write(device, data, length) != (ssize_t)length)
            return;
    }
}

static int new_device(void)
{
    struct vtpm_proxy_new_dev made = { .flags = VTPM_PROXY_FLAG_TPM2 };
    int maker = open("/dev/vtpmx", O_RDWR | O_CLOEXEC);
    bool is_made = maker >= 0 && !ioctl(maker, VTPM_PROXY_IOC_NEW_DEV, &made);
    if (maker >= 0)
        close(maker);
    return is_made ? (int)made.fd : -1;
}

int tpm_bring(int swtpm)
{
    int device = new_device();
    pid_t pid = device < 0 ? -1 : fork();
    if (!pid) {
        play(device, swtpm);
        _exit(1);
    }
    close(swtpm);
    if (device >= 0)
        close(device);
    for (int left = LIMIT_S * 10; pid > 0 && access("/dev/tpmrm0", F_OK); left--) {
        if (!left)
            return 1;
        usleep(100 * 1000);
    }
    return pid < 0;
}
