/* links: firmware/seal firmware/base */
#include <stdio.h>
#include <stdlib.h>

#include "firmware/seal/seal.h"
#include "tests/support/check.h"
#include "tests/support/test_keys.h"

static const int64_t now = INT64_C(1795600000000), from = INT64_C(1795000000000),
                     to = INT64_C(1802000000000);

struct fixture {
    struct test_county *county;
    struct trust *trust;
    struct seal_keys *keys;
    struct seal_opener *opener;
};

static struct fixture fixture_new(void)
{
    struct fixture f = { 0 };
    char key[300], certificate[300], complaint[320], *document;
    f.county = test_county_new(test_folder(), from, to);
    CHECK_EQ(trust_load(&f.trust, test_folder()), 0);
    document = test_county_keys(f.county, 3, 1);
    CHECK_EQ(seal_keys_parse(&f.keys, f.trust, document, strlen(document), complaint), 0);
    free(document);
    snprintf(key, sizeof(key), "%s/county.key", test_folder());
    snprintf(certificate, sizeof(certificate), "%s/county.pem", test_folder());
    CHECK_EQ(seal_opener_load(&f.opener, key, certificate), 0);
    return f;
}

static void fixture_free(struct fixture *f)
{
    seal_opener_free(f->opener);
    seal_keys_free(f->keys);
    trust_free(f->trust);
    test_county_free(f->county);
}

static const char text[] =
    "{\"resident\":{\"name\":\"测试甲\"},\"form\":{\"phone\":\"13800000000\"}}";

static void seal_text(struct bytes *sealed, const struct fixture *f)
{
    char key_id[SEAL_KEY_ID];
    CHECK_EQ(seal_item(sealed, key_id, f->keys, text, strlen(text), now), 0);
    CHECK_STR(key_id, "county-1");
}

static void test_seal_county_and_escrow_both_open_what_was_sealed(void **state)
{
    (void)state;
    struct fixture f = fixture_new();
    struct bytes sealed AUTO_BYTES = { 0 }, plain AUTO_BYTES = { 0 }, again AUTO_BYTES = { 0 };
    char key[300], certificate[300];
    AUTO(seal_opener_free) struct seal_opener *escrow = NULL;
    seal_text(&sealed, &f);
    CHECK_EQ(seal_open(&plain, f.opener, sealed.data, sealed.length), 0);
    CHECK_EQ(plain.length, strlen(text));
    CHECK_BYTES(plain.data, text, plain.length);
    snprintf(key, sizeof(key), "%s/escrow.key", test_folder());
    snprintf(certificate, sizeof(certificate), "%s/escrow.pem", test_folder());
    CHECK_EQ(seal_opener_load(&escrow, key, certificate), 0);
    CHECK_EQ(seal_open(&again, escrow, sealed.data, sealed.length), 0);
    CHECK_BYTES(again.data, text, again.length);
    fixture_free(&f);
}

static void test_seal_hides_the_text_and_most_of_its_length(void **state)
{
    (void)state;
    struct fixture f = fixture_new();
    struct bytes one AUTO_BYTES = { 0 }, two AUTO_BYTES = { 0 };
    char key_id[SEAL_KEY_ID];
    seal_text(&one, &f);
    CHECK(!memmem(one.data, one.length, "测试甲", 9));
    CHECK(!memmem(one.data, one.length, "13800000000", 11));
    CHECK_EQ(seal_item(&two, key_id, f.keys, "{}", 2, now), 0);
    CHECK_EQ(one.length, two.length);
    fixture_free(&f);
}

static void test_seal_refuses_every_flipped_bit_and_every_cut(void **state)
{
    (void)state;
    struct fixture f = fixture_new();
    struct bytes sealed AUTO_BYTES = { 0 }, plain AUTO_BYTES = { 0 };
    seal_text(&sealed, &f);
    for (size_t i = 0; i < sealed.length; i++) {
        uint8_t bit = (uint8_t)(1u << i % 8);
        sealed.data[i] ^= bit;
        int r = seal_open(&plain, f.opener, sealed.data, sealed.length);
        sealed.data[i] ^= bit;
        /* The escrow recipient's own bytes do not concern the county's opening. */
        CHECK(r == SEAL_E_TAMPERED || (r == 0 && i < sealed.length - 1024));
        if (r)
            CHECK_EQ(plain.length, 0);
        plain.length = 0;
    }
    for (size_t length = 0; length < sealed.length; length += length < 600 ? 1 : 37)
        CHECK_EQ(seal_open(&plain, f.opener, sealed.data, length), SEAL_E_TAMPERED);
    CHECK_EQ(bytes_append_byte(&sealed, 0), 0);
    CHECK_EQ(seal_open(&plain, f.opener, sealed.data, sealed.length), SEAL_E_TAMPERED);
    fixture_free(&f);
}

