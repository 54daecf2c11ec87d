#include "ui/input/rare/rare.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "firmware/base/bytes.h"
#include "firmware/base/log.h"
#include "ui/input/rare/table.h"

enum { FILE_MOST = 8 << 20, LEVELS = 4 };

/* ---- opening ----------------------------------------------------------------------------------- */

int rare_open_bytes(struct rare **out, const uint8_t *data, size_t length)
{
    AUTO(rare_free) struct rare *r = calloc(1, sizeof(*r));
    if (!r)
        return fault_raise(-ENOMEM);
    r->data = data;
    r->length = length;
    int bad = table_check(r);
    if (bad)
        return bad;
    *out = TAKE(r);
    return 0;
}

static int map(int fd, const uint8_t **data, size_t *length)
{
    struct stat st;
    if (fstat(fd, &st))
        return fault_raise(-errno);
    if (st.st_size <= 0 || st.st_size > FILE_MOST)
        return -EBADMSG;
    *length = (size_t)st.st_size;
    void *p = mmap(NULL, *length, PROT_READ, MAP_PRIVATE, fd, 0);
    if (p == MAP_FAILED)
        return fault_raise(-errno);
    *data = p;
    return 0;
}

int rare_open(struct rare **out, const char *path)
{
    const uint8_t *data = NULL;
    size_t length = 0;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return errno == ENOENT ? -ENOENT : fault_raise(-errno);
    int r = map(fd, &data, &length);
    close(fd);
    r = r ? r : rare_open_bytes(out, data, length);
    if (!r)
        (*out)->is_mapped = true;
    else if (data)
        munmap((void *)(uintptr_t)data, length);
    if (r == -EBADMSG)
        log_line(LOG_ERROR, "rare", "%s is no table of characters, or a damaged one", path);
    return r;
}

void rare_free(struct rare *r)
{
    if (!r)
        return;
    if (r->is_mapped)
        munmap((void *)(uintptr_t)r->data, r->length);
    free(r);
}

/* ---- radicals ---------------------------------------------------------------------------------- */

size_t rare_radical_count(const struct rare *r)
{
    return r->forms.count;
}

struct rare_radical rare_radical(const struct rare *r, size_t n)
{
    const uint8_t *p = r->forms.at + n * FORM_BYTES;
    return (struct rare_radical){ .strokes = p[0],
                                  .number = p[1],
                                  .is_simplified = p[2],
                                  .form = (const char *)p + 4,
                                  .name = (const char *)p + 8 };
}

uint64_t rare_rests(const struct rare *r, uint8_t number, bool is_simplified)
{
    uint64_t rests = 0;
    for (size_t i = 0; i < r->groups.count; i++) {
        struct group g = table_group(r, i);
        if (g.number == number && g.is_simplified == is_simplified && g.rest < 64)
            rests |= UINT64_C(1) << g.rest;
    }
    return rests;
}

/* ---- pages ------------------------------------------------------------------------------------- */

/* A page that is being filled. */
struct filling {
    const struct rare_page *page;
    uint32_t *out;
    size_t room, count, skipped;
};

/* False when the page is full. */
static bool put(struct filling *f, uint32_t cp)
{
    if (f->count == f->room)
        return false;
    if (f->page->can_draw && !f->page->can_draw(f->page->context, cp))
        return true;
    if (f->skipped < f->page->skip)
        f->skipped++;
    else
        f->out[f->count++] = cp;
    return f->count < f->room;
}

size_t rare_by_radical(const struct rare *r, uint8_t number, bool is_simplified, int rest,
                       const struct rare_page *page, uint32_t *out, size_t room)
{
    struct filling f = { .page = page, .out = out, .room = room };
    size_t first = 0;
    for (size_t i = 0; i < r->groups.count; i++) {
        struct group g = table_group(r, i);
        bool is_meant = g.number == number && g.is_simplified == is_simplified &&
                        (rest == RARE_ANY || g.rest == rest);
        for (size_t k = 0; is_meant && k < g.count; k++)
            if (!put(&f, table_char(r, first + k).cp))
                return f.count;
        first += g.count;
    }
    return f.count;
}

struct match {
    uint32_t order; /* level, 0 last */
    uint32_t cp;
};

static int by_order(const void *a, const void *b)
{
    const struct match *x = a, *y = b;
    if (x->order != y->order)
        return x->order < y->order ? -1 : 1;
    return (x->cp > y->cp) - (x->cp < y->cp);
}

/* A character with two radicals stands in the table twice. */
static size_t fill_sorted(struct match *matches, size_t count, const struct rare_page *page,
                          uint32_t *out, size_t room)
{
    struct filling f = { .page = page, .out = out, .room = room };
    qsort(matches, count, sizeof(*matches), by_order);
    for (size_t i = 0; i < count; i++)
        if (!i || matches[i].cp != matches[i - 1].cp)
            if (!put(&f, matches[i].cp))
                break;
    return f.count;
}

/* All characters with so many strokes (0: any) and that level (RARE_ANY: any). */
static size_t select_chars(const struct rare *r, unsigned strokes, int level,
                           const struct rare_page *page, uint32_t *out, size_t room)
{
    size_t count = 0;
    struct match *matches = calloc(r->chars.count + 1, sizeof(*matches));
    if (!matches)
        return 0;
    for (size_t i = 0; i < r->chars.count; i++) {
        struct character c = table_char(r, i);
        if ((!strokes || c.strokes == strokes) && (level == RARE_ANY || c.level == level))
            matches[count++] = (struct match){ c.level ? (uint32_t)c.level : LEVELS, c.cp };
    }
    count = fill_sorted(matches, count, page, out, room);
    free(matches);
    return count;
}

size_t rare_by_strokes(const struct rare *r, unsigned strokes, const struct rare_page *page,
                       uint32_t *out, size_t room)
{
    return strokes ? select_chars(r, strokes, RARE_ANY, page, out, room) : 0;
}

size_t rare_of_level(const struct rare *r, int level, const struct rare_page *page, uint32_t *out,
                     size_t room)
{
    return select_chars(r, 0, level, page, out, room);
}

size_t rare_by_reading(const struct rare *r, const char *syllable, const struct rare_page *page,
                       uint32_t *out, size_t room)
{
    struct filling f = { .page = page, .out = out, .room = room };
    for (size_t i = 0; i < r->sounds.count; i++) {
        const uint8_t *p = r->sounds.at + i * SOUND_BYTES;
        if (strcmp((const char *)p, syllable))
            continue;
        for (size_t k = 0; k < get_le32(p + 12); k++)
            if (!put(&f, table_item(r, get_le32(p + 8) + k)))
                break;
    }
    return f.count;
}

int rare_level(const struct rare *r, uint32_t cp)
{
    for (size_t i = 0; i < r->chars.count; i++) {
        struct character c = table_char(r, i);
        if (c.cp == cp)
            return c.level;
    }
    return -1;
}
