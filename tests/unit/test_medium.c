/* links: firmware/worker firmware/base */
#include "firmware/worker/medium.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "tests/support/check.h"

/* A folder like /sys of boards with other media. */

static char sys[] = "/tmp/onetrip-medium-XXXXXX";

static int begin(void **state)
{
    (void)state;
    snprintf(sys, sizeof(sys), "/tmp/onetrip-medium-XXXXXX");
    return mkdtemp(sys) ? 0 : -1;
}

static int end(void **state)
{
    char command[80];
    (void)state;
    snprintf(command, sizeof(command), "rm -r %s", sys);
    return system(command);
}

static void put(const char *folder, const char *name, const char *text)
{
    char path[300];
    snprintf(path, sizeof(path), "mkdir -p %s/%s", sys, folder);
    CHECK_EQ(system(path), 0);
    snprintf(path, sizeof(path), "%s/%s/%s", sys, folder, name);
    FILE *f = fopen(path, "we");
    CHECK(f != NULL);
    fputs(text, f);
    fclose(f);
}

static struct ready_medium look(void)
{
    struct ready_medium m;
    medium_look(&m, sys);
    return m;
}

static void test_medium_that_says_nothing_is_not_known(void **state)
{
    (void)state;
    CHECK_EQ(look().errors, -1);
    CHECK_EQ(look().worn_percent, -1);
}

static void test_medium_counts_errors_of_every_file_system(void **state)
{
    (void)state;
    put("fs/ext4/mmcblk0p7", "errors_count", "0\n");
    CHECK_EQ(look().errors, 0);
    put("fs/ext4/sda1", "errors_count", "3\n");
    CHECK_EQ(look().errors, 3);
}

static void test_medium_tells_the_life_of_its_most_worn_memory(void **state)
{
    (void)state;
    put("bus/mmc/devices/mmc0:0001", "life_time", "0x01 0x01\n");
    CHECK_EQ(look().worn_percent, 0);
    put("bus/mmc/devices/mmc0:0001", "life_time", "0x02 0x09\n");
    CHECK_EQ(look().worn_percent, 80);
    put("bus/mmc/devices/mmc0:0001", "life_time", "0x00 0x00\n");
    CHECK_EQ(look().worn_percent, -1);
    put("bus/mmc/devices/mmc0:0001", "pre_eol_info", "0x03\n");
    CHECK_EQ(look().worn_percent, 90);
}

static void test_medium_that_talks_nonsense_says_nothing(void **state)
{
    (void)state;
    put("fs/ext4/a", "errors_count", "many\n");
    put("bus/mmc/devices/b", "life_time", "\377\377 0x99\n");
    put("bus/mmc/devices/b", "pre_eol_info", "-7\n");
    CHECK_EQ(look().errors, -1);
    CHECK_EQ(look().worn_percent, -1);
}

#define U(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        U(test_medium_that_says_nothing_is_not_known),
        U(test_medium_counts_errors_of_every_file_system),
        U(test_medium_tells_the_life_of_its_most_worn_memory),
        U(test_medium_that_talks_nonsense_says_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
