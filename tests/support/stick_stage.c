#include "tests/support/stick_stage.h"

#include <stdio.h>
#include <sys/stat.h>

#include "firmware/base/log.h"
#include "tests/support/check.h"
#include "tests/support/storm.h"

struct stick_keys keys;
struct trust *trust;
char mount[512], other_mount[600];
struct stick_kiosk kiosk;
struct token token;
struct token_scene scene;
struct stick_calls calls;
struct errand_report report;

void stage_path(char out[700], const char *name)
{
    snprintf(out, 700, "%s/ONETRIP/%s", mount, name);
}

void stage_put(const char *name, const void *data, size_t length)
{
    char path[700];
    stage_path(path, name);
    FILE *f = fopen(path, "w");
    CHECK(f && fwrite(data, 1, length, f) == length && !fclose(f));
}

void stage_put_signed(const char *name, const char *text, const struct bytes *key,
                      const struct bytes *pem)
{
    char file[200];
    struct bytes signature AUTO_BYTES = { 0 };
    CHECK_EQ(document_sign(&signature, text, strlen(text), key, pem), 0);
    snprintf(file, sizeof(file), "%s.json", name);
    stage_put(file, text, strlen(text));
    snprintf(file, sizeof(file), "%s.sig", name);
    stage_put(file, signature.data, signature.length);
}

void stage_put_document(const char *name, const char *text)
{
    stage_put_signed(name, text, &keys.signer_key, &keys.signer_pem);
}

void stage_put_token_by(const struct bytes *key, const struct bytes *pem)
{
    struct bytes text AUTO_BYTES = { 0 };
    CHECK_EQ(token_write(&text, &token), 0);
    CHECK_EQ(bytes_append_byte(&text, 0), 0);
    stage_put_signed("stick", (const char *)text.data, key, pem);
}

void stage_put_token(void)
{
    stage_put_token_by(&keys.signer_key, &keys.signer_pem);
}

void stage_put_answer(const char *name, const char *for_kiosk, const char *more)
{
    char text[2000];
    snprintf(text, sizeof(text),
             "{\"type\":\"carry-answer\",\"version\":1,\"kiosk_id\":\"%s\",\"epoch\":"
             "\"01900000-0000-7000-8000-000000000001\",\"number\":1,\"made\":"
             "\"2026-11-20T08:00:00Z\",\"results\":[],\"entries\":[]%s}",
             for_kiosk, more);
    stage_put_document(name, text);
}

/* The staff screen's way: find the stick, read its token, admit it. */
enum saying stage_enter(void)
{
    const char *mounts[] = { other_mount, mount };
    struct bytes document AUTO_BYTES = { 0 }, signature AUTO_BYTES = { 0 };
    AUTO(stick_free) struct stick *s = NULL;
    struct token admitted;
    size_t index;
    int r = stick_find(&s, &index, mounts, 2, &calls);
    if (!r)
        r = stick_read(s, &document, "stick.json");
    if (!r)
        r = stick_read(s, &signature, "stick.sig");
    return r ? saying_of_stick(r) : token_admit(&admitted, trust, &document, &signature, &scene);
}

static enum saying run_errand(void)
{
    const struct errand_ports ports = { stick_kiosk_ask, NULL, &kiosk };
    AUTO(stick_free) struct stick *s = NULL;
    int r = stick_open(&s, mount, &calls);
    return r ? saying_of_stick(r) : errand_run(&report, s, "K0012", &ports);
}

/* What became of the single files when the errand as a whole went well. */
enum saying stage_carry(void)
{
    enum saying s = run_errand();
    return s == SAY_WELL ? report.trouble : s;
}

static void begin(void)
{
    static unsigned serial;
    snprintf(mount, sizeof(mount), "%s/mount-%u", test_folder(), serial++);
    snprintf(other_mount, sizeof(other_mount), "%s-other", mount);
    CHECK_EQ(mkdir(mount, 0700), 0);
    CHECK_EQ(stick_prepare(mount), 0);
    storm_begin(serial);
    CHECK(stick_kiosk_open(&kiosk, test_folder(), &keys, trust));
    calls = stick_system;
    token = (struct token){ .serial = "S-2026-0001",
                            .role = ROLE_PAPER,
                            .issued_ms = now - 30 * day,
                            .from_ms = now - 29 * day,
                            .to_ms = now + 300 * day,
                            .kiosk_count = 1,
                            .kiosks = { "K0012" } };
    scene = (struct token_scene){ .kiosk = "K0012", .wall_ms = now, .quality = CLOCK_NTP };
    stage_put_token();
}

void stage_play(const struct stage_case *cases, size_t count)
{
    log_set_level((enum log_level)0);
    for (size_t i = 0; i < count; i++) {
        begin();
        enum saying s = cases[i].happen();
        if (s != cases[i].want)
            fail_msg("%s: \"%s\", not \"%s\"", cases[i].what, saying_word(s),
                     saying_word(cases[i].want));
        CHECK(*saying_zh(s) && *saying_en(s));
        CHECK(store_is_up(kiosk.store));
        stick_kiosk_close(&kiosk);
    }
    print_message("%zu cases\n", count);
}

int stick_stage_start(void **state)
{
    (void)state;
    stick_keys_make(&keys);
    stick_keys_write(&keys, test_folder());
    return trust_load(&trust, test_folder());
}

int stick_stage_stop(void **state)
{
    (void)state;
    trust_free(trust);
    stick_keys_clear(&keys);
    storm_end();
    return 0;
}
