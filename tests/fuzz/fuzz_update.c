/* links: sync/update firmware/update sync/uplink sync/queue firmware/seal firmware/base */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "firmware/base/text.h"
#include "firmware/update/manifest.h"
#include "sync/update/place.h"

/* A list of updates as a county may sign it, and an answer as an installer may leave it. */

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void demand(int claim)
{
    if (!claim)
        abort();
}

static void use(const struct update *u)
{
    struct update_self self = { u->board, u->version, "K0012" };
    demand(update_version_is(u->version) && memchr(u->board, 0, sizeof(u->board)) != NULL);
    demand(!update_version_compare(u->version, u->version));
    demand(u->size > 0 && u->size <= UPDATE_SIZE_MAX && u->percent >= 0 && u->percent <= 100);
    for (size_t i = 0; i < u->replaces_count; i++)
        demand(update_is_way_back(u, u->replaces[i]));
    for (size_t i = 0; i < u->kiosk_count; i++)
        demand(update_is_for(u, u->kiosks[i]));
    (void)update_is_hour(u, INT64_C(1795629600000));
    (void)update_is_for(u, self.kiosk);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct update_manifest m;
    char complaint[UPDATE_COMPLAINT];
    const struct update *offer;
    struct install_result r;
    struct update_self self = { "virt-arm64", "1.3.0", "K0012" };
    bool is_back;
    if (!update_manifest_read(&m, data, size, complaint)) {
        demand(m.count <= UPDATES_MAX && m.version > 0);
        for (size_t i = 0; i < m.count; i++)
            use(&m.updates[i]);
        demand((update_choose(&offer, &is_back, &m, &self) == UPDATE_OFFERED) == (offer != NULL));
    }
    if (!install_result_read(&r, data, size))
        demand(r.outcome < INSTALL_END && update_version_is(r.version) &&
               text_is_valid(r.reason, strlen(r.reason)));
    return 0;
}
