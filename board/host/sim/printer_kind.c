/* The models that can be simulated: one for each kind of behaviour the receipt-printer document tells of. */
#include "board/host/sim/printer_inside.h"

#include <string.h>

#define ID(maker, model) "MFG:" maker ";CMD:ESC/POS;MDL:" model ";CLS:PRINTER;SN:SIM0001;"
#define GENERIC .vendor = 0x0416, .product = 0x5011, .dpi = 203
#define EPSON                                                                           \
    .vendor = 0x04b8, .product = 0x0202, .is_vendor_class = true, .has_near_end = true, \
    .has_identity = true
#define CUSTOM                                                                  \
    .vendor = 0x0dd4, .dpi = 203, .width_dots = 576, .has_no_process_id = true, \
    .has_near_end = true, .has_full_status = true, .has_presenter = true

static const struct sim_printer_kind kinds[] = {
    { .name = "80",
      .id = ID("OneTrip", "OT-80"),
      GENERIC,
      .width_dots = 576,
      .has_near_end = true },
    { .name = "58",
      .id = ID("OneTrip", "OT-58C"),
      GENERIC,
      .width_dots = 384,
      .has_near_end = true },
    { .name = "xprinter-58",
      .id = ID("XPrinter", "XP-58"),
      GENERIC,
      .width_dots = 384,
      .has_no_process_id = true },
    { .name = "zj-58",
      .id = ID("Zijiang", "ZJ-58"),
      GENERIC,
      .width_dots = 384,
      .is_silent = true },
    { .name = "gprinter-58",
      .id = ID("Gprinter", "GP-58"),
      .vendor = 0x6868,
      .product = 0x0600,
      .dpi = 203,
      .width_dots = 384,
      .has_no_process_id = true,
      .has_no_reply = true },
    { .name = "epson-t81", .id = ID("EPSON", "TM-T81"), EPSON, .dpi = 180, .width_dots = 512 },
    { .name = "epson-t88iii",
      .id = ID("EPSON", "TM-T88III"),
      EPSON,
      .dpi = 180,
      .width_dots = 512,
      .has_no_process_id = true },
    { .name = "epson-m30iii",
      .id = ID("EPSON", "TM-m30III"),
      EPSON,
      .dpi = 203,
      .width_dots = 576 },
    { .name = "hprt",
      .id = ID("HPRT", "TP80K"),
      GENERIC,
      .width_dots = 576,
      .has_near_end = true,
      .has_no_process_id = true,
      .has_no_reply = true },
    { .name = "star",
      .id = ID("Star", "TSP650II"),
      .vendor = 0x0519,
      .product = 0x0003,
      .dpi = 203,
      .width_dots = 576,
      .is_silent = true },
    { .name = "citizen-s4000",
      .id = ID("CITIZEN", "CT-S4000"),
      .vendor = 0x2730,
      .product = 0x2008,
      .dpi = 203,
      .width_dots = 832,
      .is_silent = true },
    { .name = "one-way",
      .id = ID("Generic", "USB"),
      GENERIC,
      .width_dots = 576,
      .is_one_way = true,
      .is_silent = true },
    { .name = "custom-kpm210",
      .id = ID("CUSTOM", "KPM210"),
      CUSTOM,
      .product = 0x0150,
      .has_paper_left = true,
      .has_retract = true },
    { .name = "custom-kpm300",
      .id = ID("CUSTOM", "KPM300H"),
      CUSTOM,
      .product = 0x0175,
      .has_paper_left = true },
    { .name = "custom-vkp80", .id = ID("CUSTOM", "VKP80II"), CUSTOM, .product = 0x0151 },
};

const struct sim_printer_kind *printer_kind_at(size_t i)
{
    return i < sizeof(kinds) / sizeof(kinds[0]) ? &kinds[i] : NULL;
}

const struct sim_printer_kind *printer_kind_of(const char *name)
{
    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
        if (!strcmp(kinds[i].name, name))
            return &kinds[i];
    return NULL;
}

const char *sim_printer_kind_name(size_t i)
{
    return printer_kind_at(i) ? printer_kind_at(i)->name : NULL;
}

bool sim_printer_be(struct sim_printer *p, const char *name)
{
    const struct sim_printer_kind *kind = printer_kind_of(name);
    if (!kind)
        return false;
    printer_power_off(p);
    sim_printer_take(p);
    printer_sheet_free(&p->sheet); /* what hangs out of the other one stays with it */
    printer_become(p, kind);
    sim_printer_fault(p, "none", 0);
    return true;
}
