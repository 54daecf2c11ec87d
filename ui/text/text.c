#include "ui/text/text.h"

#include <SDL.h>
#include <SDL_ttf.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "firmware/base/log.h"
#include "firmware/base/text.h"

/* One open face at one size. SDL2_ttf keeps glyphs for each handle; TTF_SetFontSize would throw
 * them away, so every size has its own. About 2 MB each for Noto: the least recently used goes when
 * there are too many. */
struct face {
    TTF_Font *font;
    int file; /* weight, or WEIGHT_COUNT + index of a rare file */
    int px;
    bool is_mono;
    uint64_t used;
};

struct entry {
    struct entry *next; /* in its bucket */
    uint64_t used, hash;
    struct type type;
    struct mask mask;
    int ascent;
    size_t length;
    char text[];
};

enum { FACES_MAX = 32, BUCKETS = 1024, RUN_BYTES = 512, ADVANCES = 2048 };

struct advance {
    uint32_t cp;
    int16_t px, width;
    uint8_t weight, is_mono;
};

struct text {
    struct font_files files;
    struct face faces[FACES_MAX];
    size_t face_count;
    size_t cache_limit, cache_bytes, cache_entries;
    uint64_t tick;
    struct entry *buckets[BUCKETS];
    struct advance advances[ADVANCES];
};

/* ---- faces --------------------------------------------------------------------------- */

static const struct font_file *file_at(const struct text *t, int file)
{
    return file < WEIGHT_COUNT ? &t->files.weights[file] : &t->files.rare[file - WEIGHT_COUNT];
}

static struct face *oldest_face(struct text *t)
{
    struct face *oldest = &t->faces[0];
    for (size_t i = 1; i < t->face_count; i++)
        if (t->faces[i].used < oldest->used)
            oldest = &t->faces[i];
    return oldest;
}

static TTF_Font *face_font(struct text *t, int file, int px, bool is_mono)
{
    for (size_t i = 0; i < t->face_count; i++) {
        struct face *f = &t->faces[i];
        if (f->file == file && f->px == px && f->is_mono == is_mono) {
            f->used = ++t->tick;
            return f->font;
        }
    }
    const struct font_file *source = file_at(t, file);
    TTF_Font *font = source->path ? TTF_OpenFontIndex(source->path, px, source->face) : NULL;
    if (!font)
        return NULL;
    TTF_SetFontHinting(font, is_mono ? TTF_HINTING_MONO : TTF_HINTING_LIGHT);
    struct face *f = t->face_count < FACES_MAX ? &t->faces[t->face_count++] : oldest_face(t);
    if (f->font)
        TTF_CloseFont(f->font);
    *f = (struct face){ font, file, px, is_mono, ++t->tick };
    return font;
}

/* What a private-use code means is between those who agreed on it: a font that fills it otherwise
 * would write another name. */
static bool is_private_use(uint32_t cp)
{
    return (cp >= 0xe000 && cp <= 0xf8ff) || cp >= 0xf0000;
}

/* The first face of the chain with this character; the weight's own when none has it. */
static TTF_Font *font_for(struct text *t, struct type type, uint32_t cp)
{
    TTF_Font *own = face_font(t, (int)type.weight, type.px, type.is_mono);
    if (!own || cp < 0x80 || TTF_GlyphIsProvided32(own, cp))
        return own;
    for (int i = 0; i < RARE_FILES && !is_private_use(cp); i++) {
        TTF_Font *rare = face_font(t, WEIGHT_COUNT + i, type.px, type.is_mono);
        if (rare && TTF_GlyphIsProvided32(rare, cp))
            return rare;
    }
    return own;
}

static uint32_t drawable(TTF_Font *font, uint32_t cp)
{
    enum { MISSING_CHARACTER = 0x3013 };
    return cp < 0x80 || TTF_GlyphIsProvided32(font, cp) ? cp : MISSING_CHARACTER;
}

bool text_has_glyph(struct text *t, struct type type, uint32_t cp)
{
    TTF_Font *font = font_for(t, type, cp);
    return font && TTF_GlyphIsProvided32(font, cp);
}

