/* Every kind of slip in both languages, both sizes and all widths of paper, as pictures, figures or a printer's bytes.
 *
 *   slip_gallery pictures FOLDER          every slip as PNG, and contact.png
 *   slip_gallery sums                     a line "name rows sum" for each, as in pictures.txt
 *   slip_gallery streams FOLDER           every kind for every profile: the bytes (.bin) and what they must show (.pbm)
 *   slip_gallery draw NAME zh|en normal|elder WIDTH DPI OUT.png */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "board/board.h"
#include "board/host/sim/slip_file.h"
#include "drivers/printer/escpos.h"
#include "tests/golden/slips/contact.h"
#include "tests/golden/slips/samples.h"
#include "ui/text/slip_page.h"

enum { CACHE_BYTES = 8 * 1024 * 1024, NAME_BYTES = 96 };

static const struct slip_paper papers[] = { { 576, 203 }, { 384, 203 }, { 512, 180 } };

struct variant {
    const struct slip_sample *sample;
    enum slip_language language;
    bool is_double_size;
    struct slip_paper paper;
};

static void name_of(char out[NAME_BYTES], const struct variant *v)
{
    snprintf(out, NAME_BYTES, "%s-%s-%s-%u", v->sample->name, v->language == SLIP_ZH ? "zh" : "en",
             v->is_double_size ? "elder" : "normal", v->paper.width_dots);
}

static int draw(struct slip_page *page, struct text *text, const struct variant *v)
{
    AUTO(slip_free) struct slip *slip = NULL;
    struct slip_head head = slip_sample_head(v->language, v->is_double_size, v->sample->copy);
    int r = v->sample->build(&slip, &head);
    return r ? r : slip_page_print(page, text, slip, v->paper);
}

static int save(const char *path, const void *data, size_t length)
{
    FILE *f = fopen(path, "wb");
    if (!f)
        return -errno;
    bool is_whole = fwrite(data, 1, length, f) == length;
    return fclose(f) || !is_whole ? -EIO : 0;
}

static int save_png(const char *path, const struct slip_page *page)
{
    struct bytes png AUTO_BYTES = { 0 };
    const struct sim_slip slip = { .bits = page->bits,
                                   .width = page->width_dots,
                                   .rows = page->rows };
    int r = slip_png(&png, &slip);
    return r ? r : save(path, png.data, png.length);
}

/* FNV-1a, 64 bit: tells drawings apart, proves nothing else. */
static uint64_t sum_of(const struct slip_page *page)
{
    uint64_t sum = UINT64_C(0xcbf29ce484222325) ^ page->width_dots;
    for (size_t i = 0; i < (size_t)page->rows * page->width_dots / 8; i++)
        sum = (sum ^ page->bits[i]) * UINT64_C(0x100000001b3);
    return sum;
}

/* ---- what is done with each ---------------------------------------------------------- */

struct work {
    const char *folder;
    struct contact *contact;
};

static int picture(const struct work *w, const struct variant *v, const struct slip_page *page)
{
    char name[NAME_BYTES], path[512];
    name_of(name, v);
    snprintf(path, sizeof(path), "%s/%s.png", w->folder, name);
    int r = save_png(path, page);
    return r ? r : contact_add(w->contact, page->bits, page->width_dots, page->rows);
}

static int sum(const struct work *w, const struct variant *v, const struct slip_page *page)
{
    char name[NAME_BYTES];
    (void)w;
    name_of(name, v);
    printf("%s %u %016llx\n", name, page->rows, (unsigned long long)sum_of(page));
    return 0;
}

static int each(struct text *text, const struct work *w,
                int (*run)(const struct work *, const struct variant *, const struct slip_page *))
{
    for (size_t s = 0; s < slip_sample_count; s++)
        for (int k = 0; k < 4; k++)
            for (size_t p = 0; p < sizeof(papers) / sizeof(papers[0]); p++) {
                const struct variant v = { &slip_samples[s], (enum slip_language)(k & 1), k >= 2,
                                           papers[p] };
                struct slip_page page = { 0 };
                int r = draw(&page, text, &v);
                if (!r)
                    r = run(w, &v, &page);
                slip_page_clear(&page);
                if (r) {
                    fprintf(stderr, "slip_gallery: %s: %d\n", v.sample->name, r);
                    return r;
                }
            }
    return 0;
}

/* ---- a printer's bytes --------------------------------------------------------------- */

static int save_pbm(const char *path, const struct slip_page *page)
{
    struct bytes out AUTO_BYTES = { 0 };
    char head[48];
    snprintf(head, sizeof(head), "P4\n%u %u\n", page->width_dots, page->rows);
    int r = bytes_append_text(&out, head);
    if (!r)
        r = bytes_append(&out, page->bits, (size_t)page->rows * page->width_dots / 8);
    return r ? r : save(path, out.data, out.length);
}

