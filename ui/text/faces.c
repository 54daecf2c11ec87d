#include "ui/text/faces.h"

static const struct font_file *file_at(const struct faces *f, int file)
{
    return file < WEIGHT_COUNT ? &f->files.weights[file] : &f->files.rare[file - WEIGHT_COUNT];
}

static struct face *oldest(struct faces *f)
{
    struct face *found = &f->open[0];
    for (size_t i = 1; i < f->count; i++)
        if (f->open[i].used < found->used)
            found = &f->open[i];
    return found;
}

static TTF_Font *open_face(struct faces *f, int file, struct type type)
{
    const struct font_file *source = file_at(f, file);
    TTF_Font *font = source->path ? TTF_OpenFontIndex(source->path, type.px, source->face) : NULL;
    if (!font)
        return NULL;
    TTF_SetFontHinting(font, type.is_mono ? TTF_HINTING_MONO : TTF_HINTING_LIGHT);
    struct face *place = f->count < FACES_MAX ? &f->open[f->count++] : oldest(f);
    if (place->font)
        TTF_CloseFont(place->font);
    *place = (struct face){ font, file, type.px, type.is_mono, ++f->tick };
    return font;
}

static bool has_all_sizes(const struct face *face)
{
    return face->file == WEIGHT_BOLD && !face->is_mono;
}

static bool is_for(const struct face *face, int file, struct type type)
{
    return face->file == file && face->is_mono == type.is_mono &&
           (face->px == type.px || has_all_sizes(face));
}

static TTF_Font *face_of(struct faces *f, int file, struct type type)
{
    for (size_t i = 0; i < f->count; i++) {
        struct face *face = &f->open[i];
        if (!is_for(face, file, type))
            continue;
        if (face->px != type.px && TTF_SetFontSize(face->font, type.px))
            return NULL;
        face->px = type.px;
        face->used = ++f->tick;
        return face->font;
    }
    return open_face(f, file, type);
}

TTF_Font *faces_own(struct faces *f, struct type type)
{
    return face_of(f, (int)type.weight, type);
}

/* What a private-use code means is between those who agreed on it: a font that fills it otherwise
 * would write another name. */
static bool is_private_use(uint32_t cp)
{
    return (cp >= 0xe000 && cp <= 0xf8ff) || cp >= 0xf0000;
}

TTF_Font *faces_for(struct faces *f, struct type type, uint32_t cp)
{
    TTF_Font *own = faces_own(f, type);
    if (!own || cp < 0x80 || TTF_GlyphIsProvided32(own, cp))
        return own;
    for (int i = 0; i < RARE_FILES && !is_private_use(cp); i++) {
        TTF_Font *rare = face_of(f, WEIGHT_COUNT + i, type);
        if (rare && TTF_GlyphIsProvided32(rare, cp))
            return rare;
    }
    return own;
}

static void close_at(struct faces *f, size_t i)
{
    TTF_CloseFont(f->open[i].font);
    f->open[i] = f->open[--f->count];
    f->open[f->count] = (struct face){ 0 }; /* a place that is free holds no font */
}

void faces_close_rare(struct faces *f)
{
    for (size_t i = 0; i < f->count;)
        if (f->open[i].file < WEIGHT_COUNT)
            i++;
        else
            close_at(f, i);
}

static bool is_needed(const struct face *face, const struct type *types, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (is_for(face, (int)types[i].weight, types[i]))
            return true;
    return false;
}

void faces_keep(struct faces *f, const struct type *types, size_t count)
{
    for (size_t i = 0; i < f->count;)
        if (is_needed(&f->open[i], types, count))
            i++;
        else
            close_at(f, i);
}

void faces_close(struct faces *f)
{
    while (f->count)
        close_at(f, f->count - 1);
}
