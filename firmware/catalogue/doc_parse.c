#include <string.h>

#include "firmware/base/text.h"
#include "firmware/catalogue/doc.h"

/* No object of a catalogue has half as many members; so comparing each with each stays cheap. */
enum { DEPTH_MAX = 32, MEMBERS_MAX = 64, DIGITS_MAX = 19 };

struct parser {
    char *at, *end; /* *end is a NUL, which no token contains */
    struct arena *nodes;
    int depth;
};

static void skip_blanks(struct parser *p)
{
    while (*p->at == ' ' || *p->at == '\n' || *p->at == '\t' || *p->at == '\r')
        p->at++;
}

/* ---- texts ---------------------------------------------------------------------------- */

static bool read_hex(struct parser *p, uint32_t *unit)
{
    *unit = 0;
    for (int i = 0; i < 4; i++, p->at++) {
        char c = *p->at;
        int digit = c >= '0' && c <= '9'   ? c - '0'
                    : c >= 'a' && c <= 'f' ? c - 'a' + 10
                    : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                           : -1;
        if (digit < 0)
            return false;
        *unit = *unit * 16 + (uint32_t)digit;
    }
    return true;
}

/* After \u: a character of the first plane, or the first half of a pair. */
static bool read_unicode(struct parser *p, char **out)
{
    uint32_t cp, low;
    if (!read_hex(p, &cp) || !cp || (cp >= 0xdc00 && cp <= 0xdfff))
        return false;
    if (cp >= 0xd800 && cp <= 0xdbff) {
        if (p->at[0] != '\\' || p->at[1] != 'u')
            return false;
        p->at += 2;
        if (!read_hex(p, &low) || low < 0xdc00 || low > 0xdfff)
            return false;
        cp = 0x10000 + ((cp - 0xd800) << 10) + (low - 0xdc00);
    }
    *out += text_encode(*out, cp); /* never longer than the escape that it replaces */
    return true;
}

static bool read_escape(struct parser *p, char **out)
{
    static const char letters[] = "\"\\/bfnrt", meanings[] = "\"\\/\b\f\n\r\t";
    char c = *p->at++;
    if (c == 'u')
        return read_unicode(p, out);
    const char *which = c ? strchr(letters, c) : NULL;
    if (which)
        *(*out)++ = meanings[which - letters];
    return which != NULL;
}

/* Length of the well-formed character at `s`, or 0. Most of a catalogue is Han of the first plane. */
static size_t wide_length(const char *s, const char *end)
{
    const unsigned char *u = (const unsigned char *)s;
    uint32_t cp;
    if (u[0] > 0xe0 && u[0] < 0xed && (u[1] & 0xc0) == 0x80 && (u[2] & 0xc0) == 0x80)
        return 3;
    size_t length = text_decode(&cp, s, (size_t)(end - s));
    return cp == TEXT_REPLACEMENT && length == 1 ? 0 : length;
}

/* Up to a quote, an escape or a control byte: nearly all of a catalogue, so nothing is copied here. NULL: no UTF-8. */
static char *skip_plain(char *s, const char *end)
{
    for (;;) {
        unsigned char c = (unsigned char)*s;
        if (c >= 0x80) {
            size_t count = wide_length(s, end);
            if (!count)
                return NULL;
            s += count;
        } else if (c >= 0x20 && c != '"' && c != '\\') {
            s++;
        } else {
            return s;
        }
    }
}

/* Behind the opening quote. The text is moved over its escapes and ended in place. */
static char *read_text(struct parser *p, uint32_t *length)
{
    char *begin = p->at, *out = p->at;
    for (;;) {
        char *run = p->at;
        p->at = skip_plain(run, p->end);
        if (!p->at)
            return NULL;
        if (out != run)
            memmove(out, run, (size_t)(p->at - run));
        out += p->at - run;
        char c = *p->at++;
        if (c == '"')
            break;
        if (c != '\\' || !read_escape(p, &out))
            return NULL;
    }
    *out = 0;
    *length = (uint32_t)(out - begin);
    return begin;
}

/* ---- numbers and words ---------------------------------------------------------------- */

static char *skip_digits(char *s)
{
    while (*s >= '0' && *s <= '9')
        s++;
    return s;
}

