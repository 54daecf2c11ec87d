/* links: drivers/keypad drivers/scanner drivers/hid drivers/usb firmware/base */
#include <stdio.h>
#include <stdlib.h>

#include "drivers/keypad/models.h"
#include "drivers/scanner/scanner.h"
#include "tests/support/check.h"

/* The udev rules and the tables name the same devices: one without its rule could not be opened. */
static bool has_rule(const char *rules, uint16_t vendor, uint16_t product)
{
    char wanted[64], id[8];
    snprintf(wanted, sizeof(wanted), "ATTR{idVendor}==\"%04x\"", vendor);
    snprintf(id, sizeof(id), "%04x", product);
    for (const char *at = rules; (at = strstr(at, wanted)); at++) {
        const char *end = strchr(at, '\n');
        const char *found = strstr(strstr(at, "idProduct"), id);
        if (found && found < end)
            return true;
    }
    return false;
}

static void test_input_models_all_have_their_udev_rule(void **state)
{
    (void)state;
    size_t length;
    char *rules = test_file("../board/host/udev/71-onetrip-inputs.rules", &length);
    const struct keypad_model *k;
    const struct scanner_model *s;
    for (size_t i = 0; (k = keypad_model_at(i)); i++)
        CHECK(has_rule(rules, k->vendor, k->product));
    for (size_t i = 0; (s = scanner_model_at(i)); i++)
        CHECK(has_rule(rules, s->vendor, s->product));
    CHECK(!has_rule(rules, 0x046d, 0xc31c));
    free(rules);
}

static void test_input_models_are_not_listed_twice(void **state)
{
    (void)state;
    const struct scanner_model *s;
    for (size_t i = 0; (s = scanner_model_at(i)); i++) {
        const struct usb_info info = { .vendor = s->vendor, .product = s->product };
        CHECK(scanner_model_of(&info) == s);
        CHECK(!keypad_model_of(&info));
    }
    const struct keypad_model *k;
    for (size_t i = 0; (k = keypad_model_at(i)); i++) {
        const struct usb_info info = { .vendor = k->vendor, .product = k->product };
        CHECK(keypad_model_of(&info) == k);
    }
}

RUN(T(test_input_models_all_have_their_udev_rule), T(test_input_models_are_not_listed_twice))
