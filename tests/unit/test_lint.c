/* links: tests/golden board/host ui/speech ui/widget ui/text ui/canvas ui/present firmware/slip firmware/seal firmware/catalogue firmware/card firmware/base */
#include <stdio.h>
#include <string.h>

#include "board/board.h"
#include "tests/golden/lint.h"
#include "tests/support/check.h"

/* A page of one good button and one good sentence, to which each test plants one fault. */
struct bench {
    struct page *page;
    struct text *text;
    struct theme_tokens theme;
    struct findings found;
    enum language language;
    const char *name;
};

static void open_bench(struct bench *b)
{
    memset(b, 0, sizeof(*b));
    b->theme = theme_light;
    b->language = LANGUAGE_EN;
    b->name = "";
    CHECK_EQ(page_new(&b->page), 0);
    CHECK_EQ(text_new(&b->text, &this_board.fonts, 1024 * 1024), 0);
    page_begin(b->page, 1);
}

static struct widget *plant(struct bench *b, struct widget w)
{
    return page_add(b->page, w);
}

static struct widget good_button(const char *id, struct rect box)
{
    struct widget w = { .kind = &widget_button,
                        .box = box,
                        .style = STYLE_SECONDARY,
                        .label = "Search",
                        .action = { 1, "", "" } };
    snprintf(w.id, sizeof(w.id), "%s", id);
    return w;
}

static struct widget good_words(const char *label, struct rect box)
{
    return (struct widget){ .kind = &widget_label,
                            .box = box,
                            .label = label,
                            .type = TYPE_BODY,
                            .color = COLOR_TEXT,
                            .max_lines = 1 };
}

/* How often the rule complains. */
static size_t judge(struct bench *b, enum lint_rule rule)
{
    struct damage damage = { 0 };
    page_end(b->page, &damage);
    struct lint_subject subject = { b->page,     b->text, &b->theme, panel_reference,
                                    b->language, b->name, "",        "" };
    size_t count = 0;
    CHECK_EQ(lint_page(&b->found, &subject), 0);
    for (size_t i = 0; i < b->found.count; i++)
        count += b->found.list[i].rule == rule;
    return count;
}

static void close_bench(struct bench *b)
{
    page_free(b->page);
    text_free(b->text);
}

static void test_lint_says_nothing_about_a_good_page(void **state)
{
    (void)state;
    struct bench b;
    open_bench(&b);
    plant(&b, good_button("ok", (struct rect){ 48, 300, 400, 112 }));
    plant(&b, good_words("All is well", (struct rect){ 48, 200, 800, 50 }));
    plant(&b, good_button("primary", (struct rect){ 500, 1784, 532, 112 }));
    judge(&b, LINT_TARGET);
    CHECK_EQ(b.found.count, 0);
    close_bench(&b);
}

#define PLANTED(test, rule, ...)      \
    static void test(void **state)    \
    {                                 \
        struct bench b;               \
        (void)state;                  \
        open_bench(&b);               \
        __VA_ARGS__;                  \
        CHECK_EQ(judge(&b, rule), 1); \
        CHECK_EQ(b.found.count, 1);   \
        close_bench(&b);              \
    }

PLANTED(test_lint_finds_a_target_too_small, LINT_TARGET,
        plant(&b, good_button("small", (struct rect){ 48, 300, 300, 70 })))
PLANTED(test_lint_finds_an_elder_target_too_small, LINT_TARGET, b.theme = *theme_for(false, true),
        plant(&b, good_button("small", (struct rect){ 48, 300, 500, 112 })))
PLANTED(test_lint_finds_targets_too_near, LINT_GAP,
        plant(&b, good_button("a", (struct rect){ 48, 300, 300, 112 })),
        plant(&b, good_button("b", (struct rect){ 356, 300, 300, 112 })))
PLANTED(test_lint_finds_a_target_over_another, LINT_OVERLAP,
        plant(&b, good_button("a", (struct rect){ 48, 300, 300, 200 })),
        plant(&b, good_button("b", (struct rect){ 48, 460, 300, 200 })))
PLANTED(test_lint_finds_words_over_words, LINT_OVERLAP,
        plant(&b, good_words("One sentence", (struct rect){ 48, 300, 800, 50 })),
        plant(&b, good_words("Another one", (struct rect){ 200, 318, 700, 50 })))
PLANTED(test_lint_finds_small_type, LINT_SIZE, b.theme.types[TYPE_BODY].px = 24,
        plant(&b, good_words("Too small to read", (struct rect){ 48, 300, 800, 50 })))
