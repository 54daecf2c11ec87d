/* links: sync/uplink firmware/base */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sync/uplink/cable.h"
#include "tests/support/check.h"

/* A card in a folder of the test's; `carrier` NULL: it cannot be read, as of one that is off. */
static void plug(const char *folder, const char *card, const char *carrier)
{
    char path[300];
    snprintf(path, sizeof(path), "%s/%s", folder, card);
    CHECK_EQ(mkdir(path, 0700), 0);
    if (!carrier)
        return;
    snprintf(path, sizeof(path), "%s/%s/carrier", folder, card);
    FILE *f = fopen(path, "we");
    assert_non_null(f);
    fputs(carrier, f);
    fclose(f);
}

static void test_cable_is_in_when_any_card_has_somebody_at_the_other_end(void **state)
{
    char folder[] = "/tmp/onetrip-cable-XXXXXX", command[64];
    (void)state;
    CHECK_EQ(cable_look("/nowhere"), CABLE_NONE);
    assert_non_null(mkdtemp(folder));
    CHECK_EQ(cable_look(folder), CABLE_NONE);
    plug(folder, "lo", "1\n");
    plug(folder, "eth1", NULL);
    CHECK_EQ(cable_look(folder), CABLE_NONE); /* nothing that is on but the machine itself */
    plug(folder, "eth0", "0\n");
    CHECK_EQ(cable_look(folder), CABLE_OUT);
    plug(folder, "usb0", "1\n");
    CHECK_EQ(cable_look(folder), CABLE_IN);
    CHECK_STR(cable_word(CABLE_OUT), "out");
    snprintf(command, sizeof(command), "rm -r %s", folder);
    CHECK_EQ(system(command), 0);
}

static void test_cable_has_an_address_that_somebody_gave(void **state)
{
    char path[] = "/tmp/onetrip-inet6-XXXXXX", address[CABLE_ADDRESS];
    (void)state;
    cable_address(address);
    CHECK(strcmp(address, "127.0.0.1") != 0 && strncmp(address, "169.254.", 8) != 0);
    CHECK(!cable_address6(address, "/nowhere"));
    int fd = mkstemp(path);
    static const char lines[] = "00000000000000000000000000000001 01 80 10 80       lo\n"
                                "fe80000000000000021122fffe334455 02 40 20 80     eth0\n"
                                "20010db8000000000000000000000017 02 40 00 80     eth0\n";
    CHECK(fd >= 0 && write(fd, lines, strlen(lines)) == (ssize_t)strlen(lines));
    close(fd);
    CHECK(cable_address6(address, path));
    CHECK_STR(address, "2001:db8::17");
    CHECK_EQ(unlink(path), 0);
}

RUN(T(test_cable_has_an_address_that_somebody_gave),
    T(test_cable_is_in_when_any_card_has_somebody_at_the_other_end))
