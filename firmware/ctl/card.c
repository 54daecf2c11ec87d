/* The ID reader: how it is, and what the card on it says. */
#include <stdio.h>
#include <string.h>

#include "drivers/idcard/examine.h"
#include "firmware/base/json.h"
#include "firmware/card/person_json.h"
#include "firmware/ctl/inside.h"

json_t *ctl_reader_json(struct usb_bus *bus, const struct usb_info *info)
{
    struct sdt_place place = { .info = *info };
    struct idcard_finding f = { 0 };
    uint8_t interface;
    place.style = sdt_usb_style(info, &interface);
    snprintf(place.path, sizeof(place.path), "%s", info->path);
    f.cause = reader_cause_of_model(info);
    if (f.cause == READER_WORKS && !info->interface_count)
        f.cause = READER_BUSY; /* seen over USB/IP while another program has it */
    else if (f.cause == READER_WORKS)
        idcard_examine(&f, bus, &place, &system_clock);
    return json_pack("{ss, ss, ss, ss}", "state",
                     f.cause == READER_WORKS ? "ready" : reader_cause_id(f.cause), "cause",
                     reader_cause_id(f.cause), "says",
                     f.cause == READER_WORKS ? "" : reader_cause_sentence(f.cause),
                     "security_module", f.security_module);
}

static int fail_reader(int r)
{
    enum reader_cause cause = r == -ENODEV ? READER_NOT_FOUND : reader_cause_of_open(r);
    return ctl_fail("%s", reader_cause_sentence(cause));
}

/* ---- card read ----------------------------------------------------------------------- */

static void print_person(const struct person *p)
{
    printf("%s %s\n%s %s %s\n%s\n%s\n%s  %s - %s\n", p->name, p->english_name,
           sex_name(p->sex, false), nation_name(p->nation, false), p->birth, p->number, p->address,
           p->authority, p->valid_from, p->is_long_term ? "长期" : p->valid_to);
    if (p->has_number_doubt)
        puts("note: the number's check character or birth date does not fit");
}

/* What a step means for one reading: 0 go on, 1 the person is there, else -1 after saying why. */
static int judge(enum idcard_event event)
{
    switch (event) {
    case IDCARD_PERSON:
        return 1;
    case IDCARD_LIFT:
        return ctl_fail("the card could not be read: lift it and lay it down again"), -1;
    case IDCARD_NOT_ID:
        return ctl_fail("this is not a resident ID card"), -1;
    case IDCARD_TYPE:
        return ctl_fail("this kind of card is not known to this firmware"), -1;
    case IDCARD_UNVERIFIED:
        return ctl_fail("reader and card do not trust each other"), -1;
    case IDCARD_SICK:
        return ctl_fail("the reader's security module is out of order"), -1;
    case IDCARD_GONE:
        return ctl_fail("the reader does not answer"), -1;
    default:
        return 0;
    }
}

static int read_card(struct idcard *card, struct person *person, int limit_ms)
{
    int64_t end = ctl_now_ms() + limit_ms;
    int verdict = 0, wait_ms = 0;
    while (!verdict && ctl_now_ms() <= end) {
        ctl_pause_ms(wait_ms);
        verdict = judge(idcard_step(card, person, &wait_ms));
    }
    return verdict ? verdict : (ctl_fail("no card was laid on the reader in time"), -1);
}

/* The first place where a reader may be: USB, then the serial lines. */
static int connect_first(struct sdt_connection *out, struct usb_bus *bus)
{
    struct sdt_place places[SDT_PLACES_MAX];
    size_t count = 0;
    int r = sdt_find_places(places, SDT_PLACES_MAX, &count, bus, sdt_tty_paths);
    if (!r && !count)
        r = -ENODEV;
    for (size_t i = 0; i < count; i++) {
        r = sdt_connect(out, bus, &places[i], &system_clock);
        if (!r)
            break;
    }
    return r;
}

int ctl_card_read(const struct ctl *c, const char *argument)
{
    AUTO(usb_bus_free) struct usb_bus *bus = NULL;
    AUTO(idcard_free) struct idcard *card = NULL;
    struct sdt_connection connection = { 0 };
    struct person person = { 0 };
    (void)argument;
    if (ctl_open_bus(&bus, c))
        return 1;
    int r = connect_first(&connection, bus);
    if (r)
        return fail_reader(r);
    struct sdt_port port = sdt_connection_port(&connection);
    r = idcard_new(&card, &port, &system_clock);
    int verdict = r ? -1 : read_card(card, &person, c->wait_ms);
    if (verdict > 0 && c->is_json)
        ctl_print_json(person_json(&person));
    else if (verdict > 0)
        print_person(&person);
    person_wipe(&person);
    sdt_disconnect(&connection);
    return verdict > 0 ? 0 : 1;
}
