/* links: board/host/sim drivers/idcard drivers/usb firmware/card firmware/base */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "board/host/sim/commands.h"
#include "board/host/sim/reader_serial.h"
#include "firmware/base/json.h"
#include "tests/support/check.h"

/* The kinds of reader, by the commands of kiosk-sim. */

static json_t *ask(struct sim_world *w, const char *request)
{
    char complaint[JSON_COMPLAINT];
    AUTO(json_release) json_t *json = json_parse(request, strlen(request), complaint);
    return sim_world_do(w, json);
}

static bool is_done(struct sim_world *w, const char *request)
{
    AUTO(json_release) json_t *reply = ask(w, request);
    return json_is_true(json_object_get(reply, "ok"));
}

static void check_state(struct sim_world *w, const char *style, bool is_plugged, bool has_line)
{
    AUTO(json_release) json_t *s = ask(w, "{\"do\":\"state\"}");
    CHECK_STR(json_string_value(json_object_get(s, "reader_style")), style);
    CHECK_EQ(json_is_true(json_object_get(s, "reader")), is_plugged);
    CHECK_EQ(*json_string_value(json_object_get(s, "reader_line")) != 0, has_line);
}

static void start(struct sim_world *w, enum sim_reader_style style)
{
    const struct sim_choice choice = { .persons = "tests/data/persons", .style = style };
    CHECK_EQ(sim_world_start(w, &choice), 0);
}

static void test_sim_reader_style_changes_with_the_card_on_the_plate(void **state)
{
    (void)state;
    struct sim_world w;
    start(&w, SIM_READER_SPLIT);
    CHECK(is_done(&w, "{\"do\":\"tap-card\",\"person\":\"lin-xiuying.json\"}"));
    check_state(&w, "split", true, false);
    CHECK(is_done(&w, "{\"do\":\"reader-style\",\"style\":\"hid\"}"));
    check_state(&w, "hid", true, false);
    CHECK(is_done(&w, "{\"do\":\"reader-style\",\"style\":\"serial\",\"rate\":9600}"));
    check_state(&w, "serial", true, true);
    CHECK(!sim_reader_device(w.reader)->is_plugged); /* not on USB any more */
    CHECK(is_done(&w, "{\"do\":\"reader-style\",\"style\":\"single\"}"));
    check_state(&w, "single", true, false);
    CHECK(sim_reader_has_card(w.reader));
    sim_world_end(&w);
}

static void test_sim_reader_style_of_a_line_has_a_cable_too(void **state)
{
    (void)state;
    struct sim_world w;
    struct pollfd polls[SIM_SERIAL_POLLS];
    start(&w, SIM_READER_SERIAL);
    check_state(&w, "serial", true, true);
    CHECK_EQ(sim_world_line_polls(&w, polls), 1);
    sim_world_turn_line(&w); /* nobody has said anything */
    CHECK_EQ(w.reader_last_in_us, 0);
    CHECK(is_done(&w, "{\"do\":\"unplug\",\"device\":\"reader\"}"));
    check_state(&w, "serial", false, false);
    CHECK_EQ(sim_world_line_polls(&w, polls), 0);
    sim_world_turn_line(&w);
    CHECK(is_done(&w, "{\"do\":\"plug\",\"device\":\"reader\"}"));
    check_state(&w, "serial", true, true);
    sim_world_end(&w);
}

static void test_sim_reader_style_wrong_words_are_refused(void **state)
{
    (void)state;
    struct sim_world w;
    start(&w, SIM_READER_SPLIT);
    CHECK(!is_done(&w, "{\"do\":\"reader-style\"}"));
    CHECK(!is_done(&w, "{\"do\":\"reader-style\",\"style\":\"wireless\"}"));
    CHECK(!is_done(&w, "{\"do\":\"reader-style\",\"style\":\"serial\",\"rate\":-1}"));
    check_state(&w, "split", true, false);
    CHECK(!is_done(&w, "{\"do\":\"reader-style\",\"style\":\"serial\",\"rate\":1200}"));
    CHECK(is_done(&w, "{\"do\":\"reader-style\",\"style\":\"split\"}"));
    sim_world_end(&w);
}

RUN(T(test_sim_reader_style_changes_with_the_card_on_the_plate),
    T(test_sim_reader_style_of_a_line_has_a_cable_too),
    T(test_sim_reader_style_wrong_words_are_refused))
