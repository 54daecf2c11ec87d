#include "ui/text/icon.h"

#include <stdlib.h>
#include <string.h>

struct icon {
    const char *name, *text;
};

/* Sorted by name. */
static const struct icon icons[] = {
    { "accessible", "\xee\xa4\x94" },
    { "account_balance", "\xee\xa1\x8f" },
    { "agriculture", "\xee\xa9\xb9" },
    { "arrow_back", "\xee\x97\x84" },
    { "arrow_forward", "\xee\x97\x88" },
    { "backspace", "\xee\x85\x8a" },
    { "badge", "\xee\xa9\xa7" },
    { "build_circle", "\xee\xbd\x88" },
    { "business", "\xee\x82\xaf" },
    { "cable", "\xee\xbf\xa6" },
    { "call", "\xee\x82\xb0" },
    { "cancel", "\xee\x97\x89" },
    { "check", "\xee\x97\x8a" },
    { "check_box", "\xee\xa0\xb4" },
    { "check_box_off", "\xee\xa0\xb5" },
    { "check_circle", "\xee\xa1\xac" },
    { "chevron_right", "\xee\x97\x8c" },
    { "close", "\xee\x97\x8d" },
    { "contactless", "\xee\xa9\xb1" },
    { "contrast", "\xee\xac\xb7" },
    { "credit_card", "\xee\xa1\xb0" },
    { "delete", "\xee\xa1\xb2" },
    { "description", "\xee\xa1\xb3" },
    { "draw", "\xee\x9d\x86" },
    { "edit", "\xee\x8f\x89" },
    { "elderly", "\xef\x88\x9a" },
    { "error", "\xee\x80\x80" },
    { "event", "\xee\xa1\xb8" },
    { "expand_less", "\xee\x97\x8e" },
    { "expand_more", "\xee\x97\x8f" },
    { "face", "\xee\xa1\xbc" },
    { "family_restroom", "\xef\x86\xa2" },
    { "fingerprint", "\xee\xa4\x8d" },
    { "gavel", "\xee\xa4\x8e" },
    { "group", "\xee\x9f\xaf" },
    { "handshake", "\xee\xaf\x8b" },
    { "help", "\xee\xa2\x87" },
    { "home", "\xee\xa2\x8a" },
    { "info", "\xee\xa2\x8e" },
    { "keyboard", "\xee\x8c\x92" },
    { "keyboard_hide", "\xee\x8c\x9a" },
    { "location_on", "\xee\x83\x88" },
    { "lock", "\xee\xa2\x97" },
    { "logout", "\xee\xa6\xba" },
    { "medical_services", "\xef\x84\x89" },
    { "network_check", "\xee\x99\x80" },
    { "nfc", "\xee\x86\xbb" },
    { "payments", "\xee\xbd\xa3" },
    { "person", "\xee\x9f\xbd" },
    { "photo_camera", "\xee\x90\x92" },
    { "print", "\xee\xa2\xad" },
    { "print_disabled", "\xee\xa7\x8f" },
    { "qr_code", "\xee\xbd\xab" },
    { "radio_off", "\xee\xa0\xb6" },
    { "radio_on", "\xee\xa0\xb7" },
    { "real_estate_agent", "\xee\x9c\xba" },
    { "receipt_long", "\xee\xbd\xae" },
    { "refresh", "\xee\x97\x95" },
    { "schedule", "\xee\xa2\xb5" },
    { "search", "\xee\xa2\xb6" },
    { "settings", "\xee\xa2\xb8" },
    { "star", "\xee\xa0\xb8" },
    { "support_agent", "\xef\x83\xa2" },
    { "text_increase", "\xee\xab\xa2" },
    { "timer", "\xee\x90\xa5" },
    { "translate", "\xee\xa3\xa2" },
    { "undo", "\xee\x85\xa6" },
    { "upload_file", "\xee\xa7\xbc" },
    { "usb", "\xee\x87\xa0" },
    { "visibility", "\xee\xa3\xb4" },
    { "visibility_off", "\xee\xa3\xb5" },
    { "volume_off", "\xee\x81\x8f" },
    { "volume_up", "\xee\x81\x90" },
    { "volunteer_activism", "\xee\xa9\xb0" },
    { "warning", "\xee\x80\x82" },
    { "wifi_off", "\xee\x99\x88" },
    { "work", "\xee\xa3\xb9" },
};

static int by_name(const void *key, const void *row)
{
    return strcmp(key, ((const struct icon *)row)->name);
}

const char *icon_named(const char *name)
{
    const struct icon *found =
        bsearch(name, icons, sizeof(icons) / sizeof(icons[0]), sizeof(icons[0]), by_name);
    return found ? found->text : icon_named("help");
}
