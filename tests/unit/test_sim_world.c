/* links: board/host/sim firmware/card firmware/base */
#include <stdio.h>

#include "board/host/sim/commands.h"
#include "firmware/base/json.h"
#include "tests/support/check.h"

static void start(struct sim_world *w)
{
    const struct sim_choice choice = { .persons = "tests/data/persons", .county = "127.0.0.1:9" };
    CHECK_EQ(sim_world_start(w, &choice), 0);
}

/* The reply as text; static. */
static const char *ask(struct sim_world *w, const char *request)
{
    static char said[2000];
    char complaint[JSON_COMPLAINT];
    AUTO(json_release) json_t *json = json_parse(request, strlen(request), complaint);
    AUTO(json_release) json_t *reply = sim_world_do(w, json);
    char *text = json_canonical(reply);
    snprintf(said, sizeof(said), "%s", text);
    json_text_free(text);
    return said;
}

static void test_sim_world_moves_cards(void **state)
{
    (void)state;
    struct sim_world w;
    start(&w);
    CHECK_STR(ask(&w, "{\"do\":\"tap-card\",\"person\":\"lin-xiuying.json\"}"), "{\"ok\":true}");
    CHECK(sim_reader_has_card(w.reader));
    CHECK(strstr(ask(&w, "{\"do\":\"state\"}"), "\"card\":\"lin-xiuying.json\"") != NULL);
    CHECK_STR(ask(&w, "{\"do\":\"lift-card\"}"), "{\"ok\":true}");
    CHECK(!sim_reader_has_card(w.reader));
    CHECK(strstr(ask(&w, "{\"do\":\"state\"}"), "\"card\":\"\"") != NULL);
    CHECK_STR(ask(&w, "{\"do\":\"tap-card\",\"person\":\"tests/data/persons/ceshi-yi.json\"}"),
              "{\"ok\":true}");
    CHECK_STR(ask(&w, "{\"do\":\"tap-card\",\"card\":{\"layout\":\"C\",\"name\":\"测试\"}}"),
              "{\"ok\":true}");
    CHECK(sim_reader_has_card(w.reader));
    sim_world_end(&w);
}

static void test_sim_world_pulls_cables(void **state)
{
    (void)state;
    struct sim_world w;
    start(&w);
    CHECK_STR(ask(&w, "{\"do\":\"unplug\",\"device\":\"reader\"}"), "{\"ok\":true}");
    CHECK(!sim_reader_device(w.reader)->is_plugged);
    CHECK(sim_printer_device(w.printer)->is_plugged);
    CHECK_STR(ask(&w, "{\"do\":\"plug\",\"device\":\"reader\"}"), "{\"ok\":true}");
    CHECK_STR(ask(&w, "{\"do\":\"unplug\",\"device\":\"printer\"}"), "{\"ok\":true}");
    CHECK(!sim_printer_device(w.printer)->is_plugged);
    CHECK_STR(ask(&w, "{\"do\":\"link\",\"up\":false}"), "{\"ok\":true}");
    CHECK(!relay_is_plugged(w.relay));
    CHECK_STR(ask(&w, "{\"do\":\"quit\"}"), "{\"ok\":true}");
    CHECK(w.is_over);
    sim_world_end(&w);
}

