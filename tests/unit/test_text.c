/* links: board/host ui/text ui/canvas firmware/slip firmware/base */
#include "board/board.h"
#include "tests/support/check.h"
#include "ui/text/text.h"

static const struct type body = { WEIGHT_REGULAR, 34, 50, false };

static int width_of(struct text *t, const char *utf8)
{
    int ascent;
    const struct mask *m = text_mask(t, body, utf8, strlen(utf8), &ascent);
    return m ? m->width : 0;
}

/* Every visit ends with a wipe that closes the rare faces; the next person's name opens them again,
 * in every size. */
static void test_text_rare_characters_survive_any_number_of_wipes(void **state)
{
    (void)state;
    AUTO(text_free) struct text *t = NULL;
    CHECK_EQ(text_new(&t, &this_board.fonts, 1 << 20), 0);
    for (int visit = 0; visit < 5; visit++) {
        for (int px = 24; px < 80; px += 4) {
            struct type type = { WEIGHT_REGULAR, px, px + 12, false };
            CHECK(text_advance(t, type, 0x20000) > 0);
            CHECK(text_has_glyph(t, type, 0x2a6d6));
        }
        CHECK(width_of(t, "𠀾𬭎㛃") > 60);
        text_wipe(t);
    }
}

/* A visit in large letters leaves the kiosk no larger. */
static void test_text_keeps_the_faces_that_are_needed_and_no_other(void **state)
{
    (void)state;
    static const struct type large = { WEIGHT_BOLD, 60, 80, false };
    AUTO(text_free) struct text *t = NULL;
    CHECK_EQ(text_new(&t, &this_board.fonts, 1 << 20), 0);
    int width = width_of(t, "福全");
    size_t before = text_usage(t).open_faces;
    CHECK(text_advance(t, large, 0x5b57) > 0);
    CHECK_EQ(text_usage(t).open_faces, before + 1);
    text_keep(t, &body, 1);
    CHECK_EQ(text_usage(t).open_faces, before);
    CHECK_EQ(width_of(t, "福全"), width);
    CHECK(text_advance(t, large, 0x5b57) > 0);
}

/* As each size would be drawn by a handle of its own, in whatever order they come. */
static void test_text_sizes_of_titles_share_a_face(void **state)
{
    (void)state;
    static const int sizes[] = { 44, 72, 56, 44, 72 };
    static const char words[] = "您想办什么？Apply 2";
    int ascent, alone_ascent;
    AUTO(text_free) struct text *t = NULL;
    CHECK_EQ(text_new(&t, &this_board.fonts, 1 << 20), 0);
    CHECK(width_of(t, "福全") > 0);
    size_t before = text_usage(t).open_faces;
    for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
        struct type type = { WEIGHT_BOLD, sizes[i], sizes[i] + 16, false };
        AUTO(text_free) struct text *alone = NULL;
        CHECK_EQ(text_new(&alone, &this_board.fonts, 1 << 20), 0);
        text_wipe(t); /* the masks, not the face */
        const struct mask *m = text_mask(t, type, words, strlen(words), &ascent);
        const struct mask *want = text_mask(alone, type, words, strlen(words), &alone_ascent);
        CHECK(m && want);
        CHECK_EQ(m->width, want->width);
        CHECK_EQ(m->height, want->height);
        CHECK_EQ(ascent, alone_ascent);
        CHECK_BYTES(m->alpha, want->alpha, (size_t)m->width * (size_t)m->height);
        CHECK_EQ(text_advance(t, type, 0x60a8), text_advance(alone, type, 0x60a8));
    }
    CHECK_EQ(text_usage(t).open_faces, before + 1);
}

/* An empty box would look like a fault of the kiosk. */
static void test_text_shows_the_printers_sign_for_what_no_font_has(void **state)
{
    (void)state;
    AUTO(text_free) struct text *t = NULL;
    CHECK_EQ(text_new(&t, &this_board.fonts, 1 << 20), 0);
    CHECK(!text_has_glyph(t, body, 0xe000));
    CHECK_EQ(width_of(t, "\xee\x80\x80"), width_of(t, "〓"));
    CHECK_EQ(text_advance(t, body, 0xe000), text_advance(t, body, 0x3013));
    CHECK_EQ(text_advance(t, body, 0x1b), 0);
}

RUN(T(test_text_rare_characters_survive_any_number_of_wipes),
    T(test_text_keeps_the_faces_that_are_needed_and_no_other),
    T(test_text_sizes_of_titles_share_a_face),
    T(test_text_shows_the_printers_sign_for_what_no_font_has))
