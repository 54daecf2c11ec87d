/* links: ui/speech firmware/base */
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "firmware/base/log.h"
#include "tests/support/check.h"
#include "ui/speech/request.h"
#include "ui/speech/voice.h"

/* This program also plays the speech program, in a way that the "assets" name. */
enum { CHILD_FD = 3, PATIENCE_MS = 5000 };

static void answer(enum speech_answer_kind kind, uint32_t serial)
{
    char data[SPEECH_ANSWER_MAX];
    struct speech_answer a = { kind, serial };
    (void)!write(CHILD_FD, data, speech_answer_write(data, &a));
}

static int play_program(const char *manner)
{
    static char data[SPEECH_REQUEST_MAX];
    static struct speech_request request;
    if (!strcmp(manner, "dies"))
        return 1;
    answer(SPEECH_READY, 0);
    if (!strcmp(manner, "deaf"))
        for (;;)
            pause();
    if (!strcmp(manner, "babbles"))
        (void)!write(CHILD_FD, "nonsense\n", 9);
    for (ssize_t n; (n = recv(CHILD_FD, data, sizeof(data), 0)) > 0;) {
        if (speech_request_read(&request, data, (size_t)n))
            return 3;
        if (request.verb == SPEECH_STOP) {
            answer(SPEECH_STOPPED, request.serial);
            continue;
        }
        answer(SPEECH_BEGIN, request.serial);
        if (!strncmp(request.text, "short", 5))
            answer(SPEECH_END, request.serial);
    }
    return 0;
}

/* ---- rig ----------------------------------------------------------------------------- */

static struct fake_clock fake;
static struct voice *voice;
static struct utterance u;

static void open_voice(const char *manner)
{
    struct voice_config config = { .program = manner ? "/proc/self/exe" : NULL,
                                   .assets = manner,
                                   .clock = &fake.base,
                                   .keeps_transcript = true };
    fake = fake_clock_at(1000, 0);
    CHECK_EQ(voice_new(&voice, &config), 0);
}

static void close_voice(void)
{
    voice_free(voice);
    voice = NULL;
}

static const struct utterance *open_words(const char *text)
{
    memset(&u, 0, sizeof(u));
    snprintf(u.text, sizeof(u.text), "%s", text);
    return &u;
}

static const struct utterance *private_words(const char *text, const char *open)
{
    (void)open_words(text);
    u.is_private = true;
    snprintf(u.open, sizeof(u.open), "%s", open);
    return &u;
}

/* Until the program has said so; the descriptor is what is waited on. */
static void wait_until(bool (*is_so)(void))
{
    for (int i = 0; i < 100 && !is_so(); i++) {
        struct pollfd p = { .fd = voice_fd(voice), .events = POLLIN };
        CHECK(p.fd < 0 || poll(&p, 1, PATIENCE_MS) > 0);
        voice_poll(voice);
    }
    CHECK(is_so());
}

static bool is_ready(void)
{
    return voice_state(voice).is_ready;
}
static bool is_dead(void)
{
    return !voice_state(voice).is_running;
}
static bool has_begun_all(void)
{
    return voice_state(voice).begun == voice_state(voice).said;
}
static bool is_silent(void)
{
    return !voice_state(voice).is_speaking;
}

/* ---- trouble ------------------------------------------------------------------------- */

static void test_voice_a_program_that_dies_is_started_again_ever_later(void **state)
{
    (void)state;
    int64_t last = 0;
    open_voice("dies");
    for (int i = 0; i < 12; i++) {
        wait_until(is_dead);
        int64_t wait = voice_deadline_ms(voice) - fake.boot;
        CHECK(wait >= last && wait > 0 && wait <= 30000);
        last = wait;
        voice_say(voice, open_words("lost")); /* not due: nothing is started, nothing blocks */
        CHECK(is_dead());
        fake_clock_advance(&fake, wait);
        voice_poll(voice);
        CHECK(voice_state(voice).is_running);
    }
    CHECK_EQ(last, 30000);
    close_voice();
}

static void test_voice_a_program_that_is_not_there_leaves_the_kiosk_silent(void **state)
{
    (void)state;
    struct voice_config config = { "/nowhere/speech", "x", &fake.base, true };
    fake = fake_clock_at(1000, 0);
    CHECK_EQ(voice_new(&voice, &config), 0);
    CHECK_EQ(voice_fd(voice), -1);
    voice_say(voice, open_words("hello"));
    voice_stop(voice);
    voice_repeat(voice);
    voice_reset(voice);
    CHECK(voice_deadline_ms(voice) > fake.boot);
    close_voice();
}

