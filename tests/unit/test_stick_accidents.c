/* links: sync/local sync/update firmware/update sync/carry sync/feed sync/uplink sync/queue firmware/service drivers/stick firmware/seal firmware/base */
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/support/check.h"
#include "tests/support/stick_stage.h"

/* What a pocket, a full medium or somebody else can do to a stick that carries: each case ends in one sentence, and the kiosk
 * is as it was. */

static int countdown; /* calls until the stick is pulled */

static int list_gone(int folder, int (*each)(void *context, const char *name), void *context)
{
    (void)folder;
    (void)each(context, "stick.json");
    return -EIO;
}

static int64_t read_one_byte(int fd, void *out, size_t length)
{
    return stick_system.read(fd, out, length ? 1 : 0);
}

static int64_t read_then_gone(int fd, void *out, size_t length)
{
    return countdown-- > 0 ? stick_system.read(fd, out, length < 100 ? length : 100) : -EIO;
}

static int space_full(int fd, struct stick_space *out)
{
    int r = stick_system.space(fd, out);
    out->free_bytes = 1000;
    return r;
}

static int space_read_only(int fd, struct stick_space *out)
{
    int r = stick_system.space(fd, out);
    out->is_read_only = true;
    return r;
}

static int64_t write_full(int fd, const void *data, size_t length)
{
    return countdown-- > 0 ? stick_system.write(fd, data, length < 100 ? length : 100) : -ENOSPC;
}

static int64_t write_then_gone(int fd, const void *data, size_t length)
{
    return countdown-- > 0 ? stick_system.write(fd, data, length < 100 ? length : 100) : -ENODEV;
}

static bool has_load(void)
{
    char command[900];
    snprintf(command, sizeof(command), "ls '%s/ONETRIP' | grep -q '^out-.*1tc$'", mount);
    return !system(command);
}

static enum saying links_in_a_circle(void)
{
    char one[700], two[700];
    stage_path(one, "keys.json");
    stage_path(two, "keys.sig");
    CHECK_EQ(symlink("keys.sig", one), 0);
    CHECK_EQ(symlink("keys.json", two), 0);
    return stage_carry();
}

static enum saying crowded_folder(void)
{
    char name[64];
    for (int i = 0; i < STICK_NAMES_MAX + 10; i++) {
        snprintf(name, sizeof(name), "holiday-%d.jpg", i);
        stage_put(name, "", 0);
    }
    return stage_carry();
}

static enum saying names_that_are_no_text(void)
{
    stage_put("\xff\xfe\x80.json", "x", 1);
    stage_put("ack-K0012-\xe4.json", "x", 1);
    stage_put("ack-K0012-1\n.json", "x", 1);
    return stage_carry();
}

static enum saying twin_names(void)
{
    stage_put("STICK.json", "x", 1);
    return stage_carry();
}

static enum saying answer_cut_short(void)
{
    char path[700];
    stage_put_answer("ack-K0012-00000001", "K0012", "");
    stage_path(path, "ack-K0012-00000001.json");
    CHECK_EQ(truncate(path, 100), 0);
    return stage_carry();
}

static enum saying pulled_while_reading(void)
{
    calls.read = read_then_gone;
    countdown = 2;
    return stage_enter();
}

static enum saying pulled_while_listing(void)
{
    calls.list = list_gone;
    return stage_carry();
}

static enum saying pulled_while_writing(void)
{
    stick_kiosk_submit(&kiosk, 3);
    calls.write = write_then_gone;
    countdown = 4;
    enum saying s = stage_carry();
    CHECK(!has_load());
    /* Plugged in again: what was begun is swept away, the whole is there. */
    calls = stick_system;
    CHECK_EQ(stage_carry(), SAY_WELL);
    CHECK(has_load());
    return s;
}

static enum saying full_in_the_middle(void)
{
    stick_kiosk_submit(&kiosk, 3);
    calls.write = write_full;
    countdown = 4;
    enum saying s = stage_carry();
    CHECK(!has_load());
    return s;
}

static enum saying full_before(void)
{
    stick_kiosk_submit(&kiosk, 3);
    calls.space = space_full;
    return stage_carry();
}

static enum saying write_protected(void)
{
    stick_kiosk_submit(&kiosk, 3);
    stage_put_answer("ack-K0012-00000001", "K0012", "");
    calls.space = space_read_only;
    enum saying s = stage_carry();
    CHECK_EQ(report.answers, 1); /* what could be read was */
    return s;
}

static enum saying bytes_one_by_one(void)
{
    calls.read = read_one_byte;
    return stage_enter();
}

static enum saying not_a_stick(void)
{
    char path[700];
    snprintf(path, sizeof(path), "rm -rf '%s/ONETRIP'", mount);
    CHECK_EQ(system(path), 0);
    return stage_enter();
}

static enum saying no_stick(void)
{
    char command[700];
    snprintf(command, sizeof(command), "rm -rf '%s'", mount);
    CHECK_EQ(system(command), 0);
    return stage_enter();
}

static enum saying two_sticks(void)
{
    CHECK_EQ(mkdir(other_mount, 0700), 0);
    CHECK_EQ(stick_prepare(other_mount), 0);
    return stage_enter();
}

