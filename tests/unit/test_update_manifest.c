/* links: firmware/update firmware/seal firmware/base */
#include <stdio.h>
#include <stdlib.h>

#include "firmware/update/admit.h"
#include "tests/support/check.h"
#include "tests/support/test_keys.h"

/* The county's list of updates: what it may say, whom it is for, and what an installer lets it do. */

#define SUM "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
#define ENTRY(more)                                                                                \
    "{\"version\":3,\"updates\":[{\"kind\":\"firmware\",\"version\":\"1.4.0\",\"board\":\"rpi4\"," \
    "\"size\":4,\"sha256\":\"" SUM "\"" more "}]}"

static struct update_manifest m;
static char complaint[UPDATE_COMPLAINT];

static int read_text(const char *text)
{
    return update_manifest_read(&m, text, strlen(text), complaint);
}

static void test_manifest_says_what_it_must(void **state)
{
    (void)state;
    CHECK_EQ(read_text(ENTRY(",\"percent\":10,\"kiosks\":[\"K0012\"],\"replaces\":[\"1.5.0\"],"
                             "\"from_hour\":22,\"to_hour\":4")),
             0);
    CHECK_EQ(m.version, 3);
    CHECK_EQ(m.count, 1);
    CHECK_STR(m.updates[0].version, "1.4.0");
    CHECK_STR(m.updates[0].board, "rpi4");
    CHECK_EQ(m.updates[0].size, 4);
    CHECK_EQ(m.updates[0].sha256[0], 0x9f);
    CHECK_EQ(m.updates[0].percent, 10);
    CHECK_STR(m.updates[0].kiosks[0], "K0012");
    CHECK_STR(m.updates[0].replaces[0], "1.5.0");
    CHECK_EQ(read_text(ENTRY("")), 0);
    CHECK_EQ(m.updates[0].percent, 0); /* nobody, unless it says so */
    CHECK_EQ(m.updates[0].from_hour, 1);
    CHECK_EQ(m.updates[0].to_hour, 5);
    CHECK_EQ(read_text("{\"version\":4,\"updates\":[]}"), 0);
    CHECK_EQ(read_text("{\"version\":4,\"updates\":[{\"kind\":\"printer\",\"version\":7}]}"), 0);
    CHECK_EQ(m.count, 0); /* a kind of the future */
}

static void test_manifest_that_is_none_is_refused_whole(void **state)
{
    static const char *const bad[] = {
        "",
        "[]",
        "{\"version\":1}",
        "{\"version\":0,\"updates\":[]}",
        "{\"updates\":[]}",
        ENTRY(",\"percent\":101"),
        ENTRY(",\"percent\":-1"),
        ENTRY(",\"from_hour\":24"),
        ENTRY(",\"kiosks\":[\"K1\"]"),
        ENTRY(",\"kiosks\":[7]"),
        ENTRY(",\"kiosks\":\"K0012\""),
        ENTRY(",\"replaces\":[\"next\"]"),
        ENTRY(",\"replaces\":[\"1..5\"]"),
        "{\"version\":3,\"updates\":[{\"kind\":\"firmware\",\"version\":\"1.4.0-rc1\",\"board\":"
        "\"b\",\"size\":4,\"sha256\":\"" SUM "\"}]}",
        "{\"version\":3,\"updates\":[{\"kind\":\"firmware\",\"version\":\"1.4.0\",\"size\":4,"
        "\"sha256\":\"" SUM "\"}]}",
        "{\"version\":3,\"updates\":[{\"kind\":\"firmware\",\"version\":\"1.4.0\",\"board\":\"b\","
        "\"size\":0,\"sha256\":\"" SUM "\"}]}",
        "{\"version\":3,\"updates\":[{\"kind\":\"firmware\",\"version\":\"1.4.0\",\"board\":\"b\","
        "\"size\":1073741825,\"sha256\":\"" SUM "\"}]}",
        "{\"version\":3,\"updates\":[{\"kind\":\"firmware\",\"version\":\"1.4.0\",\"board\":\"b\","
        "\"size\":4,\"sha256\":\"9f86\"}]}",
        "{\"version\":3,\"updates\":[{\"kind\":\"firmware\",\"version\":\"1.4.0\",\"board\":\"b\","
        "\"size\":4}]}",
    };
    (void)state;
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        complaint[0] = 0;
        if (read_text(bad[i]) != -EBADMSG || !*complaint || m.count)
            fail_msg("row %zu is believed", i);
    }
}

static void test_versions_are_numbers_and_not_texts(void **state)
{
    static const char *const good[] = { "1", "1.4", "1.4.0", "0.1.0.99999" }, *const bad[] = {
        "", ".", "1.", ".1", "1..2", "1.2.3.4.5", "1.100000", "v1", "1 ", "1.4-rc1"
    };
    (void)state;
    for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++)
        CHECK(update_version_is(good[i]));
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
        CHECK(!update_version_is(bad[i]));
    CHECK(update_version_compare("1.10.0", "1.9.9") > 0);
    CHECK(update_version_compare("1.4", "1.4.0") == 0);
    CHECK(update_version_compare("1.4", "1.4.1") < 0);
    CHECK(update_version_compare("2", "1.99999.99999") > 0);
}

