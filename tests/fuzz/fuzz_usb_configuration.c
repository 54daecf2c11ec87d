/* links: drivers/usb firmware/base */
#include <stdlib.h>

#include "drivers/usb/usb.h"

/* A configuration descriptor comes from whatever has been plugged in. */

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct usb_info info = { 0 };
    int r = usb_parse_configuration(&info, data, size);
    if ((r && r != -EBADMSG) || info.interface_count > USB_INTERFACES_MAX)
        abort();
    for (size_t i = 0; i < info.interface_count; i++)
        if (info.interfaces[i].endpoint_count > USB_ENDPOINTS_MAX)
            abort();
    return 0;
}
