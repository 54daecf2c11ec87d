/* kioskctl: the technician's command line. Asks kiosk-syncd; opens devices itself while kiosk is stopped. */
#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "board/board.h"
#include "firmware/base/locked.h"
#include "firmware/base/text.h"
#include "firmware/ctl/audit.h"
#include "firmware/ctl/catalogue.h"
#include "firmware/ctl/ctl.h"
#include "firmware/ctl/stick.h"
#include "firmware/ctl/update.h"

static const struct ctl_command commands[] = {
    { "status", "", "link, queue, documents", ctl_status },
    { "queue list", "[STATE]", "what waits: queued, held, accepted, dead", ctl_queue_list },
    { "queue sync", "", "try to reach the county now", ctl_queue_sync },
    { "queue release", "SEQ", "queue a held item again", ctl_queue_release },
    { "enrol", "CODE", "join the county with a one-time code", ctl_enrol },
    { "events", "[FROM]", "what happened, without person data", ctl_events },
    { "devices --watch", "", "the same, shown anew whenever it changes", ctl_devices_watch },
    { "devices", "", "what is plugged in, and why it does not work", ctl_devices },
    { "card read --contact", "", "a chip card in a PC/SC reader", ctl_card_contact },
    { "card read", "", "read the card on the plate and print it", ctl_card_read },
    { "print --test", "", "print a test page", ctl_print_test },
    { "printer", "", "how the printer is, and what it can prove", ctl_printer },
    { "keypad", "", "show the keys that are pressed", ctl_keypad },
    { "scanner", "", "read one code and show it", ctl_scanner },
};

enum { COMMANDS = sizeof(commands) / sizeof(commands[0]) };

static void usage(FILE *to)
{
    fputs("usage: kioskctl [--json] [--syncd SOCKET] [--usbip HOST:PORT] [--wait MS] COMMAND\n",
          to);
    for (size_t i = 0; i < COMMANDS; i++)
        fprintf(to, "  %-20s %-8s %s\n", commands[i].words, commands[i].argument, commands[i].help);
    fputs("  catalogue check|list|show|diff FILE...  for editors, kioskctl-catalogue(1)\n", to);
    fputs("  stick make|update|check|carry MOUNT...  service sticks, kioskctl-stick(1)\n", to);
    fputs("  audit verify ca=FILE FILE...            what staff did, one history? kioskctl(1)\n",
          to);
    fputs("  update check FOLDER...                  may this update be installed here?\n", to);
}

/* What is left after the command's words, or NULL when `words` is not this command. At most one argument. */
static const char *argument_of(const struct ctl_command *command, const char *words)
{
    size_t length = strlen(command->words);
    if (strncmp(words, command->words, length) != 0 || (words[length] && words[length] != ' '))
        return NULL;
    const char *rest = words[length] ? words + length + 1 : "";
    bool takes_one = *command->argument != 0;
    return strchr(rest, ' ') || (*rest && !takes_one) ? NULL : rest;
}

static int run(const struct ctl *c, const char *words)
{
    for (size_t i = 0; i < COMMANDS; i++) {
        const char *argument = argument_of(&commands[i], words);
        if (argument)
            return commands[i].run(c, argument);
    }
    usage(stderr);
    return 2;
}

enum option_id {
    OPT_JSON = 1,
    OPT_SYNCD,
    OPT_USBIP,
    OPT_WAIT,
    OPT_TEST,
    OPT_WATCH,
    OPT_CONTACT,
    OPT_HELP
};

static const struct option long_options[] = {
    { "json", no_argument, NULL, OPT_JSON },
    { "syncd", required_argument, NULL, OPT_SYNCD },
    { "usbip", required_argument, NULL, OPT_USBIP },
    { "wait", required_argument, NULL, OPT_WAIT },
    { "test", no_argument, NULL, OPT_TEST },
    { "watch", no_argument, NULL, OPT_WATCH },
    { "contact", no_argument, NULL, OPT_CONTACT },
    { "help", no_argument, NULL, OPT_HELP },
    { NULL, 0, NULL, 0 },
};

/* 0 go on, 1 end well, 2 wrong usage. */
static int take_option(struct ctl *c, int id, const char **mark)
{
    switch (id) {
    case OPT_JSON:
        c->is_json = true;
        return 0;
    case OPT_SYNCD:
        c->socket = optarg;
        return 0;
    case OPT_USBIP:
        c->usbip = optarg;
        return 0;
    case OPT_WAIT:
        c->has_wait = true;
        return text_to_int(&c->wait_ms, optarg) && c->wait_ms >= 0 ? 0 : 2;
    case OPT_TEST:
    case OPT_WATCH:
    case OPT_CONTACT:
        *mark = id == OPT_TEST ? " --test" : id == OPT_WATCH ? " --watch" : " --contact";
        return 0;
    case OPT_HELP:
        usage(stdout);
        return 1;
    default:
        return 2;
    }
}

/* Options may stand before, between and behind the words. */
int main(int argc, char **argv)
{
    struct ctl c = { .socket = this_board.socket, .wait_ms = 15000 };
    char words[256] = "";
    const char *mark = "";
    int id, r = 0;
    signal(SIGPIPE, SIG_IGN);
    locked_process();
    locked_json();
    while (!r && (id = getopt_long(argc, argv, "", long_options, NULL)) != -1)
        r = take_option(&c, id, &mark);
    if (r) {
        if (r == 2)
            usage(stderr);
        return r == 1 ? 0 : 2;
    }
    if (optind < argc && !strcmp(argv[optind], "catalogue"))
        return ctl_catalogue(&c, argc - optind - 1, argv + optind + 1);
    if (optind < argc && !strcmp(argv[optind], "audit"))
        return ctl_audit(&c, argc - optind - 1, argv + optind + 1);
    if (optind < argc && !strcmp(argv[optind], "update"))
        return ctl_update(&c, argc - optind - 1, argv + optind + 1);
    if (optind < argc && !strcmp(argv[optind], "stick"))
        return ctl_stick(&c, argc - optind - 1, argv + optind + 1);
    for (int i = optind; i < argc; i++) {
        size_t used = strlen(words);
        snprintf(words + used, sizeof(words) - used, "%s%s", used ? " " : "", argv[i]);
    }
    size_t used = strlen(words);
    snprintf(words + used, sizeof(words) - used, "%s", mark);
    return run(&c, words);
}
