/* links: ui/input/handwriting firmware/base */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "tests/support/check.h"
#include "ui/input/handwriting/handwriting.h"

/* The shipped model, asked with characters drawn by rule and line. Accuracy on real hands is measured
 * by tests/bench/handwriting.py. */

enum { POINTS = 6000 };
static struct handwriting *hw;

struct drawing {
    struct handwriting_point points[POINTS];
    size_t count;
};

static int open_model(void **state)
{
    (void)state;
    return handwriting_open(&hw, "assets/handwriting/handwriting.model");
}

static int close_model(void **state)
{
    (void)state;
    handwriting_free(hw);
    return 0;
}

/* "10,50 90,48;50,10 50,90": strokes in a box of 100. */
static struct drawing *draw(const char *strokes)
{
    static struct drawing d;
    bool is_start = true;
    d.count = 0;
    for (const char *p = strokes; *p; p++) {
        char *end = NULL;
        float x = strtof(p, &end), y = strtof(end + 1, &end);
        d.points[d.count++] = (struct handwriting_point){ x, y, is_start };
        is_start = *end == ';';
        p = end;
        if (!*p)
            break;
    }
    return &d;
}

static const char *first_of(const struct drawing *d)
{
    static struct handwriting_candidate found[1];
    return handwriting_recognise(hw, d->points, d->count, found, 1) ? found[0].text : "";
}

static const char YONG[] =
    "45,5 55,15;25,28 50,26 49,88 40,80;8,45 35,42 10,75;85,25 55,45;50,35 68,65 92,85";
static const char DA[] = "10,38 90,34;52,8 48,45 12,92;50,42 66,70 92,92";
static const char SHI[] = "8,50 92,48;50,8 50,94";
static const char KOU[] = "20,22 24,80;20,22 80,20 76,78;25,76 76,76";
static const char WANG[] = "18,18 82,16;22,50 78,48;50,18 50,86;8,88 92,86";
static const char REN[] = "52,8 42,55 8,92;46,42 60,70 94,92";
static const char BEN[] = "10,30 90,28;50,6 50,96;48,32 30,62 6,80;52,32 70,60 95,78;36,74 64,73";

static void test_handwriting_nothing_drawn_gives_nothing(void **state)
{
    (void)state;
    struct handwriting_candidate found[4];
    struct handwriting_point none[] = { { NAN, 1, true },
                                        { INFINITY, 2, false },
                                        { 3, 1e30f, false } };
    CHECK_EQ(handwriting_recognise(hw, NULL, 0, found, 4), 0);
    CHECK_EQ(handwriting_recognise(hw, none, 3, found, 4), 0);
    CHECK_EQ(handwriting_recognise(hw, draw(DA)->points, 3, found, 0), 0);
}

static void test_handwriting_ink_without_sense_is_answered_all_the_same(void **state)
{
    (void)state;
    struct handwriting_candidate found[HANDWRITING_CANDIDATES_MAX + 1];
    static struct handwriting_point p[POINTS];
    memset(&found[HANDWRITING_CANDIDATES_MAX], 0x5a, sizeof(found[0]));
    for (size_t i = 0; i < POINTS; i++) /* a scribble, strokes without end, sizes without measure */
        p[i] = (struct handwriting_point){ (float)(i * 7919 % 1000) * 9e5f,
                                           (float)(i * 104729 % 1000) * 1e-5f, i % 3 == 0 };
    CHECK_EQ(handwriting_recognise(hw, p, POINTS, found, 1000), HANDWRITING_CANDIDATES_MAX);
    for (size_t i = 1; i < HANDWRITING_CANDIDATES_MAX; i++)
        CHECK(found[i].distance >= found[i - 1].distance);
    CHECK_EQ(found[HANDWRITING_CANDIDATES_MAX].text[0], 0x5a);
    for (size_t i = 0; i < POINTS; i++) /* one touch, again and again */
        p[i] = (struct handwriting_point){ 5, 5, !i };
    CHECK_EQ(handwriting_recognise(hw, p, POINTS, found, 8), 8);
    CHECK_EQ(handwriting_recognise(hw, p, 1, found, 8), 8);
    p[0].x = p[0].y = 0;
    p[1] = (struct handwriting_point){ 0, 1e-40f, false }; /* no size to divide by */
    CHECK_EQ(handwriting_recognise(hw, p, 2, found, 8), 8);
    CHECK(isfinite(found[7].distance));
}

static void test_handwriting_plain_characters_come_first(void **state)
{
    (void)state;
    CHECK_STR(first_of(draw(YONG)), "永");
    CHECK_STR(first_of(draw(DA)), "大");
    CHECK_STR(first_of(draw(SHI)), "十");
    CHECK_STR(first_of(draw(KOU)), "口");
    CHECK_STR(first_of(draw(WANG)), "王");
    CHECK_STR(first_of(draw(REN)), "人");
    CHECK_STR(first_of(draw(BEN)), "本");
    CHECK_STR(first_of(draw("5,50 95,48")), "一");
}

