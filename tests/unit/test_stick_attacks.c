/* links: sync/local sync/update firmware/update sync/carry sync/feed sync/uplink sync/queue firmware/service drivers/stick firmware/seal firmware/base */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "tests/support/check.h"
#include "tests/support/stick_stage.h"

/* What an attacker can do with a stick or to one: each case ends in one sentence, and nothing of it is believed. */

static int look_small(int fd, struct stat *st)
{
    int r = stick_system.look(fd, st);
    if (S_ISREG(st->st_mode))
        st->st_size = 10;
    return r;
}

static int space_network(int fd, struct stick_space *out)
{
    int r = stick_system.space(fd, out);
    out->filesystem = STICK_FS_OTHER;
    return r;
}

static enum saying try_pin(bool *may)
{
    struct message reply AUTO_MESSAGE = { 0 };
    CHECK_EQ(stick_kiosk_ask(&kiosk,
                             json_pack("{ss, ss}", "op", "staff-begin", "serial", "S-2026-0001"),
                             NULL, 0, &reply),
             0);
    *may = json_is_true(json_object_get(reply.head, "may"));
    return *may                                                   ? SAY_WELL
           : json_is_true(json_object_get(reply.head, "blocked")) ? SAY_BLOCKED
                                                                  : SAY_LOCKED;
}

static enum saying nothing_wrong(void)
{
    return stage_enter();
}

static enum saying wrong_signature(void)
{
    stage_put("stick.json", "{\"type\":\"service-stick\"}", 24);
    return stage_enter();
}

static enum saying foreign_signer(void)
{
    stage_put_token_by(&keys.other_key, &keys.other_pem);
    return stage_enter();
}

/* A kiosk's own key signs loads, never tokens. */
static enum saying signed_by_a_kiosk(void)
{
    stage_put_token_by(&keys.kiosk_key, &keys.kiosk_pem);
    return stage_enter();
}

static enum saying no_signature(void)
{
    char path[700];
    stage_path(path, "stick.sig");
    unlink(path);
    return stage_enter();
}

static enum saying expired(void)
{
    scene.wall_ms = now + 400 * day;
    return stage_enter();
}

static enum saying not_yet(void)
{
    token.from_ms = now + day;
    stage_put_token();
    return stage_enter();
}

static enum saying other_kiosk(void)
{
    scene.kiosk = "K0099";
    return stage_enter();
}

static enum saying other_role(void)
{
    CHECK_EQ(stage_enter(), SAY_WELL);
    return role_may(token.role, ACTION_RELEASE) ? SAY_WELL : SAY_ROLE;
}

static enum saying revoked(void)
{
    static const char text[] = "{\"version\":3,\"revoked_sticks\":[\"S-2026-0001\"]}";
    struct bytes config AUTO_BYTES = { 0 };
    CHECK_EQ(bytes_append_text(&config, text), 0);
    scene.config = &config;
    enum saying s = stage_enter();
    scene.config = NULL;
    return s;
}

static enum saying clock_never_set(void)
{
    scene.wall_ms = 86400000;
    scene.quality = CLOCK_RTC;
    return stage_enter();
}

static enum saying future_clock(void)
{
    scene.wall_ms = now + 4000 * day;
    scene.quality = CLOCK_RTC;
    return stage_enter();
}

static enum saying answer_as_token(void)
{
    stage_put_answer("stick", "K0012", "");
    return stage_enter();
}

static enum saying link_to_secrets(void)
{
    char path[700];
    stage_path(path, "stick.json");
    unlink(path);
    CHECK_EQ(symlink("/etc/shadow", path), 0);
    return stage_enter();
}

static enum saying folder_is_a_link(void)
{
    char path[700], away[800];
    snprintf(path, sizeof(path), "%s/ONETRIP", mount);
    snprintf(away, sizeof(away), "%s/elsewhere", mount);
    CHECK_EQ(rename(path, away), 0);
    CHECK_EQ(symlink("elsewhere", path), 0);
    return stage_enter();
}

static enum saying huge_file(void)
{
    char path[700];
    stage_path(path, "stick.json");
    CHECK_EQ(truncate(path, INT64_C(3) << 30), 0);
    return stage_enter();
}

static enum saying size_is_a_lie(void)
{
    char path[700];
    stage_path(path, "stick.json");
    CHECK_EQ(truncate(path, 300000), 0);
    calls.look = look_small;
    return stage_enter();
}

static enum saying pipe_for_a_file(void)
{
    char path[700];
    stage_path(path, "stick.sig");
    unlink(path);
    CHECK_EQ(mkfifo(path, 0600), 0);
    return stage_enter(); /* and does not wait for a writer */
}