PLANTED(test_lint_finds_pale_words, LINT_CONTRAST, b.theme.colors[COLOR_TEXT] = 0x9AA4B0,
        plant(&b, good_words("Too pale to read", (struct rect){ 48, 300, 800, 50 })))
PLANTED(test_lint_finds_what_an_elder_cannot_read, LINT_CONTRAST, b.theme = *theme_for(false, true),
        b.theme.colors[COLOR_TEXT] = 0x4A5868,
        plant(&b, good_words("Good enough for others", (struct rect){ 48, 300, 900, 70 })))
PLANTED(test_lint_finds_a_pale_icon, LINT_CONTRAST, b.theme.colors[COLOR_LINE] = 0xE0E4EA,
        plant(&b, (struct widget){ .kind = &widget_icon,
                                   .box = { 48, 300, 64, 64 },
                                   .icon = "home",
                                   .type = TYPE_ICON_M,
                                   .color = COLOR_LINE }),
        plant(&b, good_words("A word beside it", (struct rect){ 130, 300, 800, 50 })))
PLANTED(test_lint_finds_a_field_without_an_edge, LINT_BORDER,
        b.theme.colors[COLOR_BORDER] = 0xE2E6EC,
        plant(&b, (struct widget){ .id = "field:x",
                                   .kind = &widget_field,
                                   .box = { 48, 300, 900, 112 },
                                   .label = "Phone",
                                   .value = "138",
                                   .action = { 1, "", "" } }))
PLANTED(test_lint_finds_words_that_are_cut, LINT_CUT,
        plant(&b, good_words("This sentence is much longer than the box it has been given",
                             (struct rect){ 48, 300, 400, 50 })))
PLANTED(
    test_lint_finds_a_broken_word, LINT_CUT,
    plant(&b, good_words("Responsibilities", (struct rect){ 48, 300, 200, 100 }))->max_lines = 2)
PLANTED(test_lint_finds_words_outside_their_widget, LINT_CUT,
        plant(&b, good_words("One and two and three", (struct rect){ 48, 300, 240, 50 }))
            ->max_lines = 2)
PLANTED(test_lint_finds_an_icon_without_a_word, LINT_ICON,
        plant(&b, (struct widget){ .kind = &widget_icon,
                                   .box = { 48, 300, 64, 64 },
                                   .icon = "home",
                                   .type = TYPE_ICON_M,
                                   .color = COLOR_BRAND }))
PLANTED(test_lint_finds_a_target_without_a_name, LINT_NAME,
        plant(&b, good_button("mute", (struct rect){ 48, 300, 300, 112 }))->label = "")
PLANTED(test_lint_finds_english_on_a_chinese_page, LINT_LANGUAGE, b.language = LANGUAGE_ZH,
        plant(&b, good_words("Not translated", (struct rect){ 48, 300, 800, 50 })))
PLANTED(test_lint_finds_chinese_on_an_english_page, LINT_LANGUAGE,
        plant(&b, good_words("没有翻译", (struct rect){ 48, 300, 800, 50 })))
PLANTED(test_lint_finds_a_chinese_badge_on_an_english_page, LINT_LANGUAGE,
        plant(&b, (struct widget){ .id = "row",
                                   .kind = &widget_row,
                                   .box = { 48, 300, 984, 164 },
                                   .label = "A matter",
                                   .value = "可办",
                                   .action = { 1, "", "" } }))
PLANTED(test_lint_finds_what_leaves_the_panel, LINT_PANEL,
        plant(&b, good_button("out", (struct rect){ 900, 300, 300, 112 }))->type = TYPE_BODY)
PLANTED(test_lint_finds_a_primary_action_at_the_top, LINT_PRIMARY,
        plant(&b, good_button("primary", (struct rect){ 48, 300, 300, 112 })))
PLANTED(test_lint_finds_a_primary_action_at_the_left, LINT_PRIMARY,
        plant(&b, good_button("primary", (struct rect){ 48, 1784, 400, 112 })),
        plant(&b, good_button("other", (struct rect){ 500, 1784, 400, 112 })))

static void draw_the_same(const struct widget *w, const struct look *l)
{
    canvas_fill(l->canvas, w->box, l->theme->colors[COLOR_SURFACE]);
}
static const struct widget_kind deaf = { .role = "button",
                                         .draw = draw_the_same,
                                         .is_pressed_shown = true };
