#include "sync/uplink/cable.h"

#include <arpa/inet.h>
#include <dirent.h>
#include <net/if.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "firmware/base/bytes.h"

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

/* ---- its address ---------------------------------------------------------------------- */

static bool is_given(const struct sockaddr_in *at)
{
    uint32_t address = ntohl(at->sin_addr.s_addr);
    return at->sin_family == AF_INET && address >> 24 != 127 && address >> 16 != 0xa9fe;
}

static bool find_ipv4(char out[CABLE_ADDRESS])
{
    struct ifreq cards[CABLE_CARDS] = { 0 };
    struct ifconf list = { .ifc_len = sizeof(cards), .ifc_req = cards };
    int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    bool is_found = false, is_listed = fd >= 0 && !ioctl(fd, SIOCGIFCONF, &list);
    size_t count = is_listed ? (size_t)list.ifc_len / sizeof(cards[0]) : 0;
    for (size_t i = 0; i < count && !is_found; i++) {
        struct sockaddr_in at;
        memcpy(&at, &cards[i].ifr_addr, sizeof(at));
        is_found = is_given(&at) && inet_ntop(AF_INET, &at.sin_addr, out, CABLE_ADDRESS) != NULL;
    }
    if (fd >= 0)
        close(fd);
    return is_found;
}

/* "20010db8…0001 02 40 00 80 eth0": 32 digits, number, prefix, scope (00 global), flags, card. */
static bool take_ipv6(char out[CABLE_ADDRESS], const char *line)
{
    char digits[33], scope[3];
    uint8_t bytes[16];
    return sscanf(line, "%32[0-9a-f] %*s %*s %2s", digits, scope) == 2 && strlen(digits) == 32 &&
           !strcmp(scope, "00") && !hex_decode(bytes, sizeof(bytes), digits) &&
           inet_ntop(AF_INET6, bytes, out, CABLE_ADDRESS) != NULL;
}

bool cable_address6(char out[CABLE_ADDRESS], const char *file)
{
    char line[160];
    bool is_found = false;
    FILE *f = fopen(file, "re");
    while (f && !is_found && fgets(line, sizeof(line), f))
        is_found = take_ipv6(out, line);
    if (f)
        fclose(f);
    return is_found;
}

void cable_address(char out[CABLE_ADDRESS])
{
    if (!find_ipv4(out) && !cable_address6(out, "/proc/net/if_inet6"))
        out[0] = 0;
}

const char *cable_word(enum cable cable)
{
    static const char *const words[] = { "none", "out", "in" };
    return words[cable];
}
