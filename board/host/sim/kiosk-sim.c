/* kiosk-sim: an ID reader and a receipt printer as USB devices over USB/IP, moved by a control socket and a bench window. */
#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "board/host/sim/bench.h"
#include "board/host/sim/commands.h"
#include "board/host/sim/control.h"
#include "firmware/base/json.h"
#include "firmware/base/log.h"
#include "firmware/base/text.h"

enum { POLLS = 1 + USBIP_SERVER_POLLS + CONTROL_POLLS + RELAY_POLLS + SIM_SERIAL_POLLS };

static const char usage[] =
    "usage: kiosk-sim --control SOCKET [--port N] [--reader split|single|hid|serial]\n"
    "                 [--keypad plain|functions|none] [--scanner keyboard|pos|serial|none]\n"
    "                 [--persons DIR] [--out DIR] [--county HOST:PORT] [--window]\n"
    "                 [--scenario FILE] [--fast]\n";

struct options {
    struct sim_choice choice;
    const char *control, *scenario;
    bool has_window;
};

/* Place of the word in the list, which NULL ends; -1: none of them. */
static int choose(const char *word, const char *const *words)
{
    for (int i = 0; words[i]; i++)
        if (!strcmp(word, words[i]))
            return i;
    return -1;
}

static bool choose_keypad(struct sim_choice *c, const char *word)
{
    static const char *const words[] = { "plain", "functions", "none", NULL };
    int i = choose(word, words);
    c->has_no_keypad = i == 2;
    c->keypad = i == 1 ? SIM_KEYPAD_FUNCTIONS : SIM_KEYPAD_PLAIN;
    return i >= 0;
}

static bool choose_scanner(struct sim_choice *c, const char *word)
{
    static const char *const words[] = { "keyboard", "pos", "serial", "none", NULL };
    int i = choose(word, words);
    c->has_no_scanner = i == 3;
    c->scanner = i >= 0 && i < 3 ? (enum sim_scanner_style)i : SIM_SCANNER_KEYBOARD;
    return i >= 0;
}

static bool take_option(struct options *o, int letter, const char *value)
{
    int port;
    switch (letter) {
    case 'c':
        o->control = value;
        return true;
    case 'p':
        if (!text_to_int(&port, value) || port < 0 || port > 65535)
            return false;
        o->choice.port = (uint16_t)port;
        return true;
    case 'r':
        return sim_reader_style_of(&o->choice.style, value);
    case 'k':
        return choose_keypad(&o->choice, value);
    case 's':
        return choose_scanner(&o->choice, value);
    case 'd':
        o->choice.persons = value;
        return true;
    case 'o':
        o->choice.out = value;
        return true;
    case 't':
        o->choice.county = value;
        return true;
    case 'n':
        o->scenario = value;
        return true;
    case 'f':
        o->choice.is_fast = true;
        return true;
    case 'w':
        o->has_window = true;
        return true;
    default:
        return false;
    }
}

static bool read_options(struct options *o, int argc, char **argv)
{
    static const struct option known[] = {
        { "control", required_argument, NULL, 'c' },  { "port", required_argument, NULL, 'p' },
        { "reader", required_argument, NULL, 'r' },   { "persons", required_argument, NULL, 'd' },
        { "out", required_argument, NULL, 'o' },      { "county", required_argument, NULL, 't' },
        { "keypad", required_argument, NULL, 'k' },   { "scanner", required_argument, NULL, 's' },
        { "scenario", required_argument, NULL, 'n' }, { "fast", no_argument, NULL, 'f' },
        { "window", no_argument, NULL, 'w' },         { NULL, 0, NULL, 0 },
    };
    int letter;
    while ((letter = getopt_long(argc, argv, "", known, NULL)) != -1)
        if (!take_option(o, letter, optarg))
            return false;
    return o->control && optind == argc;
}

static json_t *do_command(void *context, const json_t *request)
{
    return sim_world_do(context, request);
}

/* One line, once everything answers: who started us waits for it. */
static bool say_where(const struct sim_world *w, const char *control)
{
    char usbip[32], county[32];
    snprintf(usbip, sizeof(usbip), "127.0.0.1:%u", usbip_server_port(w->server));
    AUTO(json_release) json_t *line = json_pack("{ss ss}", "usbip", usbip, "control", control);
    if (w->relay) {
        snprintf(county, sizeof(county), "127.0.0.1:%u", relay_port(w->relay));
        json_object_set_new(line, "county", json_string(county));
    }
    if (w->line)
        json_object_set_new(line, "tty", json_string(sim_serial_path(w->line)));
    char *text = line ? json_canonical(line) : NULL;
    bool is_said = text && puts(text) >= 0 && !fflush(stdout);
    json_text_free(text);
    return is_said;
}

