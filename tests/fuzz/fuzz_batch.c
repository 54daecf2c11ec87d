/* links: tests/platform firmware/case firmware/calendar firmware/seal firmware/base */
/* A batch of items as a kiosk, or anyone with a kiosk's certificate, may send it. */
#include "tests/platform/incoming.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void read_one(const json_t *item)
{
    struct json_reader r = { 0 };
    struct incoming i;
    char submitted[21];
    const char *id = incoming_id(item);
    incoming_read(&r, &i, item);
    if (json_is_clean(&r) && id) {
        struct clock_facts sent = { i.clock.boot_id, i.clock.boot_ms / 2 + 1000, 0 };
        (void)incoming_when(submitted, &i.clock, &sent, INT64_C(1795854600000));
        (void)incoming_is_whole(&i);
    }
    bytes_clear(&i.sealed);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char complaint[JSON_COMPLAINT];
    AUTO(json_release) json_t *o = json_parse(data, size, complaint);
    const json_t *items = json_object_get(o, "items");
    for (size_t i = 0; i < json_array_size(items); i++)
        read_one(json_array_get(items, i));
    return 0;
}
