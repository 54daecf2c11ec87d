/* An item of a catalogue on the screen while it is being written: read again as soon as the file changes; what the checker
 * says of it stands in the band on top. Everything is practice, and there is no kiosk-syncd: nothing can be handed in. */
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "firmware/base/log.h"
#include "firmware/catalogue/check.h"
#include "firmware/loop/kiosk.h"

enum { LOOK_MS = 500 };

struct findings {
    const char *item;
    struct finding first; /* about this item if any is, else about another; "" none */
    bool is_about_item;
};

static void take(void *context, const struct finding *f)
{
    struct findings *all = context;
    bool is_about_item = !strcmp(f->item, all->item);
    if (f->weight != FINDING_MISTAKE ||
        (*all->first.sentence && (all->is_about_item || !is_about_item)))
        return;
    all->first = *f;
    all->is_about_item = is_about_item;
}

static void say(struct kiosk *k, const char *words)
{
    log_line(LOG_INFO, "preview", "%s", words);
    stage_show_preview(k->stage, words);
}

/* The first mistake as an editor looks for it, and how many there are. */
static void say_findings(struct kiosk *k, const struct findings *all,
                         const struct finding_count *count)
{
    char words[STAGE_PREVIEW];
    const struct finding *f = &all->first;
    if (!count->mistakes)
        snprintf(words, sizeof(words), "%s: 0 mistakes, %zu notes", k->options.item, count->notes);
    else
        snprintf(words, sizeof(words), "%zu %s: %s %.60s: %.120s", count->mistakes,
                 count->mistakes == 1 ? "mistake" : "mistakes", f->item, f->field, f->sentence);
    say(k, words);
}

static void show_item(struct kiosk *k)
{
    if (k->catalogue && !session_preview(k->session, k->catalogue, k->options.item)) {
        char words[STAGE_PREVIEW];
        snprintf(words, sizeof(words), "there is no service %.8s in it", k->options.item);
        say(k, words);
    }
}

/* With a mistake that a kiosk could not work with, what was shown before stays. */
static void load(struct kiosk *k)
{
    struct bytes text AUTO_BYTES = { 0 };
    struct findings all = { .item = k->options.item };
    struct finding_count count;
    struct catalogue *fresh = NULL;
    char complaint[CATALOGUE_COMPLAINT], today[9] = "";
    time_t now = time(NULL);
    struct tm t;
    if (!localtime_r(&now, &t) || !strftime(today, sizeof(today), "%Y%m%d", &t))
        today[0] = 0;
    if (catalogue_read_file(&text, k->options.preview, complaint)) {
        say(k, complaint);
        return;
    }
    const char *json = text.data ? (const char *)text.data : "";
    int r = catalogue_check(json, text.length, *today ? today : NULL, take, &all, &count);
    if (r == -ENOMEM)
        return;
    say_findings(k, &all, &count);
    if (catalogue_load(&fresh, json, text.length, complaint))
        return;
    struct catalogue *old = k->catalogue;
    k->catalogue = fresh;
    show_item(k);
    catalogue_free(old);
}

void preview_follow(struct kiosk *k)
{
    struct preview *p = &k->preview;
    struct stat now = { 0 };
    int64_t boot_ms = k->clock.base.boot_ms(&k->clock.base);
    if (!k->options.preview || !k->spelling) /* the first picture comes before the workers */
        return;
    if (boot_ms >= p->due_ms) {
        p->due_ms = boot_ms + LOOK_MS;
        if (stat(k->options.preview, &now))
            now.st_size = -1;
        bool is_changed = !p->is_read || now.st_size != p->size ||
                          now.st_mtim.tv_sec != p->changed.tv_sec ||
                          now.st_mtim.tv_nsec != p->changed.tv_nsec || now.st_ino != p->inode;
        p->is_read = true;
        p->size = now.st_size;
        p->changed = now.st_mtim;
        p->inode = now.st_ino;
        if (is_changed)
            load(k);
    }
    if (!session_is_busy(k->session)) /* the visit was left or ran out */
        show_item(k);
}

int64_t preview_deadline_ms(const struct kiosk *k)
{
    return k->options.preview ? k->preview.due_ms : INT64_MAX;
}
