#include "drivers/idcard/port_usb.h"

#include <string.h>

#include "drivers/idcard/models.h"
#include "drivers/idcard/port_hid.h"

enum { HEADER = 7, DEVICES = 32, PIECE = 512, DRAIN_READS = 16 };

/* The match decides what is looked at; the descriptor decides how. */
static bool is_known(const struct usb_info *info)
{
    const struct sdt_model *m = sdt_find_model(info->vendor, info->product);
    return m && m->support == SDT_SUPPORTED;
}

static bool has_bulk(const struct usb_interface *i, uint8_t address)
{
    for (size_t k = 0; k < i->endpoint_count; k++)
        if (i->endpoints[k].address == address && i->endpoints[k].type == USB_BULK)
            return true;
    return false;
}

/* Exactly one endpoint of the direction, bulk or interrupt; 0 when there is none or more. */
static uint8_t only_endpoint(const struct usb_interface *i, bool is_in)
{
    uint8_t found = 0;
    for (size_t k = 0; k < i->endpoint_count; k++) {
        const struct usb_endpoint *e = &i->endpoints[k];
        bool is_stream = e->type == USB_BULK || e->type == USB_INTERRUPT;
        if (!is_stream || (e->address >> 7) != is_in)
            continue;
        if (found)
            return 0;
        found = e->address;
    }
    return found;
}

static enum sdt_style style_of(const struct usb_interface *i)
{
    if (has_bulk(i, 0x02) && has_bulk(i, 0x06) && has_bulk(i, 0x81) && has_bulk(i, 0x85))
        return SDT_STYLE_SPLIT;
    if (sdt_hid_fits(i))
        return SDT_STYLE_HID;
    bool is_vendor = i->class == 0xff && i->subclass == 0 && i->protocol == 0;
    return is_vendor && only_endpoint(i, true) && only_endpoint(i, false) ? SDT_STYLE_SINGLE
                                                                          : SDT_STYLE_NONE;
}

static const struct usb_interface *suitable(const struct usb_info *info)
{
    for (size_t i = 0; i < info->interface_count; i++)
        if (style_of(&info->interfaces[i]) != SDT_STYLE_NONE)
            return &info->interfaces[i];
    return NULL;
}

const char *sdt_style_word(enum sdt_style style)
{
    static const char *const words[] = { "none", "split", "single", "hid", "uart" };
    return (size_t)style < sizeof(words) / sizeof(words[0]) ? words[style] : words[0];
}

enum sdt_style sdt_usb_style(const struct usb_info *info, uint8_t *interface)
{
    const struct usb_interface *i = is_known(info) ? suitable(info) : NULL;
    *interface = i ? i->number : 0;
    return i ? style_of(i) : SDT_STYLE_NONE;
}

int sdt_usb_find(struct usb_info *out, struct usb_bus *bus, const char *skip)
{
    struct usb_info all[DEVICES];
    size_t count = 0;
    uint8_t interface;
    int r = usb_list(bus, all, DEVICES, &count);
    for (size_t i = 0; !r && i < count; i++) {
        bool is_skipped = skip && !strcmp(all[i].path, skip);
        if (is_skipped || sdt_usb_style(&all[i], &interface) == SDT_STYLE_NONE)
            continue;
        *out = all[i];
        return 0;
    }
    return r ? r : -ENODEV;
}

/* ---- the port ------------------------------------------------------------------------ */

static int fold(int r)
{
    return r == USB_E_GONE ? SDT_E_GONE : r == USB_E_TIMEOUT ? SDT_E_TIMEOUT : r;
}

/* A halted pipe is cleared and tried once more; whatever else is up is the caller's to decide. */
static int write_all(struct sdt_usb *u, uint8_t endpoint, const uint8_t *data, size_t length,
                     int wait_ms)
{
    size_t accepted;
    int r = usb_write(u->device, endpoint, data, length, wait_ms, &accepted);
    if (r == USB_E_STALL && !usb_clear_halt(u->device, endpoint))
        r = usb_write(u->device, endpoint, data + accepted, length - accepted, wait_ms, &accepted);
    return r == USB_E_STALL ? SDT_E_TIMEOUT : fold(r);
}

