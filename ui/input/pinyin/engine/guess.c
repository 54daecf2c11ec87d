#include "ui/input/pinyin/engine/guess.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* pinyin.h uses bool without including it. */
#include <pinyin.h>

#include "firmware/base/log.h"
#include "firmware/base/text.h"
#include "ui/input/pinyin/engine/fit.h"

enum { INITIALS_MOST = 6 };

static const pinyin_option_t usual = PINYIN_INCOMPLETE | PINYIN_CORRECT_ALL | USE_DIVIDED_TABLE |
                                     USE_RESPLIT_TABLE | PINYIN_AMB_Z_ZH | PINYIN_AMB_C_CH |
                                     PINYIN_AMB_S_SH;
static const pinyin_option_t fuzzy_ng =
    PINYIN_AMB_AN_ANG | PINYIN_AMB_EN_ENG | PINYIN_AMB_IN_ING | PINYIN_AMB_L_N;

struct guess {
    pinyin_context_t *context;
    pinyin_instance_t *instance;
    bool is_fuzzy_ng;
};

/* Without a user folder libpinyin says "open user.conf failed" on stderr, every time. */
static pinyin_context_t *open_quietly(void)
{
    int told = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 10);
    int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
    if (told >= 0 && nowhere >= 0)
        dup2(nowhere, STDERR_FILENO);
    pinyin_context_t *context = pinyin_init(PINYIN_DATA, NULL);
    if (told >= 0 && nowhere >= 0)
        dup2(told, STDERR_FILENO);
    if (told >= 0)
        close(told);
    if (nowhere >= 0)
        close(nowhere);
    return context;
}

int guess_new(struct guess **out)
{
    AUTO(guess_free) struct guess *g = calloc(1, sizeof(*g));
    if (!g)
        return fault_raise(-ENOMEM);
    if (access(PINYIN_DATA "/table.conf", R_OK)) {
        log_line(LOG_ERROR, "pinyin", "libpinyin's tables are not in " PINYIN_DATA);
        return -ENOENT;
    }
    g->context = open_quietly();
    if (!g->context)
        return fault_raise(-ENOENT);
    pinyin_set_options(g->context, usual);
    g->instance = pinyin_alloc_instance(g->context);
    if (!g->instance)
        return fault_raise(-ENOMEM);
    *out = TAKE(g);
    return 0;
}

void guess_free(struct guess *g)
{
    if (!g)
        return;
    if (g->instance)
        pinyin_free_instance(g->instance);
    if (g->context)
        pinyin_fini(g->context);
    free(g);
}

/* ---- readings ---------------------------------------------------------------------------------- */

/* libpinyin hands out syllables as 16-bit keys in an array that the caller makes. */
enum { KEY_BYTES = 2, WORD_MOST = 6 };

static bool append(char *out, size_t room, const char *syllable)
{
    size_t used = strlen(out), n = strlen(syllable);
    if (used + n + 2 > room)
        return false;
    if (used)
        out[used++] = '\'';
    memcpy(out + used, syllable, n + 1);
    return true;
}

/* Reading `nth` of a token, appended to `out`; false, and nothing changed, if there is none that is
 * whole or its syllables do not begin as `initials` say. */
static bool read_nth(struct guess *g, phrase_token_t token, guint nth, const char *initials,
                     char *out, size_t room)
{
    GArray *keys = g_array_new(FALSE, TRUE, KEY_BYTES);
    size_t before = strlen(out);
    bool is_good = pinyin_token_get_nth_pronunciation(g->instance, token, nth, keys);
    for (guint i = 0; is_good && i < keys->len; i++) {
        gchar *syllable = NULL;
        ChewingKey *key = (ChewingKey *)(void *)(keys->data + (size_t)i * KEY_BYTES);
        is_good = pinyin_get_pinyin_string(g->instance, key, &syllable) && syllable &&
                  (!initials || !initials[i] || initials[i] == syllable[0]) &&
                  append(out, room, syllable);
        g_free(syllable);
    }
    is_good = is_good && keys->len;
    g_array_free(keys, TRUE);
    if (!is_good)
        out[before] = 0;
    return is_good;
}

static bool read_token(struct guess *g, phrase_token_t token, const char *initials, char *out,
                       size_t room)
{
    guint count = 0;
    if (!pinyin_token_get_n_pronunciation(g->instance, token, &count))
        return false;
    for (guint i = 0; i < count; i++)
        if (read_nth(g, token, i, initials, out, room))
            return true;
    return false;
}

