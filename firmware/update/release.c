#include "firmware/update/release.h"

#include <stdio.h>
#include <string.h>

#include "firmware/base/text.h"
#include "firmware/base/version.h"

/* The value of a line `key=value`, without quotes; NULL for another line. Changes the line. */
static const char *value_of(char *line, const char *key)
{
    size_t length = strlen(key);
    if (strncmp(line, key, length) != 0 || line[length] != '=')
        return NULL;
    char *value = line + length + 1;
    value[strcspn(value, "\r\n")] = 0;
    size_t size = strlen(value);
    if (size >= 2 && *value == '"' && value[size - 1] == '"') {
        value[size - 1] = 0;
        value++;
    }
    return value;
}

void release_read(struct release *out, const char *path)
{
    char line[256], id[UPDATE_BOARD] = "";
    struct release r = { .version = FIRMWARE_VERSION, .board = "host" };
    *out = r;
    FILE *f = fopen(path, "re");
    while (f && fgets(line, sizeof(line), f)) {
        const char *value;
        if ((value = value_of(line, "ID")))
            text_copy(id, sizeof(id), value);
        else if ((value = value_of(line, "VERSION_ID")) && update_version_is(value))
            text_copy(r.version, sizeof(r.version), value);
        else if ((value = value_of(line, "VARIANT_ID")))
            text_copy(r.board, sizeof(r.board), value);
    }
    if (f)
        fclose(f);
    if (!strcmp(id, "onetrip"))
        *out = r;
}
