#include "drivers/idcard/examine.h"

#include <stdio.h>

enum { DEVICES = 32, TRIES = 3 };

static enum reader_cause cause_of(const struct idcard *card, enum idcard_event event)
{
    if (event == IDCARD_READY)
        return READER_WORKS;
    if (event != IDCARD_SICK)
        return READER_SILENT;
    return idcard_sick_status(card) == SDT_SAM_UNAUTHORISED ? READER_SAM_UNAUTHORISED
                                                            : READER_SAM_SICK;
}

static void ask(struct idcard_finding *out, struct sdt_connection *c, const struct clock *clock)
{
    const struct sdt_port port = sdt_connection_port(c);
    AUTO(idcard_free) struct idcard *card = NULL;
    struct person nobody;
    enum idcard_event event = IDCARD_NOTHING;
    if (idcard_new(&card, &port, clock)) {
        out->cause = READER_BROKEN;
        return;
    }
    int wait_ms;
    for (int i = 0; i < TRIES && event == IDCARD_NOTHING; i++)
        event = idcard_step(card, &nobody, &wait_ms);
    out->cause = cause_of(card, event);
    snprintf(out->security_module, sizeof(out->security_module), "%s", idcard_sam_number(card));
}

void idcard_examine(struct idcard_finding *out, struct usb_bus *bus, const struct sdt_place *place,
                    const struct clock *clock)
{
    struct sdt_connection c;
    *out = (struct idcard_finding){ .style = place->style };
    if (place->style == SDT_STYLE_NONE) {
        out->cause = reader_cause_of_model(&place->info);
        return;
    }
    int r = sdt_connect(&c, bus, place, clock);
    out->cause = reader_cause_of_open(r);
    if (r)
        return;
    out->rate = place->style == SDT_STYLE_UART ? c.uart.rate : 0;
    ask(out, &c, clock);
    sdt_disconnect(&c);
}

int idcard_find_suspects(struct sdt_place *out, size_t max, size_t *count, struct usb_bus *bus,
                         const char *const *ttys)
{
    struct usb_info all[DEVICES];
    size_t found = 0;
    int r = sdt_find_places(out, max, count, bus, ttys);
    if (!r)
        r = usb_list(bus, all, DEVICES, &found);
    for (size_t i = 0; !r && i < found && *count < max; i++) {
        enum reader_cause cause = reader_cause_of_model(&all[i]);
        if (cause == READER_WORKS || cause == READER_NOT_FOUND)
            continue;
        struct sdt_place *p = &out[(*count)++];
        *p = (struct sdt_place){ .style = SDT_STYLE_NONE, .info = all[i] };
        snprintf(p->path, sizeof(p->path), "%s", all[i].path);
    }
    return r;
}