/* What libraries have been talked into: no authentication, short tags, another recipient kind. */
static void test_seal_refuses_other_envelopes_before_the_library_opens_them(void **state)
{
    (void)state;
    static const char *const ciphers[] = { "aes-256-cbc", "aes-256-ofb", "aes-128-gcm",
                                           "aes-256-gcm", "des-ede3-cbc" };
    struct fixture f = fixture_new();
    for (size_t i = 0; i < sizeof(ciphers) / sizeof(ciphers[0]); i++) {
        struct bytes forged AUTO_BYTES = { 0 }, plain AUTO_BYTES = { 0 };
        test_county_envelop(f.county, &forged, ciphers[i], text, strlen(text));
        CHECK_EQ(seal_open(&plain, f.opener, forged.data, forged.length), SEAL_E_TAMPERED);
        CHECK_EQ(plain.length, 0);
    }
    fixture_free(&f);
}

static void test_seal_refuses_a_short_tag(void **state)
{
    (void)state;
    struct fixture f = fixture_new();
    struct bytes sealed AUTO_BYTES = { 0 }, plain AUTO_BYTES = { 0 };
    seal_text(&sealed, &f);
    /* INTEGER 16, the tag's length, becomes 1. */
    uint8_t *icv = memmem(sealed.data, sealed.length, "\x02\x01\x10\x80", 4);
    CHECK(icv != NULL);
    icv[2] = 1;
    CHECK_EQ(seal_open(&plain, f.opener, sealed.data, sealed.length), SEAL_E_TAMPERED);
    fixture_free(&f);
}

static void test_seal_without_valid_keys_refuses_rather_than_storing_in_clear(void **state)
{
    (void)state;
    struct fixture f = fixture_new();
    struct bytes sealed AUTO_BYTES = { 0 };
    char key_id[SEAL_KEY_ID], complaint[320];
    CHECK(seal_keys_are_usable(f.keys, now));
    CHECK(!seal_keys_are_usable(f.keys, from - 1000));
    CHECK(!seal_keys_are_usable(f.keys, to + 1000));
    CHECK_EQ(seal_item(&sealed, key_id, f.keys, text, strlen(text), to + 1000), SEAL_E_NO_KEY);
    CHECK_EQ(seal_item(&sealed, key_id, NULL, text, strlen(text), now), SEAL_E_NO_KEY);
    AUTO(seal_keys_free) struct seal_keys *lonely = NULL;
    char *document = test_county_keys(f.county, 4, 0);
    CHECK_EQ(seal_keys_parse(&lonely, f.trust, document, strlen(document), complaint), 0);
    free(document);
    CHECK(!seal_keys_are_usable(lonely, now));
    CHECK_EQ(seal_item(&sealed, key_id, lonely, text, strlen(text), now), SEAL_E_NO_KEY);
    CHECK_EQ(sealed.length, 0);
    fixture_free(&f);
}

static void test_seal_keys_of_another_ca_are_refused(void **state)
{
    (void)state;
    struct fixture f = fixture_new();
    char complaint[320], *pem = test_foreign_certificate(), *document = calloc(1, 20000);
    sprintf(document,
            "{\"version\":9,\"keys\":[{\"key_id\":\"x\",\"suite\":1,\"use\":\"county\","
            "\"certificate\":\"%s\"}]}",
            pem);
    struct seal_keys *keys = NULL;
    CHECK_EQ(seal_keys_parse(&keys, f.trust, document, strlen(document), complaint),
             SEAL_E_SIGNATURE);
    CHECK(keys == NULL);
    free(pem);
    free(document);
    fixture_free(&f);
}

