#include "drivers/idcard/models.h"

const struct sdt_model sdt_models[] = {
    { 0x0400, 0xc35a, SDT_SUPPORTED, "ministry-standard reader" }, /* of many brands */
    { 0x0316, 0x5020, SDT_SUPPORTED, "Synjones reader" },
    { 0x0425, 0x8159, SDT_SUPPORTED, "JingLun HID reader" },
    { 0x2b8b, 0x2721, SDT_SUPPORTED, "HID reader" },
    { 0x10c4, 0x0007, SDT_ENVELOPE, "Miaxis MR-300" },
    { 0x0483, 0x5652, SDT_UNCONFIRMED, "reader of an unknown make" },
    { 0x10c4, 0x8a1b, SDT_UNCONFIRMED, "Senter reader" },
    { 0x2015, 0x0008, SDT_UNCONFIRMED, "reader of an unknown make" },
    { 0x9573, 0x4836, SDT_UNCONFIRMED, "reader of an unknown make" },
    { 0x0483, 0xdf11, SDT_BOOTLOADER, "reader in bootloader mode" },
};
const size_t sdt_model_count = sizeof(sdt_models) / sizeof(sdt_models[0]);

const struct sdt_model *sdt_find_model(uint16_t vendor, uint16_t product)
{
    for (size_t i = 0; i < sdt_model_count; i++)
        if (sdt_models[i].vendor == vendor && sdt_models[i].product == product)
            return &sdt_models[i];
    return NULL;
}

const char *const sdt_tty_paths[] = { "/dev/onetrip/id-reader", NULL };
