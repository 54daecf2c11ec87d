#include "drivers/printer/inside.h"

#include <stdlib.h>

#include "firmware/base/ident.h"

enum {
    DEVICES = 32,
    ASK_EVERY_MS = 2000,
    ASK_HELD_MS = 300, /* while a slip waits to be taken */
    ANSWER_MS = 1000,
    OPEN_MS = 3000,
    GET_DEVICE_ID = 0,
    EPSON = 0x04b8
};

/* ---- finding ------------------------------------------------------------------------- */

static uint8_t endpoint_of(const struct usb_interface *i, bool is_in)
{
    for (size_t k = 0; k < i->endpoint_count; k++)
        if (i->endpoints[k].type == USB_BULK && (i->endpoints[k].address >> 7) == is_in)
            return i->endpoints[k].address;
    return 0;
}

/* Two-way before one-way before packetised (section 1.1); Epson's vendor class speaks like a two-way
 * one. 0: no printer. */
static unsigned preference(const struct usb_info *info, const struct usb_interface *i)
{
    static const uint8_t by_protocol[] = { 0, 2, 3, 1 };
    if (!endpoint_of(i, false))
        return 0;
    if (i->class == 7 && i->subclass == 1 && i->protocol < sizeof(by_protocol))
        return by_protocol[i->protocol];
    return i->class == 0xff && info->vendor == EPSON && endpoint_of(i, true) ? 1 : 0;
}

/* The setting that usb_open() takes: the first with endpoints both ways, otherwise the first. */
static const struct usb_interface *setting_of(const struct usb_info *info, uint8_t number)
{
    const struct usb_interface *first = NULL;
    for (size_t i = 0; i < info->interface_count; i++) {
        const struct usb_interface *s = &info->interfaces[i];
        if (s->number != number)
            continue;
        if (endpoint_of(s, true) && endpoint_of(s, false))
            return s;
        if (!first)
            first = s;
    }
    return first;
}

static unsigned best_of(const struct usb_info *info, uint8_t *interface)
{
    unsigned best = 0;
    for (size_t i = 0; i < info->interface_count; i++) {
        unsigned liked = preference(info, setting_of(info, info->interfaces[i].number));
        if (liked > best) {
            best = liked;
            *interface = info->interfaces[i].number;
        }
    }
    return best;
}

bool printer_is(const struct usb_info *info, uint8_t *interface)
{
    *interface = 0;
    return best_of(info, interface) != 0;
}

int printer_find(struct usb_info *out, uint8_t *interface, struct usb_bus *bus)
{
    struct usb_info all[DEVICES];
    size_t count = 0;
    unsigned best = 0;
    int r = usb_list(bus, all, DEVICES, &count);
    for (size_t i = 0; !r && i < count; i++) {
        uint8_t number = 0;
        unsigned liked = best_of(&all[i], &number);
        if (liked > best) {
            best = liked;
            *out = all[i];
            *interface = number;
        }
    }
    return r ? r : best ? 0 : -ENODEV;
}

/* ---- opening ------------------------------------------------------------------------- */

/* Asked while the printer is idle: with a full buffer some mix the answer into what they print (1.2). */
static int identify(struct printer *p)
{
    uint8_t answer[IEEE1284_MAX];
    size_t got = 0;
    uint16_t index = (uint16_t)(p->interface << 8 | p->alternate);
    int r = usb_control(p->device, 0xa1, GET_DEVICE_ID, 0, index, answer, sizeof(answer),
                        printer_patience(p, PRINTER_CONTROL_MS), &got);
    if (r == USB_E_GONE)
        return r;
    if (r || ieee1284_parse(&p->identity, answer, got))
        p->identity = (struct ieee1284){ 0 };
    const struct usb_info *info = usb_device_info(p->device);
    p->profile = profile_find(info->vendor, info->product, &p->identity);
    p->asks = p->profile->has_full_status ? PRINTER_STATUS_FULL : PRINTER_STATUS_ALL;
    reply_init(&p->replies, p->profile->has_full_status);
    /* Known to be one-way whatever they claim: questions would only cost time. */
    if (p->profile->best_level == PRINTER_LEVEL_N)
        p->in = 0;
    printer_remember(p);
    return 0;
}

