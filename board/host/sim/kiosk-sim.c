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
#include "firmware/base/text.h"

enum { POLLS = 1 + USBIP_SERVER_POLLS + CONTROL_POLLS + RELAY_POLLS };

static const char usage[] = "usage: kiosk-sim --control SOCKET [--port N] [--reader split|single] "
                            "[--persons DIR] [--out DIR]\n"
                            "                 [--county HOST:PORT] [--window]\n";

struct options {
    struct sim_choice choice;
    const char *control;
    bool has_window;
};

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
        o->choice.style = strcmp(value, "single") ? SIM_READER_SPLIT : SIM_READER_SINGLE;
        return !strcmp(value, "single") || !strcmp(value, "split");
    case 'd':
        o->choice.persons = value;
        return true;
    case 'o':
        o->choice.out = value;
        return true;
    case 't':
        o->choice.county = value;
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
        { "control", required_argument, NULL, 'c' }, { "port", required_argument, NULL, 'p' },
        { "reader", required_argument, NULL, 'r' },  { "persons", required_argument, NULL, 'd' },
        { "out", required_argument, NULL, 'o' },     { "county", required_argument, NULL, 't' },
        { "window", no_argument, NULL, 'w' },        { NULL, 0, NULL, 0 },
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
    char *text = line ? json_canonical(line) : NULL;
    bool is_said = text && puts(text) >= 0 && !fflush(stdout);
    json_text_free(text);
    return is_said;
}

static int least_wait(int a, int b)
{
    return a < 0 ? b : b < 0 || a < b ? a : b;
}

/* Until a signal, "quit" or the window's cross. */
static void run(struct sim_world *w, struct control *control, struct bench *bench, int signals)
{
    struct pollfd polls[POLLS];
    while (!w->is_over) {
        size_t usb = 1, talk = usb + usbip_server_polls(w->server, polls + usb),
               link = talk + control_polls(control, polls + talk),
               count = link + (w->relay ? relay_polls(w->relay, polls + link) : 0);
        polls[0] = (struct pollfd){ signals, POLLIN, 0 };
        if (poll(polls, count, least_wait(usbip_server_wait_ms(w->server), bench_wait_ms(bench))) <
                0 &&
            errno != EINTR)
            return;
        if (polls[0].revents)
            return;
        control_turn(control, polls + talk, link - talk);
        if (w->relay && relay_is_plugged(w->relay))
            relay_take(w->relay, polls + link, count - link);
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
    r = control_new(&control, o->control, &(struct control_port){ w, do_command });
    if (r)
        return complain(o->control, r);
    r = o->has_window ? bench_new(&bench, w) : 0;
    if (r)
        return complain("window", r);
    if (!say_where(w, o->control))
        return complain("standard output", -EIO);
    run(w, control, bench, signals);
    close(signals);
    return 0;
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
