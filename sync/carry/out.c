#include "sync/carry/out.h"

#include <stdio.h>
#include <string.h>

#include "sync/queue/outbox.h"

/* Does the item still fit behind what is there? The first always does. */
static bool fits(const struct bytes *records, unsigned count, const struct item *item)
{
    size_t grown = records->length + load_record_bytes(item);
    return !count || (count < LOAD_ITEMS_MAX && grown <= LOAD_BYTES);
}

/* A single item may be as large as a message; with header and signature around it, its load would not go through one. */
static bool is_carriable(const struct claim *c)
{
    return c->body.length == c->item.size && c->item.size > 0 &&
           load_record_bytes(&c->item) + LOAD_HEADER + LOAD_SIGNATURE <= LOAD_MAX;
}

static int gather(struct bytes *records, struct store *s, int64_t after)
{
    unsigned count = 0;
    for (;;) {
        struct claim c = { 0 };
        int r = outbox_next_open(s, &c, after);
        bool is_taken = !r && is_carriable(&c) && fits(records, count, &c.item);
        bool is_end = !r && is_carriable(&c) && !is_taken;
        if (is_taken)
            r = load_add(records, &c.item, c.body.data);
        count += is_taken;
        after = c.item.seq;
        claim_clear(&c);
        if (r == STORE_E_NONE || is_end)
            return count ? 0 : CARRY_OUT_E_DONE;
        if (r)
            return r < 0 ? r : CARRY_OUT_E_DOWN;
    }
}

int carry_out_next(struct carry_load *out, struct store *s, const struct carry_self *self,
                   int64_t after, bool (*is_there)(void *context, const char *name, size_t bytes),
                   void *context)
{
    struct bytes records AUTO_BYTES = { 0 };
    *out = (struct carry_load){ 0 };
    if (!*store_kiosk(s))
        return CARRY_OUT_E_IDENTITY;
    int r = gather(&records, s, after);
    if (r)
        return r;
    struct load_facts *f = &out->facts;
    snprintf(f->kiosk, sizeof(f->kiosk), "%s", store_kiosk(s));
    memcpy(f->install_id, self->install_id, UUID_BYTES);
    f->sent = store_now(s, self->quality);
    load_measure(f, &records);
    if (!f->count)
        return fault_raise(-ENOMEM);
    load_name(out->name, f);
    out->file_bytes = load_file_bytes(f);
    out->is_there = is_there(context, out->name, out->file_bytes);
    if (out->is_there)
        return 0;
    r = load_write(&out->file, f, &records, self->key_pem, self->certificate_pem);
    return r == SEAL_E_FORMAT ? CARRY_OUT_E_IDENTITY : r;
}
