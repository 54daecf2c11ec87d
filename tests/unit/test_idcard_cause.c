/* links: drivers/idcard drivers/usb firmware/card firmware/base */
#include <stdio.h>
#include <stdlib.h>

#include "drivers/idcard/cause.h"
#include "drivers/idcard/port_usb.h"
#include "tests/support/check.h"

/* ---- words --------------------------------------------------------------------------- */

static void test_idcard_every_cause_has_a_sentence_of_its_own(void **state)
{
    (void)state;
    for (int i = 0; i < READER_CAUSES; i++) {
        const char *id = reader_cause_id((enum reader_cause)i);
        const char *sentence = reader_cause_sentence((enum reader_cause)i);
        CHECK(id != NULL && sentence != NULL);
        CHECK(!strncmp(id, "reader.", 7));
        CHECK_EQ(sentence[strlen(sentence) - 1], '.');
        for (int k = 0; k < i; k++) {
            CHECK(strcmp(id, reader_cause_id((enum reader_cause)k)) != 0);
            CHECK(strcmp(sentence, reader_cause_sentence((enum reader_cause)k)) != 0);
        }
    }
    CHECK_STR(reader_cause_id((enum reader_cause)999), "reader.broken");
    CHECK_STR(reader_cause_id((enum reader_cause) - 1), "reader.broken");
}

static void test_idcard_what_opening_says_is_a_cause(void **state)
{
    (void)state;
    static const struct {
        int result;
        enum reader_cause want;
        const char *id;
    } rows[] = {
        { 0, READER_WORKS, "reader.works" },
        { -ENODEV, READER_NOT_FOUND, "reader.not-found" },
        { -ENOENT, READER_NOT_FOUND, "reader.not-found" },
        { -EACCES, READER_PERMISSION, "reader.permission" },
        { -EPERM, READER_PERMISSION, "reader.permission" },
        { USB_E_BUSY, READER_BUSY, "reader.busy" },
        { -EBUSY, READER_BUSY, "reader.busy" },
        { USB_E_DRIVER, READER_KERNEL_DRIVER, "reader.kernel-driver" },
        { USB_E_GONE, READER_GONE, "reader.gone" },
        { -EINVAL, READER_WRONG_STYLE, "reader.wrong-style" },
        { -ENOTTY, READER_WRONG_PORT, "reader.wrong-port" },
        { -ETIMEDOUT, READER_WRONG_PORT, "reader.wrong-port" },
        { -EIO, READER_BROKEN, "reader.broken" },
        { -ENOMEM, READER_BROKEN, "reader.broken" },
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        CHECK_EQ(reader_cause_of_open(rows[i].result), rows[i].want);
        CHECK_STR(reader_cause_id(rows[i].want), rows[i].id);
    }
}

static void test_idcard_ids_alone_may_be_the_cause(void **state)
{
    (void)state;
    static const struct {
        uint16_t vendor, product;
        enum reader_cause want;
    } rows[] = {
        { 0x0400, 0xc35a, READER_WORKS },       { 0x0316, 0x5020, READER_WORKS },
        { 0x0425, 0x8159, READER_WORKS },       { 0x2b8b, 0x2721, READER_WORKS },
        { 0x10c4, 0x0007, READER_ENVELOPE },    { 0x0483, 0xdf11, READER_BOOTLOADER },
        { 0x0483, 0x5652, READER_UNCONFIRMED }, { 0x10c4, 0x8a1b, READER_UNCONFIRMED },
        { 0x2015, 0x0008, READER_UNCONFIRMED }, { 0x9573, 0x4836, READER_UNCONFIRMED },
        { 0x04b8, 0x0202, READER_NOT_FOUND },
    };
    struct usb_info info = { .interface_count = 1 };
    info.interfaces[0] =
        (struct usb_interface){ .class = 0xff,
                                .endpoint_count = 2,
                                .endpoints = { { 1, USB_BULK, 64 }, { 0x81, USB_BULK, 64 } } };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        info.vendor = rows[i].vendor;
        info.product = rows[i].product;
        CHECK_EQ(reader_cause_of_model(&info), rows[i].want);
    }
    info.vendor = 0x0400;
    info.product = 0xc35a;
    info.interfaces[0].class = 0x08;
    CHECK_EQ(reader_cause_of_model(&info), READER_WRONG_STYLE);
}

/* ---- the udev rules ------------------------------------------------------------------ */

static bool has_rule(const char *rules, const struct sdt_model *m)
{
    char ids[64];
    snprintf(ids, sizeof(ids), "ATTR{idVendor}==\"%04x\", ATTR{idProduct}==\"%04x\", MODE=\"0660\"",
             m->vendor, m->product);
    return strstr(rules, ids) != NULL;
}

/* A reader without a rule would need root; one that is never to be spoken to needs none. */
static void test_idcard_rules_are_for_the_models_and_nothing_else(void **state)
{
    (void)state;
    size_t length, supported = 0, count = 0;
    char *rules = test_file("../board/host/udev/70-onetrip-readers.rules", &length);
    for (size_t i = 0; i < sdt_model_count; i++) {
        bool is_supported = sdt_models[i].support == SDT_SUPPORTED;
        CHECK_EQ(has_rule(rules, &sdt_models[i]), is_supported);
        supported += is_supported;
        CHECK(*sdt_models[i].name != 0);
    }
    for (const char *p = rules; (p = strstr(p, "ATTR{idVendor}==")); p++)
        count++;
    CHECK_EQ(count, supported);
    CHECK(strstr(rules, "MODE=\"0666\"") == NULL);
    CHECK(strstr(rules, "SYMLINK+=\"onetrip/id-reader\"") != NULL);
    CHECK_STR(sdt_tty_paths[0], "/dev/onetrip/id-reader");
    free(rules);
    char *users = test_file("../board/host/udev/onetrip-readers.sysusers", &length);
    CHECK(strstr(users, "g onetrip-readers") != NULL);
    CHECK(strstr(users, "m onetrip-kiosk onetrip-readers") != NULL);
    free(users);
}

RUN(T(test_idcard_every_cause_has_a_sentence_of_its_own),
    T(test_idcard_what_opening_says_is_a_cause), T(test_idcard_ids_alone_may_be_the_cause),
    T(test_idcard_rules_are_for_the_models_and_nothing_else))