static bool read_integer(struct node *n, const char *s, const char *end)
{
    bool is_negative = *s == '-';
    uint64_t value = 0;
    s += is_negative;
    if (end - s > DIGITS_MAX)
        return false;
    for (; s < end; s++)
        value = value * 10 + (uint64_t)(*s - '0');
    if (value > (uint64_t)INT64_MAX + (is_negative ? 1 : 0))
        return false;
    n->type = NODE_INTEGER;
    n->integer = is_negative ? (int64_t)(0 - value) : (int64_t)value;
    return true;
}

static bool read_number(struct parser *p, struct node *n)
{
    char *begin = p->at, *digits = begin + (*begin == '-'), *s = skip_digits(digits);
    if (s == digits || (*digits == '0' && s > digits + 1))
        return false;
    bool is_whole = *s != '.' && *s != 'e' && *s != 'E';
    if (*s == '.') {
        char *fraction = s + 1;
        s = skip_digits(fraction);
        if (s == fraction)
            return false;
    }
    if (*s == 'e' || *s == 'E') {
        char *exponent = s + 1 + (s[1] == '+' || s[1] == '-');
        s = skip_digits(exponent);
        if (s == exponent)
            return false;
    }
    p->at = s;
    n->type = NODE_REAL;
    return !is_whole || read_integer(n, begin, s);
}

static bool read_word(struct parser *p, const char *word, enum node_type type, struct node *n)
{
    size_t length = strlen(word);
    if ((size_t)(p->end - p->at) < length || memcmp(p->at, word, length) != 0)
        return false;
    p->at += length;
    n->type = type;
    return true;
}

/* ---- lists and objects ---------------------------------------------------------------- */

static bool read_value(struct parser *p, struct node *n);

static bool is_new_key(const struct node *object, const char *key)
{
    uint32_t i = 0;
    for (const struct node *m = object->first; m; m = m->next, i++)
        if (i >= MEMBERS_MAX || doc_is_key(m->key, key))
            return false;
    return true;
}

static bool read_key(struct parser *p, struct node *object, struct node *n)
{
    uint32_t length;
    if (*p->at != '"')
        return false;
    p->at++;
    n->key = read_text(p, &length);
    if (!n->key || !is_new_key(object, n->key))
        return false;
    skip_blanks(p);
    if (*p->at != ':')
        return false;
    p->at++;
    skip_blanks(p);
    return true;
}

/* Behind the opening bracket, up to and with the closing one. */
static bool read_inside(struct parser *p, struct node *n, enum node_type type, char close)
{
    const struct node **link = &n->first;
    n->type = type;
    n->first = NULL;
    if (type == NODE_OBJECT && !(n->turn = arena_take(p->nodes, 1, sizeof(*n->turn))))
        return false;
    skip_blanks(p);
    if (*p->at == close)
        return p->at++, true;
    for (;;) {
        struct node *child = arena_take(p->nodes, 1, sizeof(*child));
        if (!child || (type == NODE_OBJECT && !read_key(p, n, child)) || !read_value(p, child))
            return false;
        *link = child;
        if (type == NODE_OBJECT && link == &n->first)
            *n->turn = child;
        link = &child->next;
        n->count++;
        skip_blanks(p);
        char c = *p->at;
        if (c != ',' && c != close)
            return false;
        p->at++;
        if (c == close)
            return true;
        skip_blanks(p);
    }
}

static bool read_value(struct parser *p, struct node *n)
{
    bool is_good;
    switch (*p->at) {
    case '"':
        p->at++;
        n->type = NODE_TEXT;
        n->text = read_text(p, &n->count);
        return n->text != NULL;
    case '{':
    case '[':
        if (++p->depth > DEPTH_MAX)
            return false;
        is_good = *p->at++ == '{' ? read_inside(p, n, NODE_OBJECT, '}')
                                  : read_inside(p, n, NODE_LIST, ']');
        p->depth--;
        return is_good;
    case 't':
        return read_word(p, "true", NODE_TRUE, n);
    case 'f':
        return read_word(p, "false", NODE_FALSE, n);
    case 'n':
        return read_word(p, "null", NODE_NULL, n);
    default:
        return read_number(p, n);
    }
}

const struct node *doc_parse(char *text, size_t length, struct arena *nodes)
{
    struct parser p = { .at = text, .end = text + length, .nodes = nodes };
    struct node *root = arena_take(nodes, 1, sizeof(*root));
    text[length] = 0;
    skip_blanks(&p);
    if (!root || (*p.at != '{' && *p.at != '[') || !read_value(&p, root))
        return NULL;
    skip_blanks(&p);
    return p.at == p.end ? root : NULL;
}
