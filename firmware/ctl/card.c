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

static int fail_reader(const struct ctl *c, int r)
{
    enum reader_cause cause = r == -ENODEV ? READER_NOT_FOUND : reader_cause_of_open(r);
    return ctl_fail_as(c, reader_cause_id(cause), reader_cause_sentence(cause));
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

static const struct refusal {
    enum idcard_event event;
    const char *cause, *sentence;
} refusals[] = {
    { IDCARD_LIFT, "card.lift", "the card could not be read: lift it and lay it down again" },
    { IDCARD_NOT_ID, "card.not-id", "this is not a resident ID card" },
    { IDCARD_TYPE, "card.type", "this kind of card is not known to this firmware" },
    { IDCARD_UNVERIFIED, "card.unverified", "reader and card do not trust each other" },
    { IDCARD_SICK, "reader.sick", "the reader's security module is out of order" },
    { IDCARD_GONE, "reader.gone", "the reader does not answer" },
    { IDCARD_NOTHING, "card.none", "no card was laid on the reader in time" },
};

/* What ends one reading for the worse, and why; NULL: it goes on. */
static const struct refusal *find_refusal(enum idcard_event event)
{
    for (const struct refusal *r = refusals; r->event != IDCARD_NOTHING; r++)
        if (r->event == event)
            return r;
    return NULL;
}

/* 0 when the person is there; 1 after saying why not. */
static int read_card(const struct ctl *c, struct idcard *card, struct person *person)
{
    const struct refusal *none = &refusals[sizeof(refusals) / sizeof(refusals[0]) - 1], *why = NULL;
    enum idcard_event event = IDCARD_NOTHING;
    int64_t end = ctl_now_ms() + c->wait_ms;
    int wait_ms = 0;
    while (!why && event != IDCARD_PERSON && ctl_now_ms() <= end) {
        ctl_pause_ms(wait_ms);
        event = idcard_step(card, person, &wait_ms);
        why = find_refusal(event);
    }
    if (event == IDCARD_PERSON)
        return 0;
    why = why ? why : none;
    return ctl_fail_as(c, why->cause, why->sentence);
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
        return fail_reader(c, r);
    struct sdt_port port = sdt_connection_port(&connection);
    r = idcard_new(&card, &port, &system_clock);
    int failed = r ? ctl_fail("no memory for a reader") : read_card(c, card, &person);
    if (!failed && c->is_json)
        ctl_print_json(person_json(&person));
    else if (!failed)
        print_person(&person);
    person_wipe(&person);
    sdt_disconnect(&connection);
    return failed;
}
