#include "drivers/printer/profile.h"

#include <string.h>
#include <strings.h>

/* A table, one row a model. */
/* clang-format off */
#define BYTES(...) { sizeof((uint8_t[]){ __VA_ARGS__ }), { __VA_ARGS__ } }
#define CUT BYTES(0x1D, 0x56, 0x42, 0x00)
/* No cutter: four lines lift the last row over the tear bar. */
#define TEAR BYTES(0x1B, 0x64, 0x04)
/* Custom: cut alone leaves the ticket inside (escpos-php #511), so cut, then the ejector of section 4. */
#define CUT_INSIDE BYTES(0x1D, 0x56, 0x00)
#define EJECT BYTES(0x1D, 0x65, 0x05)
#define HOLD BYTES(0x1D, 0x65, 0x03, 0x0C)
#define RETRACT BYTES(0x1D, 0x65, 0x02)

/* Paper and dots (section 3): 80 mm paper is 72 mm = 576 dots at 203 dpi, 512 at 180; 58 mm is 48 mm = 384 dots. */
#define MM80 .width_dots = 576, .dpi = 203, .strip_rows = 64, .roll_mm = 60000
#define MM80_180 .width_dots = 512, .dpi = 180, .strip_rows = 64, .roll_mm = 60000
#define MM58 .width_dots = 384, .dpi = 203, .strip_rows = 64, .roll_mm = 30000, .mm_per_s = 50
#define MM104 .width_dots = 832, .dpi = 203, .strip_rows = 64, .roll_mm = 60000
#define LEVEL_P .best_level = PRINTER_LEVEL_P
#define LEVEL_R .best_level = PRINTER_LEVEL_R
#define LEVEL_N .best_level = PRINTER_LEVEL_N
#define CUTTER .has_cutter = true
#define SENSOR .has_near_end = true
#define CUSTOM .vendor = 0x0dd4, MM80, .mm_per_s = 90, LEVEL_R, CUTTER, SENSOR, .has_full_status = true

/* Chip makers' numbers do not identify a model, so most rows go by the words of the id; numbers are used where a maker
 * owns the vendor id. Reports that contradict each other take the weaker claim; the probe finds what is there. No clone
 * listed is known to have GS ( H, but the probe costs no paper. */