static void test_voice_never_waits_for_a_program_that_does_not_read(void **state)
{
    (void)state;
    open_voice("deaf");
    wait_until(is_ready);
    static char text[UTTERANCE_MAX];
    memset(text, 'x', sizeof(text) - 1);
    int sent = 0;
    while (!is_dead() && sent < 1000) {
        voice_say(voice, open_words(text));
        sent++;
    }
    CHECK(is_dead() && sent < 1000); /* the socket was full: ended, and due later */
    CHECK(voice_deadline_ms(voice) > fake.boot);
    close_voice();
}

static void test_voice_a_program_that_babbles_is_ended(void **state)
{
    (void)state;
    open_voice("babbles");
    wait_until(is_dead);
    CHECK(voice_deadline_ms(voice) > fake.boot);
    close_voice();
}

/* ---- privacy ------------------------------------------------------------------------- */

static void test_voice_private_words_need_headphones(void **state)
{
    (void)state;
    open_voice(NULL);
    voice_say(voice, private_words("Li Lei, 13800000000", "filled in"));
    CHECK_STR(voice_transcript(voice, 0)->words, "filled in");
    CHECK(voice_transcript(voice, 0)->was_held_back && !voice_transcript(voice, 0)->is_private);
    voice_set_headphones(voice, true);
    voice_repeat(voice);
    CHECK_STR(voice_transcript(voice, 0)->words, "Li Lei, 13800000000");
    CHECK(voice_transcript(voice, 0)->is_private);
    voice_set_headphones(voice, false);
    voice_repeat(voice);
    CHECK_STR(voice_transcript(voice, 0)->words, "filled in");
    CHECK_EQ(voice_transcript_count(voice), 3);
    close_voice();
}

static void test_voice_pulling_the_headphones_ends_private_speech(void **state)
{
    (void)state;
    open_voice("talks");
    wait_until(is_ready);
    voice_set_headphones(voice, true);
    voice_say(voice, private_words("long secret", "x"));
    wait_until(has_begun_all);
    CHECK(!is_silent());
    voice_set_headphones(voice, false);
    wait_until(is_silent);
    voice_set_headphones(voice, true);
    voice_say(voice, open_words("long and public"));
    wait_until(has_begun_all);
    voice_set_headphones(voice, false);
    CHECK(!is_silent()); /* what is public goes on */
    close_voice();
}

static void test_voice_reset_forgets_and_goes_back_to_the_defaults(void **state)
{
    (void)state;
    open_voice("talks");
    wait_until(is_ready);
    voice_set_headphones(voice, true);
    voice_set_volume(voice, 9);
    voice_say(voice, private_words("a secret of Li Lei", "x"));
    wait_until(has_begun_all);
    voice_reset(voice);
    CHECK_EQ(voice_volume(voice), VOICE_VOLUME_DEFAULT);
    CHECK(voice_has_headphones(voice)); /* they are where they are */
    CHECK_EQ(voice_transcript_count(voice), 0);
    CHECK(voice_transcript(voice, 0) == NULL);
    voice_repeat(voice);
    CHECK_EQ(voice_transcript_count(voice), 0); /* nothing to repeat */
    CHECK(!voice_state(voice).is_ready);
    wait_until(is_ready); /* another program, started before it is needed */
    CHECK_EQ(voice_state(voice).deaths, 0);
    close_voice();
}

/* ---- ordinary ------------------------------------------------------------------------ */

static void test_voice_says_stops_and_repeats(void **state)
{
    (void)state;
    open_voice("talks");
    voice_say(voice, open_words("short")); /* before it is ready: it waits in the socket */
    wait_until(has_begun_all);
    wait_until(is_silent);
    voice_say(voice, open_words("long"));
    wait_until(has_begun_all);
    CHECK(!is_silent());
    voice_stop(voice);
    wait_until(is_silent);
    voice_repeat(voice);
    wait_until(has_begun_all);
    CHECK_EQ(voice_state(voice).said, 3);
    voice_say(voice, open_words("")); /* nothing is not an utterance */
    CHECK_EQ(voice_state(voice).said, 3);
    CHECK_EQ(voice_deadline_ms(voice), INT64_MAX);
    close_voice();
}

static void test_voice_volume_stays_in_its_range(void **state)
{
    (void)state;
    open_voice(NULL);
    voice_set_volume(voice, 99);
    CHECK_EQ(voice_volume(voice), VOICE_VOLUME_MAX);
    voice_set_volume(voice, -3);
    CHECK_EQ(voice_volume(voice), 0);
    close_voice();
}

