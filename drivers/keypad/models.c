#include "drivers/keypad/models.h"

#include "drivers/hid/descriptor.h"

#define KEY(id) (HID_PAGE_KEYBOARD << 16 | (id))
#define CONSUMER(id) (HID_PAGE_CONSUMER << 16 | (id))
#define TELEPHONY(id) (HID_PAGE_TELEPHONY << 16 | (id))

/* A keypad that says what its keys are (HID Usage Tables 1.5, sections 10, 14 and 15): arrows, Enter, Escape, F1 for
 * help, Home to hear it again; volume on the consumer page; the jack as the hook of a headset. */
static const struct keypad_row plain_rows[] = {
    { KEY(0x52), MEANS_KEY, KEYPAD_UP },
    { KEY(0x51), MEANS_KEY, KEYPAD_DOWN },
    { KEY(0x50), MEANS_KEY, KEYPAD_LEFT },
    { KEY(0x4f), MEANS_KEY, KEYPAD_RIGHT },
    { KEY(0x28), MEANS_KEY, KEYPAD_SELECT },
    { KEY(0x58), MEANS_KEY, KEYPAD_SELECT },
    { KEY(0x29), MEANS_KEY, KEYPAD_BACK },
    { KEY(0x2a), MEANS_KEY, KEYPAD_BACK },
    { KEY(0x4a), MEANS_KEY, KEYPAD_REPEAT },
    { KEY(0x3a), MEANS_KEY, KEYPAD_HELP },
    { CONSUMER(0x95), MEANS_KEY, KEYPAD_HELP },
    { CONSUMER(0xe9), MEANS_KEY, KEYPAD_LOUDER },
    { CONSUMER(0xea), MEANS_KEY, KEYPAD_SOFTER },
    { TELEPHONY(0x20), MEANS_HEADPHONES, KEYPAD_NOTHING },
    { 0, MEANS_KEY, KEYPAD_NOTHING },
};

/* Keypads made to stay out of the way of a keyboard: everything is a function key from F13 on, and the jack sends one key
 * when a plug goes in and another when it comes out. These makers' utilities can load any code into any key: this is the
 * table to load. */
static const struct keypad_row function_key_rows[] = {
    { KEY(0x68), MEANS_KEY, KEYPAD_UP },     /* F13 */
    { KEY(0x69), MEANS_KEY, KEYPAD_DOWN },   /* F14 */
    { KEY(0x6c), MEANS_KEY, KEYPAD_LEFT },   /* F17 */
    { KEY(0x6d), MEANS_KEY, KEYPAD_RIGHT },  /* F18 */
    { KEY(0x6e), MEANS_KEY, KEYPAD_SELECT }, /* F19 */
    { KEY(0x6f), MEANS_KEY, KEYPAD_BACK },   /* F20 */
    { KEY(0x70), MEANS_KEY, KEYPAD_REPEAT }, /* F21 */
    { KEY(0x71), MEANS_KEY, KEYPAD_HELP },   /* F22 */
    { KEY(0x72), MEANS_KEY, KEYPAD_LOUDER }, /* F23 */
    { KEY(0x73), MEANS_KEY, KEYPAD_SOFTER }, /* F24 */
    { CONSUMER(0xe9), MEANS_KEY, KEYPAD_LOUDER },
    { CONSUMER(0xea), MEANS_KEY, KEYPAD_SOFTER },
    { KEY(0x6a), MEANS_PULSE, KEYPAD_HEADPHONES_IN },  /* F15 */
    { KEY(0x6b), MEANS_PULSE, KEYPAD_HEADPHONES_OUT }, /* F16 */
    { 0, MEANS_KEY, KEYPAD_NOTHING },
};

/* Neither id has been confirmed on hardware. */
static const struct keypad_model models[] = {
    { "tactile keypad", 0x0483, 0x5750, plain_rows },
    { "audio navigation keypad", 0x2047, 0x09d0, function_key_rows },
};

const struct keypad_model *keypad_model_of(const struct usb_info *info)
{
    for (size_t i = 0; i < sizeof(models) / sizeof(models[0]); i++)
        if (models[i].vendor == info->vendor && models[i].product == info->product)
            return &models[i];
    return NULL;
}

const struct keypad_model *keypad_model_at(size_t i)
{
    return i < sizeof(models) / sizeof(models[0]) ? &models[i] : NULL;
}
