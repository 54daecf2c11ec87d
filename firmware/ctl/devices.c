/* Devices, opened by kioskctl itself: kiosk must be stopped, or they are busy. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "board/board.h"
#include "drivers/idcard/idcard.h"
#include "drivers/idcard/port_usb.h"
#include "drivers/printer/printer.h"
#include "firmware/base/json.h"
#include "firmware/card/person_json.h"
#include "firmware/ctl/ctl.h"
#include "ui/text/slip_page.h"

enum { DEVICES = 32, TEXT_CACHE_BYTES = 1024 * 1024 };

static int open_bus(struct usb_bus **bus, const struct ctl *c)
{
    int r = c->usbip ? usb_bus_usbip(bus, c->usbip) : usb_bus_host(bus);
    return r ? ctl_fail("USB does not work: %s", strerror(-r)) : 0;
}

static int fail_open(const char *what, int r)
{
    if (r == -ENODEV)
        return ctl_fail("no %s is plugged in", what);
    if (r == USB_E_BUSY)
        return ctl_fail("the %s is in use: stop kiosk first", what);
    if (r == USB_E_GONE)
        return ctl_fail("the %s does not answer", what);
    return ctl_fail("the %s cannot be opened: %s", what, r < 0 ? strerror(-r) : "unknown reason");
}

static void pause_ms(int ms)
{
    struct timespec t = { ms / 1000, (long)(ms % 1000) * 1000000 };
    if (ms > 0)
        nanosleep(&t, NULL);
}

/* ---- devices ------------------------------------------------------------------------- */

static json_t *printer_json(struct usb_bus *bus, const struct usb_info *info, uint8_t interface)
{
    AUTO(printer_close) struct printer *p = NULL;
    char words[PRINTER_STATUS_WORDS];
    int r = printer_open(&p, bus, info, interface, &system_clock);
    if (r)
        return json_pack("{ss}", "state", r == USB_E_BUSY ? "in use" : "does not answer");
    printer_status_words(words, printer_status(p));
    const struct ieee1284 *id = printer_identity(p);
    return json_pack("{ss, ss, ss, ss, si, ss}", "state", words, "maker", id->maker, "model",
                     id->model, "profile", printer_profile(p)->name, "width_dots",
                     (int)printer_profile(p)->width_dots, "proof",
                     printer_level_letter(printer_level(p)));
}

static json_t *reader_json(struct usb_bus *bus, const struct usb_info *info)
{
    struct sdt_usb usb = { 0 };
    struct person person;
    int wait_ms, r = sdt_usb_open(&usb, bus, info);
    if (r)
        return json_pack("{ss}", "state", r == USB_E_BUSY ? "in use" : "does not answer");
    struct sdt_port port = sdt_usb_port(&usb);
    AUTO(idcard_free) struct idcard *card = NULL;
    enum idcard_event event = IDCARD_GONE;
    if (!idcard_new(&card, &port, &system_clock))
        event = idcard_step(card, &person, &wait_ms);
    json_t *o = json_pack("{ss, ss, ss}", "state",
                          event == IDCARD_READY  ? "ready"
                          : event == IDCARD_SICK ? "security module out of order"
                                                 : "does not answer",
                          "security_module", card ? idcard_sam_number(card) : "", "style",
                          usb.style == SDT_STYLE_SPLIT ? "split" : "single");
    sdt_usb_close(&usb);
    return o;
}

static json_t *device_json(struct usb_bus *bus, const struct usb_info *info)
{
    char id[10];
    uint8_t interface;
    bool is_reader = sdt_usb_style(info, &interface) != SDT_STYLE_NONE;
    bool is_printer = !is_reader && printer_is(info, &interface);
    json_t *o = is_reader    ? reader_json(bus, info)
                : is_printer ? printer_json(bus, info, interface)
                             : json_object();
    snprintf(id, sizeof(id), "%04x:%04x", info->vendor, info->product);
    json_object_set_new(o, "id", json_string(id));
    json_object_set_new(o, "path", json_string(info->path));
    json_object_set_new(o, "kind",
                        json_string(is_reader    ? "id-reader"
                                    : is_printer ? "printer"
                                                 : "other"));
    return o;
}

int ctl_devices(const struct ctl *c, const char *argument)
{
    AUTO(usb_bus_free) struct usb_bus *bus = NULL;
    struct usb_info all[DEVICES];
    size_t count = 0, i;
    json_t *device;
    (void)argument;
    if (open_bus(&bus, c))
        return 1;
    int r = usb_list(bus, all, DEVICES, &count);
    if (r)
        return ctl_fail("devices cannot be listed: %s", strerror(-r));
    json_t *list = json_array();
    for (i = 0; i < count; i++)
        json_array_append_new(list, device_json(bus, &all[i]));
    if (c->is_json) {
        ctl_print_json(json_pack("{so}", "devices", list));
        return 0;
    }
    json_array_foreach(list, i, device)
    {
        const char *state = json_string_value(json_object_get(device, "state"));
        printf("%-8s %-10s %-10s %s\n", json_string_value(json_object_get(device, "path")),
               json_string_value(json_object_get(device, "id")),
               json_string_value(json_object_get(device, "kind")), state ? state : "");
    }
    json_decref(list);
    return 0;
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
    int64_t end = system_clock.boot_ms(&system_clock) + limit_ms;
    int verdict = 0, wait_ms = 0;
    while (!verdict && system_clock.boot_ms(&system_clock) <= end) {
        pause_ms(wait_ms);
        verdict = judge(idcard_step(card, person, &wait_ms));
    }
    return verdict ? verdict : (ctl_fail("no card was laid on the reader in time"), -1);
}