static enum saying older_catalogue(void)
{
    stage_put_document("catalogue", "{\"version\":7,\"services\":[]}");
    CHECK_EQ(stage_carry(), SAY_WELL);
    CHECK_EQ(report.documents, 1);
    CHECK(report.brought[ERRAND_CATALOGUE].is_there && !report.brought[ERRAND_CONFIG].is_there);
    CHECK_EQ(report.brought[ERRAND_CATALOGUE].said, SAY_WELL);
    CHECK_EQ(report.brought[ERRAND_CATALOGUE].version, 7);
    stage_put_document("catalogue", "{\"version\":5,\"services\":[],\"rollback\":true}");
    enum saying s = stage_carry();
    CHECK_EQ(report.brought[ERRAND_CATALOGUE].said, SAY_OLDER);
    CHECK_EQ(report.brought[ERRAND_CATALOGUE].version, 7); /* that of here stays */
    CHECK_EQ(feed_doc_version(kiosk.feed, DOC_CATALOGUE), 7);
    return s;
}

static enum saying same_catalogue_again(void)
{
    stage_put_document("catalogue", "{\"version\":7,\"services\":[]}");
    CHECK_EQ(stage_carry(), SAY_WELL);
    enum saying s = stage_carry();
    CHECK_EQ(report.brought[ERRAND_CATALOGUE].said, SAY_SAME);
    CHECK_EQ(report.documents, 0);
    return s;
}

static enum saying catalogue_as_configuration(void)
{
    stage_put_document("config", "{\"version\":900,\"services\":[]}");
    enum saying s = stage_carry();
    CHECK_EQ(feed_doc_version(kiosk.feed, DOC_CONFIG), 0);
    return s;
}

static enum saying token_as_configuration(void)
{
    char from[700], to[700], command[3000];
    stage_path(from, "stick.");
    stage_path(to, "config.");
    snprintf(command, sizeof(command), "cp '%sjson' '%sjson' && cp '%ssig' '%ssig'", from, to, from,
             to);
    CHECK_EQ(system(command), 0);
    enum saying s = stage_carry();
    CHECK_EQ(feed_doc_version(kiosk.feed, DOC_CONFIG), 0);
    return s;
}

static enum saying answer_of_another_kiosk(void)
{
    stage_put_answer("ack-K0012-00000001", "K0077", "");
    return stage_carry();
}

static enum saying answer_of_another_history(void)
{
    CHECK_EQ(store_set_text(kiosk.store, "server_epoch", "01900000-0000-7000-8000-0000000000ff"),
             0);
    stage_put_answer("ack-K0012-00000001", "K0012", "");
    return stage_carry();
}

/* The answer for a neighbour lies on the same stick: nothing to complain about. */
static enum saying swapped_between_kiosks(void)
{
    stage_put_answer("ack-K0077-00000001", "K0077", "");
    enum saying s = stage_carry();
    CHECK_EQ(report.answers, 0);
    return s;
}

/* The first history a kiosk hears of comes by stick: the link knows it too, and a later one will not pass for the first. */
static enum saying history_by_stick(void)
{
    CHECK_STR(kiosk.link.epoch, "");
    stage_put_answer("ack-K0012-00000001", "K0012", "");
    enum saying s = stage_carry();
    CHECK_STR(kiosk.link.epoch, "01900000-0000-7000-8000-000000000001");
    return s;
}

static const struct stage_case cases[] = {
    { "links in a circle", SAY_LINK, links_in_a_circle },
    { "a crowded folder", SAY_CROWDED, crowded_folder },
    { "names that are no text", SAY_WELL, names_that_are_no_text },
    { "names that differ in case alone", SAY_TWINS, twin_names },
    { "answer cut short", SAY_SIGNATURE, answer_cut_short },
    { "pulled while reading", SAY_PULLED, pulled_while_reading },
    { "pulled while listing", SAY_PULLED, pulled_while_listing },
    { "pulled in the middle of writing", SAY_PULLED, pulled_while_writing },
    { "full in the middle of writing", SAY_FULL, full_in_the_middle },
    { "full before", SAY_FULL, full_before },
    { "write-protected", SAY_READ_ONLY, write_protected },
    { "bytes come one by one", SAY_WELL, bytes_one_by_one },
    { "any other stick", SAY_NOT_OURS, not_a_stick },
    { "no stick", SAY_NO_STICK, no_stick },
    { "two sticks", SAY_TWO_STICKS, two_sticks },
    { "an older catalogue, with leave to go back", SAY_OLDER, older_catalogue },
    { "the same catalogue again", SAY_WELL, same_catalogue_again },
    { "a catalogue as configuration", SAY_OTHER_DOCUMENT, catalogue_as_configuration },
    { "a token as configuration", SAY_OTHER_DOCUMENT, token_as_configuration },
    { "another kiosk's answer under our name", SAY_OTHER_KIOSK, answer_of_another_kiosk },
    { "an answer of another history", SAY_HISTORY, answer_of_another_history },
    { "the first history comes by stick", SAY_WELL, history_by_stick },
    { "a neighbour's answer beside ours", SAY_WELL, swapped_between_kiosks },
};

static void test_each_accident_of_carrying_ends_in_its_sentence(void **state)
{
    (void)state;
    stage_play(cases, sizeof(cases) / sizeof(cases[0]));
}

int main(void)
{
    const struct CMUnitTest tests[] = { T(test_each_accident_of_carrying_ends_in_its_sentence) };
    return cmocka_run_group_tests(tests, stick_stage_start, stick_stage_stop);
}
