#include <stdio.h>
#include <string.h>

#include "firmware/base/text.h"
#include "firmware/catalogue/load.h"

static const char *const languages[LANGUAGE_COUNT] = { [LANGUAGE_ZH] = "zh", [LANGUAGE_EN] = "en" };
static const struct words no_words = { { "", "" } };

const char LETTERS_DIGITS_DASH[] = "abcdefghijklmnopqrstuvwxyz0123456789-";
const char LETTERS_DIGITS_UNDERSCORE[] = "abcdefghijklmnopqrstuvwxyz0123456789_";
const char LETTERS_DASH[] = "abcdefghijklmnopqrstuvwxyz-";

/* Only bytes that can begin a control character are decoded: a catalogue is megabytes of plain
 * text. */
static bool has_control(const char *text, size_t length)
{
    for (size_t i = 0; i < length;) {
        unsigned char c = (unsigned char)text[i];
        uint32_t cp;
        /* The text is well-formed by now: Han characters are passed over whole. */
        if (c >= 0x20 && c < 0x7f)
            i++;
        else if (c >= 0xe3 && c <= 0xee)
            i += 3;
        else {
            i += text_decode(&cp, text + i, length - i);
            if (text_is_control(cp))
                return true;
        }
    }
    return false;
}

/* Blanks of either width. */
static bool has_blank_ends(const char *text, size_t length)
{
    static const char wide[] = "\u3000";
    size_t width = sizeof(wide) - 1;
    bool has_wide = length >= width &&
                    (!memcmp(text, wide, width) || !memcmp(text + length - width, wide, width));
    return text[0] == ' ' || text[length - 1] == ' ' || has_wide;
}

/* What is wrong with one text, or NULL. */
static const char *text_fault(const struct node *value)
{
    if (!doc_is_text(value))
        return value ? "must be a text" : "is missing";
    const char *text = doc_text(value);
    size_t length = value->count;
    if (!length || length > TEXT_MAX)
        return "must be a text of 1 to 600 bytes";
    if (has_control(text, length))
        return "contains a control character or a line break";
    if (has_blank_ends(text, length))
        return "begins or ends with a blank";
    return NULL;
}

/* The reader stands at the words themselves when key is NULL. `has_initials` allows one more
 * member. */
static struct words words_of(struct loader *l, const struct node *value, const char *key,
                             bool has_initials)
{
    static const char *const plain[] = { "zh", "en", NULL };
    static const char *const named[] = { "zh", "en", "initials", NULL };
    struct words words = no_words;
    if (!doc_is_object(value)) {
        complain_about(l, key, "%s", value ? "must be an object with zh and en" : "is missing");
        return words;
    }
    for (int i = 0; i < LANGUAGE_COUNT; i++) {
        const struct node *text = doc_get(value, languages[i]);
        const char *fault = text_fault(text);
        if (!fault) {
            words.in[i] = text->text;
            continue;
        }
        if (key)
            load_enter(l, key);
        complain_about(l, languages[i], "%s", fault);
        if (key)
            json_leave(&l->reader);
    }
    if (doc_size(value) > 2) {
        if (key)
            load_enter(l, key);
        load_no_others(l, value, has_initials ? named : plain);
        if (key)
            json_leave(&l->reader);
    }
    return words;
}

struct words load_words(struct loader *l, const struct node *object, const char *key)
{
    return words_of(l, doc_get(object, key), key, false);
}

struct words load_words_if_any(struct loader *l, const struct node *object, const char *key)
{
    const struct node *value = doc_get(object, key);
    return value ? words_of(l, value, key, false) : no_words;
}

struct words load_these_words(struct loader *l, const struct node *value)
{
    return words_of(l, value, NULL, false);
}

void load_term(struct loader *l, struct term *out, const char *text, const char *initials)
{
    cell folded[TEXT_MAX]; /* a text has no more characters than bytes */
    size_t count = cells_fold(folded, TEXT_MAX, text, initials);
    cell *cells = arena_take(l->arena, count, sizeof(*cells));
    if (!cells)
        return;
    memcpy(cells, folded, count * sizeof(*cells));
    out->count = count;
    out->cells = cells;
}

static size_t count_han(const char *text)
{
    size_t length = strlen(text), count = 0;
    uint32_t cp;
    for (size_t i = 0; i < length;) {
        i += text_decode(&cp, text + i, length - i);
        count += text_is_han(cp);
    }
    return count;
}

/* No Mandarin syllable is spelt with i, u or v at its beginning: such a letter is a slip of the
 * editor. */
