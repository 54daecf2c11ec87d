#include "ui/text/text.h"

#include <SDL.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "firmware/base/log.h"
#include "firmware/base/text.h"
#include "ui/text/faces.h"

struct entry {
    struct entry *next; /* in its bucket */
    uint64_t used, hash;
    struct type type;
    struct mask mask;
    int ascent;
    size_t length;
    char text[];
};

enum { BUCKETS = 1024, RUN_BYTES = 512, ADVANCES = 2048 };

struct advance {
    uint32_t cp;
    int16_t px, width;
    uint8_t weight, is_mono;
};

struct text {
    struct faces faces;
    size_t cache_limit, cache_bytes, cache_entries;
    uint64_t tick;
    struct entry *buckets[BUCKETS];
    struct advance advances[ADVANCES];
};

static uint32_t drawable(TTF_Font *font, uint32_t cp)
{
    enum { MISSING_CHARACTER = 0x3013 };
    return cp < 0x80 || TTF_GlyphIsProvided32(font, cp) ? cp : MISSING_CHARACTER;
}

bool text_has_glyph(struct text *t, struct type type, uint32_t cp)
{
    TTF_Font *font = faces_for(&t->faces, type, cp);
    return font && TTF_GlyphIsProvided32(font, cp);
}

static bool opens(struct text *t, enum weight weight)
{
    TTF_Font *font = faces_own(&t->faces, (struct type){ .weight = weight, .px = 34 });
    if (!font)
        log_line(LOG_ERROR, "text", "font file of weight %d does not open: %s", (int)weight,
                 TTF_GetError());
    return font != NULL;
}

int text_new(struct text **out, const struct font_files *files, size_t cache_bytes)
{
    if (TTF_Init())
        return fault_raise(-ENOMEM);
    struct text *t = calloc(1, sizeof(*t));
    if (!t) {
        TTF_Quit();
        return fault_raise(-ENOMEM);
    }
    t->faces.files = *files;
    t->cache_limit = cache_bytes;
    if (!opens(t, WEIGHT_REGULAR) || access(files->weights[WEIGHT_MEDIUM].path, R_OK) ||
        access(files->weights[WEIGHT_BOLD].path, R_OK) ||
        access(files->weights[WEIGHT_ICON].path, R_OK)) {
        text_free(t);
        return fault_raise(-ENOENT);
    }
    *out = t;
    return 0;
}

void text_free(struct text *t)
{
    if (!t)
        return;
    text_wipe(t);
    faces_close(&t->faces);
    free(t);
    TTF_Quit();
}

/* ---- cache --------------------------------------------------------------------------- */

static uint64_t hash_of(struct type type, const char *text, size_t length)
{
    uint64_t h = UINT64_C(0xcbf29ce484222325) ^
                 ((uint64_t)type.weight << 32 | (uint64_t)type.px << 1 | type.is_mono);
    for (size_t i = 0; i < length; i++)
        h = (h ^ (uint8_t)text[i]) * UINT64_C(0x100000001b3);
    return h;
}

static size_t mask_bytes(const struct mask *m)
{
    return (size_t)m->width * (size_t)m->height;
}

static void forget(struct text *t, struct entry **at)
{
    struct entry *e = *at;
    size_t size = mask_bytes(&e->mask);
    *at = e->next;
    t->cache_bytes -= size + e->length;
    t->cache_entries--;
    explicit_bzero(e->mask.alpha, size);
    free(e->mask.alpha);
    explicit_bzero(e->text, e->length);
    free(e);
}

static void forget_oldest(struct text *t)
{
    struct entry **oldest = NULL;
    for (size_t i = 0; i < BUCKETS; i++)
        for (struct entry **at = &t->buckets[i]; *at; at = &(*at)->next)
            if (!oldest || (*at)->used < (*oldest)->used)
                oldest = at;
    if (oldest)
        forget(t, oldest);
}

void text_wipe(struct text *t)
{
    for (size_t i = 0; i < BUCKETS; i++)
        while (t->buckets[i])
            forget(t, &t->buckets[i]);
    faces_close_rare(&t->faces);
    explicit_bzero(t->advances, sizeof(t->advances));
}

void text_keep(struct text *t, const struct type *types, size_t count)
{
    faces_keep(&t->faces, types, count);
}

struct text_usage text_usage(const struct text *t)
{
    return (struct text_usage){ t->cache_bytes, t->cache_entries, t->faces.count };
}

/* ---- rendering ----------------------------------------------------------------------- */

struct run {
    SDL_Surface *surface;
    int ascent;
};

enum { RUNS_MAX = 24 };

/* Cut one run off the text: all characters that share a font. */
static size_t run_length(struct text *t, struct type type, const char *text, size_t length,
                         TTF_Font **font)
{
    uint32_t cp;
    size_t at = text_decode(&cp, text, length);
    *font = faces_for(&t->faces, type, cp);
    while (at < length) {
        size_t n = text_decode(&cp, text + at, length - at);
        if (faces_for(&t->faces, type, cp) != *font || at + n >= RUN_BYTES)
            break;
        at += n;
    }
    return at;
}

/* A character that no font has is shown as 〓, the printers' sign for one that is missing: an empty
 * box would look like a fault. Also what cannot be seen at all (controls) is left out. */
static void put_drawable(char *out, TTF_Font *font, const char *text, size_t length)
{
    uint32_t cp;
    size_t used = 0;
    for (size_t at = 0, n; at < length; at += n) {
        n = text_decode(&cp, text + at, length - at);
        if (cp < 0x20 || cp == 0x7f)
            continue;
        used += text_encode(out + used, drawable(font, cp));
    }
    out[used] = 0;
}