static int least_wait(int a, int b)
{
    return a < 0 ? b : b < 0 || a < b ? a : b;
}

static int64_t real_ms(void)
{
    return system_clock.boot_ms(&system_clock);
}

static int scenario_wait_ms(const struct sim_world *w)
{
    int64_t due = w->scenario ? scenario_due_ms(w->scenario, real_ms()) : -1;
    return due < 0 ? -1 : (int)(due - real_ms() > 0 ? due - real_ms() : 0);
}

static void play(struct sim_world *w)
{
    if (!w->scenario || scenario_state(w->scenario) != SCENARIO_RUNNING)
        return;
    enum scenario_state state = scenario_tick(w->scenario, real_ms());
    if (state == SCENARIO_DONE)
        log_line(LOG_NOTICE, "sim", "the scenario is over");
    else if (state == SCENARIO_FAILED)
        log_line(LOG_ERROR, "sim", "%s", scenario_says(w->scenario));
}

/* Until a signal, "quit" or the window's cross. */
static void run(struct sim_world *w, struct control *control, struct bench *bench, int signals)
{
    struct pollfd polls[POLLS];
    while (!w->is_over) {
        size_t usb = 1, talk = usb + usbip_server_polls(w->server, polls + usb),
               link = talk + control_polls(control, polls + talk),
               count = link + (w->relay ? relay_polls(w->relay, polls + link) : 0);
        size_t all = count + sim_world_line_polls(w, polls + count);
        polls[0] = (struct pollfd){ signals, POLLIN, 0 };
        int wait = least_wait(usbip_server_wait_ms(w->server), bench_wait_ms(bench));
        wait = least_wait(wait, least_wait(scenario_wait_ms(w), sim_world_work(w)));
        if (poll(polls, all, wait) < 0 && errno != EINTR)
            return;
        if (polls[0].revents)
            return;
        control_turn(control, polls + talk, link - talk);
        if (w->relay && relay_is_plugged(w->relay))
            relay_take(w->relay, polls + link, count - link);
        sim_world_turn_line(w);
        play(w);
        if (!bench_tick(bench))
            return;
        usbip_server_turn(w->server, polls + usb,
                          talk - usb); /* last: what was changed above shows at once */
        sim_world_collect(w);
    }
}

static int watch_signals(void)
{
    sigset_t ends;
    sigemptyset(&ends);
    sigaddset(&ends, SIGTERM);
    sigaddset(&ends, SIGINT);
    sigprocmask(SIG_BLOCK, &ends, NULL);
    return signalfd(-1, &ends, SFD_CLOEXEC | SFD_NONBLOCK);
}

static int complain(const char *what, int fault)
{
    fprintf(stderr, "kiosk-sim: %s: %s\n", what, strerror(-fault));
    return 1;
}

static int simulate(struct sim_world *w, const struct options *o)
{
    AUTO(control_free) struct control *control = NULL;
    AUTO(bench_free) struct bench *bench = NULL;
    int signals = watch_signals();
    if (signals < 0)
        return complain("signals", -errno);
    int r = sim_world_start(w, &o->choice);
    if (r)
        return complain("devices", r);
    w->picture = bench_picture;
    r = control_new(&control, o->control, &(struct control_port){ w, do_command });
    if (r)
        return complain(o->control, r);
    r = o->has_window ? bench_new(&bench, w) : 0;
    if (r)
        return complain("window", r);
    char complaint[JSON_COMPLAINT] = "no memory";
    if (o->scenario && sim_world_play(w, o->scenario, complaint)) {
        fprintf(stderr, "kiosk-sim: %s\n", complaint);
        return 1;
    }
    if (!say_where(w, o->control))
        return complain("standard output", -EIO);
    run(w, control, bench, signals);
    close(signals);
    return w->scenario && scenario_state(w->scenario) == SCENARIO_FAILED;
}

int main(int argc, char **argv)
{
    struct options o = { 0 };
    struct sim_world world = { 0 };
    if (!read_options(&o, argc, argv)) {
        fputs(usage, stderr);
        return 2;
    }
    int code = simulate(&world, &o);
    sim_world_end(&world);
    return code;
}
