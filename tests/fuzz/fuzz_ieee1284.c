/* links: drivers/printer firmware/base */
#include <stdlib.h>
#include <string.h>

#include "drivers/printer/ieee1284.h"
#include "drivers/printer/profile.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_text(const char text[IEEE1284_TEXT])
{
    size_t n = strnlen(text, IEEE1284_TEXT);
    if (n == IEEE1284_TEXT)
        abort();
    for (size_t i = 0; i < n; i++)
        if (text[i] < 0x20 || text[i] > 0x7E)
            abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct ieee1284 id;
    int r = ieee1284_parse(&id, data, size);
    check_text(id.maker);
    check_text(id.model);
    check_text(id.commands);
    check_text(id.class);
    check_text(id.serial);
    if (r && (*id.maker || *id.model))
        abort();
    const struct printer_profile *p = profile_find(size > 1 ? data[1] : 0, 0, &id);
    if (!p->width_dots || !p->strip_rows || p->cut.length > sizeof(p->cut.bytes))
        abort();
    (void)port_status_word(port_status_of(size ? data[0] : 0));
    return 0;
}
