/* seal-tool: for tests and benchmarks. Each line of standard input is sealed as kiosk does it; out
 * goes "KEY-ID BASE64". */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "firmware/base/clock.h"
#include "firmware/base/log.h"
#include "firmware/seal/seal.h"

enum { KEYS_MAX = 256 * 1024 };

static struct seal_keys *load_keys(const char *trust_folder, const char *file)
{
    char complaint[320] = "it does not chain to the sealing CA";
    struct trust *trust = NULL;
    struct seal_keys *keys = NULL;
    char *text = calloc(1, KEYS_MAX);
    FILE *f = fopen(file, "re");
    size_t length = f && text ? fread(text, 1, KEYS_MAX, f) : 0;
    if (f)
        fclose(f);
    if (!length || trust_load(&trust, trust_folder) ||
        seal_keys_parse(&keys, trust, text, length, complaint))
        log_line(LOG_ERROR, "seal-tool", "%s or %s: %s", trust_folder, file, complaint);
    trust_free(trust);
    free(text);
    return keys;
}

static int seal_line(const struct seal_keys *keys, const char *line, size_t length)
{
    struct bytes sealed AUTO_BYTES = { 0 }, text AUTO_BYTES = { 0 };
    char key_id[SEAL_KEY_ID];
    int r = seal_item(&sealed, key_id, keys, line, length, system_clock.wall_ms(&system_clock));
    if (!r)
        r = base64_encode(&text, sealed.data, sealed.length);
    if (!r)
        printf("%s %.*s\n", key_id, (int)text.length, (const char *)text.data);
    return r;
}

int main(int argc, char **argv)
{
    static const struct option longs[] = { { "trust", 1, NULL, 't' },
                                           { "keys", 1, NULL, 'k' },
                                           { NULL, 0, NULL, 0 } };
    const char *trust = NULL, *file = NULL;
    char *line = NULL;
    size_t capacity = 0;
    ssize_t length;
    int id, r = 0;
    while ((id = getopt_long(argc, argv, "", longs, NULL)) != -1) {
        trust = id == 't' ? optarg : trust;
        file = id == 'k' ? optarg : file;
    }
    if (!trust || !file) {
        fputs("usage: seal-tool --trust DIR --keys FILE < LINES\n", stderr);
        return 2;
    }
    AUTO(seal_keys_free) struct seal_keys *keys = load_keys(trust, file);
    while (keys && !r && (length = getline(&line, &capacity, stdin)) > 0)
        r = seal_line(keys, line, (size_t)length - (line[length - 1] == '\n'));
    free(line);
    return !keys || r;
}
