/* links: firmware/seal firmware/base */
#include "firmware/seal/parcel.h"

#include <string.h>

#include "tests/support/check.h"

static const char code[] = "1234567890123450", other_code[] = "9999999999999990",
                  owner[] = "339999199001010013", text[] = "{\"answers\":{\"phone\":\"1\"}}";

static struct parcel_keys keys_of(const char *digits)
{
    struct parcel_keys keys;
    CHECK_EQ(parcel_keys(&keys, digits), 0);
    return keys;
}

/* The same numbers come out of the browser's cryptography (tests/flow/test_handoff.py). */
static void test_parcel_keys_are_those_of_the_interface(void **state)
{
    (void)state;
    struct parcel_keys a = keys_of(code), b = keys_of(other_code);
    char label[PARCEL_LABEL_HEX];
    hex_encode(label, a.label, PARCEL_LABEL);
    CHECK_STR(label, "e883abe1680245f57dde7c4fa6d58213");
    CHECK(memcmp(a.label, b.label, sizeof(a.label)) != 0);
    CHECK(memcmp(a.seal, b.seal, sizeof(a.seal)) != 0);
    CHECK(memcmp(a.stamp, b.stamp, sizeof(a.stamp)) != 0);
}

static void test_parcel_opens_for_its_owner_alone(void **state)
{
    (void)state;
    struct parcel_keys keys = keys_of(code), others = keys_of(other_code);
    struct bytes parcel AUTO_BYTES = { 0 }, plain AUTO_BYTES = { 0 },
                        open_to_all AUTO_BYTES = { 0 };
    CHECK_EQ(parcel_seal(&parcel, &keys, owner, text, strlen(text)), 0);
    CHECK(!memmem(parcel.data, parcel.length, "phone", 5));
    CHECK_EQ(parcel_open(&plain, &keys, "339999199001010021", parcel.data, parcel.length),
             PARCEL_E_OWNER);
    CHECK_EQ(parcel_open(&plain, &keys, "", parcel.data, parcel.length), PARCEL_E_OWNER);
    CHECK_EQ(parcel_open(&plain, &others, owner, parcel.data, parcel.length), PARCEL_E_DAMAGED);
    CHECK_EQ(plain.length, 0);
    CHECK_EQ(parcel_open(&plain, &keys, owner, parcel.data, parcel.length), 0);
    CHECK(!memcmp(plain.data, text, strlen(text)));
    CHECK_EQ(plain.length % 1024, 0);
    plain.length = 0;
    CHECK_EQ(parcel_seal(&open_to_all, &keys, "", text, strlen(text)), 0);
    CHECK_EQ(parcel_open(&plain, &keys, owner, open_to_all.data, open_to_all.length),
             PARCEL_E_OWNER);
    CHECK_EQ(parcel_open(&plain, &keys, "", open_to_all.data, open_to_all.length), 0);
}

static void test_parcel_changed_or_cut_is_damaged(void **state)
{
    (void)state;
    struct parcel_keys keys = keys_of(code);
    struct bytes parcel AUTO_BYTES = { 0 }, plain AUTO_BYTES = { 0 };
    CHECK_EQ(parcel_seal(&parcel, &keys, owner, text, strlen(text)), 0);
    for (size_t i = 0; i < parcel.length; i++) {
        parcel.data[i] ^= 1;
        CHECK_EQ(parcel_open(&plain, &keys, owner, parcel.data, parcel.length), PARCEL_E_DAMAGED);
        parcel.data[i] ^= 1;
    }
    for (size_t n = 0; n < parcel.length; n++)
        CHECK_EQ(parcel_open(&plain, &keys, owner, parcel.data, n), PARCEL_E_DAMAGED);
    CHECK_EQ(plain.length, 0);
}

static void test_parcel_tells_by_its_size_little_of_what_is_in_it(void **state)
{
    (void)state;
    struct parcel_keys keys = keys_of(code);
    struct bytes one AUTO_BYTES = { 0 }, other AUTO_BYTES = { 0 };
    char longest[PARCEL_TEXT_MAX];
    memset(longest, 'x', sizeof(longest));
    CHECK_EQ(parcel_seal(&one, &keys, owner, longest, 1), 0);
    CHECK_EQ(parcel_seal(&other, &keys, owner, longest, 1000), 0);
    CHECK_EQ(one.length, other.length);
    CHECK_EQ(parcel_seal(&other, &keys, owner, longest, sizeof(longest)), -EINVAL);
    other.length = 0;
    CHECK_EQ(parcel_seal(&other, &keys, owner, longest, PARCEL_TEXT_MAX - 1024), 0);
    CHECK(other.length <= PARCEL_MAX);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_parcel_keys_are_those_of_the_interface),
        cmocka_unit_test(test_parcel_opens_for_its_owner_alone),
        cmocka_unit_test(test_parcel_changed_or_cut_is_damaged),
        cmocka_unit_test(test_parcel_tells_by_its_size_little_of_what_is_in_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
