/* pinyin: letters to Chinese, by libpinyin and the words of this place. The kiosk runs it at the other end
 * of a socket pair (--socket); by hand it answers a line of letters with a line of JSON. */
#include <getopt.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "firmware/base/json.h"
#include "firmware/base/log.h"
#include "firmware/base/text.h"
#include "ui/input/pinyin/engine/cage.h"
#include "ui/input/pinyin/engine/compose.h"

#ifndef PINYIN_DATA
#define PINYIN_DATA "" /* given by the Makefile */
#endif

enum { SOCKET = 3, WORDS = 4, WORDS_MAX = 1 << 20 };

struct options {
    bool is_socket, has_words_here, is_plain;
    unsigned flags;
    int candidates;
    const char *words;
};

/* ---- loading ----------------------------------------------------------------------------------- */

/* assets/ beside the build folder, above it, or where an image installs it. */
static bool find_assets(char out[PATH_MAX])
{
    static const char *const places[] = { "../assets", "../../assets", "../../../assets", "assets",
                                          "../share/onetrip/assets" };
    char own[PATH_MAX];
    ssize_t n = readlink("/proc/self/exe", own, sizeof(own) - 1);
    own[n > 0 ? n : 0] = 0;
    char *slash = strrchr(own, '/');
    if (!slash)
        return false;
    slash[1] = 0;
    for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++) {
        char probe[PATH_MAX];
        int length = snprintf(out, PATH_MAX, "%s%s", own, places[i]);
        if (length < 0 || length >= PATH_MAX - 32)
            continue;
        snprintf(probe, sizeof(probe), "%.*s/input/words.tsv", length, out);
        if (!access(probe, R_OK))
            return true;
    }
    return false;
}

static void add_words_here(struct words *w, struct guess *g)
{
    struct stat st;
    if (fstat(WORDS, &st) || st.st_size <= 0 || st.st_size > WORDS_MAX)
        return;
    void *text = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, WORDS, 0);
    if (text == MAP_FAILED)
        return;
    words_add_lines(w, g, text, (size_t)st.st_size);
    munmap(text, (size_t)st.st_size);
    close(WORDS);
}

static int load_assets(struct words *w, struct guess *g, const struct options *o)
{
    char assets[PATH_MAX], a[PATH_MAX + 32], b[PATH_MAX + 32];
    if (!find_assets(assets)) {
        log_line(LOG_ERROR, "pinyin", "assets/input is not where this program looks for it");
        return fault_raise(-ENOENT);
    }
    snprintf(a, sizeof(a), "%s/input/surnames.tsv", assets);
    snprintf(b, sizeof(b), "%s/input/given.tsv", assets);
    int r = words_add_names(w, a, b);
    snprintf(a, sizeof(a), "%s/input/words.tsv", assets);
    r = r ? r : words_add_file(w, g, a);
    snprintf(a, sizeof(a), "%s/catalogue/catalogue.json", assets);
    /* A broken catalogue is the kiosk's affair; words are words. */
    if (!r && !o->has_words_here && words_add_catalogue(w, g, a))
        log_line(LOG_WARNING, "pinyin", "going on without the catalogue's words");
    return r;
}

static int load(struct words *w, struct guess **g, const struct options *o)
{
    int r = guess_new(g);
    r = r ? r : lexicon_new(&w->here);
    r = r ? r : lexicon_new(&w->surnames);
    r = r ? r : lexicon_new(&w->given);
    if (r || o->is_plain)
        return r;
    r = load_assets(w, *g, o);
    if (!r && o->words)
        r = words_add_file(w, *g, o->words);
    if (!r && o->has_words_here)
        add_words_here(w, *g);
    return r ? r : words_settle(w);
}

/* Pages that every question needs are there before the first one. */
static void warm_up(struct guess *g, const struct words *w)
{
    static const char *const words[] = { "nihao", "sfz", "shaoxingshi", "wangxiaoming" };
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        struct wire_question q = { .most = SPELLER_CANDIDATES_MAX,
                                   .flags = i == 3 ? SPELLER_NAME | SPELLER_FIRST : 0 };
        struct speller_answer answer = { 0 };
        text_copy(q.letters, sizeof(q.letters), words[i]);
        compose(&answer, g, w, &q);
    }
}

/* ---- at the socket ----------------------------------------------------------------------------- */

static int serve(struct guess *g, const struct words *w)
{
    uint8_t in[WIRE_QUESTION_MAX + 1], out[WIRE_ANSWER_MAX];
    for (;;) {
        struct wire_question q;
        struct speller_answer answer = { 0 };
        ssize_t n = recv(SOCKET, in, sizeof(in), 0);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return 0; /* the kiosk is gone */
        if (wire_get_question(&q, in, (size_t)n))
            return 1;
        compose(&answer, g, w, &q);
        size_t length = wire_put_answer(out, q.serial, &answer);
        if (send(SOCKET, out, length, MSG_NOSIGNAL) != (ssize_t)length)
            return 0;
        explicit_bzero(in, sizeof(in));
        explicit_bzero(out, sizeof(out));
        explicit_bzero(&q, sizeof(q));
        explicit_bzero(&answer, sizeof(answer));
    }
}

