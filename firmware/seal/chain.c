#include "firmware/seal/chain.h"

#include <string.h>

#include "firmware/base/json.h"
#include "firmware/base/text.h"

static void add_text(struct sha256_sum *sum, const char *text)
{
    uint8_t length[4];
    put_be32(length, (uint32_t)strlen(text));
    sha256_add(sum, length, sizeof(length));
    sha256_add(sum, text, strlen(text));
}

void audit_link(uint8_t out[SHA256_BYTES], const uint8_t before[SHA256_BYTES],
                const struct audit_record *record)
{
    uint8_t numbers[16];
    put_be64(numbers, (uint64_t)record->n);
    put_be64(numbers + 8, (uint64_t)record->at_ms);
    struct sha256_sum *sum = sha256_begin();
    sha256_add(sum, before, SHA256_BYTES);
    sha256_add(sum, numbers, sizeof(numbers));
    add_text(sum, record->what);
    add_text(sum, record->detail);
    sha256_end(sum, out);
}

/* ---- reading ------------------------------------------------------------------------- */

static bool read_hash(uint8_t out[SHA256_BYTES], const json_t *o, const char *name)
{
    const char *text = json_string_value(json_object_get(o, name));
    return text && !hex_decode(out, SHA256_BYTES, text);
}

static bool read_record(struct audit_record *out, const json_t *o)
{
    const char *what = json_string_value(json_object_get(o, "what"));
    const char *detail = json_string_value(json_object_get(o, "detail"));
    out->n = json_integer_value(json_object_get(o, "n"));
    out->at_ms = json_integer_value(json_object_get(o, "at_ms"));
    return what && detail && out->n > 0 && text_copy(out->what, sizeof(out->what), what) &&
           text_copy(out->detail, sizeof(out->detail), detail);
}

static int read_records(struct audit_part *out, int64_t *broken_at, const json_t *list,
                        int (*each)(void *context, const struct audit_record *record,
                                    const uint8_t hash[SHA256_BYTES]),
                        void *context)
{
    uint8_t hash[SHA256_BYTES], told[SHA256_BYTES];
    memcpy(hash, out->before, sizeof(hash));
    for (size_t i = 0; i < json_array_size(list); i++) {
        struct audit_record record;
        const json_t *o = json_array_get(list, i);
        if (!read_record(&record, o) || !read_hash(told, o, "hash"))
            return AUDIT_E_FORMAT;
        *broken_at = record.n;
        if (i && record.n != out->last + 1)
            return AUDIT_E_BROKEN;
        audit_link(hash, hash, &record);
        if (memcmp(hash, told, sizeof(hash)) != 0)
            return AUDIT_E_BROKEN;
        out->first = i ? out->first : record.n;
        out->last = record.n;
        int r = each ? each(context, &record, hash) : 0;
        if (r)
            return r;
    }
    bool is_whole =
        !out->last || (out->last == out->head_n && !memcmp(hash, out->head, sizeof(hash)));
    *broken_at = is_whole ? 0 : out->head_n;
    return is_whole ? 0 : AUDIT_E_BROKEN;
}

int audit_read(struct audit_part *out, int64_t *broken_at, const struct bytes *kiosk_ca_pem,
               const struct bytes *document, const struct bytes *signature,
               int (*each)(void *context, const struct audit_record *record,
                           const uint8_t hash[SHA256_BYTES]),
               void *context)
{
    char complaint[JSON_COMPLAINT];
    *out = (struct audit_part){ 0 };
    *broken_at = 0;
    if (!document->length ||
        document_signer(out->kiosk, kiosk_ca_pem, document->data, document->length, signature->data,
                        signature->length, 0))
        return AUDIT_E_SIGNATURE;
    AUTO(json_release) json_t *o = json_parse(document->data, document->length, complaint);
    const char *named = json_string_value(json_object_get(o, "kiosk_id"));
    const json_t *chain = json_object_get(o, "audit");
    if (!named || strcmp(named, out->kiosk) != 0)
        return AUDIT_E_SIGNATURE;
    out->head_n = json_integer_value(json_object_get(chain, "n"));
    if (out->head_n < 0 || !read_hash(out->head, chain, "head"))
        return AUDIT_E_FORMAT;
    if (json_object_get(chain, "records") && !read_hash(out->before, chain, "before"))
        return AUDIT_E_FORMAT;
    return read_records(out, broken_at, json_object_get(chain, "records"), each, context);
}