static void test_seal_keys_say_in_one_sentence_what_is_wrong(void **state)
{
    (void)state;
    static const struct {
        const char *json, *words;
    } rows[] = {
        { "[]", "must be an object" },
        { "{\"version\":1}", "keys: is missing" },
        { "{\"version\":0,\"keys\":[{}]}", "version: must be a whole number" },
        { "{\"version\":1,\"keys\":[7]}", "keys[0]: must be an object" },
        { "{\"version\":1,\"keys\":[{\"key_id\":\"a\",\"suite\":1,\"use\":\"boss\",\"certificate\":"
          "\"x\"}]}",
          "keys[0]: use must be" },
        { "{\"version\":1,\"keys\":[{\"key_id\":\"a/"
          "b\",\"suite\":1,\"use\":\"county\",\"certificate\":\"x\"}]}",
          "keys[0]: key_id" },
        { "{\"version\":1,\"keys\":[{\"key_id\":\"a\",\"suite\":2,\"use\":\"county\","
          "\"certificate\":\"x\"}]}",
          "keys[0].suite" },
        { "{\"version\":1,\"keys\":[{\"key_id\":\"a\",\"suite\":1,\"use\":\"county\","
          "\"certificate\":\"x\"}]}",
          "keys[0]: certificate must" },
        { "{\"version\":1", "line 1" },
    };
    struct fixture f = fixture_new();
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct seal_keys *keys = NULL;
        char complaint[320];
        CHECK_EQ(seal_keys_parse(&keys, f.trust, rows[i].json, strlen(rows[i].json), complaint),
                 SEAL_E_FORMAT);
        CHECK(strstr(complaint, rows[i].words) != NULL);
    }
    fixture_free(&f);
}

static void test_document_signature_binds_every_byte_and_the_right_ca(void **state)
{
    (void)state;
    struct fixture f = fixture_new();
    struct bytes signature AUTO_BYTES = { 0 };
    char document[] = "{\"version\":3}";
    size_t length = strlen(document);
    test_county_sign(f.county, &signature, document, length);
    CHECK_EQ(document_verify(f.trust, document, length, signature.data, signature.length, now), 0);
    CHECK_EQ(document_verify(f.trust, document, length, signature.data, signature.length, 0), 0);
    CHECK_EQ(
        document_verify(f.trust, document, length, signature.data, signature.length, to + 1000),
        SEAL_E_SIGNATURE);
    document[11] = '4';
    CHECK_EQ(document_verify(f.trust, document, length, signature.data, signature.length, now),
             SEAL_E_SIGNATURE);
    document[11] = '3';
    CHECK_EQ(document_verify(f.trust, document, length, signature.data, signature.length - 1, now),
             SEAL_E_SIGNATURE);
    CHECK_EQ(document_verify(f.trust, document, length, signature.data, 0, now), SEAL_E_SIGNATURE);
    struct fixture other = fixture_new();
    CHECK_EQ(document_verify(other.trust, document, length, signature.data, signature.length, now),
             SEAL_E_SIGNATURE);
    fixture_free(&other);
    fixture_free(&f);
}

static void test_identity_request_is_made_for_a_new_key_and_again_for_the_same(void **state)
{
    (void)state;
    struct bytes key AUTO_BYTES = { 0 }, csr AUTO_BYTES = { 0 }, again AUTO_BYTES = { 0 };
    CHECK_EQ(identity_create(&key, &csr, "K0012"), 0);
    CHECK(memmem(key.data, key.length, "BEGIN PRIVATE KEY", 17) != NULL);
    CHECK(memmem(csr.data, csr.length, "BEGIN CERTIFICATE REQUEST", 25) != NULL);
    CHECK_EQ(identity_request(&again, key.data, key.length, "K0012"), 0);
    CHECK_EQ(identity_request(&again, "no key", 6, "K0012"), -EINVAL);
    int64_t a, b;
    CHECK_EQ(identity_dates(&a, &b, csr.data, csr.length), SEAL_E_FORMAT);
}

static void test_identity_key_is_known_by_its_hash(void **state)
{
    (void)state;
    struct bytes key AUTO_BYTES = { 0 }, other AUTO_BYTES = { 0 }, csr AUTO_BYTES = { 0 };
    uint8_t a[SHA256_BYTES], again[SHA256_BYTES], b[SHA256_BYTES];
    CHECK_EQ(identity_create(&key, &csr, "K0012"), 0);
    CHECK_EQ(identity_create(&other, &csr, "K0012"), 0);
    CHECK_EQ(identity_key_hash(a, key.data, key.length), 0);
    CHECK_EQ(identity_key_hash(again, key.data, key.length), 0);
    CHECK_EQ(identity_key_hash(b, other.data, other.length), 0);
    CHECK(!memcmp(a, again, sizeof(a)) && memcmp(a, b, sizeof(a)) != 0);
    CHECK_EQ(identity_key_hash(a, "no key", 6), SEAL_E_FORMAT);
    CHECK_EQ(identity_certificate_hash(a, key.data, key.length), SEAL_E_FORMAT);
}