static const char *load_initials(struct loader *l, const struct node *name, const char *zh)
{
    const struct node *value = doc_get(name, "initials");
    size_t count = count_han(zh);
    const char *initials = doc_is_text(value) ? doc_text(value) : "";
    if (!value && count)
        complain_about(l, "initials", "is missing");
    else if (value && !doc_is_text(value))
        complain_about(l, "initials", "must be a text");
    else if (strlen(initials) != count)
        complain_about(l, "initials",
                       "must be one letter for each of the %zu Han characters, not %zu", count,
                       strlen(initials));
    else if (strspn(initials, "abcdefghjklmnopqrstwxyz") != count)
        complain_about(l, "initials",
                       "must be lower-case first letters of pinyin (never i, u or v)");
    else
        return initials;
    return "";
}

struct words load_name(struct loader *l, const struct node *object, const char *key,
                       struct term terms[2])
{
    const struct node *name = key ? doc_get(object, key) : object;
    struct words words = words_of(l, name, key, true);
    if (!*words.in[LANGUAGE_ZH] || !*words.in[LANGUAGE_EN])
        return words;
    if (key)
        load_enter(l, key);
    load_term(l, &terms[0], words.in[LANGUAGE_ZH], load_initials(l, name, words.in[LANGUAGE_ZH]));
    load_term(l, &terms[1], words.in[LANGUAGE_EN], "");
    if (key)
        json_leave(&l->reader);
    return words;
}

bool is_id(const char *text, const char *set, size_t max)
{
    size_t length = strlen(text);
    return length >= 1 && length <= max && strspn(text, set) == length;
}

const char *load_id(struct loader *l, const struct node *object, const char *key, const char *set,
                    size_t max)
{
    const struct node *value = doc_get(object, key);
    if (doc_is_text(value) && is_id(doc_text(value), set, max))
        return value->text;
    const char *other = strchr(set, '_') ? " and _" : " and -";
    complain_about(l, key, value ? "must be 1 to %zu of a-z%s%s" : "is missing", max,
                   strchr(set, '0') ? ", 0-9" : "", other);
    return "";
}

static void complain_none_of(struct loader *l, const char *key, const char *const *names,
                             size_t count)
{
    char list[JSON_COMPLAINT / 2];
    size_t at = 0;
    for (size_t i = 0; i < count && at < sizeof(list); i++)
        at += (size_t)snprintf(list + at, sizeof(list) - at, "%s%s", i ? ", " : "", names[i]);
    complain_about(l, key, "must be one of %s", list);
}

static int place_of(const struct node *value, const char *const *names, size_t count)
{
    const char *word = doc_text(value);
    for (size_t i = 0; word && i < count; i++)
        if (!strcmp(word, names[i]))
            return (int)i;
    return -1;
}

int load_word(struct loader *l, const struct node *object, const char *key,
              const char *const *names, size_t count, int otherwise)
{
    const struct node *value = doc_get(object, key);
    int place = place_of(value, names, count);
    if (place >= 0 || (!value && otherwise >= 0))
        return place >= 0 ? place : otherwise;
    if (value)
        complain_none_of(l, key, names, count);
    else
        complain_about(l, key, "is missing");
    return 0;
}

unsigned load_word_set(struct loader *l, const struct node *object, const char *key,
                       const char *const *names, size_t count)
{
    const struct node *list = doc_need_list(&l->reader, object, key, 1, count), *value;
    unsigned set = 0;
    size_t i;
    DOC_EACH(list, i, value)
    {
        int place = place_of(value, names, count);
        if (place >= 0 && !(set & 1u << place)) {
            set |= 1u << place;
            continue;
        }
        load_enter(l, key);
        load_enter_index(l, i);
        if (place < 0)
            complain_none_of(l, NULL, names, count);
        else
            json_complain(&l->reader, "%s stands twice", names[place]);
        json_leave(&l->reader);
        json_leave(&l->reader);
    }
    return set;
}

const char *load_keep(struct loader *l, const char *text)
{
    (void)l; /* texts of the document lie in the arena already */
    return text;
}

const char *load_icon(struct loader *l, const struct node *object)
{
    const char *name = doc_need_text(&l->reader, object, "icon", 40);
    for (size_t i = 0; *name && catalogue_icons[i]; i++)
        if (!strcmp(name, catalogue_icons[i]))
            return catalogue_icons[i];
    if (*name)
        complain_about(l, "icon", "there is no icon of this name");
    return "help";
}
