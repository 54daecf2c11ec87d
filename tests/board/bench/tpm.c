#include "tests/board/bench/tpm.h"

#include <fcntl.h>
#include <linux/vtpm_proxy.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum { HEAD = 10, MOST = 4096, LIMIT_S = 120 };

static const uint32_t set_locality = 0x20001000; /* the kernel's own, to whoever plays the TPM */
static const uint8_t well[HEAD] = { 0x80, 0x01, 0, 0, 0, HEAD };

static uint32_t word_at(const uint8_t *p)
{
    return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

static bool read_whole(int fd, uint8_t *data, size_t length)
{
    for (size_t done = 0; done < length;) {
        ssize_t n = read(fd, data + done, length - done);
        if (n <= 0)
            return false;
        done += (size_t)n;
    }
    return true;
}

/* TPM 2.0 part 1, 18: a command and its answer begin with two bytes of tag and four of how long they are as a whole. */
static size_t ask(int swtpm, uint8_t data[MOST], size_t length)
{
    if (write(swtpm, data, length) != (ssize_t)length || !read_whole(swtpm, data, HEAD))
        return 0;
    size_t whole = word_at(data + 2);
    return whole >= HEAD && whole <= MOST && read_whole(swtpm, data + HEAD, whole - HEAD) ? whole
                                                                                          : 0;
}

static void play(int device, int swtpm)
{
    uint8_t data[MOST];
    ssize_t n;
    while ((n = read(device, data, sizeof(data))) >= HEAD) {
        size_t length = HEAD;
        if (word_at(data + 6) == set_locality)
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