/* The longest word at the beginning of `word` that the tables know: its characters, 0 if none. */
static size_t read_longest(struct guess *g, const char *word, const char *initials, char *out,
                           size_t room)
{
    char part[SPELLER_TEXT_MAX];
    GArray *tokens = g_array_new(FALSE, TRUE, sizeof(phrase_token_t));
    size_t count = text_count(word), found = 0;
    for (size_t n = count < WORD_MOST ? count : WORD_MOST; n && !found; n--) {
        size_t bytes = text_offset(word, n);
        if (bytes >= sizeof(part))
            continue;
        memcpy(part, word, bytes);
        part[bytes] = 0;
        g_array_set_size(tokens, 0);
        if (!pinyin_lookup_tokens(g->instance, part, tokens))
            continue;
        for (guint i = 0; i < tokens->len && !found; i++)
            if (read_token(g, g_array_index(tokens, phrase_token_t, i), initials, out, room))
                found = n;
    }
    g_array_free(tokens, TRUE);
    return found;
}

bool guess_reading(struct guess *g, const char *word, const char *initials, char *out, size_t room)
{
    out[0] = 0;
    while (*word) {
        size_t n = read_longest(g, word, initials, out, room);
        if (!n)
            return false;
        word += text_offset(word, n);
        initials = initials && strlen(initials) > n ? initials + n : NULL;
    }
    return true;
}

/* ---- questions --------------------------------------------------------------------------------- */

/* How many letters a candidate stands for: libpinyin tells only who chooses it. */
static size_t letters_of(struct guess *g, lookup_candidate_t *c, size_t parsed)
{
    lookup_candidate_type_t type = NORMAL_CANDIDATE;
    if (!pinyin_get_candidate_type(g->instance, c, &type) || type == NBEST_MATCH_CANDIDATE)
        return parsed;
    int end = pinyin_choose_candidate(g->instance, 0, c);
    pinyin_clear_constraint(g->instance, 0);
    return end > 0 && (size_t)end <= parsed ? (size_t)end : parsed;
}

static bool take(struct guess *g, guint n, size_t parsed, struct speller_candidate *out)
{
    lookup_candidate_t *c = NULL;
    const gchar *text = NULL;
    if (!pinyin_get_candidate(g->instance, n, &c) ||
        !pinyin_get_candidate_string(g->instance, c, &text) || !text || !*text ||
        strlen(text) >= SPELLER_TEXT_MAX)
        return false;
    memcpy(out->text, text, strlen(text) + 1);
    out->letters = (uint8_t)letters_of(g, c, parsed);
    return true;
}

/* The number of letters that are understood, from the first. libpinyin's time grows without bounds with initials
 * in a row (28 of z, c, s, h: 50 s): what is too many for it waits until the first ones are chosen. */
static size_t parse(struct guess *g, const char *all, bool is_fuzzy_ng)
{
    char letters[SPELLER_LETTERS_MAX + 1] = "";
    size_t bound = fit_bounded(all, INITIALS_MOST);
    memcpy(letters, all, bound < sizeof(letters) ? bound : sizeof(letters) - 1);
    if (is_fuzzy_ng != g->is_fuzzy_ng)
        pinyin_set_options(g->context, is_fuzzy_ng ? usual | fuzzy_ng : usual);
    g->is_fuzzy_ng = is_fuzzy_ng;
    size_t parsed = pinyin_parse_more_full_pinyins(g->instance, letters);
    if (!parsed || parsed > strlen(letters))
        return 0;
    pinyin_guess_sentence(g->instance);
    explicit_bzero(letters, sizeof(letters));
    return parsed;
}

size_t guess_ask(struct guess *g, const char *letters, bool is_fuzzy_ng,
                 struct speller_candidate *out, size_t room)
{
    static const guint sort = SORT_WITHOUT_LONGER_CANDIDATE | SORT_BY_PHRASE_LENGTH |
                              SORT_BY_PINYIN_LENGTH | SORT_BY_FREQUENCY;
    size_t count = 0, parsed = parse(g, letters, is_fuzzy_ng);
    guint found = 0;
    if (!parsed || !pinyin_guess_candidates(g->instance, 0, sort) ||
        !pinyin_get_n_candidate(g->instance, &found))
        return 0;
    for (guint i = 0; i < found && count < room; i++)
        count += take(g, i, parsed, &out[count]);
    return count;
}

bool guess_sentence(struct guess *g, const char *letters, char *out, size_t room)
{
    gchar *sentence = NULL;
    bool is_good = parse(g, letters, false) == strlen(letters) &&
                   pinyin_get_sentence(g->instance, 0, &sentence) && sentence && *sentence &&
                   strlen(sentence) < room;
    if (is_good)
        memcpy(out, sentence, strlen(sentence) + 1);
    g_free(sentence);
    return is_good;
}

void guess_forget(struct guess *g)
{
    pinyin_reset(g->instance);
}
