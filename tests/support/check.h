/* What unit tests share: cmocka with the names of guides read aloud, and fakes.
 * First line of a test file: a comment "links:" with the folders it is made of, see Makefile. */
#pragma once

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#define CHECK(claim) assert_true(claim)
#define CHECK_EQ(got, want) assert_int_equal((got), (want))
#define CHECK_STR(got, want) assert_string_equal((got), (want))
#define CHECK_BYTES(got, want, length) assert_memory_equal((got), (want), (length))
/* Run every test function named in the list. */
#define RUN(...)                                           \
    int main(void)                                         \
    {                                                      \
        const struct CMUnitTest tests[] = { __VA_ARGS__ }; \
        return cmocka_run_group_tests(tests, NULL, NULL);  \
    }
#define T(name) cmocka_unit_test(name)

/* The contents of a file below tests/, ended by a NUL that `length` does not count. Fails the test
 * if it cannot be read; free() it. */
char *test_file(const char *path_below_tests, size_t *length);
/* A fresh folder under the system's temporary folder, removed with all in it at exit. Static
 * storage. */
const char *test_folder(void);
