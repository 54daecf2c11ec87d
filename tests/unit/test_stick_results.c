/* links: drivers/stick firmware/base */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "drivers/stick/inside.h"
#include "tests/support/check.h"

static void test_stick_each_failing_of_the_machine_has_its_outcome(void **state)
{
    (void)state;
    static const struct {
        int error, outcome;
    } rows[] = {
        { ENOENT, STICK_E_ABSENT },    { ELOOP, STICK_E_LINK },      { EXDEV, STICK_E_LINK },
        { ENOTDIR, STICK_E_NO_FILE },  { EISDIR, STICK_E_NO_FILE },  { ENXIO, STICK_E_NO_FILE },
        { EIO, STICK_E_GONE },         { ENODEV, STICK_E_GONE },     { ESTALE, STICK_E_GONE },
        { ENOTCONN, STICK_E_GONE },    { EUCLEAN, STICK_E_GONE },    { ENOSPC, STICK_E_FULL },
        { EDQUOT, STICK_E_FULL },      { EFBIG, STICK_E_FULL },      { EROFS, STICK_E_READ_ONLY },
        { EACCES, STICK_E_READ_ONLY }, { EPERM, STICK_E_READ_ONLY },
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        CHECK_EQ(stick_result(-rows[i].error), rows[i].outcome);
    CHECK_EQ(stick_result(-ENOMEM), -ENOMEM);
}

/* Whatever name a caller comes with: what is not ours is neither opened nor written. */
static void test_stick_touches_no_name_that_is_not_ours(void **state)
{
    (void)state;
    char mount[] = "/tmp/stick-results.XXXXXX", path[128], endless[STICK_NAME + 20];
    AUTO(stick_free) struct stick *s = NULL;
    AUTO_BYTES struct bytes out = { 0 };
    int64_t size;
    CHECK(mkdtemp(mount) != NULL);
    CHECK_EQ(stick_prepare(mount), 0);
    CHECK_EQ(stick_prepare(mount), 0); /* there already */
    CHECK_EQ(stick_open(&s, mount, NULL), 0);
    memset(endless, 'a', sizeof(endless) - 1);
    endless[sizeof(endless) - 1] = 0;
    const char *const foreign[] = { "readme.txt", "../stick.json", "", endless };
    for (size_t i = 0; i < sizeof(foreign) / sizeof(foreign[0]); i++) {
        CHECK_EQ(stick_kind_of(foreign[i]), STICK_FOREIGN);
        CHECK_EQ(stick_read(s, &out, foreign[i]), STICK_E_ABSENT);
        CHECK_EQ(stick_size(s, &size, foreign[i]), STICK_E_ABSENT);
        CHECK_EQ(stick_write(s, foreign[i], "x", 1), -EINVAL);
        CHECK_EQ(stick_set_aside(s, foreign[i]), -EINVAL);
        CHECK_EQ(stick_remove(s, foreign[i]), -EINVAL);
    }
    CHECK(!stick_is_read_only(s));
    CHECK(stick_filesystem_of(s) == STICK_FS_MEMORY || stick_filesystem_of(s) == STICK_FS_EXT ||
          stick_filesystem_of(s) == STICK_FS_OTHER);
    snprintf(path, sizeof(path), "%s/ONETRIP", mount);
    CHECK_EQ(rmdir(path), 0); /* empty: nothing was written */
    CHECK_EQ(rmdir(mount), 0);
}

static void test_stick_is_prepared_only_where_something_is(void **state)
{
    (void)state;
    CHECK_EQ(stick_prepare("/tmp/no-such-stick-here"), STICK_E_NONE);
}

RUN(T(test_stick_each_failing_of_the_machine_has_its_outcome),
    T(test_stick_touches_no_name_that_is_not_ours),
    T(test_stick_is_prepared_only_where_something_is))
