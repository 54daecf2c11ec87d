/* make-model: reads the table that prepare.py made and writes the handwriting model.
 *   make-model STROKES.tsv OUT
 * A line of the table: code point TAB level TAB x,y x,y;x,y ...  in ascending order. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "assets/handwriting/recipe.h"
#include "assets/handwriting/train.h"

enum { CHARACTERS_MAX = 16384, LINE_BYTES = 1 << 16 };

static const float penalties[] = RECIPE_PENALTIES; /* of levels, from 1 */
enum { LEVELS = sizeof(penalties) / sizeof(penalties[0]) };

static bool read_line(struct character *out, const char *line)
{
    char *end = NULL;
    out->code = (uint32_t)strtoul(line, &end, 10);
    if (*end != '\t')
        return false;
    unsigned long level = strtoul(end + 1, &end, 10);
    if (level < 1 || level > LEVELS)
        return false;
    out->penalty = penalties[level - 1];
    return *end == '\t' && glyph_read(&out->glyph, end + 1);
}

/* Returns the number of characters, 0 if the table is not right. */
static uint32_t read_table(struct character *all, FILE *file)
{
    static char line[LINE_BYTES];
    uint32_t count = 0;
    while (count < CHARACTERS_MAX && fgets(line, sizeof(line), file)) {
        if (!read_line(&all[count], line) || (count && all[count].code <= all[count - 1].code)) {
            fprintf(stderr, "make-model: line %u is not right\n", (unsigned)count + 1);
            return 0;
        }
        count++;
    }
    return count;
}

static bool write_file(const char *path, const void *bytes, size_t length)
{
    FILE *file = fopen(path, "wb");
    bool is_written = file && fwrite(bytes, 1, length, file) == length;
    if (file && fclose(file))
        is_written = false;
    if (!is_written)
        perror(path);
    return is_written;
}

int main(int argc, char **argv)
{
    if (argc != 3) {
        fputs("usage: make-model STROKES.tsv OUT\n", stderr);
        return 2;
    }
    struct character *all = calloc(CHARACTERS_MAX, sizeof(*all));
    FILE *file = fopen(argv[1], "r");
    size_t length = 0;
    if (!file || !all) {
        perror(argv[1]);
        return 1;
    }
    uint32_t count = read_table(all, file);
    fclose(file);
    void *bytes = count ? train(all, count, &length) : NULL;
    bool is_written = bytes && write_file(argv[2], bytes, length);
    if (is_written)
        printf("%u characters, %zu bytes\n", (unsigned)count, length);
    free(bytes);
    free(all);
    return is_written ? 0 : 1;
}