static const struct printer_profile table[] = {
    /* 180 dpi (sections 3, 9: T81, T88). "TM-T81 " is the Chinese one; T81III and later are 203 dpi. */
    { .name = "Epson TM-T81, 180 dpi", .vendor = 0x04b8, .model = "TM-T81 ", MM80_180, .mm_per_s = 100, LEVEL_P, CUTTER, SENSOR,
      .has_identity = true, .cut = CUT },
    /* No GS ( H (APG): R is the best there is. */
    { .name = "Epson TM-T88III, 180 dpi", .vendor = 0x04b8, .model = "TM-T88III", MM80_180, .mm_per_s = 100, LEVEL_R, CUTTER, SENSOR,
      .has_identity = true, .cut = CUT },
    /* Images came out as text at times (python-escpos #631); GS ( L is what its manual documents. */
    { .name = "Epson TM-m30III", .vendor = 0x04b8, .model = "TM-m30III", MM80, .mm_per_s = 100, .raster = RASTER_GS_LPAR, LEVEL_P, CUTTER, SENSOR,
      .has_identity = true, .cut = CUT },
    /* No near-end sensor: always "adequate" (python-escpos #242). */
    { .name = "Epson TM-T20II", .vendor = 0x04b8, .model = "TM-T20II", MM80, .mm_per_s = 100, LEVEL_P, CUTTER,
      .has_identity = true, .cut = CUT },
    { .name = "Epson TM-L60II", .vendor = 0x04b8, .model = "TM-L60II", MM58, LEVEL_R, CUTTER, SENSOR,
      .has_identity = true, .cut = CUT },
    { .name = "Epson TM", .vendor = 0x04b8, MM80, .mm_per_s = 100, LEVEL_P, CUTTER, SENSOR, .has_identity = true,
      .cut = CUT },
    /* CUPS lists both as one-way: reads never answer. */
    { .name = "Star, ESC/POS mode", .vendor = 0x0519, MM80, .mm_per_s = 100, LEVEL_N, CUTTER, .cut = CUT },
    { .name = "Citizen CT-S4000", .vendor = 0x2730, .product = 0x2008, MM104, .mm_per_s = 90, LEVEL_N, CUTTER,
      .cut = CUT },
    { .name = "Citizen", .vendor = 0x2730, MM80, .mm_per_s = 90, LEVEL_P, CUTTER, SENSOR, .cut = CUT },
    { .name = "Citizen", .vendor = 0x1d90, MM80, .mm_per_s = 90, LEVEL_P, CUTTER, SENSOR, .cut = CUT },
    { .name = "Bixolon", .vendor = 0x1504, MM80, .mm_per_s = 90, LEVEL_P, CUTTER, SENSOR, .cut = CUT },
    /* Presenters. Which numbers GS e takes differs by model, so only the one whose manual was read holds and retracts:
     * 2 is the motor on a TPTCM. */
    { .name = "Custom KPM210", .model = "KPM210", CUSTOM, .has_paper_left = true, .cut = CUT_INSIDE, .present = HOLD,
      .retract = RETRACT },
    { .name = "Custom KPM", .model = "KPM", CUSTOM, .has_paper_left = true, .cut = CUT_INSIDE, .present = EJECT },
    { .name = "Custom VKP80II", .model = "VKP80", CUSTOM, .cut = CUT_INSIDE, .present = EJECT },
    { .name = "Custom TPTCM", .model = "TPTCM", CUSTOM, .cut = CUT_INSIDE, .present = EJECT },
    { .name = "Custom KPM300H", .product = 0x0175, CUSTOM, .has_paper_left = true, .cut = CUT_INSIDE, .present = EJECT },
    { .name = "Custom", CUSTOM, .cut = CUT },
    /* GS r answers on the serial port only; the probe finds that out. */
    { .name = "HPRT", .maker = "HPRT", MM80, .mm_per_s = 100, LEVEL_P, CUTTER, SENSOR, .cut = CUT },
    { .name = "SPRT POS58", .maker = "SPRT", .model = "POS58", MM58, LEVEL_R, .cut = TEAR },
    { .name = "SPRT", .maker = "SPRT", MM80, .mm_per_s = 90, LEVEL_R, CUTTER, SENSOR, .cut = CUT },
    { .name = "Gprinter, 58 mm", .vendor = 0x6868, MM58, LEVEL_R, .cut = TEAR },
    { .name = "58 mm", .vendor = 0x0456, .product = 0x0808, MM58, LEVEL_R, .cut = TEAR },
    { .name = "58 mm", .vendor = 0x0483, .product = 0x5840, MM58, LEVEL_R, .cut = TEAR },
    /* ZJ-5870 and its like: no cutter, the 48-row fault, answers nothing more often than not. */
    { .name = "58 mm", .model = "POS-58", MM58, LEVEL_P, .cut = TEAR },
    { .name = "58 mm", .model = "POS58", MM58, LEVEL_P, .cut = TEAR },
    { .name = "58 mm", .model = "XP-58", MM58, LEVEL_P, .cut = TEAR },
    { .name = "58 mm", .model = "ZJ-58", MM58, LEVEL_P, .cut = TEAR },
    { .name = "58 mm with cutter", .model = "OT-58C", MM58, LEVEL_P, CUTTER, SENSOR, .cut = CUT },
    { .name = "80 mm", MM80, .mm_per_s = 90, LEVEL_P, CUTTER, SENSOR, .cut = CUT },
};
/* clang-format on */

static bool begins(const char *text, const char *with)
{
    return !with || !strncasecmp(text, with, strlen(with));
}

/* "TM-T81 " must not fit "TM-T81III": a blank at the end of the row stands for the end of the word. */
static bool is_model(const char *text, const char *with)
{
    size_t n = with ? strlen(with) : 0;
    if (n && with[n - 1] == ' ')
        return !strncasecmp(text, with, n - 1) && (text[n - 1] == ' ' || !text[n - 1]);
    return begins(text, with);
}

static bool fits(const struct printer_profile *p, uint16_t vendor, uint16_t product,
                 const struct ieee1284 *id)
{
    return (!p->vendor || p->vendor == vendor) && (!p->product || p->product == product) &&
           begins(id->maker, p->maker) && is_model(id->model, p->model);
}

const struct printer_profile *profile_find(uint16_t vendor, uint16_t product,
                                           const struct ieee1284 *id)
{
    const struct printer_profile *p = table;
    while (!fits(p, vendor, product, id))
        p++;
    return p;
}

const struct printer_profile *profile_at(size_t i)
{
    return i < sizeof(table) / sizeof(table[0]) ? &table[i] : NULL;
}

size_t profile_row_bytes(const struct printer_profile *p)
{
    return ((size_t)p->width_dots + 7) / 8;
}

const char *printer_level_letter(enum printer_level level)
{
    static const char *const letters[] = { "N", "S", "R", "P" };
    return letters[level];
}
