/* links: board/common firmware/update firmware/seal firmware/base */
#include <stdio.h>
#include <string.h>

#include "board/common/bundle.h"
#include "tests/support/check.h"

#define SUM "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"
#define PART(bytes) "{\"bytes\":" bytes ",\"sha256\":\"" SUM "\"}"
#define HEAD(type, version, boot, root, more)                                                  \
    "{\"type\":\"" type "\",\"version\":" version ",\"board\":\"rpi4\",\"release\":\"1.4.0\"," \
    "\"boot\":" boot ",\"root\":" root more "}"
#define GOOD HEAD("onetrip-bundle", "1", PART("5000"), PART("7000"), "")

enum { GOOD_SIZE = 4096 + 8192 + 7000 };

static int read_text(struct bundle *out, const char *text, int64_t size)
{
    uint8_t head[BUNDLE_HEAD] = { 0 };
    memcpy(head, text, strlen(text));
    return bundle_read(out, head, size);
}

static void test_bundle_that_lies_is_none(void **state)
{
    (void)state;
    struct bundle b;
    static const char *const bad[] = {
        "",
        "[]",
        "{}",
        HEAD("service-stick", "1", PART("5000"), PART("7000"), ""),
        HEAD("onetrip-bundle", "2", PART("5000"), PART("7000"), ""),
        HEAD("onetrip-bundle", "1", PART("0"), PART("7000"), ""),
        HEAD("onetrip-bundle", "1", PART("-1"), PART("7000"), ""),
        HEAD("onetrip-bundle", "1", PART("9223372036854775807"), PART("7000"), ""),
        HEAD("onetrip-bundle", "1", "{\"bytes\":5000,\"sha256\":\"00\"}", PART("7000"), ""),
        HEAD("onetrip-bundle", "1", "{\"bytes\":5000}", PART("7000"), ""),
        HEAD("onetrip-bundle", "1", PART("5000"), PART("7000"), ",\"hook\":\"/bin/sh\""),
        GOOD GOOD,
    };
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
        CHECK_EQ(read_text(&b, bad[i], GOOD_SIZE), -EBADMSG);
}

static void test_bundle_fills_its_file(void **state)
{
    (void)state;
    struct bundle b;
    CHECK_EQ(read_text(&b, GOOD, GOOD_SIZE - 1), -EBADMSG);
    CHECK_EQ(read_text(&b, GOOD, GOOD_SIZE + 1), -EBADMSG);
    CHECK_EQ(read_text(&b, GOOD, 0), -EBADMSG);
}

static void test_bundle_says_where_its_parts_are(void **state)
{
    (void)state;
    struct bundle b;
    CHECK_EQ(read_text(&b, GOOD, GOOD_SIZE), 0);
    CHECK_STR(b.board, "rpi4");
    CHECK_STR(b.release, "1.4.0");
    CHECK_EQ(b.parts[BUNDLE_BOOT].at, 4096);
    CHECK_EQ(b.parts[BUNDLE_BOOT].bytes, 5000);
    CHECK_EQ(b.parts[BUNDLE_ROOT].at, 4096 + 8192);
    CHECK_EQ(b.parts[BUNDLE_ROOT].sha256[1], 0x11);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_bundle_that_lies_is_none),
        cmocka_unit_test(test_bundle_fills_its_file),
        cmocka_unit_test(test_bundle_says_where_its_parts_are),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
