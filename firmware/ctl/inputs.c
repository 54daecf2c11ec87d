/* keypad and scanner: how they are, and what they say when somebody tries them. */
#include <stdio.h>
#include <string.h>

#include "drivers/keypad/keypad.h"
#include "drivers/scanner/scanner.h"
#include "firmware/ctl/inside.h"

enum { STEP_MS = 100 };

static json_t *found_json(const char *what, enum ctl_cause cause, const char *model)
{
    char room[240];
    return json_pack(
        "{ss, ss, ss, ss}", "state", cause == CTL_WORKS ? "ready" : ctl_cause_id(cause), "cause",
        ctl_cause_id(cause), "says", ctl_cause_sentence(room, what, cause), "model", model);
}

json_t *ctl_keypad_json(struct usb_bus *bus, const struct usb_info *info)
{
    AUTO(keypad_close) struct keypad *k = NULL;
    int r = keypad_open(&k, bus, info, &keypad_timing_default, &system_clock);
    return found_json("keypad", ctl_cause_of_open(r), keypad_model_of(info)->name);
}

json_t *ctl_scanner_json(struct usb_bus *bus, const struct usb_info *info)
{
    AUTO(scanner_close) struct scanner *s = NULL;
    int r = scanner_open(&s, bus, info, &system_clock);
    json_t *o = found_json("scanner", ctl_cause_of_open(r), scanner_model_of(info)->name);
    if (!r)
        json_object_set_new(o, "style", json_string(scanner_style_word(scanner_style(s))));
    return o;
}

static int fail_for(const struct ctl *c, const char *what, int r)
{
    char room[240];
    enum ctl_cause cause = ctl_cause_of_open(r);
    return ctl_fail_as(c, ctl_cause_id(cause), ctl_cause_sentence(room, what, cause));
}

/* ---- keypad -------------------------------------------------------------------------- */

static void print_key(const struct ctl *c, enum keypad_event event)
{
    if (c->is_json)
        ctl_print_json(json_pack("{ss}", "key", keypad_event_word(event)));
    else
        puts(keypad_event_word(event));
    fflush(stdout);
}

int ctl_keypad(const struct ctl *c, const char *argument)
{
    AUTO(usb_bus_free) struct usb_bus *bus = NULL;
    AUTO(keypad_close) struct keypad *k = NULL;
    struct usb_info info;
    (void)argument;
    if (ctl_open_bus(&bus, c))
        return 1;
    int r = keypad_find(&info, bus);
    if (!r)
        r = keypad_open(&k, bus, &info, &keypad_timing_default, &system_clock);
    if (r)
        return fail_for(c, "keypad", r);
    if (!c->is_json)
        printf("%s at %s: press its keys, put headphones in\n", keypad_model(k)->name, info.path);
    fflush(stdout);
    int64_t end = ctl_now_ms() + c->wait_ms;
    while (ctl_now_ms() < end) {
        enum keypad_event event = keypad_step(k, STEP_MS);
        if (event == KEYPAD_GONE)
            return fail_for(c, "keypad", USB_E_GONE);
        if (event != KEYPAD_NOTHING)
            print_key(c, event);
    }
    if (keypad_noise(k))
        return ctl_fail(
            "the keypad sent %u reports that make no sense: its cable or its electronics "
            "are damaged",
            keypad_noise(k));
    return 0;
}

/* ---- scanner ------------------------------------------------------------------------- */

static void print_code(const struct ctl *c, const char *text)
{
    static const char *const kinds[] = { "other", "receipt", "hand-off" };
    char said[SCAN_TEXT];
    enum scan_kind kind = scan_classify(said, text);
    if (c->is_json)
        ctl_print_json(json_pack("{ss, ss}", "kind", kinds[kind], "text", said));
    else
        printf("%s: %s\n", kinds[kind], said);
    explicit_bzero(said, sizeof(said));
}

/* One code, shown to whoever held it there. */
static int wait_for_code(const struct ctl *c, struct scanner *s)
{
    char text[SCAN_TEXT];
    enum scan_refusal why = (enum scan_refusal)0;
    enum scan_event event = SCAN_NOTHING;
    int64_t end = ctl_now_ms() + c->wait_ms;
    while (event == SCAN_NOTHING && ctl_now_ms() < end)
        event = scanner_step(s, text, &why, STEP_MS);
    if (event == SCAN_READ)
        print_code(c, text);
    explicit_bzero(text, sizeof(text));
    if (event == SCAN_REFUSED || (event == SCAN_GONE && why))
        return ctl_fail_as(c, "refused", scan_refusal_words(why));
    if (event == SCAN_GONE)
        return fail_for(c, "scanner", USB_E_GONE);
    return event == SCAN_READ
               ? 0
               : ctl_fail_as(c, "no-code", "no code was held before the scanner in time");
}

int ctl_scanner(const struct ctl *c, const char *argument)
{
    AUTO(usb_bus_free) struct usb_bus *bus = NULL;
    AUTO(scanner_close) struct scanner *s = NULL;
    struct usb_info info;
    (void)argument;
    if (ctl_open_bus(&bus, c))
        return 1;
    int r = scanner_find(&info, bus);
    if (!r)
        r = scanner_open(&s, bus, &info, &system_clock);
    if (r)
        return fail_for(c, "scanner", r);
    if (!c->is_json)
        fprintf(stderr, "%s (%s) at %s: hold a code before it\n", scanner_model_of(&info)->name,
                scanner_style_word(scanner_style(s)), info.path);
    return wait_for_code(c, s);
}
