/* links: sync/local sync/update firmware/update sync/carry sync/feed sync/uplink sync/queue firmware/service drivers/stick firmware/seal firmware/base */
#include <stdio.h>

#include "firmware/service/ready.h"
#include "tests/support/check.h"
#include "tests/support/stick_stage.h"

/* The certificate of the morning: judged, signed by kiosk-syncd, kept on the stick, believed at the county. */

static void ask_certificate(struct bytes *body)
{
    struct ready_facts facts = { .is_joined = true, .has_keys = true, .is_store_up = true };
    struct readiness r;
    struct message reply AUTO_MESSAGE = { 0 };
    readiness_judge(&r, &facts);
    CHECK_EQ(stick_kiosk_ask(&kiosk,
                             json_pack("{ss, so}", "op", "readiness", "report",
                                       readiness_json(&r, "S-2026-0001")),
                             NULL, 0, &reply),
             0);
    CHECK_EQ(bytes_append(body, reply.body.data, reply.body.length), 0);
}

static enum saying kept_and_believed(void)
{
    struct bytes body AUTO_BYTES = { 0 }, document AUTO_BYTES = { 0 }, signature AUTO_BYTES = { 0 };
    char signer[65];
    AUTO(stick_free) struct stick *s = NULL;
    ask_certificate(&body);
    CHECK_EQ(stick_open(&s, mount, &calls), 0);
    CHECK_EQ(errand_keep(s, "K0012", 0x6a000000 * INT64_C(1000), &body), SAY_WELL);
    CHECK_EQ(stick_read(s, &document, "log-K0012-6a000000.json"), 0);
    CHECK_EQ(stick_read(s, &signature, "log-K0012-6a000000.sig"), 0);
    enum saying said = readiness_verify(signer, &keys.kiosk_ca, &document, &signature);
    CHECK_STR(signer, "K0012");
    return said;
}

static enum saying nothing_to_keep(void)
{
    struct bytes body AUTO_BYTES = { 0 };
    AUTO(stick_free) struct stick *s = NULL;
    CHECK_EQ(stick_open(&s, mount, &calls), 0);
    CHECK_EQ(bytes_append(&body, "\0\0\xff\xff{}", 6), 0);
    return errand_keep(s, "K0012", 1000, &body);
}

static enum saying no_kiosk_to_name(void)
{
    struct bytes body AUTO_BYTES = { 0 };
    AUTO(stick_free) struct stick *s = NULL;
    ask_certificate(&body);
    CHECK_EQ(stick_open(&s, mount, &calls), 0);
    return errand_keep(s, "../up", 1000, &body);
}

static const struct stage_case cases[] = {
    { "kept and believed", SAY_WELL, kept_and_believed },
    { "nothing to keep", SAY_FORMAT, nothing_to_keep },
    { "no kiosk to name it by", SAY_FORMAT, no_kiosk_to_name },
};

static void test_a_readiness_certificate_is_kept_on_the_stick(void **state)
{
    (void)state;
    stage_play(cases, sizeof(cases) / sizeof(cases[0]));
}

int main(void)
{
    const struct CMUnitTest tests[] = { T(test_a_readiness_certificate_is_kept_on_the_stick) };
    return cmocka_run_group_tests(tests, stick_stage_start, stick_stage_stop);
}
