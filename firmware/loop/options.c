#include "firmware/loop/options.h"

#include <getopt.h>
#include <stdio.h>

#include "firmware/base/text.h"

static void usage(FILE *to)
{
    fputs("usage: kiosk [options]\n"
          "  --syncd SOCKET     local socket of kiosk-syncd\n"
          "  --assets DIR       catalogue/ and translations\n"
          "  --catalogue FILE   another catalogue\n"
          "  --preview FILE ITEM  show this item of a catalogue as it is being written\n"
          "  --trust DIR        CA certificates of the county\n"
          "  --locale DIR       compiled translations\n"
          "  --usbip HOST:PORT  simulated devices instead of USB\n"
          "  --robot SOCKET     take commands there, kiosk-robot(7)\n"
          "  --case-url URL     prefix of the number in the slip's code\n"
          "  --phone-url URL    the county's page where a form goes on by phone\n"
          "  --reader-tty PATH  an ID reader on this serial line\n"
          "  --sticks DIR       service sticks are mounted under this folder, each in a folder\n"
          "  --settings SOCKET  whoever keeps what staff set there\n"
          "  --occupied FILE    lock it while anybody is here\n"
          "  --not-fitted LIST  devices this kiosk has none of: printer,keypad,scanner,sound\n"
          "  --panel NAME       1080x1920 (as delivered), 1200x1920, 1920x1080 or 1280x800\n"
          "  --scale PERCENT    size of the window; 0 fits the display\n"
          "  --headless         no window\n"
          "  --begin            a visit without a card has begun\n"
          "  --mute             no speech program; a robot can still read what would be said\n",
          to);
}

enum option_id {
    OPT_SYNCD = 1,
    OPT_ASSETS,
    OPT_CATALOGUE,
    OPT_TRUST,
    OPT_LOCALE,
    OPT_USBIP,
    OPT_ROBOT,
    OPT_CASE_URL,
    OPT_PHONE_URL,
    OPT_READER_TTY,
    OPT_STICKS,
    OPT_SETTINGS,
    OPT_OCCUPIED,
    OPT_NOT_FITTED,
    OPT_PANEL,
    OPT_SCALE,
    OPT_HEADLESS,
    OPT_BEGIN,
    OPT_PREVIEW,
    OPT_MUTE,
    OPT_HELP
};

static const struct option long_options[] = {
    { "syncd", required_argument, NULL, OPT_SYNCD },
    { "assets", required_argument, NULL, OPT_ASSETS },
    { "catalogue", required_argument, NULL, OPT_CATALOGUE },
    { "trust", required_argument, NULL, OPT_TRUST },
    { "locale", required_argument, NULL, OPT_LOCALE },
    { "usbip", required_argument, NULL, OPT_USBIP },
    { "robot", required_argument, NULL, OPT_ROBOT },
    { "case-url", required_argument, NULL, OPT_CASE_URL },
    { "phone-url", required_argument, NULL, OPT_PHONE_URL },
    { "reader-tty", required_argument, NULL, OPT_READER_TTY },
    { "sticks", required_argument, NULL, OPT_STICKS },
    { "settings", required_argument, NULL, OPT_SETTINGS },
    { "occupied", required_argument, NULL, OPT_OCCUPIED },
    { "not-fitted", required_argument, NULL, OPT_NOT_FITTED },
    { "panel", required_argument, NULL, OPT_PANEL },
    { "scale", required_argument, NULL, OPT_SCALE },
    { "headless", no_argument, NULL, OPT_HEADLESS },
    { "begin", no_argument, NULL, OPT_BEGIN },
    { "preview", required_argument, NULL, OPT_PREVIEW },
    { "mute", no_argument, NULL, OPT_MUTE },
    { "help", no_argument, NULL, OPT_HELP },
    { NULL, 0, NULL, 0 }
};

int options_read(struct options *o, int argc, char **argv)
{
    const char **texts[] = { [OPT_SYNCD] = &o->socket,        [OPT_ASSETS] = &o->assets,
                             [OPT_CATALOGUE] = &o->catalogue, [OPT_TRUST] = &o->trust,
                             [OPT_LOCALE] = &o->locale,       [OPT_USBIP] = &o->usbip,
                             [OPT_ROBOT] = &o->robot,         [OPT_CASE_URL] = &o->case_url,
                             [OPT_PHONE_URL] = &o->phone_url, [OPT_READER_TTY] = &o->reader_ttys[0],
                             [OPT_STICKS] = &o->sticks,       [OPT_SETTINGS] = &o->settings,
                             [OPT_OCCUPIED] = &o->occupied,   [OPT_NOT_FITTED] = &o->not_fitted,
                             [OPT_PANEL] = &o->panel };
    int id;
    while ((id = getopt_long(argc, argv, "", long_options, NULL)) != -1) {
        if (id >= OPT_SYNCD && id <= OPT_PANEL)
            *texts[id] = optarg;
        else if (id == OPT_SCALE && text_to_int(&o->scale_percent, optarg))
            continue;
        else if (id == OPT_HEADLESS)
            o->is_headless = true;
        else if (id == OPT_BEGIN)
            o->begins = true;
        else if (id == OPT_PREVIEW)
            o->preview = optarg;
        else if (id == OPT_MUTE)
            o->is_mute = true;
        else {
            usage(id == OPT_HELP ? stdout : stderr);
            return id == OPT_HELP ? 1 : 2;
        }
    }
    if (o->preview && optind < argc)
        o->item = argv[optind++];
    return optind < argc || (o->preview && !o->item) ? (usage(stderr), 2) : 0;
}