static bool opens(struct text *t, int weight)
{
    TTF_Font *font = face_font(t, weight, 34, false);
    if (!font)
        log_line(LOG_ERROR, "text", "font file of weight %d does not open: %s", weight,
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
    t->files = *files;
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
    for (size_t i = 0; i < t->face_count; i++)
        TTF_CloseFont(t->faces[i].font);
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

static void close_face(struct text *t, size_t i)
{
    TTF_CloseFont(t->faces[i].font);
    t->faces[i] = t->faces[--t->face_count];
    t->faces[t->face_count] = (struct face){ 0 }; /* a place that is free holds no font */
}

void text_wipe(struct text *t)
{
    for (size_t i = 0; i < BUCKETS; i++)
        while (t->buckets[i])
            forget(t, &t->buckets[i]);
    /* Which rare characters were drawn tells about a name. */
    for (size_t i = 0; i < t->face_count;) {
        if (t->faces[i].file < WEIGHT_COUNT) {
            i++;
            continue;
        }
        close_face(t, i);
    }
    explicit_bzero(t->advances, sizeof(t->advances));
}

static bool is_needed(const struct face *f, const struct type *types, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (f->file == (int)types[i].weight && f->px == types[i].px &&
            f->is_mono == types[i].is_mono)
            return true;
    return false;
}

void text_keep(struct text *t, const struct type *types, size_t count)
{
    for (size_t i = 0; i < t->face_count;)
        if (is_needed(&t->faces[i], types, count))
            i++;
        else
            close_face(t, i);
}

struct text_usage text_usage(const struct text *t)
{
    return (struct text_usage){ t->cache_bytes, t->cache_entries, t->face_count };
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
    *font = font_for(t, type, cp);
    while (at < length) {
        size_t n = text_decode(&cp, text + at, length - at);
        if (font_for(t, type, cp) != *font || at + n >= RUN_BYTES)
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
    TTF_Font *own = face_font(t, (int)e->type.weight, e->type.px, e->type.is_mono), *font;
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
    TTF_Font *font = font_for(t, type, cp);
    int width = type.px;
    if (cp < 0x20 || cp == 0x7f)
        width = 0; /* left out */
    else if (font)
        TTF_GlyphMetrics32(font, drawable(font, cp), NULL, NULL, NULL, NULL, &width);
    *a = (struct advance){ cp, (int16_t)type.px, (int16_t)width, (uint8_t)type.weight,
                           type.is_mono };
    return width;
}

int text_width(struct text *t, struct type type, const char *utf8)
{
    int width = 0;
    uint32_t cp;
    for (size_t left = strlen(utf8), n; left; left -= n, utf8 += n) {
        n = text_decode(&cp, utf8, left);
        width += text_advance(t, type, cp);
    }
    return width;
}

struct measure {
    struct text *text;
    struct type type;
};

static int measured(void *context, uint32_t cp)
{
    struct measure *m = context;
    return text_advance(m->text, m->type, cp);
}

void text_wrap(struct wrapped *out, struct text *t, struct type type, const char *utf8,
               int max_width, size_t max_lines)
{
    struct measure m = { t, type };
    wrap_text(out, utf8, max_width, max_lines, measured, &m);
}

/* ---- drawing ------------------------------------------------------------------------- */

/* Han bodies reach from 0.88 em above the baseline to 0.12 below, capitals to 0.73: the middle of
 * both lies about 0.375 em above it. Icons fill their em above the baseline. Line height of the
 * face would make text look low. */
static int baseline(struct type type, struct rect box)
{
    int middle = box.y + box.h / 2;
    return middle + (type.weight == WEIGHT_ICON ? type.px / 2 : (type.px * 3 + 4) / 8);
}

struct line {
    const char *utf8;
    size_t length;
    bool is_cut;
};

static void draw_line(struct text *t, struct canvas *c, struct type type, struct line line,
                      struct rect box, enum align align, uint32_t color)
{
    int ascent;
    const struct mask *m = text_mask(t, type, line.utf8, line.length, &ascent);
    if (!m)
        return;
    int slack = box.w - m->width;
    int x = box.x + (align == ALIGN_CENTER ? slack / 2 : align == ALIGN_RIGHT ? slack : 0);
    int y = baseline(type, box) - ascent;
    if (c->watch && c->watch->text) {
        struct inscription what = { .utf8 = line.utf8,
                                    .length = line.length,
                                    .px = type.px,
                                    .is_icon = type.weight == WEIGHT_ICON,
                                    .is_cut = line.is_cut,
                                    .box = box,
                                    .drawn = { x, y, m->width, m->height },
                                    .mask = m,
                                    .color = color };
        c->watch->text(c->watch, c, &what);
    }
    canvas_mask(c, m, x, y, color);
}

void text_draw(struct text *t, struct canvas *c, struct type type, const char *utf8, size_t length,
               struct rect box, enum align align, uint32_t color)
{
    draw_line(t, c, type, (struct line){ utf8, length, false }, box, align, color);
}

static void draw_cut_line(struct text *t, struct canvas *c, struct type type, const char *line,
                          size_t length, struct rect box, enum align align, uint32_t color)
{
    char shortened[RUN_BYTES + 4];
    if (length > RUN_BYTES)
        length = RUN_BYTES;
    int used = snprintf(shortened, sizeof(shortened), "%.*s…", (int)length, line);
    draw_line(t, c, type, (struct line){ shortened, (size_t)used, true }, box, align, color);
    explicit_bzero(shortened, sizeof(shortened));
}

int text_draw_block(struct text *t, struct canvas *c, struct type type, const char *utf8,
                    struct rect box, size_t max_lines, enum align align, uint32_t color)
{
    struct wrapped w;
    text_wrap(&w, t, type, utf8, box.w, max_lines);
    for (size_t i = 0; i < w.count; i++) {
        struct rect line = { box.x, box.y + (int)i * type.line_px, box.w, type.line_px };
        const char *start = utf8 + w.lines[i].start;
        if (w.is_cut && i == w.count - 1)
            draw_cut_line(t, c, type, start, w.lines[i].length, line, align, color);
        else
            text_draw(t, c, type, start, w.lines[i].length, line, align, color);
    }
    return (int)w.count * type.line_px;
}

int text_block_height(struct text *t, struct type type, const char *utf8, int width,
                      size_t max_lines)
{
    struct wrapped w;
    text_wrap(&w, t, type, utf8, width, max_lines);
    return (int)w.count * type.line_px;
}
