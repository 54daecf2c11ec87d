/* links: board/host ui/speech ui/screen ui/input ui/input/rare ui/widget ui/text ui/canvas ui/present firmware/worker firmware/session firmware/practice firmware/case firmware/point firmware/calendar firmware/service firmware/update drivers/stick firmware/slip firmware/seal firmware/catalogue firmware/card firmware/base */
#include "board/board.h"
#include "tests/support/session_rig.h"
#include "ui/screen/stage.h"
#include "ui/speech/narrate.h"
#include "ui/speech/voice.h"

/* The kiosk without eyes: real screens, moved through by keys alone, known by the transcript alone. */

static struct stage *stage;
static struct voice *voice;
static struct focus_map map;
static struct narrator narrator;
static struct utterance utterance;
static struct focus focus;
static int focus_key;
static int64_t touch_ms;
static bool is_delicate;

static void open_kiosk(bool has_headphones)
{
    setup();
    happen(EV_LANGUAGE, "", "en");
    struct stage_config config = { .fonts = &this_board.fonts,
                                   .theme = &theme_light,
                                   .clock = &rig.clock.base,
                                   .utc_offset_minutes = 480 };
    struct voice_config mute = { .clock = &rig.clock.base, .keeps_transcript = true };
    CHECK_EQ(stage_new(&stage, &config), 0);
    CHECK_EQ(voice_new(&voice, &mute), 0);
    voice_set_headphones(voice, has_headphones);
    narrator = (struct narrator){ 0 };
    focus = (struct focus){ 0 };
    focus_key = -1;
}

static void close_kiosk(void)
{
    voice_free(voice);
    stage_free(stage);
    teardown();
}

/* As the stage does it: a form's pages are pages. */
static int page_key(void)
{
    const struct session_view *v = session_view(rig.session);
    return (int)v->screen + 100 * (int)v->page + 10000 * (v->focus + 1) + 100000 * (v->only + 1);
}

/* Draw, keep the focus, say what is to be said. Returns the stop in focus. */
static int look(void)
{
    (void)stage_update(stage, rig.session);
    focus_map(&map, stage_page(stage));
    if (page_key() != focus_key)
        focus = (struct focus){ 0 };
    focus_key = page_key();
    int at = focus_find(&map, &focus);
    focus = focus_mark(&map, at);
    struct narrate_place place = {
        .key = focus_key, .screen = screen(), .language = SAY_EN, .is_delicate = is_delicate
    };
    if (narrate(&narrator, &map, at, &place, &utterance))
        voice_say(voice, &utterance);
    return at;
}

static const char *heard(void)
{
    return voice_transcript(voice, 0) ? voice_transcript(voice, 0)->words : "";
}

static int move(enum focus_move way)
{
    int at = focus_move(&map, look(), way, &narrator.has_wrapped);
    focus = focus_mark(&map, at);
    stage_show(stage, map.stops[at].widget);
    return look();
}

/* Select does what a tap does (test_focus proves it), so a tap stands for it here. */
static void press(void)
{
    const struct widget *w = map.stops[look()].widget;
    struct page_reply reply = focus_select(w, 0);
    struct event e;
    CHECK_EQ(reply.kind, PAGE_ACTION);
    stage_show(stage, w);
    (void)stage_update(stage, rig.session);
    focus_map(&map, stage_page(stage));
    w = map.stops[focus_find(&map, &focus)].widget;
    struct rect box = page_touch_box(stage_page(stage), w);
    CHECK(!rect_is_empty(box));
    struct touch t = { TOUCH_DOWN, box.x + box.w / 2, box.y + box.h / 2, touch_ms += 1000 };
    if (stage_touch(stage, t, &e))
        session_handle(rig.session, &e);
    t.phase = TOUCH_UP;
    CHECK(stage_touch(stage, t, &e));
    session_handle(rig.session, &e);
    look();
}

/* Listen from stop to stop until the words are heard. */
static void listen_for(const char *words)
{
    look();
    for (int i = 0; i <= map.count; i++) {
        if (strstr(heard(), words))
            return;
        move(FOCUS_RIGHT);
    }
    fail_msg("never heard: %s", words);
}

/* ---- every screen -------------------------------------------------------------------- */

static const char *const secrets[] = { "测试甲",      "试甲",           "33999919900101",
                                       "13800000000", "K0012-000001-X", "样例路1号" };

static void nothing_private_was_said(void)
{
    for (size_t i = 0; voice_transcript(voice, i); i++) {
        const struct voice_line *line = voice_transcript(voice, i);
        CHECK(!line->is_private);
        for (size_t k = 0; k < sizeof(secrets) / sizeof(secrets[0]); k++)
            if (strstr(line->words, secrets[k]))
                fail_msg("said into the room on screen %d: %s", (int)screen(), line->words);
    }
}

static bool is_scroller(const struct widget *w)
{
    return !strcmp(w->id, "up") || !strcmp(w->id, "down");
}