static struct run render_run(TTF_Font *font, const char *text, size_t length, bool is_mono)
{
    static const SDL_Color white = { 255, 255, 255, 255 }, black = { 0, 0, 0, 255 };
    char buffer[3 * RUN_BYTES + 5]; /* a byte that is no UTF-8 becomes a sign of three */
    put_drawable(buffer, font, text, length);
    struct run run = { NULL, TTF_FontAscent(font) };
    run.surface = is_mono ? TTF_RenderUTF8_Solid(font, buffer, white)
                          : TTF_RenderUTF8_Shaded(font, buffer, white, black);
    explicit_bzero(buffer, sizeof(buffer));
    return run;
}

/* Both kinds of surface hold one byte a pixel: coverage when shaded, 0 or 1 when solid. */
static void join(struct mask *m, const struct run *run, int x, int ascent, bool is_mono)
{
    const SDL_Surface *s = run->surface;
    int down = ascent - run->ascent;
    for (int y = 0; y < s->h; y++) {
        if (y + down < 0 || y + down >= m->height)
            continue;
        const uint8_t *from = (const uint8_t *)s->pixels + (size_t)y * (size_t)s->pitch;
        uint8_t *to = m->alpha + (size_t)(y + down) * (size_t)m->width + x;
        for (int i = 0; i < s->w; i++)
            to[i] = is_mono ? (from[i] ? 255 : 0) : from[i];
    }
}

static void wipe_surface(SDL_Surface *s)
{
    explicit_bzero(s->pixels, (size_t)s->pitch * (size_t)s->h);
    SDL_FreeSurface(s);
}

static int render(struct text *t, struct entry *e)
{
    struct run runs[RUNS_MAX];
    size_t count = 0;
    int width = 0;
    TTF_Font *own = faces_own(&t->faces, e->type), *font;
    if (!own)
        return fault_raise(-ENOENT);
    for (size_t at = 0, n; at < e->length && count < RUNS_MAX; at += n) {
        n = run_length(t, e->type, e->text + at, e->length - at, &font);
        runs[count] = render_run(font, e->text + at, n, e->type.is_mono);
        if (runs[count].surface)
            width += runs[count++].surface->w;
    }
    e->ascent = TTF_FontAscent(own);
    e->mask = (struct mask){ width, TTF_FontHeight(own), NULL };
    e->mask.alpha = calloc(mask_bytes(&e->mask) + 1, 1);
    for (size_t i = 0, x = 0; i < count; i++) {
        if (e->mask.alpha)
            join(&e->mask, &runs[i], (int)x, e->ascent, e->type.is_mono);
        x += (size_t)runs[i].surface->w;
        wipe_surface(runs[i].surface);
    }
    return e->mask.alpha ? 0 : fault_raise(-ENOMEM);
}

static bool is_entry(const struct entry *e, uint64_t hash, struct type type, const char *text,
                     size_t length)
{
    return e->hash == hash && e->length == length && e->type.weight == type.weight &&
           e->type.px == type.px && e->type.is_mono == type.is_mono &&
           !memcmp(e->text, text, length);
}

static struct entry *entry_for(struct text *t, struct type type, const char *text, size_t length)
{
    uint64_t hash = hash_of(type, text, length);
    struct entry **bucket = &t->buckets[hash % BUCKETS];
    for (struct entry *e = *bucket; e; e = e->next)
        if (is_entry(e, hash, type, text, length))
            return e;
    struct entry *e = calloc(1, sizeof(*e) + length + 1);
    if (!e)
        return NULL;
    e->hash = hash;
    e->type = type;
    e->length = length;
    memcpy(e->text, text, length);
    if (render(t, e)) {
        explicit_bzero(e->text, length);
        free(e);
        return NULL;
    }
    while (t->cache_entries && t->cache_bytes + mask_bytes(&e->mask) + length > t->cache_limit)
        forget_oldest(t);
    e->next = *bucket;
    *bucket = e;
    t->cache_bytes += mask_bytes(&e->mask) + length;
    t->cache_entries++;
    return e;
}

const struct mask *text_mask(struct text *t, struct type type, const char *utf8, size_t length,
                             int *ascent)
{
    struct entry *e = length ? entry_for(t, type, utf8, length) : NULL;
    if (!e)
        return NULL;
    e->used = ++t->tick;
    *ascent = e->ascent;
    return &e->mask;
}

/* ---- measuring ----------------------------------------------------------------------- */

int text_advance(struct text *t, struct type type, uint32_t cp)
{
    size_t slot = (cp * 2654435761u ^ (uint32_t)type.px * 97u ^ (uint32_t)type.weight * 7919u ^
                   type.is_mono) %
                  ADVANCES;
    struct advance *a = &t->advances[slot];
    if (a->cp == cp && a->px == type.px && a->weight == type.weight && a->is_mono == type.is_mono)
        return a->width;
    TTF_Font *font = faces_for(&t->faces, type, cp);
    int width = type.px;
    if (cp < 0x20 || cp == 0x7f)
        width = 0; /* left out */
    else if (font)
        TTF_GlyphMetrics32(font, drawable(font, cp), NULL, NULL, NULL, NULL, &width);
    *a = (struct advance){ cp, (int16_t)type.px, (int16_t)width, (uint8_t)type.weight,
                           type.is_mono };
    return width;
}