/* ---- by hand ----------------------------------------------------------------------------------- */

static void tell(const struct speller_answer *answer)
{
    AUTO(json_release) json_t *line = json_object();
    json_t *list = json_array();
    for (size_t i = 0; i < answer->count; i++)
        json_array_append_new(list, json_string(answer->list[i].text));
    json_object_set_new(line, "candidates", list);
    char *text = json_dumps(line, JSON_COMPACT);
    puts(text ? text : "{\"candidates\":[]}");
    json_text_free(text);
    fflush(stdout);
}

/* What a line means: capitals are letters too, ü is v, anything else is left out. */
static void read_letters(char out[SPELLER_LETTERS_MAX + 1], const char *line)
{
    size_t used = 0;
    for (const char *c = line; *c && used < SPELLER_LETTERS_MAX; c++) {
        char letter = *c >= 'A' && *c <= 'Z' ? (char)(*c - 'A' + 'a') : *c;
        if ((unsigned char)c[0] == 0xc3 && (unsigned char)c[1] == 0xbc)
            letter = 'v';
        bool is_divider = letter == '\'' && used && out[used - 1] != '\'';
        if ((letter >= 'a' && letter <= 'z') || is_divider)
            out[used++] = letter;
    }
    out[used] = 0;
}

static int converse(struct guess *g, const struct words *w, const struct options *o)
{
    char line[512];
    while (fgets(line, sizeof(line), stdin)) {
        struct wire_question q = { .most = (size_t)o->candidates, .flags = o->flags };
        struct speller_answer answer = { 0 };
        read_letters(q.letters, line);
        if (*q.letters && o->is_plain)
            compose_plain(&answer, g, &q);
        else if (*q.letters)
            compose(&answer, g, w, &q);
        tell(&answer);
    }
    return 0;
}

/* ---- options ----------------------------------------------------------------------------------- */

static const char usage[] =
    "usage: pinyin [--candidates N] [--name | --given] [--fuzzy-ng] [--words FILE] [--plain]\n"
    "Reads lines of letters, answers each with {\"candidates\":[...]}.\n"
    "  --candidates N  at most N of them, 1 to 40 (10)\n"
    "  --name          a person's name from its first character: surnames first\n"
    "  --given         further characters of a name\n"
    "  --fuzzy-ng      an/ang, en/eng, in/ing and l/n sound alike\n"
    "  --words FILE    more words: lines of \"letters word\", as assets/input/words.tsv\n"
    "  --plain         libpinyin alone, without the words of this place\n";

static bool read_options(struct options *o, int argc, char **argv)
{
    static const struct option names[] = {
        { "candidates", required_argument, NULL, 'c' },
        { "name", no_argument, NULL, 'n' },
        { "given", no_argument, NULL, 'g' },
        { "fuzzy-ng", no_argument, NULL, 'f' },
        { "words", required_argument, NULL, 'w' },
        { "plain", no_argument, NULL, 'p' },
        { "socket", no_argument, NULL, 's' },
        { "words-here", no_argument, NULL, 'W' },
        { NULL, 0, NULL, 0 },
    };
    int c;
    while ((c = getopt_long(argc, argv, "", names, NULL)) >= 0) {
        if (c == 'c' && (!text_to_int(&o->candidates, optarg) || o->candidates < 1 ||
                         o->candidates > SPELLER_CANDIDATES_MAX))
            return false;
        o->flags |= c == 'n' ? SPELLER_NAME | SPELLER_FIRST : c == 'g' ? SPELLER_NAME : 0;
        o->flags |= c == 'f' ? SPELLER_FUZZY_NG : 0;
        o->words = c == 'w' ? optarg : o->words;
        o->is_plain |= c == 'p';
        o->is_socket |= c == 's';
        o->has_words_here |= c == 'W';
        if (c == '?')
            return false;
    }
    return optind == argc;
}

int main(int argc, char **argv)
{
    struct options o = { .candidates = 10 };
    struct words w = { 0 };
    struct guess *g = NULL;
    if (!read_options(&o, argc, argv)) {
        fputs(usage, stderr);
        return 2;
    }
    int r = cage_begin(o.has_words_here ? WORDS : o.is_socket ? SOCKET : STDERR_FILENO);
    r = r ? r : load(&w, &g, &o);
    r = r ? r : cage_close(PINYIN_DATA, o.is_socket);
    if (!r && !o.is_plain)
        warm_up(g, &w);
    int status = r ? 1 : o.is_socket ? serve(g, &w) : converse(g, &w, &o);
    guess_free(g);
    words_free(&w);
    return status;
}
