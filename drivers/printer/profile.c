#include "drivers/printer/profile.h"

#include <string.h>
#include <strings.h>

#define CUT_FEED                   \
    {                              \
        4,                         \
        {                          \
            0x1D, 0x56, 0x42, 0x00 \
        }                          \
    }
/* No cutter: four lines lift the last row over the tear bar. */
#define TEAR                 \
    {                        \
        3,                   \
        {                    \
            0x1B, 0x64, 0x04 \
        }                    \
    }

/* Chip makers' numbers do not identify a model, so most rows go by the words of the id; numbers are used where a maker
 * owns the vendor id. No clone listed below is known to have GS ( H, but the probe costs no paper. */
static const struct printer_profile table[] = {
    { .name = "Epson TM-T81, 180 dpi",
      .vendor = 0x04b8,
      .model = "TM-T81 ",
      .width_dots = 512,
      .dpi = 180,
      .mm_per_s = 100,
      .strip_rows = 64,
      .best_level = PRINTER_LEVEL_P,
      .cut = CUT_FEED },
    { .name = "Epson TM-T88III, 180 dpi",
      .vendor = 0x04b8,
      .model = "TM-T88III",
      .width_dots = 512,
      .dpi = 180,
      .mm_per_s = 100,
      .strip_rows = 64,
      .best_level = PRINTER_LEVEL_R,
      .cut = CUT_FEED },
    /* GS v 0 came out as text at times (python-escpos #631); GS ( L is what its manual documents. */
    { .name = "Epson TM-m30III",
      .vendor = 0x04b8,
      .model = "TM-m30III",
      .width_dots = 576,
      .dpi = 203,
      .mm_per_s = 100,
      .raster = RASTER_GS_LPAR,
      .strip_rows = 64,
      .best_level = PRINTER_LEVEL_P,
      .cut = CUT_FEED },
    { .name = "Epson TM",
      .vendor = 0x04b8,
      .width_dots = 576,
      .dpi = 203,
      .mm_per_s = 100,
      .strip_rows = 64,
      .best_level = PRINTER_LEVEL_P,
      .cut = CUT_FEED },
    /* CUPS lists both as one-way: reads never answer. */
    { .name = "Star, ESC/POS mode",
      .vendor = 0x0519,
      .width_dots = 576,
      .dpi = 203,
      .mm_per_s = 100,
      .strip_rows = 64,
      .best_level = PRINTER_LEVEL_N,
      .cut = CUT_FEED },
    { .name = "Citizen CT-S4000",
      .vendor = 0x2730,
      .product = 0x2008,
      .width_dots = 832,
      .dpi = 203,
      .mm_per_s = 90,
      .strip_rows = 64,
      .best_level = PRINTER_LEVEL_N,
      .cut = CUT_FEED },
    /* Presents the ticket itself; which numbers GS e takes differs by model, so only this one has them. */
    { .name = "Custom KPM210",
      .vendor = 0x0dd4,
      .model = "KPM210",
      .width_dots = 576,
      .dpi = 203,
      .mm_per_s = 90,
      .strip_rows = 64,
      .best_level = PRINTER_LEVEL_R,
      .has_full_status = true,
      .cut = { 3, { 0x1D, 0x56, 0x00 } },
      .present = { 3, { 0x1D, 0x65, 0x05 } } },
    { .name = "Custom",
      .vendor = 0x0dd4,
      .width_dots = 576,
      .dpi = 203,
      .mm_per_s = 90,
      .strip_rows = 64,
      .best_level = PRINTER_LEVEL_R,
      .has_full_status = true,
      .cut = CUT_FEED },
    /* GS r answers on the serial port only; the probe finds that out. */
    { .name = "HPRT",
      .maker = "HPRT",
      .width_dots = 576,
      .dpi = 203,
      .mm_per_s = 100,
      .strip_rows = 64,
      .best_level = PRINTER_LEVEL_P,
      .cut = CUT_FEED },
    { .name = "Gprinter, 58 mm",
      .vendor = 0x6868,
      .width_dots = 384,
      .dpi = 203,
      .mm_per_s = 50,
      .strip_rows = 64,
      .best_level = PRINTER_LEVEL_R,
      .cut = TEAR },
    { .name = "58 mm",
      .vendor = 0x0456,
      .product = 0x0808,
      .width_dots = 384,
      .dpi = 203,
      .mm_per_s = 50,
      .strip_rows = 64,
      .best_level = PRINTER_LEVEL_R,
      .cut = TEAR },
    { .name = "58 mm",
      .model = "POS-58",
      .width_dots = 384,
      .dpi = 203,
      .mm_per_s = 50,
      .strip_rows = 64,
      .best_level = PRINTER_LEVEL_P,
      .cut = TEAR },
    { .name = "58 mm",
      .model = "POS58",
      .width_dots = 384,
      .dpi = 203,
      .mm_per_s = 50,
      .strip_rows = 64,
      .best_level = PRINTER_LEVEL_P,
      .cut = TEAR },
    { .name = "58 mm",
      .model = "XP-58",
      .width_dots = 384,
      .dpi = 203,
      .mm_per_s = 50,
      .strip_rows = 64,
      .best_level = PRINTER_LEVEL_P,
      .cut = TEAR },
    { .name = "58 mm",
      .model = "ZJ-58",
      .width_dots = 384,
      .dpi = 203,
      .mm_per_s = 50,
      .strip_rows = 64,
      .best_level = PRINTER_LEVEL_P,
      .cut = TEAR },
    { .name = "58 mm with cutter",
      .model = "OT-58C",
      .width_dots = 384,
      .dpi = 203,
      .mm_per_s = 50,
      .strip_rows = 64,
      .best_level = PRINTER_LEVEL_P,
      .cut = CUT_FEED },
    { .name = "80 mm",
      .width_dots = 576,
      .dpi = 203,
      .mm_per_s = 90,
      .strip_rows = 64,
      .best_level = PRINTER_LEVEL_P,
      .cut = CUT_FEED },
};

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

size_t profile_row_bytes(const struct printer_profile *p)
{
    return ((size_t)p->width_dots + 7) / 8;
}

const char *printer_level_letter(enum printer_level level)
{
    static const char *const letters[] = { "N", "S", "R", "P" };
    return letters[level];
}
