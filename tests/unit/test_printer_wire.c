/* links: drivers/printer firmware/base */
#include <stdlib.h>

#include "drivers/printer/cause.h"
#include "drivers/printer/escpos.h"
#include "drivers/usb/usb.h"
#include "tests/support/check.h"

/* Section 6 of the receipt-printer document, rows 24 to 27 and the output vectors; rows 1 to 23 are in
 * test_printer_vectors.c. */

/* ---- endpoint 0: 24 to 27 -------------------------------------------------------------- */

static void test_printer_vectors_device_id_24_to_26(void **state)
{
    (void)state;
    static const char text[] = "MFG:XPrinter;CMD:ESC/POS;MDL:XP-80;CLS:PRINTER;";
    static const struct {
        uint8_t high, low;
        size_t arrived;
        int want;
        const char *maker, *model;
    } rows[] = { { 0x00, 0x31, 49, 0, "XPrinter", "XP-80" },
                 { 0x31, 0x00, 49, 0, "XPrinter", "XP-80" },
                 { 0x00, 0x02, 2, IEEE1284_E_NONE, "", "" },
                 { 0xFF, 0xFF, 49, IEEE1284_E_NONE, "", "" },
                 { 0x00, 0x31, 10, 0, "XPri", "" } };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        uint8_t answer[sizeof(text) + 2] = { rows[i].high, rows[i].low };
        struct ieee1284 id;
        memcpy(answer + 2, text, sizeof(text));
        CHECK_EQ(ieee1284_parse(&id, answer, rows[i].arrived), rows[i].want);
        CHECK_STR(id.maker, rows[i].maker);
        CHECK_STR(id.model, rows[i].model);
    }
}

static void test_printer_vectors_port_status_27(void **state)
{
    (void)state;
    CHECK_EQ(port_status_of(0x18), PORT_FINE);
    CHECK_EQ(port_status_of(0x38), PORT_PAPER_EMPTY);
    CHECK_EQ(port_status_of(0x10), PORT_ERROR);
    CHECK_EQ(port_status_of(0x08), PORT_NOT_SELECTED);
    CHECK_STR(port_status_word(PORT_NOT_SELECTED), "not selected");
}

/* ---- what we send ---------------------------------------------------------------------- */

static void check_sent(struct bytes *out, const char *hex)
{
    char got[200];
    CHECK(out->length < sizeof(got) / 2);
    hex_encode(got, out->data, out->length);
    CHECK_STR(got, hex);
    bytes_clear(out);
}

static void test_printer_vectors_output(void **state)
{
    (void)state;
    static const uint8_t rows[64 * 72] = { 0 };
    const struct ieee1284 nobody = { 0 };
    const struct printer_profile *f = profile_find(0x0416, 0x5011, &nobody);
    struct bytes out AUTO_BYTES = { 0 };
    CHECK_EQ(escpos_start(&out), 0);
    check_sent(&out, "1b401c2e1b6100");
    CHECK_EQ(escpos_raster(&out, f, rows, 72, 64), 0);
    CHECK_EQ(out.length, 8 + 4608);
    out.length = 8;
    check_sent(&out, "1d76300048004000");
    CHECK_EQ(escpos_process_id(&out, "A001"), 0);
    check_sent(&out, "1d284806003030"
                     "41303031");
    CHECK_EQ(escpos_command(&out, &f->cut), 0);
    check_sent(&out, "1d564200");
    CHECK_EQ(escpos_watch(&out), 0);
    check_sent(&out, "1d61ff");
    CHECK_EQ(escpos_ask_identity(&out, 67), 0);
    check_sent(&out, "1d4943");
    CHECK_EQ(escpos_ask_paper_left(&out), 0);
    check_sent(&out, "1de1");
}

/* ---- causes ---------------------------------------------------------------------------- */

static void test_printer_causes_have_an_id_and_a_sentence_each(void **state)
{
    (void)state;
    for (int i = 0; i < PRINTER_CAUSE_COUNT; i++) {
        enum printer_cause c = (enum printer_cause)i;
        CHECK(strncmp(printer_cause_id(c), "printer-", 8) == 0);
        CHECK_EQ(*printer_cause_sentence(c) == 0, c == PRINTER_CAUSE_NONE);
        for (int k = 0; k < i; k++)
            CHECK(strcmp(printer_cause_id(c), printer_cause_id((enum printer_cause)k)) != 0);
    }
}

static void test_printer_causes_of_opening(void **state)
{
    (void)state;
    struct printer_status s = { .is_known = true, .is_ticket_out = true };
    CHECK_EQ(printer_cause_of_open(0), PRINTER_CAUSE_NONE);
    CHECK_EQ(printer_cause_of_open(-EACCES), PRINTER_CAUSE_PERMISSION);
    CHECK_EQ(printer_cause_of_open(USB_E_DRIVER), PRINTER_CAUSE_KERNEL_DRIVER);
    CHECK_EQ(printer_cause_of_open(USB_E_BUSY), PRINTER_CAUSE_BUSY);
    CHECK_EQ(printer_cause_of_open(-ENODEV), PRINTER_CAUSE_OFF);
    CHECK_EQ(printer_cause_of_open(USB_E_GONE), PRINTER_CAUSE_OFF);
    CHECK_EQ(printer_cause_of_open(-EPROTO), PRINTER_CAUSE_SILENT);
    CHECK_EQ(printer_cause_of(PRINTER_NO_TROUBLE, &s), PRINTER_CAUSE_SLIP_WAITING);
    CHECK_EQ(printer_cause_of(PRINTER_PAPER_SHORT, &s), PRINTER_CAUSE_PAPER_SHORT);
    CHECK_EQ(printer_cause_of(PRINTER_UNKNOWN, &s), PRINTER_CAUSE_SILENT);
    CHECK_STR(printer_trouble_word(PRINTER_PAPER_SHORT), "too little paper");
}

RUN(T(test_printer_vectors_device_id_24_to_26), T(test_printer_vectors_port_status_27),
    T(test_printer_vectors_output), T(test_printer_causes_have_an_id_and_a_sentence_each),
    T(test_printer_causes_of_opening))
