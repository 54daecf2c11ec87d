/* device-secret: has this board's TPM unseal the device's secret, or makes it (board/common/device_secret.h). Ends at once; 0 also where
 * there is no TPM, 1 when there should be a secret and is none. kiosk-syncd starts either way. */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "board/common/device_secret.h"
#include "firmware/base/log.h"

static void usage(FILE *to)
{
    fputs("usage: device-secret [--folder DIR] [--hand DIR] [--tpm DEVICE] [--creds PROGRAM] "
          "[--tree DIR] [--wait SECONDS]\n"
          "  --folder DIR     where the sealed secret lies; /var/lib/onetrip/device\n"
          "  --hand DIR       where it is left for kiosk-syncd; /run/onetrip-device\n"
          "  --tpm DEVICE     /dev/tpmrm0, or as tpm2-tss knows it\n"
          "  --creds PROGRAM  /usr/bin/systemd-creds\n"
          "  --tree DIR       the device tree; /sys/firmware/devicetree/base\n"
          "  --wait SECONDS   for a TPM that should be there; 30\n",
          to);
}

/* 0 go on, 1 end well, 2 wrong usage. */
static int read_options(struct device_secret *d, int argc, char **argv)
{
    static const struct option longs[] = {
        { "folder", required_argument, NULL, 'f' }, { "hand", required_argument, NULL, 'h' },
        { "tpm", required_argument, NULL, 't' },    { "creds", required_argument, NULL, 'c' },
        { "tree", required_argument, NULL, 'd' },   { "wait", required_argument, NULL, 'w' },
        { "help", no_argument, NULL, '?' + 1 },     { NULL, 0, NULL, 0 },
    };
    for (int id; (id = getopt_long(argc, argv, "", longs, NULL)) != -1;) {
        if (id == 'f')
            d->folder = optarg;
        else if (id == 'h')
            d->handing = optarg;
        else if (id == 't')
            d->creds.tpm = optarg;
        else if (id == 'c')
            d->creds.program = optarg;
        else if (id == 'd')
            d->tree = optarg;
        else if (id == 'w')
            d->limit_s = (unsigned)strtoul(optarg, NULL, 10);
        else {
            usage(id == '?' ? stderr : stdout);
            return id == '?' ? 2 : 1;
        }
    }
    if (optind == argc)
        return 0;
    usage(stderr);
    return 2;
}

int main(int argc, char **argv)
{
    static const char *const words[] = {
        [DEVICE_SECRET_E_ABSENT] =
            "there should be a TPM, and there is none: this device has no secret",
        [DEVICE_SECRET_E_SICK] = "the TPM seals nothing: this device has no secret",
    };
    struct device_secret d = { .creds = { "/usr/bin/systemd-creds", "/dev/tpmrm0" },
                               .folder = "/var/lib/onetrip/device",
                               .handing = "/run/onetrip-device",
                               .tree = "/sys/firmware/devicetree/base",
                               .limit_s = 30 };
    int code = read_options(&d, argc, argv);
    if (code)
        return code == 1 ? 0 : 2;
    int r = device_secret_bring(&d);
    if (!r || r == DEVICE_SECRET_E_NONE)
        return 0;
    log_line(LOG_ERROR, "device-secret", "%s", r > 0 ? words[r] : strerrorname_np(-r));
    return 1;
}