static void test_hours_are_of_the_county_and_pass_midnight(void **state)
{
    static const int64_t hour = 3600 * 1000;
    struct update u = { .from_hour = 22, .to_hour = 4 };
    (void)state;
    CHECK(update_is_hour(&u, 14 * hour)); /* 22:00 in the county */
    CHECK(update_is_hour(&u, 19 * hour + hour - 1));
    CHECK(!update_is_hour(&u, 20 * hour));
    CHECK(!update_is_hour(&u, 4 * hour));
    u = (struct update){ .from_hour = 1, .to_hour = 5 };
    CHECK(!update_is_hour(&u, 14 * hour));
    CHECK(update_is_hour(&u, 17 * hour));
    u = (struct update){ .from_hour = 7, .to_hour = 7 };
    CHECK(update_is_hour(&u, 0) && update_is_hour(&u, 11 * hour));
}

/* Ten percent are about ten percent, others for another version, and whoever is in stays in. */
static void test_stages_grow_and_nobody_is_always_first(void **state)
{
    struct update ten = { .version = "1.4.0", .percent = 10 }, half = ten, all = ten, next = ten;
    int in_ten = 0, in_half = 0, both = 0;
    half.percent = 50;
    all.percent = 100;
    snprintf(next.version, sizeof(next.version), "1.5.0");
    (void)state;
    for (int i = 0; i < 1000; i++) {
        char kiosk[KIOSK_ID_MAX + 1];
        snprintf(kiosk, sizeof(kiosk), "K%04d", i);
        bool is_early = update_is_for(&ten, kiosk);
        in_ten += is_early;
        in_half += update_is_for(&half, kiosk);
        both += is_early && update_is_for(&next, kiosk);
        CHECK(!is_early || update_is_for(&half, kiosk));
        CHECK(update_is_for(&all, kiosk));
    }
    CHECK(in_ten > 70 && in_ten < 130);
    CHECK(in_half > 440 && in_half < 560);
    CHECK(both < 30);
}

/* ---- the installer's question -------------------------------------------------------- */

static struct test_county *county;
static struct trust *trust;

static int ask(const char *text, const char *signed_text, const struct admit_file *file,
               const struct update_self *self, bool *is_downgrade)
{
    struct bytes manifest AUTO_BYTES = { 0 }, signature AUTO_BYTES = { 0 };
    struct update u;
    CHECK_EQ(bytes_append_text(&manifest, text), 0);
    test_county_sign(county, &signature, signed_text, strlen(signed_text));
    int r = update_admit(&u, is_downgrade, trust, &manifest, &signature, file, self);
    CHECK(r || !memcmp(u.sha256, file->sha256, SHA256_BYTES));
    return r;
}

static void test_installer_believes_the_county_and_not_who_fetched(void **state)
{
    static const char plain[] = ENTRY(""), back[] = ENTRY(",\"replaces\":[\"1.5.0\"]"),
                      other[] = "{\"version\":3,\"services\":[]}";
    static const struct {
        const char *text, *is_signed, *board, *running;
        int size, outcome;
        bool is_downgrade;
    } rows[] = {
        { plain, plain, "rpi4", "1.3.0", 4, 0, false },
        { back, plain, "rpi4", "1.3.0", 4, ADMIT_E_SIGNATURE, false },
        { other, other, "rpi4", "1.3.0", 4, ADMIT_E_FORMAT, false },
        { plain, plain, "rk3568", "1.3.0", 4, ADMIT_E_OTHER, false },
        { plain, plain, "rpi4", "", 4, ADMIT_E_OTHER, false },
        { plain, plain, "rpi4", "1.3.0", 5, ADMIT_E_SIZE, false },
        { plain, plain, "rpi4", "1.4", 4, ADMIT_E_SAME, false },
        { plain, plain, "rpi4", "1.5.0", 4, ADMIT_E_OLDER, false },
        { back, back, "rpi4", "1.5.0", 4, 0, true },
        { back, back, "rpi4", "1.6.0", 4, ADMIT_E_OLDER, false }, /* an old leave, played again */
    };
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct admit_file file = { .size = rows[i].size };
        struct update_self self = { rows[i].board, rows[i].running, "" };
        bool is_downgrade;
        CHECK_EQ(hex_decode(file.sha256, SHA256_BYTES, SUM), 0);
        int r = ask(rows[i].text, rows[i].is_signed, &file, &self, &is_downgrade);
        if (r != rows[i].outcome || is_downgrade != rows[i].is_downgrade)
            fail_msg("row %zu: %d", i, r);
        CHECK(!r || strlen(admit_sentence(r)) > 20);
        file.sha256[31] ^= 1; /* another file */
        r = ask(rows[i].text, rows[i].is_signed, &file, &self, &is_downgrade);
        CHECK(r == ADMIT_E_OTHER || r == ADMIT_E_SIGNATURE || r == ADMIT_E_FORMAT);
    }
}

static int start(void **state)
{
    (void)state;
    county = test_county_new(test_folder(), INT64_C(1795000000000), INT64_C(1802000000000));
    return trust_load(&trust, test_folder());
}

static int stop(void **state)
{
    (void)state;
    trust_free(trust);
    test_county_free(county);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(test_manifest_says_what_it_must),
        T(test_manifest_that_is_none_is_refused_whole),
        T(test_versions_are_numbers_and_not_texts),
        T(test_hours_are_of_the_county_and_pass_midnight),
        T(test_stages_grow_and_nobody_is_always_first),
        T(test_installer_believes_the_county_and_not_who_fetched),
    };
    return cmocka_run_group_tests(tests, start, stop);
}
