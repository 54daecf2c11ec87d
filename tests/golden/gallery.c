/* Every screen in every state, language, theme, size and panel: as pictures, as one figure each, and
 * through the linter. Needs no devices. */
#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "board/board.h"
#include "tests/golden/bench.h"
#include "tests/golden/ends.h"
#include "tests/golden/kept.h"
#include "tests/golden/lint.h"
#include "tests/golden/sheet.h"
#include "tests/golden/variants.h"
#include "ui/present/present.h"
#include "ui/text/tr.h"

struct options {
    const char *root, *locale, *out, *check, *accept, *only, *panel;
    bool lints, draws, benches, ends, names_panels;
};

struct gallery {
    struct options options;
    struct visits visits;
    struct kept kept;
    size_t pictures, findings, different, missed;
    FILE *index;
};

/* ---- one picture --------------------------------------------------------------------- */

static void lint(struct gallery *g, const struct stage *stage, const char *key)
{
    struct findings found = { 0 };
    const struct session_view *view = session_view(g->visits.session);
    struct lint_subject subject = { stage_page(stage),  stage_text((struct stage *)stage),
                                    stage_theme(stage), stage_panel(stage),
                                    view->language,     view->name,
                                    view->agency.agent, view->bell.by };
    if (lint_page(&found, &subject))
        found.count++;
    for (size_t i = 0; i < found.count && i < FINDINGS_MAX; i++)
        printf("%s: %s: %s: %s\n", key, lint_rule_names[found.list[i].rule], found.list[i].widget,
               found.list[i].text);
    g->findings += found.count;
}

static void compare(struct gallery *g, const struct canvas *c, const char *key)
{
    char sum[KEPT_SUM];
    kept_sum(sum, c);
    if (g->options.accept) {
        kept_set(&g->kept, key, sum);
        return;
    }
    const char *want = kept_find(&g->kept, key);
    if (want && !strcmp(want, sum))
        return;
    g->different++;
    printf("%s: %s\n", key, want ? "differs" : "is not among the kept");
    if (want && g->options.out)
        kept_difference(c, g->options.out, key);
}

static void draw(struct gallery *g, const struct canvas *c, const char *key, struct sheet *sheet,
                 const char *place)
{
    char path[600];
    snprintf(path, sizeof(path), "%s/%s.png", g->options.out, key);
    if (present_png(c, path))
        fprintf(stderr, "gallery: cannot write %s\n", path);
    contact_add(sheet, c);
    fprintf(g->index, "<a href='%s.png' title='%s'><img loading='lazy' src='%s.png'><br>%s</a>\n",
            key, key, key, place);
}

static void take(struct gallery *g, const struct stage *stage, const char *key, struct sheet *sheet,
                 const char *place)
{
    const struct canvas *c = stage_canvas(stage);
    g->pictures++;
    if (g->options.lints)
        lint(g, stage, key);
    if (g->options.check || g->options.accept)
        compare(g, c, key);
    if (g->options.draws)
        draw(g, c, key, sheet, place);
}

/* ---- all of them --------------------------------------------------------------------- */

static void take_wishes(struct gallery *g, struct stage *stage, const struct named_panel *panel,
                        struct wishes w)
{
    char name[48], group[96], key[160], path[600];
    AUTO(contact_free) struct sheet *sheet = NULL;
    snprintf(group, sizeof(group), "%s/%s", panel->name, wishes_name(name, w));
    if (g->options.draws) {
        snprintf(path, sizeof(path), "%s/%s", g->options.out, panel->name);
        mkdir(path, 0755);
        snprintf(path, sizeof(path), "%s/%s", g->options.out, group);
        mkdir(path, 0755);
        if (!g->options.only) /* a sheet takes longer than all that one looks for */
            sheet = contact_new(panel->panel.width, panel->panel.height, place_count);
        fprintf(g->index, "<h2>%s <a href='%s.png'>sheet</a></h2>\n", group, group);
    }
    for (size_t i = 0; i < place_count; i++) {
        snprintf(key, sizeof(key), "%s/%s", group, places[i].name);
        if (g->options.only && !strstr(key, g->options.only))
            continue;
        if (places[i].is_staff && (w.is_contrast || w.is_elder))
            continue;
        if (!show_place(&g->visits, stage, &places[i], w)) {
            printf("%s: the walk ended on screen %d\n", key,
                   session_view(g->visits.session)->screen);
            g->missed++;
            continue;
        }
        take(g, stage, key, sheet, places[i].name);
    }
    if (sheet) {
        snprintf(path, sizeof(path), "%s/%s.png", g->options.out, group);
        contact_write(sheet, path);
    }
}

/* Names and sentences of every service and theme, where room is least. */
static void lint_catalogue(struct gallery *g, struct stage *stage, const struct named_panel *panel,
                           struct wishes w)
{
    const struct catalogue *c = g->visits.catalogue;
    char name[48], key[160];
    for (size_t i = 0; i < catalogue_service_count(c) + catalogue_theme_count(c); i++) {
        bool is_theme = i >= catalogue_service_count(c);
        const char *id = is_theme ? catalogue_theme(c, i - catalogue_service_count(c))->id
                                  : catalogue_service(c, i)->code;
        visits_begin(&g->visits, w);
        visits_card(&g->visits, &g->visits.person);
        visits_event(&g->visits, is_theme ? EV_OPEN_THEME : EV_OPEN_SERVICE, id, "");
        for (int page = 0; page < (is_theme ? 1 : 8); page++) {
            stage_forget(stage);
            (void)stage_update(stage, g->visits.session);
            snprintf(key, sizeof(key), "%s/%s/%s-%d", panel->name, wishes_name(name, w), id, page);
            lint(g, stage, key);
            visits_event(&g->visits, EV_NEXT, "", "");
        }
    }
}

