/* links: drivers/printer firmware/base */
#include <stdlib.h>

#include "drivers/printer/escpos.h"
#include "tests/support/check.h"

enum { ROW_80MM = 72, ROW_58MM = 48, ROWS_TESTED = 300 };

static const struct ieee1284 nobody;

static const struct printer_profile *plain(void)
{
    return profile_find(0x0416, 0x5011, &nobody);
}

static void test_escpos_fixed_commands(void **state)
{
    (void)state;
    struct bytes out AUTO_BYTES = { 0 };
    CHECK_EQ(escpos_start(&out), 0);
    CHECK_EQ(escpos_watch(&out), 0);
    CHECK_EQ(escpos_process_id(&out, "A001"), 0);
    CHECK_EQ(escpos_ask_paper(&out), 0);
    CHECK_EQ(escpos_command(&out, &plain()->cut), 0);
    static const uint8_t want[] =
        "\x1B\x40\x1C\x2E\x1B\x61\x00\x1D\x61\xFF\x1D\x28\x48\x06\x00\x30\x30\x41\x30\x30\x31"
        "\x1D\x72\x01\x1D\x56\x42\x00";
    CHECK_EQ(out.length, sizeof(want) - 1);
    CHECK_BYTES(out.data, want, out.length);
    uint8_t ask[ESCPOS_STATUS_LENGTH];
    escpos_status(ask, 4);
    CHECK_BYTES(ask, "\x10\x04\x04", 3);
    CHECK_BYTES(escpos_clear, "\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08", 10);
    CHECK_BYTES(escpos_recover, "\x10\x05\x02", 3);
}

static void test_escpos_one_strip_of_64_rows(void **state)
{
    (void)state;
    uint8_t bits[64 * ROW_80MM];
    struct bytes out AUTO_BYTES = { 0 };
    memset(bits, 0xA5, sizeof(bits));
    CHECK_EQ(escpos_raster(&out, plain(), bits, ROW_80MM, 64), 0);
    CHECK_EQ(out.length, 8 + 4608);
    CHECK_BYTES(out.data, "\x1D\x76\x30\x00\x48\x00\x40\x00", 8);
    CHECK_BYTES(out.data + 8, bits, sizeof(bits));
}

static void test_escpos_strips_obey_the_rules_for_every_row_count(void **state)
{
    (void)state;
    static const size_t widths[] = { 1, ROW_58MM, ROW_80MM, 104, 130, 1024, 4000 };
    for (size_t w = 0; w < sizeof(widths) / sizeof(widths[0]); w++)
        for (unsigned most = 1; most <= 300; most += most < 70 ? 1 : 23)
            for (size_t left = 1; left <= ROWS_TESTED; left++) {
                unsigned rows = escpos_strip_rows(left, most, widths[w]);
                CHECK(rows >= 1 && rows <= most && rows <= 255 && rows % 48);
                CHECK(rows <= left || rows == left + 8);
                CHECK(15 + rows * widths[w] + 7 <= 8192);
            }
    CHECK_EQ(escpos_strip_rows(0, 64, ROW_80MM), 0);
    CHECK_EQ(escpos_strip_rows(10, 64, 8190), 0);
    CHECK_EQ(escpos_strip_rows(48, 64, ROW_80MM), 56);
    CHECK_EQ(escpos_strip_rows(64 + 48, 64, ROW_80MM), 64);
    CHECK_EQ(escpos_strip_rows(500, 255, 1), 255);
}

static const uint8_t *read_v0(const uint8_t *at, size_t *rows, size_t *row_bytes)
{
    CHECK_BYTES(at, "\x1D\x76\x30\x00", 4);
    *row_bytes = get_le16(at + 4);
    *rows = get_le16(at + 6);
    return at + 8;
}

static const uint8_t *read_lpar(const uint8_t *at, size_t *rows, size_t *row_bytes)
{
    CHECK_BYTES(at, "\x1D\x28\x4C", 3);
    CHECK_BYTES(at + 5, "\x30\x70\x30\x01\x01\x31", 6);
    *row_bytes = get_le16(at + 11) / 8u;
    *rows = get_le16(at + 13);
    CHECK_EQ(get_le16(at + 3), 10 + *rows * *row_bytes);
    CHECK_BYTES(at + 15 + *rows * *row_bytes, "\x1D\x28\x4C\x02\x00\x30\x32", 7);
    return at + 15;
}

/* Read a page back from its commands: what was drawn, then at most 8 white rows. */
static void check_page(const struct bytes *out, enum printer_raster raster, const uint8_t *bits,
                       size_t row_bytes, size_t rows)
{
    size_t row = 0;
    for (const uint8_t *at = out->data; at < out->data + out->length;) {
        size_t strip, width;
        at = raster == RASTER_GS_V0 ? read_v0(at, &strip, &width) : read_lpar(at, &strip, &width);
        CHECK_EQ(width, row_bytes);
        CHECK(strip <= 64 && strip % 48);
        for (size_t i = 0; i < strip; i++, row++, at += width)
            for (size_t x = 0; x < width; x++)
                CHECK_EQ(at[x], row < rows ? bits[row * width + x] : 0);
        at += raster == RASTER_GS_V0 ? 0 : 7;
    }
    CHECK(row == rows || row == rows + 8);
}