static void test_identity_lock_opens_with_its_own_secret_alone(void **state)
{
    (void)state;
    struct bytes key AUTO_BYTES = { 0 }, csr AUTO_BYTES = { 0 }, locked AUTO_BYTES = { 0 },
                     again AUTO_BYTES = { 0 };
    uint8_t secret[KEY_SECRET_BYTES] = { 0, 7 }; /* a secret may begin with a zero */
    CHECK_EQ(identity_create(&key, &csr, "K0012"), 0);
    CHECK_EQ(identity_lock(&locked, key.data, key.length, secret), 0);
    CHECK(identity_is_locked(locked.data, locked.length));
    CHECK(!identity_is_locked(key.data, key.length));
    CHECK_EQ(identity_unlock(&again, locked.data, locked.length, secret), 0);
    CHECK_EQ(again.length, key.length);
    CHECK_BYTES(again.data, key.data, key.length);
    CHECK_EQ(identity_unlock(&again, locked.data, locked.length, NULL), SEAL_E_TAMPERED);
    for (int i = 0; i < KEY_SECRET_BYTES; i++) {
        secret[i] ^= 1;
        CHECK_EQ(identity_unlock(&again, locked.data, locked.length, secret), SEAL_E_TAMPERED);
        secret[i] ^= 1;
    }
    CHECK_EQ(again.length, key.length);
}

static void test_identity_lock_leaves_nothing_of_the_key_to_be_read(void **state)
{
    (void)state;
    struct bytes key AUTO_BYTES = { 0 }, csr AUTO_BYTES = { 0 }, locked AUTO_BYTES = { 0 },
                     other AUTO_BYTES = { 0 };
    const uint8_t secret[KEY_SECRET_BYTES] = { 1 };
    static const char head[] = "-----BEGIN PRIVATE KEY-----\n";
    CHECK_EQ(identity_create(&key, &csr, "K0012"), 0);
    CHECK_EQ(identity_lock(&locked, key.data, key.length, secret), 0);
    const uint8_t *line = key.data + sizeof(head) - 1; /* 64 characters of base64 each */
    CHECK(!memmem(locked.data, locked.length, line, 64));
    CHECK(!memmem(locked.data, locked.length, line + 65, 64));
    CHECK_EQ(identity_lock(&other, key.data, key.length, secret), 0);
    CHECK(other.length != locked.length || memcmp(other.data, locked.data, other.length) != 0);
}

static void test_identity_lock_and_unlock_take_keys_only(void **state)
{
    (void)state;
    struct bytes key AUTO_BYTES = { 0 }, csr AUTO_BYTES = { 0 }, locked AUTO_BYTES = { 0 },
                     out AUTO_BYTES = { 0 };
    const uint8_t secret[KEY_SECRET_BYTES] = { 1 };
    CHECK_EQ(identity_create(&key, &csr, "K0012"), 0);
    CHECK_EQ(identity_lock(&out, csr.data, csr.length, secret), SEAL_E_FORMAT);
    CHECK_EQ(identity_lock(&locked, key.data, key.length, secret), 0);
    CHECK_EQ(identity_lock(&out, locked.data, locked.length, secret), SEAL_E_FORMAT);
    CHECK_EQ(identity_unlock(&out, csr.data, csr.length, secret), SEAL_E_TAMPERED);
    CHECK_EQ(identity_unlock(&out, "", 0, secret), SEAL_E_TAMPERED);
    CHECK_EQ(identity_unlock(&out, locked.data, locked.length / 2, secret), SEAL_E_TAMPERED);
    CHECK_EQ(out.length, 0);
    CHECK_EQ(identity_unlock(&out, key.data, key.length, secret), 0);
    CHECK_BYTES(out.data, key.data, key.length);
}

RUN(T(test_identity_lock_opens_with_its_own_secret_alone),
    T(test_identity_lock_leaves_nothing_of_the_key_to_be_read),
    T(test_identity_lock_and_unlock_take_keys_only),
    T(test_seal_county_and_escrow_both_open_what_was_sealed),
    T(test_seal_hides_the_text_and_most_of_its_length),
    T(test_seal_refuses_every_flipped_bit_and_every_cut),
    T(test_seal_refuses_other_envelopes_before_the_library_opens_them),
    T(test_seal_refuses_a_short_tag),
    T(test_seal_without_valid_keys_refuses_rather_than_storing_in_clear),
    T(test_seal_keys_of_another_ca_are_refused),
    T(test_seal_keys_say_in_one_sentence_what_is_wrong),
    T(test_document_signature_binds_every_byte_and_the_right_ca),
    T(test_identity_request_is_made_for_a_new_key_and_again_for_the_same),
    T(test_identity_key_is_known_by_its_hash))
