/* Buses, time, and why a keypad or a scanner does not work, in words. */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "firmware/ctl/inside.h"

int ctl_open_bus(struct usb_bus **bus, const struct ctl *c)
{
    int r = c->usbip ? usb_bus_usbip(bus, c->usbip) : usb_bus_host(bus);
    return r ? ctl_fail("USB does not work: %s", strerror(-r)) : 0;
}

int ctl_fail_as(const struct ctl *c, const char *cause, const char *sentence)
{
    if (c->is_json)
        ctl_print_json(json_pack("{ss, ss}", "cause", cause, "says", sentence));
    return ctl_fail("%s", sentence);
}

void ctl_pause_ms(int ms)
{
    struct timespec t = { ms / 1000, (long)(ms % 1000) * 1000000 };
    if (ms > 0)
        nanosleep(&t, NULL);
}

int64_t ctl_now_ms(void)
{
    return system_clock.boot_ms(&system_clock);
}

enum ctl_cause ctl_cause_of_open(int result)
{
    switch (result) {
    case 0:
        return CTL_WORKS;
    case -ENODEV:
        return CTL_NOT_FOUND;
    case -EACCES:
        return CTL_PERMISSION;
    case USB_E_DRIVER:
        return CTL_KERNEL_DRIVER;
    case USB_E_BUSY:
        return CTL_BUSY;
    case USB_E_GONE:
        return CTL_GONE;
    case -ENOTSUP:
        return CTL_OTHER_STYLE;
    default:
        return CTL_BROKEN;
    }
}

static const struct {
    const char *id, *sentence; /* %s: the device */
} causes[] = {
    [CTL_WORKS] = { "works", "" },
    [CTL_NOT_FOUND] = { "not-found", "No %s is plugged in: look at its cable, and whether its "
                                     "model is known here." },
    [CTL_PERMISSION] = { "permission",
                         "The %s may not be opened: install the udev rules, or run as "
                         "a member of the group onetrip-inputs." },
    [CTL_KERNEL_DRIVER] = { "kernel-driver", "A driver of the kernel holds the %s and does not let "
                                             "go: unplug it and "
                                             "plug it in again." },
    [CTL_BUSY] = { "busy", "Another program holds the %s: stop kiosk first." },
    [CTL_GONE] = { "gone", "The %s does not answer any more: look at its cable." },
    [CTL_OTHER_STYLE] = { "other-style", "The %s is plugged in, but switched to a mode that is not "
                                         "spoken here: scan or "
                                         "load the setting that its manual gives for USB HID." },
    [CTL_BROKEN] = { "broken",
                     "The system reports an error when it opens the %s: plug it in anew, at "
                     "another socket." },
};

const char *ctl_cause_id(enum ctl_cause cause)
{
    return causes[cause].id;
}

const char *ctl_cause_sentence(char out[240], const char *what, enum ctl_cause cause)
{
    const char *mark = strstr(causes[cause].sentence, "%s");
    if (!mark)
        return causes[cause].sentence;
    snprintf(out, 240, "%.*s%s%s", (int)(mark - causes[cause].sentence), causes[cause].sentence,
             what, mark + 2);
    return out;
}