/* What an earlier life of this program left behind: a page inside, a slip in the mouth. */
static int make_safe(struct printer *p)
{
    int r = printer_recover(p);
    if (!r && p->status.is_ticket_out)
        r = printer_retract(p);
    if (!r || r == USB_E_TIMEOUT)
        r = printer_probe(p);
    return r ? r : printer_measure(p);
}

int printer_open_known(struct printer **out, struct usb_bus *bus, const struct usb_info *info,
                       uint8_t interface, const struct clock *clock, struct printer_memory *memory)
{
    const struct usb_interface *i = setting_of(info, interface);
    if (!i || !preference(info, i))
        return fault_raise(-EINVAL);
    AUTO(printer_close) struct printer *p = calloc(1, sizeof(*p));
    if (!p)
        return fault_raise(-ENOMEM);
    /* So that a late answer of an earlier life is no answer to a page of this one. */
    random_bytes(&p->serial, sizeof(p->serial));
    p->clock = clock;
    p->memory = memory ? memory : &p->own;
    p->interface = interface;
    p->alternate = i->alternate;
    p->out = endpoint_of(i, false);
    p->in = endpoint_of(i, true);
    p->deadline_ms = printer_now(p) + OPEN_MS;
    int r = usb_open(&p->device, bus, info, interface);
    if (!r)
        r = identify(p);
    if (!r && p->in)
        r = usb_listen(p->device, p->in);
    if (!r)
        r = make_safe(p);
    if (!r && reply_is_nonsense(&p->replies))
        r = -EPROTO;
    if (r)
        return r;
    p->deadline_ms = 0;
    *out = TAKE(p);
    return 0;
}

int printer_open(struct printer **out, struct usb_bus *bus, const struct usb_info *info,
                 uint8_t interface, const struct clock *clock)
{
    return printer_open_known(out, bus, info, interface, clock, NULL);
}

void printer_close(struct printer *p)
{
    if (!p)
        return;
    usb_close(p->device);
    free(p);
}

/* ---- how it is ----------------------------------------------------------------------- */

const struct printer_profile *printer_profile(const struct printer *p)
{
    return p->profile;
}

const struct ieee1284 *printer_identity(const struct printer *p)
{
    return &p->identity;
}

const struct printer_names *printer_names(const struct printer *p)
{
    return &p->memory->names;
}

const struct paper_roll *printer_roll(const struct printer *p)
{
    return &p->memory->roll;
}

void printer_load_roll(struct printer *p, uint32_t full_mm)
{
    roll_load(&p->memory->roll, full_mm ? full_mm : p->profile->roll_mm,
              full_mm ? ROLL_TOLD : ROLL_GUESSED);
}

enum printer_level printer_level(const struct printer *p)
{
    return p->level;
}

const struct printer_status *printer_status(const struct printer *p)
{
    return &p->status;
}

enum printer_trouble printer_trouble(const struct printer *p)
{
    enum printer_trouble t = p->can_report ? status_trouble(&p->status) : PRINTER_NO_TROUBLE;
    return t == PRINTER_NO_TROUBLE && p->needs_recovery ? PRINTER_UNKNOWN : t;
}

int printer_poll(struct printer *p, int wait_ms)
{
    int r = printer_hear(p, wait_ms);
    int64_t now = printer_now(p), every_ms = p->is_held ? ASK_HELD_MS : ASK_EVERY_MS;
    p->deadline_ms = now + OPEN_MS;
    if (!r && p->needs_recovery && now >= p->recover_ms)
        r = printer_recover(p);
    else if (!r && p->can_report && now - p->asked_ms >= every_ms)
        r = printer_refresh(p, ANSWER_MS);
    if (!r)
        r = printer_probe(p);
    p->deadline_ms = 0;
    if (!r && reply_is_nonsense(&p->replies))
        return -EPROTO;
    return r == USB_E_TIMEOUT || r == USB_E_STALL ? 0 : r;
}