/* As drivers/printer sends a page that can be proven by process id. */
static int encode(struct bytes *out, const struct printer_profile *profile,
                  const struct slip_page *page)
{
    int r = escpos_start(out);
    if (!r)
        r = escpos_watch(out);
    if (!r)
        r = escpos_raster(out, profile, page->bits, page->width_dots / 8u, page->rows);
    if (!r && profile->best_level == PRINTER_LEVEL_P)
        r = escpos_process_id(out, "A001");
    if (!r)
        r = escpos_command(out, &profile->cut);
    return r ? r : escpos_command(out, &profile->present);
}

static int stream(const char *folder, const struct variant *v, size_t number,
                  const struct printer_profile *profile, const struct slip_page *page)
{
    struct bytes out AUTO_BYTES = { 0 };
    char path[512];
    int r = encode(&out, profile, page);
    snprintf(path, sizeof(path), "%s/%02zu-%s-%s.bin", folder, number, v->sample->name,
             v->is_double_size ? "elder" : "normal");
    if (!r)
        r = save(path, out.data, out.length);
    /* NOLINTNEXTLINE */
    memcpy(path + strlen(path) - 3, "pbm", 3);
    if (!r)
        r = save_pbm(path, page);
    printf("%s %u %u %s\n", path, profile->width_dots, profile->strip_rows, profile->name);
    return r;
}

static int streams(struct text *text, const char *folder)
{
    const struct printer_profile *profile;
    int r = 0;
    for (size_t n = 0; !r && (profile = profile_at(n)); n++)
        for (size_t i = 0; !r && i < slip_sample_count * 2; i++) {
            const struct variant v = { &slip_samples[i / 2],
                                       n & 1 ? SLIP_EN : SLIP_ZH,
                                       i & 1,
                                       { profile->width_dots, profile->dpi } };
            struct slip_page page = { 0 };
            r = draw(&page, text, &v);
            if (!r)
                r = stream(folder, &v, n, profile, &page);
            slip_page_clear(&page);
        }
    return r;
}

/* ---- the program --------------------------------------------------------------------- */

static int pictures(struct text *text, const char *folder)
{
    char path[512];
    AUTO(contact_free) struct contact *contact = NULL;
    int r = contact_new(&contact, sizeof(papers) / sizeof(papers[0]) * 4);
    if (!r)
        r = each(text, &(struct work){ folder, contact }, picture);
    snprintf(path, sizeof(path), "%s/contact.png", folder);
    return r ? r : contact_save(contact, path);
}

static int draw_one(struct text *text, char **argv)
{
    struct variant v = { .language = strcmp(argv[1], "en") ? SLIP_ZH : SLIP_EN,
                         .is_double_size = !strcmp(argv[2], "elder"),
                         /* NOLINTNEXTLINE */
                         .paper = { (uint16_t)atoi(argv[3]),
                                    /* NOLINTNEXTLINE */
                                    (uint16_t)atoi(argv[4]) } };
    for (size_t i = 0; i < slip_sample_count; i++)
        if (!strcmp(slip_samples[i].name, argv[0]))
            v.sample = &slip_samples[i];
    struct slip_page page = { 0 };
    int r = v.sample ? draw(&page, text, &v) : -ENOENT;
    if (!r)
        r = save_png(argv[5], &page);
    slip_page_clear(&page);
    return r;
}

int main(int argc, char **argv)
{
    AUTO(text_free) struct text *text = NULL;
    const char *what = argc > 1 ? argv[1] : "";
    int r = text_new(&text, &this_board.fonts, CACHE_BYTES);
    if (r)
        return 1;
    if (argc == 3 && mkdir(argv[2], 0777) && errno != EEXIST)
        return perror(argv[2]), 1;
    if (!strcmp(what, "pictures") && argc == 3)
        r = pictures(text, argv[2]);
    else if (!strcmp(what, "streams") && argc == 3)
        r = streams(text, argv[2]);
    else if (!strcmp(what, "sums"))
        r = each(text, NULL, sum);
    else if (!strcmp(what, "draw") && argc == 8)
        r = draw_one(text, argv + 2);
    else
        return fputs(
                   "usage: slip_gallery pictures FOLDER | streams FOLDER | sums | draw NAME zh|en "
                   "normal|elder WIDTH DPI OUT.png\n",
                   stderr),
               2;
    if (r)
        fprintf(stderr, "slip_gallery: %d\n", r);
    return r ? 1 : 0;
}