static enum saying folder_for_a_file(void)
{
    char path[700];
    stage_path(path, "stick.sig");
    unlink(path);
    CHECK_EQ(mkdir(path, 0700), 0);
    return stage_enter();
}

static enum saying socket_for_a_file(void)
{
    struct sockaddr_un a = { .sun_family = AF_UNIX, .sun_path = "stick.sig" };
    char path[700], before[700];
    stage_path(path, "stick.sig");
    unlink(path);
    snprintf(path, sizeof(path), "%s/ONETRIP", mount);
    CHECK(getcwd(before, sizeof(before)) != NULL);
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    CHECK(!chdir(path) && !bind(fd, (struct sockaddr *)&a, sizeof(a)) && !chdir(before));
    close(fd);
    return stage_enter();
}

static enum saying token_cut_short(void)
{
    char path[700];
    stage_path(path, "stick.json");
    CHECK_EQ(truncate(path, 200), 0);
    return stage_enter();
}

static enum saying signature_cut_short(void)
{
    char path[700];
    stage_path(path, "stick.sig");
    CHECK_EQ(truncate(path, 30), 0);
    return stage_enter();
}

static enum saying other_filesystem(void)
{
    calls.space = space_network;
    return stage_enter();
}

static enum saying pin_guessing_in_a_row(void)
{
    enum saying s = SAY_WELL;
    bool may = true;
    int tries = 0;
    for (; may && tries < 50; tries += may)
        s = try_pin(&may);
    CHECK_EQ(tries, 3);
    return s;
}

static enum saying pin_guessing_with_patience(void)
{
    enum saying s = SAY_WELL;
    bool may;
    int tries = 0;
    for (int i = 0; i < 100; i++) {
        s = try_pin(&may);
        tries += may;
        fake_clock_advance(&kiosk.machine, day);
    }
    CHECK_EQ(tries, 10);
    return s;
}

static enum saying verifier_of_another_stick(void)
{
    struct token first = token;
    CHECK_EQ(pin_set(&first, "480913"), 0);
    memcpy(token.pin_salt, first.pin_salt, sizeof(token.pin_salt));
    memcpy(token.pin_hash, first.pin_hash, sizeof(token.pin_hash));
    snprintf(token.serial, sizeof(token.serial), "S-2026-0002");
    stage_put_token();
    CHECK_EQ(stage_enter(), SAY_WELL);
    return pin_check(&token, "480913");
}

static const struct stage_case cases[] = {
    { "nothing wrong", SAY_WELL, nothing_wrong },
    { "wrong signature", SAY_SIGNATURE, wrong_signature },
    { "signed by a foreign CA", SAY_SIGNATURE, foreign_signer },
    { "signed by a kiosk's key", SAY_SIGNATURE, signed_by_a_kiosk },
    { "no signature", SAY_ABSENT, no_signature },
    { "run out", SAY_EXPIRED, expired },
    { "not valid yet", SAY_NOT_YET, not_yet },
    { "for another kiosk", SAY_OTHER_KIOSK, other_kiosk },
    { "another role", SAY_ROLE, other_role },
    { "revoked", SAY_REVOKED, revoked },
    { "kiosk's clock never set", SAY_CLOCK, clock_never_set },
    { "kiosk's clock in the future", SAY_EXPIRED, future_clock },
    { "a signed answer in place of the token", SAY_FORMAT, answer_as_token },
    { "a link to the machine's secrets", SAY_LINK, link_to_secrets },
    { "the folder is a link", SAY_LINK, folder_is_a_link },
    { "a huge file", SAY_TOO_LARGE, huge_file },
    { "a file larger than it says", SAY_TOO_LARGE, size_is_a_lie },
    { "a pipe in place of a file", SAY_NO_FILE, pipe_for_a_file },
    { "a folder in place of a file", SAY_NO_FILE, folder_for_a_file },
    { "a socket in place of a file", SAY_NO_FILE, socket_for_a_file },
    { "token cut short", SAY_SIGNATURE, token_cut_short },
    { "signature cut short", SAY_SIGNATURE, signature_cut_short },
    { "another file system", SAY_FILESYSTEM, other_filesystem },
    { "PINs guessed in a row", SAY_LOCKED, pin_guessing_in_a_row },
    { "PINs guessed with patience", SAY_BLOCKED, pin_guessing_with_patience },
    { "another stick's verifier", SAY_PIN_WRONG, verifier_of_another_stick },
};

static void test_each_attack_ends_in_its_sentence(void **state)
{
    (void)state;
    stage_play(cases, sizeof(cases) / sizeof(cases[0]));
}

int main(void)
{
    const struct CMUnitTest tests[] = { T(test_each_attack_ends_in_its_sentence) };
    return cmocka_run_group_tests(tests, stick_stage_start, stick_stage_stop);
}
