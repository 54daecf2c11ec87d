/* The printer: how it is, and a test page. */
#include <stdio.h>
#include <string.h>

#include "board/board.h"
#include "drivers/printer/cause.h"
#include "drivers/printer/printer.h"
#include "firmware/ctl/inside.h"
#include "ui/text/slip_page.h"

enum { TEXT_CACHE_BYTES = 1024 * 1024 };

/* Another printer in use looks over USB/IP like no printer at all. */
static int fail_printer(const struct ctl *c, int r)
{
    enum printer_cause cause = printer_cause_of_open(r);
    return ctl_fail_as(c, printer_cause_id(cause), printer_cause_sentence(cause));
}

/* ---- how it is ----------------------------------------------------------------------- */

static json_t *cause_json(enum printer_cause cause, const char *state)
{
    return json_pack("{ss, ss, ss}", "state", state, "cause",
                     cause == PRINTER_CAUSE_NONE ? "works" : printer_cause_id(cause), "says",
                     printer_cause_sentence(cause));
}

static void describe(json_t *o, const struct printer *p)
{
    const struct ieee1284 *id = printer_identity(p);
    const struct printer_names *names = printer_names(p);
    json_object_set_new(o, "maker", json_string(*id->maker ? id->maker : names->maker));
    json_object_set_new(o, "model", json_string(*id->model ? id->model : names->model));
    json_object_set_new(o, "firmware", json_string(names->firmware));
    json_object_set_new(o, "profile", json_string(printer_profile(p)->name));
    json_object_set_new(o, "width_dots", json_integer(printer_profile(p)->width_dots));
    json_object_set_new(o, "proof", json_string(printer_level_letter(printer_level(p))));
}

json_t *ctl_printer_json(struct usb_bus *bus, const struct usb_info *info, uint8_t interface)
{
    AUTO(printer_close) struct printer *p = NULL;
    char words[PRINTER_STATUS_WORDS];
    int r = printer_open(&p, bus, info, interface, &system_clock);
    if (r)
        return cause_json(printer_cause_of_open(r), r == USB_E_BUSY ? "in use" : "does not answer");
    printer_status_words(words, printer_status(p));
    json_t *o = cause_json(printer_cause_of(printer_trouble(p), printer_status(p)), words);
    describe(o, p);
    return o;
}

int ctl_printer(const struct ctl *c, const char *argument)
{
    AUTO(usb_bus_free) struct usb_bus *bus = NULL;
    struct usb_info info;
    uint8_t interface;
    const char *key;
    json_t *value;
    (void)argument;
    if (ctl_open_bus(&bus, c))
        return 1;
    int r = printer_find(&info, &interface, bus);
    if (r)
        return fail_printer(c, r);
    json_t *o = ctl_printer_json(bus, &info, interface);
    bool works = !strcmp(json_string_value(json_object_get(o, "cause")), "works");
    if (c->is_json) {
        ctl_print_json(o);
        return works ? 0 : 1;
    }
    json_object_foreach(o, key, value)
    {
        if (json_is_integer(value))
            printf("%-12s %" JSON_INTEGER_FORMAT "\n", key, json_integer_value(value));
        else if (*json_string_value(value))
            printf("%-12s %s\n", key, json_string_value(value));
    }
    json_decref(o);
    return works ? 0 : 1;
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

static const char *result_word(enum printer_result result)
{
    static const char *const words[] = { [PRINTER_CONFIRMED] = "confirmed",
                                         [PRINTER_SENT] = "sent",
                                         [PRINTER_UNCERTAIN] = "uncertain",
                                         [PRINTER_FAILED_CLEAN] = "nothing-printed" };
    return words[result];
}

/* For machines: said on standard output whatever became of it. */
static void print_outcome(const struct printer *p, const struct printer_outcome *o)
{
    enum printer_cause cause = printer_cause_of(o->trouble, printer_status(p));
    ctl_print_json(json_pack("{ss, ss, sI, ss, sb}", "result", result_word(o->result), "proof",
                             printer_level_letter(o->level), "bytes", (json_int_t)o->bytes, "cause",
                             cause == PRINTER_CAUSE_NONE ? "works" : printer_cause_id(cause),
                             "cut_proven", !o->has_cutter_warning));
}

/* What is wrong and what to do; `otherwise` when the printer names nothing. */
static const char *reason(const struct printer *p, const struct printer_outcome *o,
                          const char *otherwise)
{
    enum printer_cause cause = printer_cause_of(o->trouble, printer_status(p));
    const char *sentence = printer_cause_sentence(o->is_gone ? PRINTER_CAUSE_OFF : cause);
    return *sentence ? sentence : otherwise;
}

static int print_slip(const struct ctl *c, struct printer *p, const struct slip *slip)
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
    if (c->is_json)
        print_outcome(p, &o);
    switch (o.result) {
    case PRINTER_CONFIRMED:
        if (c->is_json)
            return 0;
        printf("printed (proof %s, %llu bytes)%s\n", printer_level_letter(o.level),
               (unsigned long long)o.bytes, o.has_cutter_warning ? "; the cut was not proven" : "");
        return 0;
    case PRINTER_SENT:
        if (c->is_json)
            return 0;
        printf("sent (%llu bytes); this printer cannot say whether it came out\n",
               (unsigned long long)o.bytes);
        return 0;
    case PRINTER_UNCERTAIN:
        return ctl_fail("after %llu bytes it is not certain what came out: %s",
                        (unsigned long long)o.bytes, reason(p, &o, "the printer gave no answer."));
    case PRINTER_FAILED_CLEAN:
        break;
    }
    return ctl_fail("nothing was printed: %s", reason(p, &o, "the printer takes no data."));
}

int ctl_print_test(const struct ctl *c, const char *argument)
{
    AUTO(usb_bus_free) struct usb_bus *bus = NULL;
    AUTO(printer_close) struct printer *p = NULL;
    AUTO(slip_free) struct slip *slip = NULL;
    struct usb_info info;
    uint8_t interface;
    (void)argument;
    if (ctl_open_bus(&bus, c))
        return 1;
    int r = printer_find(&info, &interface, bus);
    if (!r)
        r = printer_open(&p, bus, &info, interface, &system_clock);
    if (r)
        return fail_printer(c, r);
    if (write_test_slip(&slip, p))
        return ctl_fail("no memory for the test page");
    return print_slip(c, p, slip);
}
