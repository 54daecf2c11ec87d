/* links: firmware/service firmware/update drivers/stick firmware/seal firmware/base */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "drivers/stick/stick.h"
#include "firmware/service/token.h"

/* The token of a stick, and any name of a file. What is understood is written and read back the same; what is not leaves a
 * complaint. A name of ours has no way out of its folder. */

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void demand(int claim)
{
    if (!claim)
        abort();
}

static void try_token(const uint8_t *data, size_t size)
{
    struct token t, again;
    char complaint[320];
    struct bytes text AUTO_BYTES = { 0 };
    const struct token_scene scene = { .kiosk = "K0012",
                                       .wall_ms = 1795680000000,
                                       .quality = CLOCK_NTP };
    enum saying s = token_parse(&t, data, size, complaint);
    demand(s == SAY_WELL || (s == SAY_FORMAT && *complaint && memchr(complaint, 0, 320)));
    if (s != SAY_WELL)
        return;
    demand(t.kiosk_count && t.role > ROLE_NONE && t.role < ROLE_END && t.to_ms > t.from_ms);
    demand(*saying_en(token_judge(&t, &scene)) != 0);
    if (token_write(&text, &t))
        return;
    demand(token_parse(&again, text.data, text.length, complaint) == SAY_WELL);
    demand(!memcmp(&t, &again, sizeof(t)));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char name[128];
    size_t length = size < sizeof(name) - 1 ? size : sizeof(name) - 1;
    memcpy(name, data, length);
    name[length] = 0;
    enum stick_kind kind = stick_kind_of(name);
    if (kind != STICK_FOREIGN && kind != STICK_PART)
        demand(!strchr(name, '/') && name[0] != '.' && strlen(name) < STICK_NAME &&
               stick_kind_limit(kind) > 0);
    try_token(data, size);
    return 0;
}
