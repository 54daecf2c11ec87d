/* What only the host board has, answered on a board: no robot, no simulated devices. The options are known, so that
 * whoever tries them is told. */
#include <stdlib.h>

#include "board/host/robot.h"
#include "drivers/usb/usb.h"
#include "firmware/base/log.h"

int robot_start(struct robot **out, const char *path, const struct robot_hands *hands,
                struct queue *to)
{
    (void)path, (void)hands, (void)to;
    *out = NULL;
    log_line(LOG_ERROR, "robot", "a board has none");
    return -ENOTSUP;
}

void robot_stop(struct robot *r)
{
    (void)r;
}

void robot_tick(struct robot *r)
{
    (void)r;
}

int robot_patience_ms(const struct robot *r)
{
    (void)r;
    return -1;
}

int usb_bus_usbip(struct usb_bus **out, const char *host_port)
{
    (void)host_port;
    *out = NULL;
    log_line(LOG_ERROR, "usb", "a board has no simulated devices");
    return -ENOTSUP;
}
