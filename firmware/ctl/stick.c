#include "firmware/ctl/stick.h"

#include <string.h>

#include "firmware/ctl/stick_inside.h"
#include "firmware/service/errand.h"

static const char usage[] =
    "stick make MOUNT serial=S role=paper|clerk|technician|inspector kiosks=K,K* key=FILE "
    "certificate=FILE [days=N] [pin-file=FILE]\n"
    "          stick update MOUNT bundle=FILE key=FILE certificate=FILE [replaces=V,V]\n"
    "          stick check MOUNT [kiosk=K] [trust=DIR]\n"
    "          stick carry MOUNT";

const char *ctl_value(int argc, char **argv, const char *name)
{
    size_t length = strlen(name);
    for (int i = 0; i < argc; i++)
        if (!strncmp(argv[i], name, length) && argv[i][length] == '=')
            return argv[i] + length + 1;
    return NULL;
}

static const char *name_of(const char *word, const char *const *names)
{
    const char *equals = strchr(word, '=');
    size_t length = equals ? (size_t)(equals - word) : 0;
    for (; length && *names; names++)
        if (strlen(*names) == length && !strncmp(*names, word, length))
            return *names;
    return NULL;
}

bool ctl_values_are_known(int argc, char **argv, const char *const *names)
{
    for (int i = 0; i < argc; i++) {
        const char *name = name_of(argv[i], names);
        if (!name) {
            ctl_fail("%s is not understood", argv[i]);
            return false;
        }
        for (int j = 0; j < i; j++)
            if (name == name_of(argv[j], names)) {
                ctl_fail("%s is given twice", name);
                return false;
            }
    }
    return true;
}

int ctl_say(const char *what, enum saying s)
{
    return ctl_fail("%s: %s", what, saying_en(s));
}

int ctl_open_stick(struct stick **out, const char *mount)
{
    int r = stick_open(out, mount, NULL);
    return r ? ctl_say(mount, saying_of_stick(r)) : 0;
}

int ctl_stick(const struct ctl *c, int argc, char **argv)
{
    static const struct {
        const char *word;
        int (*run)(const struct ctl *c, const char *mount, int argc, char **argv);
    } commands[] = { { "make", ctl_stick_make },
                     { "check", ctl_stick_check },
                     { "update", ctl_stick_update },
                     { "carry", ctl_stick_carry } };
    for (size_t i = 0; argc >= 2 && i < sizeof(commands) / sizeof(commands[0]); i++)
        if (!strcmp(argv[0], commands[i].word))
            return commands[i].run(c, argv[1], argc - 2, argv + 2);
    ctl_fail("%s", usage);
    return 2;
}
