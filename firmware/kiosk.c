/* kiosk: the touch application. Builds its objects and wires them; the loop is firmware/loop. No
 * network, no disk. */
#include <glob.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "firmware/base/locked.h"
#include "firmware/base/log.h"
#include "firmware/loop/kiosk.h"
#include "firmware/loop/place.h"
#include "ui/text/tr.h"

/* SIGTERM and SIGINT are blocked everywhere and taken by one thread, so that no handler interrupts
 * anything. */
static void *await_signal(void *context)
{
    struct kiosk *k = context;
    sigset_t set;
    int number;
    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGUSR1); /* from take_down(): nothing more to wait for */
    sigwait(&set, &number);
    atomic_store(&k->is_ending, true);
    if (number != SIGUSR1)
        present_wake(k->presenter);
    return NULL;
}

static void block_signals(void)
{
    sigset_t set;
    signal(SIGPIPE, SIG_IGN);
    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGUSR1);
    pthread_sigmask(SIG_BLOCK, &set, NULL);
}

/* ---- clock --------------------------------------------------------------------------- */

static int64_t clock_offset(const struct clock *clock)
{
    return atomic_load(&((struct kiosk_clock *)(uintptr_t)clock)->offset_ms);
}

static int64_t kiosk_boot_ms(const struct clock *clock)
{
    return system_clock.boot_ms(&system_clock) + clock_offset(clock);
}

static int64_t kiosk_wall_ms(const struct clock *clock)
{
    return system_clock.wall_ms(&system_clock) + clock_offset(clock);
}

/* ---- building ------------------------------------------------------------------------ */

static void wake(void *presenter)
{
    present_wake(presenter);
}

static void drop_post(void *post)
{
    post_free(post);
}

/* The engines for Chinese. Without one of them the other ways to write still work. */
static int start_writing(struct kiosk *k)
{
    char model[512], helper[512];
    if (!handwriting_find_model(model, sizeof(model)) || handwriting_open(&k->handwriting, model))
        log_line(LOG_ERROR, "kiosk", "no handwriting model: writing by hand is not read");
    place_beside_program(helper, sizeof(helper), "pinyin");
    return spelling_start(&k->spelling, helper, &k->clock.base, k->inbox);
}

/* Shipped with the firmware; the county's newer one replaces it later. Without any the kiosk says
 * "out of service". */
static void load_catalogue(struct kiosk *k)
{
    char complaint[CATALOGUE_COMPLAINT], path[512];
    snprintf(path, sizeof(path), "%s/catalogue/catalogue.json", k->options.assets);
    const char *file = k->options.catalogue ? k->options.catalogue : path;
    if (k->options.preview) /* preview.c reads it */
        return;
    if (catalogue_load_file(&k->catalogue, file, complaint))
        log_line(LOG_ERROR, "kiosk", "no catalogue: %s", complaint);
    session_set_catalogue(k->session, k->catalogue);
}

/* What staff practise with. Without it there is practice, but no scores. */
static void load_exercises(struct kiosk *k)
{
    char complaint[EXERCISE_COMPLAINT], path[512];
    snprintf(path, sizeof(path), "%s/practice/exercises.json", k->options.assets);
    if (exercises_load_file(&k->exercises, path, complaint))
        log_line(LOG_ERROR, "kiosk", "no exercises: %s", complaint);
    session_set_exercises(k->session, k->exercises);
}

/* Holidays of the years that are known. Without them days are counted by weekends, and said to be provisional. */
static void load_calendar(struct kiosk *k)
{
    char pattern[512], complaint[CALENDAR_COMPLAINT];
    glob_t found = { 0 };
    snprintf(pattern, sizeof(pattern), "%s/calendar/[0-9]*.json", k->options.assets);
    if (!glob(pattern, 0, NULL, &found))
        for (size_t i = 0; i < found.gl_pathc; i++)
            if (calendar_learn_file(&k->calendar, found.gl_pathv[i], complaint))
                log_line(LOG_ERROR, "kiosk", "no holidays: %s", complaint);
    globfree(&found);
}

/* The board's own glass, or another one to try on a desktop. */
static struct panel panel_of(const struct options *o)
{
    static const struct {
        const char *name;
        struct panel panel;
    } known[] = { { "1080x1920", { 1080, 1920, 4.03 } },
                  { "1200x1920", { 1200, 1920, 4.03 } },
                  { "1920x1080", { 1920, 1080, 4.03 } },
                  { "1280x800", { 1280, 800, 2.95 } } };
    for (size_t i = 0; o->panel && i < sizeof(known) / sizeof(known[0]); i++)
        if (!strcmp(known[i].name, o->panel))
            return known[i].panel;
    if (o->panel)
        log_line(LOG_WARNING, "kiosk", "no such panel: %s", o->panel);
    return panel_reference;
}

static int build_screen(struct kiosk *k)
{
    char table[512];
    snprintf(table, sizeof(table), "%s/input/rare.bin", k->options.assets);
    if (rare_open(&k->rare, table))
        log_line(LOG_ERROR, "kiosk", "no table of rare characters");
    struct panel panel = panel_of(&k->options);
    struct stage_config stage = { .fonts = &this_board.fonts,
                                  .theme = &theme_light,
                                  .clock = &k->clock.base,
                                  .utc_offset_minutes = this_board.utc_offset_minutes,
                                  .panel = panel,
                                  .rare = k->rare };
    glass_open(&k->glass, panel.width, panel.height);
    int r = k->options.is_headless ? present_nowhere(&k->presenter)
                                   : board_open_display(&k->presenter, panel.width, panel.height,
                                                        k->options.scale_percent);
    if (!r)
        r = stage_new(&k->stage, &stage);
    if (!r)
        k->has_signal_thread = !pthread_create(&k->signal_thread, NULL, await_signal, k);
    return r;
}

