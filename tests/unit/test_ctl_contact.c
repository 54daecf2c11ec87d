/* links: firmware/ctl drivers/smartcard drivers/usb tests/pcsc firmware/base */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "drivers/smartcard/pcsc.h"
#include "firmware/ctl/ctl.h"
#include "tests/pcsc/fake_winscard.h"
#include "tests/support/check.h"

/* kioskctl card read --contact, with a service made of memory. */

static char said[4096];

/* What it prints, both ways out, is in `said`. */
static int run(bool is_json)
{
    const struct ctl c = { .is_json = is_json };
    char path[300];
    snprintf(path, sizeof(path), "%s/said", test_folder());
    fflush(stdout);
    fflush(stderr);
    int out = dup(STDOUT_FILENO), error = dup(STDERR_FILENO);
    int fd = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    CHECK(out >= 0 && error >= 0 && fd >= 0);
    CHECK(dup2(fd, STDOUT_FILENO) >= 0 && dup2(fd, STDERR_FILENO) >= 0);
    int r = ctl_card_contact(&c, "");
    fflush(stdout);
    fflush(stderr);
    CHECK(dup2(out, STDOUT_FILENO) >= 0 && dup2(error, STDERR_FILENO) >= 0);
    ssize_t n = pread(fd, said, sizeof(said) - 1, 0);
    CHECK(n >= 0);
    said[n] = 0;
    close(fd);
    close(out);
    close(error);
    CHECK_EQ(fake_pcsc.cards, 0); /* whatever happened, nothing stays open */
    CHECK_EQ(fake_pcsc.contexts, 0);
    CHECK_EQ(fake_pcsc.card.pins, 0);
    return r;
}

static bool says(const char *words)
{
    return strstr(said, words) != NULL;
}

static void test_ctl_contact_shows_what_a_card_gives_freely(void **state)
{
    (void)state;
    fake_pcsc = (struct fake_pcsc){ 0 };
    if (!pcsc_is_built()) {
        CHECK_EQ(run(false), 1);
        CHECK(says("built without"));
        return;
    }
    CHECK_EQ(run(false), 0);
    CHECK(says("Virtual reader 01 00") && says("测试甲") && says("A00000000"));
    CHECK_EQ(run(true), 0);
    CHECK(says("\"name\":\"测试甲\"") && says("\"needs_pin\":false"));
    fake_pcsc.card.needs_pin = true;
    CHECK_EQ(run(false), 0);
    CHECK(says("never sent from here") && !says("测试甲"));
}

static void test_ctl_contact_says_why_not(void **state)
{
    (void)state;
    static const struct {
        uint32_t code;
        const char *words;
    } rows[] = {
        { 0x8010001d, "start pcscd" },     { 0x8010002e, "sees no reader" },
        { 0x8010000c, "in time" },         { 0x80100066, "upwards" },
        { 0x8010000b, "another program" }, { 0x80100013, "plug the reader in anew" },
    };
    if (!pcsc_is_built())
        return;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        fake_pcsc = (struct fake_pcsc){ .fails = { [FAKE_CONNECT] = rows[i].code } };
        CHECK_EQ(run(false), 1);
        CHECK(says(rows[i].words));
    }
    fake_pcsc = (struct fake_pcsc){ .fails = { [FAKE_TRANSMIT] = 0x80100069 } };
    CHECK_EQ(run(true), 1);
    CHECK(says("taken out") && !says("name"));
    fake_pcsc = (struct fake_pcsc){ .card = { .lacks_app = true } };
    CHECK_EQ(run(false), 1);
    CHECK(says("not a social security card"));
}

RUN(T(test_ctl_contact_shows_what_a_card_gives_freely), T(test_ctl_contact_says_why_not))