static void test_voice_keeps_the_last_utterances_only(void **state)
{
    (void)state;
    char text[16];
    open_voice(NULL);
    for (int i = 0; i < VOICE_TRANSCRIPT + 5; i++) {
        snprintf(text, sizeof(text), "%d", i);
        voice_say(voice, open_words(text));
    }
    CHECK_STR(voice_transcript(voice, 0)->words, "36");
    CHECK_STR(voice_transcript(voice, VOICE_TRANSCRIPT - 1)->words, "5");
    CHECK(voice_transcript(voice, VOICE_TRANSCRIPT) == NULL);
    close_voice();
}

/* ---- the wire ------------------------------------------------------------------------ */

static void test_voice_requests_that_make_no_sense_are_refused(void **state)
{
    (void)state;
    static const char *const wrong[] = {
        "",
        "\n",
        "say",
        "stop\n",
        "stop 1",
        "stop 1\nx",
        "stop -1\n",
        "stop 4294967296\n",
        "say 1 zh public 5 160 -",
        "say 1 FR public 5 160 -\nx",
        "say 1 ../ja public 5 160 -\nx",
        "say 1 abcdefghijkl public 5 160 -\nx",
        "say 1 zh secret 5 160 -\nx",
        "say 1 zh public 11 160 -\nx",
        "say 1 zh public 5 9999 -\nx",
        "say 1 zh public 5 160 ../../etc/passwd\nx",
        "say 1 zh public 5 160 a b\nx",
        "say 1  zh public 5 160 -\nx",
        "say 1 zh public 5 160 -\n\xff",
    };
    static struct speech_request r;
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
        CHECK_EQ(speech_request_read(&r, wrong[i], strlen(wrong[i])), -EBADMSG);
    CHECK_EQ(speech_request_read(&r, "say 1 zh public 5 160 -\na\0b", 27), -EBADMSG);
    CHECK_EQ(speech_request_read(&r, "say 1 zh public 5 160 a\0b\nx", 28), -EBADMSG);
}

static void test_voice_requests_and_answers_come_through_whole(void **state)
{
    (void)state;
    static struct speech_request in = { .verb = SPEECH_SAY,
                                        .serial = 7,
                                        .language = SAY_EN,
                                        .is_private = true,
                                        .volume = 10,
                                        .rate = 130,
                                        .prompt = "welcome-1",
                                        .text = "Line\nline two 中文" },
                                 out;
    char data[SPEECH_REQUEST_MAX];
    size_t length = speech_request_write(data, &in);
    CHECK_EQ(speech_request_read(&out, data, length), 0);
    CHECK_EQ(out.serial, 7);
    CHECK_EQ(out.language, SAY_EN);
    CHECK(out.is_private && out.volume == 10 && out.rate == 130);
    CHECK_STR(out.prompt, "welcome-1");
    CHECK_STR(out.text, in.text);
    CHECK_STR(out.voice, "");
    snprintf(in.voice, sizeof(in.voice), "ja"); /* another language, in English's place */
    length = speech_request_write(data, &in);
    CHECK_EQ(speech_request_read(&out, data, length), 0);
    CHECK_EQ(out.language, SAY_EN);
    CHECK_STR(out.voice, "ja");
    for (int kind = 0; kind < SPEECH_ANSWERS; kind++) {
        struct speech_answer a = { (enum speech_answer_kind)kind, 0 }, b = { 0 };
        length = speech_answer_write(data, &a);
        CHECK_EQ(speech_answer_read(&b, data, length), 0);
        CHECK_EQ(b.kind, kind);
        CHECK_EQ(speech_answer_read(&b, data, length - 1), -EBADMSG);
    }
}

int main(int count, char **arguments)
{
    if (count == 5 && !strcmp(arguments[1], "--fd"))
        return play_program(arguments[4]);
    const struct CMUnitTest tests[] = {
        T(test_voice_a_program_that_dies_is_started_again_ever_later),
        T(test_voice_a_program_that_is_not_there_leaves_the_kiosk_silent),
        T(test_voice_never_waits_for_a_program_that_does_not_read),
        T(test_voice_a_program_that_babbles_is_ended),
        T(test_voice_private_words_need_headphones),
        T(test_voice_pulling_the_headphones_ends_private_speech),
        T(test_voice_reset_forgets_and_goes_back_to_the_defaults),
        T(test_voice_says_stops_and_repeats),
        T(test_voice_volume_stays_in_its_range),
        T(test_voice_keeps_the_last_utterances_only),
        T(test_voice_requests_that_make_no_sense_are_refused),
        T(test_voice_requests_and_answers_come_through_whole),
    };
    log_set_level(LOG_ERROR);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
