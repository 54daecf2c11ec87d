#include "drivers/scanner/scanner.h"

/* By maker and product; scanners that can be switched have one product id for each style. What kind of device it really is
 * its descriptors say. Ids as they are listed publicly for these makers; none has been confirmed on hardware. */
static const struct scanner_model models[] = {
    { "Newland (keyboard)", 0x1eab, 0x0003 },      { "Newland (serial)", 0x1eab, 0x0006 },
    { "Newland (point of sale)", 0x1eab, 0x0010 }, { "Honeywell Vuquest 3310g", 0x0c2e, 0x0b61 },
    { "Honeywell Vuquest 3310", 0x0c2e, 0x0b6a },  { "Honeywell Voyager 1400g", 0x0c2e, 0x0b81 },
    { "Symbol (keyboard)", 0x05e0, 0x1200 },       { "Symbol (point of sale)", 0x05e0, 0x1300 },
    { "Symbol (serial)", 0x05e0, 0x1701 },
};

const struct scanner_model *scanner_model_of(const struct usb_info *info)
{
    for (size_t i = 0; i < sizeof(models) / sizeof(models[0]); i++)
        if (models[i].vendor == info->vendor && models[i].product == info->product)
            return &models[i];
    return NULL;
}

const struct scanner_model *scanner_model_at(size_t i)
{
    return i < sizeof(models) / sizeof(models[0]) ? &models[i] : NULL;
}
