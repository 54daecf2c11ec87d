/* Characters that no keyboard writes, as the sheet shows them. */
#include <stdio.h>
#include <string.h>

#include "firmware/base/text.h"
#include "ui/input/rare/rare.h"
#include "ui/screen/scene.h"

enum { MANY_STROKES = 9 };

static bool can_draw(void *context, uint32_t cp)
{
    const struct scene *s = context;
    return text_has_glyph(s->text, s->theme->types[TYPE_INPUT], cp);
}

static bool fits(int strokes, int wanted)
{
    return wanted < MANY_STROKES ? strokes == wanted : strokes >= MANY_STROKES;
}

/* Forms of one radical stand side by side (水 氵): people look for what they see. */
static void add_radicals(const struct scene *s, struct sheet *sheet)
{
    const struct rare *rare = s->around->rare;
    size_t room = sheet_rare_room(sheet) - SHEET_MORE;
    size_t skip = (size_t)s->around->keyboard.page * room;
    for (size_t i = 0; i < rare_radical_count(rare) && !sheet->has_more; i++) {
        struct rare_radical radical = rare_radical(rare, i);
        if (!fits(radical.strokes, sheet->strokes) || (skip && skip--))
            continue;
        sheet->has_more = sheet->radical_count == room;
        if (!sheet->has_more)
            sheet->radicals[sheet->radical_count++] = radical.form;
    }
}

static bool find_radical(const struct rare *rare, const char *form, struct rare_radical *out)
{
    for (size_t i = 0; i < rare_radical_count(rare); i++) {
        *out = rare_radical(rare, i);
        if (!strcmp(out->form, form))
            return true;
    }
    return false;
}

/* From `rest` strokes on, until the page is full; so "9 and more" goes on with 10. */
static size_t gather(const struct scene *s, const struct rare_radical *radical, int rest,
                     size_t skip, uint32_t *out, size_t room)
{
    struct rare_page page = { can_draw, (void *)(uintptr_t)s, skip };
    size_t count = 0;
    if (rest != MANY_STROKES)
        return rare_by_radical(s->around->rare, radical->number, radical->is_simplified,
                               rest ? rest : RARE_ANY, &page, out, room);
    uint64_t rests =
        rare_rests(s->around->rare, radical->number, radical->is_simplified) >> MANY_STROKES;
    for (int n = MANY_STROKES; rests && count < room; n++, rests >>= 1) {
        size_t before = page.skip;
        if (!(rests & 1))
            continue;
        uint32_t all[512];
        struct rare_page whole = { can_draw, (void *)(uintptr_t)s, 0 };
        size_t found = rare_by_radical(s->around->rare, radical->number, radical->is_simplified, n,
                                       &whole, all, sizeof(all) / sizeof(all[0]));
        for (size_t i = before < found ? before : found; i < found && count < room; i++)
            out[count++] = all[i];
        page.skip = before > found ? before - found : 0;
    }
    return count;
}

static void add_characters(const struct scene *s, struct sheet *sheet)
{
    const struct keyboard *k = &s->around->keyboard;
    struct rare_radical radical;
    uint32_t found[SHEET_CANDIDATES + 1];
    size_t room = sheet_rare_room(sheet) - SHEET_MORE;
    if (!find_radical(s->around->rare, k->radical, &radical))
        return;
    size_t count = gather(s, &radical, k->rest, (size_t)k->page * room, found, room + 1);
    sheet->has_more = count > room;
    count = count > room ? room : count;
    sheet->candidate_count = 0;
    for (size_t i = 0; i < count; i++) {
        char utf8[5] = { 0 };
        text_encode(utf8, found[i]);
        sheet->candidates[sheet->candidate_count++] = page_text(s->page, utf8);
    }
}

void keyboard_add_rare(const struct scene *s, struct sheet *sheet)
{
    if (!s->around->rare)
        return;
    if (*s->around->keyboard.radical)
        add_characters(s, sheet);
    else
        add_radicals(s, sheet);
}
