/* links: board/host/sim firmware/card firmware/base */
#include <stdio.h>
#include <stdlib.h>

#include "board/host/sim/commands.h"
#include "board/host/sim/expect.h"
#include "board/host/sim/words.h"
#include "tests/support/check.h"

static const char *write_file(const char *text)
{
    static char path[200];
    snprintf(path, sizeof(path), "%s/try.txt", test_folder());
    FILE *f = fopen(path, "we");
    CHECK(f != NULL);
    if (f) {
        fputs(text, f);
        fclose(f);
    }
    return path;
}

static void test_scenario_mistakes_are_found_with_their_line(void **state)
{
    (void)state;
    static const struct {
        const char *text, *says;
    } rows[] = {
        { "lift\n\n# well\ndance\n", "try.txt:4: there is no command \"dance\"" },
        { "+5 lift\n", "try.txt:1: an offset is +TIME" },
        { "+250ms\n", "try.txt:1: behind the offset stands a command" },
        { "+250ms # nothing\n", "try.txt:1: behind the offset stands a command" },
        { "card\n", "try.txt:1: it is written: card FILE" },
        { "cover ajar\n", "try.txt:1: it is written: cover open|shut" },
        { "fault printer\n", "it is written: fault DEVICE NAME [AT]" },
        { "fault printer nak-after many\n", "it is written: fault DEVICE NAME [AT]" },
        { "lift now please\n", "it is written: lift" },
        { "\n\nexpect slips\n", "try.txt:3: it is written: expect FACT" },
        { "expect slips ~ 1\n", "between fact and value stands one of" },
        { "expect card > wang\n", "only numbers are greater" },
        { "expect slips = 1 within\n", "it is written: expect FACT" },
        { "expect slips = 1 within soon\n", "behind the value may stand: within TIME" },
    };
    struct scenario_ports ports = { 0 };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        char complaint[JSON_COMPLAINT];
        struct scenario *s = NULL;
        CHECK_EQ(scenario_load(&s, write_file(rows[i].text), &ports, complaint), -EINVAL);
        if (!strstr(complaint, rows[i].says))
            print_error("%s: %s\n", rows[i].text, complaint);
        CHECK(strstr(complaint, rows[i].says) != NULL);
    }
    char complaint[JSON_COMPLAINT];
    struct scenario *s = NULL;
    CHECK_EQ(scenario_load(&s, "/nowhere/x.txt", &ports, complaint), -EINVAL);
    CHECK(strstr(complaint, "/nowhere/x.txt: No such file") != NULL);
}

static void words(const char *line, const char *json)
{
    char complaint[JSON_COMPLAINT];
    AUTO(json_release) json_t *request = sim_words_request(line, complaint);
    char *text = request ? json_canonical(request) : NULL;
    CHECK_STR(text ? text : complaint, json);
    json_text_free(text);
}

static void test_scenario_words_are_requests_of_the_control_socket(void **state)
{
    (void)state;
    words("card a.json", "{\"do\":\"tap-card\",\"person\":\"a.json\"}");
    words("  cover   open ", "{\"do\":\"cover\",\"open\":true}");
    words("fault printer nak-after 6000",
          "{\"at\":6000,\"device\":\"printer\",\"do\":\"fault\",\"name\":\"nak-after\"}");
    words("fault reader none", "{\"device\":\"reader\",\"do\":\"fault\",\"name\":\"none\"}");
    words("hold down 700", "{\"act\":\"hold\",\"do\":\"keypad\",\"key\":\"down\",\"ms\":700}");
    words("scan two words  and %20", "{\"do\":\"scan\",\"text\":\"two words  and %20\"}");
    words("speed 0", "{\"do\":\"speed\",\"mm_per_s\":0}");
    words("link down", "{\"do\":\"link\",\"up\":false}");
}

/* ---- playing ------------------------------------------------------------------------- */

/* Commands are noted; "slips" counts the lifts. */
struct stage {
    char said[400];
    int slips;
    int64_t jumped;
};

static json_t *command(void *context, const json_t *request)
{
    struct stage *s = context;
    const char *what = json_string_value(json_object_get(request, "do"));
    if (!strcmp(what, "state"))
        return json_pack("{sbsiss}", "ok", 1, "slips", s->slips, "card", "a.json");
    snprintf(s->said + strlen(s->said), sizeof(s->said) - strlen(s->said), "%s ", what);
    s->slips += !strcmp(what, "lift-card");
    return strcmp(what, "scan") ? json_pack("{sb}", "ok", 1)
                                : json_pack("{sbss}", "ok", 0, "error", "the scanner is away");
}

static void jump(void *context, int64_t ms)
{
    ((struct stage *)context)->jumped += ms;
}

static struct scenario *load(struct stage *stage, const char *text, bool is_fast)
{
    char complaint[JSON_COMPLAINT] = "";
    struct scenario *s = NULL;
    struct scenario_ports ports = { stage, command, is_fast ? jump : NULL };
    *stage = (struct stage){ .slips = 7 };
    CHECK_EQ(scenario_load(&s, write_file(text), &ports, complaint), 0);
    CHECK_STR(complaint, "");
    return s;
}