int ctl_card_read(const struct ctl *c, const char *argument)
{
    AUTO(usb_bus_free) struct usb_bus *bus = NULL;
    AUTO(idcard_free) struct idcard *card = NULL;
    struct sdt_usb usb = { 0 };
    struct usb_info info;
    struct person person = { 0 };
    (void)argument;
    if (open_bus(&bus, c))
        return 1;
    int r = sdt_usb_find(&info, bus, NULL);
    if (!r)
        r = sdt_usb_open(&usb, bus, &info);
    if (r)
        return fail_open("ID reader", r);
    struct sdt_port port = sdt_usb_port(&usb);
    r = idcard_new(&card, &port, &system_clock);
    int verdict = r ? -1 : read_card(card, &person, c->wait_ms);
    if (verdict > 0 && c->is_json)
        ctl_print_json(person_json(&person));
    else if (verdict > 0)
        print_person(&person);
    person_wipe(&person);
    sdt_usb_close(&usb);
    return verdict > 0 ? 0 : 1;
}

/* ---- print --test -------------------------------------------------------------------- */

/* Every kind of line, the rare characters that no printer font has, a code, and the edges of the paper. */
static int write_test_slip(struct slip **out, const struct printer *p)
{
    char words[PRINTER_STATUS_WORDS], proof[32];
    int r = slip_new(out);
    if (r)
        return r;
    struct slip *s = *out;
    printer_status_words(words, printer_status(p));
    snprintf(proof, sizeof(proof), "%s", printer_level_letter(printer_level(p)));
    slip_add(s, SLIP_TITLE, NULL, "打印测试");
    slip_add(s, SLIP_SMALL, NULL, "Printer test page");
    slip_add(s, SLIP_RULE, NULL, "");
    slip_add(s, SLIP_PAIR, "Printer", printer_profile(p)->name);
    slip_add(s, SLIP_PAIR, "State", words);
    slip_add(s, SLIP_PAIR, "Proof", proof);
    slip_add(s, SLIP_NAME, "姓名", "张堃 王䶮 李㛃 陈𬭎");
    slip_add(s, SLIP_NUMBER, NULL, "0123456789");
    slip_add(s, SLIP_QR, NULL, "ONETRIP-PRINTER-TEST");
    slip_add(s, SLIP_TEXT, NULL, "政务服务中心 受理回执 残疾人护理补贴 ABCDEFG abcdefg 0123456789");
    slip_add(s, SLIP_MARK, NULL, "TEST");
    return slip_finish(s);
}

static int print_slip(struct printer *p, const struct slip *slip)
{
    AUTO(text_free) struct text *text = NULL;
    struct slip_page drawn = { 0 };
    int r = text_new(&text, &this_board.fonts, TEXT_CACHE_BYTES);
    if (!r)
        r = slip_page_draw(&drawn, text, slip, printer_profile(p)->width_dots);
    if (r)
        return ctl_fail("the test page cannot be drawn (%d)", r);
    const struct printer_page page = { .bits = drawn.bits,
                                       .row_bytes = drawn.width_dots / 8u,
                                       .rows = drawn.rows };
    struct printer_outcome o = printer_print(p, &page);
    slip_page_clear(&drawn);
    switch (o.result) {
    case PRINTER_CONFIRMED:
        printf("printed (proof %s, %llu bytes)%s\n", printer_level_letter(o.level),
               (unsigned long long)o.bytes, o.has_cutter_warning ? "; the cut was not proven" : "");
        return 0;
    case PRINTER_SENT:
        printf("sent (%llu bytes); this printer cannot say whether it came out\n",
               (unsigned long long)o.bytes);
        return 0;
    case PRINTER_UNCERTAIN:
        return ctl_fail(
            "after %llu bytes it is not certain what came out: %s", (unsigned long long)o.bytes,
            *printer_trouble_word(o.trouble) ? printer_trouble_word(o.trouble) : "no answer");
    case PRINTER_FAILED_CLEAN:
        break;
    }
    return ctl_fail("nothing was printed: %s", *printer_trouble_word(o.trouble)
                                                   ? printer_trouble_word(o.trouble)
                                                   : "the printer takes no data");
}

int ctl_print_test(const struct ctl *c, const char *argument)
{
    AUTO(usb_bus_free) struct usb_bus *bus = NULL;
    AUTO(printer_close) struct printer *p = NULL;
    AUTO(slip_free) struct slip *slip = NULL;
    struct usb_info info;
    uint8_t interface;
    (void)argument;
    if (open_bus(&bus, c))
        return 1;
    int r = printer_find(&info, &interface, bus);
    if (!r)
        r = printer_open(&p, bus, &info, interface, &system_clock);
    if (r)
        return fail_open("printer", r);
    if (write_test_slip(&slip, p))
        return ctl_fail("no memory for the test page");
    return print_slip(p, slip);
}
