/* links: firmware/worker firmware/seal drivers/idcard drivers/usb board/host/sim firmware/card firmware/base */
#include <stdlib.h>

#include "board/host/sim/reader_model.h"
#include "drivers/idcard/connection.h"
#include "drivers/idcard/examine.h"
#include "firmware/worker/reader.h"
#include "tests/support/check.h"
#include "tests/support/usb_bench.h"

/* Memory that runs out at the n-th request, for every n, while a reader is found, opened, asked and closed: an error each time,
 * never a crash, and nothing is lost. */

#ifndef ONETRIP_SANITIZED
extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *p, size_t size);

static _Thread_local long fails_at; /* of this thread: the bench has its own; 0: never */
static _Thread_local long asked;

static bool is_refused(void)
{
    return ++asked == fails_at;
}

void *malloc(size_t size)
{
    return is_refused() ? NULL : __libc_malloc(size);
}

void *calloc(size_t count, size_t size)
{
    return is_refused() ? NULL : __libc_calloc(count, size);
}

void *realloc(void *p, size_t size)
{
    return is_refused() ? NULL : __libc_realloc(p, size);
}

enum { MOST = 400 };

/* 0: everything went well. */
static int use_reader(const char *address)
{
    AUTO(usb_bus_free) struct usb_bus *bus = NULL;
    struct sdt_place places[2];
    struct idcard_finding finding;
    size_t count = 0;
    int r = usb_bus_usbip(&bus, address);
    if (!r)
        r = sdt_find_places(places, 2, &count, bus, NULL);
    if (r || count != 1)
        return r ? r : -ENODEV;
    idcard_examine(&finding, bus, &places[0], &system_clock);
    return finding.cause == READER_WORKS ? 0 : -EIO;
}

static void test_reader_memory_failing_anywhere_is_an_error_and_no_more(void **state)
{
    (void)state;
    AUTO(sim_reader_free) struct sim_reader *model = sim_reader_new(SIM_READER_SPLIT);
    struct usb_bench *bench =
        usb_bench_start((struct sim_device *[]){ sim_reader_device(model) }, 1);
    long n = 0;
    int r = -1;
    while (r && n < MOST) {
        fails_at = ++n;
        asked = 0;
        r = use_reader(usb_bench_address(bench));
        bool was_reached = asked >= n;
        fails_at = 0;
        if (!was_reached)
            CHECK_EQ(r, 0); /* more memory than was asked for: it must work */
        if (was_reached && !r)
            r = -1; /* it got by without */
    }
    CHECK(n > 5 && n < MOST);
    CHECK_EQ(use_reader(usb_bench_address(bench)), 0);
    usb_bench_end(bench);
}

static void drop(void *message)
{
    post_free(message);
}

static void test_reader_memory_worker_that_cannot_start_leaves_nothing(void **state)
{
    (void)state;
    struct queue *queue;
    CHECK_EQ(queue_new(&queue, 4, drop), 0);
    int r = -1;
    long n = 0;
    while (r && n < MOST) {
        struct reader *reader = NULL;
        fails_at = ++n;
        asked = 0;
        r = reader_start(&reader, "127.0.0.1:1", &system_clock, queue);
        fails_at = 0;
        CHECK_EQ(r == 0, reader != NULL);
        reader_stop(reader);
    }
    CHECK(n > 3 && n < MOST);
    queue_free(queue);
}

static void test_reader_memory_small_things_say_so(void **state)
{
    (void)state;
    struct idcard *card = NULL;
    struct readers *readers = NULL;
    const struct sdt_port port = { 0 };
    const struct reader_yard yard = { 0 };
    const struct reader_ears ears = { 0 };
    fails_at = 1, asked = 0;
    CHECK_EQ(idcard_new(&card, &port, &system_clock), -ENOMEM);
    fails_at = 1, asked = 0;
    CHECK_EQ(readers_new(&readers, &yard, &ears, &system_clock, NULL), -ENOMEM);
    fails_at = 1, asked = 0;
    CHECK(sim_reader_new(SIM_READER_HID) == NULL);
    fails_at = 0;
    idcard_free(NULL);
    readers_free(NULL);
    sim_reader_free(NULL);
    reader_stop(NULL);
}

RUN(T(test_reader_memory_failing_anywhere_is_an_error_and_no_more),
    T(test_reader_memory_worker_that_cannot_start_leaves_nothing),
    T(test_reader_memory_small_things_say_so))
#else
static void test_reader_memory_is_not_for_sanitizers(void **state)
{
    (void)state;
    print_message("SKIP: the sanitizer has its own malloc\n");
    skip();
}

RUN(T(test_reader_memory_is_not_for_sanitizers))
#endif