static void test_handwriting_place_size_and_rate_have_no_say(void **state)
{
    (void)state;
    static struct drawing fine;
    const struct drawing *d = draw(BEN);
    fine.count = 0;
    for (size_t i = 0; i < d->count; i++) {
        const struct handwriting_point *p = &d->points[i], *q = i ? p - 1 : p;
        int pieces = p->is_start ? 1 : 60;
        for (int k = 1; k <= pieces; k++) {
            float t = (float)k / (float)pieces;
            fine.points[fine.count++] =
                (struct handwriting_point){ -7000 + 35 * (q->x + (p->x - q->x) * t * !p->is_start +
                                                          (p->x - q->x) * p->is_start),
                                            100000 + 35 * (q->y + (p->y - q->y) * t * !p->is_start +
                                                           (p->y - q->y) * p->is_start),
                                            p->is_start };
        }
    }
    CHECK_STR(first_of(&fine), "本");
}

static bool is_among_first_three(const struct drawing *d, const char *wanted)
{
    struct handwriting_candidate found[3];
    size_t n = handwriting_recognise(hw, d->points, d->count, found, 3);
    for (size_t i = 0; i < n; i++)
        if (!strcmp(found[i].text, wanted))
            return true;
    return false;
}

static void test_handwriting_strokes_joined_or_in_other_order_are_read(void **state)
{
    (void)state;
    CHECK(is_among_first_three(draw("52,8 48,45 12,92;50,42 66,70 92,92;10,38 90,34"), "大"));
    CHECK(is_among_first_three(draw("18,18 82,16 22,50 78,48;50,18 50,86;8,88 92,86"), "王"));
    CHECK(is_among_first_three(draw("20,22 24,80;20,22 80,20 76,78 25,76 76,76"), "口"));
    CHECK(is_among_first_three(draw("50,6 50,96 36,74 64,73;52,32 70,60 95,78;"
                                    "48,32 30,62 6,80;10,30 90,28"),
                               "本"));
}

static void test_handwriting_answers_depend_on_the_ink_alone(void **state)
{
    (void)state;
    struct handwriting_candidate before[10], after[10];
    struct drawing *d = draw(YONG);
    CHECK_EQ(handwriting_recognise(hw, d->points, d->count, before, 10), 10);
    CHECK_STR(first_of(draw(KOU)), "口");
    d = draw(YONG);
    handwriting_rest(hw);
    CHECK_EQ(handwriting_recognise(hw, d->points, d->count, after, 10), 10);
    CHECK_BYTES(before, after, sizeof(before));
}

/* ---- the pad ----------------------------------------------------------------------------- */
static struct ink *pad(void)
{
    static struct ink ink;
    memset(&ink, 0, sizeof(ink));
    ink.width = 900;
    ink.height = 420;
    return &ink;
}

static void write_on(struct ink *ink, const char *strokes, int x, int y, int side)
{
    const struct drawing *d = draw(strokes);
    for (size_t i = 0; i < d->count; i++) {
        const struct handwriting_point *p = &d->points[i];
        int px = x + (int)p->x * side / 100, py = y + (int)p->y * side / 100;
        if (p->is_start && i)
            ink_end(ink);
        CHECK(p->is_start ? ink_begin(ink, px, py, (int64_t)i) : ink_move(ink, px, py, (int64_t)i));
    }
    ink_end(ink);
}

static void test_handwriting_pad_reads_only_what_is_not_done(void **state)
{
    (void)state;
    struct ink *ink = pad();
    struct handwriting_candidate found[3];
    write_on(ink, WANG, 20, 20, 300);
    CHECK_EQ(handwriting_recognise_ink(hw, ink, 0, found, 3), 3);
    CHECK_STR(found[0].text, "王");
    write_on(ink, DA, 420, 20, 300);
    CHECK_EQ(handwriting_recognise_ink(hw, ink, 4, found, 3), 3);
    CHECK_STR(found[0].text, "大");
    CHECK_EQ(handwriting_recognise_ink(hw, ink, 7, found, 3), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(test_handwriting_nothing_drawn_gives_nothing),
        T(test_handwriting_ink_without_sense_is_answered_all_the_same),
        T(test_handwriting_plain_characters_come_first),
        T(test_handwriting_place_size_and_rate_have_no_say),
        T(test_handwriting_strokes_joined_or_in_other_order_are_read),
        T(test_handwriting_answers_depend_on_the_ink_alone),
        T(test_handwriting_pad_reads_only_what_is_not_done),
    };
    return cmocka_run_group_tests(tests, open_model, close_model);
}