static void test_escpos_pages_of_every_length_read_back(void **state)
{
    (void)state;
    static uint8_t bits[ROWS_TESTED * ROW_80MM];
    srand(11);
    for (size_t i = 0; i < sizeof(bits); i++)
        bits[i] = (uint8_t)(rand() % 255 | 0x20); /* no byte that would be defused */
    struct printer_profile profile = *plain();
    for (size_t rows = 1; rows <= ROWS_TESTED; rows++)
        for (int kind = 0; kind < 2; kind++) {
            struct bytes out AUTO_BYTES = { 0 };
            profile.raster = (enum printer_raster)kind;
            CHECK_EQ(escpos_raster(&out, &profile, bits, ROW_80MM, rows), 0);
            check_page(&out, profile.raster, bits, ROW_80MM, rows);
        }
}

static size_t real_time_count(const struct bytes *out)
{
    size_t count = 0;
    for (size_t i = 0; i + 1 < out->length; i++)
        count += out->data[i] == 0x10 &&
                 (out->data[i + 1] == 0x04 || out->data[i + 1] == 0x05 || out->data[i + 1] == 0x14);
    return count;
}

static void test_escpos_image_bytes_never_act_in_real_time(void **state)
{
    (void)state;
    static uint8_t bits[200 * ROW_58MM];
    static const uint8_t risky[] = { 0x10, 0x04, 0x05, 0x14, 0x10 };
    struct printer_profile profile = *plain();
    srand(5);
    for (int kind = 0; kind < 2; kind++)
        for (int round = 0; round < 100; round++) {
            struct bytes out AUTO_BYTES = { 0 };
            for (size_t i = 0; i < sizeof(bits); i++)
                bits[i] = risky[rand() % 5];
            profile.raster = (enum printer_raster)kind;
            CHECK_EQ(escpos_raster(&out, &profile, bits, (size_t)(1 + rand() % ROW_58MM), 100), 0);
            CHECK_EQ(real_time_count(&out), 0);
        }
}

static void test_escpos_header_of_gs_lpar_never_acts_in_real_time(void **state)
{
    (void)state;
    static const uint8_t bits[255 * 103];
    struct printer_profile profile = *plain();
    profile.raster = RASTER_GS_LPAR;
    profile.width_dots = 103 * 8;
    for (size_t row_bytes = 1; row_bytes <= 103; row_bytes++)
        for (size_t rows = 1; rows < 255; rows++) {
            struct bytes out AUTO_BYTES = { 0 };
            profile.strip_rows = 255;
            CHECK_EQ(escpos_raster(&out, &profile, bits, row_bytes, rows), 0);
            CHECK_EQ(real_time_count(&out), 0);
        }
}

static void test_escpos_defuse_changes_one_pixel(void **state)
{
    (void)state;
    uint8_t data[] = { 0x10, 0x04, 0x10, 0x10, 0x05, 0x10, 0x14, 0x10, 0x06, 0x10 };
    CHECK_EQ(escpos_defuse(data, sizeof(data)), 3);
    CHECK_BYTES(data, "\x18\x04\x10\x18\x05\x18\x14\x10\x06\x10", sizeof(data));
    CHECK_EQ(escpos_defuse(data, 0), 0);
}

static void test_escpos_refuses_what_does_not_fit(void **state)
{
    (void)state;
    static const uint8_t bits[2 * 73];
    struct bytes out AUTO_BYTES = { 0 };
    CHECK_EQ(escpos_raster(&out, plain(), bits, 73, 2), -EINVAL);
    CHECK_EQ(escpos_raster(&out, plain(), bits, 72, 0), -EINVAL);
    CHECK_EQ(escpos_raster(&out, plain(), bits, 0, 1), -EINVAL);
    CHECK_EQ(out.length, 0);
}

static void test_profile_goes_by_the_id_and_falls_back_to_80_mm(void **state)
{
    (void)state;
    struct ieee1284 id = { 0 };
    const struct printer_profile *p = profile_find(0x0416, 0x5011, &id);
    CHECK_EQ(p->width_dots, 576);
    CHECK_EQ(p->dpi, 203);
    CHECK_EQ(p->best_level, PRINTER_LEVEL_P);
    strcpy(id.model, "pos-58IIH");
    CHECK_EQ(profile_find(0x0416, 0x5011, &id)->width_dots, 384);
    strcpy(id.model, "TM-T81");
    CHECK_EQ(profile_find(0x04b8, 0x0202, &id)->dpi, 180);
    strcpy(id.model, "TM-T81III");
    CHECK_EQ(profile_find(0x04b8, 0x0202, &id)->dpi, 203);
    CHECK_EQ(profile_find(0x0519, 0x0001, &id)->best_level, PRINTER_LEVEL_N);
    CHECK(profile_find(0x0dd4, 0x0175, &id)->has_full_status);
}

RUN(T(test_escpos_fixed_commands), T(test_escpos_one_strip_of_64_rows),
    T(test_escpos_strips_obey_the_rules_for_every_row_count),
    T(test_escpos_pages_of_every_length_read_back),
    T(test_escpos_image_bytes_never_act_in_real_time),
    T(test_escpos_header_of_gs_lpar_never_acts_in_real_time),
    T(test_escpos_defuse_changes_one_pixel), T(test_escpos_refuses_what_does_not_fit),
    T(test_profile_goes_by_the_id_and_falls_back_to_80_mm))
