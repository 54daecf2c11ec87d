/* links: drivers/usb firmware/base */
#include <sys/eventfd.h>
#include <unistd.h>

#include "drivers/usb/inside.h"
#include "tests/support/check.h"

/* How long a worker sleeps while its device is not there. Must-have of a kiosk at rest: with none of four devices there, at most
 * one wake-up in ten seconds. */

enum { HOUR_MS = 3600 * 1000, FOR_EVER = -1, DEVICES = 4, MOST_MS = 5000, MINUTE_MS = 60000 };

static struct usb_bus bus;
static int news, stop;

static bool hear(struct usb_bus *b)
{
    eventfd_t n;
    (void)!eventfd_read(news, &n);
    b->changes++;
    return true;
}

static int news_fd(struct usb_bus *b)
{
    (void)b;
    return news;
}

static const struct usb_bus_operations tells = { .hear = hear, .news_fd = news_fd };
static const struct usb_bus_operations says_nothing = { 0 };

static int open_all(void **state)
{
    (void)state;
    bus = (struct usb_bus){ 0 };
    news = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
    stop = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
    return news < 0 || stop < 0;
}

static int close_all(void **state)
{
    (void)state;
    close(news);
    close(stop);
    return 0;
}

static int looks_in_an_hour(bool is_there, int most_ms)
{
    unsigned looks = 0;
    for (int64_t passed = 0; passed < HOUR_MS;)
        passed += usb_look_ms(&bus, is_there, ++looks, most_ms);
    return (int)looks;
}

static void test_usb_look_rests_where_it_is_told(void **state)
{
    (void)state;
    bus.ops = &tells;
    int looks = looks_in_an_hour(false, MOST_MS);
    CHECK_EQ(looks, 61);
    CHECK(looks * DEVICES <= HOUR_MS / 10000);
    CHECK_EQ(usb_look_ms(&bus, false, 1, MOST_MS), 1000); /* what was not ready at the news */
    CHECK_EQ(usb_look_ms(&bus, false, 2, MOST_MS), MINUTE_MS);
}

/* It is plugged in and refuses: no news will tell when it stops doing so. */
static void test_usb_look_comes_back_to_what_is_there(void **state)
{
    (void)state;
    bus.ops = &tells;
    CHECK(looks_in_an_hour(true, MOST_MS) >= HOUR_MS / MOST_MS);
}

static void test_usb_look_asks_a_bus_that_says_nothing(void **state)
{
    (void)state;
    bus.ops = &says_nothing;
    CHECK(looks_in_an_hour(false, MOST_MS) >= HOUR_MS / MOST_MS);
    CHECK_EQ(usb_look_ms(&bus, false, 99, 1000), 1000);
}

/* Without a server there is nobody to ask: no longer than it has been away already, and never more than a minute. */
static void test_usb_look_lets_a_server_that_is_away_be(void **state)
{
    (void)state;
    bus.ops = &says_nothing;
    bus.is_away = true;
    int64_t passed = 0;
    for (unsigned looks = 1; looks < 30; looks++) {
        int wait = usb_look_ms(&bus, false, looks, MOST_MS);
        CHECK(wait <= passed + 1000 && wait <= MINUTE_MS);
        passed += wait;
    }
    CHECK_EQ(usb_look_ms(&bus, false, 99, MOST_MS), MINUTE_MS);
}

/* No limit: only what is awaited ends the sleep. */
static void test_usb_await_ends_with_news_or_with_the_descriptor(void **state)
{
    (void)state;
    bus.ops = &tells;
    CHECK_EQ(eventfd_write(news, 1), 0);
    unsigned before = bus.changes;
    CHECK(usb_await(&bus, stop, FOR_EVER));
    CHECK(bus.changes != before);
    CHECK(!usb_await(&bus, stop, 0)); /* news are told once */
    CHECK_EQ(eventfd_write(stop, 1), 0);
    CHECK(!usb_await(&bus, stop, FOR_EVER));
    bus.ops = &says_nothing;
    CHECK(!usb_await(&bus, stop, FOR_EVER));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_usb_look_rests_where_it_is_told, open_all, close_all),
        cmocka_unit_test_setup_teardown(test_usb_look_comes_back_to_what_is_there, open_all,
                                        close_all),
        cmocka_unit_test_setup_teardown(test_usb_look_asks_a_bus_that_says_nothing, open_all,
                                        close_all),
        cmocka_unit_test_setup_teardown(test_usb_look_lets_a_server_that_is_away_be, open_all,
                                        close_all),
        cmocka_unit_test_setup_teardown(test_usb_await_ends_with_news_or_with_the_descriptor,
                                        open_all, close_all),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