static void test_sim_world_says_what_is_wrong(void **state)
{
    (void)state;
    static const struct {
        const char *request, *says;
    } rows[] = {
        { "{}", "do: is missing" },
        { "{\"do\":\"dance\"}", "no command of this name" },
        { "{\"do\":\"state\",\"x\":1}", "member x" },
        { "{\"do\":\"tap-card\"}", "either person or card" },
        { "{\"do\":\"tap-card\",\"person\":\"a.json\",\"card\":{}}", "either person or card" },
        { "{\"do\":\"tap-card\",\"person\":\"nobody.json\"}", "nobody.json" },
        { "{\"do\":\"tap-card\",\"card\":{\"layout\":\"Q\"}}", "card: layout: must be one of" },
        { "{\"do\":\"paper\",\"state\":\"wet\"}", "state: must be ok" },
        { "{\"do\":\"cover\",\"open\":1}", "open: must be true or false" },
        { "{\"do\":\"speed\",\"mm_per_s\":-1}", "mm_per_s: must be a whole number from 0 to 1000" },
        { "{\"do\":\"plug\",\"device\":\"toaster\"}", "device: must be reader, printer, keypad" },
        { "{\"do\":\"fault\",\"device\":\"reader\",\"name\":\"gremlin\"}",
          "the reader has no such fault" },
        { "{\"do\":\"fault\",\"device\":\"keypad\",\"name\":\"gremlin\"}",
          "the keypad has no such fault" },
        { "{\"do\":\"fault\",\"device\":\"keyboard\",\"name\":\"none\"}",
          "the keyboard has no such fault" },
        { "{\"do\":\"keypad\",\"act\":\"press\",\"key\":\"enter\"}", "no such key" },
        { "{\"do\":\"keypad\",\"act\":\"kick\",\"key\":\"up\"}", "act: must be press" },
        { "{\"do\":\"headphones\"}", "in: must be true or false" },
        { "{\"do\":\"scan\"}", "text: is missing" },
        { "{\"do\":\"power\",\"on\":0}", "on: must be true or false" },
        { "{\"do\":\"fault\",\"device\":\"printer\",\"name\":\"none\",\"at\":-1}",
          "at: must be a whole number" },
    };
    struct sim_world w;
    start(&w);
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const char *said = ask(&w, rows[i].request);
        CHECK(strstr(said, "\"ok\":false") != NULL);
        if (!strstr(said, rows[i].says))
            print_error("%s: %s\n", rows[i].request, said);
        CHECK(strstr(said, rows[i].says) != NULL);
    }
    CHECK(!sim_reader_has_card(w.reader));
    sim_world_end(&w);
}

static void test_sim_world_without_a_county_has_no_link(void **state)
{
    (void)state;
    struct sim_world w;
    CHECK_EQ(sim_world_start(&w, &(struct sim_choice){ .style = SIM_READER_SINGLE }), 0);
    CHECK(strstr(ask(&w, "{\"do\":\"link\",\"up\":true}"), "no cable") != NULL);
    CHECK(strstr(ask(&w, "{\"do\":\"tap-card\",\"person\":\"a.json\"}"), "no folder of persons") !=
          NULL);
    sim_world_end(&w);
}

/* What the printer is sent, without a host. */
static void print(struct sim_world *w, const void *bytes, size_t length)
{
    struct sim_device *d = sim_printer_device(w->printer);
    const uint8_t *p = bytes;
    for (int64_t now = 0; length && now < 100000; now += 10) {
        int n = d->out(d, 0x01, p, length, now);
        CHECK(n >= 0);
        p += n;
        length -= (size_t)n;
    }
    CHECK_EQ(length, 0);
}

static void test_sim_world_keeps_slips_as_bytes_and_pictures(void **state)
{
    (void)state;
    static const uint8_t slip[] = { 0x1b, '@',  0x1d, 'v',  '0',  0,    2,
                                    0,    2,    0,    0xff, 0x00, 0xff, 0x00, /* raster 16 x 2 */
                                    0x1d, 0x56, 0x42, 0 };
    struct sim_world w;
    char folder[128], path[200];
    size_t length;
    snprintf(folder, sizeof(folder), "%s/slips", test_folder());
    CHECK_EQ(sim_world_start(&w, &(struct sim_choice){ .out = folder }), 0);
    sim_printer_speed(w.printer, 0);
    print(&w, slip, sizeof(slip));
    const char *said = ask(&w, "{\"do\":\"printed\"}");
    CHECK(strstr(said, "slip-0001.png") != NULL);
    CHECK(strstr(said, "\"raw\":\"G0Ad") != NULL);
    CHECK(strstr(said, "\"has_error\":false") != NULL);
    CHECK(!strstr(ask(&w, "{\"do\":\"printed\",\"raw\":false}"), "\"raw\""));
    CHECK_STR(ask(&w, "{\"do\":\"printed\",\"from\":1}"), "{\"ok\":true,\"slips\":[]}");
    snprintf(path, sizeof(path), "%s/slip-0001.bin", folder);
    FILE *f = fopen(path, "rb");
    CHECK(f != NULL);
    uint8_t got[100];
    length = f ? fread(got, 1, sizeof(got), f) : 0;
    if (f)
        fclose(f);
    CHECK_EQ(length, sizeof(slip));
    CHECK_BYTES(got, slip, sizeof(slip));
    sim_world_end(&w);
}

RUN(T(test_sim_world_moves_cards), T(test_sim_world_pulls_cables),
    T(test_sim_world_says_what_is_wrong), T(test_sim_world_without_a_county_has_no_link),
    T(test_sim_world_keeps_slips_as_bytes_and_pictures))