static void take_panel(struct gallery *g, const struct named_panel *panel)
{
    struct stage_config config = { .fonts = &this_board.fonts,
                                   .theme = &theme_light,
                                   .clock = &g->visits.clock.base,
                                   .utc_offset_minutes = 480,
                                   .panel = panel->panel,
                                   .rare = g->visits.rare };
    AUTO(stage_free) struct stage *stage = NULL;
    if (stage_new(&stage, &config)) {
        fprintf(stderr, "gallery: the fonts of the board are not there\n");
        exit(2);
    }
    for (int i = 0; i < WISHES; i++) {
        struct wishes w = wishes_at(i);
        if (!is_possible(panel, w))
            continue;
        take_wishes(g, stage, panel, w);
        bool is_tight = panel->panel.width == 1080 || panel->panel.height == 800;
        if (g->options.lints && is_tight && !w.is_contrast && !w.is_lowered && !g->options.only)
            lint_catalogue(g, stage, panel, w);
    }
}

static int run(struct gallery *g)
{
    const struct options *o = &g->options;
    char path[600];
    if (o->draws) {
        mkdir(o->out, 0755);
        snprintf(path, sizeof(path), "%s/index.html", o->out);
        g->index = fopen(path, "w");
        if (!g->index)
            return 2;
        fprintf(g->index, "<!doctype html><meta charset='utf-8'><title>OneTrip</title><style>"
                          "body{font:14px sans-serif}a{display:inline-block;margin:6px;color:#000}"
                          "img{height:300px;border:1px solid #888}</style>\n");
    }
    if (o->check && kept_load(&g->kept, o->check))
        return 2;
    for (size_t i = 0; i < panel_count; i++)
        if (!o->panel || !strcmp(o->panel, panels[i].name))
            take_panel(g, &panels[i]);
    if (o->accept && kept_save(&g->kept, o->accept))
        return 2;
    if (g->index)
        fclose(g->index);
    printf("%zu pictures, %zu findings, %zu different, %zu not reached\n", g->pictures, g->findings,
           g->different, g->missed);
    return g->findings || g->different || g->missed ? 1 : 0;
}

static const struct option long_options[] = { { "root", required_argument, NULL, 'r' },
                                              { "locale", required_argument, NULL, 'l' },
                                              { "out", required_argument, NULL, 'o' },
                                              { "check", required_argument, NULL, 'c' },
                                              { "accept", required_argument, NULL, 'a' },
                                              { "only", required_argument, NULL, 'y' },
                                              { "panel", required_argument, NULL, 'p' },
                                              { "lint", no_argument, NULL, 'L' },
                                              { "pictures", no_argument, NULL, 'P' },
                                              { "bench", no_argument, NULL, 'B' },
                                              { "panels", no_argument, NULL, 'N' },
                                              { "ends", no_argument, NULL, 'E' },
                                              { NULL, 0, NULL, 0 } };

static bool read_options(struct options *o, int argc, char **argv)
{
    int c;
    while ((c = getopt_long(argc, argv, "", long_options, NULL)) != -1) {
        const char **texts['z'] = {
            ['r'] = &o->root,   ['l'] = &o->locale, ['o'] = &o->out,  ['c'] = &o->check,
            ['a'] = &o->accept, ['y'] = &o->only,   ['p'] = &o->panel
        };
        if (c < 'z' && texts[c])
            *texts[c] = optarg;
        else if (c == 'L')
            o->lints = true;
        else if (c == 'P')
            o->draws = true;
        else if (c == 'B')
            o->benches = true;
        else if (c == 'N')
            o->names_panels = true;
        else if (c == 'E')
            o->ends = true;
        else
            return false;
    }
    return optind == argc && (!o->draws || o->out);
}

int main(int argc, char **argv)
{
    static struct gallery g = { .options = { .root = ".", .locale = "build/locale" } };
    if (!read_options(&g.options, argc, argv)) {
        fprintf(
            stderr,
            "usage: gallery [--root DIR] [--locale DIR] [--out DIR] [--only PART] "
            "[--panel WxH] --pictures|--lint|--check FILE|--accept FILE|--bench|--ends|--panels\n");
        return 2;
    }
    if (g.options.names_panels) {
        for (size_t i = 0; i < panel_count; i++)
            puts(panels[i].name);
        return 0;
    }
    if (tr_open(g.options.locale))
        return 2;
    visits_open(&g.visits, g.options.root);
    int r = g.options.benches ? bench_run(&g.visits)
            : g.options.ends  ? ends_run(&g.visits, g.options.only) > 0
                              : run(&g);
    visits_close(&g.visits);
    kept_free(&g.kept);
    return r;
}
