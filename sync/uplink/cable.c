#include "sync/uplink/cable.h"

#include <dirent.h>
#include <stdio.h>
#include <string.h>

/* The first letter of a small file; 0: there is none, or it cannot be read (`carrier` of a card that is off: EINVAL). */
static int letter_of(const char *folder, const char *card, const char *file)
{
    char path[512];
    snprintf(path, sizeof(path), "%s/%s/%s", folder, card, file);
    FILE *f = fopen(path, "re");
    int letter = f ? fgetc(f) : EOF;
    if (f)
        fclose(f);
    return letter == EOF ? 0 : letter;
}

enum cable cable_look(const char *folder)
{
    enum cable found = CABLE_NONE;
    DIR *d = opendir(folder);
    const struct dirent *e;
    while (d && (e = readdir(d))) {
        int carrier = *e->d_name == '.' || !strcmp(e->d_name, "lo")
                          ? 0
                          : letter_of(folder, e->d_name, "carrier");
        if (carrier == '1')
            found = CABLE_IN;
        else if (carrier == '0' && found == CABLE_NONE)
            found = CABLE_OUT;
    }
    if (d)
        closedir(d);
    return found;
}

const char *cable_word(enum cable cable)
{
    static const char *const words[] = { "none", "out", "in" };
    return words[cable];
}