static void test_scenario_waits_for_its_offsets(void **state)
{
    (void)state;
    struct stage stage;
    AUTO(scenario_free)
    struct scenario *s = load(&stage, "lift\n+250ms cover open\n+2s lift\n", false);
    CHECK_EQ(scenario_tick(s, 1000), SCENARIO_RUNNING);
    CHECK_STR(stage.said, "lift-card ");
    CHECK_EQ(scenario_due_ms(s, 1000), 1250);
    CHECK_EQ(scenario_tick(s, 1249), SCENARIO_RUNNING);
    CHECK_STR(stage.said, "lift-card ");
    CHECK_EQ(scenario_tick(s, 1250), SCENARIO_RUNNING);
    CHECK_STR(stage.said, "lift-card cover ");
    CHECK_EQ(scenario_tick(s, 3250), SCENARIO_DONE);
    CHECK_STR(stage.said, "lift-card cover lift-card ");
    CHECK_EQ(scenario_due_ms(s, 3250), -1);
}

static void test_scenario_in_simulated_time_jumps(void **state)
{
    (void)state;
    struct stage stage;
    AUTO(scenario_free) struct scenario *s = load(&stage, "+3s lift\n+2m lift\n", true);
    CHECK_EQ(scenario_tick(s, 1000), SCENARIO_DONE);
    CHECK_EQ(stage.jumped, 123000);
    CHECK_STR(stage.said, "lift-card lift-card ");
}

static void test_scenario_expectation_holds_or_fails_with_its_line(void **state)
{
    (void)state;
    struct stage stage;
    AUTO(scenario_free)
    struct scenario *s =
        load(&stage, "expect slips = 7\nexpect card = a.json\nlift\nexpect slips = +1\n", false);
    CHECK_EQ(scenario_tick(s, 0), SCENARIO_DONE);
    scenario_free(s);
    s = load(&stage, "\nexpect slips >= 9 # never\n", false);
    CHECK_EQ(scenario_tick(s, 0), SCENARIO_FAILED);
    CHECK_STR(scenario_says(s), "try.txt:2: expected slips >= 9, but it is 7");
    scenario_free(s);
    s = load(&stage, "expect roses = red\n", false);
    CHECK_EQ(scenario_tick(s, 0), SCENARIO_FAILED);
    CHECK_STR(scenario_says(s), "try.txt:1: there is no fact \"roses\"");
}

static void test_scenario_gives_an_expectation_its_time(void **state)
{
    (void)state;
    struct stage stage;
    AUTO(scenario_free)
    struct scenario *s = load(&stage, "expect slips = +1 within 2s\nlift\n", false);
    CHECK_EQ(scenario_tick(s, 0), SCENARIO_RUNNING);
    CHECK_EQ(scenario_due_ms(s, 0), 10);
    CHECK_EQ(scenario_tick(s, 1999), SCENARIO_RUNNING);
    stage.slips++;
    CHECK_EQ(scenario_tick(s, 1999), SCENARIO_DONE);
    scenario_free(s);
    s = load(&stage, "expect slips = +1 within 2s\nlift\n", false);
    CHECK_EQ(scenario_tick(s, 0), SCENARIO_RUNNING);
    CHECK_EQ(scenario_tick(s, 2000), SCENARIO_FAILED);
    CHECK_STR(stage.said, "");
}

static void test_scenario_ends_at_a_command_that_is_refused(void **state)
{
    (void)state;
    struct stage stage;
    AUTO(scenario_free) struct scenario *s = load(&stage, "lift\nscan abc\nlift\n", false);
    CHECK_EQ(scenario_tick(s, 0), SCENARIO_FAILED);
    CHECK_STR(scenario_says(s), "try.txt:2: the scanner is away");
    CHECK_STR(stage.said, "lift-card scan ");
}

/* ---- in the world -------------------------------------------------------------------- */

static void test_scenario_moves_the_world_and_its_time(void **state)
{
    (void)state;
    struct sim_world w;
    char complaint[JSON_COMPLAINT] = "";
    const struct sim_choice choice = { .persons = "tests/data/persons", .is_fast = true };
    CHECK_EQ(sim_world_start(&w, &choice), 0);
    int64_t before = sim_world_now_ms(&w);
    CHECK_EQ(sim_world_play(
                 &w,
                 write_file("card wang-yan.json\n+30m unplug keypad\nexpect card = wang-yan.json\n"
                            "expect keypad = false\nheadphones in\nexpect headphones = true\n"),
                 complaint),
             0);
    CHECK_EQ(scenario_tick(w.scenario, 0), SCENARIO_DONE);
    CHECK(sim_world_now_ms(&w) - before >= 30 * 60 * 1000);
    CHECK_EQ(sim_world_play(&w, write_file("oops\n"), complaint), -EINVAL);
    sim_world_end(&w);
}

RUN(T(test_scenario_mistakes_are_found_with_their_line),
    T(test_scenario_words_are_requests_of_the_control_socket),
    T(test_scenario_waits_for_its_offsets), T(test_scenario_in_simulated_time_jumps),
    T(test_scenario_expectation_holds_or_fails_with_its_line),
    T(test_scenario_gives_an_expectation_its_time),
    T(test_scenario_ends_at_a_command_that_is_refused),
    T(test_scenario_moves_the_world_and_its_time))