static int port_write(void *context, const uint8_t *frame, size_t length, int wait_ms)
{
    struct sdt_usb *u = context;
    uint8_t report[SDT_HID_REPORT];
    u->header_left = HEADER;
    if (u->style == SDT_STYLE_HID)
        return sdt_hid_pack(report, frame, length)
                   ? write_all(u, u->out[0], report, sizeof(report), wait_ms)
                   : fault_raise(-EINVAL);
    if (u->style == SDT_STYLE_SINGLE)
        return write_all(u, u->out[0], frame, length, wait_ms);
    int r = write_all(u, u->out[0], frame, HEADER, wait_ms);
    return r ? r : write_all(u, u->out[1], frame + HEADER, length - HEADER, wait_ms);
}

static int read_pipe(struct sdt_usb *u, size_t pipe, uint8_t *data, size_t size, int wait_ms,
                     size_t *got)
{
    int r = usb_read(u->device, u->in[pipe], data, size, wait_ms, got);
    if (r == USB_E_STALL && !usb_clear_halt(u->device, u->in[pipe]))
        r = usb_read(u->device, u->in[pipe], data, size, wait_ms, got);
    /* What was dropped shows as a broken frame. */
    return r == USB_E_STALL || r == USB_E_OVERFLOW ? SDT_E_TIMEOUT : fold(r);
}

/* Split: the header's pipe first; the body only behind a whole header, so that a left-over body cannot pair with it. */
static int port_read(void *context, uint8_t *data, size_t size, int wait_ms, size_t *got)
{
    struct sdt_usb *u = context;
    if (u->style != SDT_STYLE_SPLIT)
        return read_pipe(u, 0, data, size, wait_ms, got);
    int r = read_pipe(u, 0, data, size, u->header_left ? wait_ms : 0, got);
    if (!r)
        u->header_left -= *got < u->header_left ? *got : u->header_left;
    if (r != SDT_E_TIMEOUT || u->header_left)
        return r;
    return read_pipe(u, 1, data, size, wait_ms, got);
}

/* A reader that never stops talking is left talking after DRAIN_READS: its frames will show it. */
static void drain_pipe(struct sdt_usb *u, uint8_t endpoint, int quiet_ms)
{
    uint8_t piece[PIECE];
    size_t got;
    int reads = quiet_ms > 0 ? DRAIN_READS : 0;
    usb_drain(u->device, endpoint, 0);
    while (reads-- > 0 && usb_read(u->device, endpoint, piece, sizeof(piece), quiet_ms, &got) == 0)
        ;
    explicit_bzero(piece, sizeof(piece));
}

static void port_drain(void *context, int quiet_ms)
{
    struct sdt_usb *u = context;
    drain_pipe(u, u->in[0], quiet_ms);
    if (u->style == SDT_STYLE_SPLIT)
        drain_pipe(u, u->in[1], quiet_ms);
}

int sdt_usb_open(struct sdt_usb *out, struct usb_bus *bus, const struct usb_info *info)
{
    struct sdt_usb u = { 0 };
    uint8_t interface;
    u.style = sdt_usb_style(info, &interface);
    const struct usb_interface *i = suitable(info);
    if (u.style == SDT_STYLE_NONE || !i)
        return fault_raise(-EINVAL);
    bool is_split = u.style == SDT_STYLE_SPLIT;
    u.out[0] = is_split ? 0x02 : only_endpoint(i, false);
    u.out[1] = is_split ? 0x06 : u.out[0];
    u.in[0] = is_split ? 0x81 : only_endpoint(i, true);
    u.in[1] = is_split ? 0x85 : u.in[0];
    int r = usb_open(&u.device, bus, info, interface);
    if (!r)
        r = usb_listen(u.device, u.in[0]);
    if (!r && is_split)
        r = usb_listen(u.device, u.in[1]);
    if (r) {
        usb_close(u.device);
        return r;
    }
    *out = u;
    return 0;
}

void sdt_usb_close(struct sdt_usb *u)
{
    usb_close(u->device);
    *u = (struct sdt_usb){ 0 };
}

struct sdt_port sdt_usb_port(struct sdt_usb *u)
{
    return (struct sdt_port){
        .context = u, .write = port_write, .read = port_read, .drain = port_drain
    };
}