static int build_session(struct kiosk *k)
{
    struct session_config config = { .clock = &k->clock.base,
                                     .ports = &kiosk_ports,
                                     .context = k,
                                     .utc_offset_minutes = this_board.utc_offset_minutes,
                                     .case_url = k->options.case_url,
                                     .phone_url = k->options.phone_url,
                                     .tongues = &k->tongues,
                                     .calendar = &k->calendar };
    load_calendar(k);
    int r = session_new(&k->session, &config);
    if (r)
        return r;
    if (trust_load(&k->trust, k->options.trust))
        log_line(LOG_ERROR, "kiosk", "no CA certificates in %s: nothing can be accepted",
                 k->options.trust);
    load_catalogue(k);
    load_exercises(k);
    return 0;
}

static int start_workers(struct kiosk *k)
{
    struct robot_hands hands = kiosk_robot_hands;
    /* Simulated devices are all there is, unless a line is named. */
    bool is_named = k->options.usbip || *k->options.reader_ttys;
    struct reader_choice readers = { k->options.usbip, is_named ? k->options.reader_ttys : NULL };
    hands.context = k;
    /* A preview hands nothing in: there is nobody to hand it to. */
    const char *socket = k->options.preview ? "/nonexistent/preview" : k->options.socket;
    int r = link_start(&k->link, socket, k->inbox);
    if (!r)
        r = reader_open(&k->reader, &readers, &k->clock.base, k->inbox);
    if (!r)
        r = paper_start(&k->paper, k->options.usbip, &k->clock.base, k->inbox);
    if (!r)
        r = printing_new(&k->printing, k->link, k->paper);
    if (!r)
        r = keypad_start(&k->keypad, k->options.usbip, &k->clock.base, k->inbox);
    if (!r)
        r = scanner_start(&k->scanner, k->options.usbip, &k->clock.base, k->inbox);
    if (!r)
        r = start_writing(k);
    if (!r)
        r = staff_start(k);
    if (!r && k->options.robot)
        r = robot_start(&k->robot, k->options.robot, &hands, k->inbox);
    return r;
}

static int build(struct kiosk *k)
{
    occupied_open(&k->occupied, k->options.occupied);
    k->clock.base = (struct clock){ kiosk_boot_ms, kiosk_wall_ms };
    int r = tr_open(k->options.locale);
    if (!r)
        tr_tongues(&k->tongues, k->options.locale);
    if (!r)
        r = queue_new(&k->inbox, 1024, drop_post);
    if (!r)
        r = build_screen(k);
    if (!r)
        r = build_session(k);
    if (!r)
        r = staff_open(k);
    if (r)
        return r;
    queue_set_wake(k->inbox, wake, k->presenter);
    if (k->options.begins)
        session_handle(k->session, &(struct event){ .kind = EV_BEGIN, .name = "", .value = "" });
    kiosk_settle(k); /* the first picture, before any device is looked for */
    return start_workers(k);
}

static void take_down(struct kiosk *k)
{
    if (k->inbox)
        queue_close(k->inbox);
    if (k->has_signal_thread) {
        pthread_kill(k->signal_thread, SIGUSR1);
        pthread_join(k->signal_thread, NULL);
    }
    robot_stop(k->robot);
    link_stop(k->link);
    reader_stop(k->reader);
    paper_stop(k->paper);
    post_free(k->next);
    slips_drop(k);
    printing_free(k->printing);
    keypad_stop(k->keypad);
    scanner_stop(k->scanner);
    spelling_stop(k->spelling);
    staff_close(k);
    voice_free(k->reading.voice);
    slip_free(k->reading.slip);
    handwriting_free(k->handwriting);
    rare_free(k->rare);
    session_free(k->session);
    occupied_close(&k->occupied);
    exercises_free(k->exercises);
    catalogue_free(k->catalogue);
    catalogue_free(k->next_catalogue);
    trust_free(k->trust);
    stage_free(k->stage);
    queue_free(k->inbox);
    present_free(k->presenter);
}

int main(int argc, char **argv)
{
    struct kiosk kiosk = { .options = { .socket = this_board.socket,
                                        .assets = this_board.assets,
                                        .trust = this_board.trust,
                                        .locale = "build/locale",
                                        .case_url = "",
                                        .phone_url = "",
                                        .scale_percent = 0 } };
    int usage_code = options_read(&kiosk.options, argc, argv);
    if (usage_code)
        return usage_code == 1 ? 0 : 2;
    notify_start(&kiosk.notify);
    locked_process();
    locked_json();
    block_signals();
    int r = build(&kiosk);
    if (r)
        log_line(LOG_ERROR, "kiosk", "cannot start: %s", strerrorname_np(-r));
    else
        kiosk_run(&kiosk);
    notify_end(&kiosk.notify);
    take_down(&kiosk);
    return r ? 1 : 0;
}
