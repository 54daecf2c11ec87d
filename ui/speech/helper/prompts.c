#include "ui/speech/helper/prompts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ui/speech/helper/sound.h"

enum { PROMPTS_MAX = 400, FILE_MAX = 128 * 1024 };

struct row {
    const char *name, *text[2]; /* by say_language */
};

struct prompts {
    char folder[256];
    size_t count;
    struct row rows[PROMPTS_MAX];
    char text[FILE_MAX];
};

static void add_line(struct prompts *p, char *line)
{
    char *zh = strchr(line, '\t'), *en = zh ? strchr(zh + 1, '\t') : NULL;
    bool is_name = strspn(line, "abcdefghijklmnopqrstuvwxyz0123456789-\t") > 0 && *line != '#';
    if (!en || !is_name || p->count == PROMPTS_MAX)
        return;
    *zh++ = 0;
    *en++ = 0;
    if (strspn(line, "abcdefghijklmnopqrstuvwxyz0123456789-") == strlen(line))
        p->rows[p->count++] = (struct row){ line, { [SAY_ZH] = zh, [SAY_EN] = en } };
}

int prompts_open(struct prompts **out, const char *folder)
{
    char path[300];
    struct prompts *p = calloc(1, sizeof(*p));
    if (!p)
        return fault_raise(-ENOMEM);
    snprintf(p->folder, sizeof(p->folder), "%s", folder);
    snprintf(path, sizeof(path), "%s/prompts.tsv", folder);
    FILE *f = fopen(path, "rbe");
    if (f) {
        size_t length = fread(p->text, 1, sizeof(p->text) - 1, f);
        p->text[length] = 0;
        fclose(f);
        char *rest = p->text;
        for (char *line; (line = strsep(&rest, "\n"));)
            add_line(p, line);
    }
    *out = p;
    return 0;
}

void prompts_close(struct prompts *p)
{
    free(p);
}

int prompts_read(const struct prompts *p, enum say_language language, const char *name,
                 int16_t **samples, size_t *count)
{
    char path[512];
    snprintf(path, sizeof(path), "%s/%s/%s.wav", p->folder, language == SAY_ZH ? "zh" : "en", name);
    return sound_read_wav(samples, count, path);
}

int prompts_find(const struct prompts *p, enum say_language language, const char *sentence,
                 size_t length, int16_t **samples, size_t *count)
{
    for (size_t i = 0; i < p->count; i++) {
        const char *text = p->rows[i].text[language];
        if (strlen(text) == length && !memcmp(text, sentence, length))
            return prompts_read(p, language, p->rows[i].name, samples, count);
    }
    return -ENOENT;
}

/* The point behind a number ends no sentence. */
static const char *mark_in(const char *text, const char *mark)
{
    const char *end = strstr(text, mark);
    while (end && *mark == '.' && end > text && end[-1] >= '0' && end[-1] <= '9')
        end = strstr(end + 1, mark);
    return end;
}

size_t prompts_sentence(const char *text)
{
    static const char *const ends[] = { "。", "！", "？", ". ", "? ", "! " };
    size_t shortest = strlen(text);
    for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
        const char *end = mark_in(text, ends[i]);
        size_t length = end ? (size_t)(end - text) + strlen(ends[i]) : shortest;
        shortest = length < shortest ? length : shortest;
    }
    return shortest;
}