PLANTED(test_lint_finds_a_target_that_does_not_answer_a_finger, LINT_PRESS,
        plant(&b, good_button("deaf", (struct rect){ 48, 300, 300, 112 }))->kind = &deaf)

PLANTED(test_lint_finds_two_targets_that_sound_the_same, LINT_ALIKE,
        plant(&b, good_button("a", (struct rect){ 48, 300, 300, 112 })),
        plant(&b, good_button("b", (struct rect){ 380, 300, 300, 112 }))->action.name = "other")

static void scroll_far(struct bench *b)
{
    page_set_scroll(b->page, (struct rect){ 0, 200, 1080, 400 }, 5000);
    plant(b, good_words("All is well", (struct rect){ 48, 220, 800, 50 }));
}

PLANTED(test_lint_finds_what_no_button_leads_to, LINT_REACH, scroll_far(&b))
PLANTED(test_lint_finds_a_button_down_that_does_nothing, LINT_REACH, scroll_far(&b),
        plant(&b, good_button("down", (struct rect){ 48, 1000, 300, 112 }))->is_disabled = true)

static void test_lint_is_content_with_a_button_down(void **state)
{
    (void)state;
    struct bench b;
    open_bench(&b);
    scroll_far(&b);
    plant(&b, good_button("down", (struct rect){ 48, 1000, 300, 112 }));
    CHECK_EQ(judge(&b, LINT_REACH), 0);
    close_bench(&b);
}

static void test_lint_lets_a_name_stay_in_its_own_script(void **state)
{
    (void)state;
    struct bench b;
    open_bench(&b);
    b.name = "*秀英";
    plant(&b, good_words("Hello, *秀英", (struct rect){ 48, 300, 800, 50 }));
    CHECK_EQ(judge(&b, LINT_LANGUAGE), 0);
    close_bench(&b);
}

static void test_lint_reads_what_is_scrolled_out_of_sight(void **state)
{
    (void)state;
    struct bench b;
    open_bench(&b);
    page_set_scroll(b.page, (struct rect){ 0, 200, 1080, 400 }, 5000);
    struct widget w = good_button("deep", (struct rect){ 48, 4000, 300, 60 });
    w.is_in_scroll = true;
    plant(&b, w);
    CHECK_EQ(judge(&b, LINT_TARGET), 1);
    close_bench(&b);
}

static void test_lint_contrast_is_that_of_the_standard(void **state)
{
    (void)state;
    CHECK((int)(lint_contrast(0x000000, 0xFFFFFF) * 10 + 0.5) == 210);
    CHECK((int)(lint_contrast(0x777777, 0xFFFFFF) * 100 + 0.5) == 448);
    CHECK(lint_contrast(0x123456, 0x123456) == 1.0);
}

RUN(T(test_lint_says_nothing_about_a_good_page), T(test_lint_finds_a_target_too_small),
    T(test_lint_finds_an_elder_target_too_small), T(test_lint_finds_targets_too_near),
    T(test_lint_finds_a_target_over_another), T(test_lint_finds_words_over_words),
    T(test_lint_finds_small_type), T(test_lint_finds_pale_words),
    T(test_lint_finds_what_an_elder_cannot_read), T(test_lint_finds_a_pale_icon),
    T(test_lint_finds_a_field_without_an_edge), T(test_lint_finds_words_that_are_cut),
    T(test_lint_finds_a_broken_word), T(test_lint_finds_words_outside_their_widget),
    T(test_lint_finds_an_icon_without_a_word), T(test_lint_finds_a_target_without_a_name),
    T(test_lint_finds_english_on_a_chinese_page), T(test_lint_finds_chinese_on_an_english_page),
    T(test_lint_finds_a_chinese_badge_on_an_english_page), T(test_lint_finds_what_leaves_the_panel),
    T(test_lint_finds_a_primary_action_at_the_top), T(test_lint_finds_a_primary_action_at_the_left),
    T(test_lint_finds_a_target_that_does_not_answer_a_finger),
    T(test_lint_finds_two_targets_that_sound_the_same), T(test_lint_finds_what_no_button_leads_to),
    T(test_lint_finds_a_button_down_that_does_nothing), T(test_lint_is_content_with_a_button_down),
    T(test_lint_lets_a_name_stay_in_its_own_script),
    T(test_lint_reads_what_is_scrolled_out_of_sight), T(test_lint_contrast_is_that_of_the_standard))
