#include "drivers/idcard/cause.h"

#include "drivers/idcard/port_usb.h"

static const struct {
    const char *id, *sentence;
} words[READER_CAUSES] = {
    [READER_WORKS] = { "reader.works", "The ID reader works." },
    [READER_NOT_FOUND] = { "reader.not-found",
                           "No ID reader is plugged in. Check its cable and its power." },
    [READER_PERMISSION] = { "reader.permission",
                            "This program may not open the ID reader. Install the udev rules and "
                            "plug it in again." },
    [READER_KERNEL_DRIVER] = { "reader.kernel-driver",
                               "A driver of the kernel holds the ID reader. Unload it, or plug the "
                               "reader in again." },
    [READER_BUSY] = { "reader.busy",
                      "Another program is using the ID reader. Stop it (kiosk itself, perhaps)." },
    [READER_WRONG_STYLE] = { "reader.wrong-style",
                             "This ID reader's interface is of a kind that this firmware does not "
                             "speak. Switch its mode, or use another model." },
    [READER_WRONG_PORT] = { "reader.wrong-port",
                            "Something is on the serial line, but no ID reader answers at any "
                            "speed. Check which port it is plugged into." },
    [READER_ENVELOPE] = { "reader.envelope",
                          "This model wraps its frames in a way that this firmware does not "
                          "speak. Use another model." },
    [READER_UNCONFIRMED] = { "reader.unconfirmed",
                             "This may be an ID reader, but it is not known what it speaks. It is "
                             "left alone." },
    [READER_BOOTLOADER] = { "reader.bootloader",
                            "The ID reader waits for firmware. Unplug it for ten seconds; if it "
                            "stays so, its maker must repair it." },
    [READER_SAM_SICK] = { "reader.sam-sick",
                          "The ID reader's security module failed its self-test. Unplug it for "
                          "ten seconds; if it stays so, it needs repair." },
    [READER_SAM_UNAUTHORISED] = { "reader.sam-unauthorised",
                                  "The ID reader's security module is not authorised for use. Ask "
                                  "its maker." },
    [READER_SILENT] = { "reader.silent",
                        "The ID reader is there but gives no valid answer. Plug it in again." },
    [READER_GONE] = { "reader.gone",
                      "The ID reader was unplugged while it was asked. Check its cable." },
    [READER_BROKEN] = { "reader.broken",
                        "The system cannot use the ID reader. See the log for the reason." },
};

static enum reader_cause in_range(enum reader_cause cause)
{
    return (unsigned)cause < READER_CAUSES ? cause : READER_BROKEN;
}

const char *reader_cause_id(enum reader_cause cause)
{
    return words[in_range(cause)].id;
}

const char *reader_cause_sentence(enum reader_cause cause)
{
    return words[in_range(cause)].sentence;
}

enum reader_cause reader_cause_of_open(int result)
{
    switch (result) {
    case 0:
        return READER_WORKS;
    case -ENODEV:
    case -ENOENT:
        return READER_NOT_FOUND;
    case -EACCES:
    case -EPERM:
        return READER_PERMISSION;
    case USB_E_BUSY:
    case -EBUSY:
        return READER_BUSY;
    case USB_E_DRIVER:
        return READER_KERNEL_DRIVER;
    case USB_E_GONE:
        return READER_GONE;
    case -EINVAL:
        return READER_WRONG_STYLE;
    case -ENOTTY: /* the path is no serial line */
    case -ETIMEDOUT:
        return READER_WRONG_PORT;
    default:
        return READER_BROKEN;
    }
}

enum reader_cause reader_cause_of_model(const struct usb_info *info)
{
    const struct sdt_model *m = sdt_find_model(info->vendor, info->product);
    uint8_t interface;
    if (!m)
        return READER_NOT_FOUND;
    switch (m->support) {
    case SDT_ENVELOPE:
        return READER_ENVELOPE;
    case SDT_UNCONFIRMED:
        return READER_UNCONFIRMED;
    case SDT_BOOTLOADER:
        return READER_BOOTLOADER;
    case SDT_SUPPORTED:
        break;
    }
    return sdt_usb_style(info, &interface) == SDT_STYLE_NONE ? READER_WRONG_STYLE : READER_WORKS;
}
