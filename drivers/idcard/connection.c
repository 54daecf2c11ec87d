#include "drivers/idcard/connection.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { DEVICES = 32 };

static void add_ttys(struct sdt_place *out, size_t max, size_t *count, const char *const *ttys)
{
    for (; ttys && *ttys && *count < max; ttys++) {
        if (strlen(*ttys) >= SDT_PATH || access(*ttys, F_OK))
            continue;
        out[*count] = (struct sdt_place){ .style = SDT_STYLE_UART };
        memcpy(out[(*count)++].path, *ttys, strlen(*ttys));
    }
}

int sdt_find_places(struct sdt_place *out, size_t max, size_t *count, struct usb_bus *bus,
                    const char *const *ttys)
{
    struct usb_info all[DEVICES];
    size_t found = 0;
    uint8_t interface;
    *count = 0;
    int r = usb_list(bus, all, DEVICES, &found);
    for (size_t i = 0; !r && i < found && *count < max; i++) {
        enum sdt_style style = sdt_usb_style(&all[i], &interface);
        if (style == SDT_STYLE_NONE)
            continue;
        struct sdt_place *p = &out[(*count)++];
        *p = (struct sdt_place){ .style = style, .info = all[i] };
        snprintf(p->path, sizeof(p->path), "%s", all[i].path);
    }
    add_ttys(out, max, count, ttys);
    return r;
}

int sdt_connect(struct sdt_connection *out, struct usb_bus *bus, const struct sdt_place *place,
                const struct clock *clock)
{
    *out = (struct sdt_connection){ .place = *place, .uart = { .fd = -1 } };
    return place->style == SDT_STYLE_UART ? sdt_uart_open(&out->uart, place->path, clock)
                                          : sdt_usb_open(&out->usb, bus, &place->info);
}

void sdt_disconnect(struct sdt_connection *c)
{
    if (c->usb.device)
        sdt_usb_close(&c->usb);
    sdt_uart_close(&c->uart);
}

struct sdt_port sdt_connection_port(struct sdt_connection *c)
{
    return c->place.style == SDT_STYLE_UART ? sdt_uart_port(&c->uart) : sdt_usb_port(&c->usb);
}
