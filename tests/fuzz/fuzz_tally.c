/* links: tests/platform/open firmware/point firmware/seal firmware/base */
/* An item as anybody may have sealed it, and a reply of figures: what is counted of them says nothing longer than a word. */
#include <stdlib.h>
#include <string.h>

#include "firmware/base/json.h"
#include "firmware/point/figures.h"
#include "tests/platform/open/tally.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_text(const json_t *value)
{
    const char *text = json_string_value(value);
    size_t digits = 0;
    if (json_is_string(value) && strlen(text) >= TALLY_WORD)
        abort();
    for (; text && *text; text++)
        digits += *text >= '0' && *text <= '9';
    if (digits > 3)
        abort();
}

static void check_tally(json_t *tally)
{
    const char *key;
    json_t *value;
    json_object_foreach(tally, key, value)
    {
        check_text(value);
        for (size_t i = 0; i < json_array_size(value); i++)
            check_text(json_array_get(value, i));
        if (json_is_integer(value) &&
            (json_integer_value(value) < 1 || json_integer_value(value) > 100))
            abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct point_figures f;
    char complaint[JSON_COMPLAINT];
    AUTO(json_release) json_t *o = json_parse(data, size, complaint);
    AUTO(json_release) json_t *tally = tally_of(o);
    check_tally(tally);
    (void)figures_read(&f, o);
    if (f.done < 0 || f.days < 0 || f.days > 1000000 || strlen(f.month) > 6)
        abort();
    return 0;
}