/* Go once round; every stop is heard, and every target a finger could use was one. */
static void walk_page(void)
{
    bool seen[PAGE_WIDGETS_MAX] = { false };
    int at = look();
    CHECK(*heard());
    for (int i = 0; i < map.count; i++) {
        size_t before = voice_transcript_count(voice);
        seen[at] = true;
        at = move(FOCUS_RIGHT);
        if (map.count > 1)
            CHECK(voice_transcript_count(voice) == before + 1 && *heard());
    }
    for (int i = 0; i < map.count; i++)
        CHECK(seen[i]);
    const struct page *p = stage_page(stage);
    for (size_t i = 0; i < page_count(p); i++) {
        const struct widget *w = page_at(p, i);
        bool is_target = *w->id && (w->action.verb || w->kind->is_pad || w->is_disabled);
        if (is_target && !is_scroller(w))
            CHECK(focus_of(&map, w) != FOCUS_NONE);
    }
}

static void test_speech_every_screen_is_walked_and_nothing_private_goes_into_the_room(void **state)
{
    (void)state;
    for (size_t i = 0; i < WAYS; i++) {
        open_kiosk(false);
        ways[i].go();
        happen(EV_LANGUAGE, "", "en");
        CHECK_EQ(screen(), ways[i].screen);
        walk_page();
        nothing_private_was_said();
        close_kiosk();
    }
}

static bool was_heard(const char *words)
{
    for (size_t i = 0; voice_transcript(voice, i); i++)
        if (strstr(voice_transcript(voice, i)->words, words))
            return true;
    return false;
}

static void test_speech_a_disability_is_not_named_in_the_room(void **state)
{
    (void)state;
    static void (*const inside[])(void) = { to_guide, to_form, fill_subsidy, to_done,
                                            to_not_saved };
    is_delicate = true;
    for (size_t i = 0; i < sizeof(inside) / sizeof(inside[0]); i++) {
        open_kiosk(false);
        inside[i]();
        happen(EV_LANGUAGE, "", "en");
        walk_page();
        CHECK(!was_heard("isabl") && !was_heard("isabil") && !was_heard("Physical"));
        CHECK(was_heard("headphones"));
        close_kiosk();
    }
    is_delicate = false;
}

static void test_speech_with_headphones_nothing_is_missing(void **state)
{
    (void)state;
    open_kiosk(true);
    fill_subsidy();
    happen(EV_LANGUAGE, "", "en");
    walk_page();
    CHECK(was_heard("*试甲") && was_heard("138****0000"));
    CHECK(was_heard("you confirm by key instead"));
    CHECK(!was_heard("339999199001010013")); /* masked on the page: masked in the ear */
    close_kiosk();
    open_kiosk(true);
    to_done();
    happen(EV_LANGUAGE, "", "en");
    look();
    listen_for("K0012-000001-X");
    close_kiosk();
}

/* ---- one whole visit ----------------------------------------------------------------- */

static void test_speech_an_application_is_made_by_ear_and_keys_alone(void **state)
{
    (void)state;
    open_kiosk(true);
    look();
    CHECK(strstr(heard(), "arrow keys")); /* whoever stands here first hears how it works */
    card(&person_a);
    happen(EV_LANGUAGE, "", "en");
    listen_for("Care subsidy for severe disability, button");
    press();
    CHECK_EQ(screen(), SCREEN_GUIDE);
    CHECK(strstr(heard(), "step 1 of 4"));
    listen_for("Start");
    press();
    CHECK_EQ(screen(), SCREEN_FORM);
    listen_for("Physical, choice 4 of 7, not chosen");
    press();
    CHECK(strstr(heard(), "chosen, Physical"));
    listen_for("Next, button");
    press();
    CHECK(strstr(heard(), "1 to be put right. Grade")); /* forgotten: it says which */
    listen_for("Grade 1, choice 1 of 3");
    press();
    listen_for("Next, button");
    press();
    listen_for("Family, at home");
    press();
    listen_for("Next, button");
    press();
    if (session_view(rig.session)->focus < 0) {
        listen_for("Phone, box to fill in");
        press();
    }
    CHECK(was_heard("You are filling in, Phone"));
    for (const char *p = "13800000000"; *p; p++) {
        char key[8] = { *p, '.', 0 };
        for (int i = 0; strcmp(heard(), key) || map.stops[look()].part != FOCUS_SHEET; i++) {
            CHECK(i <= map.count);
            move(FOCUS_RIGHT);
        }
        press();
        CHECK_STR(heard(), key); /* the character typed */
    }
    listen_for("Check and sign, button");
    press();
    CHECK_EQ(screen(), SCREEN_REVIEW);
    close_kiosk();
}

RUN(T(test_speech_every_screen_is_walked_and_nothing_private_goes_into_the_room),
    T(test_speech_a_disability_is_not_named_in_the_room),
    T(test_speech_with_headphones_nothing_is_missing),
    T(test_speech_an_application_is_made_by_ear_and_keys_alone))
