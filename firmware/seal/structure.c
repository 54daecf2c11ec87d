/* The shape of a sealed item, checked byte for byte before any library sees it.
 *
 * Opening foreign CMS is the risky side: libraries have taken ciphers without authentication,
 * one-byte tags and recipient kinds nobody asked for. So only the one structure that seal_item()
 * writes goes on: ContentInfo with authEnvelopedData (RFC 5083), one to four key agreement
 * recipients (RFC 5753, SHA-256 KDF, AES-256 wrap), AES-256-GCM with a 12-byte nonce and a 16-byte
 * tag (RFC 5084), definite lengths, no attributes. */
#include <string.h>

#include "firmware/seal/inside.h"

/* The bytes not read yet. A failed step empties it and stays failed. */
struct der {
    const uint8_t *at;
    size_t left;
    bool has_failed;
};

enum {
    DER_INTEGER = 0x02,
    DER_BIT_STRING = 0x03,
    DER_OCTETS = 0x04,
    DER_OID = 0x06,
    DER_SEQUENCE = 0x30,
    DER_SET = 0x31,
    DER_PRIMITIVE_0 = 0x80,
    DER_CONTEXT_0 = 0xa0,
    DER_CONTEXT_1 = 0xa1,
};

static void fail(struct der *d)
{
    d->has_failed = true;
    d->left = 0;
}

static bool is_next(const struct der *d, uint8_t tag)
{
    return !d->has_failed && d->left && d->at[0] == tag;
}

/* Length of the element at `d`, and where its content begins; false for indefinite, padded or
 * overlong forms. */
static bool read_length(const struct der *d, size_t *head, size_t *size)
{
    if (d->left < 2)
        return false;
    uint8_t first = d->at[1];
    if (first < 0x80) {
        *head = 2;
        *size = first;
    } else {
        size_t count = first & 0x7f;
        if (!count || count > 4 || d->left < 2 + count || !d->at[2])
            return false;
        *head = 2 + count;
        *size = 0;
        for (size_t i = 0; i < count; i++)
            *size = *size << 8 | d->at[2 + i];
        if (*size < 0x80)
            return false;
    }
    return *size <= d->left - *head;
}

/* Take the next element, which must have this tag; its content comes back. */
static struct der take(struct der *d, uint8_t tag)
{
    struct der inside = { .has_failed = true };
    size_t head, size;
    if (!is_next(d, tag) || !read_length(d, &head, &size)) {
        fail(d);
        return inside;
    }
    inside = (struct der){ d->at + head, size, false };
    d->at += head + size;
    d->left -= head + size;
    return inside;
}

static void take_exactly(struct der *d, uint8_t tag, const void *content, size_t length)
{
    struct der inside = take(d, tag);
    if (inside.has_failed || !inside.at || inside.left != length ||
        memcmp(inside.at, content, length))
        fail(d);
}

#define TAKE_OID(d, ...)                                \
    do {                                                \
        static const uint8_t oid_[] = { __VA_ARGS__ };  \
        take_exactly((d), DER_OID, oid_, sizeof(oid_)); \
    } while (0)

static void take_number(struct der *d, uint8_t value)
{
    take_exactly(d, DER_INTEGER, &value, 1);
}

static void take_octets(struct der *d, size_t length)
{
    struct der inside = take(d, DER_OCTETS);
    if (inside.has_failed || !inside.at || inside.left != length)
        fail(d);
}

static void end(struct der *outer, const struct der *inner)
{
    if (inner->has_failed || inner->left)
        fail(outer);
}

/* [0] { [1] { { ecPublicKey [NULL] }, 65-byte point } }: the sender's one-time key. */
static void take_originator(struct der *d)
{
    struct der choice = take(d, DER_CONTEXT_0), key = take(&choice, DER_CONTEXT_1);
    struct der algorithm = take(&key, DER_SEQUENCE);
    TAKE_OID(&algorithm, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01);
    if (is_next(&algorithm, 0x05))
        take_exactly(&algorithm, 0x05, "", 0);
    else if (is_next(&algorithm, DER_OID)) /* the curve, when it is said: P-256 */
        TAKE_OID(&algorithm, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07);
    end(d, &algorithm);
    struct der point = take(&key, DER_BIT_STRING);
    if (point.has_failed || point.left != 66 || point.at[0] != 0 || point.at[1] != 0x04)
        fail(d);
    end(d, &key);
    end(d, &choice);
}

/* dhSinglePass-stdDH-sha256kdf-scheme with id-aes256-wrap. */
static void take_key_algorithm(struct der *d)
{
    struct der algorithm = take(d, DER_SEQUENCE);
    TAKE_OID(&algorithm, 0x2b, 0x81, 0x04, 0x01, 0x0b, 0x01);
    struct der wrap = take(&algorithm, DER_SEQUENCE);
    TAKE_OID(&wrap, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x01, 0x2d);
    end(d, &wrap);
    end(d, &algorithm);
}

/* One wrapped key for one recipient, named by key identifier. */
static void take_wrapped_key(struct der *d)
{
    struct der keys = take(d, DER_SEQUENCE), one = take(&keys, DER_SEQUENCE),
               id = take(&one, DER_CONTEXT_0);
    struct der identifier = take(&id, DER_OCTETS);
    if (identifier.has_failed || !identifier.left || identifier.left > 64)
        fail(d);
    end(d, &id);
    take_octets(&one, 40);
    end(d, &one);
    end(d, &keys);
}

static void take_recipients(struct der *d)
{
    struct der set = take(d, DER_SET);
    int count = 0;
    while (!set.has_failed && set.left && count < 4) {
        struct der kari = take(&set, DER_CONTEXT_1);
        take_number(&kari, 3);
        take_originator(&kari);
        take_key_algorithm(&kari);
        take_wrapped_key(&kari);
        end(&set, &kari);
        count++;
    }
    end(d, &set);
    if (!count)
        fail(d);
}

static void take_content(struct der *d)
{
    struct der content = take(d, DER_SEQUENCE);
    TAKE_OID(&content, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x01);
    struct der algorithm = take(&content, DER_SEQUENCE);
    TAKE_OID(&algorithm, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x01, 0x2e);
    struct der parameters = take(&algorithm, DER_SEQUENCE);
    take_octets(&parameters, 12);
    take_number(&parameters, 16);
    end(d, &parameters);
    end(d, &algorithm);
    struct der sealed = take(&content, DER_PRIMITIVE_0);
    if (sealed.has_failed || !sealed.left || sealed.left > SEAL_PLAIN_MAX + 4096)
        fail(d);
    end(d, &content);
}

bool seal_structure_is_ours(const uint8_t *der, size_t length)
{
    struct der d = { der, length, false };
    struct der info = take(&d, DER_SEQUENCE);
    TAKE_OID(&info, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x10, 0x01, 0x17);
    struct der wrapper = take(&info, DER_CONTEXT_0), enveloped = take(&wrapper, DER_SEQUENCE);
    take_number(&enveloped, 0);
    take_recipients(&enveloped);
    take_content(&enveloped);
    take_octets(&enveloped, 16);
    end(&wrapper, &enveloped);
    end(&info, &wrapper);
    end(&d, &info);
    return !d.has_failed && !d.left;
}
