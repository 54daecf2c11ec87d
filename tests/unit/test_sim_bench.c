/* links: board/host/sim ui/widget ui/text ui/canvas ui/present firmware/slip firmware/card firmware/base */
#include <stdlib.h>

#include "board/host/sim/bench_view.h"
#include "board/host/sim/commands.h"
#include "board/host/sim/words.h"
#include "firmware/base/json.h"
#include "tests/support/check.h"

#define NOTO "/usr/share/fonts/opentype/noto/NotoSansCJK-"
#define ICONS "/usr/share/fonts/truetype/material-design-icons-iconfont/MaterialIcons-Regular.ttf"

/* The bench as a county is shown it: whatever happens to its devices, in both languages. */

static const struct font_files fonts = {
    .weights = { [WEIGHT_REGULAR] = { NOTO "Regular.ttc", 2 },
                 [WEIGHT_MEDIUM] = { NOTO "Medium.ttc", 2 },
                 [WEIGHT_BOLD] = { NOTO "Bold.ttc", 2 },
                 [WEIGHT_ICON] = { ICONS, 0 } },
};

static struct sim_world world;
static struct bench_view view;

static int lay_out(void **state)
{
    (void)state;
    const struct sim_choice choice = { .persons = "tests/data/persons", .county = "127.0.0.1:9" };
    view = (struct bench_view){ .world = &world };
    if (sim_world_start(&world, &choice) || canvas_new(&view.canvas, BENCH_W, BENCH_H) ||
        text_new(&view.text, &fonts, 1024 * 1024))
        return -1;
    bench_find_cards(&view, "tests/data/persons");
    return 0;
}

static int clear(void **state)
{
    (void)state;
    text_free(view.text);
    canvas_free(view.canvas);
    sim_world_end(&world);
    return 0;
}

static void do_line(const char *line)
{
    char complaint[JSON_COMPLAINT] = "";
    AUTO(json_release) json_t *request = sim_words_request(line, complaint);
    AUTO(json_release) json_t *reply = request ? sim_world_do(&world, request) : NULL;
    if (!json_is_true(json_object_get(reply, "ok")))
        print_error("%s: %s\n", line, complaint);
    CHECK(json_is_true(json_object_get(reply, "ok")));
}

static const struct bench_hit *find(const char *line)
{
    for (size_t i = 0; i < view.hit_count; i++)
        if (!strcmp(view.hits[i].line, line))
            return &view.hits[i];
    return NULL;
}

/* The picture is right in this language: nothing untranslated, no button too small. */
static void look(const char *language)
{
    do_line(language);
    view.unknown_words = view.cut_words = 0;
    bench_paint(&view);
    CHECK_EQ(view.unknown_words, 0);
    CHECK_EQ(view.cut_words, 0);
}

static void test_sim_bench_has_words_in_both_languages_whatever_happens(void **state)
{
    (void)state;
    static const char *const lines[] = {
        "card chen-xun.json", "lift",          "paper near-end", "paper end",
        "paper ok",           "cover open",    "cover shut",     "power off",
        "power on",           "headphones in", "headphones out", "fault printer cutter",
        "fault printer none", "unplug reader", "unplug printer", "unplug keypad",
        "unplug scanner",     "plug keyboard", "plug reader",    "plug printer",
        "link down",
    };
    for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
        do_line(lines[i]);
        look("language en");
        CHECK(find("language zh") != NULL);
        look("language zh");
        CHECK(find("language en") != NULL);
    }
}

static uint32_t middle_of(struct rect box)
{
    return view.canvas->pixels[(size_t)(box.y + 3) * BENCH_W + (size_t)(box.x + box.w / 2)];
}

static void test_sim_bench_shows_which_fault_is_on(void **state)
{
    (void)state;
    bench_paint(&view);
    const struct bench_hit *chip = find("fault reader read-fail");
    CHECK(chip != NULL);
    struct rect box = chip->box;
    uint32_t before = middle_of(box);
    do_line("fault reader read-fail");
    bench_paint(&view);
    CHECK(middle_of(box) != before);
    do_line("fault reader none");
    bench_paint(&view);
    CHECK_EQ(middle_of(box), before);
}

static void test_sim_bench_every_click_is_a_line_that_is_carried_out(void **state)
{
    (void)state;
    char line[BENCH_LINE];
    bench_paint(&view);
    CHECK(view.hit_count > 50);
    for (size_t i = 0; i < view.hit_count; i++) {
        snprintf(line, sizeof(line), "%s%.100s", view.hits[i].is_key ? "hold " : "",
                 view.hits[i].line);
        bool is_busy = !strncmp(line, "scan ", 5) && !sim_scanner_is_idle(world.scanner);
        if (strcmp(line, BENCH_TEAR) != 0 && !is_busy)
            do_line(line);
    }
}

static void test_sim_bench_draws_anew_when_something_has_changed(void **state)
{
    (void)state;
    static const char *const lines[] = { "card chen-xun.json",  "lift",       "paper end",
                                         "unplug scanner",      "cover open", "headphones in",
                                         "fault keypad babble", "language en" };
    uint64_t last = bench_signature(&view);
    for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
        do_line(lines[i]);
        CHECK(bench_signature(&view) != last);
        last = bench_signature(&view);
        CHECK_EQ(bench_signature(&view), last);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_sim_bench_has_words_in_both_languages_whatever_happens,
                                        lay_out, clear),
        cmocka_unit_test_setup_teardown(test_sim_bench_shows_which_fault_is_on, lay_out, clear),
        cmocka_unit_test_setup_teardown(test_sim_bench_every_click_is_a_line_that_is_carried_out,
                                        lay_out, clear),
        cmocka_unit_test_setup_teardown(test_sim_bench_draws_anew_when_something_has_changed,
                                        lay_out, clear),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
